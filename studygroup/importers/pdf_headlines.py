"""Headlines of several lines on a page: each is one block, however short its last line is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studygroup.importers.pdf_rows import Row

_LARGE = 1.3
"""How many times the size of the text its type has at least."""

_MOST = 60
"""The most lines of large type of a page that are looked at; no front page has so many."""


_KICKER = 8
"""The words of a kicker, at most."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The box of a headline: from the base of its first line to that of its last."""

    left: float
    right: float
    first: float
    last: float

    def covers(self, x: float, base: float) -> bool:
        """Whether a place from left to right lies in the box, on the height of a row."""
        return self.left < x < self.right and self.first - 0.5 <= base <= self.last + 0.5


@dataclass(slots=True)
class _Run:
    left: float
    right: float
    base: float
    size: float


def headlines_of(rows: Sequence[Row], em: float) -> list[Headline]:
    """The headlines of two lines or more, or with a kicker: large type of one size, flush or
    centred, and above it few words in another type.
    """
    runs = [run for row in rows for run in _runs(row, em)][:_MOST]
    blocks: list[list[_Run]] = []
    for run in runs:
        above = next((block for block in blocks if _goes_on(block[-1], run)), None)
        if above is None:
            blocks.append([run])
        else:
            above.append(run)
    found: list[Headline] = []
    for block in blocks:
        left, right = min(run.left for run in block), max(run.right for run in block)
        box = Headline(left, right, block[0].base, block[-1].base)
        kicker = _kicker(rows, box, block[0].size, em)
        if kicker is not None or len(block) > 1:
            found.append(replace(box, first=box.first if kicker is None else kicker))
    return found


def _kicker(rows: Sequence[Row], box: Headline, size: float, em: float) -> float | None:
    """The height of the words right above a headline that belong to it, as their type tells."""
    near = [row for row in rows if 0.4 * size < box.first - row[0].base < max(2 * size, 2.6 * em)]
    for row in reversed(near):
        over = [word for word in row if word.left < box.right and word.right > box.left]
        if not over:
            continue
        face = over[0].face
        plain = abs(over[0].size - em) < 0.1 * em and not (face.bold or face.italic)
        if plain or len(over) > _KICKER or over[0].size > 0.8 * size:
            return None
        left, right = over[0].left, over[-1].right
        flush = abs(left - box.left) < em
        centred = abs(left + right - box.left - box.right) < 2 * em
        inside = left > box.left - em and right < box.right + em
        alone = all(
            word.right < box.left - em or word.left > box.right + em
            for word in row
            if word not in over
        )
        return row[0].base if inside and alone and (flush or centred) else None
    return None


def _runs(row: Row, em: float) -> list[_Run]:
    """The runs of large words in a row that stand no further apart than words do."""
    found: list[_Run] = []
    for word in row:
        if word.size < _LARGE * em:
            continue
        last = found[-1] if found else None
        if (
            last
            and abs(last.size - word.size) < 0.1 * word.size
            and word.left - last.right < 0.45 * word.size
        ):
            last.right = max(last.right, word.right)
        else:
            found.append(_Run(word.left, word.right, word.base, word.size))
    return found


def _goes_on(above: _Run, run: _Run) -> bool:
    """Whether a run is the next line of the headline that another is the last line of."""
    if abs(above.size - run.size) > 0.03 * run.size:
        return False
    if not 0.6 * run.size < run.base - above.base < 1.5 * run.size:
        return False
    flush = abs(above.left - run.left) < 0.3 * run.size
    return flush or abs(above.left + above.right - run.left - run.right) < 0.6 * run.size
