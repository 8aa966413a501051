"""A search index that reads every document for every query: what it finds is what is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import snowballstemmer
from rapidfuzz.distance import OSA

from studygroup.core.finding.labels import is_met_by
from studygroup.core.finding.query import Asked, Clause, Query, Term, edits_allowed, parse
from studygroup.core.finding.search import (
    HIT_KINDS,
    Document,
    Filters,
    Hit,
    HitKind,
    Progress,
    Results,
    Source,
    Spans,
)
from studygroup.core.text import fold, words

_STEM = snowballstemmer.stemmer("english").stemWord
Spot = tuple[tuple[str, str], ...]
"""The words that stand at one position, each with its stem: a word, and what it is a part of."""


class Read(NamedTuple):
    """A document as it was read: its title and its body, and all words of both with their stems."""

    document: Document
    texts: tuple[list[Spot], list[Spot]]
    words: frozenset[tuple[str, str]]


class BruteIndex:
    """A `SearchIndex` without an index, for tests: hits in the order of the documents' matches."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self._read: dict[str, list[Read]] = {}

    def refresh(self, sources: Iterable[Source], progress: Progress | None = None) -> int:
        before = self.sources
        old = {key: source.digest for key, source in before.items()}
        self.sources = {source.key: source for source in sources}
        new = {key: source.digest for key, source in self.sources.items()}
        self._read = {
            key: self._read[key]
            if before.get(key) is source
            else [read(document) for document in source.documents()]
            for key, source in self.sources.items()
        }
        if progress is not None:
            progress(1.0)
        return sum(old.get(key) != new.get(key) for key in old.keys() | new.keys())

    def search(
        self, query: str, *, filters: Filters, limit: int, typing: bool = False, near: str = ""
    ) -> Results:
        asked = parse(query, typing=typing)
        counts: dict[HitKind, int] = dict.fromkeys(HIT_KINDS, 0)
        readings: Counter[str] = Counter()
        readers: Counter[str] = Counter()
        hits = []
        for document in self.answering(asked):
            of_kind = not filters.kinds or document.kind in filters.kinds
            of_reading = filters.reading in (None, document.reading)
            reader = document.by or ""
            of_reader = filters.reader is None or filters.reader.lower() == reader.lower()
            counts[document.kind] += of_reading and of_reader
            readings[document.reading] += of_kind and of_reader
            readers[reader] += of_kind and of_reading
            if of_kind and of_reading and of_reader:
                found = self.marks(query, document.body, typing=typing)
                shown, spans = (document.body, found) if found else (document.title, ())
                hits.append(Hit(document, shown, spans, float(len(spans))))
        hits.sort(key=lambda hit: (-hit.score, hit.document.reading != near))
        del readers[""]
        return Results(
            query,
            tuple(hits[:limit]),
            len(hits),
            counts,
            readings=dict(+readings),
            readers=dict(+readers),
        )

    def answering(self, query: Query) -> list[Document]:
        """Return all documents that answer a query, in the order of the study."""
        read = chain.from_iterable(self._read.values())
        return [one.document for one in read if answers(query, one)]

    def marks(self, query: str, text: str, *, typing: bool = False, language: str = "en") -> Spans:
        terms = parse(query, typing=typing).terms
        sought = [(t, word) for t in terms for word in t.words]
        return tuple(
            (word.start, word.end)
            for word in words(text)
            if any(_is(t, (_pair(text[word.start : word.end]),), w) for t, w in sought)
        )

    def close(self) -> None:
        self.sources, self._read = {}, {}


def read(document: Document) -> Read:
    """Read a document word by word."""
    texts = _spots(document.title), _spots(document.body)
    return Read(
        document, texts, frozenset(pair for spots in texts for spot in spots for pair in spot)
    )


def answers(query: Query, read: Read) -> bool:
    """Tell whether a document answers a query."""
    if not query.wanted or any(_meets(read, clause) for clause in query.unwanted):
        return False
    return all(any(_meets(read, clause) for clause in group) for group in query.wanted)


def _meets(read: Read, clause: Clause) -> bool:
    if isinstance(clause, Asked):
        return any(
            name == clause.name and is_met_by(name, clause.value, value, begun=clause.begun)
            for name, value in read.document.labels
        )
    return _has(read, clause)


def _has(read: Read, term: Term) -> bool:
    if len(term.words) == 1:
        return _is(term, read.words, term.words[0])
    if term.hyphenated:
        whole = "".join(_plain(word) for word in term.words)
        if _is(term, read.words, whole):
            return True
    return any(_phrase_at(spots[at:], term) for spots in read.texts for at in range(len(spots)))


def _phrase_at(spots: Sequence[Spot], term: Term) -> bool:
    if len(spots) < len(term.words):
        return False
    last = len(term.words) - 1
    for index, (spot, word) in enumerate(zip(spots, term.words, strict=False)):
        sought = _plain(word)
        begun = term.prefix and index == last and any(w.startswith(sought) for w, _ in spot)
        if all(w != sought for w, _ in spot) and not begun:
            return False
    return True


def _is(term: Term, standing: Iterable[tuple[str, str]], word: str) -> bool:
    """Tell whether one of some words, each with its stem, is what a term means by a word."""
    sought, stem = _plain(word), _stem(word)
    return any(
        standing_word == sought
        or (not term.exact and standing_stem == stem)
        or (term.prefix and standing_word.startswith(sought))
        or (term.near and OSA.distance(sought, standing_word) <= edits_allowed(sought))
        for standing_word, standing_stem in standing
    )


def _pair(written: str) -> tuple[str, str]:
    return _plain(written), _stem(written)


@cache
def _plain(written: str) -> str:
    """Return a word as it is compared: “don’t” is “dont”, and “James’s” is “james's”."""
    folded = fold(written)
    owner = folded.removesuffix("'s")
    return owner.replace("'", "") + folded[len(owner) :]


@cache
def _stem(written: str) -> str:
    stem: str = _STEM(fold(written).removesuffix("'s").replace("'", ""))
    return stem


def _spots(text: str) -> list[Spot]:
    """Return the positions of a text; a hyphenated word stands as a whole where it begins."""
    spots: list[list[tuple[str, str]]] = []
    runs: list[list[str]] = []
    end = -1
    for word in words(text):
        pair = _pair(text[word.start : word.end])
        if runs and fold(text[end : word.start]) == "-":
            runs[-1].append(pair[0])
        else:
            runs.append([pair[0]])
        spots.append([pair])
        end = word.end
    at = 0
    for run in runs:
        if len(run) > 1:
            whole = "".join(run)
            spots[at].append((whole, _stem(whole)))
        at += len(run)
    return [tuple(spot) for spot in spots]
