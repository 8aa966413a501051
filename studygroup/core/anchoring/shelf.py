"""A shelf of readings, and which of them a quotation may be from: told by their words at once.

Sets are the bits of one number, so that a few operations on numbers compare all readings together.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import is_

from studygroup.core.anchoring.changed_words import Candidate
from studygroup.core.anchoring.claim import Claim, Token
from studygroup.core.anchoring.common_words import weight
from studygroup.core.anchoring.evidence import CHANGED_FROM
from studygroup.core.anchoring.likeness import ALIKE_FROM, likeness
from studygroup.core.anchoring.stretches import LEAST_TELLING, RARE_LEAST, stretch_of, telling_from
from studygroup.core.anchoring.tally import Tally
from studygroup.core.anchoring.word_table import BLOCK, WordTable, looks
from studygroup.core.reading import Reading

_UNITS = 120
"""In so many parts the whole of what a quotation says is counted."""
_ENOUGH = math.ceil(RARE_LEAST * _UNITS)
_STEP = 4
_SHELVES_MOST = 4
_ANY = re.compile(rb"[^\0]")


class Shelf:
    """Tells which of `readings` are worth looking at; what it leaves out would give nothing.

    What is known of a word is found out when it is first asked for.
    """

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self.readings = readings
        self._same: dict[str, int] = {}
        self._known: dict[str, tuple[float, float, int]] = {}
        self._headed: dict[str, int] = {}

    def with_same(self, claims: Sequence[Claim]) -> list[Reading]:
        """Return the readings that have all the words of one of `claims`."""
        found = 0
        for claim in claims:
            left = self._all
            for index, token in enumerate(claim.tokens):
                if not _is_plain(claim.tokens, index):
                    continue
                left &= self._with(token.word)
                if not left:
                    break
            found |= left
        return self._chosen(found)

    def with_headings(self, claim: Claim) -> list[Reading]:
        """Return the readings whose headings have all the words of a claim."""
        left = self._all
        for token in claim.tokens:
            left &= self._with_heading(token.word)
            if not left:
                break
        return self._chosen(left)

    def with_changed(self, claim: Claim) -> Iterator[Candidate]:
        """Yield the readings where enough of a claim's rare words, or alike ones, come together.

        Of every stretch of words it is told what share of the claim the rare words that it has can
        say at most: each is given the most that it says in any of the readings, and all together
        the least. The readings come in order of what their best stretches can say.
        """
        words = [token.word for token in claim.tokens]
        tally = self._tallied(words, has_cuts=bool(claim.gaps))
        of_reading = dict(self._readings_of(tally.at_least(_ENOUGH)))
        above = level = tally.most()
        while of_reading:
            for index, _ in self._readings_of(tally.at_least(level)):
                if index in of_reading:
                    yield Candidate(index, of_reading.pop(index), above / _UNITS)
            above, level = level - 1, max(_ENOUGH, level - _STEP)

    def may_have_changed(self, words: Sequence[str], *, has_cuts: bool) -> bool:
        """Whether any reading has enough of these words' rare ones, or alike ones, together."""
        return self._tallied(words, has_cuts=has_cuts).most() >= _ENOUGH

    def _tallied(self, words: Sequence[str], *, has_cuts: bool) -> Tally:
        """Return what of all that words say the rare ones in a stretch say at most, by block.

        Nothing is counted where all that there are could not say enough.
        """
        tally = Tally(8 * self._starts[-1])
        known = [self._about(word) for word in words]
        total = sum(least for least, _, _ in known)
        telling = telling_from(len(words))
        rare = [(most, blocks) for _, most, blocks in known if blocks and most >= telling]
        if len(words) < CHANGED_FROM or sum(most for most, _ in rare) < RARE_LEAST * total:
            return tally
        spread = math.ceil((stretch_of(len(words), has_cuts=has_cuts) - 1) / BLOCK)
        for most, blocks in rare:
            tally.add(_spread(blocks, spread), math.ceil(most / total * _UNITS))
        return tally

    @cached_property
    def _all(self) -> int:
        return (1 << len(self.readings)) - 1

    def _chosen(self, among: int) -> list[Reading]:
        return [self.readings[i] for i in _bits(among)]

    def _with(self, word: str) -> int:
        """Return the readings that have a word, be it with a hyphen inside."""
        found = self._same.get(word)
        if found is None:
            found = sum(bit for bit, postings in self._postings if word in postings)
            for bit, table in self._hyphened:
                if word in table.compounds:
                    found |= bit
            self._same[word] = found
        return found

    def _with_heading(self, word: str) -> int:
        found = self._headed.get(word)
        if found is None:
            found = 0
            for index, reading in enumerate(self.readings):
                if word in reading.word_table.title_words:
                    found |= 1 << index
            self._headed[word] = found
        return found

    @cached_property
    def _postings(self) -> list[tuple[int, Mapping[str, Sequence[int]]]]:
        return [(1 << i, r.word_table.postings) for i, r in enumerate(self.readings)]

    @cached_property
    def _hyphened(self) -> list[tuple[int, WordTable]]:
        """The readings that have words with hyphens inside."""
        tables = enumerate(r.word_table for r in self.readings)
        return [(1 << i, table) for i, table in tables if table.hyphens]

    @cached_property
    def _looks(self) -> list[tuple[int, Mapping[str, str]]]:
        return [(i, r.word_table.by_looks) for i, r in enumerate(self.readings)]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each reading begins in bytes with a bit for each block; last, their end."""
        starts = [0]
        for reading in self.readings:
            starts.append(starts[-1] + len(reading.word_table) // (8 * BLOCK) + 1)
        return starts

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        sizes = [len(reading.word_table) for reading in self.readings]
        return min(sizes), max(sizes)

    def _about(self, word: str) -> tuple[float, float, int]:
        """Return the least and the most that a word says in a reading, and the blocks it is in.

        Where a reading does not have it, the words that may stand for it there count.
        """
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._found_out(word)
        return known

    def _found_out(self, word: str) -> tuple[float, float, int]:
        smallest, largest = self._sizes
        least, most = weight(word, 0, smallest), weight(word, 0, largest)
        having = self._with_exactly(word)
        for index in having:
            least = min(least, self.readings[index].word_table.weight(word))
        if most < LEAST_TELLING:
            return least, most, 0
        blocks = bytearray(self._starts[-1])
        for index, meant in [*((i, (word,)) for i in having), *self._alike(word, having)]:
            table, here = self.readings[index].word_table, 0
            for other in meant:
                here |= table.blocks(other)
            start, end = self._starts[index : index + 2]
            blocks[start:end] = here.to_bytes(end - start, "little")
        return least, most, int.from_bytes(blocks, "little")

    def _with_exactly(self, word: str) -> list[int]:
        return [i for i, (_, postings) in enumerate(self._postings) if word in postings]

    def _alike(self, word: str, having: Collection[int]) -> Iterable[tuple[int, Iterable[str]]]:
        """Return what may stand for a word in the readings that don't have it."""
        keys = looks(word)
        if not keys:
            return ()
        others = [
            (i, by_looks[key]) for key in keys for i, by_looks in self._looks if key in by_looks
        ]
        alike = {other for _, other in others if likeness(word, other) >= ALIKE_FROM}
        found: dict[int, set[str]] = {}
        for index, other in others:
            if other in alike:
                found.setdefault(index, set()).add(other)
        for index in having:
            found.pop(index, None)
        return found.items()

    def _readings_of(self, blocks: int) -> Iterator[tuple[int, int]]:
        """Yield in which readings some blocks are, in order, and which of theirs these are."""
        data = blocks.to_bytes(self._starts[-1], "little")
        at = 0
        while (found := _ANY.search(data, at)) is not None:
            index = bisect_right(self._starts, found.start()) - 1
            start, at = self._starts[index : index + 2]
            yield index, int.from_bytes(data[start:at], "little")


def _is_plain(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is a word that must be there as it is, or with hyphens inside."""
    token = tokens[index]
    return not (token.hyphen or token.changed or (index and tokens[index - 1].hyphen))


def _bits(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _spread(blocks: int, count: int) -> int:
    """Return blocks and as many before each."""
    reached = 0
    while reached < count:
        step = min(reached + 1, count - reached)
        blocks |= blocks >> step
        reached += step
    return blocks


_shelves: list[Shelf] = []


def shelf_of(readings: tuple[Reading, ...]) -> Shelf:
    """Return the shelf of some readings: the same as before as long as they are the same ones."""
    shelves = list(_shelves)
    for place, shelf in enumerate(shelves):
        known = shelf.readings
        if known is readings or (len(known) == len(readings) and all(map(is_, known, readings))):
            if place:  # the one asked last comes first, and the one not asked for longest goes
                _shelves[:] = [shelf, *(s for s in shelves if s is not shelf)]
            return shelf
    shelf = Shelf(readings)
    _shelves[:] = [shelf, *shelves[: _SHELVES_MOST - 1]]
    return shelf
