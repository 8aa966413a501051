"""How well documents answer a query, and which come first.

The score of a document is the sum over the query's terms of BM25 (Robertson and Zaragoza, “The
Probabilistic Relevance Framework”, 2009) plus fixed bonuses, each in units of the term's weight
(its inverse document frequency): for the word itself and not only a relative, for standing in a
title, and for the query's words standing together in the order typed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import chain, islice

from studygroup.core.finding.query import Query, Term
from studygroup.index.bits import Bits, among, members
from studygroup.index.matching import Matching

SATURATION = 1.2
LENGTH_WEIGHT = 0.4
RELATIVE = 0.4
"""What an occurrence of a relative counts beside one of the word itself."""
ITSELF_BONUS = 2.2
"""As much as BM25 can give a term at all: the word itself comes before any number of relatives."""
TITLE_BONUS = 0.8
TOGETHER_BONUS = 2.5
MINUTES = 0.75
"""What was said of a passage is shorter than it, and comes after it all the same."""
MOST_SCORED = 1_000
"""Of more documents than these, only those that have the words most often are scored."""
LEAST_SCORED = 100
"""As many are scored in every leaf, however many leaves there are."""
MOST_TIMES = 8
"""More often than this makes no difference to that."""

Scores = dict[int, float]


class Ranking:
    """Scores the documents that answer one query, on one leaf after the other.

    `size` is how many documents there are in all, `mean` how many words they have on average. At
    least `wanted` documents are scored on each leaf that has so many.
    """

    def __init__(
        self, query: Query, on: Sequence[Matching], size: int, mean: float, wanted: int
    ) -> None:
        self._terms = query.terms
        self._mean = mean or 1.0
        self._weights = [
            _weight(size, sum(matching.met(term).having.bit_count() for matching in on))
            for term in self._terms
        ]
        self._plain = _plain(query)
        self._wanted = wanted
        self._most = max(MOST_SCORED // (len(on) or 1), LEAST_SCORED, wanted)

    def scores(self, matching: Matching, documents: Bits) -> Scores:
        """Return the scores of `documents`, of very many only the best."""
        titles = [matching.in_title(term) for term in self._terms]
        shortlist = self._shortlist(matching, documents)
        together = matching.together(self._plain, shortlist) if self._plain else frozenset()
        if len(shortlist) < documents.bit_count():
            beside = [matching.leaf.bits(sorted(together)), *titles]
            shortlist = {
                *shortlist,
                *chain.from_iterable(self._some(b & documents) for b in beside),
            }
        scores = dict.fromkeys(shortlist, 0.0)
        starts = matching.leaf.starts
        least, each = SATURATION * (1 - LENGTH_WEIGHT), SATURATION * LENGTH_WEIGHT / self._mean
        norms = {n: least + each * (starts[n + 1] - starts[n]) for n in scores}
        for term, weight, in_title in zip(self._terms, self._weights, titles, strict=True):
            self._add(scores, norms, matching, term, weight)
            for number in among(in_title, scores):
                scores[number] += weight * TITLE_BONUS
        bonus = TOGETHER_BONUS * sum(self._weights) if self._plain else 0.0
        for number in together & scores.keys():
            scores[number] += bonus
        for number in scores:
            if matching.leaf.scope(number).kind == "minutes":
                scores[number] *= MINUTES
        return scores

    def _add(
        self, scores: Scores, norms: Scores, matching: Matching, term: Term, weight: float
    ) -> None:
        """Add what a term is worth to the scores of those documents that have it."""
        met = matching.met(term)
        itself = matching.counts(term, scores)
        others = [matching.leaf.counts(word, scores) for word in met.relatives]
        for number in among(met.having, scores):
            own = itself.get(number, 0)
            count = float(own)
            for counts in others:
                if number in counts:
                    count += RELATIVE * counts[number]
            count = count or RELATIVE  # a word that begins so, or is near
            worth = count * (SATURATION + 1) / (count + norms[number])
            scores[number] += weight * (worth + ITSELF_BONUS if own else worth)

    def _shortlist(self, matching: Matching, documents: Bits) -> Collection[int]:
        """Return all documents, or of very many those that have the very words most often."""
        if documents.bit_count() <= self._most:
            return list(members(documents))
        kept = documents
        for times in range(1, MOST_TIMES + 1):
            fewer = kept
            for term in self._terms:
                fewer = fewer & matching.often(term, times)
            if fewer.bit_count() < self._wanted:
                break
            kept = fewer
            if kept.bit_count() <= self._most:
                break
        return self._some(kept)

    def _some(self, documents: Bits) -> Sequence[int]:
        """Return the first of `documents`, as many as are scored."""
        return list(islice(members(documents), self._most))


def _weight(size: int, having: int) -> float:
    """Return the weight of a term that `having` of `size` documents have.

    Among those that have it are some that no longer count, so that they can be more.
    """
    having = min(having, size)
    return math.log(1 + (size - having + 0.5) / (having + 0.5))


def _plain(query: Query) -> tuple[Term, ...]:
    """Return the query's terms where they are two or more, none of them an alternative."""
    if len(query.terms) < 2 or any(len(group) > 1 for group in query.wanted):
        return ()
    return query.terms
