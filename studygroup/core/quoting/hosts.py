"""What the notes, prompts and texts of a study quote: the words, their form, and what to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from studygroup.core.errors import Place
from studygroup.core.meeting.session import Entry, Session
from studygroup.core.note import Note
from studygroup.core.prompt import Prompt
from studygroup.core.quoting.audit import Form, Host
from studygroup.core.quoting.locating import Ask
from studygroup.core.quoting.quotation import Quoted, extract
from studygroup.core.reading import PARAGRAPH_GAP, Paragraph, Reading, Section, SectionKey

AROUND = 64
"""How many characters around a quotation, where it is quoted, may tell which place it is from."""


class Sought(NamedTuple):
    """A quotation that is not located yet."""

    form: Form
    host: Host
    ask: Ask


def in_note(note: Note) -> Iterator[Sought]:
    """Yield what a note quotes, in order."""
    text, near = note.text, (note.reading, note.section)
    for quoted in extract(text):
        host = Host(
            "note",
            note.reading,
            note.section,
            Place(note.place.path, _line_at(note, quoted.start)),
            note.reader,
            note.id,
            start=quoted.start,
            end=quoted.end,
        )
        yield Sought(_form(quoted), host, Ask(quoted.text, near, *_around(text, quoted)))


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
        own = replace(host, start=quoted.start, end=quoted.end)
        yield Sought(_form(quoted), own, Ask(quoted.text, near, *_around(text, quoted)))


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
        own = replace(host, start=quoted.start, end=quoted.end)
        yield Sought(_form(quoted), own, Ask(quoted.text, near, *_around(entry.text, quoted)))


def _recorded(entry: Entry, near: SectionKey) -> Ask:
    """Return what to ask for a quotation that was recorded: it is first sought where it stood."""
    anchor = None if entry.cited is None else entry.cited.anchor
    if anchor is None:
        return Ask(entry.text, near)
    return Ask(entry.text, (anchor.reading, anchor.section), anchor.prefix, anchor.suffix)


def in_section(reading: Reading, section: Section) -> Iterator[Sought]:
    """Yield what a section of a text quotes, in order; it is not sought in that very section."""
    for form, quoted in _in_text(section):
        first = section.paragraph_at(quoted.start)
        host = Host(
            "text",
            reading.slug,
            section.id,
            Place(reading.path, first.line),
            paragraph=first.number,
            start=quoted.start,
            end=quoted.end,
        )
        around = _around(section.text, quoted)
        yield Sought(form, host, Ask(quoted.text, None, *around, (reading.slug, section.id)))


def _in_text(section: Section) -> Iterator[tuple[Form, Quoted]]:
    for is_block, run in groupby(section.paragraphs, lambda p: p.kind == "quote"):
        paragraphs = tuple(run)
        if is_block:
            yield "block", _whole(paragraphs)
        for paragraph in paragraphs:
            for quoted in extract(paragraph.text):
                start, end = paragraph.start + quoted.start, paragraph.start + quoted.end
                yield _form(quoted), Quoted(quoted.text, start, end)


def _whole(paragraphs: tuple[Paragraph, ...]) -> Quoted:
    text = PARAGRAPH_GAP.join(p.text for p in paragraphs)
    return Quoted(text, paragraphs[0].start, paragraphs[-1].start + len(paragraphs[-1].text))


def _line_at(note: Note, offset: int) -> int | None:
    """Return the line of the file on which a character of a note's text stands."""
    for block in note.blocks:
        if offset <= len(block.text) and block.line:
            return block.line_at(offset)
        offset -= len(block.text) + len(PARAGRAPH_GAP)
    return note.place.line


def _form(quoted: Quoted) -> Form:
    return "term" if quoted.is_term else "marks"


def _around(text: str, quoted: Quoted) -> tuple[str, str]:
    return text[max(0, quoted.start - AROUND) : quoted.start], text[quoted.end :][:AROUND]
