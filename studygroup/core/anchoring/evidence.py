"""What speaks for a place as the source of changed words, and how much of it is enough."""

from __future__ import annotations

import math
from dataclasses import dataclass

from studygroup.core.anchoring.alignment import Pair

CHANGED_FROM = 4
"""Below this many words only the same words count: shorter lookalikes are everywhere."""
_PLAIN, _MOST_BESIDE, _EASE = 12.0, 20.0, 0.15
_SCATTERED, _SKIPPED_LEAST, _SKIPPED = 2, 1.0, 0.4
# Words of a quotation up to which this part of what they need must be said by the runs of the same
# words alone, for the rest to be aligned word by word.
_CHAIN_LEAST = ((5, 0.3), (9, 0.6), (math.inf, 0.85))
_ENDS_FOUND_BITS, _ENDS_FOUND = 4.0, 0.1
_RUN_LEAST, _RUN = 4, 0.6
_ONLY_DROPPED_BITS = 4.0
# Words of a quotation; least bits beyond those of a place picked by chance; least share of what
# its words say, and of the words themselves, that is found again. Between them, a straight line.
_BARS = (
    (4, 12.0, 0.75, 0.85),
    (5, 12.5, 0.60, 0.70),
    (6, 13.0, 0.58, 0.68),
    (8, 18.0, 0.60, 0.70),
    (9, 20.0, 0.57, 0.69),
    (12, 29.0, 0.50, 0.64),
    (16, 32.0, 0.42, 0.50),
    (20, 35.0, 0.36, 0.40),
    (30, 40.0, 0.33, 0.35),
)


@dataclass(frozen=True, slots=True)
class Changed:
    """Where changed words stand, of a quotation of `count`: first and last, and what speaks for it.

    `bits` is what the alignment says, `covered` the share (0 to 1) of what the quotation's words
    say that is found again, `matched` the share of the words themselves, `longest` the longest run
    of the same words, `skipped` how many words of the source stand between without being shown as
    left out. `opening` and `closing` count the quotation's words before the first and
    behind the last that answers to one of the source; `pairs` is the alignment.
    """

    count: int
    first: int
    last: int
    bits: float
    covered: float
    matched: float
    longest: int
    skipped: int
    opening: int
    closing: int
    pairs: tuple[Pair, ...]


def is_enough(found: Changed, size: int, beside: float = 0.0) -> bool:
    """Whether what speaks for a place outweighs chance, in a text of `size` words.

    The bar rises as the quotation gets shorter (see `_BARS`): of few words, half agree somewhere.
    From five words on it is lower where those at both ends are found again, all but one: what
    nothing answers to there counts more than what is changed in the middle. Words of which no three
    in a row are the same must stand close together: scattered, they are there by chance. `beside`
    is what else speaks for the place, in bits: the words around it, and what it is near; it lowers
    the bar too.
    """
    if found.longest <= _SCATTERED and found.skipped > _SKIPPED_LEAST + _SKIPPED * found.count:
        return False
    bits, covered, matched = _bar(found.count)
    left_over = found.opening + found.closing
    in_one_run = found.longest >= max(_RUN_LEAST, _RUN * found.count) and left_over <= 2
    ease = _EASE * min(1.0, beside / _PLAIN)
    if left_over <= 1:
        part = min(1.0, (found.count - CHANGED_FROM) / 2)
        bits, ease = bits - part * _ENDS_FOUND_BITS, ease + part * _ENDS_FOUND
    if left_over == 0 and found.matched == 1.0 and found.skipped <= 1:
        bits -= _ONLY_DROPPED_BITS
    # Rare words that are there make up for common ones that are not.
    share = max(found.matched, (found.matched + found.covered) / 2)
    return (
        found.bits + min(beside, _MOST_BESIDE) >= math.log2(size) + bits
        and found.covered >= covered - ease
        and share - (0.0 if in_one_run else 0.5 * left_over / found.count) >= matched - ease
    )


def _bar(count: int) -> tuple[float, float, float]:
    """Return the bits beyond chance, and the shares found again, that `count` words need."""
    above = next((i for i, bar in enumerate(_BARS) if bar[0] >= count), len(_BARS) - 1)
    high = _BARS[above]
    if high[0] <= count or above == 0:
        return high[1], high[2], high[3]
    low = _BARS[above - 1]
    part = (count - low[0]) / (high[0] - low[0])
    bits, covered, matched = (a + part * (b - a) for a, b in zip(low[1:], high[1:], strict=True))
    return bits, covered, matched


def least_said(count: int, size: int, total: float) -> float:
    """Return what a place must say, in bits, to be enough whatever else speaks for it.

    It is for `count` words that say `total` bits together, in a text of `size` words.
    """
    bits, covered, _ = _bar(count)
    bits, covered = bits - _MOST_BESIDE - _ENDS_FOUND_BITS, covered - _EASE - _ENDS_FOUND
    return max(math.log2(size) + bits, covered * total)


def least_of_runs(count: int, size: int) -> float:
    """Return what runs of the same words must say, in bits, for the rest to be worth aligning."""
    part = next(part for most, part in _CHAIN_LEAST if count <= most)
    return part * (math.log2(size) + _bar(count)[0])
