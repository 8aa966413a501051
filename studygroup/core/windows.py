"""Parts of a reading in which a section is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studygroup.core.reading import Reading, Section


@dataclass(frozen=True, slots=True)
class Window:
    """The places of a reading's sections from `first` up to `end`, without it."""

    first: int
    end: int

    def sections(self, reading: Reading) -> Sequence[Section]:
        """Return the sections in it."""
        return reading.sections[self.first : self.end]

    def holds(self, place: int) -> bool:
        """Whether a place is in it."""
        return self.first <= place < self.end

    def within(self, other: Window) -> Window:
        """Return what both have in common; nothing where they are apart."""
        first = max(self.first, other.first)
        return Window(first, max(first, min(self.end, other.end)))


def whole(reading: Reading) -> Window:
    """Return all of a reading's sections."""
    return Window(0, len(reading.sections))


def below(parent: Section, reading: Reading) -> Window:
    """Return where the sections stand that belong to `parent`, itself left out."""
    first = reading.index_of(parent.id) + 1
    end = first
    while end < len(reading.sections) and reading.sections[end].level > parent.level:
        end += 1
    return Window(first, end)
