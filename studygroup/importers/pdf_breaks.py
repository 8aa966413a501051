"""Where the paragraphs of a PDF end, by what the places and the type of its lines tell.

A paragraph ends where the type changes, where the next line stands further below than lines do, is
set in as first lines are, or comes although its first word would have fitted into the line before.
Across columns and pages only the indent, the last line's length and the sentence can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from studygroup.importers.hyphens import address_goes_on, ends_in_hyphen
from studygroup.importers.lines import ends_sentence, starts_low
from studygroup.importers.pdf_lines import PrintedLine
from studygroup.importers.pdf_measures import Measures, is_display
from studygroup.importers.shapes import is_capitals

_BULLET = re.compile(r"[•‣◦▪●○■□∙·–—*-]\s*(?=\S)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
_SURE = "•‣◦▪●○■□∙"
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z](?:\.\d{1,2})+\.?|[IVX]{1,5}\.|[A-Z]\.)\s+\S"
)

_COLUMN = 8
"""From so many lines on a column is one of text, not a box or a cell."""


def ends_before(
    current: Sequence[PrintedLine],
    line: PrintedLine,
    after: PrintedLine | None,
    measures: Measures,
    starts: Callable[[PrintedLine], bool],
) -> bool:
    """Whether the paragraph of the lines in `current` is complete before `line`, which `after`
    follows; `starts` names lines that surely begin or end one alone.
    """
    if _is_same_headline(current, line, measures):
        return False
    if starts(line) != starts(current[-1]) and not _runs_in(current[-1], line, measures):
        return True
    return (starts(line) and _counts_on(current, line, measures)) or _ends(
        current, line, after, measures
    )


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
    if abs(step) < 0.35 * min(last.size, line.size):
        return False
    if _changes_type(last, line) and not _runs_in(last, line, measures):
        return True
    lead = measures.lead(line)
    if is_display(line, measures) and is_display(last, measures):
        return _counts_on(current, line, measures) or step > _most_step(last, line, measures)
    runs_on = starts_low(line.text) and not ends_sentence(last.text)
    if step > lead + (0.9 if runs_on else 0.28) * em:
        return True
    if ends_in_hyphen(last.text) or address_goes_on(last.text, line.text):
        return False
    if _BULLET.match(line.text) and (line.text[0] in _SURE or _is_point(current, line, em)):
        return True
    if _is_centred_title(last, line):
        return False
    if line.left - last.left > 0.7 * em:
        return _indent_ends(current, line, after, measures)
    left = _left_of(current) if runs_on else last.left
    if left - line.left > 0.7 * em and len(current) > 1:
        return not runs_on or left - current[0].left > -0.3 * em
    return _was_short(last, line, measures.edge(line)[1]) and not _is_beside(current, line, after)


def _most_step(last: PrintedLine, line: PrintedLine, measures: Measures) -> float:
    """The distance up to which a line in large or bold type goes on with the one above: more where
    it begins with a small letter, or where a column sets all its lines so far apart.
    """
    em = max(last.size, line.size)
    if starts_low(line.text) and not ends_sentence(last.text):
        return 2.1 * em
    lead = measures.lead(line)
    if measures.is_own_lead(line):
        return max(1.45 * em, 1.1 * lead)
    return max(1.45 * em, min(1.1 * lead, 1.6 * em))


def _is_beside(
    current: Sequence[PrintedLine], line: PrintedLine, after: PrintedLine | None
) -> bool:
    """Whether lines, three at least, end at the same place before the column's edge: something
    stands beside them. Where a sentence ends with a line, only exactly the same place counts.
    """
    last = current[-1]
    off = (0.12 if ends_sentence(last.text) else 0.3) * last.size
    near = [*current[-3:-1], line, *([after] if after else [])]
    return sum(abs(other.right - last.right) < off for other in near) > 1


def _left_of(current: Sequence[PrintedLine]) -> float:
    """Where the last row of lines begins: a wide gap may have parted it."""
    last = current[-1]
    return min(line.left for line in current[-4:] if abs(line.base - last.base) < 0.35 * last.size)


def _is_same_headline(
    current: Sequence[PrintedLine], line: PrintedLine, measures: Measures
) -> bool:
    """Whether a line goes on with a headline above it, if beside a column that begins there."""
    last = current[-1]
    if last.page != line.page or last.column == line.column or line.size < 1.3 * measures.em:
        return False
    alike = abs(last.size - line.size) < 0.03 * line.size and last.family == line.family
    near = 0.6 * line.size < line.base - last.base < 1.5 * line.size
    aligned = abs(last.left - line.left) < 0.3 * line.size or (
        abs(last.left + last.right - line.left - line.right) < 0.6 * line.size
    )
    return alike and near and aligned and last.bold == line.bold


def _is_cut_headline(last: PrintedLine, line: PrintedLine, measures: Measures) -> bool:
    """Whether a headline began at the foot of a column of text and goes on at the top of the next:
    nothing else leaves a headline at the foot.
    """
    if last.page != line.page or line.base > last.base or line.size < 1.2 * measures.em:
        return False
    return min(measures.count(last), measures.count(line)) >= _COLUMN


def _runs_in(last: PrintedLine, line: PrintedLine, measures: Measures) -> bool:
    """Whether bold words run over from a full line to the next, which is not bold to its end, or
    the other way round: the paragraph begins with a heading, or something in it is stressed.
    """
    em = measures.em
    if abs(last.size - line.size) > 0.05 * em or last.bold == line.bold or last.size > 1.3 * em:
        return False
    if not (last.words[-1].face.bold and line.words[0].face.bold):
        return False
    if line.base - last.base > measures.lead(line) + 0.28 * em:
        return False
    right = measures.edge(last)[1]
    return last.right + _first_width(line) + 0.3 * em >= right - 0.4 * em


def _is_centred_title(last: PrintedLine, line: PrintedLine) -> bool:
    """Whether two lines in capitals are centred below each other, as those of one title."""
    off = abs(last.left + last.right - line.left - line.right)
    return off < 0.8 * line.size and is_capitals(last.text) and is_capitals(line.text)


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
    if _changes_type(last, line):
        return True
    if is_display(line, measures):
        return not _is_cut_headline(last, line, measures) or _counts_on(current, line, measures)
    if ends_in_hyphen(last.text) or address_goes_on(last.text, line.text):
        return False
    left, end = measures.edge(line)
    start, right = measures.edge(last)
    wide, narrow = max(end - left, right - start), min(end - left, right - start)
    if wide > 1.6 * narrow and not starts_low(line.text):
        return True
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
