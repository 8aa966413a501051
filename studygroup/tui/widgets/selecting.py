"""What the mouse selected on a sheet, put together again as the text's own words; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studygroup.tui.widgets.blocks import Line, cut_runs

SpanOf = Callable[[int], tuple[int, int] | None]
"""Which characters of a line are selected: half-open, an end of -1 for the line's end, or None."""


def selected_part(line: Line, span: tuple[int, int] | None) -> tuple[int, int]:
    """Return the selected stretch of a line's block; empty where nothing of the line is.

    A word that is selected in part is taken whole: what is selected is there to be quoted.
    """
    if span is None:
        return line.start, line.start
    first, last = span
    length = line.end - line.start
    last = length if last < 0 else min(last, length)
    first = min(max(0, first), last)
    return _whole_words(line, line.start + first, line.start + last)


def _whole_words(line: Line, start: int, end: int) -> tuple[int, int]:
    text = line.block.text if line.block is not None else ""
    if start >= end:
        return start, end
    while start > line.start and _in_word(text, start):
        start -= 1
    while end < line.end and _in_word(text, end):
        end += 1
    return start, end


def _in_word(text: str, at: int) -> bool:
    """Return whether a word goes on from the character before `at` to the one there."""
    return all(c.isalnum() or c in "'’-" for c in text[at - 1 : at + 1])


def selected_text(lines: Sequence[Line], span_of: SpanOf) -> str:
    """Return the selected words: wrapped lines joined, a blank line between blocks.

    Footnote marks are left out: they are no part of the text.
    """
    paragraphs: list[str] = []
    before: Line | None = None
    for index, line in enumerate(lines):
        span = span_of(index)
        if line.block is None or span is None:
            continue
        start, end = selected_part(line, span)
        words = "".join(
            line.block.text[first:last]
            for first, last, styles in cut_runs(line.block.runs, start, end)
            if "mark" not in styles
        )
        if before is not None and before.block is line.block:
            paragraphs[-1] += line.block.text[before.end : line.start] + words
        elif words:
            paragraphs.append(words)
        else:
            continue
        before = line
    return "\n\n".join(paragraphs)
