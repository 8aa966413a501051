"""A concordance as a list: the term of every place stands in one column."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from textual.message import Message

from studygroup.core.finding.concordance import Line
from studygroup.core.finding.search import Document
from studygroup.tui.widgets.blocks import Block, Run
from studygroup.tui.widgets.sheet import Sheet
from studygroup.tui.widgets.wrapping import cells, clusters, shorten

PLACES_FROM = 84
"""From so many columns on, each line begins with its place."""
PLACE = 18
"""How many cells a place has there."""
LONGEST_TERM = 30
"""Longer terms (phrases) do not push the column further to the left."""


class LineList(Sheet):
    """Lines keyed by their places in the list, each on one line of the screen at any width."""

    ALWAYS_TINTED = True

    @dataclass
    class Chosen(Message):
        """A line was clicked, or chosen with Enter."""

        at: int

    class Moved(Message):
        """Another line became the current one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: Sequence[Line] = ()
        self._cut_for = 0

    @property
    def line(self) -> Line | None:
        """The line that is the current item, if any."""
        at = self.current
        return self.shown[at] if isinstance(at, int) and at < len(self.shown) else None

    def show_lines(self, lines: Sequence[Line], current: Line | None = None) -> None:
        """Show these lines, `current` being the current one, or the first."""
        self.shown = lines
        self._cut_for = 0
        self._cut(lines.index(current) if current in lines else 0)
        if not lines:
            self.show([Block("No place to show: only headings and titles have these words.")])
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Cut the lines anew when the width changed."""
        at = self.current
        self._cut(at if isinstance(at, int) else 0)
        super().on_resize()

    def _cut(self, at: int) -> None:
        width = self.scrollable_content_region.width
        if self.shown and width > 0 and width != self._cut_for:
            self._cut_for = width
            _, measure = self.frame(width)
            self.show(aligned(self.shown, measure), current=at)
            self.reveal(at)

    def reached(self, key: Hashable) -> None:
        """Tell that another line is the current one."""
        self.post_message(self.Moved())

    def chosen(self, key: Hashable) -> None:
        """Tell which line was chosen."""
        if isinstance(key, int):
            self.post_message(self.Chosen(key))


def aligned(lines: Sequence[Line], width: int) -> list[Block]:
    """Return a block for each line, at most `width` cells wide, the terms beginning in one column.

    Where there is room, the place stands first.
    """
    place = PLACE if width >= PLACES_FROM else 0
    term = min(LONGEST_TERM, max((cells(line.term) for line in lines), default=0))
    side = max(0, (width - place - term) // 2)
    return [_block(number, line, place, side, width) for number, line in enumerate(lines)]


def _block(number: int, line: Line, place: int, side: int, width: int) -> Block:
    before = _end_of(line.before, side)
    indent = place + side - cells(before)
    text = f"{before}{line.term}{line.after}"
    text = text if cells(text) <= width - indent else shorten(text, width - indent)
    lead = shorten(short_place(line.document), place - 2) if place else ""
    start, end = len(before), min(len(before) + len(line.term), len(text))
    runs = (Run(start, end, "hit"),)
    lead += " " * (indent - cells(lead))
    return Block(text, runs=runs, key=number, indent=indent, lead=lead, lead_style="faint", gap=0)


def short_place(document: Document) -> str:
    """Return where a document stands, in few cells: `5 The rut ¶2`, `ana: 5 The rut`."""
    number = document.section_title.partition(" ")[0].rstrip(".")
    section = f"§{number}" if number.isdecimal() else shorten(document.section_title, PLACE - 8)
    paragraph = f" ¶{document.paragraph}" if document.paragraph else ""
    by = f" {document.by}" if document.by and document.kind != "text" else ""
    return f"{section}{paragraph}{by}"


def _end_of(text: str, width: int) -> str:
    """Return as much of the end of `text` as `width` cells hold, from a whole word on."""
    if cells(text) <= width:
        return text.lstrip()
    start = len(text)
    for first, _ in reversed(list(clusters(text, 0, len(text)))):
        if cells(text[first:]) > width - 1:
            break
        start = first
    gap = text.find(" ", max(0, start - 1), len(text) - 1)
    return text[start if gap < 0 else gap :].lstrip()
