"""Which section of a new text each section of the old one became."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studygroup.core.reading import Reading, Section
from studygroup.core.text import heading_key

How = Literal["id", "heading", "words"]

SHINGLE = 4
"""How many words in a row are looked up as one: enough to stand in few places by chance."""
MOST = 0.5
"""The share of a section's words from which they tell where it is now."""
HARDLY = 0.2
"""The share below which a section that is only called the same is another one."""


@dataclass(frozen=True, slots=True)
class Successor:
    """The section that an old one became, how that is known, and its share of the old words."""

    section: str
    how: How
    share: float


def successors(old: Reading, new: Reading) -> Mapping[str, Successor]:
    """Return what became of each section of `old`, by its id; one that is gone is left out.

    By id, else by heading, else by its words: the shares of its runs of words that stand in each
    section of the new text. A section of the same id or heading that has hardly any of the words,
    while most of them stand in another one, is not the same.
    """
    shares = _Shares(new)
    found = {section.id: _successor(section, old, new, shares) for section in old.sections}
    return {section: became for section, became in found.items() if became is not None}


def _successor(section: Section, old: Reading, new: Reading, shares: _Shares) -> Successor | None:
    share = shares.of(section)
    best = max(share, key=share.__getitem__, default="")
    moved = bool(best) and share[best] >= MOST

    def is_it(candidate: str) -> bool:
        return candidate == best or not moved or share.get(candidate, 0.0) >= HARDLY

    if new.section(section.id) is not None and is_it(section.id):
        return Successor(section.id, "id", share.get(section.id, 0.0))
    key = heading_key(section.title)
    same = new.by_heading.get(key, ())
    if same:
        of_old = [s.id for s in old.by_heading[key]].index(section.id)
        likely = max(same, key=lambda s: share.get(s.id, 0.0))
        if not share.get(likely.id):
            likely = same[min(of_old, len(same) - 1)]
        if is_it(likely.id):
            return Successor(likely.id, "heading", share.get(likely.id, 0.0))
    return Successor(best, "words", share[best]) if moved else None


class _Shares:
    """The runs of words of a text, by the sections they stand in."""

    def __init__(self, reading: Reading) -> None:
        self._places: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for section in reading.sections:
            for run in _runs(section):
                self._places[run].append(section.id)

    def of(self, section: Section) -> dict[str, float]:
        """Return which share of a section's runs of words stands in each section of the text."""
        runs = _runs(section)
        counted = Counter(place for run in runs for place in self._places.get(run, ()))
        return {place: count / len(runs) for place, count in counted.items()}


def _runs(section: Section) -> set[tuple[str, ...]]:
    folded = [word.folded for word in section.words]
    length = min(SHINGLE, len(folded))
    if not length:
        return set()
    return {tuple(folded[n : n + length]) for n in range(len(folded) - length + 1)}
