"""Whoosh as its documentation introduces it: https://whoosh.readthedocs.io/en/latest/quickstart.html."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in, exists_in, open_dir
from whoosh.qparser import QueryParser
from whoosh.query import FuzzyTerm

from benchmarks.engines.engine import HITS, Found, texts, understood
from benchmarks.queries import Asked
from studygroup.core.finding.query import Clause, Term, edits_allowed
from studygroup.core.finding.search import Source

_FIELD = "text"


class PlainWhooshEngine:
    """Whoosh with its own analyzer, writer, searcher and highlighter, left as they are."""

    def __init__(self, folder: Path) -> None:
        where = str(folder)
        schema = Schema(key=ID(stored=True), source=ID, text=TEXT(stored=True))
        self._index: Any = open_dir(where) if exists_in(where) else create_in(where, schema)
        self._parser = QueryParser(_FIELD, schema)
        self._searcher: Any = self._index.searcher()

    def build(self, sources: Sequence[Source]) -> None:
        """Index all documents in one commit."""
        writer = self._index.writer()
        for source in sources:
            _insert(writer, source)
        writer.commit()
        self._searcher = self._searcher.refresh()

    def use(self, sources: Sequence[Source]) -> None:
        """Nothing is to be done."""

    def update(self, sources: Sequence[Source], changed: Source, found: Found) -> None:
        """Write the documents of a source again."""
        writer = self._index.writer()
        writer.delete_by_term("source", changed.key)
        _insert(writer, changed)
        writer.commit()
        self._searcher = self._searcher.refresh()
        found()

    def search(self, asked: Asked) -> int:
        """Return how many documents match, after reading the best."""
        found = self._searcher.search(self._query(asked), limit=HITS)
        for hit in found:
            hit.highlights(_FIELD)
        return len(found)

    def close(self) -> None:
        """Let go of files."""
        self._searcher.close()
        self._index.close()

    def _query(self, asked: Asked) -> Any:
        query = understood(asked)
        if len(query.terms) == 1 and query.terms[0].near:
            word = query.terms[0].words[0].lower()
            return FuzzyTerm(_FIELD, word, maxdist=edits_allowed(word))
        wanted = [f"({' OR '.join(map(_term, group))})" for group in query.wanted]
        unwanted = [f"NOT {_term(one)}" for one in query.unwanted]
        return self._parser.parse(" ".join([*wanted, *unwanted]))


def _insert(writer: Any, source: Source) -> None:
    for key, text in texts(source):
        writer.add_document(key=key, source=source.key, text=text)


def _term(clause: Clause) -> str:
    """Return a term as Whoosh's parser reads it; it knows no phrases that are not finished."""
    if not isinstance(clause, Term):
        raise TypeError("a label is no matter of the words")
    whole = clause.words[:-1] if clause.prefix else clause.words
    parts = [f'"{" ".join(whole)}"'] if whole else []
    if clause.prefix:
        parts.append(f"{clause.words[-1]}*")
    return f"({' '.join(parts)})"
