"""How a PDF sets its text: leading, edges and sizes, in the document and in each of its columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from studygroup.importers.pdf_lines import PrintedLine

_MANY_LINES = 5
"""From so many steps on a column's own distance between lines counts."""


_MANY_ON_PAGE = 20
"""From so many lines on a size is that of a page's text."""


@dataclass(slots=True)
class Measures:
    """How a document sets its text: type size, leading by size, edges and lines of its columns,
    whether it sets in its first lines, and whether its text is bold.
    """

    em: float
    page_em: Mapping[int, float]
    leading: dict[int, float]
    own_leading: dict[tuple[int, int, int], float]
    edges: dict[tuple[int, int], tuple[float, float]]
    counts: dict[tuple[int, int], int]
    indents: bool
    bold: bool

    def edge(self, line: PrintedLine) -> tuple[float, float]:
        """Left and right edge of a line's column."""
        return self.edges[line.page, line.column]

    def count(self, line: PrintedLine) -> int:
        """How many lines a line's column has."""
        return self.counts[line.page, line.column]

    def is_own_lead(self, line: PrintedLine) -> bool:
        """Whether the distance between lines of this size is that of their own column."""
        return (line.page, line.column, round(line.size)) in self.own_leading

    def lead(self, line: PrintedLine) -> float:
        """The usual distance between lines of this size, in their column if it has many."""
        size = round(line.size)
        own = self.own_leading.get((line.page, line.column, size))
        return own or self.leading.get(size, 1.2 * line.size)


def page_sizes(lines: Sequence[PrintedLine], em: float) -> dict[int, float]:
    """The size of the text of each page where it is larger than in most of the document."""
    sizes: dict[int, Counter[float]] = defaultdict(Counter)
    counts: dict[tuple[int, float], int] = Counter()
    for line in lines:
        sizes[line.page][line.size] += len(line.text)
        counts[line.page, line.size] += 1
    found: dict[int, float] = {}
    for page, letters in sizes.items():
        size = letters.most_common(1)[0][0]
        if em < size < 1.5 * em and counts[page, size] >= _MANY_ON_PAGE:
            found[page] = size
    return found


def measure(lines: Sequence[PrintedLine], em: float) -> Measures:
    """See how lines, in reading order, are set."""
    leads: dict[int, Counter[float]] = defaultdict(Counter)
    own: dict[tuple[int, int, int], Counter[float]] = defaultdict(Counter)
    columns: dict[tuple[int, int], list[PrintedLine]] = defaultdict(list)
    for line in lines:
        columns[line.page, line.column].append(line)
    for a, b in pairwise(lines):
        step = b.base - a.base
        alike = (a.page, a.column) == (b.page, b.column) and abs(a.size - b.size) < 0.3
        if alike and 0.85 * a.size < step < 2.4 * a.size:
            leads[round(a.size)][round(step * 2) / 2] += 1
            own[a.page, a.column, round(a.size)][round(step * 2) / 2] += 1
    leading = {size: _usual(steps) for size, steps in leads.items()}
    own_leading = {
        key: _usual(steps) for key, steps in own.items() if sum(steps.values()) >= _MANY_LINES
    }
    edges = _edges(columns, em)
    counts = {key: len(found) for key, found in columns.items()}
    found = Measures(
        em, page_sizes(lines, em), leading, own_leading, edges, counts, True, _is_bold(lines)
    )
    firsts = others = 0
    for a, b in pairwise(lines):
        if (a.page, a.column) == (b.page, b.column) and abs(b.size - em) < 0.6:
            left = edges[b.page, b.column][0]
            if b.base - a.base > found.lead(b) + 0.3 * em:
                others += 1
            elif 0.7 * em < b.left - left < 4 * em and a.left - left < 0.4 * em:
                firsts += 1
    found.indents = firsts * 3 > others
    return found


def _is_bold(lines: Sequence[PrintedLine]) -> bool:
    """Whether most of the text is bold, which then says nothing."""
    bold = sum(len(line.text) for line in lines if line.bold)
    return bold * 2 > sum(len(line.text) for line in lines)


def _usual(steps: Counter[float]) -> float:
    most = max(steps.values())
    return min(step for step, count in steps.items() if count * 3 >= most)


def _edges(
    columns: dict[tuple[int, int], list[PrintedLine]], em: float
) -> dict[tuple[int, int], tuple[float, float]]:
    """Left and right edges of columns; a column of few lines has those of one like it."""
    own: dict[tuple[int, int], tuple[float, float]] = {}
    for key, lines in columns.items():
        text = [line for line in lines if abs(line.size - em) < 0.15 * em] or lines
        lefts = Counter(round(line.left) for line in text)
        wide = max(line.right for line in text) - min(line.left for line in text)
        full = [line for line in text if line.right - line.left > 0.6 * wide]
        lefts = Counter(round(line.left) for line in full) or lefts
        common = [left for left, count in lefts.items() if count * 4 >= max(lefts.values())]
        left = float(min(common))
        rights = sorted(line.right for line in text)
        right = rights[-1 - len(rights) // 20]
        own[key] = (left, right)
    like: dict[int, list[float]] = defaultdict(list)
    for key, edge in own.items():
        if len(columns[key]) >= 8:
            like[round(edge[0] / 4)].append(edge[1])
    for key, edge in own.items():
        place = round(edge[0] / 4)
        near = sorted(right for step in (-1, 0, 1) for right in like.get(place + step, ()))
        if near and len(columns[key]) < 8 and not _is_justified(columns[key], em):
            own[key] = (edge[0], max(edge[1], near[len(near) // 2]))
    return own


def _is_justified(lines: Sequence[PrintedLine], em: float) -> bool:
    """Whether most lines of a column end at its right edge."""
    right = max(line.right for line in lines)
    full = sum(line.right > right - 0.5 * em for line in lines)
    return full >= 3 and full * 2 >= len(lines)


def is_display(line: PrintedLine, measures: Measures) -> bool:
    """Whether a line is set as headings are: larger than the text, or bold."""
    em = measures.page_em.get(line.page, measures.em)
    bold = line.bold and not measures.bold
    return line.size > 1.12 * em or (bold and line.size > 0.9 * measures.em)
