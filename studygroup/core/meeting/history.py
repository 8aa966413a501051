"""What the sessions of a study tell together, and of one of them afterwards: questions, turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from studygroup.core.errors import UsageError
from studygroup.core.meeting.carry_over import full_key
from studygroup.core.meeting.session import AgendaItem, Answered, Entry, Question, Session, Spot
from studygroup.core.text import fold


def across(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Return sessions with their questions as all of them together leave them.

    A question is open in no session any more once one of them holds a standing answer to it, and
    is then among the `answered` of each session that asked it or took it over. A carried question
    has the words that its entry has now, and is gone where that was struck.
    """
    told = tuple(sessions)
    carried = {item.of for session in told for item in session.agenda if item.of}
    asked: dict[str, Entry] = {}
    answers: dict[str, Given] = {}
    for session in told:
        for entry in session.entries:
            key = full_key(session.id, entry.key)
            if key in carried:
                asked[key] = entry
            if entry.kind == "answer" and entry.answers and not entry.struck:
                to = full_key(session.id, entry.answers)
                if to not in answers or entry.at < answers[to][0].at:
                    answers[to] = entry, session.id
    return tuple(_brought_up_to_date(s, asked, answers) for s in told)


Given = tuple[Entry, str]
"""An answer, and the id of the session in which it was given."""


def _brought_up_to_date(
    session: Session, asked: Mapping[str, Entry], answers: Mapping[str, Given]
) -> Session:
    still_open, answered = [], []
    for question in _questions(session, asked):
        answer = answers.get(full_key(session.id, question.key))
        if answer is None:
            still_open.append(question)
        else:
            answered.append(Answered(question, *answer))
    return replace(session, open_questions=tuple(still_open), answered=tuple(answered))


def _questions(session: Session, asked: Mapping[str, Entry]) -> Iterator[Question]:
    """Yield what a session took over, then what was asked in it; nothing that was struck."""
    for item in session.agenda:
        if not item.of:
            continue
        carried = Question(item.of, item.title, spot=item.spot, session=item.carried_from)
        entry = asked.get(item.of)
        if entry is None:
            yield carried
        elif entry.kind == "question" and not entry.struck:
            yield replace(carried, text=entry.text, by=entry.by)
    for entry in session.standing:
        if entry.kind == "question":
            yield Question(entry.key, entry.text, entry.by, entry.spot)


def still_open(sessions: Iterable[Session]) -> tuple[tuple[Session, Question], ...]:
    """Return every open question of sessions from `across` once, oldest session first.

    It comes with the first session that holds it: the one that asked it, unless that is gone.
    """
    found: dict[str, tuple[Session, Question]] = {}
    for session in sorted(sessions, key=lambda s: (s.opened is None, s.opened, s.id)):
        for question in session.open_questions:
            found.setdefault(full_key(session.id, question.key), (session, question))
    return tuple(found.values())


def key_in(session: str, asked: Session, question: Question) -> str:
    """Return how the journal of `session` points to a question that `asked` holds."""
    return full_key(asked.id, question.key).removeprefix(f"{session}/")


def question_called(sessions: Iterable[Session], session: str, wanted: str) -> str:
    """Return the key, in `session`, of the open question meant by its key or by words of it.

    Raises UsageError where no open question has them, or several do.
    """
    found = {}
    for asked, question in still_open(sessions):
        key = key_in(session, asked, question)
        if wanted in (key, full_key(asked.id, question.key)):
            return key
        if fold(wanted) in fold(question.text):
            found[key] = question.text
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = "; ".join(f"“{text}” ({key})" for key, text in found.items())
        raise UsageError(f"several open questions have “{wanted}”: {several}")
    raise UsageError(f"no open question has “{wanted}”", hint="See: studygroup session show")


@dataclass(frozen=True, slots=True)
class Speaking:
    """How much of a session was one reader's: seconds with the floor, and turns.

    A turn is what a reader says until another one speaks or is given the floor.
    """

    reader: str
    seconds: float
    turns: int


def speaking(session: Session, now: datetime | None = None) -> tuple[Speaking, ...]:
    """Return everyone who was there, by name: nobody is ranked.

    With `now`, the seconds since the last event count for whoever speaks.
    """
    seconds = dict(session.floor_seconds)
    if now is not None and session.speaker:
        since = session.elapsed(now) - session.clocked
        seconds[session.speaker] = seconds.get(session.speaker, 0.0) + since
    turns = _turns(session)
    names = sorted({*session.attendance, *seconds, *turns}, key=lambda n: (n.casefold(), n))
    return tuple(Speaking(n, seconds.get(n, 0.0), turns.get(n, 0)) for n in names)


def _turns(session: Session) -> dict[str, int]:
    turns: dict[str, int] = {}
    voice = ""

    def heard(name: str) -> None:
        nonlocal voice
        if name and name != voice:
            turns[name] = turns.get(name, 0) + 1
        voice = name

    given = iter(session.floor_given)
    at, name = next(given, (-1, ""))
    for number, entry in enumerate(session.entries):
        while at == number:
            heard(name)
            at, name = next(given, (-1, ""))
        if not entry.struck and (entry.by or entry.kind == "remark"):
            heard(entry.by)
    while at >= 0:
        heard(name)
        at, name = next(given, (-1, ""))
    return turns


@dataclass(frozen=True, slots=True)
class Missed:
    """Something of the agenda that a session left over: a prompt, a topic or a whole section.

    `prompts` is how many a section has; `deferred` says that the group put the prompt off.
    """

    item: AgendaItem
    prompts: int = 0
    deferred: bool = False


def missed(session: Session) -> tuple[Missed, ...]:
    """Return what a session did not reach, in the agenda's order, and what it put off.

    Prompts of a section that was never opened are counted there.
    """
    places = {i.spot.place for i in session.unreached_places()}
    prompts = session.unreached()
    inside: dict[Spot, int] = {}
    for item in prompts:
        inside[item.spot.place] = inside.get(item.spot.place, 0) + 1
    found = []
    for item in session.agenda:
        if item.kind in ("section", "topic") and item.spot.place in places:
            found.append(Missed(item, inside.get(item.spot.place, 0)))
        elif item in prompts and item.spot.place not in places:
            how = session.settled.get((item.spot.reading, item.spot.prompt))
            found.append(Missed(item, deferred=how == "deferred"))
    return tuple(found)


def overdue(action: Entry, today: date) -> bool:
    """Tell whether the day on which an action was due has passed."""
    try:
        return date.fromisoformat(action.due_on) < today
    except ValueError:  # none was named, or a journal of another version holds something else
        return False
