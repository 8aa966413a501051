"""A text that is being imported, and the outline proposed for it: two sheets over the same rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from textual.message import Message

from studygroup.core.draft import Reason
from studygroup.core.outlining.revision import Revision, Row, plain
from studygroup.core.text import clean
from studygroup.tui.widgets.blocks import Block, Line, Run
from studygroup.tui.widgets.sheet import Piece, Sheet
from studygroup.tui.widgets.wrapping import shorten

MEASURE = 80
"""The most columns a line of the text has."""
DOUBT = "?"
"""The sign of a line that somebody should look at."""
_LISTED = 64
"""How many columns of a line stand in the outline."""
_NAMED = 4
"""How many reasons stand below a doubtful line."""


class RowSheet(Sheet):
    """Rows of the text, keyed by their numbers; doubtful ones have a sign in the margin."""

    @dataclass
    class RowReached(Message):
        """Another row became the current one, by key or click."""

        at: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._doubtful: frozenset[int] = frozenset()

    def show_revision(self, revision: Revision, at: int) -> None:
        """Show an outline as it is now, with a row as the current one."""
        rows = enumerate(revision.rows)
        self._doubtful = frozenset(number for number, row in rows if row.is_doubtful)
        self.show(self.blocks_of(revision), current=at, top=False)
        self.reveal(at)

    def blocks_of(self, revision: Revision) -> list[Block]:
        """Return what is shown of the rows."""
        raise NotImplementedError

    def reached(self, key: Hashable) -> None:
        """Tell which row is current now."""
        if isinstance(key, int):
            self.post_message(self.RowReached(key))

    def margin(self, line: Line, pointed: bool) -> Sequence[Piece]:
        """Return pointer and sign of doubt."""
        key = None if line.block is None else line.block.key
        doubtful = line.first and key in self._doubtful and line.block is not None
        sign = DOUBT if doubtful and line.block and line.block.style != "note" else " "
        return [("›" if pointed else " ", "pointer"), (sign, "bar"), (" ", "text")]

    def frame(self, width: int) -> tuple[int, int]:
        """Return the edge behind the margin, and the measure."""
        return 3, max(2, min(MEASURE, width - 4))


class DraftText(RowSheet):
    """The text: headings by their depth, and below each doubtful line why it was taken or not."""

    def bring(self, at: int) -> None:
        """Make a row the current one; where it is out of view, show it with what stands around."""
        self.set_current(at, reveal=False)
        first, last = self.lines.places.get(at, (0, 0))
        if first <= self.top or last >= self.top + self.height - 2:
            self.scroll_to(y=max(0, first - self.height // 3), animate=False)

    def blocks_of(self, revision: Revision) -> list[Block]:
        """Return the whole text."""
        blocks: list[Block] = []
        before: Row | None = None
        for at, row in enumerate(revision.rows):
            blocks += _shown(row, at, before)
            before = row
        return blocks or [Block("There is no text.", "muted")]


class DraftOutline(RowSheet):
    """The headings, and in between the doubtful lines that were left in the text."""

    ALWAYS_TINTED = True

    def show_revision(self, revision: Revision, at: int) -> None:
        """Show the outline, with the heading over a row (or the row itself) as the current one."""
        listed = at < len(revision.rows) and _is_listed(revision.rows[at])
        super().show_revision(revision, at if listed else revision.heading_of(at))

    def blocks_of(self, revision: Revision) -> list[Block]:
        """Return a line for each heading and each doubtful line."""
        blocks: list[Block] = []
        for at, row in enumerate(revision.rows):
            if not _is_listed(row):
                continue
            room = _LISTED if row.is_heading else _LISTED // 2
            text = shorten(_words(row.block.text), room)
            if row.is_heading:
                indent = 2 * (row.block.level - 1)
                blocks.append(Block(text, key=at, indent=indent, hang=2, gap=0))
            else:
                blocks.append(Block(f"({text})", "faint", key=at, indent=2, hang=2, gap=0))
        return blocks or [Block("No heading.", "muted")]


@lru_cache(maxsize=16_384)
def _words(text: str) -> str:
    """Return a block's words as they are shown; most of them are shown again after each change."""
    return clean(plain(text))


def _is_listed(row: Row) -> bool:
    return row.is_heading or row.is_doubtful


def _shown(row: Row, at: int, before: Row | None) -> list[Block]:
    block, text = row.block, _words(row.block.text)
    notes = _notes(row, at)
    if row.is_heading:
        marks = "#" * block.level + " "
        shown = Block(
            text, "title", key=at, indent=len(marks), lead=marks, lead_style="label", gap=2
        )
        return [shown if before else shown._replace(gap=0), *notes]
    shown = Block(text, key=at, gap=0 if before is None else 1)
    together = before is not None and before.block.kind == block.kind
    match block.kind:
        case "quote":
            depth = max(1, block.level)
            shown = shown._replace(style="quote", indent=2 * depth, edge="│ " * depth)
        case "item":
            lead = f"{block.marker} "
            indent = 2 * (block.level - 1) + len(lead)
            shown = shown._replace(indent=indent, lead=lead, gap=0 if together else 1)
        case "verse" | "code" | "raw":
            shown = shown._replace(text=clean(block.text), style="verse", indent=2)
        case "rule":
            shown = shown._replace(text="* * *", style="faint", indent=4)
        case _:
            pass  # a paragraph is shown as it is
    return [shown, *notes]


def _notes(row: Row, at: int) -> list[Block]:
    """Return why a doubtful line was taken or not, and how the text has a heading."""
    said = []
    if row.is_renamed:
        said.append(f"in the text: {_words(row.was)}")
    if row.is_new:
        said.append("not in the text")
    if row.is_doubtful:
        taken = row.is_heading
        own = [reason for reason in row.block.reasons if (reason.weight > 0) == taken]
        told = [r.said for r in own if r.name != "capital" or len(own) == 1]
        verb = "taken for a heading" if taken else "left in the text"
        said.append(f"{verb}: {', '.join(told[:_NAMED])}")
    return [
        Block(text, "note", key=at, indent=2, runs=(Run(0, len(text), "em"),), gap=0)
        for text in said
    ]


def signed(number: int) -> str:
    """Return a weight as it is read: `+2`, `−3`."""
    return f"{number:+d}".replace("-", "−")


def weighed(reasons: Sequence[Reason]) -> str:
    """Return everything that speaks for and against a line's being a heading."""
    sides = []
    for sign, is_for in (("For", True), ("against", False)):
        told = [f"{r.said} {signed(r.weight)}" for r in reasons if (r.weight > 0) == is_for]
        sides += [f"{sign}: {', '.join(told)}"] if told else []
    return "; ".join(sides)
