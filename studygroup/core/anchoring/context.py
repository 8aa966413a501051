"""Which of several places a quotation is from, told by the words around it."""

from __future__ import annotations

from collections.abc import Sequence
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
    bits = 0.0
    if prefix:
        bits += _agree(table, _words(prefix), first - 1, -1)
    if suffix:
        bits += _agree(table, _words(suffix), last + 1, 1)
    return bits


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    return tuple(w.folded for w in words(text))


def _agree(table: WordTable, said: Sequence[str], place: int, step: int) -> float:
    """Compare words with those from a place on: behind it, or before it, where they are `said`."""
    there, count = table.words, len(said)
    if count > _MISSES and 0 < place < len(there) - 1:
        first, second = (said[0], said[1]) if step > 0 else (said[-1], said[-2])
        if there[place] != first and there[place + step] != second:
            return 0.0
    bits, missed = 0.0, 0
    for index in range(min(count, _MOST)):
        if not 0 <= place < len(there):
            break
        one, other = said[index if step > 0 else -1 - index], there[place]
        place += step
        if one == other:
            bits += table.weight(one)
        elif index == count - 1 and index and len(one) > 1:
            cut = other.startswith(one) if step > 0 else other.endswith(one)
            bits += 0.5 * table.weight(other) if cut else 0.0
        else:
            missed += 1
            if missed == _MISSES:
                break
    return bits
