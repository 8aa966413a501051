"""Words of a page → its rows: words on the same height, from the left; initials are no row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from studygroup.importers.pdf_glyphs import Page, Word

Row = list[Word]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Words on the same height of a page together, rows from the top, words from the left.

    A small word that is raised or lowered beside a larger one is on its row.
    """
    rows: list[tuple[float, float, Row]] = []
    placed = zip(_bases(words), words, strict=True)
    for base, word in sorted(placed, key=lambda pair: (pair[0], pair[1].left)):
        if rows and base - rows[-1][0] <= 0.18 * min(word.size, rows[-1][1]):
            first, size, row = rows[-1]
            row.append(word)
            rows[-1] = (first, max(size, word.size), row)
        else:
            rows.append((base, word.size, [word]))
    return [sorted(row, key=lambda word: word.left) for _, _, row in rows]


def with_initials(words: Sequence[Word], em: float) -> list[Word]:
    """Words with large initials, which reach down over several lines, put to the words they begin.

    The lines beside an initial count as beginning where it does.
    """
    found = list(words)
    initials = [
        at
        for at, word in enumerate(words)
        if word.size > 1.8 * em and len(word.text.strip("“‘\"'")) == 1 and word.text[-1].isupper()
    ]
    for at in initials[:100]:
        cap = words[at]
        beside = [
            number
            for number, word in enumerate(found)
            if word.size < 0.7 * cap.size
            and cap.base - 0.85 * cap.size < word.base < cap.base + 0.15 * em
            and -0.2 * em < word.left - cap.right < 1.2 * em
        ]
        if not beside:
            continue
        first = min(beside, key=lambda number: found[number].base)
        left = _left_below(found, cap, em)
        for number in beside:
            found[number] = replace(found[number], left=left)
        found[first] = replace(found[first], text=cap.text + found[first].text)
        found[at] = replace(cap, text="")
    return [word for word in found if word.text]


def _left_below(words: Sequence[Word], cap: Word, em: float) -> float:
    """Where the line below an initial begins, further left where the initial is set in."""
    below = (
        word.left
        for word in words
        if 0.15 * em < word.base - cap.base < 2 * em
        and -3 * em < word.left - cap.left < 0
        and word.size < 0.7 * cap.size
    )
    return min(below, default=cap.left)


def _bases(words: Sequence[Word]) -> list[float]:
    """The y of the line that each word belongs to: its own, or that of a larger one beside it."""
    bases = [word.base for word in words]
    for at in range(1, len(words)):
        if _clings(words[at], words[at - 1]):
            bases[at] = bases[at - 1]
    for at in range(len(words) - 2, -1, -1):
        if _clings(words[at], words[at + 1]):
            bases[at] = bases[at + 1]
    return bases


def _clings(word: Word, other: Word) -> bool:
    """Whether a small word is raised or lowered beside a larger one."""
    em = other.size
    if not 0.4 * em < word.size < 0.85 * em or not -0.35 * em < other.base - word.base < 0.65 * em:
        return False
    gap = max(word.left - other.right, other.left - word.right)
    over = gap < -0.5 * word.size and len(word.text) > 3
    return gap <= 0.5 * em and not over


def main_size(pages: Iterable[Page]) -> float:
    """The size of type in which most letters of the pages are set, 10 when there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return max(1.0, sizes.most_common(1)[0][0]) if sizes else 10.0
