"""The rule that pairs headings, notes and prompts with the sections they belong to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from studygroup.core.heading_number import number_of
from studygroup.core.heading_order import (
    Window,
    below,
    between,
    by_number,
    by_quotations,
    by_words,
    is_rivalled,
    several,
)
from studygroup.core.note import Note, NoteFile, NoteHeading
from studygroup.core.reading import Reading, Section
from studygroup.core.text import heading_key, words

SIMILAR = 80.0
"""Least rapidfuzz ratio (0–100) at which two headings are the same heading written differently."""
SURE = 90.0
"""The ratio from which it is so even if its words could be the beginning of another's."""
MARGIN = 8.0
"""How far the best must stand before the second best."""

_YEAR = re.compile(r"\(\d{4}\)\s*$")


def find_section(wanted: str, reading: Reading) -> Section | None:
    """Return the section meant by an id, by a heading in any case with or without its number,
    or by a number that one section has.
    """
    section = reading.section(wanted)
    if section is not None:
        return section
    same = _same_heading(wanted, reading)
    if same:
        return same[0] if len(same) == 1 else None
    return _once_headed(wanted, reading) or by_number(wanted, reading)


def close_sections(wanted: str, reading: Reading) -> list[str]:
    """Return ids of sections whose heading or id resembles `wanted`, best first."""
    from difflib import get_close_matches  # here, since few studies have such a problem

    keys = {key: sections[0].id for key, sections in reading.by_heading.items()}
    keys |= {s.id: s.id for s in reversed(reading.sections)}
    near = get_close_matches(heading_key(wanted), keys, n=2, cutoff=0.6)
    return list(dict.fromkeys(keys[k] for k in near))


def pair_notes(file: NoteFile, reading: Reading) -> NoteFile:
    """Return `file` with its headings and notes paired with sections of `reading`.

    In this order: an explicit id or wikilink in the heading; a heading that is equal once number,
    case and punctuation are dropped; the reading's own title (the whole reading); the heading that
    the section had when it was given its id; a number, or several (“Ch. 3”, “2–3”); a similar
    heading; one that says a part of it, alone among the sections between those of the headings
    above and below; a subheading belongs where its parent does; the section that is quoted below
    it. Of sections of one name that is taken which is quoted, else the next in order. Whatever fits
    two sections nearly as well is paired with none.
    """
    pairing = _Pairing(file, reading)
    headings = pairing.headings()
    lines = [h.place.line or 0 for h in headings]
    notes = []
    for note in file.notes:
        above = bisect_right(lines, note.place.line or 0) - 1
        heading = headings[above] if above >= 0 else None
        notes.append(_pair_note(note, heading, pairing.joined.get(above, ()), reading))
    return replace(file, headings=headings, notes=tuple(notes))


class _Pairing:
    """The headings of one notes file on their way to sections.

    `joined` has, by a heading's place in the file, the ids of all sections that it stands for where
    these are several.
    """

    def __init__(self, file: NoteFile, reading: Reading) -> None:
        self.joined: dict[int, tuple[str, ...]] = {}
        self._file = file
        self._reading = reading
        self._headings = list(file.headings)
        self._taken: set[str] = set()

    def headings(self) -> tuple[NoteHeading, ...]:
        """Pair them all: by what each says, then by where it stands, then by what it quotes."""
        rules = (self._by_itself, self._by_order, self._as_parent, self._by_quotations)
        for rule in rules:
            for at, heading in enumerate(self._headings):
                if not heading.paired:
                    self._headings[at] = rule(at, heading)
        return tuple(self._headings)

    def _by_itself(self, at: int, heading: NoteHeading) -> NoteHeading:
        reading, text = self._reading, heading.text
        if heading.anchor and (section := find_section(heading.anchor, reading)) is not None:
            return self._found(heading, section, "id")
        if same := _same_heading(text, reading):
            return self._found(heading, self._of_one_name(at, same), "heading")
        if _is_title(text, reading):
            return replace(heading, section=None, paired="title")
        if (section := _once_headed(text, reading)) is not None:
            return self._found(heading, section, "id")
        parent = self._parent(at)
        within = below(parent, reading) if parent else None
        if sections := several(text, reading, within) or several(text, reading):
            self.joined[at] = tuple(section.id for section in sections)
            return self._found(heading, sections[0], "number")
        numbered = (within and by_number(text, reading, within)) or by_number(text, reading)
        if numbered is not None:
            return self._found(heading, numbered, "number")
        similar = _similar_heading(text, reading) or by_words(text, reading)
        return heading if similar is None else self._found(heading, similar, "similar")

    def _found(self, heading: NoteHeading, section: Section, how: str) -> NoteHeading:
        self._taken.add(section.id)
        return replace(heading, section=section.id, paired=how)

    def _of_one_name(self, at: int, same: list[Section]) -> Section:
        """The one of several sections of one name: below the parent's, quoted, or next in order."""
        parent = self._parent(at)
        if parent is not None:
            inside = below(parent, self._reading).sections(self._reading)
            same = [section for section in same if section in inside] or same
        if len(same) == 1:
            return same[0]
        told = by_quotations(self._quoted(at), None, self._reading)
        if (quoted := next((s for s in same if s.id == told), None)) is not None:
            return quoted
        free = [section for section in same if section.id not in self._taken]
        last = self._neighbour(range(at - 1, -1, -1))
        later = [s for s in free if last is None or self._reading.index_of(s.id) > last]
        return next(iter(later or free or same[-1:]))

    def _by_order(self, at: int, heading: NoteHeading) -> NoteHeading:
        window = self._window(at)
        if window is None:
            return heading
        if (section := by_number(heading.text, self._reading, window)) is not None:
            return self._found(heading, section, "number")
        section = between(heading.text, self._reading, window)
        return heading if section is None else self._found(heading, section, "order")

    def _window(self, at: int) -> Window | None:
        """Where the sections stand between those of the nearest headings above and below."""
        above = self._neighbour(range(at - 1, -1, -1))
        under = self._neighbour(range(at + 1, len(self._headings)))
        if above is None and under is None:
            return None
        first = 0 if above is None else above + 1
        end = len(self._reading.sections) if under is None else under
        return Window(first, end) if first < end else None

    def _neighbour(self, places: range) -> int | None:
        """The place in the reading of the section of the first heading that has one."""
        sections = (self._headings[place].section for place in places)
        found = next((section for section in sections if section is not None), None)
        return None if found is None else self._reading.index_of(found)

    def _parent(self, at: int) -> Section | None:
        level = self._headings[at].level
        parent = next((h for h in reversed(self._headings[:at]) if h.level < level), None)
        return self._reading.section(parent.section) if parent and parent.section else None

    def _as_parent(self, at: int, heading: NoteHeading) -> NoteHeading:
        """Give a reader's own subheading the section of the heading it stands under."""
        before = reversed(self._headings[:at])
        parent = next((h for h in before if h.level < heading.level), None)
        number = number_of(heading.text)
        if parent is None or parent.section is None or (number and not number.rest):
            return heading
        return replace(heading, section=parent.section, paired=parent.paired)

    def _by_quotations(self, at: int, heading: NoteHeading) -> NoteHeading:
        told = by_quotations(self._quoted(at), self._window(at), self._reading)
        return heading if told is None else replace(heading, section=told, paired="quotations")

    def _quoted(self, at: int) -> Counter[str]:
        """Where the quotations stand that are directly below a heading."""
        begin = self._headings[at].place.line or 0
        after = self._headings[at + 1].place.line if at + 1 < len(self._headings) else None
        found: Counter[str] = Counter()
        for note in self._file.notes:
            if begin <= (note.place.line or 0) and (
                after is None or (note.place.line or 0) < after
            ):
                found += _places_quoted(note, self._reading)
        return found


def _pair_note(
    note: Note, heading: NoteHeading | None, joined: tuple[str, ...], reading: Reading
) -> Note:
    if heading is None or heading.paired == "title":
        return note
    section = heading.section
    if section is None or joined:
        places = _places_quoted(note, reading)
        known = {place: times for place, times in places.items() if not joined or place in joined}
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
    if (number := number_of(heading)) is not None and not number.rest:
        return None  # one number is no other number written differently
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
    section = reading.section(scored[0][1])
    if section is None or _digits(key) != _digits(heading_key(section.title)):
        return None
    if is_rivalled(heading, section, reading, sure=scored[0][0] >= SURE):
        return None
    return section


def _digits(key: str) -> list[str]:
    """The words of a heading that are figures: a day of a month is not the next one misspelt."""
    return [word for word in key.split() if word[0].isdigit()]
