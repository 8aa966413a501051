"""What a page prints beside its text, page numbers and running heads, found and taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from studygroup.importers.lines import Line, ends_sentence, starts_low

_NUMBER = re.compile(
    r"[-–—\[( ]*(?:page |p\. ?)?(\d{1,4})(?: ?(?:of|/) ?\d{1,4})?[-–—\]) ]*$", re.I
)
_COUNTED_PAGE = re.compile(r"(?:^|\s)page (\d{1,4}) (?:of|/) (\d{1,4})$", re.I)
"""How a browser's footer ends, below the address of what it printed."""
_FURNITURE_LINES = 6
"""How many lines in a row may be a page's furniture."""
_DIGITS = re.compile(r"\d+")


def without_page_furniture(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """The lines without page numbers and running heads, and how many went.

    A number alone on its line is a page's when it counts on from the one before and some of the
    numbers stand in the middle of a sentence, at a form feed or beside a line that comes again and
    again; else it may be a heading. A running head comes three times, digits aside, or twice when
    it is the title, and most times beside a page number, at a page's start or inside a sentence.
    """
    again = _repeated(lines)
    numbers = _page_numbers(lines, again) | _counted_pages(lines)
    drop = numbers | _running_heads(lines, again, numbers)
    if not drop:
        return list(lines), 0
    kept: list[Line] = []
    begins = False
    for at, line in enumerate(lines):
        if at in drop:
            begins = True
            continue
        kept.append(replace(line, page=True) if begins and kept else line)
        begins = False
    return kept, len(drop)


def _repeated(lines: Sequence[Line]) -> list[list[int]]:
    """The places of short lines that come again before other words; what is mostly followed by the
    same ones is a passage that the text repeats.
    """
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if (
            3 < len(line.text.replace("  ", "")) <= 70
            and not _NUMBER.match(line.text)
            and not starts_low(line.text)
        ):
            places.setdefault(_DIGITS.sub("", line.text).strip(" -–—|·"), []).append(at)
    return [
        ats
        for key, ats in places.items()
        if len(ats) >= 2 and key and not _goes_on_alike(lines, ats)
    ]


def _goes_on_alike(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether most of the lines at the places are followed by the same words."""
    words = Counter(_next_words(lines, at) for at in places)
    return max(words.values()) * 2 > len(places)


def _counted_pages(lines: Sequence[Line]) -> set[int]:
    """The places of lines that say which page this is of how many, if several do."""
    found: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if match := _COUNTED_PAGE.search(line.text[-40:]):
            found.setdefault(match.group(2), []).append(at)
    return {at for places in found.values() if len(places) > 1 for at in places}


def _next_words(lines: Sequence[Line], at: int) -> str:
    """The first words after a line, numbers of pages on lines of their own aside."""
    for line in lines[at + 1 : at + 4]:
        if not _NUMBER.match(line.text) and not _COUNTED_PAGE.search(line.text[-40:]):
            return " ".join(line.text[:100].split()[:3])
    return ""


def _page_numbers(lines: Sequence[Line], repeated: Sequence[Sequence[int]]) -> set[int]:
    found = {
        at: int(match.group(1))
        for at, line in enumerate(lines)
        if len(line.text) < 24 and (match := _NUMBER.match(line.text))
    }
    again = {at for places in repeated if len(places) > 2 for at in places}
    beside = {at for places in repeated for at in places} | set(found)
    sure = {
        at
        for at in found
        if _at_page_break(lines, at)
        or _interrupts(lines, at, beside)
        or at - 1 in again
        or at + 1 in again
    }
    chain = _best_chain(found, sure)
    return chain | {at for at in found if _at_page_break(lines, at)}


def _best_chain(found: dict[int, int], sure: set[int]) -> set[int]:
    """The places whose numbers count on (one may be missing) with the most sure ones among them;
    none when fewer than two do, or none is sure.
    """
    best: dict[int, tuple[int, int, int]] = {}
    previous: dict[int, int | None] = {}
    for at, value in found.items():
        before = max((best[low] for low in (value - 1, value - 2) if low in best), default=None)
        sures, count, last = before or (0, 0, None)
        previous[at] = last
        chain = (sures + (at in sure), count + 1, at)
        best[value] = max(best.get(value, chain), chain)
    sures, count, at_end = max(best.values(), default=(0, 0, 0))
    places: set[int] = set()
    place: int | None = at_end if sures and count > 1 else None
    while place is not None:
        places.add(place)
        place = previous[place]
    return places


def _at_page_break(lines: Sequence[Line], at: int) -> bool:
    return lines[at].page or (at + 1 < len(lines) and lines[at + 1].page)


def _interrupts(lines: Sequence[Line], at: int, others: set[int]) -> bool:
    """Whether the line at `at` stands between two halves of a sentence, others like it aside."""
    before, after = at - 1, at + 1
    while before in others and at - before < _FURNITURE_LINES:
        before -= 1
    while after in others and after - at < _FURNITURE_LINES:
        after += 1
    if before < 0 or after >= len(lines):
        return False
    half, rest = lines[before].text, lines[after].text
    return len(half) > 40 and not ends_sentence(half) and starts_low(rest)


def _running_heads(
    lines: Sequence[Line], again: Sequence[Sequence[int]], numbers: set[int]
) -> set[int]:
    heads: set[int] = set()
    beside = numbers | {at for places in again for at in places}
    for places in again:
        at_pages = [
            at
            for at in places
            if at - 1 in numbers
            or at + 1 in numbers
            or lines[at].page
            or _interrupts(lines, at, beside)
        ]
        enough = len(places) > 2 or _names_the_text(lines, places[0])
        if enough and len(at_pages) * 2 > len(places):
            counted = {at for at in places if _DIGITS.search(lines[at].text)}
            heads |= counted | set(at_pages)
    return heads


def _names_the_text(lines: Sequence[Line], at: int) -> bool:
    """Whether a line repeats one of the first lines: its title, or the author's name."""
    text = lines[at].text.casefold()
    return any(line.text.casefold() == text for line in lines[:4])
