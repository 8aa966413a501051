"""Answering a query from the postings of an index: which documents have it, and how well.

The score of a document is the sum over the query's terms of BM25 (Robertson and Zaragoza, “The
Probabilistic Relevance Framework”, 2009) plus fixed bonuses, each in units of the term's weight
(its inverse document frequency): for the word itself and not only a relative, for standing in a
title, and for the query's words standing together in the order typed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from time import monotonic
from typing import Any

from whoosh.matching import FilterMatcher
from whoosh.reading import TermNotFound

from studygroup.core.query import Query, Term
from studygroup.core.search import Document
from studygroup.index.analysis import Form, form, whole
from studygroup.index.schema import unpack

SATURATION = 1.2
LENGTH_WEIGHT = 0.4
RELATIVE = 0.4
"""What an occurrence of a relative counts beside one of the word itself."""
ITSELF_BONUS = 2.2
"""As much as BM25 can give a term at all: the word itself comes before any number of relatives."""
TITLE_BONUS = 0.8
TOGETHER_BONUS = 2.5

MOST_KEPT = 1_000_000
"""How many postings are kept in memory at most (about 150 MB); beyond, all are read anew."""

Counts = dict[int, float]
Scores = dict[int, float]


class Snapshot:
    """One state of an index, read by one thread at a time.

    `documents` are those of the index that are asked for, by document number; what the index holds
    beyond them is passed over. What was read of a word is kept, so that the next letter typed
    costs only its own word.
    """

    def __init__(self, reader: Any, documents: Mapping[int, Document]) -> None:
        self.reader = reader
        self.documents = documents
        self._leaves: list[tuple[Any, int]] = list(reader.leaf_readers())
        self._kept: dict[tuple[str, str], Counts] = {}
        self._packed: dict[str, dict[int, bytes]] = {}
        self._size = 0
        sizes = {number: len(document.body) for number, document in documents.items()}
        mean = sum(sizes.values()) / len(sizes) if sizes else 1.0
        self._norm = {
            number: SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * size / (mean or 1.0))
            for number, size in sizes.items()
        }

    def counts(self, field: str, text: str) -> Counts:
        """Return how often a word stands in each document that has it."""
        counts = self._kept.get((field, text))
        return self._read(field, text) if counts is None else counts

    def positions(self, text: str, within: Collection[int]) -> dict[int, list[int]]:
        """Return the positions of a word in each document of `within` that has it."""
        self.counts("word", text)
        packed = self._packed[text]
        return {number: unpack(packed[number]) for number in within if number in packed}

    def _read(self, field: str, text: str) -> Counts:
        """Read a word's postings and keep them; beyond `MOST_KEPT`, forget what was kept before."""
        known = self.documents
        counts: Counts = {}
        packed: dict[int, bytes] = {}
        for number, matcher in self._postings(field, text):
            if number in known:
                counts[number] = matcher.weight()
                if field == "word":
                    packed[number] = matcher.value()
        self._size += len(counts)
        if self._size > MOST_KEPT:
            self._kept.clear()
            self._packed.clear()
            self._size = len(counts)
        self._kept[field, text] = counts
        if field == "word":
            self._packed[text] = packed
        return counts

    def expand(self, prefix: str) -> list[str]:
        """Return the words that begin with `prefix`, the shortest first."""
        found = [word.decode("utf-8") for word in self.reader.expand_prefix("word", prefix)]
        return sorted(found, key=lambda word: (len(word), word))

    def vocabulary(self) -> Iterator[str]:
        """Yield all words of the index in order."""
        for word in self.reader.lexicon("word"):
            yield word.decode("utf-8")

    def weight(self, having: int) -> float:
        """Return the weight of a term that `having` documents have (its inverse frequency)."""
        return math.log(1 + (len(self.documents) - having + 0.5) / (having + 0.5))

    def saturated(self, number: int, count: float) -> float:
        """Return what `count` occurrences in a document are worth: at most `SATURATION + 1`."""
        return count * (SATURATION + 1) / (count + self._norm[number])

    def _postings(self, field: str, text: str) -> Iterator[tuple[int, Any]]:
        for leaf, base in self._leaves:
            try:
                matcher = leaf.postings(field, text)
            except TermNotFound:
                continue
            if isinstance(matcher, FilterMatcher):
                matcher = matcher.child  # deleted documents are not among ours anyway
            while matcher.is_active():
                yield matcher.id() + base, matcher
                matcher.next()


class Matching:
    """One query being answered on one snapshot; `deadline` is a time of `time.monotonic`.

    Past the deadline a prefix is no longer read to the end: its longest words go missing.
    """

    def __init__(self, snapshot: Snapshot, deadline: float) -> None:
        self.snapshot = snapshot
        self.deadline = deadline

    def answer(self, query: Query) -> Scores:
        """Return the documents that answer `query`, each with its score."""
        found: Scores | None = None
        for group in query.wanted:
            scores = self._any_of(group)
            if found is None:
                found = scores
            else:
                found = {n: s + scores[n] for n, s in found.items() if n in scores}
            if not found:
                return {}
        if found is None:
            return {}
        for term in query.unwanted:
            for number in self._itself(term).keys() | self._relatives(term).keys():
                found.pop(number, None)
        self._reward_together(query, found)
        return found

    def _any_of(self, group: Iterable[Term]) -> Scores:
        total: Scores = {}
        for term in group:
            for number, score in self._score(term).items():
                total[number] = total.get(number, 0.0) + score
        return total

    def _score(self, term: Term) -> Scores:
        """Return the score of each document that has `term`."""
        itself, relatives = self._itself(term), self._relatives(term)
        titles = self._titles(term)
        having = itself.keys() | relatives.keys()
        weight = self.snapshot.weight(len(having))
        scores: Scores = {}
        for number in having:
            own = itself.get(number, 0.0)
            count = own + RELATIVE * max(relatives.get(number, 0.0) - own, 0.0)
            score = self.snapshot.saturated(number, count)
            if own:
                score += ITSELF_BONUS
            if number in titles:
                score += TITLE_BONUS
            scores[number] = weight * score
        return scores

    def _itself(self, term: Term) -> Counts:
        """Return where the very words of `term` stand."""
        forms = [form(word) for word in term.words]
        if len(forms) == 1:
            return self.snapshot.counts("word", forms[0].word)
        places = self._places([f.word for f in forms], prefix=term.prefix)
        counts = {number: float(len(at)) for number, at in places.items()}
        if term.hyphenated:
            for number, count in self.snapshot.counts("word", whole(tuple(forms)).word).items():
                counts[number] = max(counts.get(number, 0.0), count)
        return counts

    def _relatives(self, term: Term) -> Counts:
        """Return where words stand that `term` means too: of the same stem, or beginning so."""
        one = _one_word(term)
        if one is None:
            return {}
        counts = {} if term.exact else dict(self.snapshot.counts("stem", one.stem))
        if term.prefix:
            begun: Counts = {}
            for word in self._expanded(one.word):
                for number, count in self.snapshot.counts("word", word).items():
                    begun[number] = begun.get(number, 0.0) + count
            for number, count in begun.items():
                counts[number] = max(counts.get(number, 0.0), count)
        return counts

    def _titles(self, term: Term) -> set[int]:
        """Return the documents whose title has the words of `term`, or their relatives."""
        found: set[int] | None = None
        for word in term.words:
            one = form(word)
            having = set(self.snapshot.counts("title", one.word))
            if not term.exact:
                having.update(self.snapshot.counts("title", one.stem))
            found = having if found is None else found & having
        return found or set()

    def _places(self, words: list[str], *, prefix: bool) -> dict[int, list[int]]:
        """Return where each document has `words` one after the other."""
        *before, last = words
        lasts = list(self._expanded(last)) if prefix else [last]
        within: set[int] = set()
        for word in lasts:
            within.update(self.snapshot.counts("word", word))
        for word in before:
            within &= self.snapshot.counts("word", word).keys()
        if not within:
            return {}
        ends = _merged(
            self.snapshot.positions(word, within)
            for word in lasts
            if not within.isdisjoint(self.snapshot.counts("word", word))
        )
        starts = {number: {at - len(before) for at in places} for number, places in ends.items()}
        for offset, word in enumerate(before):
            for number, places in self.snapshot.positions(word, starts).items():
                starts[number].intersection_update(at - offset for at in places)
            starts = {number: places for number, places in starts.items() if places}
        return {number: sorted(places) for number, places in starts.items()}

    def _expanded(self, prefix: str) -> Iterator[str]:
        for word in self.snapshot.expand(prefix):
            yield word
            if monotonic() > self.deadline:
                return

    def _reward_together(self, query: Query, found: Scores) -> None:
        """Raise the documents in which the query's plain words stand together in their order."""
        plain = [group[0] for group in query.wanted if len(group) == 1]
        if len(plain) < 2 or len(plain) != len(query.wanted) or not found:
            return
        words = [form(word).word for term in plain for word in term.words]
        bonus = TOGETHER_BONUS * sum(self.snapshot.weight(len(self._itself(t))) for t in plain)
        for number in self._places(words, prefix=plain[-1].prefix):
            if number in found:
                found[number] += bonus


def _one_word(term: Term) -> Form | None:
    """Return the form of a term that is one word, or can be written as one; else None."""
    if len(term.words) == 1:
        return form(term.words[0])
    return whole(tuple(form(word) for word in term.words)) if term.hyphenated else None


def _merged(found: Iterable[dict[int, list[int]]]) -> dict[int, set[int]]:
    merged: dict[int, set[int]] = {}
    for places in found:
        for number, at in places.items():
            merged.setdefault(number, set()).update(at)
    return merged
