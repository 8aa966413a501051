"""The rule that pairs headings, notes and prompts with the sections they belong to."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from studygroup.core.heading_pairing import HeadingPairing
from studygroup.core.note import Note, NoteFile, NoteHeading
from studygroup.core.reading import Reading


def pair_notes(file: NoteFile, reading: Reading) -> NoteFile:
    """Return `file` with its headings and notes paired with sections of `reading`.

    In this order: an explicit id or wikilink in the heading; a heading that is equal once number,
    case, punctuation and what readers write around a name are dropped; the reading's own title (the
    whole reading); the heading that the section had when it was given its id; a number, or several
    (“Ch. 3”, “2–3”); the words of a heading where it must be, by the sections of the headings that
    it stands under and between; a subheading belongs where its parent does; the section that is
    quoted below it. Of sections of one name that is taken which is quoted, else the next in order.
    Whatever fits two sections nearly as well is paired with none.
    """
    known: dict[str, Counter[str]] = {}

    def quoted_in(note: Note) -> Counter[str]:
        if note.id not in known:
            known[note.id] = _places_quoted(note, reading)
        return known[note.id]

    pairing = HeadingPairing(file, reading, quoted_in)
    headings = pairing.headings()
    lines = [h.place.line or 0 for h in headings]
    notes = []
    for note in file.notes:
        above = bisect_right(lines, note.place.line or 0) - 1
        heading = headings[above] if above >= 0 else None
        notes.append(_pair_note(note, heading, pairing.joined.get(above, ()), quoted_in))
    return replace(file, headings=headings, notes=tuple(notes))


def _pair_note(
    note: Note,
    heading: NoteHeading | None,
    joined: tuple[str, ...],
    quoted_in: Callable[[Note], Counter[str]],
) -> Note:
    if heading is None or heading.paired == "title":
        return note
    section = heading.section
    if section is None or joined:
        known = {
            place: times
            for place, times in quoted_in(note).items()
            if not joined or place in joined
        }
        section = max(known, key=known.__getitem__, default=section)
    return note if section is None else replace(note, section=section)


def _places_quoted(note: Note, reading: Reading) -> Counter[str]:
    """How many of a note's quotations stand in which section."""
    # here, since most notes stand under a heading that tells
    from studygroup.core.anchoring.anchoring import locate
    from studygroup.core.quoting.extract import extract

    return Counter(
        match.anchor.section
        for quoted in extract(note.text)
        if not quoted.is_term and (match := locate(quoted.text, [reading])).anchor is not None
    )
