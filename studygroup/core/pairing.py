"""The rule that pairs headings, notes and prompts with the sections they belong to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from studygroup.core.note import Note, NoteFile, NoteHeading
from studygroup.core.reading import Reading, Section
from studygroup.core.text import heading_key, words

SIMILAR = 80.0
"""Least rapidfuzz ratio (0–100) at which two headings are the same heading written differently."""
MARGIN = 8.0
"""How far the best must stand before the second best."""

_YEAR = re.compile(r"\(\d{4}\)\s*$")


def find_section(wanted: str, reading: Reading) -> Section | None:
    """Return the section meant by an id, or by a heading in any case with or without its number."""
    section = reading.section(wanted)
    if section is not None:
        return section
    same = _same_heading(wanted, reading)
    if same:
        return same[0] if len(same) == 1 else None
    return _once_headed(wanted, reading)


def close_sections(wanted: str, reading: Reading) -> list[str]:
    """Return ids of sections whose heading or id resembles `wanted`, best first."""
    from difflib import get_close_matches  # here, since few studies have such a problem

    keys = {key: sections[0].id for key, sections in reading.by_heading.items()}
    keys |= {s.id: s.id for s in reversed(reading.sections)}
    near = get_close_matches(heading_key(wanted), keys, n=2, cutoff=0.6)
    return list(dict.fromkeys(keys[k] for k in near))


def pair_notes(file: NoteFile, reading: Reading) -> NoteFile:
    """Return `file` with its headings and notes paired with sections of `reading`.

    In this order: an explicit id or wikilink in the heading; the reading's own title (the whole
    reading); a heading that is equal once number, case and punctuation are dropped, or that the
    section had when it was given its id; a similar heading; a subheading belongs where its parent
    does; the section where most of a note's quotations stand. Sections of one name are taken in
    turn.
    """
    taken: Counter[str] = Counter()
    headings: list[NoteHeading] = []
    for heading in file.headings:
        paired = _pair_heading(heading, reading, taken)
        if not paired.paired:
            paired = _as_parent(paired, headings)
        headings.append(paired)
    lines = [h.place.line or 0 for h in headings]
    notes = []
    for note in file.notes:
        above = bisect_right(lines, note.place.line or 0)
        notes.append(_pair_note(note, headings[above - 1] if above else None, reading))
    return replace(file, headings=tuple(headings), notes=tuple(notes))


def _pair_heading(heading: NoteHeading, reading: Reading, taken: Counter[str]) -> NoteHeading:
    if heading.anchor:
        section = find_section(heading.anchor, reading)
        if section is not None:
            return replace(heading, section=section.id, paired="id")
    same = _same_heading(heading.text, reading)
    if not same and _is_title(heading.text, reading):
        return replace(heading, section=None, paired="title")
    if same:
        section = same[min(taken[same[0].id], len(same) - 1)]
        taken[same[0].id] += 1
        return replace(heading, section=section.id, paired="heading")
    section = _once_headed(heading.text, reading)
    if section is not None:
        return replace(heading, section=section.id, paired="id")
    section = _similar_heading(heading.text, reading)
    if section is not None:
        return replace(heading, section=section.id, paired="similar")
    return heading


def _as_parent(heading: NoteHeading, before: Iterable[NoteHeading]) -> NoteHeading:
    """Give a reader's own subheading the section of the heading it stands under."""
    parent = next((h for h in reversed(list(before)) if h.level < heading.level), None)
    if parent is None or parent.section is None:
        return heading
    return replace(heading, section=parent.section, paired=parent.paired)


def _pair_note(note: Note, heading: NoteHeading | None, reading: Reading) -> Note:
    if heading is None or heading.paired == "title":
        return note
    section = heading.section or _where_quoted(note, reading)
    return note if section is None else replace(note, section=section)


def _where_quoted(note: Note, reading: Reading) -> str | None:
    # here, since most notes stand under a heading that tells
    from studygroup.core.quoting.anchoring import locate
    from studygroup.core.quoting.extract import extract

    places = Counter(
        match.anchor.section
        for quoted in extract(note.text)
        if not quoted.is_term and (match := locate(quoted.text, [reading])).anchor is not None
    )
    return places.most_common(1)[0][0] if places else None


def _same_heading(heading: str, reading: Reading) -> list[Section]:
    same = list(reading.by_heading.get(heading_key(heading), ()))
    if len(same) > 1:  # numbers may be all that tells them apart
        exact = [s for s in same if _with_number(s.title) == _with_number(heading)]
        if len(exact) == 1:
            return exact
    return same


def _once_headed(heading: str, reading: Reading) -> Section | None:
    """Return the one section that has its id from such a heading, and another heading now."""
    key = heading_key(heading)
    found = [s for s in reading.sections if heading_key(s.id.replace("-", " ")) == key]
    return found[0] if len(found) == 1 else None


def _with_number(heading: str) -> list[str]:
    return [w.folded for w in words(heading)]


def _is_title(heading: str, reading: Reading) -> bool:
    return heading_key(_YEAR.sub("", heading)) == heading_key(reading.title)


def _similar_heading(heading: str, reading: Reading) -> Section | None:
    from rapidfuzz import fuzz  # here, since most headings are found without it

    key = heading_key(heading)
    scored = sorted(
        (
            (fuzz.ratio(key, other), sections[0].id)
            for other, sections in reading.by_heading.items()
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < SIMILAR:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN:
        return None
    return reading.section(scored[0][1])
