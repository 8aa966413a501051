"""A search index that reads every document for every query: what it finds is what is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer
from rapidfuzz.distance import OSA

from studygroup.core.labels import is_met_by
from studygroup.core.query import Asked, Clause, Query, Term, edits_allowed, parse
from studygroup.core.search import (
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
Spot = dict[str, str]
"""The words that stand at one position, each with its stem: a word, and what it is a part of."""


class BruteIndex:
    """A `SearchIndex` without an index, for tests: hits in the order of the documents' matches."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}

    def refresh(self, sources: Iterable[Source], progress: Progress | None = None) -> int:
        old = {key: source.digest for key, source in self.sources.items()}
        self.sources = {source.key: source for source in sources}
        new = {key: source.digest for key, source in self.sources.items()}
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
        for document in (d for source in self.sources.values() for d in source.documents()):
            if not answers(asked, document):
                continue
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

    def marks(self, query: str, text: str, *, typing: bool = False, language: str = "en") -> Spans:
        terms = parse(query, typing=typing).terms
        sought = [(t, word) for t in terms for word in t.words]
        return tuple(
            (word.start, word.end)
            for word in words(text)
            if any(_is(t, {word.folded: _stem(text[word.start : word.end])}, w) for t, w in sought)
        )

    def close(self) -> None:
        self.sources = {}


def answers(query: Query, document: Document) -> bool:
    """Tell by reading it whether a document answers a query."""
    texts = [_spots(document.title), _spots(document.body)]
    if not query.wanted or any(_meets(document, texts, clause) for clause in query.unwanted):
        return False
    return all(any(_meets(document, texts, clause) for clause in group) for group in query.wanted)


def _meets(document: Document, texts: list[list[Spot]], clause: Clause) -> bool:
    if isinstance(clause, Asked):
        return any(
            name == clause.name and is_met_by(name, clause.value, value, begun=clause.begun)
            for name, value in document.labels
        )
    return _has(texts, clause)


def _has(texts: list[list[Spot]], term: Term) -> bool:
    if len(term.words) == 1:
        return any(_is(term, spot, term.words[0]) for spots in texts for spot in spots)
    if term.hyphenated:
        whole = "".join(fold(word).replace("'", "") for word in term.words)
        if any(_is(term, spot, whole) for spots in texts for spot in spots):
            return True
    return any(_phrase_at(spots[at:], term) for spots in texts for at in range(len(spots)))


def _phrase_at(spots: list[Spot], term: Term) -> bool:
    if len(spots) < len(term.words):
        return False
    last = len(term.words) - 1
    for index, (spot, word) in enumerate(zip(spots, term.words, strict=False)):
        sought = fold(word).replace("'", "")
        begun = term.prefix and index == last and any(w.startswith(sought) for w in spot)
        if sought not in spot and not begun:
            return False
    return True


def _is(term: Term, spot: Spot, word: str) -> bool:
    sought = fold(word).replace("'", "")
    return (
        sought in spot
        or (not term.exact and _stem(word) in spot.values())
        or (term.prefix and any(w.startswith(sought) for w in spot))
        or (term.near and any(OSA.distance(sought, w) <= edits_allowed(sought) for w in spot))
    )


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    stem: str = _STEM(re.sub(r"'s$", "", fold(word)).replace("'", ""))
    return stem


def _spots(text: str) -> list[Spot]:
    """Return the positions of a text; a hyphenated word stands as a whole where it begins."""
    spots: list[Spot] = []
    runs: list[list[str]] = []
    end = -1
    for word in words(text):
        written = text[word.start : word.end]
        if runs and fold(text[end : word.start]) == "-":
            runs[-1].append(word.folded)
        else:
            runs.append([word.folded])
        spots.append({word.folded: _stem(written)})
        end = word.end
    at = 0
    for run in runs:
        if len(run) > 1:
            spots[at]["".join(run)] = _stem("".join(run))
        at += len(run)
    return spots
