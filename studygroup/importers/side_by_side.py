"""Pages whose columns stand side by side in each line, as text laid out like its PDF has them.

A page has two columns when hardly a line crosses one and the same place, and many have words, as
wide as prose is, on either side of it. Lines that do cross it (a title, a wide table) divide what
is above them from what is below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_FEWEST, _MOST = 20, 300
"""How many lines with words a page of two columns has."""
_WIDEST = 400
_CROSSING = 0.15
"""The share of lines that may go over the gap between columns."""
_EACH = 0.3
"""The share of lines that have words in each column, at least."""
_PROSE = 22
"""Characters that lines of each column have on average, at least: cells of a table have fewer."""


def in_one_column(text: str) -> str:
    """Text with its columns one below the other, page by page; as it is unless half of its pages
    that are long enough have two.
    """
    if "\f" not in text:
        return text
    pages = [page.split("\n") for page in text.split("\f")]
    gaps = [_gap(page) for page in pages]
    long = sum(1 for page in pages if sum(1 for row in page if row.strip()) >= _FEWEST)
    if sum(gap is not None for gap in gaps) * 2 < max(long, 1):
        return text
    return "\f".join(
        "\n".join(page if gap is None else _divided(page, gap))
        for page, gap in zip(pages, gaps, strict=True)
    )


def _gap(page: Sequence[str]) -> int | None:
    """The place between the two columns of a page, None where it has not two."""
    rows = [row for row in page if row.strip()]
    width = max(map(len, rows), default=0)
    if not _FEWEST <= len(rows) <= _MOST or width > _WIDEST:
        return None
    spans = [[match.span() for match in _SEGMENT.finditer(row)] for row in rows]
    crossing = _crossing(spans, width)
    middle = range(round(width * 0.3), round(width * 0.7))
    place = min(middle, key=crossing.__getitem__, default=0)
    few = bool(middle) and crossing[place] <= _CROSSING * len(rows)
    return place if few and _has_columns(spans, place) else None


def _crossing(spans: Sequence[Sequence[tuple[int, int]]], width: int) -> list[int]:
    """How many lines have words on both sides of each place without a gap there."""
    steps = [0] * (width + 2)
    for begin, end in chain.from_iterable(spans):
        if end > begin + 1:
            steps[begin + 1] += 1
            steps[end] -= 1
    return list(accumulate(steps))


def _has_columns(spans: Sequence[Sequence[tuple[int, int]]], place: int) -> bool:
    for inside in (
        [(row[0][0], max(b for a, b in row if b <= place)) for row in spans if row[0][1] <= place],
        [
            (min(a for a, b in row if a >= place), row[-1][1])
            for row in spans
            if row[-1][0] >= place
        ],
    ):
        widths = [end - begin for begin, end in inside]
        if len(widths) < _EACH * len(spans) or sum(widths) < _PROSE * len(widths):
            return False
    return True


@dataclass
class _Columns:
    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)

    def taken(self) -> list[str]:
        rows = [*self.left, *self.right]
        self.left, self.right = [], []
        return rows


def _divided(page: Sequence[str], place: int) -> list[str]:
    """The lines of a page with its left column before its right one."""
    out: list[str] = []
    columns = _Columns()
    for row in page:
        spans = [match.span() for match in _SEGMENT.finditer(row)]
        if any(begin < place < end for begin, end in spans):
            out += [*columns.taken(), row]
            continue
        columns.left.append(row[:place].rstrip())
        columns.right.append(row[place:].rstrip())
    return [*out, *columns.taken()]
