"""What is asked of an engine that takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.queries import Asked
from studygroup.core.finding.query import Query, parse
from studygroup.core.finding.search import Source

HITS = 20
"""So many hits with snippets are asked for, and how many there are in all."""


Found = Callable[[], None]


class Engine(Protocol):
    """An index on disk. Every engine gets the same documents and answers the same queries."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, which exists, or get ready to make one there."""

    def build(self, sources: Sequence[Source]) -> None:
        """Index all documents, and be ready to search."""
        ...

    def use(self, sources: Sequence[Source]) -> None:
        """Be ready to search what was built, of these sources, in another process."""
        ...

    def update(self, sources: Sequence[Source], changed: Source, found: Found) -> None:
        """Bring the index up to date where one of `sources` has `changed`.

        `found` is called as soon as searches find what is new; more may be tidied up after that.
        """
        ...

    def search(self, asked: Asked) -> int:
        """Make hits with snippets as to be shown, and return how many there are in all."""
        ...

    def close(self) -> None:
        """Let go of files and threads."""
        ...


def understood(asked: Asked) -> Query:
    """Return a query in parts, for engines that write it in a language of their own."""
    return parse(asked.text, typing=asked.typing)


def texts(source: Source) -> Iterable[tuple[str, str]]:
    """Yield key and text of a source's documents: title and body are one field for the peers."""
    for one in source.documents():
        yield one.key, f"{one.title}\n{one.body}" if one.title else one.body
