"""An outline as a person corrects it: each step gives a new one, and no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from studygroup.core.draft import Block
from studygroup.core.text import words

DEEPEST = 6
"""How deep headings of Markdown go."""

GAP = "\n\n"
"""What stands between the lines of the text of which one heading was made."""

_CALL = re.compile(r"\[\^[^\]\s]{1,40}\]")
_ESCAPED = re.compile(r"\\([^\w\s])")


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the document, and for a heading how the text has it.

    `was` are the words that stand in the text where the heading is called otherwise, its lines
    joined by `GAP` where it was made of several; `is_new` says
    that it stands in the text nowhere, but was put before the paragraph that follows; `is_settled`
    that a person has decided whether it is a heading.
    """

    block: Block
    was: str = ""
    is_new: bool = False
    is_settled: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it."""
        return self.block.is_doubtful and not self.is_settled

    @property
    def is_renamed(self) -> bool:
        """Whether the text has other words for it."""
        return bool(self.was) and plain(self.was) != plain(self.block.text)

    @property
    def is_heading(self) -> bool:
        """Whether a section begins here."""
        return self.block.kind == "heading"


@dataclass(frozen=True, slots=True)
class Revision:
    """The blocks of a document with the outline as corrected so far.

    Methods that change it take the number of a row, from 0, and return the new revision and the
    row to stand on; where there is nothing to change, the same revision.
    """

    rows: tuple[Row, ...] = ()
    notes: tuple[Block, ...] = ()

    @staticmethod
    def of(blocks: Iterable[Block]) -> Revision:
        """Return the outline that a document's blocks propose; footnotes are left aside."""
        blocks = tuple(blocks)
        rows = tuple(Row(block) for block in blocks if block.kind != "footnote")
        return Revision(rows, tuple(block for block in blocks if block.kind == "footnote"))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The document with this outline."""
        return (*(row.block for row in self.rows), *self.notes)

    @property
    def headings(self) -> tuple[int, ...]:
        """The rows that are headings."""
        return tuple(at for at, row in enumerate(self.rows) if row.is_heading)

    @property
    def sections(self) -> int:
        """How many sections there are: one for each heading, and one for text before the first."""
        headings = self.headings
        return len(headings) + bool(self.rows and (not headings or headings[0] > 0))

    def accepted(self, at: int) -> tuple[Revision, int]:
        """Make a line a heading, as deep as the one before it; or settle that it is one."""
        row = self._row(at)
        if row is None or not _can_be_heading(row.block):
            return self, at
        if row.is_heading:
            return self._with(at, 1, (replace(row, is_settled=True),)), at
        before = [self.rows[n].block.level for n in self.headings if n < at]
        text = " ".join(row.block.text.split())
        block = replace(row.block, kind="heading", text=text, level=before[-1] if before else 1)
        return self._with(at, 1, (Row(replace(block, marker=""), is_settled=True),)), at

    def rejected(self, at: int) -> tuple[Revision, int]:
        """Make a heading a paragraph, with the words the text has, or settle that a line is one.

        A heading that is new goes away; one that was made of several lines becomes these again.
        """
        row = self._row(at)
        if row is None:
            return self, at
        if not row.is_heading:
            return self._with(at, 1, (replace(row, is_settled=True),)), at
        if row.is_new:
            return self._with(at, 1, ()), min(at, len(self.rows) - 2)
        lines = (row.was or row.block.text).split(GAP)
        blocks = (replace(row.block, kind="paragraph", text=line, level=1) for line in lines)
        return self._with(at, 1, tuple(Row(block, is_settled=True) for block in blocks)), at

    def deepened(self, at: int, count: int) -> tuple[Revision, int]:
        """Make a heading so many levels deeper (higher, if negative)."""
        row = self._row(at)
        if row is None or not row.is_heading:
            return self, at
        level = min(DEEPEST, max(1, row.block.level + count))
        return self._with(at, 1, (replace(row, block=replace(row.block, level=level)),)), at

    def merged(self, at: int) -> tuple[Revision, int]:
        """Make the section of a row one with the section before it.

        Of two headings with nothing between them one is made; any other becomes a paragraph.
        """
        at = self.heading_of(at)
        row = self._row(at)
        if row is None or not row.is_heading:
            return self, max(at, 0)
        above = self._row(at - 1)
        if above is None or not above.is_heading or above.is_new or row.is_new:
            return self.rejected(at)
        text = f"{above.block.text} {row.block.text}"
        was = f"{above.was or above.block.text}{GAP}{row.was or row.block.text}"
        joined = Row(replace(above.block, text=text), was, is_settled=True)
        return self._with(at - 1, 2, (joined,)), at - 1

    def split(self, at: int, heading: str) -> tuple[Revision, int]:
        """Begin a section with a row, under a heading.

        Where the row's words begin with those of the heading, they are taken out of it.
        """
        row = self._row(at)
        if row is None or row.is_heading or not heading.strip():
            return self, at
        before = [self.rows[n].block.level for n in self.headings if n <= at]
        block = Block("heading", heading, before[-1] if before else 1)
        rest = without_beginning(row.block.text, heading)
        if rest:
            body = Row(replace(row.block, text=rest, reasons=()))
            return self._with(at, 1, (Row(block), body)), at
        return self._with(at, 0, (Row(block, is_new=True),)), at

    def renamed(self, at: int, heading: str) -> tuple[Revision, int]:
        """Call a section otherwise than the text does."""
        row = self._row(at)
        if row is None or not row.is_heading or not heading.strip():
            return self, at
        text, was = " ".join(heading.split()), row.was or row.block.text
        same = row.is_new or text == was
        renamed = Row(replace(row.block, text=text), "" if same else was, row.is_new, True)
        return self._with(at, 1, (renamed,)), at

    def heading_of(self, at: int) -> int:
        """Return the row of the heading under which a row stands; -1 above the first."""
        return next((n for n in reversed(self.headings) if n <= at), -1)

    def next_doubt(self, at: int, step: int) -> int:
        """Return the next doubtful row after `at` (before it, for -1), `at` where there is none."""
        ahead = range(at + 1, len(self.rows)) if step > 0 else range(at - 1, -1, -1)
        return next((n for n in ahead if self.rows[n].is_doubtful), at)

    def _row(self, at: int) -> Row | None:
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _with(self, at: int, count: int, rows: Sequence[Row]) -> Revision:
        return replace(self, rows=(*self.rows[:at], *rows, *self.rows[at + count :]))


def _can_be_heading(block: Block) -> bool:
    return block.kind not in ("rule", "code", "raw") and bool(block.text.strip())


def plain(text: str) -> str:
    """Return a block's words on one line, without the calls of notes and escaping strokes."""
    return _ESCAPED.sub(r"\1", " ".join(_CALL.sub("", text).split()))


def key_of(text: str) -> str:
    """Return the folded words of a block's text, by which it is known again."""
    return " ".join(word.folded for word in words(plain(text)))


def without_beginning(text: str, beginning: str) -> str:
    """Return what follows in `text` on the words of `beginning`; "" where it begins otherwise.

    Case tells too: a heading that ran into its paragraph is written as it is.
    """
    sought = [beginning[word.start : word.end] for word in words(beginning)]
    there = words(text)[: len(sought)]
    if not sought or [text[word.start : word.end] for word in there] != sought:
        return ""
    return text[there[-1].end :].lstrip(" .:—–-*_")
