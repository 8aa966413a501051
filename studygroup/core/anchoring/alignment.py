"""Aligning a quotation with the words of its source, changed, dropped and added ones included."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from studygroup.core.anchoring.likeness import ALIKE_FROM, likeness
from studygroup.core.anchoring.word_table import WordTable

ADDED = 2.0
"""What a word costs, in bits, that the quotation has and its source has not."""
SKIPPED = 1.6
"""What a gap in the source costs, in bits, for each doubling of the words that are left out."""
SKIPPED_AT_CUT = 0.6
"""The same, where the quotation marks that it leaves something out."""
_CELLS = 4000
_RUNS = 30
_STRAY = 9.5
_COMMON = 6.5


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the quotation, the place of the one that answers to it, and how alike they are."""

    own: int
    place: int
    alike: float = 1.0


@dataclass(slots=True)
class _Run:
    """A run of words that quotation and source share: own words from `own`, places from `place`."""

    own: int
    place: int
    length: int
    bits: float
    score: float = 0.0
    back: _Run | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a quotation as they are aligned.

    `cuts` has the indices of words before which it marks a cut, `bits` what it says to find each
    of them, and `total` what they would say together as they are quoted.
    """

    words: Sequence[str]
    cuts: frozenset[int]
    bits: Sequence[float]
    total: float = field(default=0.0)


def align(
    sought: Sought, table: WordTable, hits: Sequence[tuple[int, int]], least: float = 0.0
) -> list[Pair]:
    """Return the pairs of the best alignment that goes through some of `hits`.

    `hits` are (place, index of the quotation's word) at which both have the same word; they all
    lie in the region in question. They are grown to runs, the best chain of runs is found (as in
    sequence alignment: Chao and Miller's chaining, quadratic in the few runs), and between and
    around them words are aligned one by one (Needleman and Wunsch). There are none where the chain
    says less than `least` bits.
    """
    runs = _runs(sought, table, hits)
    there = {index for run in runs for index in range(run.own, run.own + run.length)}
    if sum(sought.bits[index] for index in there) < least:
        return []
    chain = _chain(runs, sought)
    if not chain or chain[-1].score < least:
        return []
    pairs: list[Pair] = []
    first = chain[0]
    pairs.extend(_before(sought, table, first.own + first.skip, first.place + first.skip))
    for index, run in enumerate(chain):
        begin = run.skip
        if index:
            last = pairs[-1]
            pairs.extend(_between(sought, table, last, run.own + begin, run.place + begin))
        pairs.extend(Pair(run.own + k, run.place + k) for k in range(begin, run.length))
    last = pairs[-1]
    pairs.extend(_behind(sought, table, last.own + 1, last.place + 1))
    return _trimmed(pairs, sought)


def _runs(sought: Sought, table: WordTable, hits: Sequence[tuple[int, int]]) -> list[_Run]:
    own, words, count, size = sought.words, table.words, len(sought.words), len(table.words)
    found: list[_Run] = []
    reached: dict[int, int] = {}
    for place, index in hits:
        diagonal = place - index
        if reached.get(diagonal, -1) >= place:
            continue
        begin = index
        while (
            begin > 0
            and place - (index - begin) > 0
            and own[begin - 1] == words[diagonal + begin - 1]
        ):
            begin -= 1
        end = index + 1
        while end < count and diagonal + end < size and own[end] == words[diagonal + end]:
            end += 1
        reached[diagonal] = diagonal + end
        found.append(_Run(begin, diagonal + begin, end - begin, sum(sought.bits[begin:end])))
    found.sort(key=lambda run: (run.place, run.own))
    return found


def _chain(found: list[_Run], sought: Sought) -> list[_Run]:
    most = _RUNS + len(sought.words)
    if len(found) > most:
        found = sorted(sorted(found, key=lambda r: -r.bits)[:most], key=lambda r: (r.place, r.own))
    best: _Run | None = None
    for index, run in enumerate(found):
        run.score, run.back, run.skip = run.bits, None, 0
        for other in found[:index]:
            if other.score + run.bits <= run.score:
                continue
            if other.own >= run.own or other.own + other.length >= run.own + run.length:
                continue
            skip = max(
                0, other.own + other.length - run.own, other.place + other.length - run.place
            )
            if skip >= run.length:
                continue
            lost = sum(sought.bits[run.own : run.own + skip]) if skip else 0.0
            score = other.score + run.bits - lost - _gap(sought, other, run, skip)
            if score > run.score:
                run.score, run.back, run.skip = score, other, skip
        if best is None or run.score > best.score:
            best = run
    chain: list[_Run] = []
    while best is not None:
        chain.append(best)
        best = best.back
    return chain[::-1]


def _gap(sought: Sought, before: _Run, behind: _Run, skip: int) -> float:
    return cost_of_gap(
        sought,
        before.own + before.length,
        behind.own + skip,
        behind.place + skip - before.place - before.length,
    )


def cost_of_gap(sought: Sought, begin: int, end: int, left_out: int) -> float:
    """Return what it costs that own words `begin` until `end` answer to none, over some places.

    Words changed one for one cost once; words left out the less the more of them there are, and
    hardly anything where the quotation marks a cut.
    """
    added = end - begin
    if not added and not left_out:
        return 0.0
    cut = bool(sought.cuts) and any(begin <= i <= end for i in sought.cuts)
    rest = left_out if cut else max(0, left_out - added)
    per_word = SKIPPED_AT_CUT if cut else SKIPPED
    return ADDED * added + per_word * math.log2(1 + rest) + (0.0 if cut or not rest else 1.0)


def _before(sought: Sought, table: WordTable, own: int, place: int) -> list[Pair]:
    begin = max(0, place - own - 6)
    words = table.words[begin:place][::-1]
    pairs = _grid(sought, list(range(own - 1, -1, -1)), words, closed=False)
    return [Pair(p.own, place - 1 - p.place, p.alike) for p in reversed(pairs)]


def _behind(sought: Sought, table: WordTable, own: int, place: int) -> list[Pair]:
    left = len(sought.words) - own
    words = table.words[place : place + left + 6]
    pairs = _grid(sought, list(range(own, len(sought.words))), words, closed=False)
    return [Pair(p.own, place + p.place, p.alike) for p in pairs]


def _between(sought: Sought, table: WordTable, last: Pair, own: int, place: int) -> list[Pair]:
    mine = list(range(last.own + 1, own))
    begin, end = last.place + 1, place
    if not mine or begin >= end:
        return []
    room = 2 * len(mine) + 8
    if end - begin <= 2 * room:
        pairs = _grid(sought, mine, table.words[begin:end], closed=True)
        return [Pair(p.own, begin + p.place, p.alike) for p in pairs]
    # A long cut: words near either end belong to it.
    head = _grid(sought, mine, table.words[begin : begin + room], closed=False)
    done = head[-1].own + 1 if head else mine[0]
    rest = list(range(own - 1, done - 1, -1))
    tail = _grid(sought, rest, table.words[end - room : end][::-1], closed=False)
    return [Pair(p.own, begin + p.place, p.alike) for p in head] + [
        Pair(p.own, end - 1 - p.place, p.alike) for p in reversed(tail)
    ]


def _grid(sought: Sought, own: Sequence[int], words: Sequence[str], *, closed: bool) -> list[Pair]:
    """Align few words one by one; places are counted in `words`.

    `closed` says that both ends are held by words that are the same; otherwise only the beginning
    is, and what comes last in either may stay without answer.
    """
    rows, columns = len(own), len(words)
    if not rows or not columns:
        return []
    if rows * columns > _CELLS:
        return _same_only(sought, own, words)
    width = columns + 1
    score = [0.0] * ((rows + 1) * width)
    step = bytearray((rows + 1) * width)
    for column in range(1, width):
        score[column] = -0.4 * column
        step[column] = 1
    for row in range(1, rows + 1):
        index = own[row - 1]
        word, bits = sought.words[index], sought.bits[index]
        base, above = row * width, (row - 1) * width
        score[base] = -ADDED * row
        step[base] = 2
        for column in range(1, width):
            best, how = score[base + column - 1] - 0.4, 1
            other = score[above + column] - ADDED
            if other > best:
                best, how = other, 2
            alike = likeness(word, words[column - 1])
            gain = alike * bits if alike >= ALIKE_FROM else -ADDED
            other = score[above + column - 1] + gain
            if other >= best:
                best, how = other, 3
            score[base + column] = best
            step[base + column] = how
    at = len(score) - 1
    if not closed:
        at = max(range(len(score)), key=lambda i: (score[i], -i))
    return _traced(sought, own, words, step, at, width)


def _traced(
    sought: Sought, own: Sequence[int], words: Sequence[str], step: bytearray, at: int, width: int
) -> list[Pair]:
    pairs: list[Pair] = []
    while at > 0:
        how = step[at]
        if how == 3:
            row, column = divmod(at, width)
            alike = likeness(sought.words[own[row - 1]], words[column - 1])
            if alike >= ALIKE_FROM:
                pairs.append(Pair(own[row - 1], column - 1, alike))
            at -= width + 1
        else:
            at -= 1 if how == 1 else width
    return pairs[::-1]


def _same_only(sought: Sought, own: Sequence[int], words: Sequence[str]) -> list[Pair]:
    """Align many words by the longest common subsequence (rapidfuzz's bit-parallel one)."""
    from rapidfuzz.distance import LCSseq

    mine = [sought.words[i] for i in own]
    return [
        Pair(own[op.src_start + k], op.dest_start + k)
        for op in LCSseq.opcodes(mine, list(words))
        if op.tag == "equal"
        for k in range(op.src_end - op.src_start)
    ]


def _trimmed(pairs: list[Pair], sought: Sought) -> list[Pair]:
    """Return the stretch of pairs that says most: ends that cost more than they say are dropped."""
    best_end, best_begin, best_score = 0, 0, -1.0
    score, begin = 0.0, 0
    for index, pair in enumerate(pairs):
        if index:
            last = pairs[index - 1]
            score -= cost_of_gap(sought, last.own + 1, pair.own, pair.place - last.place - 1)
        if score < 0:
            score, begin = 0.0, index
        score += pair.alike * sought.bits[pair.own]
        if score > best_score:
            best_begin, best_end, best_score = begin, index + 1, score
    kept = pairs[best_begin:best_end]
    while len(kept) > 2 and _is_stray(kept[-2], kept[-1], kept[-1], sought):
        kept.pop()
    while len(kept) > 2 and _is_stray(kept[0], kept[1], kept[0], sought):
        del kept[0]
    return kept


def _is_stray(before: Pair, behind: Pair, outer: Pair, sought: Sought) -> bool:
    """Whether the outermost pair is one that chance gives: a common word beyond a changed one."""
    apart = behind.own - before.own > 1
    return apart and outer.alike * sought.bits[outer.own] < _STRAY


def score_of(pairs: Sequence[Pair], sought: Sought) -> float:
    """Return what an alignment says for it, in bits: its pairs less gaps and words left over."""
    score = 0.0
    for index, pair in enumerate(pairs):
        score += pair.alike * sought.bits[pair.own]
        if index:
            last = pairs[index - 1]
            score -= cost_of_gap(sought, last.own + 1, pair.own, pair.place - last.place - 1)
    left_over = pairs[0].own + len(sought.words) - 1 - pairs[-1].own
    return score - ADDED * left_over


def rare_hits(sought: Sought, table: WordTable, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the hits of words that aren't common between two places, in order of place."""
    return sorted(
        (place, index)
        for index, word in enumerate(sought.words)
        if sought.bits[index] >= _COMMON
        for place in table.between(word, begin, end)
    )
