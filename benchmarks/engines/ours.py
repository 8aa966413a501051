"""This program's own index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.engines.engine import HITS, Found
from benchmarks.queries import Asked
from studygroup.core.finding.search import Filters, Source
from studygroup.index.whoosh_index import WhooshSearchIndex

_EVERYTHING = Filters()


class StudygroupEngine:
    """What the app and the commands search with."""

    def __init__(self, folder: Path) -> None:
        self._index = WhooshSearchIndex(folder)

    def build(self, sources: Sequence[Source]) -> None:
        """Index all documents."""
        self._index.refresh(sources)

    def use(self, sources: Sequence[Source]) -> None:
        """Compare what is on disk with the study, which finds nothing new."""
        self._index.refresh(sources)

    def update(self, sources: Sequence[Source], changed: Source, found: Found) -> None:
        """Compare the whole study with the index, as the app does after every change."""
        self._index.refresh(sources, lambda _: found())

    def search(self, asked: Asked) -> int:
        """Search as the app does: counts and, where little is found, a suggestion are made too."""
        found = self._index.search(asked.text, filters=_EVERYTHING, limit=HITS, typing=asked.typing)
        return found.total

    def close(self) -> None:
        """Let go of files and threads."""
        self._index.close()
