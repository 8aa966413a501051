"""Printed lines in reading order → paragraphs, by what their places tell.

A paragraph ends where the type changes, where the next line stands further below than lines do, is
set in as first lines are, or comes although its first word would have fitted into the line before.
Across columns and pages only the indent, the last line's length and the sentence can tell.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from studygroup.importers.hyphens import Hyphens, address_goes_on, ends_in_hyphen, joint
from studygroup.importers.lines import ends_sentence, starts_low
from studygroup.importers.pdf_lines import PrintedLine

_BULLET = re.compile(r"[•‣◦▪●○■□∙·–—*-]\s*(?=\S)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
_SURE = "•‣◦▪●○■□∙"
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z](?:\.\d{1,2})+\.?|[IVX]{1,5}\.|[A-Z]\.)\s+\S"
)
_CAPTION = re.compile(
    r"(?:figure|fig\.|table|algorithm|listing|abbildung|tabelle|tableau|figura)\s*\d", re.I
)


@dataclass(slots=True)
class Paragraph:
    """The printed lines of a paragraph, and its words put together.

    `gap` is the distance from the line above beyond the usual one, in ems; `indent` how far all
    its lines are set in, in ems, on both sides (`inset`) or the left one.
    """

    lines: list[PrintedLine]
    text: str
    gap: float = 0.0
    indent: float = 0.0
    inset: bool = False
    joined: int = 0

    @property
    def size(self) -> float:
        """The size of most of its lines."""
        return Counter(line.size for line in self.lines).most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(line.italic for line in self.lines)

    @property
    def family(self) -> str:
        """The family of typefaces in which it is set."""
        return self.lines[0].family

    @property
    def mono(self) -> bool:
        """Whether all of it is typewriter type."""
        return all(line.mono for line in self.lines)


@dataclass(slots=True)
class Measures:
    """How a document sets its text: type size, leading by size, edges of its columns."""

    em: float
    leading: dict[int, float]
    edges: dict[tuple[int, int], tuple[float, float]]
    indents: bool

    def edge(self, line: PrintedLine) -> tuple[float, float]:
        """Left and right edge of a line's column."""
        return self.edges[line.page, line.column]

    def lead(self, line: PrintedLine) -> float:
        """The usual distance between lines of this size."""
        return self.leading.get(round(line.size), 1.2 * line.size)


def measure(lines: Sequence[PrintedLine], em: float) -> Measures:
    """See how lines, in reading order, are set."""
    leads: dict[int, Counter[float]] = defaultdict(Counter)
    columns: dict[tuple[int, int], list[PrintedLine]] = defaultdict(list)
    for line in lines:
        columns[line.page, line.column].append(line)
    for a, b in pairwise(lines):
        step = b.base - a.base
        alike = (a.page, a.column) == (b.page, b.column) and abs(a.size - b.size) < 0.3
        if alike and 0.85 * a.size < step < 2.4 * a.size:
            leads[round(a.size)][round(step * 2) / 2] += 1
    leading = {size: _usual(steps) for size, steps in leads.items()}
    edges = _edges(columns, em)
    found = Measures(em, leading, edges, True)
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
        if near and len(columns[key]) < 8:
            own[key] = (edge[0], max(edge[1], near[len(near) // 2]))
    return own


def paragraphs_of(
    lines: Sequence[PrintedLine],
    measures: Measures,
    hyphens: Hyphens,
    starts: Callable[[PrintedLine], bool],
) -> list[Paragraph]:
    """Put lines together to paragraphs; `starts` names lines that surely begin or end one alone."""
    found: list[Paragraph] = []
    current: list[PrintedLine] = []
    for at, line in enumerate(lines):
        if current:
            after = lines[at + 1] if at + 1 < len(lines) else None
            if (
                starts(line) != starts(current[-1])
                or (starts(line) and _counts_on(current, line, measures))
                or _ends(current, line, after, measures)
            ):
                found.append(_close(current, measures, hyphens, found))
                current = []
        current.append(line)
    if current:
        found.append(_close(current, measures, hyphens, found))
    return found


def _ends(
    current: Sequence[PrintedLine],
    line: PrintedLine,
    after: PrintedLine | None,
    measures: Measures,
) -> bool:
    """Whether the paragraph of the lines in `current` is complete before `line`."""
    last = current[-1]
    em = max(last.size, line.size)
    if (last.page, last.column) != (line.page, line.column):
        return _ends_at_column(current, line, measures)
    step = line.base - last.base
    if abs(step) < 0.35 * em:
        return False
    if _changes_type(last, line):
        return True
    lead = measures.lead(line)
    if is_display(line, measures) and is_display(last, measures):
        return _counts_on(current, line, measures) or step > max(
            1.45 * em, min(1.1 * lead, 1.6 * em)
        )
    runs_on = starts_low(line.text) and not ends_sentence(last.text)
    if step > lead + (0.9 if runs_on else 0.28) * em:
        return True
    if ends_in_hyphen(last.text) or address_goes_on(last.text, line.text):
        return False
    if _BULLET.match(line.text) and (line.text[0] in _SURE or _is_point(current, line, em)):
        return True
    if line.left - last.left > 0.7 * em:
        return _indent_ends(current, line, after, measures)
    if last.left - line.left > 0.7 * em and len(current) > 1:
        return not runs_on or last.left - current[0].left > -0.3 * em
    return _was_short(last, line, measures.edge(line)[1])


def _was_short(last: PrintedLine, line: PrintedLine, right: float) -> bool:
    """Whether the next word would have fitted into a line that did not have to end."""
    em = max(last.size, line.size)
    if last.right + 0.3 * em + _first_width(line) >= right - 0.4 * em:
        return False
    if ends_sentence(last.text):
        return last.right < right - 0.6 * em
    return not starts_low(line.text) and last.right < right - 3 * em


def _counts_on(current: Sequence[PrintedLine], line: PrintedLine, measures: Measures) -> bool:
    """Whether a line begins with a number, below a numbered one or apart from the line above."""
    if not _NUMBERED.match(line.text):
        return False
    apart = line.base - current[-1].base > measures.lead(line) + 0.15 * line.size
    return apart or _NUMBERED.match(current[0].text) is not None


def is_display(line: PrintedLine, measures: Measures) -> bool:
    """Whether a line is set as headings are: larger than the text, or bold."""
    return line.size > 1.12 * measures.em or (line.bold and line.size > 0.9 * measures.em)


def _is_point(current: Sequence[PrintedLine], line: PrintedLine, em: float) -> bool:
    first = current[0]
    if _BULLET.match(first.text) and abs(first.left - line.left) < 0.5 * em:
        return True
    return ends_sentence(current[-1].text) or current[-1].text.endswith((":", ";"))


def _changes_type(last: PrintedLine, line: PrintedLine) -> bool:
    """Whether the face or size of two lines is not that of one paragraph."""
    bigger, smaller = max(last.size, line.size), min(last.size, line.size)
    if bigger > 1.07 * smaller:
        short = last if last.size == smaller else line
        return len(short.text) > 4 or bigger > 1.5 * smaller
    if last.bold != line.bold:
        flows = not ends_sentence(last.text) and starts_low(line.text)
        return not (flows and last.right - last.left > 12 * bigger)
    return False


def _indent_ends(
    current: Sequence[PrintedLine],
    line: PrintedLine,
    after: PrintedLine | None,
    measures: Measures,
) -> bool:
    """Whether a line that is set in further than the one above begins a paragraph."""
    last = current[-1]
    em = line.size
    left, right = measures.edge(line)
    runs_on = starts_low(line.text) and not ends_sentence(last.text)
    same = after is not None and (after.page, after.column) == (line.page, line.column)
    hangs = same and after is not None and abs(after.left - line.left) < 0.4 * em
    full = last.right > right - 1.5 * em
    if len(current) == 1 and (hangs or not same) and full and not ends_sentence(last.text):
        return False
    if len(current) == 1 and _BULLET.match(last.text) and full:
        return False
    if runs_on and full and not hangs:
        return line.left - left > 6 * em
    return True


def _first_width(line: PrintedLine) -> float:
    """How wide the first word of a line is."""
    right = line.words[0].right
    for word in line.words[1:]:
        if not word.glued:
            break
        right = word.right
    return right - line.words[0].left


def _ends_at_column(current: Sequence[PrintedLine], line: PrintedLine, measures: Measures) -> bool:
    """Whether the paragraph ends with its column, so that `line` begins another."""
    last = current[-1]
    if _changes_type(last, line) or is_display(line, measures):
        return True
    if ends_in_hyphen(last.text) or address_goes_on(last.text, line.text):
        return False
    left, _ = measures.edge(line)
    _, right = measures.edge(last)
    if _BULLET.match(line.text) and (ends_sentence(last.text) or line.text[0] in "•●■"):
        return True
    if starts_low(line.text) and not ends_sentence(last.text):
        return False
    short = last.right + 0.3 * last.size + _first_width(line) < right - 0.5 * last.size
    if line.left - left > 0.7 * line.size:
        return ends_sentence(last.text) or short
    if ends_sentence(last.text):
        return short or (not measures.indents and last.right < right - 0.8 * last.size)
    return last.right < right - 4 * last.size


def _close(
    lines: Sequence[PrintedLine], measures: Measures, hyphens: Hyphens, before: Sequence[Paragraph]
) -> Paragraph:
    first = lines[0]
    gap = 2.0
    if before:
        last = before[-1].lines[-1]
        if (last.page, last.column) == (first.page, first.column):
            gap = (first.base - last.base - measures.lead(first)) / first.size
    left, right = measures.edge(first)
    later = lines[1:] or lines
    indent = min(line.left for line in later) - left
    inset = len(lines) > 1 and max(line.right for line in lines) < right - 0.9 * first.size
    return Paragraph(
        list(lines),
        put_together([line.text for line in lines], hyphens),
        gap,
        indent / first.size,
        inset
        and indent > 0.9 * first.size
        and min(line.left for line in lines) - left > 0.9 * first.size,
        len(lines) - 1,
    )


def put_together(texts: Sequence[str], hyphens: Hyphens) -> str:
    """The words of printed lines as one paragraph."""
    pieces: list[str] = []
    text = texts[0]
    for following in texts[1:]:
        left, between, _ = joint(text, following, hyphens)
        pieces += [left, between]
        text = following
    pieces.append(text)
    return " ".join("".join(pieces).replace("\u00ad", "").split())


def with_cut_joined(
    paragraphs: Sequence[Paragraph], hyphens: Hyphens, is_float: Callable[[Paragraph], bool]
) -> list[Paragraph]:
    """Paragraphs made whole that a figure, a table or a page cut in two.

    The second half begins with a small letter, or the first ends in a hyphen; between them stand
    only paragraphs of which `is_float` is true, which then follow.
    """
    found: list[Paragraph] = []
    open_at: int | None = None
    for para in paragraphs:
        if open_at is not None:
            first = found[open_at]
            between = found[open_at + 1 :]
            if (
                _goes_on(first, para)
                and not is_float(para)
                and len(between) <= 12
                and all(is_float(p) for p in between)
            ):
                first.text = put_together([first.text, para.text], hyphens)
                first.lines = [*first.lines, *para.lines]
                continue
        found.append(para)
        if not is_float(para):
            open_at = len(found) - 1
    return found


def _goes_on(first: Paragraph, second: Paragraph) -> bool:
    a, b = first.lines[-1], second.lines[0]
    if abs(a.size - b.size) > 0.07 * a.size or a.bold != b.bold or len(first.text) < 40:
        return False
    if (a.page, a.column) == (b.page, b.column) and b.base - a.base < 3 * a.size:
        return False
    if ends_in_hyphen(first.text):
        return True
    return (
        starts_low(second.text) and not ends_sentence(first.text) and not first.text.endswith(":")
    )


def is_caption(text: str) -> bool:
    """Whether a paragraph is the caption of a figure or a table."""
    return _CAPTION.match(text) is not None
