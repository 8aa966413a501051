"""Sources for search tests, made of documents."""

from __future__ import annotations

from collections.abc import Iterable

from studygroup.core.finding.search import Document, Source


def each(documents: Iterable[Document]) -> list[Source]:
    """Return a source for each document (of two with one key, for the last)."""
    by_key = {document.key: document for document in documents}
    return [together(document.key, [document]) for document in by_key.values()]


def together(key: str, documents: Iterable[Document]) -> Source:
    """Return one source of all these documents."""
    made = tuple(documents)
    said = [(d.kind, d.reading, d.by, d.title, d.body, d.language, d.labels) for d in made]
    return Source(key, repr(said), lambda: made)
