"""A leaf: one batch of the index as it is read, each thing when it is first asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import accumulate, chain, compress, count
from typing import Any
from weakref import finalize

from whoosh.reading import TermNotFound

from studygroup.core.finding.labels import Label, LabelName
from studygroup.core.finding.query import MAX_WORDS, Term
from studygroup.index.batch import (
    INITIALS,
    NOWHERE,
    GroupName,
    Occurrences,
    Places,
    Scope,
    groups_of,
    numbers,
    unpack,
)
from studygroup.index.bits import Bits, bits_of, unpack_bits
from studygroup.index.blocks import Blocks
from studygroup.index.kept import Kept
from studygroup.index.schema import (
    AXIS,
    SCOPE_OF,
    STARTS,
    Head,
    Held,
    Turned,
    family_text,
    key_of,
    label_text,
    name_of,
    read_head,
)

MOST_KEPT = 48_000_000
"""About how many bytes of what was read of all leaves together are kept in memory."""
_MEMBER = 60
"""About how many bytes an entry of a table of numbers takes."""

_NUMBERS = count()

Counts = Mapping[int, int]
"""How often something stands in each document that has it, by ordinal."""


@dataclass(frozen=True, slots=True)
class Met:
    """How a term is met in a leaf.

    `having` is every document in which the term is met at all. `relatives` are the words of the
    same stem. `counts` says how often its words stand together, where they are several.
    """

    having: Bits
    relatives: Sequence[str]
    counts: Counts | None = None


class Leaf:
    """One batch of documents, read by one thread at a time.

    A document is known by its ordinal in the batch. What was read of a word is `kept`, with what
    was read of other leaves, so that the next letter typed costs only its own word.
    """

    def __init__(
        self,
        name: str,
        head: Head,
        read_block: Callable[[int], bytes],
        kept: Kept | None = None,
    ) -> None:
        self.name = name
        self.head = head
        self._blocks = Blocks(head.firsts, read_block)
        self.held = [Held(*one) for one in self.head.held]
        self.scopes = [Scope(*one) for one in self.head.scopes]
        self._ends = list(accumulate(one.size for one in self.held))
        self._kept = Kept(MOST_KEPT) if kept is None else kept
        self._number = next(_NUMBERS)  # names may come again, in another folder

    @classmethod
    def on_disk(cls, name: str, reader: Any, kept: Kept) -> Leaf:
        """Return the batch that a Whoosh segment holds."""
        head = read_head(_posting(reader, "head", 0))
        leaf = cls(name, head, partial(_posting, reader, "block"), kept)
        finalize(leaf, reader.close)  # whoever still searches an older state reads on
        return leaf

    @cached_property
    def held_at(self) -> Mapping[str, int]:
        """Where in `held` each source is, by its key."""
        return {one.key: at for at, one in enumerate(self.held)}

    @property
    def size(self) -> int:
        """How many documents the batch has."""
        return self._ends[-1] if self._ends else 0

    def holder(self, ordinal: int) -> tuple[int, int]:
        """Return which of `held` has a document, and as which of its own."""
        at = bisect_right(self._ends, ordinal)
        return at, ordinal - (self._ends[at] - self.held[at].size)

    def ordinals(self, at: int) -> range:
        """Return the documents of one of `held`."""
        return range(self._ends[at] - self.held[at].size, self._ends[at])

    @cached_property
    def words(self) -> list[str]:
        """All words of the batch, in order."""
        return self.head.words.split("\n") if self.head.words else []

    @cached_property
    def axis(self) -> array[int]:
        """At each place of the batch the rank of its word plus one (see `Batch`).

        Beyond its end are gaps enough for the longest phrase.
        """
        return numbers(self._value("part", AXIS)) + array("I", bytes(4 * MAX_WORDS))

    @cached_property
    def starts(self) -> array[int]:
        """The place where each document begins, and the end of the axis."""
        return numbers(self._value("part", STARTS))

    @cached_property
    def scope_of(self) -> array[int]:
        """For each document which of `scopes` it is in."""
        return numbers(self._value("part", SCOPE_OF))

    @property
    def wholes(self) -> Collection[str]:
        """The words that somewhere stand as what hyphenated parts make together."""
        return self.head.wholes

    @property
    def languages(self) -> Collection[str]:
        """The languages of its documents."""
        return self.head.languages

    def document_at(self, place: int) -> int:
        """Return the document at a place of the axis."""
        return bisect_right(self.starts, place) - 1

    def rank(self, word: str) -> int:
        """Return the rank of a word plus one, 0 where the batch does not have it."""
        at = bisect_left(self.words, word)
        return at + 1 if at < len(self.words) and self.words[at] == word else 0

    def ranks(self, prefix: str) -> range:
        """Return the ranks, plus one, of all words that begin so."""
        start = bisect_left(self.words, prefix)
        end = bisect_left(self.words, prefix + "\U0010ffff", start)
        return range(start + 1, end + 1)

    def beginning(self, prefix: str) -> list[str]:
        """Return the words that begin so, in order."""
        ranks = self.ranks(prefix)
        return self.words[ranks.start - 1 : ranks.stop - 1]

    def occurrences(self, word: str) -> Occurrences:
        """Return where a word stands."""

        def read() -> Occurrences:
            if self.head.values is not None:
                rank = self.rank(word)
                return self._places.of(rank) if rank else NOWHERE
            packed = self._value("word", word)
            return unpack(packed) if packed else NOWHERE

        return self._kept.get((self._number, "occurrences", word), read, _size_of_occurrences)

    def having(self, word: str) -> Bits:
        """Return the documents that have a word."""
        return self._keep("word", word, lambda: self.bits(self.occurrences(word).documents))

    def often(self, word: str, times: int) -> Bits:
        """Return the documents that have a word at least so often."""
        if times == 1:
            return self.having(word)
        found = self.occurrences(word)

        def often_enough() -> Bits:
            return self.bits([*compress(found.documents, found.counts.translate(_enough(times)))])

        return self._keep(f"{times} times", word, often_enough)

    def counts(self, word: str, within: Collection[int]) -> Counts:
        """Return how often a word stands in those documents `within` that have it."""
        documents, counts, _ = self.occurrences(word)
        if len(documents) < 4 * len(within):
            held = zip(documents, counts, strict=True)
            return {number: count for number, count in held if number in within}
        found = {}
        for number in within:
            at = bisect_left(documents, number)
            if at < len(documents) and documents[at] == number:
                found[number] = counts[at]
        return found

    def family(self, language: str, stem: str) -> list[str]:
        """Return the words that have a stem in documents of a language."""
        return self._value("family", family_text(language, stem)).decode().split()

    def speaking(self, language: str) -> Bits:
        """Return the documents in a language."""
        return self._documents("language", language)

    def in_title(self, text: str) -> Bits:
        """Return the documents that have a word or a stem in their title."""
        return self._documents("title", text)

    def starting(self, prefix: str) -> Bits:
        """Return the documents that have a word that begins so."""
        if len(prefix) <= INITIALS and self.head.values is None:
            return self._documents("initial", prefix)

        def any_of() -> Bits:
            found = (self.occurrences(word).documents for word in self.beginning(prefix))
            return self.bits(list(chain.from_iterable(found)))

        return self._keep("prefix", prefix, any_of)

    def labelled(self, label: Label) -> Bits:
        """Return the documents that have a label."""
        return self._documents("label", label_text(label))

    def bits(self, documents: Sequence[int]) -> Bits:
        """Return these documents as a set."""
        return bits_of(documents, self.size)

    def scope(self, ordinal: int) -> Scope:
        """Return the scope that a document is in."""
        return self.scopes[self.scope_of[ordinal]]

    @cached_property
    def groups(self) -> Mapping[tuple[GroupName, str], Bits]:
        """The documents that are counted under each kind, reading and reader."""
        groups = dict.fromkeys(chain.from_iterable(map(groups_of, self.scopes)))
        return {one: unpack_bits(self._value(*one), self.size) for one in groups}

    def labels(self, name: LabelName) -> Iterator[Label]:
        """Yield the labels of that name that any document has."""
        return (label for label in self.head.labels if label[0] == name)

    def met(self, term: Term, meet: Callable[[], Met]) -> Met:
        """Return how a term is met: as it was when last asked, else as `meet` says.

        Where the term was typed makes no difference.
        """
        return self._kept.get((self._number, *_meaning(term)), meet, _size_of_met)

    def forget(self, term: Term) -> None:
        """Keep no longer how a term is met."""
        self._kept.drop((self._number, *_meaning(term)))

    @cached_property
    def _places(self) -> Places:
        wholes = {word: numbers(packed) for word, packed in self.head.wholes.items()}
        return Places(self.words, self.starts, self.axis, wholes)

    def _documents(self, field: str, text: str) -> Bits:
        return self._keep(field, text, lambda: unpack_bits(self._value(field, text), self.size))

    def _keep(self, field: str, text: str, find: Callable[[], Bits]) -> Bits:
        return self._kept.get((self._number, field, text), find, _size_of_bits)

    def _value(self, field: str, text: str) -> bytes:
        key = key_of(field, text)
        if self.head.values is not None:
            return self.head.values.get(key, b"")
        return self._blocks.value(key)


def unwritten(batch: Turned) -> Leaf | None:
    """Return a small batch as it is read before it is written; None where it is not all head."""
    return None if batch.head.values is None else Leaf("", batch.head, batch.blocks.__getitem__)


def _posting(reader: Any, field: str, number: int) -> bytes:
    """Return a posting. Raises LookupError where it is gone: the index is damaged."""
    try:
        packed: bytes = reader.postings(field, name_of(number)).value()
    except TermNotFound as error:
        raise LookupError(f"{field} {number} is not in the index") from error
    except Exception as error:
        if type(error) is not Exception:
            raise
        # Whoosh has no kind of its own for a file that does not begin as its postings do.
        raise ValueError(f"{field} {number} cannot be read") from error
    return packed


def _meaning(term: Term) -> tuple[object, ...]:
    return term.words, term.exact, term.prefix, term.hyphenated, term.near


def _size_of_occurrences(found: Occurrences) -> int:
    return 4 * (len(found.documents) + len(found.places)) + len(found.counts)


def _size_of_bits(found: Bits) -> int:
    return _MEMBER + found.bit_length() // 8


def _size_of_met(met: Met) -> int:
    return _size_of_bits(met.having) + _MEMBER * len(met.counts or ())


@cache
def _enough(times: int) -> bytes:
    """Return for each count whether it is at least `times`, as a table to translate counts with."""
    return bytes(count >= times for count in range(256))
