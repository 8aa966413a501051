"""What stands on top of a write-up: decisions, questions left open and answered, actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from studygroup.core.meeting.session import Entry, Question, Session, Spot
from studygroup.core.study import Study
from studygroup.export.flow import Block, Run, em, heading, item, runs, strong
from studygroup.export.names import by, citation, day, owners, people, person, question_line


def decisions(session: Session, study: Study) -> Iterator[Block]:
    """List what was decided, each with its place."""
    decided = [e for e in session.standing if e.kind == "decision"]
    if decided:
        yield heading(2, "Decisions")
    for decision in decided:
        yield item(*by(decision.by), decision.text, _at(session, study, decision.spot))


def open_questions(session: Session, study: Study) -> Iterator[Block]:
    """List the questions that are still open, with who asked them, where and since when."""
    if session.open_questions:
        yield heading(2, "Open questions")
    for question in session.open_questions:
        yield item(question_line(question.text), _origin(session, study, question))


def answered_questions(session: Session, study: Study) -> Iterator[Block]:
    """List the questions that the session asked or took over and that have been answered."""
    told = [(q, answers) for q in _questions(session) if (answers := _answers(session, q.key))]
    if told:
        yield heading(2, "Questions answered")
    for question, answers in told:
        asked = question_line(question.text)
        where = _at(session, study, question.spot)
        if len(answers) == 1:
            yield item(asked, " — ", *answers[0], where)
            continue
        yield item(asked, where)
        yield from (item(*answer, level=1) for answer in answers)


def actions(session: Session, study: Study) -> Iterator[Block]:
    """List what is to be done, by whom and until when."""
    if session.actions:
        yield heading(2, "Actions")
    for action in session.actions:
        named = owners(action)
        owner: tuple[Run | str, ...] = (strong(f"{people(named)}:"), " ") if named else ()
        where = _at(session, study, action.spot)
        yield Block("task", runs(*owner, f"{action.text}{until(action)}{where}"))


def _at(session: Session, study: Study, spot: Spot) -> str:
    cited = citation(session, study, spot.place)
    return f" ({cited})" if cited else ""


def _origin(session: Session, study: Study, question: Question) -> str:
    where = [person(question.by)] if question.by else []
    cited = citation(session, study, question.spot.place)
    where += [cited] if cited else []
    before = f" (left open since {_day_of(question.session)})" if question.session else ""
    return (f" — {', '.join(where)}" if where else "") + before


def _questions(session: Session) -> Iterator[Question]:
    """Yield what a session took over, then what was asked in it, with the words they have now."""
    known = {a.question.key: a.question for a in session.answered}
    for line in session.agenda:
        if line.of:
            carried = Question(line.of, line.title, spot=line.spot, session=line.carried_from)
            yield known.get(line.of, carried)
    for entry in session.standing:
        if entry.kind == "question":
            yield Question(entry.key, entry.text, entry.by, entry.spot)


def _answers(session: Session, key: str) -> list[Sequence[Run | str]]:
    here = session.answers_to(key)
    if here:
        return [(*by(a.by), a.text) for a in here]
    later = [a.answer for a in session.answered if a.question.key == key]
    return [(em(f"on {day(a.at)}:"), " ", *by(a.by), a.text) for a in later]


def _day_of(session: str) -> str:
    """Return the day of another session, which its id begins with unless somebody renamed it."""
    try:
        return day(date.fromisoformat(session[:10]))
    except ValueError:
        return session


def until(action: Entry) -> str:
    """Return until when an action is due, as it stands behind its words."""
    return f" — by {_due(action)}" if action.due else ""


def _due(action: Entry) -> str:
    if not action.due_on or action.due_on == action.due:
        return action.due
    try:
        return day(date.fromisoformat(action.due_on), year=False)
    except ValueError:  # a journal of another version may hold anything
        return action.due
