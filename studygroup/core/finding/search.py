"""Searching the study: what is searched, what a hit is, and the port an index implements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from studygroup.core.finding.labels import Label

HitKind = Literal["text", "prompt", "note", "minutes"]
Spans = tuple[tuple[int, int], ...]
"""Half-open character spans."""
HIT_KINDS: tuple[HitKind, ...] = ("text", "prompt", "note", "minutes")


@dataclass(frozen=True, slots=True)
class Document:
    """One searchable thing: a paragraph, a prompt, a note, or an entry of a session's minutes.

    `key` is unique in the study and stable while its content stands. Words are found in `title` and
    `body`, both plain text in `language` (a two-letter code), and what it can be narrowed by in
    `labels`. `section` is an id, "" for the whole reading. `path` and `line` say where it stands on
    disk, relative to the study.
    """

    key: str
    kind: HitKind
    reading: str
    section: str
    section_title: str
    body: str
    path: str
    line: int
    paragraph: int | None = None
    by: str | None = None
    title: str = ""
    session: str | None = None
    language: str = "en"
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Documents that change together, mostly those of one file.

    `key` is unique in the study. `digest` changes with anything of its documents that an index
    holds: their number, titles, bodies, languages and labels. They are made when they are asked
    for, and each time anew: whoever needs them again keeps them.
    """

    key: str
    digest: str
    documents: Callable[[], tuple[Document, ...]]


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

    def allow(self, kind: HitKind, reading: str, reader: str) -> bool:
        """Tell whether a document of that kind, of a reading and by a reader ("": none) passes."""
        return (
            (not self.kinds or kind in self.kinds)
            and (self.reading is None or reading == self.reading)
            and (self.reader is None or reader.casefold() == self.reader.casefold())
        )


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query: `total` and `counts` go beyond the hits that are shown.

    `query` is the text as typed: whoever shows results compares it with what is asked now. `total`
    counts all hits; `counts` those of each kind, `readings` those of each reading (by slug) and
    `readers` those by each person, each before they are narrowed by that very thing, so that one
    sees what the others would give. `suggestion` is a query that finds something, or more, where
    this one finds nothing, or little. `took_ms` is the search's own time in milliseconds. `indexed`
    is the share of the study, from 0 to 1, that could be searched: below 1 while it is first read.
    `everything` counts the hits there would be if nothing were narrowed.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[HitKind, int] = field(default_factory=lambda: dict.fromkeys(HIT_KINDS, 0))
    suggestion: str | None = None
    took_ms: float = 0.0
    readings: Mapping[str, int] = field(default_factory=dict)
    readers: Mapping[str, int] = field(default_factory=dict)
    indexed: float = 1.0
    everything: int = 0


Progress = Callable[[float], None]
"""Told the share that is done, from 0 to 1."""


class SearchIndex(Protocol):
    """The port to a full-text index. Implementations are safe to call from several threads."""

    def refresh(self, sources: Iterable[Source], progress: Progress | None = None) -> int:
        """Make the index hold exactly `sources`; return how many had to be written or removed.

        What did not change (by key and digest) costs nothing but the comparison. While much is
        written, `progress` is told how far it is, and searches see what is there already.
        """
        ...

    def search(
        self, query: str, *, filters: Filters, limit: int, typing: bool = False, near: str = ""
    ) -> Results:
        """Return the best `limit` hits for `query`; any text is a valid one (see `query.py`).

        With `typing`, the word at the very end also stands for the words that begin so. Of equal
        hits those of the reading `near` come first, then as they stand in the study.
        """
        ...

    def marks(self, query: str, text: str, *, typing: bool = False, language: str = "en") -> Spans:
        """Return the spans of `text` that answer `query`, in order and not overlapping."""
        ...

    def close(self) -> None:
        """Let go of files and threads."""
        ...
