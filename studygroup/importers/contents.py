"""A printed table of contents: known by its lines' coming again, one by one, over the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studygroup.importers.paragraphs import Para

_WORD = re.compile(r"(?:table of )?contents\b[.:]?$", re.I)
_PAGE = re.compile(r"[\s.·…_-]*\b\d{1,4}$|[.·…_]{2,}\s*[ivxlc]{1,6}$|\s+page$", re.I)
_NUMBER = re.compile(
    r"(?:(?:chapter|part|section|book|essay|letter|lecture)\b\.?\s+)?"
    r"(?:[\divxlc]{1,6}\b[.):]*[\s–—-]*)?",
    re.I,
)
_LONGEST_LINE = 200
_LONGEST_TABLE = 500
_FEWEST = 3
_EARLY = 5
"""Contents stand in the first fifth of a document, if the word is not above them."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The places of a table's lines, and of the lines over the text that it names."""

    lines: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()


def printed_contents(paras: Sequence[Para]) -> Contents:
    """Find the table of contents of a document, if it prints one.

    It is a run of short lines of which at least three, and most, stand again below, in the same
    order and with text between; where “Contents” is written above, two are enough. Numbers before
    and pages behind a line do not count, and a line of the table may take two of its paragraphs.
    """
    keys = [_key(para.text) if len(para.text) <= _LONGEST_LINE else "" for para in paras]
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if key:
            places.setdefault(key, []).append(at)
    at = 0
    while at < len(paras):
        titled = _WORD.match(paras[at].text) is not None
        if not titled and (at * _EARLY > len(paras) or len(places.get(keys[at], ())) < 2):
            at += 1
            continue
        first = at + titled
        run_end = _run_end(keys, first)
        named = _named(keys, places, first, run_end)
        entries = {entry for entry, _ in named}
        end = max(entries, default=first) + 1
        widest = max((paras[entry].gap for entry in entries if entry > first), default=0)
        while end < run_end and paras[end].gap <= widest:
            end += 1
        if len(entries) >= (2 if titled else _FEWEST) and len(entries) * 5 >= (end - first) * 3:
            return Contents(frozenset(range(at, end)), frozenset(place for _, place in named))
        at += 1
    return Contents()


def _run_end(keys: Sequence[str], start: int) -> int:
    """Where the short lines end, or a line comes that stood among them: there the text begins."""
    seen: set[str] = set()
    at = start
    while at < min(len(keys), start + _LONGEST_TABLE) and keys[at] and keys[at] not in seen:
        seen.add(keys[at])
        at += 1
    return at


def _named(
    keys: Sequence[str], places: dict[str, list[int]], start: int, end: int
) -> list[tuple[int, int]]:
    """Pairs of a line of the table and the later line that it names, both in order."""
    pairs: list[tuple[int, int]] = []
    below = end - 1
    for at in range(start, end):
        for key in (keys[at], keys[at] + keys[at + 1] if at + 1 < end else ""):
            later = next((place for place in places.get(key, ()) if place > below), None)
            if later is not None:
                pairs.append((at, later))
                if key != keys[at]:
                    pairs.append((at + 1, later))
                below = later
                break
    spread = sum(1 for (_, one), (_, two) in pairwise(pairs) if two - one > 1)
    return pairs if spread * 3 >= len(pairs) - 1 else []


def _key(text: str) -> str:
    """The letters of a line by which it is known again, its number and page left out."""
    text = _PAGE.sub("", text)
    return _letters(_NUMBER.sub("", text, count=1)) or _letters(text)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
