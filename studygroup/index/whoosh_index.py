"""The port to search, on Whoosh: kept up to date, answered, and rebuilt whenever it is damaged."""

from __future__ import annotations

import pickle
import struct
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from heapq import nlargest
from pathlib import Path
from time import monotonic, perf_counter
from typing import TypeVar

from rapidfuzz import fuzz, process
from whoosh.index import IndexError as WhooshIndexError
from whoosh.index import LockError

from studygroup.core.query import Query, parse
from studygroup.core.search import HIT_KINDS, Document, Filters, Hit, HitKind, Results, Spans
from studygroup.index.analysis import form
from studygroup.index.matching import Matching, Scores, Snapshot
from studygroup.index.snippets import Highlighter, Snippets
from studygroup.index.store import Store, by_id
from studygroup.lock import locked

LOCK_WAIT = 5.0
"""Seconds to wait for another program that is writing the same index."""
TIME_LIMIT = 0.4
"""Seconds after which a search stops reading further words of a prefix."""
NEAR_ENOUGH = 74.0
"""How alike (of 100) a word has to be to be suggested in place of one that stands nowhere."""
MOST_SUGGESTED = 3
"""Of how many words that stand nowhere a suggestion is made at most."""

# What reading a damaged index has been seen to raise, or can: its tables are binary and its tables
# of contents are pickles, so a flipped byte may surface as almost any of the built-in errors.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    WhooshIndexError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)

T = TypeVar("T")


class WhooshSearchIndex:
    """A `SearchIndex` in `folder`, which is this index's alone and the user's own.

    Safe to call from several threads. Where the folder can't be written (another program writes it
    and does not finish, the disk is full or read-only), a temporary folder stands in until the next
    refresh.
    """

    def __init__(self, folder: Path, *, lock_wait: float = LOCK_WAIT) -> None:
        self._folder = folder
        self._lock_wait = lock_wait
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self._wanted: Mapping[str, Document] = {}
        self._order: Mapping[str, int] = {}
        self._snapshot: Snapshot | None = None
        self._spare: tempfile.TemporaryDirectory[str] | None = None

    def refresh(self, documents: Iterable[Document]) -> int:
        """Make the index hold exactly `documents`; return how many had to be written or removed."""
        wanted = by_id(documents)
        with self._writing:
            return self._refresh(wanted, afresh=False)

    def search(self, query: str, *, filters: Filters, limit: int, typing: bool = False) -> Results:
        """Return the best `limit` hits for `query`; any text is a valid query."""
        started = perf_counter()
        parsed = parse(query, typing=typing)
        results = self._on_snapshot(lambda s: self._search(s, parsed, filters, limit))
        took = (perf_counter() - started) * 1000
        return replace(results, query=query, took_ms=round(took, 3))

    def marks(self, query: str, text: str, *, typing: bool = False) -> Spans:
        """Return the spans of `text` that answer `query`, in order and not overlapping."""
        return _highlighter(query, typing).marks(text)

    def close(self) -> None:
        """Let go of files and threads."""
        with self._writing:
            self._swap(None)
            if self._spare is not None:
                self._spare.cleanup()
                self._spare = None

    def _refresh(self, wanted: Mapping[str, Document], *, afresh: bool) -> int:
        try:
            return self._bring_up(self._folder, wanted, afresh=afresh)
        except (LockError, OSError):
            if self._spare is None:
                self._spare = tempfile.TemporaryDirectory(prefix="studygroup-index-")
            return self._bring_up(Path(self._spare.name), wanted, afresh=afresh)

    def _bring_up(self, folder: Path, wanted: Mapping[str, Document], *, afresh: bool) -> int:
        """Bring the index in `folder` up to `wanted`, from nothing if need be, and search in it."""
        store = Store(folder)
        store.prepare()
        with locked(folder / "lock", self._lock_wait):
            if not afresh:
                try:
                    if store.open():
                        changed = store.write(wanted)
                        self._show(store, wanted)
                        return changed
                except DAMAGE:
                    store.close()
            store.create()
            changed = store.write(wanted)
            self._show(store, wanted)
            return changed

    def _show(self, store: Store, wanted: Mapping[str, Document]) -> None:
        """Let searches go to the state that `store` has now."""
        snapshot = store.snapshot(wanted)
        store.close()
        self._wanted = wanted
        self._swap(snapshot)

    def _swap(self, snapshot: Snapshot | None) -> None:
        with self._reading:
            old, self._snapshot = self._snapshot, snapshot
            if snapshot is not None:
                self._order = {
                    document.key: at for at, document in enumerate(self._wanted.values())
                }
            if old is not None:
                old.reader.close()

    def _on_snapshot(self, ask: Callable[[Snapshot], Results]) -> Results:
        """Return what `ask` answers; where the index turns out to be damaged, rebuild it first."""
        with self._reading:
            asked = self._snapshot
            if asked is None:
                return Results("")
            try:
                return ask(asked)
            except DAMAGE:
                pass
        with self._writing:
            if self._snapshot is asked:
                self._refresh(self._wanted, afresh=True)
        with self._reading:
            return Results("") if self._snapshot is None else ask(self._snapshot)

    def _search(self, snapshot: Snapshot, query: Query, filters: Filters, limit: int) -> Results:
        deadline = monotonic() + TIME_LIMIT
        scores = Matching(snapshot, deadline).answer(query)
        counts: dict[HitKind, int] = dict.fromkeys(HIT_KINDS, 0)
        total = 0
        ranked: list[tuple[float, int, Document]] = []
        for number, score in scores.items():
            document = snapshot.documents[number]
            if not _in_scope(document, filters):
                continue
            counts[document.kind] += 1
            if not filters.kinds or document.kind in filters.kinds:
                total += 1
                ranked.append((score, -self._order[document.key], document))
        best = nlargest(limit, ranked, key=lambda one: one[:2])
        snippets = Snippets(query)
        hits = tuple(Hit(d, *snippets.of(d), round(score, 4)) for score, _, d in best)
        suggestion = None if scores else self._suggest(snapshot, query, deadline)
        return Results(query.text, hits, total, counts, suggestion)

    def _suggest(self, snapshot: Snapshot, query: Query, deadline: float) -> str | None:
        """Return `query` with words that stand nowhere replaced by the nearest that do.

        None where that can't be done, or would still find nothing.
        """
        unknown: list[tuple[int, str]] = []
        for term in query.terms:
            for start, word in zip(term.starts, term.words, strict=True):
                if not _stands(snapshot, word):
                    unknown.append((start, word))
        if not unknown or len(unknown) > MOST_SUGGESTED:
            return None
        vocabulary = [word for word in snapshot.vocabulary() if len(word) > 2]
        text = query.text
        for start, word in reversed(unknown):
            near = process.extractOne(
                form(word).word, vocabulary, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH
            )
            if near is None:
                return None
            text = text[:start] + near[0] + text[start + len(word) :]
        found: Scores = Matching(snapshot, deadline).answer(parse(text))
        return text if found else None


@lru_cache(maxsize=4)
def _highlighter(query: str, typing: bool) -> Highlighter:
    return Highlighter(parse(query, typing=typing))


def _stands(snapshot: Snapshot, word: str) -> bool:
    """Tell whether a word or a relative of it stands anywhere."""
    word_, stem = form(word)
    return bool(snapshot.counts("word", word_) or snapshot.counts("stem", stem))


def _in_scope(document: Document, filters: Filters) -> bool:
    """Tell whether a document is of the reading and by the reader that are asked for."""
    if filters.reading is not None and document.reading != filters.reading:
        return False
    reader = filters.reader
    return reader is None or (document.by or "").casefold() == reader.casefold()
