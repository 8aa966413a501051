"""What a section may be named by: its id, its heading without number and case, the one it had."""

from __future__ import annotations

import re
from functools import lru_cache

from studygroup.core.reading import Reading, Section
from studygroup.core.text import heading_key, words
from studygroup.core.windows import whole

_YEAR = re.compile(r"\(\d{4}\)\s*$")


def find_section(wanted: str, reading: Reading) -> Section | None:
    """Return the section meant by an id, by a heading in any case with or without its number,
    or by a number that one section has.
    """
    section = reading.section(wanted)
    if section is not None:
        return section
    same = same_heading(wanted, reading)
    if same:
        return same[0] if len(same) == 1 else None
    once = once_headed(wanted, reading)
    if once is not None:
        return once
    from studygroup.core.heading_targets import by_number  # here: few are named by a number

    return by_number(wanted, reading, whole(reading))


def close_sections(wanted: str, reading: Reading) -> list[str]:
    """Return ids of sections whose heading or id resembles `wanted`, best first."""
    from difflib import get_close_matches  # here, since few studies have such a problem

    keys = {key: sections[0].id for key, sections in reading.by_heading.items()}
    keys |= {s.id: s.id for s in reversed(reading.sections)}
    near = get_close_matches(heading_key(wanted), keys, n=2, cutoff=0.6)
    return list(dict.fromkeys(keys[k] for k in near))


def same_heading(heading: str, reading: Reading) -> list[Section]:
    """Return the sections with a heading that is the same apart from number, case and marks."""
    same = list(reading.by_heading.get(heading_key(heading), ()))
    if len(same) > 1:  # numbers may be all that tells them apart
        exact = [s for s in same if _with_number(s.title) == _with_number(heading)]
        if len(exact) == 1:
            return exact
    return same


def once_headed(heading: str, reading: Reading) -> Section | None:
    """Return the one section that has its id from such a heading, and another heading now."""
    found = reading.by_former_heading.get(heading_key(heading), ())
    return found[0] if len(found) == 1 else None


def is_title(heading: str, reading: Reading) -> bool:
    """Return whether a heading is the reading's own title, with or without its year."""
    return heading_key(_YEAR.sub("", heading)) == heading_key(reading.title)


@lru_cache(maxsize=1 << 12)
def _with_number(heading: str) -> tuple[str, ...]:
    return tuple(w.folded for w in words(heading))
