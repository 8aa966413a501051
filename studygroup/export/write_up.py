"""The write-up: what was asked, said, decided and left open at a session, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from studygroup.core.session import Cited, Entry, Question, Session, Spot
from studygroup.core.study import Study
from studygroup.core.text import one_line, slug
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
from studygroup.export.names import citation, day, people, person, place_title, readings_line

LONG_QUOTATION = 30
"""From how many words on a quotation is set as a block of its own."""


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
        ("Present", [people(session.attendance)] if session.attendance else []),
        ("Recorded by", [people(session.recorders)] if session.recorders else []),
        ("Read", readings_line(session, study)),
    ]
    lines: list[Run | str] = []
    for name, fact in facts:
        if fact:
            lines += ["\n"] if lines else []
            lines += [strong(f"{name}:"), " ", *fact]
    yield text(*lines)
    if not session.standing:
        yield text(em("Nothing was recorded at this session."))


def _places(session: Session, study: Study) -> list[Spot]:
    """Return where something was recorded, or asked and not put off, in reading order.

    The general part comes first; topics come last, in the order in which they were talked about.
    """
    seen = {e.spot.place for e in session.standing}
    asked = [s for s in session.taken_up if s.prompt or s.question]
    seen |= {s.place for s in asked if not deferred(session, s)}
    used = [s.place for s in session.taken_up] + [e.spot.place for e in session.standing]
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
    yield text(*joined(below, " · "))
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
    decided = [item(*_by(e.by), e.text) for e in entries if e.kind == "decision"]
    yield from [label("Decided"), *decided] if decided else []
    keys = {e.key for e in entries if e.kind == "question"}
    still = [item(*_by(q.by), _asked(q.text)) for q in session.open_questions if q.key in keys]
    yield from [label("Left open"), *still] if still else []
    yield from _answered_since(session, keys)


def _answered_since(session: Session, asked: set[str]) -> Iterator[Block]:
    """Yield those of the questions with keys in `asked` that another session answered."""
    since = [a for a in session.answered if a.session != session.id and a.question.key in asked]
    if since:
        yield label("Answered since")
    for answered in since:
        question, answer = answered.question, answered.answer
        yield item(*_by(question.by), _asked(question.text))
        on = em(f"answered on {day(answer.at)}:")
        yield item(*_by(answer.by), on, " ", answer.text, level=1)


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
    carried = {i.of: i.title for i in session.agenda if i.of}
    for entry in entries:
        by = _by(entry.by)
        if entry.kind == "remark":
            yield item(*by, entry.text)
        elif entry.kind == "quotation":
            yield from _quotation(entry)
        elif entry.kind == "topic":
            yield item(*by, em("put on the agenda:"), " ", entry.text)
        elif entry.kind == "question":
            answers = session.answers_to(entry.key)
            if answers:
                yield item(*by, em("asked:"), " ", _asked(entry.text))
            for answer in answers:
                yield item(*_by(answer.by), em("answered:"), " ", answer.text, level=1)
        elif entry.kind == "answer" and entry.answers not in asked:
            question = carried.get(entry.answers, "")
            to = f" the question left open before, “{_asked(question)}”" if question else ""
            yield item(*by, em(f"answered{to}:"), " ", entry.text)


def _asked(question: str) -> str:
    """Return a question with its mark, which people leave out when they type `? ` before it."""
    return f"{question}?" if question[-1:].isalnum() else question


def _by(name: str) -> tuple[Run | str, ...]:
    return (strong(f"{person(name)}:"), " ") if name else ()


def _quotation(entry: Entry) -> Iterator[Block]:
    source = _source(entry.cited)
    if len(entry.text.split()) < LONG_QUOTATION:
        yield item(*_by(entry.by), f"“{entry.text}”{' ' + source if source else ''}")
        return
    yield item(*_by(entry.by), em("quoted:"))
    yield Block("quote", runs(entry.text), 1)
    if source:
        yield Block("quote", runs(source), 1)


def _source(cited: Cited | None) -> str:
    """Return the citation in brackets, with the verdict where the words are not the source's."""
    if cited is None:
        return ""
    if cited.verdict == "altered":
        anchor = cited.anchor
        has = "" if anchor is None else f": the text has “{one_line(anchor.words)}”"
        return f"({cited.citation}; ≈ not word for word{has})"
    if cited.verdict == "missing":
        return "(✗ not found in the readings)"
    if cited.verdict == "ambiguous":
        return "(? these words stand in several places)"
    return f"({cited.citation})" if cited.citation else ""


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
    before = f" (left open since {question.session[:10]})" if question.session else ""
    return (f" — {', '.join(where)}" if where else "") + before


def _actions(session: Session, study: Study) -> Iterator[Block]:
    if session.actions:
        yield heading(2, "Actions")
    for action in session.actions:
        owners = [o.strip() for o in action.owner.split(",") if o.strip()]
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
