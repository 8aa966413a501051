"""Runs of words that two texts share: found by hashed word groups, grown over what differs."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from weakref import ref
from zlib import crc32

from studygroup.core.anchoring.common_words import weight
from studygroup.core.quoting.audit import Form
from studygroup.core.reading import Section

GRAM = 4
"""How many words in a row are hashed together."""
WINDOW = 5
"""Of so many hashes in a row one is kept: words shared by `GRAM + WINDOW - 1` always meet."""
REPEATED = 8
"""What stands oftener than this in one text says nothing of another that has it too."""
MARKED_CUT = 400
"""How many words may be left out where that is marked, by an ellipsis or in brackets."""
LEAP = 4
"""How many words may be changed, dropped or added at once at a run's end."""

NO_GRAM = 1 << 62
"""What stands for a hash where there is none: more than any."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that stands in two texts: half-open ranges of words in each, counted from 0.

    `same` is how many words are the same in both.
    """

    first: int
    end: int
    at: int
    at_end: int
    same: int

    @property
    def likeness(self) -> float:
        """From 0 to 1: the words that are the same, of the first text's; long cuts count too."""
        return self.same / max(1, self.end - self.first, min(self.at_end - self.at, self.same * 2))


class RunTable:
    """The words of a reading in one row, and where hashed groups of them stand in it.

    An empty word stands between two sections, so that no passage runs over. `first` has the place
    of each section's first word. It is made once per reading, which keeps it, and so keeps what is
    found out about it: `quoted` has what each section quotes, once that was asked for.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        self.words: list[str] = []
        self.first: list[int] = []
        for section in sections:
            self.first.append(len(self.words))
            self.words += [word.folded for word in section.words]
            self.words.append("")
        self.quoted: dict[str, Sequence[tuple[Form, int, int]]] = {}
        self._shared: dict[int, tuple[ref[RunTable], tuple[Shared, ...]]] = {}

    @cached_property
    def fingerprints(self) -> Mapping[int, Sequence[int]]:
        """Where each hash stands that winnowing keeps (Schleimer, Wilkerson, Aiken 2003)."""
        return _places(winnowed(self.words))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each word stands in the reading."""
        return Counter(self.words)

    def bits(self, words: Iterable[str]) -> float:
        """Return how much it says to meet these words, in bits, by how frequent they are."""
        counts, size = self.counts, len(self.words)
        return sum(weight(word, counts.get(word, 0), size) for word in words)

    def section_at(self, place: int) -> int:
        """Return which section, from 0, the word at a place stands in."""
        return bisect_right(self.first, place) - 1

    def span(self, first: int, end: int) -> tuple[Section, int, int]:
        """Return the section that words stand in, and their character offsets in its text."""
        index = self.section_at(first)
        section, begin = self.sections[index], self.first[index]
        return section, section.words[first - begin].start, section.words[end - 1 - begin].end

    def knows(self, other: RunTable) -> bool:
        """Whether it is known already what stands here and in another reading."""
        known = self._shared.get(id(other))
        return known is not None and known[0]() is other

    def shared_with(self, other: RunTable, *, nothing: bool = False) -> tuple[Shared, ...]:
        """Return the passages that stand here and in another reading; the answer is kept.

        `nothing` says that they are known to have none, and spares the search.
        """
        known = self._shared.get(id(other))
        if known is not None and known[0]() is other:
            return known[1]
        found = () if nothing else tuple(self._find(other))
        if len(self._shared) > 1000:  # tables of readings as they were before they were edited
            self._shared = {k: v for k, v in self._shared.items() if v[0]() is not None}
        self._shared[id(other)] = (ref(other), found)
        return found

    def _find(self, other: RunTable) -> Iterator[Shared]:
        mine, theirs = self.fingerprints, other.fingerprints
        seeds = [
            (place, at)
            for key in mine.keys() & theirs.keys()
            for place in mine[key]
            for at in theirs[key]
            if other is not self or self.section_at(place) < self.section_at(at)
        ]
        return iter(aligned(self.words, other.words, seeds)) if seeds else iter(())


def grams(words: Sequence[str]) -> list[int]:
    """Return the hash of each `GRAM` words in a row; `NO_GRAM` where a section ends among them."""
    keys = list(map(_word_key, words))
    found = list(map(hash, zip(*(keys[i:] for i in range(GRAM)), strict=False)))
    at = -1
    for _ in range(keys.count(0)):
        at = keys.index(0, at + 1)
        for place in range(max(0, at - GRAM + 1), min(at + 1, len(found))):
            found[place] = NO_GRAM
    return found


@lru_cache(maxsize=1 << 17)
def _word_key(word: str) -> int:
    # Python's own hash of a string differs from run to run, and so would what is kept of it; that
    # of numbers doesn't.
    return crc32(word.encode("utf-8")) + 1 if word else 0


def winnowed(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return (hash, place) of the groups that stand for a text: the least in each window."""
    keys = grams(words)
    kept: list[tuple[int, int]] = []
    known, place = NO_GRAM, -1
    padded = [*keys, *[NO_GRAM] * (WINDOW - 1)]  # windows at the end are cut short
    for start, least in enumerate(map(min, *(padded[i:] for i in range(WINDOW)))):
        if (least == known and place >= start) or least == NO_GRAM:
            continue
        known, place = least, keys.index(least, start)
        kept.append((known, place))
    return kept


@lru_cache(maxsize=8)
def every_gram(table: RunTable) -> Mapping[int, Sequence[int]]:
    """Return where every hash of a reading stands: for those that are being written about."""
    return _places((key, place) for place, key in enumerate(grams(table.words)) if key != NO_GRAM)


@lru_cache(maxsize=256)
def fingerprints_of(tables: tuple[RunTable, ...]) -> frozenset[int]:
    """Return all fingerprints of a few readings, to tell at once that none of them is meant."""
    return frozenset().union(*(table.fingerprints for table in tables))


def _places(keyed: Iterable[tuple[int, int]]) -> dict[int, Sequence[int]]:
    found: dict[int, Sequence[int]] = {}
    for key, place in keyed:
        known = found.get(key, ())
        if len(known) <= REPEATED:
            found[key] = (*known, place)
    return {key: places for key, places in found.items() if len(places) <= REPEATED}


@dataclass(frozen=True, slots=True)
class Joining:
    """How far apart two runs of one passage may be, in words.

    `gap` is what the first text may have on its own between them, `cut` what it may leave out;
    `marked` has the places before which it says that it does, where it may be `MARKED_CUT`. Where
    `either` text may quote the other, the second may be the one that leaves out.
    """

    gap: int = 16
    cut: int = 80
    marked: frozenset[int] = frozenset()
    either: bool = True


def aligned(
    mine: Sequence[str],
    theirs: Sequence[str],
    seeds: Iterable[tuple[int, int]],
    joining: Joining = Joining(),
) -> list[Shared]:
    """Return the passages around `seeds`, places at which two texts have the same words.

    Each seed is grown to both sides over the words that are the same and small differences, and
    what lies in order and close by is joined. Passages overlap only where one text says the same
    in several places.
    """
    found: list[Shared] = []
    for place, at in sorted(seeds):
        if any(s.first <= place < s.end and s.at <= at < s.at_end for s in found[-12:]):
            continue
        found.append(_grown(mine, theirs, place, at))
    passages: list[Shared] = []
    for one in sorted(found, key=lambda s: (s.first, s.at)):
        for index in range(len(passages) - 1, max(-1, len(passages) - 9), -1):
            joined = _join(passages[index], one, joining)
            if joined is not None and _in_one_section(passages[index], one, mine, theirs):
                passages[index] = joined
                break
        else:
            passages.append(one)
    return passages


def _in_one_section(a: Shared, b: Shared, mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return "" not in mine[a.end : b.first] and "" not in theirs[a.at_end : b.at]


def _grown(mine: Sequence[str], theirs: Sequence[str], place: int, at: int) -> Shared:
    ahead, their_ahead, same_ahead = _walk(mine, theirs, place, at, 1)
    back, their_back, same_back = _walk(mine, theirs, place - 1, at - 1, -1)
    first, begin = place - back, at - their_back
    return Shared(first, place + ahead, begin, at + their_ahead, same_ahead + same_back)


def _walk(
    mine: Sequence[str], theirs: Sequence[str], place: int, at: int, step: int
) -> tuple[int, int, int]:
    """Walk along two texts while they agree: return the words passed in each, and those alike."""
    passed = their_passed = same = 0
    while True:
        length = _run(mine, theirs, place + step * passed, at + step * their_passed, step)
        passed, their_passed, same = passed + length, their_passed + length, same + length
        leap = _leap(mine, theirs, place + step * passed, at + step * their_passed, step)
        if leap is None or not same:
            return passed, their_passed, same
        passed, their_passed = passed + leap[0], their_passed + leap[1]


def _leap(
    mine: Sequence[str], theirs: Sequence[str], place: int, at: int, step: int
) -> tuple[int, int] | None:
    """Return the fewest words to pass on each side until both agree again for long enough."""
    most, their_most = _clear(mine, place, step), _clear(theirs, at, step)
    for total in range(1, most + their_most + 1):
        wanted = 2
        for skip in range(max(0, total - their_most), min(total, most) + 1):
            other = total - skip
            if total > 2:
                wanted = max(skip, other) + 1
            if _run(mine, theirs, place + step * skip, at + step * other, step, wanted) >= wanted:
                return skip, other
    return None


def _clear(words: Sequence[str], place: int, step: int) -> int:
    """Return how many words may be passed from a place on, before a section's end."""
    for count in range(LEAP):
        at = place + step * count
        if not (0 <= at < len(words) and words[at]):
            return count
    return LEAP


def _run(
    mine: Sequence[str], theirs: Sequence[str], place: int, at: int, step: int, most: int = 1 << 60
) -> int:
    """Return for how many words two texts are the same from two places on."""
    length, size, their_size = 0, len(mine), len(theirs)
    while length < most and 0 <= place < size and 0 <= at < their_size:
        word = mine[place]
        if not word or word != theirs[at]:
            break
        length, place, at = length + 1, place + step, at + step
    return length


def _join(a: Shared, b: Shared, joining: Joining) -> Shared | None:
    """Return the passage of which two are parts, if `b` goes on where `a` ends; else None."""
    if b.end <= a.end and a.at <= b.at and b.at_end <= a.at_end:
        return a
    if b.end <= a.end or b.at_end <= a.at_end or b.at < a.at:
        return None
    gap, left_out = b.first - a.end, b.at - a.at_end
    overlap = max(0, -gap, -left_out)
    is_marked = any(place in joining.marked for place in range(a.end, b.first + 1))
    if joining.either and left_out < gap:
        gap, left_out = left_out, gap
    cut = MARKED_CUT if is_marked else min(joining.cut, a.same + b.same)
    if overlap >= min(a.same, b.same) or left_out > cut or gap > joining.gap:
        return None
    return Shared(a.first, b.end, a.at, b.at_end, a.same + b.same - overlap)
