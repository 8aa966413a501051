"""Rows of a page → its gutters: the upright strips between columns.

A gutter is a strip that no word touches over several rows, with text on both sides: the tall empty
rectangles of Breuel, “Two Geometric Algorithms for Layout Analysis” (2002), found by one sweep from
the top of the page since only upright strips matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from studygroup.importers.pdf_glyphs import Word
from studygroup.importers.pdf_headlines import Headline, headlines_of
from studygroup.importers.pdf_rows import Row

_NARROWEST: Final = 0.55
"""The width of the narrowest gutter, in ems."""

_ROWS: Final = 4
"""In how many rows text must stand on both sides of a gutter that no other page has."""

_SIDE: Final = 5.0
"""How wide text must be on either side on average, in ems: else it is a list or a table."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """An upright strip without text, from `left` to `right` and from `top` down to `bottom`."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How far it runs."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Usual:
    """Where many pages have a gutter, from left to right, and how wide it is there."""

    middle: float
    width: float


@dataclass(slots=True)
class _Strip:
    left: float
    right: float
    top: float
    bottom: float
    both: int = 0
    lefts: int = 0
    rights: int = 0
    left_width: float = 0.0
    right_width: float = 0.0


def gutters_of(rows: Sequence[Row], em: float, known: Sequence[Usual] = ()) -> list[Gutter]:
    """The gutters of a page whose text is mostly `em` high.

    Where other pages have a gutter (`known`) one row is enough.
    """
    least = _NARROWEST * em
    headlines = headlines_of(rows, em)
    open_: list[_Strip] = []
    done: list[_Strip] = []
    for at, row in enumerate(rows):
        level = _level_with(rows, at, em)
        gaps = [
            (before.right, after.left)
            for before, after in _neighbours(level)
            if after.left - before.right >= max(least, _NARROWEST * min(before.size, after.size))
        ]
        still: list[_Strip] = []
        for strip in open_:
            free = _free_part(strip, row)
            if free is None or row[0].base - strip.bottom > 12 * em:
                done.append(strip)
                continue
            middle = (free[0] + free[1]) / 2
            if (
                free[1] - free[0] < least
                or _bridges(row, middle, em)
                or any(headline.covers(middle, row[0].base) for headline in headlines)
            ):
                done.append(strip)
                continue
            strip.left, strip.right = free
            _count(strip, row, level, em)
            still.append(strip)
        for left, right in gaps:
            if not any(s.left < right and left < s.right for s in still):
                strip = _Strip(left, right, row[0].base - em, row[0].base)
                _count(strip, row, level, em)
                still.append(strip)
        open_ = still
    good = [s for s in done + open_ if _is_gutter(s, em, known)]
    return [_extended(s, rows, headlines, em) for s in good]


def _level_with(rows: Sequence[Row], at: int, em: float) -> Row:
    """A row with the words just below it, for the lines of two columns may not be level."""
    level = rows[at]
    base = level[0].base
    for row in rows[at + 1 : at + 5]:
        if row[0].base - base > 0.7 * em:
            break
        level = level + row
    return level if level is rows[at] else sorted(level, key=lambda word: word.left)


def _neighbours(row: Row) -> Iterable[tuple[Word, Word]]:
    """Words side by side; what an earlier one covers is left out."""
    last = row[0]
    for word in row[1:]:
        if word.left > last.right:
            yield last, word
        if word.right > last.right:
            last = word


def _free_part(strip: _Strip, row: Row) -> tuple[float, float] | None:
    """The widest part of a strip that no word of a row touches; None when there is none."""
    left, right = strip.left, strip.right
    for word in row:
        if word.right <= left or word.left >= right:
            continue
        if word.left - left >= right - word.right:
            right = word.left
        else:
            left = word.right
        if right <= left:
            return None
    return left, right


def _count(strip: _Strip, row: Row, level: Row, em: float) -> None:
    """Count a row, and whether text stands on both sides of the strip on its level."""
    before, after = _beside(strip, row, em)
    has_left, has_right = bool(before), bool(after)
    strip.both += all(_beside(strip, level, em))
    if has_left:
        strip.lefts += 1
        strip.left_width += _run_width(before[::-1], em)
    if has_right:
        strip.rights += 1
        strip.right_width += _run_width(after, em)
    if has_left or has_right:
        strip.bottom = row[0].base


def _beside(strip: _Strip, row: Row, em: float) -> tuple[Row, Row]:
    """The words left and right of a strip, none where they are too far from it."""
    before = [word for word in row if word.right <= strip.left + 0.01]
    after = [word for word in row if word.left >= strip.right - 0.01]
    if before and strip.left - before[-1].right >= 8 * em:
        before = []
    if after and after[0].left - strip.right >= 3 * em:
        after = []
    return before, after


def _run_width(words: Sequence[Word], em: float) -> float:
    """How wide the text is that begins with the first of `words` and goes on either way."""
    left, right = words[0].left, words[0].right
    for word in words[1:]:
        if max(word.left - right, left - word.right) > 1.6 * em:
            break
        left, right = min(left, word.left), max(right, word.right)
    return right - left


def _is_gutter(strip: _Strip, em: float, known: Sequence[Usual]) -> bool:
    if not strip.both:
        return False
    width = strip.right - strip.left
    if any(
        strip.left - em < usual.middle < strip.right + em and width > 0.7 * usual.width
        for usual in known
    ):
        return True
    sides = min(strip.lefts, strip.rights)
    if sides < _ROWS or (strip.both < 2 and sides < 3 * _ROWS):
        return False
    if sides < 2 * _ROWS and strip.right - strip.left < 0.8 * em:
        return False
    return (
        strip.left_width / strip.lefts >= _SIDE * em
        and strip.right_width / strip.rights >= _SIDE * em
    )


def _extended(
    strip: _Strip, rows: Sequence[Row], headlines: Sequence[Headline], em: float
) -> Gutter:
    """The gutter as far up and down as no word stands in its way."""
    middle = (strip.left + strip.right) / 2
    half = min(0.2 * em, (strip.right - strip.left) / 3)
    top, bottom = 0.0, float("inf")
    for row in rows:
        crossing = any(w.left < middle + half and w.right > middle - half for w in row)
        base = row[0].base
        crossing = crossing or _bridges(row, middle, em)
        if not (crossing or any(headline.covers(middle, base) for headline in headlines)):
            continue
        if base < strip.top + em * 0.5:
            top = max(top, max(word.base for word in row) + 0.01)
        elif base > strip.bottom:
            bottom = min(bottom, min(word.base for word in row) - 0.01)
    return Gutter(strip.left, strip.right, top, bottom)


def _bridges(row: Row, middle: float, em: float) -> bool:
    """Whether a line of large type runs over a place, with the space of two of its words there.

    Its own spaces tell how wide that is; two headlines side by side have more between them.
    """
    at = next((at for at, word in enumerate(row) if word.left >= middle), 0)
    if not at:
        return False
    before, after = row[at - 1], row[at]
    size = min(before.size, after.size)
    if size <= 1.15 * em or abs(before.size - after.size) > 0.1 * size:
        return False
    gap = after.left - before.right
    spaces = sorted(
        space
        for one, other in pairwise(row)
        if one is not before
        and (space := other.left - one.right) < size
        and space > 0.1 * size
        and abs(one.size - other.size) <= 0.1 * size
    )
    usual = spaces[len(spaces) // 2] if spaces else 0.28 * size
    return gap < min(1.3 * usual, 0.6 * size) or gap < min(_NARROWEST * size, _NARROWEST * 1.5 * em)
