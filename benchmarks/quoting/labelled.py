"""Quotations whose verdict and place are known, made from a seed out of Python's documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pydoc_data import topics
from random import Random
from typing import NamedTuple

from benchmarks.corpus import texts
from studygroup.core.anchoring.quotation import Verdict
from studygroup.core.reading import Reading, Section
from studygroup.core.text import words
from studygroup.files.reading_file import parse_reading

VERDICTS: tuple[Verdict, ...] = ("exact", "elided", "altered", "ambiguous", "missing")
SECTION_WORDS, SHORT_SECTION_WORDS = 300, 50
SECTIONS, SHORT_SECTIONS = 10, 6
"""Sections of a reading, and of one of many."""

_LENGTHS = (4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 60)
_CUTS = ("…", "...", "[…]", "[...]", ". . .")
_RESEMBLING = 8
_LEAST_FOR_CUTS, _ALTERED_LEAST = 16, 5
_PARAGRAPH_LEAST = 8
_PUT_IN = ("really", "often", "only", "very", "perhaps", "another", "never", "every", "known")
_TYPOGRAPHY = (
    lambda text: text.upper(),
    lambda text: text.replace("'", "’").replace("-", "‑"),
    lambda text: text.replace("fi", "ﬁ").replace("fl", "ﬂ"),
    lambda text: text.replace(" ", "\n", 1),
    lambda text: f"{text} …",
    lambda text: text,
)


class Labelled(NamedTuple):
    """A quotation, the verdict it should get, and the reading, section and characters it is of."""

    quote: str
    verdict: Verdict
    reading: str = ""
    section: str = ""
    start: int = 0
    end: int = 0


def readings_and_rest() -> tuple[list[Reading], list[str]]:
    """Return the documentation's topics as readings, and what of them is in none of these."""
    parts = list(_parts(topics.topics.values(), SECTION_WORDS))
    return _readings([part for number, part in enumerate(parts) if number % 4]), parts[::4]


@cache
def many_readings() -> list[Reading]:
    """Return all the documentation as short readings: about a thousand of them."""
    return _readings(list(_parts(texts(), SHORT_SECTION_WORDS)), SHORT_SECTIONS)


def _readings(parts: Sequence[str], each: int = SECTIONS) -> list[Reading]:
    return [
        as_reading(f"reading-{first // each}", parts[first : first + each])
        for first in range(0, len(parts), each)
    ]


def as_reading(slug: str, sections: Sequence[str]) -> Reading:
    """Return a reading of these sections."""
    text = "\n\n".join(f"# Part {number}\n\n{body}" for number, body in enumerate(sections))
    return parse_reading(text, slug, f"readings/{slug}.md", "")


def _parts(texts: Iterable[str], size: int) -> Iterator[str]:
    """Yield texts in paragraphs of plain words, none twice, so many as make a section."""
    seen: set[str] = set()
    part: list[str] = []
    for text in texts:
        for block in re.split(r"\n\s*\n", text):
            plain = " ".join(re.sub(r"[^\w\s.,;:()'’-]", "", block).split()).strip("-. ")
            if len(plain.split()) > _PARAGRAPH_LEAST and plain not in seen:
                seen.add(plain)
                part.append(plain)
            if sum(len(p.split()) for p in part) >= size:
                yield "\n\n".join(part)
                part = []


class Maker:
    """Makes quotations of some readings; `apart` is what they don't have."""

    def __init__(self, readings: Sequence[Reading], apart: Sequence[str], seed: int = 1) -> None:
        self.readings, self.apart = readings, apart
        self.chance = Random(seed)
        self._all = " ".join(s.folded for r in readings for s in r.sections)

    def make(self, each: int) -> list[Labelled]:
        """Return as many quotations of each verdict, in random order."""
        makers = (self._exact, self._elided, self._altered, self._ambiguous, self._missing)
        made: list[Labelled] = []
        for maker in makers:
            found: list[Labelled] = []
            for _ in range(each * 200):
                if len(found) == each:
                    break
                one = maker()
                if one is not None:
                    found.append(one)
            made += found
        self.chance.shuffle(made)
        return made

    def _exact(self) -> Labelled | None:
        taken = self._taken(self.chance.choice(_LENGTHS))
        if taken is None or self._times(taken.quote) != 1:
            return None
        return taken._replace(quote=self.chance.choice(_TYPOGRAPHY)(taken.quote))

    def _elided(self) -> Labelled | None:
        cuts = self.chance.choice((1, 1, 2, 3))
        taken = self._taken(self.chance.choice((20, 30, 45, 70)))
        if taken is None or self._times(taken.quote) != 1:
            return None
        said, kept = taken.quote.split(), []
        if len(said) < _LEAST_FOR_CUTS:
            return None
        ends = sorted(self.chance.sample(range(4, len(said) - 4), 2 * cuts))
        if any(b - a < 2 for a, b in pairwise(ends)):
            return None
        begin = 0
        for end, following in zip(ends[::2], ends[1::2], strict=True):
            kept += [*said[begin:end], self.chance.choice(_CUTS)]
            begin = following
        return taken._replace(quote=" ".join([*kept, *said[begin:]]), verdict="elided")

    def _altered(self) -> Labelled | None:
        taken = self._taken(self.chance.choice(_LENGTHS[2:]))
        if taken is None or self._times(taken.quote) != 1:
            return None
        said = taken.quote.split()
        for _ in range(max(1, round(len(said) * self.chance.choice((0.05, 0.1, 0.2, 0.3))))):
            if len(said) < _ALTERED_LEAST:
                return None
            at = self.chance.randrange(1, len(said) - 1)
            put_in = self.chance.choice(_PUT_IN)
            said[at : at + 1] = self.chance.choice(([], [put_in], [said[at], put_in]))
        quote = " ".join(said)
        if len(said) < _ALTERED_LEAST or self._times(quote):
            return None
        return taken._replace(quote=quote, verdict="altered")

    def _ambiguous(self) -> Labelled | None:
        taken = self._taken(self.chance.choice((4, 5, 6)))
        if taken is None or self._times(taken.quote) < 2:
            return None
        return Labelled(taken.quote, "ambiguous")

    def _missing(self) -> Labelled | None:
        length = self.chance.choice(_LENGTHS)
        said = self.chance.choice(self.apart).split()
        begin = self.chance.randrange(max(1, len(said) - length))
        said = said[begin : begin + length]
        if length <= _RESEMBLING and (taken := self._taken(length)) is not None:
            # Half of it resembles a passage, word by word.
            there = taken.quote.split()
            for at in self.chance.sample(range(len(said)), len(said) // 2):
                said[at : at + 1] = there[at : at + 1]
        shared = max(
            (self._times(" ".join(said[n : n + 6])) for n in range(len(said) - 5)), default=0
        )
        if len(said) < 4 or shared or self._times(" ".join(said)):
            return None
        return Labelled(" ".join(said), "missing")

    def _taken(self, length: int) -> Labelled | None:
        reading = self.chance.choice(self.readings)
        section: Section = self.chance.choice(reading.sections)
        if len(section.words) <= length:
            return None
        first = self.chance.randrange(len(section.words) - length)
        start, end = section.words[first].start, section.words[first + length - 1].end
        quote = " ".join(section.text[start:end].split())
        return Labelled(quote, "exact", reading.slug, section.id, start, end)

    def _times(self, quote: str) -> int:
        return self._all.count(f" {' '.join(w.folded for w in words(quote))} ")
