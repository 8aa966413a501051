"""Which section a heading mirrors that none is called: by number, words, order or quotations.

Every rule here asks for one section that fits and no other that fits nearly as well; where two
do, the heading stays without a section, and `check` names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studygroup.core.heading_likeness import Likeness, likeness
from studygroup.core.heading_number import HeadingNumber, number_of
from studygroup.core.reading import Reading, Section

_SAID = 0.85
"""The share of a heading that a section must say to be the one anywhere in the reading."""
_COVERED = 0.45
_IN_FULL, _COVERED_LEAST = 0.97, 0.25
"""The share of a section's heading that must be there besides; less if all of it is said."""
_SAID_BETWEEN = 0.5
"""The share that is enough between the sections of the headings above and below."""
_AHEAD = 0.15
"""How much more of a heading the best section must say than any other."""
_OWN = re.compile(r"\s*(?:my|our|mine|meine?|mes|mis?)\b", re.I)
"""How headings begin that are a reader's own whatever they share with a section's."""
_MOST_JOINED = 12
_JOINERS = re.compile(r"\s+[/+&|]\s+|\s*;\s+")


@dataclass(frozen=True, slots=True)
class Window:
    """The places of a reading's sections from `first` up to `end`, without it."""

    first: int
    end: int

    def sections(self, reading: Reading) -> Sequence[Section]:
        """Return the sections in it."""
        return reading.sections[self.first : self.end]


def below(parent: Section, reading: Reading) -> Window:
    """Return where the sections stand that belong to `parent`, itself left out."""
    first = reading.index_of(parent.id) + 1
    end = first
    while end < len(reading.sections) and reading.sections[end].level > parent.level:
        end += 1
    return Window(first, end)


def several(heading: str, reading: Reading, within: Window | None = None) -> list[Section]:
    """Return the sections, in a row, that a heading for several names (“2–3”, “Intro + Unity”)."""
    number = number_of(heading)
    if number is not None and number.first != number.last and not number.rest:
        ends = [
            _numbered(value, number.division, reading, within)
            for value in (number.first, number.last)
        ]
        return _row([ends[0], ends[1]], reading)
    parts = _JOINERS.split(heading)
    if not 2 <= len(parts) <= 4:
        return []
    return _row([by_words(part, reading) for part in parts], reading)


def _row(ends: Sequence[Section | None], reading: Reading) -> list[Section]:
    places = [reading.index_of(section.id) for section in ends if section is not None]
    if len(places) < len(ends) or places != sorted(set(places)):
        return []
    first, last = places[0], places[-1]
    return list(reading.sections[first : last + 1]) if last - first < _MOST_JOINED else []


def by_number(heading: str, reading: Reading, within: Window | None = None) -> Section | None:
    """Return the one section with the number that is all that a heading says."""
    number = number_of(heading)
    if number is None or number.rest or number.first != number.last:
        return None
    if found := _numbered(number.first, number.division, reading, within):
        return found
    written = heading.strip().casefold()
    sections = within.sections(reading) if within else reading.sections
    alike = [s for s in sections if s.title.casefold().startswith(written)]
    return alike[0] if len(alike) == 1 and not written[0].isdigit() else None


def _numbered(
    value: tuple[int, ...], division: str, reading: Reading, within: Window | None
) -> Section | None:
    wanted = HeadingNumber(value, value, division, ())
    found = []
    for section in within.sections(reading) if within else reading.sections:
        other = number_of(section.title)
        if other is not None and other.first == other.last and wanted.means(other):
            found.append(section)
    if len(found) > 1 and division:  # chapters are above the sections that count on their own
        highest = min(section.level for section in found)
        found = [section for section in found if section.level == highest]
    return found[0] if len(found) == 1 else None


def by_words(heading: str, reading: Reading) -> Section | None:
    """Return the one section, anywhere in the reading, whose heading says the same in full."""
    return _best(
        heading,
        reading.sections,
        lambda like: (
            like.said >= _SAID
            and not like.otherwise
            and (
                like.covered >= (_COVERED if like.said < _IN_FULL else _COVERED_LEAST)
                or (like.numbered and like.covered > 0)
            )
        ),
    )


def between(heading: str, reading: Reading, window: Window) -> Section | None:
    """Return the one section between two that are known whose heading says at least a part."""
    if _OWN.match(heading):
        return None
    return _best(
        heading,
        window.sections(reading),
        lambda like: like.said >= _SAID_BETWEEN and like.covered > 0.15,
    )


def _best(
    heading: str, sections: Sequence[Section], enough: Callable[[Likeness], bool]
) -> Section | None:
    """The section that says most of a heading, when it says enough and no other says nearly as
    much, as where several begin with the same word; a number that both have tells them apart.
    """
    scored = [(likeness(heading, section.title), at) for at, section in enumerate(sections)]
    if not scored:
        return None
    best, place = max(scored, key=lambda item: (item[0].score, -item[1]))
    if not enough(best) or _has_rival(best, [like for like, at in scored if at != place]):
        return None
    return sections[place]


def _has_rival(best: Likeness, others: Sequence[Likeness]) -> bool:
    return any(like.said > best.said - _AHEAD and like.numbered >= best.numbered for like in others)


def is_rivalled(heading: str, section: Section, reading: Reading, *, sure: bool) -> bool:
    """Return whether another section says nearly as much of a heading as `section` does; where that
    is `sure` otherwise, whether another says more.
    """
    others = [likeness(heading, other.title) for other in reading.sections if other is not section]
    best = likeness(heading, section.title)
    if sure:
        return any(other.said > best.said for other in others)
    return _has_rival(best, others)


def by_quotations(quoted: Mapping[str, int], window: Window | None, reading: Reading) -> str | None:
    """Return the section in which what stands below a heading is quoted: three in four quotations,
    of two at least, or of one that stands where the heading's order has it.
    """
    if not quoted:
        return None
    (section, most), total = Counter(quoted).most_common(1)[0], sum(quoted.values())
    if most * 4 < total * 3:
        return None
    expected = window is not None and window.first <= reading.index_of(section) < window.end
    return section if most >= 2 or expected else None
