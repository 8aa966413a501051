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
from pathlib import Path
from time import monotonic, perf_counter

from whoosh.index import IndexError as WhooshIndexError
from whoosh.index import LockError

from studygroup.core.finding.query import Query, parse
from studygroup.core.finding.search import (
    Filters,
    Hit,
    Progress,
    Results,
    Source,
    Spans,
)
from studygroup.index.analysis import ENGLISH
from studygroup.index.recall import recalled
from studygroup.index.scan import scan
from studygroup.index.snapshot import Ranked, Snapshot
from studygroup.index.snippets import Highlighter, Snippets
from studygroup.index.store import Store, batches
from studygroup.index.tally import NO_FILTERS
from studygroup.index.vocabulary import suggestion
from studygroup.lock import locked

LOCK_WAIT = 5.0
"""Seconds to wait for another program that is writing the same index."""
TIME_LIMIT = 0.4
"""Seconds after which a search stops reading further words that are like a sought one."""
SCAN_LIMIT = 0.1
"""Seconds for reading what is not in the index yet."""
LITTLE = 2
"""Up to how many hits are so few that something else may have been meant."""

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


class WhooshSearchIndex:
    """A `SearchIndex` in `folder`, which is this index's alone and the user's own.

    Safe to call from several threads. Where the folder can't be written (another program writes it
    and does not finish, the disk is full or read-only), a temporary folder stands in until the next
    refresh.
    """

    def __init__(self, folder: Path, *, lock_wait: float = LOCK_WAIT) -> None:
        self._store = Store(folder)
        self._lock_wait = lock_wait
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self._snapshot = Snapshot((), {})
        self._spare: tuple[tempfile.TemporaryDirectory[str], Store] | None = None

    def refresh(self, sources: Iterable[Source], progress: Progress | None = None) -> int:
        """Make the index hold exactly `sources`; return how many had to be written or removed."""
        wanted = {source.key: source for source in sources}
        with self._writing:
            return self._refresh(wanted, progress, afresh=False)

    def search(
        self, query: str, *, filters: Filters, limit: int, typing: bool = False, near: str = ""
    ) -> Results:
        """Return the best `limit` hits for `query`; any text is a valid query."""
        started = perf_counter()
        parsed = parse(query, typing=typing)
        results = self._on_snapshot(
            lambda s: _search(s, parsed, filters, limit, near, typing=typing)
        )
        took = (perf_counter() - started) * 1000
        return replace(results, query=query, took_ms=round(took, 3))

    def marks(
        self, query: str, text: str, *, typing: bool = False, language: str = ENGLISH
    ) -> Spans:
        """Return the spans of `text` that answer `query`, in order and not overlapping."""
        return _highlighter(query, typing, language).marks(text)

    def close(self) -> None:
        """Let go of files and threads."""
        with self._writing:
            self._show(Snapshot((), {}))
            self._store.close()
            if self._spare is not None:
                folder, store = self._spare
                store.close()
                folder.cleanup()
                self._spare = None

    def _refresh(
        self, wanted: Mapping[str, Source], progress: Progress | None, *, afresh: bool
    ) -> int:
        before = self._snapshot
        if not afresh:
            now = Snapshot(before.leaves, wanted, before)
            if not now.missing and before.sources and self._spare is None:
                self._show(now)  # nothing to write: what is gone is passed over
                return len(before.sources.keys() - wanted.keys())
        try:
            return self._bring_up(self._store, wanted, progress, afresh=afresh)
        except (LockError, OSError):
            if self._spare is None:
                folder = tempfile.TemporaryDirectory(prefix="studygroup-index-")
                self._spare = folder, Store(Path(folder.name))
            return self._bring_up(self._spare[1], wanted, progress, afresh=afresh)

    def _bring_up(
        self,
        store: Store,
        wanted: Mapping[str, Source],
        progress: Progress | None,
        *,
        afresh: bool,
    ) -> int:
        """Bring an index up to `wanted`, from nothing if need be, and search in it."""
        store.prepare()
        with locked(store.folder / "lock", self._lock_wait):
            if not afresh:
                try:
                    if store.open():
                        return self._write(store, wanted, progress)
                except DAMAGE:
                    store.close()
            store.create()
            return self._write(store, wanted, progress)

    def _write(self, store: Store, wanted: Mapping[str, Source], progress: Progress | None) -> int:
        """Write what is missing, a batch at a time; each is searched as soon as it is there.

        What has grown out of shape is written anew when all of it can be found.
        """
        before = self._snapshot
        state = Snapshot(store.leaves(), wanted, before)
        held = {one.key for leaf in state.leaves for one in leaf.held}
        changed = len(state.missing) + len(held - wanted.keys())
        self._show(state)
        for batch in batches(state.missing):
            store.add(batch, state.forsaken())
            state = Snapshot(store.leaves(), wanted, state)
            self._show(state)
            if progress is not None:
                progress(1 - len(state.missing) / (len(wanted) or 1))
        again, outgrown = state.outgrown()
        if outgrown:
            store.add(again, outgrown)
            self._show(Snapshot(store.leaves(), wanted, state))
        return changed

    def _show(self, snapshot: Snapshot) -> None:
        """Let searches go to this state from now on."""
        with self._reading:
            self._snapshot = snapshot

    def _on_snapshot(self, ask: Callable[[Snapshot], Results]) -> Results:
        """Return what `ask` answers; where the index turns out to be damaged, rebuild it first."""
        with self._reading:
            asked = self._snapshot
            try:
                return ask(asked)
            except DAMAGE:
                pass
        with self._writing:
            if self._snapshot is asked:
                self._refresh(asked.sources, None, afresh=True)
        with self._reading:
            return ask(self._snapshot)


def _search(
    snapshot: Snapshot, query: Query, filters: Filters, limit: int, near: str, *, typing: bool
) -> Results:
    deadline = monotonic() + TIME_LIMIT
    best, tally = snapshot.answer(query, filters, limit, near, deadline)
    snippets = Snippets(query)
    if snapshot.missing:
        read = list(scan(query, filters, snapshot.missing, monotonic() + SCAN_LIMIT))
        best = [*best, *(Ranked(document, 0.0) for document in read)][:limit]
        tally.total += len(read)
        for document in read:
            tally.kinds[document.kind] += 1
    hits = tuple(Hit(d, *snippets.of(d), round(score, 4)) for d, score in best)
    return Results(
        query.text,
        hits,
        tally.total,
        tally.kinds,
        _suggest(snapshot, query, tally.everything, deadline, typing=typing),
        readings=dict(tally.readings),
        readers=dict(tally.readers),
        indexed=1 - len(snapshot.missing) / (len(snapshot.sources) or 1),
        everything=max(tally.everything, tally.total),
    )


def _suggest(
    snapshot: Snapshot, query: Query, total: int, deadline: float, *, typing: bool
) -> str | None:
    """Return a query that finds more, where this one finds nothing or little."""
    if total > LITTLE:
        return None

    def ask(text: str) -> tuple[Query, bool]:
        other = parse(text, typing=typing)
        return other, snapshot.answer(other, NO_FILTERS, 1, "", deadline).tally.total > total

    text = suggestion(query, snapshot.leaves, little=total > 0)
    if text is not None and ask(text)[1]:
        return text
    if total or snapshot.missing:
        return None
    return recalled(query, snapshot.leaves, ask, deadline)


@lru_cache(maxsize=4)
def _highlighter(query: str, typing: bool, language: str) -> Highlighter:
    return Highlighter(parse(query, typing=typing), language)
