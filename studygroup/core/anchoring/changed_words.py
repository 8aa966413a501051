"""Where a quotation stands whose words are changed: candidates by rare words, then alignment."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from studygroup.core.anchoring.alignment import Pair, Sought, align, rare_hits, score_of
from studygroup.core.anchoring.claim import Claim
from studygroup.core.anchoring.likeness import ALIKE_FROM, likeness
from studygroup.core.anchoring.word_table import BLOCK, WordTable

CHANGED_FROM = 4
"""Below this many words only the same words count: shorter lookalikes are everywhere."""
_HITS_MOST = 400
TELLING = 6.5
"""From so many bits on a word is rare enough to look for."""
_WINDOWS = 5
_PLAIN, _MOST_BESIDE, _EASE = 12.0, 20.0, 0.15
RARE_LEAST = 0.2
"""The share of what a quotation says that the rare words of a stretch must say."""
_SCATTERED, _SKIPPED_LEAST, _SKIPPED = 2, 1.0, 0.4
# Words of a quotation up to which this part of what they need must be said by the runs of the same
# words alone, for the rest to be aligned word by word.
_CHAIN_LEAST = ((5, 0.3), (9, 0.6), (math.inf, 0.85))
_ENDS_FOUND_BITS, _ENDS_FOUND = 4.0, 0.1
# Words of a quotation; least bits beyond those of a place picked by chance; least share of what
# its words say, and of the words themselves, that is found again. Between them, a straight line.
_BARS = (
    (4, 12.0, 0.75, 0.85),
    (5, 13.5, 0.68, 0.78),
    (6, 14.0, 0.62, 0.74),
    (8, 18.0, 0.60, 0.70),
    (9, 20.0, 0.57, 0.69),
    (12, 28.0, 0.45, 0.60),
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


def changed(claim: Claim, table: WordTable, blocks: int | None = None) -> list[Changed]:
    """Return the places at which a claim's words may stand with changes, the likeliest first.

    `blocks` has the blocks of the table in which a stretch may begin that has enough of the rare
    words (see `shelf`), if that is known: what is found is the same, and nothing else looked at.
    """
    count = len(claim.tokens)
    if count < CHANGED_FROM or not len(table):
        return []
    sought = _sought(claim, table)
    rare = _rarest(sought, table)
    hits = _hits(sought, table, rare, _ranges(sought, table, blocks))
    part = next(part for most, part in _CHAIN_LEAST if count <= most)
    least = part * (math.log2(len(table)) + _bar(count)[0])
    found: list[Changed] = []
    spread = 400 if sought.cuts else 12
    for begin, end in _windows(hits, sought, _least(rare, sought, table)):
        region = rare_hits(sought, table, max(0, begin - count - spread), end + count + spread)
        pairs = align(sought, table, region, least)
        if not pairs:
            continue
        if any(f.first <= pairs[-1].place and pairs[0].place <= f.last for f in found):
            continue
        found.append(_changed(pairs, sought))
    found.sort(key=lambda f: (-f.bits, f.first))
    return found


def stretch_of(count: int, *, has_cuts: bool) -> int:
    """Return how many words of the source `count` of a quotation may stand for."""
    return count + count // 2 + 12 + (40 if has_cuts else 0)


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
    ease = _EASE * min(1.0, beside / _PLAIN)
    if left_over <= 1:
        part = min(1.0, (found.count - CHANGED_FROM) / 2)
        bits, ease = bits - part * _ENDS_FOUND_BITS, ease + part * _ENDS_FOUND
    # Rare words that are there make up for common ones that are not.
    share = max(found.matched, (found.matched + found.covered) / 2)
    return (
        found.bits + min(beside, _MOST_BESIDE) >= math.log2(size) + bits
        and found.covered >= covered - ease
        and share - 0.5 * left_over / found.count >= matched - ease
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


def _sought(claim: Claim, table: WordTable) -> Sought:
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
    rare = sorted(
        (len(places), index)
        for index, word in enumerate(sought.words)
        if sought.bits[index] >= TELLING and (places := table.postings.get(word))
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
    hits: list[tuple[int, int]] = []
    for index in rare:
        places = table.postings[sought.words[index]]
        for begin, end in ranges:
            at = bisect_left(places, begin)
            while at < len(places) and places[at] < end:
                hits.append((places[at], index))
                at += 1
    hits.sort()
    return hits


def _windows(
    hits: Sequence[tuple[int, int]], sought: Sought, least: float
) -> list[tuple[int, int]]:
    """Return the few stretches of the reading in which most of the rare words come together.

    They say `least` bits or more.
    """
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
        scored.append((score, place, hits[end - 1][0] + 1))
        inside[index] -= 1
        if not inside[index]:
            score -= sought.bits[index]
    scored.sort(key=lambda s: (-s[0], s[1]))
    chosen: list[tuple[int, int]] = []
    floor = max(scored[0][0] * 0.5 if scored else 0.0, least)
    for score, first, last in scored:
        if score < floor or len(chosen) == _WINDOWS:
            break
        if all(last <= begin or first >= stop for begin, stop in chosen):
            chosen.append((first, last))
    return chosen


def _least(rare: Sequence[int], sought: Sought, table: WordTable) -> float:
    """Return what a stretch's rare words must say at least, were all the other words there too."""
    rest = sum(sought.bits) - sum(sought.bits[index] for index in rare)
    bits, covered, _ = _bar(len(sought.words))
    bits, covered = bits - _MOST_BESIDE - _ENDS_FOUND_BITS, covered - _EASE - _ENDS_FOUND
    wanted = max(math.log2(len(table)) + bits, covered * sought.total)
    return max(wanted - rest, RARE_LEAST * sought.total)


def _changed(pairs: Sequence[Pair], sought: Sought) -> Changed:
    said = sum(p.alike * sought.bits[p.own] for p in pairs)
    longest = run = 1
    skipped = 0
    for before, after in pairwise(pairs):
        if not any(index in sought.cuts for index in range(before.own + 1, after.own + 1)):
            skipped += max(0, after.place - before.place - (after.own - before.own))
        run = run + 1 if after.own == before.own + 1 and after.place == before.place + 1 else 1
        longest = max(longest, run)
    return Changed(
        count=len(sought.words),
        first=pairs[0].place,
        last=pairs[-1].place,
        bits=score_of(pairs, sought),
        covered=said / sought.total,
        matched=sum(p.alike for p in pairs) / len(sought.words),
        longest=longest,
        skipped=skipped,
        opening=pairs[0].own,
        closing=len(sought.words) - 1 - pairs[-1].own,
        pairs=tuple(pairs),
    )
