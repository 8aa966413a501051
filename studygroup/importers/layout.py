"""How a document sets its lines: their spacing, margin, indents and width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studygroup.importers.lines import (
    Line,
    ends_sentence,
    first_word,
    most_common,
    printed_width,
    starts_low,
)

LONG_LINE = 110
"""Characters from which a line is no printed line but a paragraph."""

SAMPLE = 3000
"""About how many lines, evenly taken, are measured to see how wide a document is."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document sets its lines.

    `spacing` is the number of blank lines between lines of one paragraph, None when each line is a
    paragraph; `explicit` says that paragraphs are set apart by more; `indented` that their first
    lines are; `margin` is the usual indent, `width` that of a full line in units of `measure`,
    `full` the share of it from which a line, with the next word, is too long to be printed, and
    `surely_full` the share that nearly all lines in the middle of a sentence reach.
    """

    spacing: int | None
    explicit: bool = False
    indented: bool = False
    margin: int = 0
    width: float = 1.0
    full: float = 0.975
    surely_full: float = 0.985
    measure: Callable[[str], float] = printed_width

    @property
    def double_spaced(self) -> bool:
        """Whether a blank line follows each printed line, as text taken from a PDF has it."""
        return bool(self.spacing)

    def fill(self, line: Line, next_line: Line | None = None) -> float:
        """The share of the width that a line takes, with the first word of the next when given."""
        taken = self.measure(line.text)
        if next_line is not None:
            taken += self.measure(" " + first_word(next_line.text)[:60])
        return taken / self.width


def read_layout(lines: Sequence[Line]) -> Layout:
    """See how a document sets its lines."""
    if not lines:
        return Layout(None)
    pairs = list(pairwise(lines))
    long_text = sum(len(line.text) for line in lines if len(line.text) > LONG_LINE)
    goes_on = [0, 0, 0]
    for before, after in pairs:
        if after.gap < 3 and not after.page and runs_on(before, after):
            goes_on[after.gap] += 1
    most = max(goes_on)
    if long_text * 2 > sum(len(line.text) for line in lines) or most * 10 < len(pairs) or not most:
        apart = sum(1 for line in lines[1:] if line.gap)
        margin = most_common((line.indent for line in lines), 0)
        return Layout(None, explicit=apart * 4 >= len(lines), margin=margin)
    spacing = goes_on.index(most)
    margin = most_common((line.indent for line in lines), 0)
    apart = sum(1 for line in lines[1:] if line.gap > spacing)
    first_lines = sum(
        1 for before, after in pairs if after.gap == spacing and indents(before, after, margin)
    )
    joined = [
        (before.text, after.text)
        for before, after in pairs
        if after.gap == spacing and not after.page and runs_on(before, after)
    ]
    step, every = max(1, len(lines) // SAMPLE), max(1, len(joined) // SAMPLE)
    measure, width, full, surely = _measure([line.text for line in lines[::step]], joined[::every])
    return Layout(
        spacing,
        explicit=apart * 25 >= len(lines),
        indented=first_lines * 40 >= len(lines),
        margin=margin,
        width=width,
        full=full,
        surely_full=surely,
        measure=measure,
    )


def runs_on(before: Line, after: Line) -> bool:
    """Whether a sentence goes on from one line to the other, as far as their letters tell."""
    return starts_low(after.text) and not ends_sentence(before.text)


def indents(before: Line, after: Line, margin: int) -> bool:
    """Whether a line is set in as a paragraph's first line is, and the one before it is not."""
    return margin + 1 < after.indent <= margin + 10 and before.indent <= margin + 1


def _measure(
    texts: Sequence[str], joined: Sequence[tuple[str, str]]
) -> tuple[Callable[[str], float], float, float, float]:
    """How to measure lines, the width of a full one, and the shares of it that count as full.

    Characters or estimated print widths, whichever explains better why lines end where sentences
    go on (`joined`: two such lines): there the next word did not fit.
    """
    found: list[tuple[float, float, float, Callable[[str], float]]] = []
    for measure in (printed_width, len_of):
        width = _full_width([measure(text) for text in texts])
        fills = sorted(
            measure(f"{before} {first_word(after)[:60]}") / width for before, after in joined
        )
        found.append((fills[len(fills) // 50], fills[len(fills) // 12], width, measure))
    full, surely, width, best = max(found, key=lambda item: item[0])
    full = max(0.6, min(0.975, full - 0.005))
    return best, width, full, max(full + 0.01, min(0.985, surely - 0.005))


def len_of(text: str) -> float:
    """The width of a line in a face where all letters are equally wide."""
    return float(len(text))


def _full_width(widths: list[float]) -> float:
    """The width of a full line: the greatest that several lines share, outliers aside."""
    ordered = sorted(widths, reverse=True)
    need = min(len(ordered) - 1, max(2, len(ordered) // 50))
    for at, width in enumerate(ordered):
        if at + need < len(ordered) and ordered[at + need] >= width * 0.97:
            return width
    return ordered[len(ordered) // 10] or 1.0


def mark_pages(lines: Sequence[Line], layout: Layout) -> list[Line]:
    """Lines with page starts marked that show only as a lone leading space.

    In double-spaced text the first line of a page follows the last of the page before without a
    blank line, and keeps one space before its words.
    """
    if not layout.double_spaced:
        return list(lines)
    return [
        replace(line, page=True, indent=layout.margin)
        if number and line.gap == 0 and 0 < line.indent - layout.margin <= 2
        else line
        for number, line in enumerate(lines)
    ]
