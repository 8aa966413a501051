"""The order in which the lines of a page are read: columns within articles within the page.

The page is cut at its gutters from the tallest down, each time into what stands above the gutter,
left of it, right of it and below it, in that order: the recursive cut of Nagy & Seth, “Hierarchical
Representation of Optically Scanned Documents” (1984), led by the gutters rather than by all white.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studygroup.importers.lines import ends_sentence, starts_low
from studygroup.importers.pdf_gutters import Gutter
from studygroup.importers.pdf_lines import PrintedLine

_DEPTH = 40
"""How deep the cuts go; no real page needs a fourth of it."""


_INSERT_LINES = 14
"""How many lines an insert across columns may have."""


_HEADLINE_WORDS = 14
"""The words of an insert from which it is a quotation rather than a headline."""


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
        if inserted := _insert(lines, gutter, rest):
            insert, whole = inserted
            ids = {id(line) for line in insert}
            others = [line for line in lines if id(line) not in ids]
            _cut(
                others,
                [*(g for g in rest if not _in_line(g, whole)), whole],
                found,
                columns,
                depth + 1,
            )
            _cut(insert, [], found, columns, depth + 1)
            return
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


def _in_line(one: Gutter, other: Gutter) -> bool:
    """Whether two gutters stand at the same place from left to right."""
    return one.left < other.right and other.left < one.right


def _insert(
    lines: Sequence[PrintedLine], gutter: Gutter, rest: Sequence[Gutter]
) -> tuple[list[PrintedLine], Gutter] | None:
    """What stands across two columns without belonging to their text, and the gutter without it.

    A quotation set large, or a box, interrupts a gutter that goes on below. It is an insert when
    the sentences of the columns go on better from top to bottom than from side to side.
    """
    for below in rest:
        upper, lower = sorted((gutter, below), key=lambda g: g.top)
        if not _in_line(upper, lower) or lower.top - upper.bottom > 0.4 * (
            lower.bottom - upper.top
        ):
            continue
        between = [
            line for line in lines if upper.bottom < line.base < lower.top and _crosses(line, upper)
        ]
        em = min((line.size for line in lines), default=10.0)
        if not 0 < len(between) <= _INSERT_LINES or _is_headline(between, lines):
            continue
        ends = [_beside(lines, part, em) for part in (upper, lower)]
        if any(not side for part in ends for side in part):
            continue
        (left, right), (low_left, low_right) = ends
        across = _joins(left, right) + _joins(right, low_left) + _joins(low_left, low_right)
        down = _joins(left, low_left) + _joins(low_left, right) + _joins(right, low_right)
        words = sum(len(line.words) for line in between)
        if down > across or (down == across and words > _HEADLINE_WORDS):
            left_edge, right_edge = max(upper.left, lower.left), min(upper.right, lower.right)
            return between, Gutter(left_edge, right_edge, upper.top, lower.bottom)
    return None


def _is_headline(between: Sequence[PrintedLine], lines: Sequence[PrintedLine]) -> bool:
    """Whether a few large words are no sentence and no quotation: they begin an article."""
    em = Counter(line.size for line in lines).most_common(1)[0][0]
    words = sum(len(line.words) for line in between)
    if words > _HEADLINE_WORDS or any(line.size < 1.3 * em for line in between):
        return False
    return not ends_sentence(between[-1].text) and between[0].text[0] not in '“„«"‘'


def _crosses(line: PrintedLine, gutter: Gutter) -> bool:
    return line.left < gutter.right and line.right > gutter.left


def _beside(
    lines: Sequence[PrintedLine], gutter: Gutter, em: float
) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines of the columns left and right of a gutter, from the top."""
    ordered = sorted(lines, key=lambda line: line.base)
    beside = [line for line in ordered if gutter.top <= line.base <= gutter.bottom]
    left = [
        line
        for line in beside
        if line.right <= gutter.left + 1 and line.right > gutter.left - 5 * em
    ]
    right = [line for line in beside if gutter.right - 1 <= line.left < gutter.right + 3 * em]
    return left, right


def _joins(above: Sequence[PrintedLine], below: Sequence[PrintedLine]) -> int:
    """How well the text goes on from the end of one column to the start of another."""
    last, first = above[-1].text, below[0].text
    if ends_sentence(last):
        return -2 if starts_low(first) else 1
    return 2 if starts_low(first) else -1
