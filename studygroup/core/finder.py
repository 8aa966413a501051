"""Searching a study: an index that is brought up to date whenever something is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from studygroup.core.concordance import MOST_PLACES, Line, Order, concordance
from studygroup.core.documents import Sources
from studygroup.core.search import (
    HIT_KINDS,
    Document,
    Filters,
    Progress,
    Results,
    SearchIndex,
    Spans,
)
from studygroup.core.session import Session
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
        return index.search(query, filters=filters, limit=limit, typing=typing, near=near)

    def concordance(
        self, query: str, *, filters: Filters = EVERYTHING, order: Order = "study"
    ) -> list[Line]:
        """Return every place of `query` with the words around it (see `core.concordance`).

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

    def prepare(self, progress: Progress | None = None) -> None:
        """Bring the index up to date, so that the next search need not."""
        self._ready(progress=progress)

    def close(self) -> None:
        """Let go of the index's files."""
        with self._refreshing, self._opening:
            if self._index is not None:
                self._index.close()
            self._index = self._indexed = None

    def _ready(self, *, patience: float = -1, progress: Progress | None = None) -> SearchIndex:
        """Return the index, up to date unless another thread is at it for more than `patience`."""
        now = (self._study(), self._sessions())
        index = self._opened()
        if self._refreshing.acquire(timeout=patience):
            try:
                if self._indexed is None or not _same(now, self._indexed):
                    index.refresh(self._sources.of(*now), progress)
                    self._indexed = now
            finally:
                self._refreshing.release()
        return index

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
