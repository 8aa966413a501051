"""Printed lines of a text: where they stand, how wide they are, which are page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_PAGE_NUMBER = re.compile(
    r"^[-–—\[( ]*(?:page |p\. ?)?(\d{1,4})(?: ?(?:of|/) ?\d{1,4})?[-–—\]) ]*$", re.I
)
_QUOTE_MARKS = re.compile(r"(?:> ?){1,20}(?=\s|$|[^\s\d=<-])\s*")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\S+")
SENTENCE_END = re.compile(r"(?:[.?!…]|\.\.\.)[\"'”’»)\]*_]*(?:\[\^\w+\])?[\"'”’»)\]*_]*$")

_NARROW = frozenset("ijlIt.,:;!|'’‘()[] `")
_SLIM = frozenset('frsJ-“”"/\\*°')
_ROUND = frozenset("aceéèzxvky")
_WIDE = frozenset("mwMW—…@%&")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words, how far it is indented, and the blank lines before it.

    `page` says that a page begins here: `gap` then tells nothing about paragraphs. `quoted` counts
    the `>` with which mail programs mark what a line quotes.
    """

    text: str
    indent: int = 0
    gap: int = 0
    page: bool = False
    quoted: int = 0


def printed_lines(text: str) -> list[Line]:
    """The lines of a text that hold anything, in order; a form feed begins a page."""
    lines: list[Line] = []
    gap, page = 0, False
    for row in text.split("\n"):
        for number, raw in enumerate(row.split("\f")):
            page = page or number > 0
            marks, words = _unquoted(raw.strip())
            if not words:
                gap += number == 0
                continue
            lines.append(Line(words, len(raw) - len(raw.lstrip()), gap, page, marks))
            gap, page = 0, False
    return lines


def _unquoted(text: str) -> tuple[int, str]:
    match = _QUOTE_MARKS.match(text)
    return (match.group().count(">"), text[match.end() :]) if match else (0, text)


def printed_width(text: str) -> float:
    """About how wide a line prints in a proportional face, in ems.

    Five classes of letters are enough to tell whether one more word would have fitted.
    """
    return sum(map(_em, text))


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.28
    if char in _SLIM:
        return 0.36
    if char in _WIDE:
        return 0.78
    if char.isupper():
        return 0.68
    return 0.45 if char in _ROUND else 0.5


def starts_low(text: str) -> bool:
    """Whether a line goes on in the middle of a sentence, as far as its first letter tells."""
    first = text.lstrip("([“\"‘'–—-… ")[:1]
    return first.islower()


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, closing quotes and brackets aside."""
    return SENTENCE_END.search(text[-40:]) is not None


def without_page_furniture(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """The lines without page numbers and running heads, and how many went.

    A running head is a short line that stands, digits aside, at three or more places, most of them
    next to a page number, at a page's start, or in the middle of a sentence. Numbers alone on their
    lines are page numbers when they grow steadily and some of them interrupt a sentence; else they
    may be headings.
    """
    numbers = _page_numbers(lines)
    heads = _running_heads(lines, numbers)
    drop = numbers | heads
    if not drop:
        return list(lines), 0
    kept: list[Line] = []
    begins = False
    for number, line in enumerate(lines):
        if number in drop:
            begins = True
            continue
        kept.append(replace(line, page=True) if begins and kept else line)
        begins = False
    return kept, len(drop)


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    found = [
        (at, int(match.group(1)))
        for at, line in enumerate(lines)
        if len(line.text) < 24 and (match := _PAGE_NUMBER.match(line.text))
    ]
    best: list[int] = []
    run: list[int] = []
    last = -1
    for at, value in found:
        if run and not last < value <= last + 2:
            run = []
        run.append(at)
        last = value
        if len(run) > len(best):
            best = list(run)
    chosen = set(best)
    if len(chosen) >= 2 and any(_interrupts(lines, at, chosen) for at in chosen):
        return chosen
    return {at for at, _ in found if _beside_page_break(lines, at)}


def _interrupts(lines: Sequence[Line], at: int, others: set[int]) -> bool:
    """Whether the line at `at` stands between two halves of a sentence."""
    before, after = at - 1, at + 1
    while before in others:
        before -= 1
    while after in others:
        after += 1
    if before < 0 or after >= len(lines):
        return False
    return not ends_sentence(lines[before].text) and starts_low(lines[after].text)


def _beside_page_break(lines: Sequence[Line], at: int) -> bool:
    return lines[at].page or (at + 1 < len(lines) and lines[at + 1].page)


def _running_heads(lines: Sequence[Line], numbers: set[int]) -> set[int]:
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if at not in numbers and 3 < len(line.text) <= 70:
            places.setdefault(_DIGITS.sub("", line.text).strip(" -–—|·"), []).append(at)
    heads: set[int] = set()
    for key, ats in places.items():
        if len(ats) < 3 or not key:
            continue
        mine = set(ats) | numbers
        odd = [
            at
            for at in ats
            if at - 1 in numbers
            or at + 1 in numbers
            or lines[at].page
            or _interrupts(lines, at, mine)
        ]
        if len(odd) * 2 > len(ats):
            heads |= set(odd)
    return heads


def most_common(values: Iterable[int], otherwise: int) -> int:
    """The value that occurs most often."""
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else otherwise


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set to look them up in."""
    return frozenset(text.split())


def first_word(text: str) -> str:
    """The first word of a line."""
    match = _WORD.search(text)
    return match.group() if match else ""
