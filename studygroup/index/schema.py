"""What the Whoosh index holds: batches, each a Whoosh document whose postings are packed arrays.

Whoosh keeps postings on disk, commits them whole or not at all, and finds them. One posting of ours
has all the places of many words in thousands of documents at once (see `blocks`), so that a search
takes as many steps as there are batches and not as there are places.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec

from studygroup.core.finding.labels import Label
from studygroup.core.finding.search import HitKind
from studygroup.index.batch import Batch, Places, initials, pack
from studygroup.index.blocks import in_blocks

SCHEMA_VERSION = 9
"""Raised whenever what is written changes in any way: older indexes are then rebuilt."""

SMALL = 256
"""A batch of fewer documents is small: it is soon written again."""

AXIS = "axis"
STARTS = "starts"
SCOPE_OF = "scope of"


class Held(NamedTuple):
    """That a batch holds a source: its key and digest, and how many documents it has."""

    key: str
    digest: str
    size: int


class Packed(fields.FieldType):  # type: ignore[misc]
    """A field whose postings are bytes, known by their numbers from 0 on."""

    def __init__(self) -> None:
        self.format = formats.Format()
        self.scorable = self.stored = self.unique = False
        self.vector = None

    def index(
        self, value: Iterable[bytes], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's postings: (word, frequency, weight, value)."""
        for number, packed in enumerate(value):
            yield name_of(number).encode("ascii"), 1, 1.0, packed


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's file format, uncompressed, without the field lengths that this index has no use for.

    Writing them asks the disk once for every posting, which is most of the time it takes to build.
    """

    length_stats = False

    def __init__(self) -> None:
        super().__init__(compression=0)


def schema() -> fields.Schema:
    """Return the index's schema.

    `head` is what is read of a batch when it is opened (see `Head`), `block` all else, with keys as
    `key_of` makes them: `word` has every word as it stands, hyphenated ones also whole; `initial`,
    `label` and `language` have the documents of the beginning of a word, of a label, and so on;
    `part` has the batch's own arrays.
    """
    return fields.Schema(head=Packed(), block=Packed())


def name_of(number: int) -> str:
    """Return what Whoosh knows the posting of that number by."""
    return str(number)


class Head(NamedTuple):
    """What is read of a batch when it is opened, in plain types.

    `held` has the key, digest and size of each source; `words` are the batch's words in order,
    joined by line ends; `wholes` and `titles` have places and documents as bytes; `scopes` are the
    parts of each scope; `firsts` are the first keys of the blocks; see `Batch` for the others. A
    small batch has no blocks: its values are here, by key.
    """

    held: list[tuple[str, str, int]]
    words: str
    wholes: dict[str, bytes]
    families: dict[str, dict[str, str]]
    titles: dict[str, bytes]
    labels: list[Label]
    scopes: list[tuple[HitKind, str, str]]
    firsts: list[str]
    values: dict[str, bytes] | None


def fields_of(sources: Sequence[Held], batch: Batch) -> dict[str, list[bytes]]:
    """Return what is written of a batch of these sources, by the names of the schema.

    A small batch is written quickly, for it is soon written again with others: what its words have
    is made of its axis when it is read, and what else it has stands in its head.
    """
    small = sum(one.size for one in sources) < SMALL
    values = dict(_values(batch))
    blocks = [] if small else list(in_blocks([*values.items(), *_values_of_words(batch)]))
    head = Head(
        [(one.key, one.digest, one.size) for one in sources],
        "\n".join(batch.words),
        {word: places.tobytes() for word, places in batch.wholes.items()},
        {language: dict(stems) for language, stems in batch.families.items()},
        {word: having.tobytes() for word, having in batch.titles.items()},
        list(batch.labels),
        [(one.kind, one.reading, one.reader) for one in batch.scopes],
        [block.first for block in blocks],
        values if small else None,
    )
    packed = pickle.dumps(tuple(head), pickle.HIGHEST_PROTOCOL)
    return {"head": [packed], "block": [block.packed for block in blocks]}


def read_head(packed: bytes) -> Head:
    """Return the head that `fields_of` packed."""
    return Head(*pickle.loads(packed))  # from the user's own folder, as all of Whoosh's tables


def key_of(field: str, text: str) -> str:
    """Return the key of a value: see `schema`."""
    return f"{field}\t{text}"


def label_text(label: Label) -> str:
    """Return a label as the text of a key."""
    return f"{label[0]}\t{label[1]}"


def _values(batch: Batch) -> Iterator[tuple[str, bytes]]:
    """Yield what a batch has beside its words, by key."""
    for label, having in batch.labels.items():
        yield key_of("label", label_text(label)), having.tobytes()
    for language, having in batch.languages.items():
        yield key_of("language", language), having.tobytes()
    scope_of = array("I", bytes(4 * (len(batch.starts) - 1)))
    for number, having in enumerate(batch.scopes.values()):
        for ordinal in having:
            scope_of[ordinal] = number
    for name, found in ((AXIS, batch.axis), (STARTS, batch.starts), (SCOPE_OF, scope_of)):
        yield key_of("part", name), found.tobytes()


def _values_of_words(batch: Batch) -> Iterator[tuple[str, bytes]]:
    """Yield where each word stands, and what begins with each beginning, by key."""
    places = Places(batch.words, batch.starts, batch.axis, batch.wholes)
    found = [places.of(rank) for rank in range(1, len(batch.words) + 1)]
    for word, occurrences in zip(batch.words, found, strict=True):
        yield key_of("word", word), pack(occurrences)
    for initial, having in initials(batch.words, found).items():
        yield key_of("initial", initial), having.tobytes()
