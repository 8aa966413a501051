"""Passages that several readers criticise: each is a topic that an agenda proposes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from studygroup.core.meeting.session import AgendaItem, Spot
from studygroup.core.note import Note
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study

CRITICISM = "criticism"
"""The kind of note that counts."""
CRITICISM_MINUTES = 5
"""What such a topic weighs."""


def criticised_passages(study: Study, readings: Iterable[Reading]) -> tuple[AgendaItem, ...]:
    """Return a topic for each passage that two readers or more criticise, in reading order.

    A passage is a paragraph on which their notes are, or several where they are the same notes.
    """
    return tuple(
        topic
        for reading in readings
        for section in reading.sections
        for topic in _topics(study, reading, section)
    )


def _topics(study: Study, reading: Reading, section: Section) -> Iterator[AgendaItem]:
    notes = [n for n in study.notes_of(reading.slug, section.id) if n.kind == CRITICISM]
    if len(_readers(notes)) < 2:
        return
    on: dict[int, list[Note]] = {}
    for note in notes:
        for number in study.paragraphs_of(note):
            on.setdefault(number, []).append(note)
    passages: dict[tuple[str, ...], list[int]] = {}
    for number in sorted(on):
        if len(_readers(on[number])) > 1:
            passages.setdefault(tuple(n.id for n in on[number]), []).append(number)
    for numbers in passages.values():
        *others, last = _readers(on[numbers[0]])
        places = ", ".join(map(str, numbers))
        title = f"{', '.join(others)} and {last} criticise §{section.title} ¶{places}"
        spot = Spot(reading.slug, section.id, topic=title)
        yield AgendaItem("topic", title, spot, CRITICISM_MINUTES)


def _readers(notes: Sequence[Note]) -> list[str]:
    return list(dict.fromkeys(n.reader for n in notes))
