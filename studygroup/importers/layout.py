"""Printed lines → whole paragraphs: how a document spaces its lines, and where paragraphs end.

What tells that a paragraph ends after a line, in order: more blank lines than the document puts
between the lines of one paragraph; an indented next line; and, where neither is used, that the
first word of the next line would still have fitted (the test of a justified or ragged margin known
from typesetting: a line is broken because it is full). Widths are estimated, for the print was set
in a proportional face, unless the lines are of equal length in characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from studygroup.importers.hyphens import Hyphens, address_goes_on, ends_in_hyphen, joint
from studygroup.importers.lines import (
    Line,
    ends_sentence,
    first_word,
    most_common,
    printed_width,
    starts_low,
)
from studygroup.importers.quotations import begins_quotation, is_credit, is_whole_quotation

LONG_LINE = 110
"""Characters from which a line is no printed line but a paragraph."""

_LIST_START = re.compile(r"(?:[-*•‣◦▪·–—]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+\S")
_RULE = re.compile(r"(?:[-–—_*=~#·•+.]\s?){3,}$")
_UNDERLINE = re.compile(r"(?:=+|-+|~+|\*+|\^+|_+)$")
_ADDRESS_LINE = re.compile(r"(?:h?ttps?://|www\.)\S+$", re.I)


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph made whole from printed lines, with what its lines told.

    `gap` is the number of blank lines before it beyond those between printed lines; `tight` says
    that it follows directly under its neighbour although the document sets paragraphs apart (lines
    of verse, an address, a list); `quoted` counts the `>` before its lines; `underline` is the
    character of a line of strokes below it.
    """

    text: str
    lines: int = 1
    gap: int = 0
    indent: int = 0
    tight: bool = False
    quoted: int = 0
    underline: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document sets its lines.

    `spacing` is the number of blank lines between lines of one paragraph, None when each line is a
    paragraph; `explicit` says that paragraphs are set apart by more; `indented` that their first
    lines are; `margin` is the usual indent, `width` that of a full line in units of `measure`.
    """

    spacing: int | None
    explicit: bool = False
    indented: bool = False
    margin: int = 0
    width: float = 1.0
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


@dataclass(slots=True)
class Joined:
    """Paragraphs, and counts of what was done to get them."""

    paras: list[Para]
    repairs: dict[str, int] = field(default_factory=dict)


def read_layout(lines: Sequence[Line]) -> Layout:
    """See how a document sets its lines."""
    if not lines:
        return Layout(None)
    pairs = list(pairwise(lines))
    long_text = sum(len(line.text) for line in lines if len(line.text) > LONG_LINE)
    goes_on = [0, 0, 0]
    for before, after in pairs:
        if after.gap < 3 and not after.page and _runs_on(before, after):
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
        1 for before, after in pairs if after.gap == spacing and _indents(before, after, margin)
    )
    measure = _measure([line.text for line in lines])
    return Layout(
        spacing,
        explicit=apart * 25 >= len(lines),
        indented=first_lines * 40 >= len(lines),
        margin=margin,
        width=_full_width([measure(line.text) for line in lines]),
        measure=measure,
    )


def _runs_on(before: Line, after: Line) -> bool:
    return starts_low(after.text) and not ends_sentence(before.text)


def _indents(before: Line, after: Line, margin: int) -> bool:
    return margin + 1 < after.indent <= margin + 10 and before.indent <= margin + 1


def _measure(texts: Sequence[str]) -> Callable[[str], float]:
    """Characters when full lines are about equally long in them, else estimated print widths."""
    return min(
        (len_of, printed_width), key=lambda measure: _raggedness([measure(t) for t in texts])
    )


def len_of(text: str) -> float:
    """The width of a line in a face where all letters are equally wide."""
    return float(len(text))


def _raggedness(widths: list[float]) -> float:
    """How much of the width is left free at the upper quartile's full lines."""
    full = _full_width(widths)
    near = sorted((width / full for width in widths if width > full * 0.8), reverse=True)
    upper = near[: max(1, len(near) // 2)]
    return 1 - sum(upper) / len(upper) if upper else 1.0


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


def join_lines(
    lines: Sequence[Line],
    layout: Layout,
    hyphens: Hyphens,
    stands_alone: Callable[[str], bool] = lambda _: False,
) -> Joined:
    """Put printed lines together to whole paragraphs.

    `stands_alone` names lines that are never joined with others (a thread's comment headers).
    """
    joined = Joined([])
    current: list[Line] = []
    for line in lines:
        if current and _UNDERLINE.match(line.text) and _underlines(current, line):
            _close(joined, current, layout, hyphens, underline=line.text[0])
            current = []
            continue
        if current and (
            stands_alone(line.text)
            or stands_alone(current[-1].text)
            or _ends_paragraph(current, line, layout, joined)
        ):
            _close(joined, current, layout, hyphens)
            current = []
        elif current and line.page:
            _count(joined, "page_breaks")
        current.append(line)
    if current:
        _close(joined, current, layout, hyphens)
    return joined


def _underlines(current: Sequence[Line], strokes: Line) -> bool:
    """Whether a line of strokes underlines the one above it (alone, about as long as it)."""
    above = current[-1]
    length = len(strokes.text)
    return (
        len(current) == 1
        and strokes.gap == 0
        and length >= 3
        and abs(length - len(above.text)) <= max(3, len(above.text) // 3)
        and not _RULE.match(above.text)
    )


def _ends_paragraph(current: Sequence[Line], line: Line, layout: Layout, joined: Joined) -> bool:
    """Whether the paragraph of the lines in `current` is complete before `line`."""
    last = current[-1]
    if layout.spacing is None or line.quoted != last.quoted:
        return True
    if _RULE.match(line.text) or _RULE.match(last.text):
        return True
    if line.gap > layout.spacing and not line.page:
        return True
    if address_goes_on(last.text, line.text) or ends_in_hyphen(last.text):
        return False
    if _LIST_START.match(line.text) and not (line.page or _mid_sentence(last, line, layout)):
        return True
    if (
        not line.page
        and _indents(last, line, layout.margin)
        and (layout.indented or _hanging(current))
    ):
        return layout.indented
    if layout.indented and len(current) == 1 and line.indent <= layout.margin < last.indent - 1:
        return False
    return _was_not_full(current, line, layout, joined)


def _hanging(current: Sequence[Line]) -> bool:
    return _LIST_START.match(current[0].text) is not None


def _mid_sentence(last: Line, line: Line, layout: Layout) -> bool:
    return not ends_sentence(last.text) and layout.fill(last, line) > 0.9


def _was_not_full(current: Sequence[Line], line: Line, layout: Layout, joined: Joined) -> bool:
    last = current[-1]
    fill = layout.fill(last, line)
    complete = ends_sentence(last.text)
    if not complete and begins_quotation(line.text) and fill < (0.75 if layout.explicit else 0.93):
        return True
    if _runs_on(last, line) or (not complete and line.text[0] in "&)"):
        return _is_address(line.text) and layout.fill(last) < 0.5
    if layout.explicit or layout.indented:
        return fill < (0.97 if line.page and complete else 0.75)
    if complete and not starts_low(line.text) and fill < 0.985:
        return True
    if complete and _closes_quotation(current, joined):
        return True
    if complete and layout.fill(line) < 0.6 and is_credit(current[0].text, last.text, line.text):
        return True
    return fill < 0.975 and not (starts_low(line.text) and fill > 0.6)


def _is_address(text: str) -> bool:
    return _ADDRESS_LINE.match(text) is not None


def _closes_quotation(current: Sequence[Line], joined: Joined) -> bool:
    """Whether the lines are one quotation, complete, that the paragraph before announced."""
    if not joined.paras or not joined.paras[-1].text.endswith((",", ":")):
        return False
    if not begins_quotation(current[0].text) or current[-1].text[-1] not in '”»".…':
        return False
    return is_whole_quotation(" ".join(line.text for line in current))


def _announced_at(current: Sequence[Line], layout: Layout) -> int:
    """The place of the line from which a paragraph is a quotation that one or two lines announce,
    where print sets quotations off by nothing but a new line; 0 when there is none.
    """
    if layout.spacing is None or layout.explicit or layout.indented:
        return 0
    for at in range(1, min(3, len(current) - 1)):
        if not current[at - 1].text.endswith((",", ":")) or layout.fill(current[at - 1]) > 0.93:
            continue
        rest = " ".join(line.text for line in current[at:])
        if begins_quotation(rest) and is_whole_quotation(rest):
            return at
    return 0


def _close(
    joined: Joined, current: Sequence[Line], layout: Layout, hyphens: Hyphens, underline: str = ""
) -> None:
    split = _announced_at(current, layout)
    if split:
        _close(joined, current[:split], layout, hyphens)
        current = current[split:]
    pieces: list[str] = []
    text = current[0].text
    for line in current[1:]:
        left, between, taken = joint(text, line.text, hyphens)
        if taken:
            _count(joined, "dehyphenated")
        pieces += [left, between]
        text = line.text
    pieces.append(text)
    whole = " ".join("".join(pieces).replace("\u00ad", "").split())
    first = current[0]
    if len(current) > 1:
        _count(joined, "rejoined_lines", len(current) - 1)
    joined.paras.append(
        Para(
            whole,
            lines=len(current),
            gap=max(0, first.gap - (layout.spacing or 0)),
            indent=first.indent,
            quoted=first.quoted,
            tight=layout.explicit and first.gap <= (layout.spacing or 0) and bool(joined.paras),
            underline=underline,
        )
    )


def _count(joined: Joined, name: str, times: int = 1) -> None:
    joined.repairs[name] = joined.repairs.get(name, 0) + times
