"""A batch: some documents turned inside out, so that each word says where it stands in them all.

The words of a batch's documents stand one after the other on one axis of places: first a title,
then the body, with a gap after each, so that no phrase reaches from one into the next. A word of
several parts stands on the axis part by part; the one word that the parts make together stands at
the place of the first.
"""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from typing import Literal, NamedTuple

from studygroup.core.finding.labels import Label
from studygroup.core.finding.search import Document, HitKind
from studygroup.index.analysis import PART, Form, form, hyphenated

INITIALS = 3
"""Beginnings of words up to this many letters have the documents ready in which they stand."""

_GAP = 0
_MOST_COUNTED = 255
_COUNT = struct.Struct("<I")


class Occurrences(NamedTuple):
    """Where a word stands in a batch.

    `documents` are the ordinals of the documents that have it, ascending; `counts` how often each
    has it (255 for more); `places` all its places on the axis, ascending.
    """

    documents: array[int]
    counts: bytes
    places: array[int]


class Scope(NamedTuple):
    """What results are counted and filtered by; where a document has no reader that is ""."""

    kind: HitKind
    reading: str
    reader: str


GroupName = Literal["kind", "reading", "reader"]
"""What documents are counted by."""


class Batch(NamedTuple):
    """Some documents turned inside out.

    `starts` are the places at which its documents begin, and the end of the axis. `words` are in
    order. `axis` has at each place the rank of its word in `words` plus one, 0 for a gap. `wholes`
    has the places of the words that hyphenated parts make together; the axis has the first part
    there. `titles` has the documents with a word, or a stem, in their title. `families` has for
    each language the words of a stem, joined by spaces; `languages` the documents in it, `scopes`
    those of a scope, and `labels` those that have a label.
    """

    starts: array[int]
    words: list[str]
    axis: array[int]
    wholes: Mapping[str, array[int]]
    titles: Mapping[str, array[int]]
    families: Mapping[str, Mapping[str, str]]
    languages: Mapping[str, array[int]]
    scopes: Mapping[Scope, array[int]]
    labels: Mapping[Label, array[int]]


NOWHERE = Occurrences(array("I"), b"", array("I"))


def groups_of(scope: Scope) -> Iterator[tuple[GroupName, str]]:
    """Yield what documents of a scope are counted under."""
    yield "kind", scope.kind
    yield "reading", scope.reading
    if scope.reader:
        yield "reader", scope.reader


def invert(documents: Iterable[Document]) -> Batch:
    """Return `documents` turned inside out."""
    inverter = _Inverter()
    for document in documents:
        inverter.read(document)
    return inverter.done()


def pack(found: Occurrences) -> bytes:
    """Return occurrences as bytes; `unpack` reads them."""
    size = _COUNT.pack(len(found.documents))
    return size + found.documents.tobytes() + found.counts + found.places.tobytes()


def unpack(packed: bytes) -> Occurrences:
    """Return the occurrences that `pack` made bytes of."""
    (size,) = _COUNT.unpack_from(packed)
    at = _COUNT.size + 4 * size
    return Occurrences(
        numbers(packed[_COUNT.size : at]), packed[at : at + size], numbers(packed[at + size :])
    )


def numbers(packed: bytes) -> array[int]:
    """Return an array of numbers from its bytes."""
    found = array("I")
    found.frombytes(packed)
    return found


class _Numbers(dict[str, int]):
    """The number of each word as written, given out when it is first met.

    The inner loop of indexing is a `map` over look-ups here, without a line of Python for words
    that have been met before.
    """

    def __init__(self, language: str, known: dict[str, int], stems: dict[str, set[str]]) -> None:
        super().__init__()
        self.language, self.known, self.stems = language, known, stems

    def __missing__(self, written: str) -> int:
        number = self[written] = self.of(form(written, self.language))
        return number

    def of(self, one: Form) -> int:
        """Return the number of a word, the same in every language."""
        self.stems.setdefault(one.stem, set()).add(one.word)
        return self.known.setdefault(one.word, len(self.known) + 1)


class _Inverter:
    """Reads documents one by one onto the axis, and in the end inverts that."""

    def __init__(self) -> None:
        self.starts = array("I")
        self.axis = array("I")
        self.wholes: list[tuple[str, int]] = []  # a word, and its place
        self.known: dict[str, int] = {}
        self.families: dict[str, dict[str, set[str]]] = {}
        self.numbered: dict[str, _Numbers] = {}
        self.languages: dict[str, list[int]] = {}
        self.titles: dict[str, list[int]] = {}
        self.scopes: dict[Scope, list[int]] = {}
        self.labels: dict[Label, list[int]] = {}

    def read(self, document: Document) -> None:
        """Add a document."""
        ordinal, language = len(self.starts), document.language
        self.starts.append(len(self.axis))
        if language not in self.numbered:
            stems = self.families[language] = {}
            self.numbered[language] = _Numbers(language, self.known, stems)
        numbered = self.numbered[language]
        self.languages.setdefault(language, []).append(ordinal)
        if document.title:
            self._append(document.title, numbered)
            for word in _title_words(document.title, language):
                self.titles.setdefault(word, []).append(ordinal)
        self._append(document.body, numbered)
        scope = Scope(document.kind, document.reading, document.by or "")
        self.scopes.setdefault(scope, []).append(ordinal)
        for label in dict.fromkeys(document.labels):
            self.labels.setdefault(label, []).append(ordinal)

    def done(self) -> Batch:
        """Return the batch of all documents read."""
        self.starts.append(len(self.axis))
        words = sorted(self.known)
        rank = array("I", bytes(4 * (len(words) + 1)))
        for position, word in enumerate(words, 1):
            rank[self.known[word]] = position
        wholes: dict[str, array[int]] = {}
        for word, place in self.wholes:
            wholes.setdefault(word, array("I")).append(place)
        return Batch(
            starts=self.starts,
            words=words,
            axis=array("I", map(rank.__getitem__, self.axis)),
            wholes=wholes,
            titles={word: array("I", having) for word, having in self.titles.items()},
            families={
                language: {stem: " ".join(sorted(words)) for stem, words in stems.items()}
                for language, stems in self.families.items()
            },
            languages={one: array("I", having) for one, having in self.languages.items()},
            scopes={one: array("I", having) for one, having in self.scopes.items()},
            labels={label: array("I", having) for label, having in self.labels.items()},
        )

    def _append(self, text: str, numbered: _Numbers) -> None:
        start = len(self.axis)
        self.axis.extend(map(numbered.__getitem__, PART.findall(text)))
        self.axis.append(_GAP)
        for before, whole in hyphenated(text, numbered.language):
            numbered.of(whole)
            self.wholes.append((whole.word, start + before))


class Places:
    """The places of each word of a batch: the axis, inverted."""

    def __init__(
        self,
        words: Sequence[str],
        starts: array[int],
        axis: array[int],
        wholes: Mapping[str, array[int]],
    ) -> None:
        self._words = words
        self._at = [array("I") for _ in range(len(words) + 1)]
        appends = [places.append for places in self._at]
        for place, rank in enumerate(axis):
            appends[rank](place)
        ranks = {word: rank for rank, word in enumerate(words, 1) if word in wholes}
        for word, places in wholes.items():
            rank = ranks[word]
            self._at[rank] = array("I", sorted({*self._at[rank], *places}))
        self._owner = array("I")
        for ordinal, (start, end) in enumerate(pairwise(starts)):
            self._owner.extend(repeat(ordinal, end - start))

    def of(self, rank: int) -> Occurrences:
        """Return where the word of that rank (plus one) stands."""
        places = self._at[rank]
        having = list(map(self._owner.__getitem__, places))
        once = dict.fromkeys(having)
        if len(once) == len(having):
            return Occurrences(array("I", having), b"\x01" * len(having), places)
        times = Counter(having)
        if max(times.values()) > _MOST_COUNTED:
            times = Counter({ordinal: min(n, _MOST_COUNTED) for ordinal, n in times.items()})
        return Occurrences(array("I", once), bytes(map(times.__getitem__, once)), places)


def initials(words: Iterable[str], found: Iterable[Occurrences]) -> dict[str, array[int]]:
    """Return the documents that have a word that begins so, for short beginnings of words."""
    having: dict[str, set[int]] = {}
    for word, occurring in zip(words, found, strict=True):
        for length in range(1, min(INITIALS, len(word)) + 1):
            having.setdefault(word[:length], set()).update(occurring.documents)
    return {initial: array("I", sorted(numbers)) for initial, numbers in having.items()}


def _title_words(title: str, language: str) -> set[str]:
    found = {text for written in PART.findall(title) for text in form(written, language)}
    for _, whole in hyphenated(title, language):
        found.update(whole)
    return found
