"""Searching without an index: reading what is not in it yet, for as long as there is time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from time import monotonic

from studygroup.core.finding.labels import is_met_by
from studygroup.core.finding.query import Asked, Clause, Query, Term
from studygroup.core.finding.search import Document, Filters, Source
from studygroup.index.snippets import Highlighter


def scan(
    query: Query, filters: Filters, sources: Iterable[Source], deadline: float
) -> Iterator[Document]:
    """Yield the documents of `sources` that answer `query`, until the deadline.

    That is a time of `time.monotonic`.
    """
    reader = _Reader(query)
    for source in sources if query.wanted else ():
        if monotonic() > deadline:
            return
        for document in source.documents():
            scope = (document.kind, document.reading, document.by or "")
            if filters.allow(*scope) and reader.is_answered_by(document):
                yield document


class _Reader:
    def __init__(self, query: Query) -> None:
        self._query = query
        self._highlighter = cache(_highlighter)

    def is_answered_by(self, document: Document) -> bool:
        """Tell by reading it whether a document answers the query."""
        if any(self._meets(document, clause) for clause in self._query.unwanted):
            return False
        return all(
            any(self._meets(document, clause) for clause in group) for group in self._query.wanted
        )

    def _meets(self, document: Document, clause: Clause) -> bool:
        if isinstance(clause, Asked):
            return any(
                name == clause.name and is_met_by(name, clause.value, value, begun=clause.begun)
                for name, value in document.labels
            )
        highlighter = self._highlighter(clause, document.language)
        return bool(highlighter.marks(document.title) or highlighter.marks(document.body))


def _highlighter(term: Term, language: str) -> Highlighter:
    return Highlighter(Query("", ((term,),)), language)
