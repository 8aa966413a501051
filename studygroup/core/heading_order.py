"""Where the headings of a notes file stand to each other, and in the order of the reading."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence

from studygroup.core.note import NoteHeading
from studygroup.core.reading import Reading
from studygroup.core.text import heading_key
from studygroup.core.windows import Window


class HeadingOrder:
    """Which of some headings have sections that follow each other in the reading, and where others
    must be; which stand under which (`above`); which wait for a section.

    It looks at the list of headings again when it is told to (`look`).
    """

    def __init__(self, headings: Sequence[NoteHeading], reading: Reading) -> None:
        self.above = _headings_above(headings)
        self._headings = headings
        self._reading = reading
        self._waiting: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._ordered: list[tuple[int, int]] = []

    def __bool__(self) -> bool:
        """Whether any heading has a section."""
        return bool(self._ordered)

    def look(self) -> None:
        """See which headings that have sections are in the reading's order, and which wait."""
        placed: list[tuple[int, int]] = []
        self._waiting = defaultdict(dict)
        for at, heading in enumerate(self._headings):
            if heading.section is not None:
                placed.append((at, self._reading.index_of(heading.section)))
            elif not heading.paired:
                self._waiting[heading_key(heading.text)][at] = None
        kept = in_order(place for _, place in placed)
        self._ordered = [pair for number, pair in enumerate(placed) if number in kept]

    def add(self, at: int, place: int) -> None:
        """Take note of the section that a heading was found to have, if it is in order."""
        if self.between_neighbours(at).holds(place):
            insort(self._ordered, (at, place))
            self._waiting[heading_key(self._headings[at].text)].pop(at, None)

    def between_neighbours(self, at: int) -> Window:
        """Return what lies between the sections of the nearest headings above and below."""
        number = bisect_left(self._ordered, (at,))
        first = self._ordered[number - 1][1] + 1 if number else 0
        number += number < len(self._ordered) and self._ordered[number][0] == at
        rest = self._ordered[number : number + 1]
        return Window(first, max(first, rest[0][1] if rest else len(self._reading.sections)))

    def before(self, at: int) -> int | None:
        """Return the place of the section of the nearest heading above."""
        number = bisect_left(self._ordered, (at,))
        return self._ordered[number - 1][1] if number else None

    def waiting_beside(self, at: int, key: str) -> list[int]:
        """Return the headings of one name that wait between the same neighbours as `at`."""
        number = bisect_left(self._ordered, (at,))
        first = self._ordered[number - 1][0] + 1 if number else 0
        end = self._ordered[number][0] if number < len(self._ordered) else len(self._headings)
        return [
            other
            for other in self._waiting.get(key, ())
            if first <= other < end and self.above[other] == self.above[at]
        ]


def in_order(places: Iterable[int]) -> set[int]:
    """Return which of some places, by number, are in rising order: a longest such run of them.

    (Patience sorting, Schensted; equal places count as in order.)
    """
    tops: list[tuple[int, int]] = []
    before: dict[int, int | None] = {}
    for at, place in enumerate(places):
        low, high = 0, len(tops)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if tops[middle][0] <= place else (low, middle)
        before[at] = tops[low - 1][1] if low else None
        tops[low : low + 1] = [(place, at)]
    found: set[int] = set()
    last = tops[-1][1] if tops else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _headings_above(headings: Sequence[NoteHeading]) -> list[int | None]:
    """For each heading the place of the one that it stands under: the nearest of a higher level."""
    found: list[int | None] = []
    for at, heading in enumerate(headings):
        above = at - 1 if at else None
        while above is not None and headings[above].level >= heading.level:
            above = found[above]
        found.append(above)
    return found
