"""A shelf of readings, and which of them a quotation may be from: told by their words at once.

Sets are the bits of one number, so that a few operations on numbers compare all readings together.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import is_

from studygroup.core.anchoring.changed_words import Candidate, Floor
from studygroup.core.anchoring.claim import Claim, Token
from studygroup.core.anchoring.common_words import weight
from studygroup.core.anchoring.evidence import CHANGED_FROM
from studygroup.core.anchoring.lookalikes import Lookalikes
from studygroup.core.anchoring.stretches import LEAST_TELLING, RARE_LEAST, stretch_of, telling_from
from studygroup.core.anchoring.sums import Sums
from studygroup.core.anchoring.word_table import BLOCK, WordTable
from studygroup.core.reading import Reading

_UNITS = 120
"""In so many parts the whole of what a quotation says is counted."""
_ENOUGH = math.ceil(RARE_LEAST * _UNITS)
_STEP = 4
_SHELVES_MOST, _FEW = 4, 5
_KNOWN_MOST = 32 << 20
"""So many bytes of what is known of words are kept."""
_ANY = re.compile(rb"[^\0]")


class Shelf:
    """Tells which of `readings` are worth looking at; what it leaves out would give nothing.

    What is known of a word is found out when it is first asked for. `Lookalikes` that have most
    of their words already may be given.
    """

    def __init__(self, readings: tuple[Reading, ...], lookalikes: Lookalikes | None = None) -> None:
        self.readings = readings
        self._given = lookalikes
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

    def with_changed(self, claim: Claim, floor: Floor) -> Iterator[Candidate]:
        """Yield the readings where enough of a claim's rare words, or alike ones, come together.

        Of every stretch of words it is told what share of the claim the rare words that it has can
        say at most: each is given the most that it says in any of the readings, and all together
        the least. The readings come in order of what their best stretches can say, each with the
        blocks where one may begin that is not below the floor.
        """
        words = [token.word for token in claim.tokens]
        sums = self._summed(words, has_cuts=bool(claim.gaps))
        left = set(self._readings_of(sums.at_least(_ENOUGH)))
        above = level = sums.most()
        low, enough = -1, b""
        while left:
            for index in self._readings_of(sums.at_least(level)):
                if index not in left:
                    continue
                left.remove(index)
                wanted = max(_ENOUGH, math.floor(floor.share * _UNITS))
                if wanted != low:
                    low = wanted
                    enough = sums.at_least(low).to_bytes(self._starts[-1], "little")
                blocks = enough[slice(*self._starts[index : index + 2])]
                yield Candidate(index, int.from_bytes(blocks, "little"), above / _UNITS)
            above, level = level - 1, max(_ENOUGH, level - _STEP)

    def may_have_changed(self, words: Sequence[str], *, has_cuts: bool) -> bool:
        """Whether any reading has enough of these words' rare ones, or alike ones, together."""
        return self._summed(words, has_cuts=has_cuts).most() >= _ENOUGH

    def _summed(self, words: Sequence[str], *, has_cuts: bool) -> Sums:
        """Return what of all that words say the rare ones in a stretch say at most, by block.

        Nothing is counted where all that there are could not say enough.
        """
        sums = Sums(8 * self._starts[-1])
        known = [self._about(word) for word in words]
        total = sum(least for least, _, _ in known)
        telling = telling_from(len(words))
        rare = [(most, blocks) for _, most, blocks in known if blocks and most >= telling]
        if len(words) < CHANGED_FROM or sum(most for most, _ in rare) < RARE_LEAST * total:
            return sums
        spread = math.ceil((stretch_of(len(words), has_cuts=has_cuts) - 1) / BLOCK)
        for most, blocks in rare:
            sums.add(_spread(blocks, spread), math.ceil(most / total * _UNITS))
        return sums

    @cached_property
    def _all(self) -> int:
        return (1 << len(self.readings)) - 1

    def _chosen(self, among: int) -> list[Reading]:
        return [self.readings[i] for i in _bits(among)]

    def _with(self, word: str) -> int:
        """Return the readings that have a word, be it with a hyphen inside."""
        found = self._same.get(word)
        if found is None:
            found = sum(1 << index for index in self._having.get(word, ()))
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
    def _having(self) -> Mapping[str, Sequence[int]]:
        """Which readings have a word, as it stands."""
        having: dict[str, list[int]] = {}
        for index, reading in enumerate(self.readings):
            for word in reading.word_table.postings:
                if (found := having.get(word)) is None:
                    having[word] = [index]
                else:
                    found.append(index)
        return having

    @cached_property
    def _hyphened(self) -> list[tuple[int, WordTable]]:
        """The readings that have words with hyphens inside."""
        tables = enumerate(r.word_table for r in self.readings)
        return [(1 << i, table) for i, table in tables if table.hyphens]

    @cached_property
    def lookalikes(self) -> Lookalikes:
        """The words of the readings, and maybe of others."""
        lookalikes = self._given or Lookalikes()
        for reading in self.readings:
            lookalikes.add(reading.word_table)
        return lookalikes

    @cached_property
    def _starts(self) -> list[int]:
        """Where each reading begins in bytes with a bit for each block; last, their end."""
        starts = [0]
        for reading in self.readings:
            starts.append(starts[-1] + len(reading.word_table) // (8 * BLOCK) + 1)
        return starts

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        sizes = [len(reading.word_table) for reading in self.readings] or [0]
        return min(sizes), max(sizes)

    def _about(self, word: str) -> tuple[float, float, int]:
        """Return the least and the most that a word says in a reading, and the blocks it is in.

        Where a reading does not have it, the words that may stand for it there count.
        """
        known = self._known.get(word)
        if known is None:
            if len(self._known) * self._starts[-1] > _KNOWN_MOST:
                self._known.clear()
            known = self._known[word] = self._found_out(word)
        return known

    def _found_out(self, word: str) -> tuple[float, float, int]:
        smallest, largest = self._sizes
        least, most = weight(word, 0, smallest), weight(word, 0, largest)
        having = self._having.get(word, ())
        for index in having:
            least = min(least, self.readings[index].word_table.weight(word))
        if most < LEAST_TELLING:
            return least, most, 0
        meant = {index: [word] for index in having}
        for other in self.lookalikes.alike(word):
            for index in self._having.get(other, ()):
                if index not in meant or meant[index] != [word]:
                    meant.setdefault(index, []).append(other)
        blocks = bytearray(self._starts[-1])
        for index, found in meant.items():
            table, here = self.readings[index].word_table, 0
            for one in found:
                here |= table.blocks(one)
            start, end = self._starts[index : index + 2]
            blocks[start:end] = here.to_bytes(end - start, "little")
        return least, most, int.from_bytes(blocks, "little")

    def _readings_of(self, blocks: int) -> Iterator[int]:
        """Yield in which readings some blocks are, in order."""
        data = blocks.to_bytes(self._starts[-1], "little")
        at = 0
        while (found := _ANY.search(data, at)) is not None:
            index = bisect_right(self._starts, found.start()) - 1
            at = self._starts[index + 1]
            yield index


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


_few: list[Shelf] = []
_many: list[Shelf] = []


def shelf_of(readings: tuple[Reading, ...]) -> Shelf:
    """Return the shelf of some readings: the same as before as long as they are the same ones.

    Shelves of a few readings, of which many are asked for in between, don't drive out large ones.
    """
    kept = _few if len(readings) < _FEW else _many
    shelves = list(kept)
    for place, shelf in enumerate(shelves):
        known = shelf.readings
        if known is readings or (len(known) == len(readings) and all(map(is_, known, readings))):
            if place:  # the one asked last comes first, and the one not asked for longest goes
                kept[:] = [shelf, *(s for s in shelves if s is not shelf)]
            return shelf
    like = next((s for s in shelves if len(s.readings) == len(readings)), None)
    shelf = Shelf(readings, None if like is None else like.lookalikes)
    kept[:] = [shelf, *shelves[: _SHELVES_MOST - 1]]
    return shelf
