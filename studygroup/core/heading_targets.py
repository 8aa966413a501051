"""Which section of a part of a reading a heading mirrors: by number, several names, quotations.

Every rule here asks for one section that fits and no other that fits nearly as well; where two
do, the heading stays without a section, and `check` names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

from studygroup.core.heading_number import HeadingNumber, number_of
from studygroup.core.heading_words import HeadingWords
from studygroup.core.reading import Reading, Section
from studygroup.core.text import heading_key
from studygroup.core.windows import Window

_MOST_JOINED = 12
_JOINERS = (re.compile(r"\s+[/|]\s+|\s*;\s+"), re.compile(r"\s+[+&]\s+"))
_AND = re.compile(r",?\s+(?:and|und|et|y)\s+|,\s+", re.I)
"""What joins the names of sections only where each part is one in full."""
_MOST_CHOICES = 200


def several(
    heading: str, reading: Reading, within: Window, words: HeadingWords | None = None
) -> list[Section]:
    """Return the sections, in a row, that a heading for several names (“2–3”, “Intro + Unity”):
    each by its number or name, or, with `words`, also by a part of what it is called.
    """
    number = number_of(heading)
    if number is not None and number.first != number.last and not number.rest:
        ends = [
            _numbered(value, number.division, reading, within)
            for value in (number.first, number.last)
        ]
        return _row([[end] for end in ends if end is not None], 2, reading)
    for joiner in (*_JOINERS, *([] if words else [_AND])):
        parts = [part for part in joiner.split(heading) if part.strip()]
        if not 2 <= len(parts) <= 4:
            continue
        called = [
            _called(part, reading, within) or (words.within(part, within) if words else [])
            for part in parts
        ]
        if row := _row(called, len(parts), reading):
            return row
    return []


def _called(part: str, reading: Reading, within: Window) -> list[Section]:
    return [
        section
        for section in reading.by_heading.get(heading_key(part), ())
        if within.holds(reading.index_of(section.id))
    ]


def _row(parts: Sequence[Sequence[Section]], count: int, reading: Reading) -> list[Section]:
    """The sections from the first to the last of those named, one for each part, in order and as
    near each other as can be; none where they are far apart, or two rows would do.
    """
    choices = 1
    for part in parts:
        choices *= len(part)
    if len(parts) < count or not 0 < choices <= _MOST_CHOICES:
        return []
    rows = [[reading.index_of(section.id) for section in row] for row in product(*parts)]
    good = sorted((row[-1] - row[0], row) for row in rows if row == sorted(set(row)))
    if not good or good[0][0] >= _MOST_JOINED or (len(good) > 1 and good[1][0] == good[0][0]):
        return []
    first, last = good[0][1][0], good[0][1][-1]
    return list(reading.sections[first : last + 1])


def by_number(heading: str, reading: Reading, within: Window) -> Section | None:
    """Return the one section with the number that is all that a heading says."""
    number = number_of(heading)
    if number is None or number.rest or number.first != number.last:
        return None
    if found := _numbered(number.first, number.division, reading, within):
        return found
    written = heading.strip().casefold()
    sections = within.sections(reading)
    alike = [s for s in sections if s.title.casefold().startswith(written)]
    return alike[0] if len(alike) == 1 and not written[0].isdigit() else None


def _numbered(
    value: tuple[int, ...], division: str, reading: Reading, within: Window
) -> Section | None:
    wanted = HeadingNumber(value, value, division, ())
    found = []
    for section in within.sections(reading):
        other = number_of(section.title)
        if other is not None and other.first == other.last and wanted.means(other):
            found.append(section)
    if len(found) > 1 and division:  # chapters are above the sections that count on their own
        highest = min(section.level for section in found)
        found = [section for section in found if section.level == highest]
    return found[0] if len(found) == 1 else None


def by_quotations(
    quoted: Mapping[str, int], window: Window | None, reading: Reading, *, least: int = 2
) -> str | None:
    """Return the section in which what stands below a heading is quoted: three in four quotations,
    `least` of them, or of one that stands where the heading's order has it.
    """
    if not quoted:
        return None
    (section, most), total = Counter(quoted).most_common(1)[0], sum(quoted.values())
    if most * 4 < total * 3:
        return None
    expected = window is not None and window.holds(reading.index_of(section))
    return section if most >= least or expected else None
