"""Which section of a reading, or of a part of it, a heading means by some of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

from studygroup.core.heading_likeness import (
    SMALL,
    Likeness,
    are_alike,
    likeness,
    named_by,
    names_of,
)
from studygroup.core.reading import Reading, Section
from studygroup.core.text import heading_key
from studygroup.core.windows import Window, below, whole

_SAID = 0.85
"""The share of a heading that a section must say to be the one where it is looked for."""
_COVERED = 0.45
_IN_FULL, _COVERED_LEAST = 0.97, 0.25
"""The share of a section's heading that must be there besides; less if all of it is said."""
_NEARLY_ALL = 0.72
"""The share of a section's heading that must be there for it to be the one out of its order."""
_WHOLE_NAME, _NAMED, _NAMED_AT_LENGTH = 0.9, 2, 3
"""The share of a section's heading, and how many of its words, that make it the one meant by a
heading that says something besides; how many out of its order."""
_SAID_BESIDES = 0.4
_SAID_BETWEEN, _SAID_BELOW, _COVERED_BETWEEN = 0.5, 0.75, 0.15
"""The share that is enough between the sections of the headings above and below; for a subheading,
which may well be a reader's own; and how much must be there of a section's."""
_FEW = 40
"""Sections up to which one word alone is not said by chance."""
_AHEAD = 0.15
"""How much more of a heading the best section must say than any other."""
_OWN = re.compile(r"\s*(?:my|our|mine|meine?|mes|mis?)\b", re.I)
"""How headings begin that are a reader's own whatever they share with a section's."""


class HeadingWords:
    """The headings of a reading's sections, to be asked for one by a part of its words.

    What comes back is the section that says most of a heading, if it says enough, with all that say
    nearly as much; where one of these has all others below it, that one alone.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[str, Mapping[int, Likeness]] = {}
        self._like_word: dict[str, Collection[int]] = {}

    def within(self, heading: str, window: Window, *, doubtful: bool = False) -> list[Section]:
        """Return what says the same in a window, a part of it, or is a part of it.

        One word alone may be said by chance: in a long reading, and where it is `doubtful` that a
        section is meant.
        """
        by_chance = _is_one_word(heading) and (doubtful or window.end - window.first > _FEW)
        return self._best(heading, window, lambda like: _says_it(like, by_chance=by_chance))

    def anywhere(self, heading: str) -> list[Section]:
        """Return what is called the same, misspelt."""
        return self._best(heading, whole(self._reading), _is_the_same)

    def between(
        self, heading: str, window: Window, *, below: bool, doubtful: bool = False
    ) -> list[Section]:
        """Return what says at least a part between two sections that are known: more of a heading
        that stands `below` that of a section, or is `doubtful`: of such, one word is not enough.
        """
        if _OWN.match(heading) or (doubtful and _is_one_word(heading)):
            return []
        least = _SAID_BELOW if below or doubtful else _SAID_BETWEEN
        return self._best(
            heading, window, lambda like: like.said >= least and like.covered > _COVERED_BETWEEN
        )

    def _best(
        self, heading: str, window: Window, enough: Callable[[Likeness], bool]
    ) -> list[Section]:
        sections = self._reading.sections
        found = self._alike(heading)
        places = [at for at in found if window.holds(at)]
        if not places:
            return []
        first = max(places, key=lambda at: (found[at].score, -at))
        best = found[first]
        places = [at for at in places if at == first or _is_rival(found[at], best)]
        inside = below(sections[places[0]], self._reading)
        if all(inside.holds(at) for at in places[1:]):
            places = places[:1]
        return [sections[at] for at in places if enough(found[at])]

    def _alike(self, heading: str) -> Mapping[int, Likeness]:
        """How far sections say a heading, by their places, in order; those that share no word with
        it left out.
        """
        if heading not in self._known:
            places = {at for name in named_by(heading) for at in self._places_of(name)}
            scored = (
                (at, likeness(heading, self._reading.sections[at].title)) for at in sorted(places)
            )
            self._known[heading] = {at: like for at, like in scored if like.said}
        return self._known[heading]

    def _places_of(self, name: str) -> Collection[int]:
        """The places of the sections that have a word like this one."""
        if name not in self._like_word:
            near = self._by_letter.get(name[0], ())
            self._like_word[name] = {
                at for word in near if are_alike(name, word) for at in self._by_word[word]
            }
        return self._like_word[name]

    @cached_property
    def _by_word(self) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = {}
        for at, section in enumerate(self._reading.sections):
            for name in names_of(section.title):
                found.setdefault(name, set()).add(at)
        return found

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for word in self._by_word:
            found.setdefault(word[0], []).append(word)
        return found


def _is_one_word(heading: str) -> bool:
    return sum(word not in SMALL for word in heading_key(heading).split()) == 1


def _says_it(like: Likeness, *, by_chance: bool) -> bool:
    if like.otherwise:
        return False
    if _is_named_in(like, _NAMED):
        return True
    return like.said >= _SAID and (
        like.covered >= (_COVERED if like.said < _IN_FULL or by_chance else _COVERED_LEAST)
        or (like.numbered and like.covered > 0)
    )


def _is_the_same(like: Likeness) -> bool:
    nearly = like.said >= _SAID and like.covered >= _NEARLY_ALL
    return not like.otherwise and (nearly or _is_named_in(like, _NAMED_AT_LENGTH))


def _is_named_in(like: Likeness, least: int) -> bool:
    return like.covered >= _WHOLE_NAME and like.named >= least and like.said >= _SAID_BESIDES


def _is_rival(like: Likeness, best: Likeness) -> bool:
    return like.said > best.said - _AHEAD and like.numbered >= best.numbered
