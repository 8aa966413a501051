"""The outline: every reading of the study, and the sections of the one that is open."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from textual.message import Message

from studygroup.core.reading import Reading, SectionKey
from studygroup.tui.widgets.blocks import Block, Line
from studygroup.tui.widgets.sheet import Piece, Sheet


class Outline(Sheet):
    """Readings that unfold into their sections; items are keyed by (slug, section id or None)."""

    LEFT = 1

    @dataclass
    class SectionChosen(Message):
        """A section was clicked, or chosen with Enter."""

        reading: str
        section: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._readings: tuple[Reading, ...] = ()
        self._unfolded: set[str] = set()
        self._open: SectionKey = ("", None)

    def show_readings(self, readings: Sequence[Reading]) -> None:
        """Show these readings, folded as they were."""
        self._readings = tuple(readings)
        self.restyle(self._blocks())

    def mark_open(self, reading: str, section: str) -> None:
        """Mark the section that is being read, with its reading unfolded and the others folded."""
        if self._open[0] != reading:
            self._unfolded = {reading}
        self._open = (reading, section)
        self.show(self._blocks(), current=self._open, top=False)
        self.reveal(self._open)

    def chosen(self, key: Hashable) -> None:
        """Tell which section was chosen; on a reading's line, fold or unfold it."""
        match key:
            case (str(reading), str(section)):
                self.post_message(self.SectionChosen(reading, section))
            case (str(reading), None):
                self._unfolded ^= {reading}
                self.restyle(self._blocks())

    def margin(self, line: Line, pointed: bool) -> Sequence[Piece]:
        """Return the pointer of the current line, shown while the outline has focus."""
        return [("›" if pointed and self.has_focus else " ", "pointer")]

    def _blocks(self) -> list[Block]:
        if not self._readings:
            return [Block("No readings yet.", "muted")]
        return [block for reading in self._readings for block in self._reading(reading)]

    def _reading(self, reading: Reading) -> Iterable[Block]:
        open_here = reading.slug in self._unfolded
        sign = "▾ " if open_here else "▸ "
        first = reading is self._readings[0]
        yield Block(
            reading.title, "label", key=(reading.slug, None), indent=2, lead=sign, gap=not first
        )
        if not open_here:
            return
        for number, section in enumerate(reading.sections, 1):
            key = (reading.slug, section.id)
            here = key == self._open
            yield Block(
                listed_title(reading, number),
                "strong" if here else "text",
                key=key,
                indent=4 + 2 * min(3, section.level - 1),
                hang=2,
                lead="▶ " if here else "",
                lead_style="pointer",
                gap=0,
            )


def listed_title(reading: Reading, number: int) -> str:
    """Return the title of a reading's section as lists show it; `number` counts from 1.

    The comments of a thread are numbered: several may be by one person and have one title.
    """
    title = reading.sections[number - 1].title
    return f"{number} {title}" if reading.kind == "thread" else title
