"""Searching the study: what is searched, what a hit is, and the port an index implements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

HitKind = Literal["text", "prompt", "note", "minutes"]
Spans = tuple[tuple[int, int], ...]
"""Half-open character spans."""
HIT_KINDS: tuple[HitKind, ...] = ("text", "prompt", "note", "minutes")


@dataclass(frozen=True, slots=True)
class Document:
    """One searchable thing: a paragraph, a prompt, a note, or an entry of a session's minutes.

    `key` is unique in the study and stable while its content stands. `digest` changes with whatever
    is indexed of it: `title` and `body`, both plain text. `section` is an id, "" for the whole
    reading. `path` and `line` say where it stands on disk, relative to the study.
    """

    key: str
    kind: HitKind
    reading: str
    section: str
    section_title: str
    body: str
    digest: str
    path: str
    line: int
    paragraph: int | None = None
    by: str | None = None
    title: str = ""
    session: str | None = None


def is_place(document: Document) -> bool:
    """Tell whether a document is something to talk about, a prompt or heading, not to be quoted."""
    return document.kind == "prompt" or (document.kind == "text" and document.paragraph is None)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers a query.

    `snippet` is plain text cut at words around the match; `marks` are the half-open character spans
    of the matches in it, a phrase being one. `score` orders hits, higher first.
    """

    document: Document
    snippet: str
    marks: Spans
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; empty means everything."""

    kinds: frozenset[HitKind] = frozenset()
    reading: str | None = None
    reader: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query: `total` and `counts` go beyond the hits that are shown.

    `query` is the text as typed: whoever shows results compares it with what is asked now. `total`
    counts all hits; `counts` those of each kind, before they are narrowed to some kinds, so that
    one sees what the others would give. `suggestion` is a query that finds something, where this
    one finds nothing. `took_ms` is the search's own time in milliseconds.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[HitKind, int] = field(default_factory=lambda: dict.fromkeys(HIT_KINDS, 0))
    suggestion: str | None = None
    took_ms: float = 0.0


class SearchIndex(Protocol):
    """The port to a full-text index. Implementations are safe to call from several threads."""

    def refresh(self, documents: Iterable[Document]) -> int:
        """Make the index hold exactly `documents`; return how many had to be written or removed.

        What did not change (by key and digest) costs nothing but the comparison.
        """
        ...

    def search(self, query: str, *, filters: Filters, limit: int, typing: bool = False) -> Results:
        """Return the best `limit` hits for `query`; any text is a valid query (see `core.query`).

        With `typing`, the word at the very end also stands for the words that begin so.
        """
        ...

    def marks(self, query: str, text: str, *, typing: bool = False) -> Spans:
        """Return the spans of `text` that answer `query`, in order and not overlapping."""
        ...

    def close(self) -> None:
        """Let go of files and threads."""
        ...
