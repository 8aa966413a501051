"""The write-up: what was asked, said, decided and left open at a session, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from studygroup.core.meeting.session import Entry, Session, Spot
from studygroup.core.study import Study
from studygroup.core.text import one_line, slug
from studygroup.export import on_top
from studygroup.export.discussed_notes import discussed_notes, list_notes
from studygroup.export.evening import Evening
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
    by,
    day,
    listed,
    owners,
    people,
    person,
    place_title,
    question_line,
    readings_line,
)
from studygroup.export.quotations import cited_from, quotation, said


def write_up(session: Session, study: Study) -> list[Part]:
    """Return the parts of a session's write-up: what was decided and is still to do comes first."""
    evening = Evening(session, study)
    parts = [
        part("heading", _heading(session, study, evening)),
        part("decisions", on_top.decisions(session, study)),
        part("open-questions", on_top.open_questions(session, study)),
        part("answered-questions", on_top.answered_questions(session, study)),
        part("actions", on_top.actions(session, study)),
    ]
    places = _places(session, study)
    names = _part_names(places)
    parts += [
        part(names[place], _section(session, study, place, evening))
        for place in _as_discussed(session, study, places, evening)
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


def _heading(session: Session, study: Study, evening: Evening) -> Iterator[Block]:
    yield heading(1, session.title)
    yield text(when(session))
    facts: list[tuple[str, Sequence[Run | str]]] = [
        ("Present", [_present(session)] if session.attendance else []),
        ("Recorded by", [people(session.recorders)] if session.recorders else []),
        ("Read", readings_line(session, study)),
        ("In order", [told] if (told := evening.order()) else []),
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
    """Return where something was recorded, or asked and not put off.

    The general part, then sections in reading order, then topics in the order of their use.
    """
    seen = {e.spot.place for e in session.standing}
    asked = [s for s in session.taken_up if s.prompt or s.question]
    seen |= {s.place for s in asked if not deferred(session, s)}
    notes = discussed_notes(session, study)
    seen |= set(notes)
    used = [s.place for s in session.taken_up] + [e.spot.place for e in session.standing]
    used += notes
    first = {place: number for number, place in enumerate(dict.fromkeys(used))}
    return sorted(seen, key=lambda p: (bool(p.topic), _position(session, study, p), first[p]))


def _position(session: Session, study: Study, place: Spot) -> tuple[int, str, int]:
    """Return what puts places in reading order; readings that are gone come last, by name."""
    if not place.reading:
        return (-1, "", -1)
    known = list(dict.fromkeys([*session.readings, *(r.slug for r in study.readings)]))
    number = known.index(place.reading) if place.reading in known else len(known)
    reading = study.reading(place.reading)
    at = -1
    if reading is not None and place.section:
        has = reading.section(place.section) is not None
        at = reading.index_of(place.section) if has else len(reading.sections)
    return (number, place.reading, at)


def _as_discussed(
    session: Session, study: Study, places: Sequence[Spot], evening: Evening
) -> list[Spot]:
    """Return places as they are told: each topic behind the section that it came up in."""

    def told(place: Spot) -> tuple[tuple[int, str, int], bool]:
        where = evening.came_to(place) if place.topic else place
        return _position(session, study, where), bool(place.topic)

    return sorted(places, key=told)


_NOT_IN_NAMES = re.compile(r"[^\w:#.-]+")


def _part_names(places: Iterable[Spot]) -> dict[Spot, str]:
    """Return a name for the part on each place, all of them different.

    It has no spaces, whatever files are called, and two topics that are written alike but for
    signs (C#, C++) get two names: who comes first gets the shorter one, now and ever after.
    """
    names: dict[Spot, str] = {}
    for place in places:
        if place.topic:
            name = f"topic:{slug(place.topic, 'topic')}"
        elif place.reading:
            name = f"section:{place.reading}" + (f"#{place.section}" if place.section else "")
        else:
            name = "general"
        name = _NOT_IN_NAMES.sub("-", name)
        number, unique = 1, name
        while unique in names.values():
            number += 1
            unique = f"{name}-{number}"
        names[place] = unique
    return names


def _section(session: Session, study: Study, place: Spot, evening: Evening) -> Iterator[Block]:
    entries = [e for e in session.standing if e.spot.place == place]
    yield heading(2, place_title(study, place))
    below: list[Run | str] = [em("Topic")] if place.topic else []
    reading = study.reading(place.reading)
    if len(session.readings) > 1 and reading is not None and place.section:
        below.append(em(reading.title))
    stood = evening.hours(place)
    below += [stood] if stood else []
    minutes = round(session.place_seconds.get(place, 0.0) / 60)
    if minutes:
        below.append(f"{minutes} min")
    yield Block("byline", runs(*joined(below, " · ")))
    told = _asked_at(session, place, entries)
    for number, (asked, here) in enumerate(told):
        again = any(spot == asked for spot, _ in told[:number])
        put_off = deferred(session, asked)
        is_asked = bool(asked.prompt or asked.question)
        if is_asked and (here or not put_off):
            ask = one_line(_ask(session, study, asked))
            began = evening.asked(asked, here[0].at if here else None)
            yield label("Asked again: " if again else "Asked: ", ask, marker=began)
        elif number and here:
            yield label("Afterwards", marker=evening.clock(here[0].at))
        yield from _said(session, study, here)
        if is_asked and here and put_off and all(spot != asked for spot, _ in told[number + 1 :]):
            yield text(em("(Left for next time.)"))
        elif is_asked and not here and not put_off:
            yield text(em("(Nothing was recorded.)"))
    yield from list_notes(discussed_notes(session, study).get(place, ()), study)


def _asked_at(
    session: Session, place: Spot, entries: Sequence[Entry]
) -> list[tuple[Spot, list[Entry]]]:
    """Return the prompts and old questions asked at a place with what was said, by the clock.

    What was said to none of them stands by itself, where it was said.
    """
    spoken = {e.spot for e in entries}
    silent = {s: at for s, at in reversed(session.visits) if s.place == place and s not in spoken}
    moments: list[tuple[datetime, Spot, Entry | None]] = [
        (at, s, None) for s, at in silent.items() if s != place
    ]
    moments += [(e.at, e.spot, e) for e in entries]
    told: list[tuple[Spot, list[Entry]]] = []
    for _, spot, entry in sorted(moments, key=lambda moment: moment[0]):
        if not told or told[-1][0] != spot:
            told.append((spot, []))
        told[-1][1].extend([entry] if entry is not None else [])
    return told


def _ask(session: Session, study: Study, asked: Spot) -> str:
    if asked.question:
        title = next((i.title for i in session.agenda if i.of == asked.question), asked.question)
        return f"{question_line(title)} (left open before)"
    for known in study.prompts:
        if (known.reading, known.id) == (asked.reading, asked.prompt):
            return known.ask
    for line in session.agenda:
        if (line.spot.reading, line.spot.prompt) == (asked.reading, asked.prompt):
            return line.title
    return asked.prompt


def _said(session: Session, study: Study, entries: Iterable[Entry]) -> Iterator[Block]:
    """Yield what was said as a list; an answered question comes with its answers under it."""
    asked = {e.key for e in session.standing if e.kind == "question"}
    for entry in entries:
        said_by = by(entry.by)
        match entry.kind:
            case "remark":
                yield item(*said_by, *said(session, study, entry))
            case "quotation":
                yield from quotation(entry, said_by, cited_from(session, study, entry))
            case "topic":
                yield item(*said_by, em("put on the agenda:"), " ", entry.text)
            case "decision":
                decided = strong("decided:" if said_by else "Decided:")
                yield item(*said_by, decided, " ", *said(session, study, entry))
            case "action":
                words = said(session, study, entry)
                owned = "" if owners(entry) == [entry.by] else _for(entry)
                yield item(*said_by, em(f"action{owned}:"), " ", *words, on_top.until(entry))
            case "question":
                yield from _question(session, study, entry)
            case "answer" if entry.answers not in asked:
                answered = em(f"answered{_to(session, entry)}:")
                yield item(*said_by, answered, " ", *said(session, study, entry))


def _question(session: Session, study: Study, entry: Entry) -> Iterator[Block]:
    answers = session.answers_to(entry.key)
    later = [a.answer for a in session.answered if a.question.key == entry.key and not answers]
    asked = [*said(session, study, entry), question_line(entry.text)[len(entry.text) :]]
    left = () if answers or later else (" ", em("(left open)"))
    yield item(*by(entry.by), em("asked:"), " ", *asked, *left)
    for answer in (*answers, *later):
        on = f" on {day(answer.at)}" if answer in later else ""
        words = said(session, study, answer)
        yield item(*by(answer.by), em(f"answered{on}:"), " ", *words, level=1)


def _to(session: Session, answer: Entry) -> str:
    """Return to which question of an earlier session something is an answer.

    "" where it stands under that question.
    """
    title = next((i.title for i in session.agenda if i.of and i.of == answer.answers), "")
    if not title or answer.spot.question == answer.answers:
        return ""
    return f" the question left open before, “{question_line(title)}”"


def _for(action: Entry) -> str:
    named = owners(action)
    return f" for {people(named)}" if named else ""
