"""Searching a study: an index that is brought up to date whenever something is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Lock, Thread

from studygroup.core.errors import StudygroupError
from studygroup.core.finding.concordance import MOST_PLACES, Line, Order, concordance
from studygroup.core.finding.documents import Sources
from studygroup.core.finding.search import (
    HIT_KINDS,
    Document,
    Filters,
    Progress,
    Results,
    SearchIndex,
    Spans,
)
from studygroup.core.meeting.session import Session
from studygroup.core.study import Study

EVERYTHING = Filters()
DEFAULT_LIMIT = 30
PATIENCE = 0.05
"""Seconds that a search waits for another thread to bring the index up to date."""


class Finder:
    """Search over a study's texts, prompts, notes and minutes; safe to call from any thread.

    The index is opened by the first search. `study` and `sessions` give what is searched; as long
    as they give the same values, the index is taken as it is.
    """

    def __init__(
        self,
        open_index: Callable[[], SearchIndex],
        study: Callable[[], Study],
        sessions: Callable[[], tuple[Session, ...]],
    ) -> None:
        self._open_index = open_index
        self._study = study
        self._sessions = sessions
        self._index: SearchIndex | None = None
        self._indexed: tuple[Study, tuple[Session, ...]] | None = None
        self._sources = Sources()
        self._opening = Lock()
        self._refreshing = Lock()
        self._share = 0.0

    def search(
        self,
        query: str,
        *,
        filters: Filters = EVERYTHING,
        limit: int = DEFAULT_LIMIT,
        typing: bool = False,
        near: str = "",
    ) -> Results:
        """Return the best `limit` hits for `query` (see `SearchIndex.search`).

        While another thread brings the index up to date, what is there already is searched.
        """
        index = self._ready(patience=PATIENCE)
        found = index.search(query, filters=filters, limit=limit, typing=typing, near=near)
        return found if self._indexed else replace(found, indexed=min(found.indexed, self._share))

    def concordance(
        self, query: str, *, filters: Filters = EVERYTHING, order: Order = "study"
    ) -> list[Line]:
        """Return every place of `query` with the words around it (see `core.finding.concordance`).

        Of more than `MOST_PLACES` documents, those that answer best.
        """
        hits = self.search(query, filters=filters, limit=MOST_PLACES).hits
        rank = _ranks(self._study())
        documents = sorted((hit.document for hit in hits), key=lambda d: _standing(d, rank))

        def marks(document: Document) -> Spans:
            return self.marks(query, document.body, language=document.language)

        return concordance(documents, marks, order)

    def marks(self, query: str, text: str, *, typing: bool = False, language: str = "en") -> Spans:
        """Return the spans of `text` that answer `query`, in order and not overlapping."""
        return self._opened().marks(query, text, typing=typing, language=language)

    @property
    def share(self) -> float:
        """How much of the study has been ready to be searched, from 0 to 1, since it was opened."""
        return self._share

    def prepare(self, progress: Progress | None = None) -> None:
        """Bring the index up to date, so that the next search need not."""
        self._ready(progress=progress)

    def prepare_beside(self, failed: Callable[[Exception], None]) -> None:
        """Begin to bring the index up to date in a thread, unless one is at it; return at once.

        From then on searches find what is there already. The program does not wait for the thread
        when it ends: an index that is half written stays good. What goes wrong is handed to
        `failed`, in that thread.
        """
        if not self._refreshing.acquire(blocking=False):
            return

        def run() -> None:
            try:
                self._refresh(None)
            except (StudygroupError, OSError) as error:
                failed(error)
            finally:
                self._refreshing.release()

        Thread(target=run, name="prepare-search", daemon=True).start()

    def close(self) -> None:
        """Let go of the index's files, unless a thread writes them: it ends with the program."""
        if not self._refreshing.acquire(timeout=PATIENCE):
            return
        try:
            with self._opening:
                if self._index is not None:
                    self._index.close()
                self._index = self._indexed = None
        finally:
            self._refreshing.release()

    def _ready(self, *, patience: float = -1, progress: Progress | None = None) -> SearchIndex:
        """Return the index, up to date unless another thread is at it for more than `patience`."""
        index = self._opened()
        if self._refreshing.acquire(timeout=patience):
            try:
                self._refresh(progress)
            finally:
                self._refreshing.release()
        return index

    def _refresh(self, progress: Progress | None) -> None:
        """Bring the index up to date; by whom the lock is held."""
        now = (self._study(), self._sessions())
        if self._indexed is not None and _same(now, self._indexed):
            return

        def tell(share: float) -> None:
            self._share = max(self._share, share)
            if progress is not None:
                progress(share)

        self._opened().refresh(self._sources.of(*now), tell)
        self._indexed, self._share = now, 1.0

    def _opened(self) -> SearchIndex:
        with self._opening:
            if self._index is None:
                self._index = self._open_index()
            return self._index


def _ranks(study: Study) -> dict[tuple[str, str], int]:
    """Return the place of each section in the study's order; "" is the reading as a whole."""
    sections = (
        (reading.slug, section_id)
        for reading in study.readings
        for section_id in ("", *(section.id for section in reading.sections))
    )
    return {section: number for number, section in enumerate(sections)}


def _standing(
    document: Document, rank: dict[tuple[str, str], int]
) -> tuple[int, int, int, str, int]:
    """Return what documents are sorted by to stand as they do in the study."""
    place = rank.get((document.reading, document.section), len(rank))
    kind = HIT_KINDS.index(document.kind)
    return place, kind, document.paragraph or 0, document.path, document.line


def _same(one: tuple[Study, tuple[Session, ...]], other: tuple[Study, tuple[Session, ...]]) -> bool:
    """Tell whether study and sessions are the very same values: a reload makes new ones."""
    return (
        one[0] is other[0]
        and len(one[1]) == len(other[1])
        and all(a is b for a, b in zip(one[1], other[1], strict=True))
    )
