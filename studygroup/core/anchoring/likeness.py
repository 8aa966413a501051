"""How alike two words are: the same word spelled, inflected, or read from print in another way."""

from __future__ import annotations

from functools import lru_cache

from studygroup.core.anchoring.common_words import CEILING
from studygroup.core.anchoring.word_table import shape

ALIKE_FROM = 0.6
"""From this likeness on, one word may stand for another."""


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str) -> float:
    """Return how alike two folded words are, from 0 (not at all) to 1 (the same).

    Counts as alike: what a scanner confuses, a stem with another ending, and a spelling that
    differs in few letters (Levenshtein's distance, by rapidfuzz). Numbers are alike only when they
    are the same, and short words hardly ever.
    """
    if one == other:
        return 1.0
    short, long_ = sorted((one, other), key=len)
    if len(short) < 2 or short.isdigit() or long_.isdigit():
        return 0.0
    if shape(one) == shape(other):
        return 0.0 if one in CEILING and other in CEILING else 0.85
    if len(short) < 4:
        return 0.0
    same = _common_start(short, long_)
    by_stem = 0.0
    if same >= 4 and same >= 0.6 * len(short) and len(long_) - same <= 6:
        by_stem = 0.7 if same >= len(short) - 1 else 0.6
    if len(long_) - len(short) > 3:
        return by_stem
    from rapidfuzz.distance import Levenshtein

    ratio = Levenshtein.normalized_similarity(short, long_, score_cutoff=0.66)
    return max(by_stem, 0.9 * ratio if ratio else 0.0)


def _common_start(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
