"""What the Whoosh index holds: batches, each a Whoosh document whose postings are packed arrays.

Whoosh keeps the table of words and their postings on disk, commits them whole or not at all, and
finds a word's postings. One posting of ours has all the places of a word in thousands of documents
at once, so that a search takes as many steps as there are batches and not as there are places.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec

from studygroup.core.labels import Label
from studygroup.core.search import HitKind
from studygroup.index.batch import Batch, Places, Scope, initials, pack

SCHEMA_VERSION = 6
"""Raised whenever what is written changes in any way: older indexes are then rebuilt."""

SMALL = 256
"""A batch of fewer documents is small: it is soon written again."""

HEAD = "head"
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

    `word` has every word as it
    stands, hyphenated ones also whole; `initial`, `label`, `language` and `scope` have the
    documents of the beginning of a word, of a label, and so on; `part` has the batch's own
    arrays, and what is read of it when it is opened (see `Head`).
    """
    return fields.Schema(
        word=Packed(),
        initial=Packed(),
        label=Packed(),
        language=Packed(),
        scope=Packed(),
        part=Packed(),
    )


class Head(NamedTuple):
    """What is read of a batch when it is opened, in plain types.

    `held` has the key, digest and size of each source; `words` are the batch's words in order,
    joined by line ends; `wholes` and `titles` have places and documents as bytes; `scopes` are the
    parts of each scope; see `Batch` for the others. `postings` are those of a small batch, by field
    and text.
    """

    held: list[tuple[str, str, int]]
    words: str
    wholes: dict[str, bytes]
    families: dict[str, dict[str, str]]
    titles: dict[str, bytes]
    labels: list[Label]
    scopes: list[tuple[HitKind, str, str]]
    postings: dict[str, dict[str, bytes]] | None


def fields_of(sources: Sequence[Held], batch: Batch) -> dict[str, list[Posting]]:
    """Return what is written of a batch of these sources, by the names of the schema.

    A small batch is written quickly, for it is soon written again with others: what its words have
    is made of its axis when it is read, and what else it has stands in its head.
    """
    small = sum(one.size for one in sources) < SMALL
    postings = _postings(batch)
    if not small:
        places = Places(batch.words, batch.starts, batch.axis, batch.wholes)
        found = [places.of(rank) for rank in range(1, len(batch.words) + 1)]
        postings["word"] = dict(zip(batch.words, map(pack, found), strict=True))
        postings["initial"] = _packed(initials(batch.words, found))
    head = Head(
        [(one.key, one.digest, one.size) for one in sources],
        "\n".join(batch.words),
        _packed(batch.wholes),
        {language: dict(stems) for language, stems in batch.families.items()},
        _packed(batch.titles),
        list(batch.labels),
        [(one.kind, one.reading, one.reader) for one in batch.scopes],
        postings if small else None,
    )
    written = {} if small else postings
    written.setdefault("part", {})[HEAD] = pickle.dumps(tuple(head), pickle.HIGHEST_PROTOCOL)
    return {name: [Posting(*one) for one in texts.items()] for name, texts in written.items()}


def read_head(packed: bytes) -> Head:
    """Return the head that `fields_of` packed."""
    return Head(*pickle.loads(packed))  # from the user's own folder, as all of Whoosh's tables


def _postings(batch: Batch) -> dict[str, dict[str, bytes]]:
    """Return what a batch has beside its words, by field and text."""
    return {
        "label": _packed({label_text(one): having for one, having in batch.labels.items()}),
        "language": _packed(batch.languages),
        "scope": _packed({scope_text(one): having for one, having in batch.scopes.items()}),
        "part": {AXIS: batch.axis.tobytes(), STARTS: batch.starts.tobytes()},
    }


def _packed(arrays: Mapping[str, array[int]]) -> dict[str, bytes]:
    return {text: found.tobytes() for text, found in arrays.items()}


def scope_text(scope: Scope) -> str:
    """Return a scope as the text of a posting."""
    return "\t".join(scope)


def label_text(label: Label) -> str:
    """Return a label as the text of a posting."""
    return f"{label[0]}\t{label[1]}"
