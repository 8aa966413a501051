"""Pairing the headings of a notes file: by what each says, where it stands, what is quoted below.

What is sure is settled first, and tells where the rest must be: below the section of the heading
that it stands under, and between the sections of those above and below it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from studygroup.core.heading_forms import forms
from studygroup.core.heading_likeness import SMALL
from studygroup.core.heading_number import number_of
from studygroup.core.heading_order import HeadingOrder
from studygroup.core.heading_targets import by_number, by_quotations, several
from studygroup.core.heading_words import HeadingWords
from studygroup.core.note import Note, NoteFile, NoteHeading
from studygroup.core.reading import Reading, Section
from studygroup.core.section_names import find_section, is_title, once_headed, same_heading
from studygroup.core.text import heading_key
from studygroup.core.windows import Window, below, whole

_ROUNDS = 3
"""How often what was found may tell where others must be."""
_OWN_WORDS = 1
"""Words of a heading up to which it may be a reader's own by chance; one more if it is misspelt."""
_AT_THE_BEGINNING = 2
"""Sections from the first that are meant by a name that later ones have too."""

Rule = Callable[[int, NoteHeading], NoteHeading]


class HeadingPairing:
    """The headings of one notes file on their way to sections.

    `joined` has, by a heading's place in the file, the ids of all sections that it stands for where
    these are several. `quoted_in` says in which sections a note quotes how often.
    """

    def __init__(
        self, file: NoteFile, reading: Reading, quoted_in: Callable[[Note], Counter[str]]
    ) -> None:
        self.joined: dict[int, tuple[str, ...]] = {}
        self._file = file
        self._reading = reading
        self._quoted_in = quoted_in
        self._words = HeadingWords(reading)
        self._headings = list(file.headings)
        self._order = HeadingOrder(self._headings, reading)

    def headings(self) -> tuple[NoteHeading, ...]:
        """Pair them all."""
        self._apply(self._by_name)
        for _ in range(_ROUNDS):
            if not self._apply(self._by_place):
                break
        if self._apply(self._by_order):
            self._apply(self._by_place)
        self._apply(self._by_what_is_quoted_here)
        self._apply(self._as_parent)
        self._apply(self._by_quotations)
        return tuple(self._headings)

    def _apply(self, rule: Rule) -> bool:
        """Try a rule on all headings that have no section yet; return whether it helped."""
        helped = False
        self._order.look()
        for at, heading in enumerate(self._headings):
            if not heading.paired:
                self._headings[at] = found = rule(at, heading)
                helped = helped or bool(found.paired)
        return helped

    # What a heading says.

    def _by_name(self, at: int, heading: NoteHeading) -> NoteHeading:
        """By an id, or the one name or number that a section has."""
        reading = self._reading
        if heading.anchor and (section := find_section(heading.anchor, reading)) is not None:
            return self._found(at, section, "id")
        within = self._below_parent(at)
        for text in forms(heading.text):
            same = same_heading(text, reading)
            inside = [s for s in same if within is None or within.holds(reading.index_of(s.id))]
            if len(inside) == 1 and (len(same) == 1 or within is not None):
                return self._found(at, inside[0], "heading")
            if same:
                break  # told by its order, or not meant at all
            if is_title(text, reading):
                return replace(heading, section=None, paired="title")
            if (section := once_headed(text, reading)) is not None:
                return self._found(at, section, "id")
            for window in (within, whole(reading)):
                if window is None:
                    continue
                if sections := several(text, reading, window):
                    return self._all_of(at, sections)
                if (section := by_number(text, reading, window)) is not None:
                    return self._found(at, section, "number")
        return heading

    def _found(self, at: int, section: Section, how: str) -> NoteHeading:
        """The heading with its section: if this is in order, it tells where others must be."""
        self._order.add(at, self._reading.index_of(section.id))
        return replace(self._headings[at], section=section.id, paired=how)

    def _all_of(self, at: int, sections: Sequence[Section]) -> NoteHeading:
        self.joined[at] = tuple(section.id for section in sections)
        return self._found(at, sections[0], "number")

    # Where it stands.

    def _by_place(self, at: int, heading: NoteHeading) -> NoteHeading:
        """By its name, one of several sections', or by its words, where it must be."""
        reading, window = self._reading, self._place(at)
        for text in forms(heading.text):
            same = same_heading(text, reading)
            if same and not self._is_out_of_place(at, text, same):
                return self._one_of(at, _as_high_as(text, same), "heading")
            if (number := number_of(text)) is not None and not number.rest:
                continue  # one number is no other number written differently
            alike = self._words.within(text, window, doubtful=self._is_doubtful(at)) or [
                section
                for section in self._words.anywhere(text)
                if not self._is_out_of_place(at, text, [section])
            ]
            if (found := self._one_of(at, alike, "similar")).paired:
                return found
            if sections := several(text, reading, window, self._words):
                return self._all_of(at, sections)
        return heading

    def _one_of(self, at: int, alike: Sequence[Section], how: str) -> NoteHeading:
        """The heading with the one of some sections that it can mean: by its place, what is quoted,
        or their order; as it is where none of these tells.
        """
        reading, heading = self._reading, self._headings[at]
        place = self._place(at)
        alike = [s for s in alike if place.holds(reading.index_of(s.id))] or alike
        if not alike:
            return heading
        if len(alike) > 1:
            told = by_quotations(self._quoted(at), None, reading, least=1)
            if (quoted := next((s for s in alike if s.id == told), None)) is not None:
                return self._found(at, quoted, "quotations")
        section = alike[0] if len(alike) == 1 else self._in_turn(at, alike)
        if section is None:
            return heading
        if how == "similar" and is_title(section.title, reading):
            return replace(heading, section=None, paired="title")
        return self._found(at, section, how)

    def _in_turn(self, at: int, alike: Sequence[Section]) -> Section | None:
        """The next of some sections, where nothing else can be meant: there are as many headings
        of their name here as sections, the others are below it, or the heading above is about its
        part of the reading; else none.
        """
        reading, first = self._reading, alike[0]
        if len({heading_key(title) for title in {section.title for section in alike}}) > 1:
            return None
        inside = below(first, reading)
        if all(inside.holds(reading.index_of(section.id)) for section in alike[1:]):
            return first
        rivals = self._order.waiting_beside(at, heading_key(first.title))
        if len(rivals) == len(alike):
            return alike[rivals.index(at)] if at in rivals else None
        before, place = self._order.before(at), reading.index_of(first.id)
        if before is not None and self._part_of(before) == self._part_of(place):
            return first
        return first if place < _AT_THE_BEGINNING else None

    def _part_of(self, place: int) -> int:
        """Which section of the highest level a section is in, counted from 1."""
        return bisect_right(self._parts, place)

    @cached_property
    def _parts(self) -> list[int]:
        """The places of the sections of the highest level."""
        highest = min((section.level for section in self._reading.sections), default=1)
        return [at for at, s in enumerate(self._reading.sections) if s.level == highest]

    def _is_out_of_place(self, at: int, text: str, alike: Sequence[Section]) -> bool:
        """Whether a short heading is a reader's own: no section that it could mean is below the
        section of the heading that it stands under, or between those of its neighbours.
        """
        within, order, number = (
            self._below_parent(at),
            self._order.between_neighbours(at),
            number_of(text),
        )
        if within is None or (number is not None and (number.division or not number.rest)):
            return False
        name = [word for word in heading_key(text).split() if word not in SMALL]
        exact = any(heading_key(section.title) == heading_key(text) for section in alike)
        places = [self._reading.index_of(section.id) for section in alike]
        return len(name) <= (_OWN_WORDS if exact else _OWN_WORDS + 1) and not any(
            within.holds(place) or order.holds(place) for place in places
        )

    def _by_order(self, at: int, heading: NoteHeading) -> NoteHeading:
        """By a number or a part of its words, between those that are known."""
        if not self._order:
            return heading
        window = self._place(at)
        for text in forms(heading.text):
            if (section := by_number(text, self._reading, window)) is not None:
                return self._found(at, section, "number")
            is_below = self._parent(at) is not None
            doubtful = self._is_doubtful(at)
            if found := self._words.between(text, window, below=is_below, doubtful=doubtful):
                return self._one_of(at, found, "order")
        return heading

    def _place(self, at: int) -> Window:
        """Where the section of a heading must be."""
        order, parent = self._order.between_neighbours(at), self._below_parent(at)
        if parent is None or parent.first == parent.end:
            return order
        both = parent.within(order)
        return both if both.first < both.end else parent

    def _below_parent(self, at: int) -> Window | None:
        """Where the sections stand below those of the heading that it stands under."""
        parent = self._parent(at)
        section = self._headings[parent].section if parent is not None else None
        if parent is None or section is None:
            return None
        ids = self.joined.get(parent, (section,))
        first, last = (
            self._reading.sections[self._reading.index_of(id)] for id in (ids[0], ids[-1])
        )
        return Window(below(first, self._reading).first, below(last, self._reading).end)

    def _parent(self, at: int) -> int | None:
        """The place of the nearest heading that it stands under that has a section."""
        above = self._order.above[at]
        while above is not None and self._headings[above].section is None:
            above = self._order.above[above]
        return above

    def _is_doubtful(self, at: int) -> bool:
        """Whether a heading stands under one that is a reader's own, as far as is known."""
        above = self._order.above[at]
        return above is not None and not self._headings[above].paired

    def _as_parent(self, at: int, heading: NoteHeading) -> NoteHeading:
        """Give a reader's own subheading the section of the heading it stands under."""
        above = self._order.above[at]
        parent = self._headings[above] if above is not None else heading
        section = self._reading.section(parent.section) if parent.section else None
        number = number_of(heading.text)
        if section is None or (number and not number.rest):
            return heading
        if is_title(section.title, self._reading):
            return heading  # what stands under the title is about the whole reading
        return replace(heading, section=section.id, paired=parent.paired)

    # What is quoted below it.

    def _by_what_is_quoted_here(self, at: int, heading: NoteHeading) -> NoteHeading:
        """By what is quoted below a subheading, where that stands below its parent's section or
        between those of its neighbours.
        """
        within, order = self._below_parent(at), self._order.between_neighbours(at)
        if within is None:
            return heading
        told = by_quotations(self._quoted(at), within, self._reading)
        place = None if told is None else self._reading.index_of(told)
        if told is None or place is None or not (within.holds(place) or order.holds(place)):
            return heading
        return replace(heading, section=told, paired="quotations")

    def _by_quotations(self, at: int, heading: NoteHeading) -> NoteHeading:
        window = self._place(at) if self._order else None
        told = by_quotations(self._quoted(at), window, self._reading)
        return heading if told is None else replace(heading, section=told, paired="quotations")

    def _quoted(self, at: int) -> Counter[str]:
        """Where the quotations stand that are directly below a heading."""
        found: Counter[str] = Counter()
        for note in self._notes_below.get(at, ()):
            found += self._quoted_in(note)
        return found

    @cached_property
    def _notes_below(self) -> dict[int, list[Note]]:
        """The notes directly below each heading, by its place."""
        found: dict[int, list[Note]] = {}
        lines = [heading.place.line or 0 for heading in self._headings]
        at = -1
        for note in self._file.notes:
            while at + 1 < len(lines) and lines[at + 1] <= (note.place.line or 0):
                at += 1
            found.setdefault(at, []).append(note)
        return found


def _as_high_as(text: str, same: Sequence[Section]) -> Sequence[Section]:
    """Of sections of one name those of the highest level, where a heading says “Chapter …”."""
    number = number_of(text)
    if number is None or not number.division:
        return same
    highest = min(section.level for section in same)
    return [section for section in same if section.level == highest]
