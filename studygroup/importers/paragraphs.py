"""Printed lines → whole paragraphs.

What tells that a paragraph ends after a line, in order: more blank lines than the document puts
between the lines of one paragraph; an indented next line; and, where neither is used, that the
first word of the next line would still have fitted (the test of a justified or ragged margin known
from typesetting: a line is broken because it is full). Widths are estimated, for most print is set
in a proportional face, unless counting characters explains the line ends better.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from studygroup.core.draft import Reason
from studygroup.importers.hyphens import Hyphens, address_goes_on, ends_in_hyphen, joint
from studygroup.importers.layout import Layout, indents, runs_on
from studygroup.importers.lines import Line, ends_sentence, starts_low
from studygroup.importers.quotations import begins_quotation, is_credit, is_whole_quotation
from studygroup.importers.shapes import KNOWN, POINT
from studygroup.importers.verse import verse_lines

_RULE = re.compile(r"(?:[-–—_*=~#·•+.]\s?){3,}$")
_UNDERLINE = re.compile(r"(?:=+|-+|~+|\*+|\^+|_+)$")
_NAME_FILL = 0.9
_LONGEST_KNOWN = 20
_NOTE_START = re.compile(r"[¹²³⁴-⁹]{1,3}\s?\S|\[\d{1,3}\]\s+[A-Z“\"]")
_TABLE_ROW = re.compile(r"\S(?:\s{3,}|\s?(?:[.·…] ?){3,})\d{1,4}$")
"""A line of printed contents or of a table: words, a gap, and a number."""
_NUMBERED_NAME = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+[A-ZÀ-Þ“\"]\S*(?: \S+){0,11}$")
"""A line such as a numbered heading is: its number and a name."""
_ADDRESS_LINE = re.compile(r"(?:h?ttps?://|www\.)\S+$", re.I)


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph made whole from printed lines, with what its lines told.

    `gap` is the number of blank lines before it beyond those between printed lines; `tight` says
    that it follows directly under its neighbour although the document sets paragraphs apart (lines
    of verse, an address, a list); `quoted` counts the `>` before its lines; `underline` is the
    character of a line of strokes below it; `page` says that a page begins with it, and that the
    gap tells nothing; `verse` that it is a line of verse. `reasons` speak for and against its being
    a heading.
    """

    text: str
    lines: int = 1
    gap: int = 0
    indent: int = 0
    tight: bool = False
    quoted: int = 0
    underline: str = ""
    page: bool = False
    verse: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class Joined:
    """Paragraphs, and counts of what was done to get them."""

    paras: list[Para]
    repairs: dict[str, int] = field(default_factory=dict)


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
    verse = verse_lines(lines, layout)
    in_verse = alone = False
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if current and _UNDERLINE.match(line.text) and _underlines(current, line):
            _close(joined, current, layout, hyphens, underline=line.text[0])
            current = []
            continue
        complete = bool(current) and (alone or ends_sentence(current[-1].text))
        between = complete and _stands_between(line, following, layout)
        if (
            current
            and at not in verse.goes_on
            and (
                at in verse.begins
                or in_verse
                or alone
                or between
                or stands_alone(line.text)
                or stands_alone(current[-1].text)
                or _ends_paragraph(current, line, layout, joined)
                or (line.page and _begins_page(current[-1], line, following, layout))
            )
        ):
            _close(joined, current, layout, hyphens, verse=in_verse)
            current = []
        elif current and line.page:
            _count(joined, "page_breaks")
        current.append(line)
        in_verse, alone = at in verse.begins or at in verse.goes_on, between
    if current:
        _close(joined, current, layout, hyphens, verse=in_verse)
    return joined


def _begins_page(last: Line, line: Line, following: Line | None, layout: Layout) -> bool:
    """Whether the line with which a page begins stands alone, as a heading does, after a sentence
    that the page before completed.
    """
    if following is None or layout.spacing is None or not ends_sentence(last.text):
        return False
    if ends_sentence(line.text) or starts_low(line.text):
        return False
    return following.gap > layout.spacing or layout.fill(line, following) < 0.75


def _stands_between(line: Line, following: Line | None, layout: Layout) -> bool:
    """Whether a line that nothing sets apart, after a complete sentence or another like it, stands
    alone as a heading does: it has a number or is what parts of papers are called, and is no
    sentence, neither full nor gone on with.
    """
    if (
        following is None
        or layout.spacing is None
        or layout.explicit
        or layout.indented
        or ends_sentence(line.text)
        or starts_low(line.text)
        or starts_low(following.text)
        or line.text[-1] in ",;:-–—"
    ):
        return False
    known = line.text[:1].isupper() and KNOWN.match(line.text) and len(line.text) <= _LONGEST_KNOWN
    named = bool(known) or _NUMBERED_NAME.match(line.text) is not None
    return named and layout.fill(line) < _NAME_FILL


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
    if layout.spacing is None or line.quoted != last.quoted or _NOTE_START.match(line.text):
        return True
    if _NOTE_START.match(current[0].text) and ends_sentence(last.text) and starts_low(line.text):
        return True
    if _RULE.match(line.text) or _RULE.match(last.text) or _TABLE_ROW.search(last.text[-80:]):
        return True
    if line.gap > layout.spacing and not line.page:
        return True
    if address_goes_on(last.text, line.text) or ends_in_hyphen(last.text):
        return False
    if _begins_item(current, line, layout):
        return True
    if indents(last, line, layout.margin) and (layout.indented or _hanging(current)):
        return layout.indented
    if layout.indented and len(current) == 1 and line.indent <= layout.margin < last.indent - 1:
        return False
    return _was_not_full(current, line, layout, joined)


def _begins_item(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether a line begins a point of a list, not with a dash or number inside a sentence."""
    if line.page or not POINT.match(line.text):
        return False
    if line.text[0] in "*•‣◦▪" or current[0].text[:2] == line.text[:2]:
        return True
    if line.text[0] in "-–—" and runs_on(current[-1], line):
        return current[-1].text.endswith((":", ";", ","))
    return current[-1].text.endswith((":", ";")) or not _mid_sentence(current[-1], line, layout)


def _hanging(current: Sequence[Line]) -> bool:
    return POINT.match(current[0].text) is not None


def _mid_sentence(last: Line, line: Line, layout: Layout) -> bool:
    return not ends_sentence(last.text) and layout.fill(last, line) > 0.9


def _was_not_full(current: Sequence[Line], line: Line, layout: Layout, joined: Joined) -> bool:
    last = current[-1]
    fill = layout.fill(last, line)
    complete = ends_sentence(last.text)
    if not complete and begins_quotation(line.text) and fill < (0.75 if layout.explicit else 0.93):
        return True
    if runs_on(last, line) or (not complete and line.text[0] in "&)"):
        return _is_address(line.text) and layout.fill(last) < 0.5
    if layout.explicit or layout.indented:
        return fill < (0.97 if line.page and complete else 0.75)
    if complete and not starts_low(line.text) and fill < layout.surely_full:
        return True
    if complete and _closes_quotation(current, joined):
        return True
    if complete and layout.fill(line) < 0.6 and is_credit(current[0].text, last.text, line.text):
        return True
    return fill < layout.full and not (starts_low(line.text) and fill > 0.6)


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
    joined: Joined,
    current: Sequence[Line],
    layout: Layout,
    hyphens: Hyphens,
    underline: str = "",
    verse: bool = False,
) -> None:
    split = 0 if verse else _announced_at(current, layout)
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
            page=first.page,
            verse=verse,
        )
    )


def _count(joined: Joined, name: str, times: int = 1) -> None:
    joined.repairs[name] = joined.repairs.get(name, 0) + times
