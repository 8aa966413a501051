"""The words of many readings, and which of them are alike."""

from __future__ import annotations

from collections import defaultdict
from weakref import WeakSet

from studygroup.core.anchoring.likeness import ALIKE_FROM, likeness
from studygroup.core.anchoring.word_table import WordTable, looks


class Lookalikes:
    """Tells which words are alike. It only grows: readings that replace others may share it."""

    def __init__(self) -> None:
        self._by_looks: dict[str, set[str]] = defaultdict(set)
        self._known: set[str] = set()
        self._tables: WeakSet[WordTable] = WeakSet()

    def add(self, table: WordTable) -> None:
        """Add the words of a reading."""
        if table in self._tables:
            return
        self._tables.add(table)
        for word in table.postings.keys() - self._known:
            self._known.add(word)
            for key in looks(word):
                self._by_looks[key].add(word)

    def alike(self, word: str) -> set[str]:
        """Return the words that may stand for another, which is not among them."""
        found = set().union(*(self._by_looks.get(key, ()) for key in looks(word)))
        return {other for other in found - {word} if likeness(word, other) >= ALIKE_FROM}
