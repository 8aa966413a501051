"""Stretches of a reading that may have a quotation's words: those where its rare words meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from studygroup.core.anchoring.alignment import Sought
from studygroup.core.anchoring.claim import Claim
from studygroup.core.anchoring.evidence import least_said
from studygroup.core.anchoring.likeness import ALIKE_FROM, likeness
from studygroup.core.anchoring.word_table import BLOCK, WordTable

LEAST_TELLING = 5.5
"""From so many bits on a word is looked for, at least in short quotations."""
_TELLING = 6.5
RARE_LEAST = 0.2
"""The share of what a quotation says that the rare words of a stretch must say."""
_AS_GOOD, _SHORT = (0.5, 0.75), (8, 20)
_MOST, _MOST_OF_SHORT = 8, 24
_HITS_MOST = 400


class Stretch(NamedTuple):
    """Half-open, from its first rare word to behind its last; what share of all they say (0–1)."""

    share: float
    begin: int
    end: int


def as_good_as(best: float, count: int) -> float:
    """Return the share that others must have beside the best one, for a quotation of `count` words.

    Of many words chance never gives as large a part as of few.
    """
    part = min(1.0, max(0.0, (count - _SHORT[0]) / (_SHORT[1] - _SHORT[0])))
    return best * (_AS_GOOD[0] + part * (_AS_GOOD[1] - _AS_GOOD[0]))


def telling_from(count: int) -> float:
    """Return how much a word says, in bits, that is looked for, of a quotation of `count` words.

    Few words may have no rare one among them: there a word counts that a longer one has no need of.
    """
    return LEAST_TELLING if count <= _SHORT[0] else _TELLING


def most_of(count: int) -> int:
    """Return how many stretches are worth aligning, for a quotation of `count` words.

    Few words have one or two rare ones, which are as rare in many places.
    """
    return _MOST_OF_SHORT if count <= _SHORT[0] else _MOST


def stretches(
    sought: Sought, table: WordTable, blocks: int | None, floor: float = 0.0
) -> list[Stretch]:
    """Return the few stretches in which most of the rare words come together, the best first.

    `blocks` has the blocks of the table in which one may begin that has enough of them (see
    `shelf`), if that is known: what is found is the same, and nothing else looked at. Those with a
    share below `floor` are left out.
    """
    rare = _rarest(sought, table)
    hits = _hits(sought, table, rare, _ranges(sought, table, blocks))
    least = max(_least(rare, sought, table), floor * sought.total)
    return _best(hits, sought, least)


def stretch_of(count: int, *, has_cuts: bool) -> int:
    """Return how many words of the source `count` of a quotation may stand for."""
    return count + count // 2 + 12 + (40 if has_cuts else 0)


def sought_in(claim: Claim, table: WordTable) -> Sought:
    """Return the words to align; one that the reading doesn't have becomes one that is like it."""
    words = []
    bits = []
    total = 0.0
    for token in claim.tokens:
        word, weight = token.word, table.weight(token.word)
        total += weight
        if word not in table.postings:
            alike, found = _likest(word, table)
            if alike >= ALIKE_FROM:
                word, weight = found, alike * min(weight, table.weight(found))
        words.append(word)
        bits.append(weight)
    cuts = frozenset(i for i in claim.gaps if 0 < i < len(words))
    return Sought(words, cuts, bits, total)


def _likest(word: str, table: WordTable) -> tuple[float, str]:
    """Return how alike the likest word of a reading is to one that it doesn't have, and it."""
    known = table.likest.get(word)
    if known is None:
        alike = ((likeness(word, w), w) for w in table.lookalikes(word))
        known = table.likest[word] = max(alike, default=(0.0, word))
    return known


def _rarest(sought: Sought, table: WordTable) -> list[int]:
    """Return the indices of the words that stand in fewest places, the rarest first."""
    telling = telling_from(len(sought.words))
    rare = sorted(
        (len(places), index)
        for index, word in enumerate(sought.words)
        if sought.bits[index] >= telling and (places := table.postings.get(word))
    )
    chosen: list[int] = []
    total = 0
    for count, index in rare:
        if total + count > _HITS_MOST and total > 20:
            break
        total += count
        chosen.append(index)
    return chosen


def _ranges(sought: Sought, table: WordTable, blocks: int | None) -> list[tuple[int, int]]:
    """Return where to look, as half-open ranges of places: all of what begins in `blocks`."""
    if blocks is None:
        return [(0, len(table))]
    length = BLOCK + stretch_of(len(sought.words), has_cuts=bool(sought.cuts))
    found: list[tuple[int, int]] = []
    while blocks:
        low = blocks & -blocks
        blocks ^= low
        begin = (low.bit_length() - 1) * BLOCK
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], begin + length
        else:
            found.append((begin, begin + length))
    return found


def _hits(
    sought: Sought, table: WordTable, rare: Iterable[int], ranges: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return (place, own index) of some words in these ranges, in order of place."""
    return sorted(
        (place, index)
        for index in rare
        for begin, end in ranges
        for place in table.between(sought.words[index], begin, end)
    )


def _best(hits: Sequence[tuple[int, int]], sought: Sought, least: float) -> list[Stretch]:
    """Return the stretches that say most, and `least` bits or more."""
    length = stretch_of(len(sought.words), has_cuts=bool(sought.cuts))
    inside: dict[int, int] = {}
    scored: list[tuple[float, int, int]] = []
    score, end = 0.0, 0
    for place, index in hits:
        while end < len(hits) and hits[end][0] < place + length:
            own = hits[end][1]
            if not inside.get(own):
                score += sought.bits[own]
            inside[own] = inside.get(own, 0) + 1
            end += 1
        if score >= least:
            scored.append((-score, place, hits[end - 1][0] + 1))
        inside[index] -= 1
        if not inside[index]:
            score -= sought.bits[index]
    scored.sort()
    chosen: list[Stretch] = []
    floor = as_good_as(-scored[0][0], len(sought.words)) if scored else 0.0
    most = most_of(len(sought.words))
    for said, begin, stop in scored:
        if -said < floor or len(chosen) == most:
            break
        if all(stop <= other.begin or begin >= other.end for other in chosen):
            chosen.append(Stretch(-said / sought.total, begin, stop))
    return chosen


def _least(rare: Sequence[int], sought: Sought, table: WordTable) -> float:
    """Return what a stretch's rare words must say at least, were all the other words there too."""
    rest = sum(sought.bits) - sum(sought.bits[index] for index in rare)
    wanted = least_said(len(sought.words), len(table), sought.total)
    return max(wanted - rest, RARE_LEAST * sought.total)
