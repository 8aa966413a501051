"""SQLite's full-text index, FTS5: https://www.sqlite.org/fts5.html."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.engines.engine import HITS, Found, texts, understood
from benchmarks.queries import Asked
from studygroup.core.finding.query import Clause, Term
from studygroup.core.finding.search import Source

_TABLE = """
    create virtual table documents using fts5(
        key unindexed, source unindexed, text,
        tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1 2 3'
    )
"""
_BEST = """
    select key, snippet(documents, 2, '[', ']', '…', 24) from documents
    where documents match ? order by rank limit ?
"""
_COUNT = "select count(*) from documents where documents match ?"


class Fts5Engine:
    """FTS5 with stems, folded accents and indexes of prefixes; it need not wait for the disk."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.db")
        self._database.execute("pragma journal_mode = wal")
        self._database.execute("pragma synchronous = off")
        self._rows: dict[str, range] = {}

    def build(self, sources: Sequence[Source]) -> None:
        """Index all documents in one transaction."""
        self._database.execute(_TABLE)
        for source in sources:
            self._insert(source)
        self._database.commit()

    def use(self, sources: Sequence[Source]) -> None:
        """Nothing is to be done."""

    def update(self, sources: Sequence[Source], changed: Source, found: Found) -> None:
        """Write the documents of a source again. Which rows they have is known."""
        rows = self._rows[changed.key]
        self._database.executemany("delete from documents where rowid = ?", [(r,) for r in rows])
        self._insert(changed)
        self._database.commit()
        found()

    def search(self, asked: Asked) -> int:
        """Return how many documents match, after reading the best."""
        match = _match(asked)
        if not match:
            return 0
        self._database.execute(_BEST, (match, HITS)).fetchall()
        (count,) = self._database.execute(_COUNT, (match,)).fetchone()
        return int(count)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _insert(self, source: Source) -> None:
        found = [(key, source.key, text) for key, text in texts(source)]
        cursor = self._database.executemany("insert into documents values (?, ?, ?)", found)
        last: int = cursor.execute("select max(rowid) from documents").fetchone()[0] or 0
        self._rows[source.key] = range(last - len(found) + 1, last + 1)


def _match(asked: Asked) -> str:
    query = understood(asked)
    wanted = [" OR ".join(map(_term, group)) for group in query.wanted]
    match = " AND ".join(f"({one})" for one in wanted)
    if match and query.unwanted:
        match = f"({match}) NOT ({' OR '.join(map(_term, query.unwanted))})"
    return match


def _term(clause: Clause) -> str:
    if not isinstance(clause, Term):
        raise TypeError("a label is no matter of the words")
    words = " ".join(clause.words)
    return f'"{words}"{"*" if clause.prefix else ""}'
