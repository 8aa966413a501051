"""Words that a page draws twice: for a shadow, an outline, or to make letters bold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from studygroup.importers.pdf_glyphs import Word

_OFF = 0.25
"""How far, in ems, the second drawing may stand from the first."""

_ROW, _WIDE = 6.0, 24.0
"""The height and the width in points of the cells of a page in which words are looked up."""

_MOST = 40
"""How many words of a cell are compared with another; no page prints so many there."""


def without_overprint(words: Sequence[Word]) -> list[Word]:
    """Words without those that lie on others which say the same, or more.

    Of the second drawing letters may be missing, since PDFium leaves out what stands in exactly
    the place of the first.
    """
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    dropped: set[int] = set()
    for at, word in enumerate(words):
        row, first = int(word.base // _ROW), int(word.left // _WIDE)
        last = min(int(word.right // _WIDE), first + 40)
        for y in (row - 1, row, row + 1):
            for x in range(first, last + 1):
                for other in cells.get((y, x), ())[-_MOST:]:
                    _compare(words, other, at, dropped)
        if at not in dropped:
            for x in range(first, last + 1):
                cells[row, x].append(at)
    return [word for at, word in enumerate(words) if at not in dropped]


def _compare(words: Sequence[Word], other: int, at: int, dropped: set[int]) -> None:
    """Drop one of two words if the other says all that it says in the same place."""
    one, two = words[other], words[at]
    if one.left > two.right or two.left > one.right or other in dropped or at in dropped:
        return
    if _covers(one, two):
        dropped.add(at)
    elif _covers(two, one):
        dropped.add(other)


def _covers(whole: Word, part: Word) -> bool:
    """Whether a word stands where another does and says all that it says."""
    off = _OFF * min(whole.size, 24.0)
    return (
        abs(whole.base - part.base) < off
        and abs(whole.size - part.size) < 0.1 * whole.size
        and part.left > whole.left - off
        and part.right < whole.right + off
        and part.text in whole.text
    )
