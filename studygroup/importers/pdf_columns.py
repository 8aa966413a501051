"""The order in which the lines of a page are read: columns within articles within the page.

The page is cut at its gutters from the tallest down, each time into what stands above the gutter,
left of it, right of it and below it, in that order: the recursive cut of Nagy & Seth, “Hierarchical
Representation of Optically Scanned Documents” (1984), led by the gutters rather than by all white.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studygroup.importers.pdf_lines import Gutter, PrintedLine

_DEPTH = 40
"""How deep the cuts go; no real page needs a fourth of it."""


@dataclass(slots=True)
class _Columns:
    count: int = 0


def in_reading_order(lines: Sequence[PrintedLine], gutters: Sequence[Gutter]) -> list[PrintedLine]:
    """The lines of a page in the order in which they are read, each with its column's number."""
    found: list[PrintedLine] = []
    _cut(list(lines), list(gutters), found, _Columns(), 0)
    return found


def _cut(
    lines: list[PrintedLine],
    gutters: Sequence[Gutter],
    found: list[PrintedLine],
    columns: _Columns,
    depth: int,
) -> None:
    if not lines:
        return
    top = min(line.base for line in lines)
    bottom = max(line.base for line in lines)
    clipped = [
        replace(g, top=max(g.top, top - 1), bottom=min(g.bottom, bottom + 1))
        for g in gutters
        if g.bottom > top and g.top < bottom
    ]
    for gutter in sorted(clipped, key=lambda g: (-g.height, g.left)):
        parts = _parts(lines, gutter)
        if parts is None or depth > _DEPTH:
            continue
        rest = [g for g in clipped if g is not gutter]
        for part in parts:
            _cut(part, rest, found, columns, depth + 1)
        return
    columns.count += 1
    for line in sorted(lines, key=lambda line: (round(line.base, 1), line.left)):
        line.column = columns.count
        found.append(line)


def _parts(lines: Sequence[PrintedLine], gutter: Gutter) -> list[list[PrintedLine]] | None:
    """What is above, left of, right of and below a gutter; None when it does not part the lines."""
    above, left, right, below = [], [], [], []
    middle = (gutter.left + gutter.right) / 2
    for line in lines:
        if line.base < gutter.top:
            above.append(line)
        elif line.base > gutter.bottom:
            below.append(line)
        elif line.left >= middle:
            right.append(line)
        else:
            left.append(line)
    return [above, left, right, below] if left and right else None
