"""Footnotes that stand at the foot of a page with plain digits, called by digits stuck to a word.

That is how text taken from a PDF has them, for it knows no superscripts. They are told by what only
notes have: they are the last lines of their page, their numbers count on, and each is called on the
page above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from studygroup.importers.lines import Line

_NOTE = re.compile(r"(\d{1,3})(?:[.)]?\s+|(?=[A-ZÀ-Þ“‘(]))(?=\S)")
_CALL = re.compile(r"(?:(?<=[^\W\d_])|(?<=[.,;:!?”’\"')\]]))\d{1,3}(?=[\s,;:)”’]|\.(?:\s|$)|$)")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴-⁹]")
_LONGEST_PAGE = 200
"""Lines of a page beyond which it is none."""
_FEWEST = 3
"""How many notes a document has at least, on two pages or more, for any to be taken for one."""
_BODY = 0.3
"""The share of a page that is text at least, before its notes."""
_MISSING = 2
"""How many numbers may be missing between one note and the next: those were not recognised."""


_Place = tuple[int, tuple[int, int]]
"""A line, and a span of characters in it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A note: its number, the place of its first line and of that after its last, and of its call
    (the line, and the span in it).
    """

    number: int
    begin: int
    end: int
    line: int
    span: tuple[int, int]


def with_marked_notes(lines: Sequence[Line]) -> list[Line]:
    """Lines with such notes at the end of all, and superscripts for the digits of note and call;
    as they are where a document has no such notes, or superscripts already.
    """
    pages = list(_pages(lines)) if lines else []
    if len(pages) < 2 or any(_SUPERSCRIPT.search(line.text) for line in lines):
        return list(lines)
    found: list[_Found] = []
    last = 0
    for begin, end in pages:
        here = _on_page(lines, begin, end, last)
        if here:
            found += here
            last = here[-1].number
    on = {note.end for note in found}
    if len(found) < _FEWEST or len(on) < 2:
        return list(lines)
    return _moved(lines, found)


def _pages(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    starts = [at for at, line in enumerate(lines) if at == 0 or line.page]
    yield from zip(starts, [*starts[1:], len(lines)], strict=True)


def _on_page(lines: Sequence[Line], begin: int, end: int, last: int) -> list[_Found]:
    """The notes at the foot of a page, `last` being the number of the one before."""
    if end - begin > _LONGEST_PAGE:
        return []
    calls = _calls(lines, begin, end)
    found: list[_Found] = []
    before, foot = (begin, (0, 0)), end
    for at in range(begin + max(1, round((end - begin) * _BODY)), end):
        match = _NOTE.match(lines[at].text)
        number = int(match.group(1)) if match else 0
        due = last < number <= last + 1 + _MISSING or (number == 1 and not found)
        called = (one for one in calls.get(number, ()) if before < one < (min(foot, at), (0, 0)))
        call = next(called, None) if due else None
        if call is not None:
            if found:
                found[-1] = replace(found[-1], end=at)
            found.append(_Found(number, at, end, *call))
            last, before, foot = number, call, min(foot, at)
    return found


def _calls(lines: Sequence[Line], begin: int, end: int) -> dict[int, list[_Place]]:
    """The places on a page where a number is stuck to a word or a mark, by the number."""
    found: dict[int, list[_Place]] = {}
    for at in range(begin, end):
        for match in _CALL.finditer(lines[at].text):
            found.setdefault(int(match.group()), []).append((at, match.span()))
    return found


def _moved(lines: Sequence[Line], found: Sequence[_Found]) -> list[Line]:
    """The lines with the notes at the end, under numbers of which none comes twice."""
    numbers = [note.number for note in found]
    again = len(set(numbers)) < len(numbers)
    body = list(lines)
    notes: list[Line] = []
    for order, note in enumerate(found, 1):
        label = str(order if again else note.number).translate(_SUPERSCRIPTS)
        match = _NOTE.match(lines[note.begin].text)
        first = lines[note.begin].text[match.end() :] if match else ""
        notes.append(replace(lines[note.begin], text=f"{label} {first}", gap=3, page=False))
        notes += [replace(line, page=False) for line in lines[note.begin + 1 : note.end]]
    for order, note in reversed(list(enumerate(found, 1))):
        label = str(order if again else note.number).translate(_SUPERSCRIPTS)
        text, (begin, end) = body[note.line].text, note.span
        body[note.line] = replace(body[note.line], text=f"{text[:begin]}{label}{text[end:]}")
    gone = {at for note in found for at in range(note.begin, note.end)}
    return [line for at, line in enumerate(body) if at not in gone] + notes
