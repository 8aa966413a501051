"""What the pages of a PDF print beside their text: running heads, page numbers, line numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from studygroup.importers.pdf_lines import PrintedLine

_NUMBER = re.compile(
    r"[-–—\[(|• ]*(?:page |p\. ?)?(\d{1,4}|[ivxlc]{1,7})(?: ?(?:of|/) ?\d{1,4})?[-–—\])|• ]*$", re.I
)
_DIGITS = re.compile(r"\d+|\b[ivxl]+\b")
_SAME = 6.0
"""How many points apart two lines are not taken to stand on one height of their pages."""

_HEAD_WORDS = 14
"""The words of a running head, at most."""

_ZONE = 0.25
"""The share of a page's height, at the top and at the bottom, in which furniture stands."""


def without_furniture(
    pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float], em: float
) -> tuple[list[list[PrintedLine]], int]:
    """The lines of each page without furniture, and how many lines went."""
    count = sum(map(len, pages))
    kept = [_without_line_numbers(lines, em) for lines in pages]
    for _ in range(3):
        before = sum(map(len, kept))
        for at_top in (True, False):
            kept = _without_edge(kept, heights, em, at_top)
        if sum(map(len, kept)) == before:
            break
    return kept, count - sum(map(len, kept))


def _without_line_numbers(lines: Sequence[PrintedLine], em: float) -> list[PrintedLine]:
    """Lines without numbers in the margin that count them."""
    numbers = [
        line for line in lines if line.text.isascii() and line.text.isdigit() and len(line.text) < 5
    ]
    by_right: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in numbers:
        by_right[round(line.right / 4)].append(line)
    drop: set[int] = set()
    for found in by_right.values():
        values = [int(line.text) for line in sorted(found, key=lambda line: line.base)]
        steps = Counter(b - a for a, b in pairwise(values))
        if len(values) >= 8 and steps and steps.most_common(1)[0][1] >= len(values) * 0.7:
            drop |= {id(line) for line in found}
    return [line for line in lines if id(line) not in drop]


def _without_edge(
    pages: Sequence[list[PrintedLine]], heights: Sequence[float], em: float, at_top: bool
) -> list[list[PrintedLine]]:
    rows = [_edge(lines, height, at_top) for lines, height in zip(pages, heights, strict=True)]
    drop: set[int] = set()
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for page, (row, _) in enumerate(rows):
        if row:
            for key in _places(row[0].base):
                places[key].append(page)
    repeated = _repeated(rows, em)
    numbers = _page_numbers(rows, pages, em)
    enough = max(3, len(pages) // 5)
    for page, (row, gap) in enumerate(rows):
        for line in row:
            if (page, line.text) in numbers or (
                _key(line, em) in repeated
                and (gap > em or len(row) > 1 or repeated[_key(line, em)] > 2)
            ):
                drop.add(id(line))
    blocks = [_edge_block(lines, row, em) for lines, (row, _) in zip(pages, rows, strict=True)]
    for found in places.values():
        alike = [
            page
            for page in found
            if blocks[page][1] > 1.6 * em and _looks_it(blocks[page][0], pages[page], em)
        ]
        sizes = Counter(_largest(blocks[page][0]) for page in alike)
        alike = [
            page
            for page in alike
            if (size := _largest(blocks[page][0])) <= 1.25 * em or sizes[size] > 2
        ]
        sure = sum(1 for page in found if any(id(line) in drop for line in rows[page][0]))
        is_common = len(found) * 2 >= len(pages) or sure
        gaps = [blocks[page][1] / em for page in alike]
        if alike and is_common and _is_place_of_furniture(len(found), sure, gaps, enough):
            drop |= {id(line) for page in alike for line in blocks[page][0]}
    return [[line for line in lines if id(line) not in drop] for lines in pages]


def _places(base: float) -> tuple[tuple[int, int], tuple[int, int]]:
    """The two names that a height has, of which nearly equal ones share one at least."""
    return (0, int(base // _SAME)), (1, int((base + _SAME / 2) // _SAME))


def _is_place_of_furniture(count: int, sure: int, gaps: Sequence[float], enough: int) -> bool:
    """Whether `count` rows on one height of their pages are furniture: `sure` of them are, and
    `gaps` ems stand between those that look it and the text.
    """
    if sure >= 3 and sure * 10 >= count * 4:
        return True
    many = len(gaps) >= enough and len(gaps) * 10 >= count * 7
    return many and (sure * 2 >= count or median(gaps) > 2.2)


def _edge(
    lines: Sequence[PrintedLine], height: float, at_top: bool
) -> tuple[list[PrintedLine], float]:
    """The outermost row of a page, if it stands in the zone of furniture, and the gap beside it."""
    if not lines:
        return [], 0.0
    ordered = sorted(lines, key=lambda line: line.base, reverse=not at_top)
    first = ordered[0]
    inside = first.base <= _ZONE * height if at_top else first.base >= (1 - _ZONE) * height
    if not inside:
        return [], 0.0
    row = [line for line in ordered if abs(line.base - first.base) < 3]
    rest = ordered[len(row) :]
    return row, abs(rest[0].base - first.base) if rest else 1000.0


def _edge_block(
    lines: Sequence[PrintedLine], row: Sequence[PrintedLine], em: float
) -> tuple[list[PrintedLine], float]:
    """The outermost row of a page with those close to it, and the gap beside them.

    A running head may have its number, its date and its title on heights of their own.
    """
    if not row:
        return [], 0.0
    first = row[0].base
    rest = [line for line in lines if line not in row]
    rest.sort(key=lambda line: abs(line.base - first))
    block, last = list(row), first
    for line in rest:
        step = abs(line.base - last)
        if step > 1.6 * em or abs(line.base - first) > 3.5 * em:
            return block, step
        block.append(line)
        last = line.base
    return block, 1000.0


def _largest(block: Sequence[PrintedLine]) -> int:
    return round(max(line.size for line in block))


def _looks_it(block: Sequence[PrintedLine], lines: Sequence[PrintedLine], em: float) -> bool:
    """Whether lines are few words, small or not in the largest type of their page."""
    if sum(len(line.words) for line in block) > _HEAD_WORDS:
        return False
    largest = max(block, key=lambda line: (line.size, line.bold))
    if largest.size <= 1.25 * em and not (largest.bold and largest.size > 1.08 * em):
        return True
    return any(
        line.size > 0.98 * largest.size and line.bold >= largest.bold
        for line in lines
        if line not in block
    )


def _key(line: PrintedLine, em: float) -> str:
    """What comes again: the words, without digits, and whether they are bold; in large type the
    very words, and how large they are. A title or a heading may be the running head of pages.
    """
    if line.size > 1.15 * em:
        return f"{line.text.casefold()} {round(line.size / em)}"
    return _DIGITS.sub("#", line.text.casefold()).strip() + " b" * line.bold


def _repeated(rows: Sequence[tuple[list[PrintedLine], float]], em: float) -> Counter[str]:
    """The words of edge rows that come again on other pages, and how often; digits aside, but in
    large type, where Chapter 1 and Chapter 2 are headings.
    """
    counts: Counter[str] = Counter()
    for row, _ in rows:
        counts.update({_key(line, em) for line in row if any(map(str.isalpha, line.text))})
    return Counter(
        {
            key: count
            for key, count in counts.items()
            if count >= 2 and len(key.removesuffix(" b")) > 2
        }
    )


def _page_numbers(
    rows: Sequence[tuple[list[PrintedLine], float]],
    pages: Sequence[Sequence[PrintedLine]],
    em: float,
) -> set[tuple[int, str]]:
    """Pages and texts of lines that are numbers which count with the pages.

    A large number above a large line is that of a chapter.
    """
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    alone: list[tuple[int, str]] = []
    for page, (row, gap) in enumerate(rows):
        large = any(line.size > 1.3 * em for line in row)
        rest = [line for line in pages[page] if line not in row] if large else []
        if rest and min(rest, key=lambda line: line.base).size > 1.3 * em:
            continue
        for line in row:
            if match := _NUMBER.match(line.text):
                value = _value(match.group(1))
                if value is not None:
                    found[value - page].append((page, line.text))
                    if len(row) == 1 and gap > 1.2 * line.size:
                        alone.append((page, line.text))
    numbers = {place for places in found.values() if len(places) > 1 for place in places}
    return numbers | set(alone)


def _value(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text)
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = last = 0
    for char in reversed(text.lower()):
        value = values[char]
        total += value if value >= last else -value
        last = max(last, value)
    return total


def joined(pages: Iterable[Sequence[PrintedLine]]) -> list[PrintedLine]:
    """The lines of all pages, one after another."""
    return [line for lines in pages for line in lines]
