"""A reading's words in one row: where each word stands, and what meeting it there says."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from studygroup.core.anchoring.common_words import weight
from studygroup.core.reading import Section
from studygroup.core.text import heading_key, words

HYPHEN = re.compile(r"(?<=\w)[-‐‑\u00ad]\s*(?=\w)")
"""A hyphen inside a word, or where a line breaks in one."""
BLOCK = 16
"""So many words of a row are one block, of which is told whether they have a word."""
_STEM = 5
_RAISED = re.compile("[⁰¹²³⁴-⁹]")
_CONFUSED_PAIRS = (("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("li", "h"))
_CONFUSED = str.maketrans(
    {
        letter: group[0]
        for group in ("i1ljtf", "o0cea", "uvn", "hbk", "s58", "gq9")
        for letter in group
    }
)


class WordTable:
    """The words of all sections of a reading in order, counted from 0 across sections.

    `words` has the folded words, `postings` the places of each in ascending order, `first` where
    each section begins (and, last, how many words there are in all), `hyphens` the places whose
    word goes on in the next after a hyphen.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        self.words: list[str] = []
        self.first: list[int] = [0]
        self.hyphens: set[int] = set()
        for section in sections:
            self._add(section)
        self.postings: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found = self.postings.get(word)
            if found is None:
                self.postings[word] = [place]
            else:
                found.append(place)
        self.likest: dict[str, tuple[float, str]] = {}
        """For words that are not there, what is likest to them, once that was asked for."""
        self._weights: dict[str, float] = {}

    def _add(self, section: Section) -> None:
        begin = len(self.words)
        text = section.text
        raised = _RAISED.search(text) is not None
        for word in section.words:
            if raised and _RAISED.search(text, word.start, word.end):
                # A footnote's mark behind a word is no part of it.
                plain = words(_RAISED.sub("", text[word.start : word.end]))
                self.words.append(plain[0].folded if plain else word.folded)
            else:
                self.words.append(word.folded)
        self.first.append(len(self.words))
        starts: list[int] | None = None
        for hyphen in HYPHEN.finditer(text):
            starts = starts or [w.start for w in section.words]
            index = bisect_right(starts, hyphen.start() - 1) - 1
            if 0 <= index < len(starts) - 1 and starts[index + 1] == hyphen.end():
                self.hyphens.add(begin + index)

    @cached_property
    def compounds(self) -> Mapping[str, Sequence[int]]:
        """Where words begin that are written with a hyphen, by the word without it."""
        found: dict[str, list[int]] = {}
        for place in sorted(self.hyphens):
            joined, at = self.words[place], place
            while at in self.hyphens:
                at += 1
                joined += self.words[at]
                found.setdefault(joined, []).append(place)
        return found

    def lookalikes(self, word: str) -> list[str]:
        """Return words of the reading that may stand for one that it doesn't have."""
        keys = looks(word)
        return [found for key in keys if (found := self.by_looks.get(key)) is not None]

    @cached_property
    def by_looks(self) -> Mapping[str, str]:
        """A word for each of its looks: the most frequent of those that share it."""
        found: dict[str, str] = {}
        for word, places in self.postings.items():
            for key in looks(word):
                other = found.get(key)
                if other is None or len(self.postings[other]) < len(places):
                    found[key] = word
        return found

    def between(self, word: str, begin: int, end: int) -> Sequence[int]:
        """Return the places from `begin` on and before `end` where a word stands, in order."""
        places = self.postings.get(word, ())
        at = bisect_left(places, begin)
        return places[at : bisect_left(places, end, at)]

    def blocks(self, word: str) -> int:
        """Return the blocks of `BLOCK` words that a word stands in, as the bits of a number."""
        found = 0
        for block in {place // BLOCK for place in self.postings.get(word, ())}:
            found |= 1 << block
        return found

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of all headings."""
        return frozenset(word for titles in self.titles for t in titles for word in t.split())

    @cached_property
    def titles(self) -> Sequence[tuple[str, str]]:
        """The words of each section's heading, with and without its number, spaces around them."""
        return [
            (f" {' '.join(w.folded for w in words(s.title))} ", f" {heading_key(s.title)} ")
            for s in self.sections
        ]

    def __len__(self) -> int:
        return len(self.words)

    def weight(self, word: str) -> float:
        """Return what meeting `word` here says, in bits."""
        bits = self._weights.get(word)
        if bits is None:
            count = len(self.postings.get(word, ()))
            bits = self._weights[word] = weight(word, count, len(self.words))
        return bits

    def section_at(self, place: int) -> int:
        """Return which section, from 0, a word stands in."""
        return bisect_right(self.first, place) - 1


@lru_cache(maxsize=1 << 15)
def looks(word: str) -> tuple[str, ...]:
    """Return what words have in common that are alike: shape, beginning, or end."""
    if len(word) < 2 or word.isdigit():
        return ()
    if len(word) < _STEM:
        return (shape(word),)
    return shape(word), f"{word[:_STEM]}-", f"-{word[-_STEM:]}"


def shape(word: str) -> str:
    """Return a word's looks, the same for words that a scanner takes for each other.

    Letters and pairs that are confused when print is recognised (rn and m, l and 1, c and e) are
    written alike.
    """
    for pair, letter in _CONFUSED_PAIRS:
        word = word.replace(pair, letter)
    return word.translate(_CONFUSED)
