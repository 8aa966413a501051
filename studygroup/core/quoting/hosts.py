"""What the notes, prompts and texts of a study quote: the words, their form, and what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from studygroup.core.errors import Place
from studygroup.core.meeting.session import Entry, Session
from studygroup.core.note import Note
from studygroup.core.prompt import Prompt
from studygroup.core.quoting.audit import Form, Host
from studygroup.core.quoting.extract import Quoted, extract, quoted_in_section
from studygroup.core.quoting.locating import Ask
from studygroup.core.quoting.unmarked import quoted_in_note
from studygroup.core.reading import PARAGRAPH_GAP, Reading, Section, SectionKey


class Sought(NamedTuple):
    """A quotation that is not located yet."""

    form: Form
    host: Host
    ask: Ask


def in_note(note: Note, readings: Iterable[Reading]) -> Iterator[Sought]:
    """Yield what a note quotes, in order: also words of the readings that nothing sets off."""
    for quoted in quoted_in_note(note, readings):
        place = Place(note.place.path, _line_at(note, quoted.start))
        host = Host("note", note.reading, note.section, place, note.reader, note.id)
        yield _sought(quoted, host, (note.reading, note.section))


def in_prompt(prompt: Prompt) -> Iterator[Sought]:
    """Yield the passage that a prompt is about, and what its question and follow-ups quote.

    Offsets count in the question and follow-ups, joined by a line end.
    """
    near = (prompt.reading, prompt.section)
    host = Host("prompt", prompt.reading, prompt.section, prompt.place, prompt.by, prompt.id)
    if prompt.passage:
        yield Sought("passage", host, Ask(prompt.passage, near))
    text = "\n".join((prompt.ask, *prompt.follow_ups))
    for quoted in extract(text):
        yield _sought(quoted, host, near)


def in_entry(session: Session, entry: Entry) -> Iterator[Sought]:
    """Yield what an entry of the minutes quotes: the words of a quotation, or those between marks.

    One without a place of its own belongs to the first reading of the session.
    """
    reading = entry.spot.reading or next(iter(session.readings), "")
    near = (reading, entry.spot.section or None)
    place = Place(f"sessions/{session.id}/{entry.recorder}.jsonl", entry.seq)
    id, by = f"{session.id}/{entry.key}", entry.by or None
    host = Host("minutes", *near, place, by, id)
    if entry.kind == "quotation":
        yield Sought("block", replace(host, end=len(entry.text)), _recorded(entry, near))
        return
    for quoted in extract(entry.text):
        yield _sought(quoted, host, near)


def _recorded(entry: Entry, near: SectionKey) -> Ask:
    """Return what to ask for a quotation that was recorded: it is first sought where it stood."""
    anchor = None if entry.cited is None else entry.cited.anchor
    if anchor is None:
        return Ask(entry.text, near)
    return Ask(entry.text, (anchor.reading, anchor.section), anchor.prefix, anchor.suffix)


def in_section(reading: Reading, section: Section) -> Iterator[Sought]:
    """Yield what a section of a text quotes, in order; it is not sought in that very section."""
    own = (reading.slug, section.id)
    for quoted in quoted_in_section(section):
        first = section.paragraph_at(quoted.start)
        place = Place(reading.path, first.line)
        host = Host("text", *own, place, paragraph=first.number)
        yield _sought(quoted, host, None, not_in=own)


def _sought(
    quoted: Quoted, host: Host, near: SectionKey | None, not_in: SectionKey | None = None
) -> Sought:
    ask = Ask(quoted.text, near, quoted.prefix, quoted.suffix, not_in)
    return Sought(quoted.form, replace(host, start=quoted.start, end=quoted.end), ask)


def _line_at(note: Note, offset: int) -> int | None:
    """Return the line of the file on which a character of a note's text stands."""
    for block in note.blocks:
        if offset <= len(block.text) and block.line:
            return block.line_at(offset)
        offset -= len(block.text) + len(PARAGRAPH_GAP)
    return note.place.line
