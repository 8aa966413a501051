"""Printed lines of a text: where they stand, how wide they are, which are page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_QUOTE_MARKS = re.compile(r"(?:> ?){1,20}(?=\s|$|[^\s\d=<-])\s*")
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
    return sum(map(_EMS.__getitem__, text))


class _Ems(dict[str, float]):
    """The width of each character that was met, in ems."""

    def __missing__(self, char: str) -> float:
        self[char] = width = _em(char)
        return width


_EMS = _Ems()


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
