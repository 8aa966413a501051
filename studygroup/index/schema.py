"""What the Whoosh index holds of a document: its fields, and how positions are packed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec

from studygroup.core.search import Document
from studygroup.index.analysis import compounds

SCHEMA_VERSION = 2
"""Raised whenever what is written changes in any way: older indexes are then rebuilt."""

BODY_START = 1 << 20
"""The position of a body's first word: titles stand before it, too far for a phrase to span."""


class Posting(NamedTuple):
    """One word of a document: the word, its count, and its packed positions (may be empty)."""

    text: str
    times: int
    packed: bytes


class Words(fields.FieldType):  # type: ignore[misc]
    """A field that is given its postings ready made, with packed positions or without."""

    def __init__(self, *, positions: bool) -> None:
        self.format = formats.Format() if positions else formats.Existence()
        self.scorable = self.stored = self.unique = False
        self.vector = None

    def index(
        self, value: Iterable[Posting], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's postings: (word, frequency, weight, value)."""
        for text, times, packed in value:
            yield text.encode("utf-8"), times, float(times), packed


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's file format, uncompressed, without the field lengths that this index has no use for.

    Writing them asks the disk once for every posting, which is most of the time it takes to build.
    """

    length_stats = False

    def __init__(self) -> None:
        super().__init__(compression=0)


def pack(positions: list[int]) -> bytes:
    """Return positions as bytes; `unpack` reads them."""
    return array("I", positions).tobytes()


def unpack(value: bytes) -> list[int]:
    """Return the positions that `pack` made bytes of."""
    return array("I", value).tolist()


def schema() -> fields.Schema:
    """Return the index's schema.

    `id` is a document's key and digest. `word` has every word as it stands, hyphenated ones also
    whole, with positions; `stem` has their stems; `title` has words and stems of the title alone.
    """
    return fields.Schema(
        id=fields.ID(unique=True, sortable=True),
        word=Words(positions=True),
        stem=Words(positions=False),
        title=Words(positions=False),
    )


def document_id(document: Document) -> str:
    """Return what tells one state of a document from every other; keys have no line ends."""
    return f"{document.key}\n{document.digest}"


def postings(document: Document) -> dict[str, object]:
    """Return the fields to write for `document`."""
    places: dict[str, list[int]] = {}
    stems: dict[str, int] = {}
    _read(document.title, 0, places, stems)
    title = {*places, *stems}
    _read(document.body, BODY_START, places, stems)
    return {
        "id": document_id(document),
        "word": [Posting(word, len(at), pack(at)) for word, at in places.items()],
        "stem": [Posting(stem, count, b"") for stem, count in stems.items()],
        "title": [Posting(text, 1, b"") for text in title],
    }


def _read(text: str, start: int, places: dict[str, list[int]], stems: dict[str, int]) -> None:
    """Add the words of `text`, the first of them at position `start`."""
    at = start
    for parts, whole in compounds(text):
        if whole is not None:
            places.setdefault(whole.word, []).append(at)
            stems[whole.stem] = stems.get(whole.stem, 0) + 1
        for word, stem in parts:
            places.setdefault(word, []).append(at)
            stems[stem] = stems.get(stem, 0) + 1
            at += 1
