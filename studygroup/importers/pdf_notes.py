"""Footnotes of a printed page: small type at the foot of a column that begins with a mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from studygroup.importers.lines import ends_sentence
from studygroup.importers.pdf_lines import PrintedLine, is_raised

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(
    r"([⁰¹²³⁴-⁹]{1,3}|[*∗†‡§¶]{1,3}|\d{1,3}(?=[A-Z“\"‘(])|\d{1,3}[.)]? (?=\S))\s*(?=\S)"
)
STUCK = re.compile(r"(?<=[^\W\d_]|[.,;:!?”’\"')])(\d{1,3})(?=[\s,;:.)”’]|$)")
"""A call that is no smaller than the text: digits right behind a word or its punctuation."""

_SMALL = 0.94
"""The size of notes beside that of the text, at most."""


@dataclass(slots=True)
class PageNote:
    """A footnote on its page: its mark (digits or a sign) and its printed lines."""

    page: int
    mark: str
    lines: list[PrintedLine] = field(default_factory=list)


def take_notes(
    pages: Sequence[Sequence[PrintedLine]], em: float
) -> tuple[list[list[PrintedLine]], list[PageNote]]:
    """The lines of each page without footnotes, and the footnotes in order."""
    notes: list[PageNote] = []
    kept: list[list[PrintedLine]] = []
    for lines in pages:
        columns: dict[int, list[PrintedLine]] = defaultdict(list)
        for line in lines:
            columns[line.column].append(line)
        calls = _called(lines, em)
        taken: set[int] = set()
        for column in columns.values():
            taken |= _from_column(column, em, notes, calls)
        kept.append([line for line in lines if id(line) not in taken])
    return kept, notes


def _called(lines: Sequence[PrintedLine], em: float) -> set[str]:
    """The marks that stand raised in the text of a page."""
    found: set[str] = set()
    for line in lines:
        for at, word in enumerate(line.words):
            if at and is_raised(word, line):
                found |= set(re.split(r"[,\s]+", word.text.strip()))
                found.add(word.text.strip(".,;"))
        if line.size > _SMALL * em:
            found |= {match.group(1) for match in STUCK.finditer(line.text)}
        for sign in "*∗†‡§¶":
            if sign in line.text[1:]:
                found.add(sign)
    return found


def _from_column(
    column: Sequence[PrintedLine], em: float, notes: list[PageNote], calls: set[str]
) -> set[int]:
    """Take the notes at the foot of a column; the ids of their lines."""
    start = len(column)
    while start and column[start - 1].size <= _SMALL * em:
        start -= 1
    foot = column[start:]
    marks = {at: mark for at, line in enumerate(foot) if (mark := _mark(line, calls))}
    if not marks:
        return set()
    taken: set[int] = set()
    first = min(marks)
    if first and notes and notes[-1].page == foot[0].page - 1 and _is_open(notes[-1]):
        notes[-1].lines += foot[:first]
        taken |= {id(line) for line in foot[:first]}
    current: PageNote | None = None
    for at in range(first, len(foot)):
        line = foot[at]
        if at in marks:
            current = PageNote(line.page, marks[at])
            notes.append(current)
        elif current and at and line.base - foot[at - 1].base > 1.9 * line.size:
            break
        if current:
            current.lines.append(line)
            taken.add(id(line))
    return taken


def _is_open(note: PageNote) -> bool:
    return not ends_sentence(note.lines[-1].text)


def _mark(line: PrintedLine, calls: set[str]) -> str:
    """The mark with which a note's first line begins, if the text of the page calls it."""
    match = _MARK.match(line.text)
    if not match:
        return ""
    mark = match.group(1).translate(_SUPERSCRIPTS).strip(" .)")
    return mark if mark in calls else ""


def without_mark(text: str) -> str:
    """The first line of a note without its mark."""
    return _MARK.sub("", text, count=1)
