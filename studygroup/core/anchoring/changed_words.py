"""Where a quotation stands whose words are changed: candidates by rare words, then alignment."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from studygroup.core.anchoring.alignment import Pair, Sought, align, rare_hits, score_of
from studygroup.core.anchoring.claim import Claim
from studygroup.core.anchoring.evidence import CHANGED_FROM, Changed, least_of_runs
from studygroup.core.anchoring.stretches import (
    Stretch,
    as_good_as,
    most_of,
    sought_in,
    stretches,
)
from studygroup.core.reading import Reading

_FAR, _FAR_WITH_CUTS = 12, 400
_AT_HOME = 1.25


class Candidate(NamedTuple):
    """A reading, counted from 0, that may have changed words.

    `blocks` has the blocks of its words in which a stretch may begin that has them, or is None
    for any; no stretch has more than a share of `bound` of what the words say.
    """

    reading: int
    blocks: int | None
    bound: float


@dataclass
class Floor:
    """The least share of what the words say that a stretch must have by now to be looked at."""

    share: float = 0.0


class _Found(NamedTuple):
    """A stretch of a reading, with what is sought there; what comes first is looked at first."""

    rank: tuple[float, int, int]
    stretch: Stretch
    sought: Sought


def changed(
    claim: Claim,
    readings: Sequence[Reading],
    candidates_from: Callable[[Claim, Floor], Iterable[Candidate]],
    home: str | None = None,
) -> list[tuple[Reading, Changed]]:
    """Return the places at which a claim's words may stand with changes, in order of the readings.

    Of the candidates, which come in descending order of their bounds, only as many are looked at
    as may have one of the few stretches that are worth aligning: those of all readings that have
    the largest share of the claim's rare words. The floor that they are asked for with rises as
    these are found. The reading with the slug `home` is always looked at, and its stretches count
    for more.
    """
    if len(claim.tokens) < CHANGED_FROM:
        return []
    most = most_of(len(claim.tokens))
    best: list[_Found] = []
    floor = Floor()
    at_home = next((i for i, reading in enumerate(readings) if reading.slug == home), -1)
    first = [Candidate(at_home, None, math.inf)] if at_home >= 0 else []
    others = (c for c in candidates_from(claim, floor) if c.reading != at_home)
    for candidate in chain(first, others):
        if candidate.bound < floor.share:
            break
        table = readings[candidate.reading].word_table
        if not len(table):
            continue
        sought = sought_in(claim, table)
        new = stretches(sought, table, candidate.blocks, floor.share)
        if not new:
            continue
        worth = _AT_HOME if candidate.reading == at_home else 1.0
        ranked = (((-s.share * worth, candidate.reading, s.begin), s, sought) for s in new)
        best = sorted((*best, *(_Found(*one) for one in ranked)), key=lambda f: f.rank)[:most]
        floor.share = as_good_as(best[0].stretch.share, len(claim.tokens))
        if len(best) == most:
            floor.share = max(floor.share, -best[-1].rank[0])
    found: dict[int, list[Changed]] = {}
    for one in best:
        if one.stretch.share >= as_good_as(best[0].stretch.share, len(claim.tokens)):
            _, number, _ = one.rank
            _align(one, readings[number], found.setdefault(number, []))
    return [
        (readings[number], place)
        for number in sorted(found)
        for place in sorted(found[number], key=lambda f: (-f.bits, f.first))
    ]


def _align(one: _Found, reading: Reading, found: list[Changed]) -> None:
    """Add the place that is found at a stretch, unless it is one of those that were."""
    sought, table = one.sought, reading.word_table
    count = len(sought.words)
    far = count + (_FAR_WITH_CUTS if sought.cuts else _FAR)
    hits = rare_hits(sought, table, max(0, one.stretch.begin - far), one.stretch.end + far)
    pairs = align(sought, table, hits, least_of_runs(count, len(table)))
    if pairs and not any(f.first <= pairs[-1].place and pairs[0].place <= f.last for f in found):
        found.append(_changed(pairs, sought))


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
