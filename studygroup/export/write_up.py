"""The write-up: what was asked, said, decided and left open at a session, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from studygroup.core.session import Entry, Question, Session, Spot
from studygroup.core.study import Study
from studygroup.core.text import one_line, slug
from studygroup.export.discussed_notes import discussed_notes, list_notes
from studygroup.export.flow import (
    Block,
    Part,
    Run,
    em,
    heading,
    item,
    joined,
    label,
    part,
    runs,
    strong,
    text,
)
from studygroup.export.left_over import deferred, left_for_next_time, not_reached
from studygroup.export.names import (
    citation,
    day,
    listed,
    people,
    person,
    place_title,
    readings_line,
)
from studygroup.export.quotations import quotation


def write_up(session: Session, study: Study) -> list[Part]:
    """Return the parts of a session's write-up: what was decided and is still to do comes first."""
    parts = [
        part("heading", _heading(session, study)),
        part("decisions", _decisions(session, study)),
        part("open-questions", _open_questions(session, study)),
        part("actions", _actions(session, study)),
    ]
    taken: set[str] = set()
    parts += [
        part(_part_name(place, taken), _section(session, study, place))
        for place in _places(session, study)
    ]
    parts.append(part("left-for-next-time", left_for_next_time(session, study)))
    parts.append(part("not-reached", not_reached(session, study)))
    return [p for p in parts if p.blocks]


def when(session: Session) -> str:
    """Return the day, the hours and the minutes of a session; "" where it was never opened."""
    opened = session.opened
    if opened is None:
        return ""
    end = session.closed or session.last_at or opened
    shown = f"{day(opened)}, {opened:%H:%M}"
    if end.date() == opened.date() and f"{end:%H:%M}" != f"{opened:%H:%M}":
        shown += f"–{end:%H:%M}"
    minutes = round(session.clocked / 60)
    if minutes:
        planned = f" of {session.planned} planned" if session.planned else ""
        shown += f" ({minutes} min{planned})"
    return shown


def _heading(session: Session, study: Study) -> Iterator[Block]:
    yield heading(1, session.title)
    yield text(when(session))
    facts: list[tuple[str, Sequence[Run | str]]] = [
        ("Present", [_present(session)] if session.attendance else []),
        ("Recorded by", [people(session.recorders)] if session.recorders else []),
        ("Read", readings_line(session, study)),
    ]
    lines: list[Run | str] = []
    for name, fact in facts:
        if fact:
            lines += ["\n"] if lines else []
            lines += [strong(f"{name}:"), " ", *fact]
    yield text(*lines)
    if not session.standing and not discussed_notes(session, study):
        yield text(em("Nothing was recorded at this session."))


def _present(session: Session) -> str:
    """Return who was there, and of whom it was noted that they did not stay."""
    names = [
        f"{person(n)}{'' if n in session.present else ' (left early)'}" for n in session.attendance
    ]
    return listed(names)


def _places(session: Session, study: Study) -> list[Spot]:
    """Return where something was recorded, or asked and not put off, in reading order.

    The general part comes first; topics come last, in the order in which they were talked about.
    """
    seen = {e.spot.place for e in session.standing}
    asked = [s for s in session.taken_up if s.prompt or s.question]
    seen |= {s.place for s in asked if not deferred(session, s)}
    notes = discussed_notes(session, study)
    seen |= set(notes)
    used = [s.place for s in session.taken_up] + [e.spot.place for e in session.standing]
    used += notes
    first = {place: number for number, place in enumerate(dict.fromkeys(used))}
    known = [*session.readings, *(r.slug for r in study.readings), *(p.reading for p in first)]
    order = ["", *dict.fromkeys(name for name in known if name)]

    def rank(place: Spot) -> tuple[bool, int, int, int]:
        reading = study.reading(place.reading)
        at = -1
        if reading is not None and place.section:
            has = reading.section(place.section) is not None
            at = reading.index_of(place.section) if has else len(reading.sections)
        return bool(place.topic), order.index(place.reading), at, first[place]

    return sorted(seen, key=rank)


_NOT_IN_NAMES = re.compile(r"[^\w:#.-]+")


def _part_name(place: Spot, taken: set[str]) -> str:
    """Return a name for the part on a place that is not `taken`, and add it there.

    It has no spaces, whatever files are called, and two topics that are written alike but for
    signs (C#, C++) get two names.
    """
    if place.topic:
        name = f"topic:{slug(place.topic, 'topic')}"
    elif place.reading:
        name = f"section:{place.reading}" + (f"#{place.section}" if place.section else "")
    else:
        name = "general"
    name = _NOT_IN_NAMES.sub("-", name)
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    taken.add(unique)
    return unique


def _section(session: Session, study: Study, place: Spot) -> Iterator[Block]:
    entries = [e for e in session.standing if e.spot.place == place]
    yield heading(2, place_title(study, place))
    below: list[Run | str] = []
    reading = study.reading(place.reading)
    if len(session.readings) > 1 and reading is not None and place.section:
        below.append(em(reading.title))
    minutes = round(session.place_seconds.get(place, 0.0) / 60)
    if minutes:
        below.append(f"{minutes} min")
    yield Block("byline", runs(*joined(below, " · ")))
    for asked in _asked_at(session, place, entries):
        here = [e for e in entries if e.spot == asked]
        put_off = deferred(session, asked)
        is_asked = bool(asked.prompt or asked.question)
        if is_asked and (here or not put_off):
            yield label("Asked: ", one_line(_ask(session, study, asked)))
        yield from _said(session, here)
        if is_asked and here and put_off:
            yield text(em("(Left for next time.)"))
        elif is_asked and not here and not put_off:
            yield text(em("(Nothing was recorded.)"))
    yield from list_notes(discussed_notes(session, study).get(place, ()), study)


def _asked_at(session: Session, place: Spot, entries: Sequence[Entry]) -> list[Spot]:
    """Return the prompts and old questions asked at a place, in order; first the talk without."""
    spots = [s for s in session.taken_up if s.place == place] + [e.spot for e in entries]
    return list(dict.fromkeys([place, *spots]))


def _ask(session: Session, study: Study, asked: Spot) -> str:
    if asked.question:
        title = next((i.title for i in session.agenda if i.of == asked.question), asked.question)
        return f"{_asked(title)} (left open before)"
    for known in study.prompts:
        if (known.reading, known.id) == (asked.reading, asked.prompt):
            return known.ask
    for line in session.agenda:
        if (line.spot.reading, line.spot.prompt) == (asked.reading, asked.prompt):
            return line.title
    return asked.prompt


def _said(session: Session, entries: Iterable[Entry]) -> Iterator[Block]:
    """Yield what was said as a list; an answered question comes with its answers under it."""
    asked = {e.key for e in session.standing if e.kind == "question"}
    for entry in entries:
        by = _by(entry.by)
        match entry.kind:
            case "remark":
                yield item(*by, entry.text)
            case "quotation":
                yield from quotation(entry, by)
            case "topic":
                yield item(*by, em("put on the agenda:"), " ", entry.text)
            case "decision":
                yield item(*by, strong("decided:" if by else "Decided:"), " ", entry.text)
            case "action":
                yield item(*by, em(f"action{_for(entry)}:"), " ", entry.text)
            case "question":
                yield from _question(session, entry)
            case "answer" if entry.answers not in asked:
                yield item(*by, em(f"answered{_to(session, entry)}:"), " ", entry.text)


def _question(session: Session, entry: Entry) -> Iterator[Block]:
    answers = session.answers_to(entry.key)
    later = [a.answer for a in session.answered if a.question.key == entry.key and not answers]
    left = () if answers or later else (" ", em("(left open)"))
    yield item(*_by(entry.by), em("asked:"), " ", _asked(entry.text), *left)
    for answer in (*answers, *later):
        on = f" on {day(answer.at)}" if answer in later else ""
        yield item(*_by(answer.by), em(f"answered{on}:"), " ", answer.text, level=1)


def _to(session: Session, answer: Entry) -> str:
    """Return to which question of an earlier session something is an answer.

    "" where it stands under that question.
    """
    title = next((i.title for i in session.agenda if i.of and i.of == answer.answers), "")
    if not title or answer.spot.question == answer.answers:
        return ""
    return f" the question left open before, “{_asked(title)}”"


def _for(action: Entry) -> str:
    owners = _owners(action)
    return f" for {people(owners)}" if owners else ""


def _owners(action: Entry) -> list[str]:
    return [name.strip() for name in action.owner.split(",") if name.strip()]


def _asked(question: str) -> str:
    """Return a question with its mark, which people leave out when they type `? ` before it."""
    return f"{question}?" if question[-1:].isalnum() else question


def _by(name: str) -> tuple[Run | str, ...]:
    return (strong(f"{person(name)}:"), " ") if name else ()


def _decisions(session: Session, study: Study) -> Iterator[Block]:
    decided = [e for e in session.standing if e.kind == "decision"]
    if decided:
        yield heading(2, "Decisions")
    for decision in decided:
        cited = citation(session, study, decision.spot.place)
        yield item(*_by(decision.by), decision.text, f" ({cited})" if cited else "")


def _open_questions(session: Session, study: Study) -> Iterator[Block]:
    if session.open_questions:
        yield heading(2, "Open questions")
    for question in session.open_questions:
        yield item(_asked(question.text), _origin(session, study, question))


def _origin(session: Session, study: Study, question: Question) -> str:
    where = [person(question.by)] if question.by else []
    cited = citation(session, study, question.spot.place)
    where += [cited] if cited else []
    before = f" (left open since {_day_of(question.session)})" if question.session else ""
    return (f" — {', '.join(where)}" if where else "") + before


def _day_of(session: str) -> str:
    """Return the day of another session, which its id begins with unless somebody renamed it."""
    try:
        return day(date.fromisoformat(session[:10]))
    except ValueError:
        return session


def _actions(session: Session, study: Study) -> Iterator[Block]:
    if session.actions:
        yield heading(2, "Actions")
    for action in session.actions:
        owners = _owners(action)
        owner: tuple[Run | str, ...] = (strong(f"{people(owners)}:"), " ") if owners else ()
        cited = citation(session, study, action.spot.place)
        where = f" ({cited})" if cited else ""
        due = f" — by {_due(action)}" if action.due else ""
        yield Block("task", runs(*owner, f"{action.text}{due}{where}"))


def _due(action: Entry) -> str:
    if not action.due_on or action.due_on == action.due:
        return action.due
    try:
        return day(date.fromisoformat(action.due_on), year=False)
    except ValueError:  # a journal of another version may hold anything
        return action.due
