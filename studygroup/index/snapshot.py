"""A snapshot: the batches of an index at one moment, and which of their documents still count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import compress, islice
from operator import is_not
from typing import NamedTuple

from studygroup.core.finding.query import Query
from studygroup.core.finding.search import Document, Filters, Source
from studygroup.index.bits import NONE, Bits, among, bits_between, members
from studygroup.index.leaf import Leaf
from studygroup.index.matching import Matching
from studygroup.index.ranking import Ranking
from studygroup.index.store import Made
from studygroup.index.tally import NO_FILTERS, Tally

MANY_SMALL = 10
"""So many small leaves are written again as one."""
MANY_COUNTED = 2_000
"""Of more documents than these it is quicker to count those of each kind, reading and reader."""
SMALL_SIZES = (64, 512, 4_096)
"""What small is: fewer documents than this, the smallest first, so that large ones seldom are."""


class Ranked(NamedTuple):
    """A document that answers a query, and its score."""

    document: Document
    score: float


class Answer(NamedTuple):
    """What answers a query: the best documents, and how many there are."""

    best: Sequence[Ranked]
    tally: Tally


class _Found(NamedTuple):
    """Where a document is in the index, in the order in which equals are shown."""

    away: bool
    order: int
    ordinal: int
    leaf: int


class Snapshot:
    """One state of an index, read by one thread at a time.

    Of each of `sources` the newest batch that holds it as it is now counts; whatever else the
    batches hold is passed over. `missing` are the sources that no batch holds. The first snapshot
    has nothing; each other is made of the one before it (see `then`).
    """

    def __init__(self) -> None:
        self.leaves: tuple[Leaf, ...] = ()
        self.sources: Mapping[str, Source] = {}
        self.missing: list[Source] = []
        self.size = 0
        self._order: dict[str, int] = {}
        self._made: dict[str, tuple[Document, ...]] = {}
        self._living: list[list[bool]] = []
        self._dead: list[Bits] = []

    def then(self, leaves: Sequence[Leaf], sources: Mapping[str, Source]) -> Snapshot:
        """Return what comes after: these batches, of which these sources count.

        Only what differs is looked at: beside a comparison of sources, an edit costs the same in
        any study.
        """
        now = Snapshot()
        now.leaves, now.sources = tuple(leaves), sources
        same_keys = list(self.sources) == list(sources)
        now._order = self._order if same_keys else {key: at for at, key in enumerate(sources)}
        now._made = self._made_still(sources)
        known = {leaf: number for number, leaf in enumerate(self.leaves)}
        now._living = [
            self._living[known[leaf]] if leaf in known else [False] * len(leaf.held)
            for leaf in now.leaves
        ]
        doubted = _changed(self.sources, sources, same_keys=same_keys)
        for leaf in known.keys() ^ set(now.leaves):
            doubted.update(leaf.held_at)
        missing = {source.key for source in self.missing} - doubted
        missing.update(now._homeless(doubted))
        now.missing = [sources[key] for key in sorted(missing, key=now._order.__getitem__)]
        now._dead = [
            self._dead[known[leaf]]
            if leaf in known and lives is self._living[known[leaf]]
            else now._dead_in(number)
            for number, (leaf, lives) in enumerate(zip(now.leaves, now._living, strict=True))
        ]
        now.size = sum(leaf.size for leaf in leaves) - sum(map(int.bit_count, now._dead))
        return now

    def _homeless(self, keys: Iterable[str]) -> Iterator[str]:
        """Find out where each of these sources counts, and yield those that no leaf holds.

        All else counts where it did in the snapshot before, with which lists are shared.
        """
        own: set[int] = set()
        newest_first = list(enumerate(self.leaves))[::-1]
        for key in keys:
            source = self.sources.get(key)
            found = source is None
            for number, leaf in newest_first:
                at = leaf.held_at.get(key)
                if at is None:
                    continue
                lives = not found and source is not None and leaf.held[at].digest == source.digest
                found = found or lives
                if self._living[number][at] != lives:
                    if number not in own:
                        own.add(number)
                        self._living[number] = self._living[number].copy()
                    self._living[number][at] = lives
            if not found:
                yield key

    def living(self, number: int) -> list[Source]:
        """Return the sources that count in a leaf."""
        held = zip(self.leaves[number].held, self._living[number], strict=True)
        return [self.sources[one.key] for one, lives in held if lives]

    def forsaken(self) -> list[Leaf]:
        """Return the leaves of which nothing counts any more."""
        return [
            leaf for leaf, lives in zip(self.leaves, self._living, strict=True) if not any(lives)
        ]

    def outgrown(self) -> tuple[list[Made], list[Leaf]]:
        """Return the leaves to be written anew together, and what of them still counts.

        These are those of which most is dead, and, when there are many small ones, all of these:
        each leaf costs every search a little. What is `forsaken` need not be written.
        """
        living = {n for n, lives in enumerate(self._living) if any(lives)}
        chosen = {n for n in living if 2 * self._dead[n].bit_count() > self.leaves[n].size}
        for size in SMALL_SIZES:
            small = [n for n in living if self.leaves[n].size < size]
            if len(small) >= MANY_SMALL:
                chosen.update(small)
                break
        alive = [Made(one, self._documents(one.key)) for n in chosen for one in self.living(n)]
        return alive, [self.leaves[n] for n in chosen]

    def _made_still(self, sources: Mapping[str, Source]) -> dict[str, tuple[Document, ...]]:
        """Return the documents made so far of sources that are still the same."""
        return {k: made for k, made in self._made.items() if sources.get(k) is self.sources[k]}

    def answer(
        self, query: Query, filters: Filters, limit: int, near: str, deadline: float
    ) -> Answer:
        """Return the best `limit` documents, the reading `near` first among equals."""
        asked = [Matching(leaf, query, deadline) for leaf in self.leaves]
        found = [one.documents() for one in asked]
        for number, dead in enumerate(self._dead):
            if dead:
                found[number] &= ~dead
        tally = Tally(filters)
        for number, (leaf, documents) in enumerate(zip(self.leaves, found, strict=True)):
            if filters == NO_FILTERS and documents.bit_count() > MANY_COUNTED:
                tally.add_all(leaf.groups, documents)
            elif documents:
                having = Counter(map(leaf.scope_of.__getitem__, members(documents)))
                allowed = tally.add(leaf.scopes, having)
                if len(allowed) < len(having):
                    scope_of = leaf.scope_of
                    found[number] = leaf.bits(
                        [one for one in members(documents) if scope_of[one] in allowed]
                    )
        if not any(found):
            return Answer((), tally)
        if not query.terms:
            return Answer(list(islice(self._in_order(found, near), limit)), tally)
        return Answer(self._ranked(query, asked, found, limit, near), tally)

    def _ranked(
        self,
        query: Query,
        asked: Sequence[Matching],
        found: Sequence[Bits],
        limit: int,
        near: str,
    ) -> list[Ranked]:
        words = sum(leaf.starts[-1] for leaf in self.leaves)
        ranking = Ranking(query, asked, self.size, words / (self.size or 1), limit)
        best: list[tuple[float, _Found]] = []
        for number, (matching, documents) in enumerate(zip(asked, found, strict=True)):
            if documents:
                scores = ranking.scores(matching, documents)
                least = nlargest(limit, scores.values())[-1]
                best += [
                    (-score, self._found(number, one, near))
                    for one, score in scores.items()
                    if score >= least
                ]
        return [Ranked(self._document(one), -score) for score, one in sorted(best)[:limit]]

    def _in_order(self, found: Sequence[Bits], near: str) -> Iterator[Ranked]:
        """Yield documents as they stand in the study, those of the reading `near` first."""
        held = sorted(
            self._found(number, self.leaves[number].ordinals(at)[0], near)
            for number, lives in enumerate(self._living)
            for at, one in enumerate(lives)
            if one and self.leaves[number].held[at].size
        )
        for first in held:
            leaf = self.leaves[first.leaf]
            at, _ = leaf.holder(first.ordinal)
            for ordinal in among(found[first.leaf], leaf.ordinals(at)):
                yield Ranked(self._document(first._replace(ordinal=ordinal)), 0.0)

    def _found(self, number: int, ordinal: int, near: str) -> _Found:
        leaf = self.leaves[number]
        at, _ = leaf.holder(ordinal)
        away = bool(near) and leaf.scopes[leaf.scope_of[ordinal]].reading != near
        return _Found(away, self._order[leaf.held[at].key], ordinal, number)

    def _document(self, found: _Found) -> Document:
        leaf = self.leaves[found.leaf]
        at, inside = leaf.holder(found.ordinal)
        return self._documents(leaf.held[at].key)[inside]

    def _documents(self, key: str) -> tuple[Document, ...]:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self.sources[key].documents()
        return made

    def _dead_in(self, number: int) -> Bits:
        leaf, dead = self.leaves[number], NONE
        for at, lives in enumerate(self._living[number]):
            if not lives:
                gone = leaf.ordinals(at)
                dead |= bits_between(gone.start, gone.stop)
        return dead


def _changed(
    before: Mapping[str, Source], now: Mapping[str, Source], *, same_keys: bool
) -> set[str]:
    """Return the keys of what came, went, or is another source than before."""
    if same_keys:
        return set(compress(now, map(is_not, before.values(), now.values())))
    return {key for key in {**before, **now} if before.get(key) is not now.get(key)}
