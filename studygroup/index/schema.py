"""What the Whoosh index holds: batches, each a Whoosh document whose postings are packed arrays.

Whoosh keeps the table of words and their postings on disk, commits them whole or not at all, and
finds a word's postings. One posting of ours has all the places of a word in thousands of documents
at once, so that a search takes as many steps as there are batches and not as there are places.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec

from studygroup.core.labels import Label
from studygroup.core.search import HitKind
from studygroup.index.batch import Batch, Scope, pack

SCHEMA_VERSION = 4
"""Raised whenever what is written changes in any way: older indexes are then rebuilt."""

AXIS = "axis"
STARTS = "starts"


class Posting(NamedTuple):
    """What one posting holds: a word (or a name), and bytes."""

    text: str
    packed: bytes


class Held(NamedTuple):
    """That a batch holds a source: its key and digest, and how many documents it has."""

    key: str
    digest: str
    size: int


class Packed(fields.FieldType):  # type: ignore[misc]
    """A field that is given its postings ready made."""

    def __init__(self) -> None:
        self.format = formats.Format()
        self.scorable = self.stored = self.unique = False
        self.vector = None

    def index(
        self, value: Iterable[Posting], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's postings: (word, frequency, weight, value)."""
        for text, packed in value:
            yield text.encode("utf-8"), 1, 1.0, packed


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's file format, uncompressed, without the field lengths that this index has no use for.

    Writing them asks the disk once for every posting, which is most of the time it takes to build.
    """

    length_stats = False

    def __init__(self) -> None:
        super().__init__(compression=0)


def schema() -> fields.Schema:
    """Return the index's schema.

    `head` is what is read of a batch when it is opened (see `Head`). `word` has every word as it
    stands, hyphenated ones also whole; `initial`, `label`, `language` and `scope` have the
    documents of the beginning of a word, of a label, and so on; `part` has the batch's own arrays.
    """
    return fields.Schema(
        head=fields.STORED,
        word=Packed(),
        initial=Packed(),
        label=Packed(),
        language=Packed(),
        scope=Packed(),
        part=Packed(),
    )


class Head(NamedTuple):
    """What is read of a batch when it is opened, in types that need nothing imported to be read.

    `held` has the key, digest and size of each source; `words` are the batch's words in order,
    joined by line ends; `titles` has the documents with a word in their title, as bytes; `scopes`
    are the parts of each scope; see `Batch` for the others.
    """

    held: list[tuple[str, str, int]]
    words: str
    wholes: list[str]
    families: dict[str, dict[str, str]]
    titles: dict[str, bytes]
    labels: list[Label]
    scopes: list[tuple[HitKind, str, str]]


def fields_of(sources: Iterable[Held], batch: Batch) -> dict[str, Any]:
    """Return what is written of a batch of these sources, by the names of the schema."""
    head = Head(
        [(one.key, one.digest, one.size) for one in sources],
        "\n".join(batch.words),
        batch.wholes,
        {language: dict(stems) for language, stems in batch.families.items()},
        {word: having.tobytes() for word, having in batch.titles.items()},
        list(batch.labels),
        [(one.kind, one.reading, one.reader) for one in batch.scopes],
    )
    return {
        "head": tuple(head),
        "word": [
            Posting(word, pack(found))
            for word, found in zip(batch.words, batch.occurrences, strict=True)
        ],
        "initial": _postings(batch.initials),
        "label": _postings({label_text(one): having for one, having in batch.labels.items()}),
        "language": _postings(batch.languages),
        "scope": _postings({scope_text(one): having for one, having in batch.scopes.items()}),
        "part": [Posting(AXIS, batch.axis.tobytes()), Posting(STARTS, batch.starts.tobytes())],
    }


def scope_text(scope: Scope) -> str:
    """Return a scope as the text of a posting."""
    return "\t".join(scope)


def _postings(documents: Mapping[str, array[int]]) -> list[Posting]:
    return [Posting(text, having.tobytes()) for text, having in documents.items()]


def label_text(label: Label) -> str:
    """Return a label as the text of a posting."""
    return f"{label[0]}\t{label[1]}"
