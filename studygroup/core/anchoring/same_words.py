"""Where a quotation's very words stand: in one run, or in pieces between the cuts it marks."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studygroup.core.anchoring.claim import Claim, Gap, Token
from studygroup.core.anchoring.word_table import WordTable

REACH = 1
"""How many section ends the words between two pieces may run across."""
PIECES_FIT = 6.0
"""How much less likely than one in two to this power it must be that pieces stand so by chance."""
_WORDS_DEPEND = 0.6
"""A phrase says less than its words would, each on its own, since they go together."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the first and last word's index in the reading, and how sure that is.

    `cost` is what speaks against it, in bits: how much was left out between pieces. `gaps` are the
    last word before and the first behind each gap, where there are any.
    """

    first: int
    last: int
    cost: float = 0.0
    gaps: tuple[tuple[int, int], ...] = ()


def runs(tokens: Sequence[Token], table: WordTable) -> list[Place]:
    """Return every place where `tokens` stand in one run, in order, whatever their hyphens."""
    seed = _rarest(tokens, table)
    if seed is None:
        return []
    index, starts = seed
    found = []
    for start in starts:
        end = _forward(tokens, index, table, start)
        if end < 0:
            continue
        begin = _backward(tokens, index, table, start)
        if begin >= 0:
            found.append(Place(begin, end - 1))
    return found


def _rarest(tokens: Sequence[Token], table: WordTable) -> tuple[int, Sequence[int]] | None:
    """Return the token with fewest places where it may begin, and these; None if one has none."""
    best: tuple[int, Sequence[int]] | None = None
    postings = table.postings
    for index, token in enumerate(tokens):
        starts: Sequence[int] = postings.get(token.word, ())
        if not starts or token.hyphen or (index and tokens[index - 1].hyphen) or token.changed:
            starts = _beginnings(tokens, index, table)
            if starts is _ANYWHERE:
                continue
        elif table.hyphens and (more := table.compounds.get(token.word)):
            starts = sorted({*starts, *more})
        if not starts:
            return None
        if best is None or len(starts) < len(best[1]):
            best = index, starts
            if len(starts) == 1:
                break
    return best


_ANYWHERE: Sequence[int] = range(0)


def _beginnings(tokens: Sequence[Token], index: int, table: WordTable) -> Sequence[int]:
    """Return the places where a token may begin that is written in another way there."""
    token = tokens[index]
    if index and tokens[index - 1].hyphen:
        return _ANYWHERE  # it may stand inside a word
    places = {*table.postings.get(token.word, ()), *table.compounds.get(token.word, ())}
    if token.hyphen:
        joined = token.word + tokens[index + 1].word
        places.update(table.postings.get(joined, ()))
        if tokens[index + 1].hyphen:
            places.update(table.postings.get(joined + tokens[index + 2].word, ()))
    if token.changed is not None:
        if len(tokens) > 1:
            return _ANYWHERE
        for word, found in table.postings.items():
            if token.fits(word):
                places.update(found)
    return sorted(places)


def _forward(tokens: Sequence[Token], index: int, table: WordTable, place: int) -> int:
    """Return the end of the run that begins with token `index` at `place`, or -1."""
    words, size, count = table.words, len(table.words), len(tokens)
    while index < count:
        if place >= size:
            return -1
        token = tokens[index]
        if token.word == words[place] or token.fits(words[place]):
            index, place = index + 1, place + 1
            continue
        taken = _split(token, table, place)
        if taken:
            index, place = index + 1, place + taken
            continue
        joined = _joined(tokens, index, words[place])
        if not joined:
            return -1
        index, place = index + joined, place + 1
    return place


def _split(token: Token, table: WordTable, place: int) -> int:
    """Return how many words with hyphens between them a token is, at `place`; 0 if it is not."""
    whole, taken = table.words[place], 1
    while place + taken - 1 in table.hyphens and len(whole) < len(token.word):
        whole += table.words[place + taken]
        taken += 1
        if token.fits(whole):
            return taken
    return 0


def _joined(tokens: Sequence[Token], index: int, word: str) -> int:
    """Return how many tokens with hyphens between them make up `word`; 0 if none do."""
    whole, taken = tokens[index].word, 1
    while tokens[index + taken - 1].hyphen and len(whole) < len(word):
        whole += tokens[index + taken].word
        taken += 1
        if whole == word:
            return taken
    return 0


def _backward(tokens: Sequence[Token], index: int, table: WordTable, place: int) -> int:
    """Return where the run begins whose token `index` begins at `place`, or -1.

    It steps back over one word or the few that hyphens join and checks forward from there.
    """
    while index > 0:
        if place == 0:
            return -1
        if tokens[index - 1].fits(table.words[place - 1]):
            index, place = index - 1, place - 1
            continue
        stepped = _step_back(tokens, index, table, place)
        if stepped is None:
            return -1
        index, place = stepped
    return place


def _step_back(
    tokens: Sequence[Token], index: int, table: WordTable, place: int
) -> tuple[int, int] | None:
    for back in (2, 3):
        if place >= back and place - 2 in table.hyphens:
            taken = _split(tokens[index - 1], table, place - back)
            if taken == back:
                return index - 1, place - back
        if index >= back and tokens[index - 2].hyphen:
            taken = _joined(tokens, index - back, table.words[place - 1])
            if taken == back:
                return index - back, place - 1
    return None


def in_pieces(claim: Claim, table: WordTable) -> list[Place]:
    """Return every place where a claim's pieces stand in order, each as tight as it can be.

    Pieces stand in one section, or run on into the next. Around each occurrence of the rarest
    piece the others are the nearest ones. Places where they might as well stand by chance are left
    out: see `_evidence`. A cut that leaves nothing out is none.
    """
    pieces = claim.pieces()
    whole = runs(claim.tokens, table)
    if whole or len(pieces) == 1:
        return whole
    found: list[list[Place]] = []
    for begin, end in pieces:
        places = runs(claim.tokens[begin:end], table)
        if not places:
            return []
        found.append(places)
    gaps = [claim.gaps[begin] for begin, _ in pieces[1:]]
    pivot = min(range(len(found)), key=lambda i: (len(found[i]), pieces[i][0] - pieces[i][1]))
    spans: dict[tuple[int, int], Place] = {}
    for place in found[pivot]:
        chain = _chain(found, gaps, pivot, place, table)
        if chain is None:
            continue
        bits = _evidence(claim, pieces, found, chain, pivot, table)
        if bits >= PIECES_FIT:
            first, last = chain[0].first, chain[-1].last
            spans[first, last] = Place(first, last, _left_out(chain), _gaps(chain))
    return _tightest(list(spans.values()))


def _chain(
    found: Sequence[Sequence[Place]],
    gaps: Sequence[Gap],
    pivot: int,
    place: Place,
    table: WordTable,
) -> list[Place] | None:
    """Return the nearest pieces before and behind the pivot's `place`, or None."""
    chain = [place]
    for index in range(pivot - 1, -1, -1):
        at = bisect_left(found[index], chain[0].first, key=lambda p: p.last) - 1
        if at < 0 or not _within(gaps[index], found[index][at], chain[0], table):
            return None
        chain.insert(0, found[index][at])
    for index in range(pivot + 1, len(found)):
        at = bisect_right(found[index], chain[-1].last, key=lambda p: p.first)
        if at == len(found[index]) or not _within(
            gaps[index - 1], chain[-1], found[index][at], table
        ):
            return None
        chain.append(found[index][at])
    return chain


def _within(gap: Gap, before: Place, behind: Place, table: WordTable) -> bool:
    left_out = behind.first - before.last - 1
    if gap.most is not None and left_out > gap.most:
        return False
    return table.section_at(behind.last) - table.section_at(before.first) <= REACH


def _evidence(
    claim: Claim,
    pieces: Sequence[tuple[int, int]],
    found: Sequence[Sequence[Place]],
    chain: Sequence[Place],
    pivot: int,
    table: WordTable,
) -> float:
    """Return how surely pieces belong together, in bits.

    What the rarest piece says by itself beyond what chance gives in a text of this size, and for
    every other one, how seldom it stands as near as it does.
    """
    size = len(table)
    begin, end = pieces[pivot]
    own = sum(table.weight(t.word) for t in claim.tokens[begin:end]) * _WORDS_DEPEND
    total = max(0.0, own - math.log2(size)) - math.log2(len(found[pivot]))
    for index in range(len(pieces)):
        if index == pivot:
            continue
        beside, other = (index, index + 1) if index < pivot else (index - 1, index)
        left_out = chain[other].first - chain[beside].last
        total += math.log2(size / (len(found[index]) * left_out))
    return total


def _gaps(chain: Sequence[Place]) -> tuple[tuple[int, int], ...]:
    return tuple((before.last, behind.first) for before, behind in pairwise(chain))


def _left_out(chain: Sequence[Place]) -> float:
    return sum(math.log2(1 + after.first - before.last - 1) for before, after in pairwise(chain))


def _tightest(places: list[Place]) -> list[Place]:
    """Return the places that leave out about as little as the one that leaves out least."""
    least = min((p.cost for p in places), default=0.0)
    return [p for p in places if p.cost <= least + 1.0]
