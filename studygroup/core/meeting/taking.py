"""Taking words for the minutes from where they stand: a reading, a reader's note, earlier minutes.

Who records them does not type them, so they are exactly what stands there, with the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studygroup.core.anchoring.quotation import Anchor
from studygroup.core.finding.search import Spans
from studygroup.core.meeting.session import Cited, Entry, Session, Spot
from studygroup.core.meeting.whole_sentences import around
from studygroup.core.note import Note
from studygroup.core.reading import Paragraph, Reading, Section, cite
from studygroup.core.text import one_line, words

if TYPE_CHECKING:
    from studygroup.core.study import Study


@dataclass(frozen=True, slots=True)
class Taken:
    """Words to be quoted in the minutes.

    `cited` says where they stand; without, they are looked for, `near` a place first. `note` is the
    id of the reader's note that they are.
    """

    text: str
    cited: Cited | None = None
    near: Spot = field(default_factory=Spot)
    note: str = ""


def from_paragraph(
    reading: Reading, section: Section, paragraph: Paragraph, spans: Spans = ()
) -> Taken:
    """Return the sentences of a paragraph that the `spans` of its text touch; all without spans."""
    start, end = 0, len(paragraph.text)
    if spans:
        start, end = around(paragraph.text, spans[0][0], spans[-1][1])
    return from_stretch(reading, section, paragraph.start + start, paragraph.start + end)


def from_stretch(reading: Reading, section: Section, start: int, end: int) -> Taken:
    """Return the words between two offsets of a section's text, cited by where they begin.

    Raises LookupError where the section has no text.
    """
    anchor = Anchor.at(reading.slug, section, start, end)
    cited = Cited("exact", 1.0, cite(reading, section, anchor.paragraph), anchor)
    return Taken(one_line(anchor.words), cited)


def from_note(study: Study, note: Note) -> Taken:
    """Return a reader's note as a quotation that cites it, with what it is about."""
    reading = study.reading(note.reading)
    section = None if reading is None or note.section is None else reading.section(note.section)
    place = note.reading
    if reading is not None:
        place = cite(reading, section, study.paragraph_of(note) if section is not None else None)
    cited = Cited("exact", 1.0, f"{place}, {note.reader}’s note")
    return Taken(one_line(note.text) or note.title, cited, note=note.id)


def from_entry(session: Session, entry: Entry) -> Taken:
    """Return an entry of a session's minutes as a quotation; one of a reading cites that again."""
    if entry.cited is not None and entry.cited.citation:
        return Taken(entry.text, entry.cited, note=entry.note)
    opened = session.opened
    day = session.id if opened is None else f"{opened.day} {opened:%b %Y}"
    by = entry.by or entry.owner
    cited = Cited("exact", 1.0, f"{by + ' in the' if by else 'the'} minutes of {day}")
    return Taken(entry.text, cited)


def shown_spans(body: str, snippet: str, spans: Sequence[tuple[int, int]]) -> Spans:
    """Return which of the `spans` of a body its `snippet` shows; its whole stretch for none."""
    shown = snippet.removeprefix("… ").removesuffix(" …").split()
    found = re.search(r"\s+".join(map(re.escape, shown)), body) if shown else None
    if found is None:
        return tuple(spans)
    inside = tuple((a, b) for a, b in spans if a < found.end() and b > found.start())
    return inside or (found.span(),)


def cited_again(entry: Entry, text: str) -> Cited | None:
    """Return the citation of a quotation that does not come from a reading, given new words.

    None for every other entry: what it quotes is looked for in the readings.
    """
    cited = entry.cited
    if cited is None or cited.anchor is not None or not cited.citation:
        return None
    before, now = ([w.folded for w in words(t)] for t in (entry.text, text))
    return cited if before == now else replace(cited, verdict="altered")
