"""Which of several places a quotation is from, told by the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from studygroup.core.anchoring.word_table import WordTable
from studygroup.core.text import words

_MOST = 12
_MISSES = 2


def agreement(table: WordTable, first: int, last: int, prefix: str, suffix: str) -> float:
    """Return how much the words around a quotation agree with those around a place, in bits.

    They are compared outwards from the quotation, until the second that differs. The outermost may
    be cut.
    """
    if not prefix and not suffix:
        return 0.0
    before = table.words[max(0, first - _MOST) : first][::-1]
    behind = table.words[last + 1 : last + 1 + _MOST]
    return _agree(table, _words(prefix)[::-1], before, cut_front=True) + _agree(
        table, _words(suffix), behind, cut_front=False
    )


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    return tuple(w.folded for w in words(text))


def _agree(
    table: WordTable, said: Sequence[str], there: Iterable[str], *, cut_front: bool
) -> float:
    bits, missed = 0.0, 0
    outermost = len(said) - 1
    for index, (one, other) in enumerate(zip(said, there, strict=False)):
        if one == other:
            bits += table.weight(one)
        elif index == outermost and index and len(one) > 1:
            cut = other.endswith(one) if cut_front else other.startswith(one)
            bits += 0.5 * table.weight(other) if cut else 0.0
        else:
            missed += 1
            if missed == _MISSES:
                break
    return bits
