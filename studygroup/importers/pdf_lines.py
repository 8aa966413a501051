"""Rows of a page → printed lines, which end at its gutters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from studygroup.importers.pdf_fonts import Face
from studygroup.importers.pdf_glyphs import Word
from studygroup.importers.pdf_gutters import Gutter
from studygroup.importers.pdf_rows import Row

_FAR: Final = 3.0
"""The gap, in ems, from which two words are no part of the same line, gutter or not."""


@dataclass(slots=True)
class PrintedLine:
    """Words that stand on one line of one column, from left to right.

    `size`, `bold`, `italic`, `mono`, `family` are those of most letters; `page` counts from 0;
    `column` names the column of its page, as the reading order found it.
    """

    words: list[Word]
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    mono: bool
    family: str = ""
    column: int = 0
    text: str = field(default="")

    @property
    def top(self) -> float:
        """The y of the tops of its letters, about."""
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The y of the lower ends of its letters, about."""
        return self.base + 0.22 * self.size


def lines_of(rows: Sequence[Row], gutters: Sequence[Gutter], page: int) -> list[PrintedLine]:
    """The printed lines of a page: its rows, ended at gutters and wide gaps."""
    found: list[PrintedLine] = []
    for row in rows:
        base = row[0].base
        near = [g for g in gutters if g.top <= base <= g.bottom]
        part = [row[0]]
        right = row[0].right
        for word in row[1:]:
            gap = word.left - right
            size = max(word.size, part[-1].size)
            crosses = any(right <= g.left + 1 and word.left >= g.right - 1 for g in near)
            if crosses or gap > _FAR * size:
                found.append(line_of(part, page))
                part = []
                right = word.right
            part.append(word)
            right = max(right, word.right)
        found.append(line_of(part, page))
    return found


def line_of(words: list[Word], page: int) -> PrintedLine:
    """A line of words that stand from left to right."""
    letters: Counter[tuple[float, Face]] = Counter()
    for word in words:
        letters[word.size, word.face] += len(word.text)
    total = sum(letters.values())
    sizes: Counter[float] = Counter()
    families: Counter[str] = Counter()
    bold = italic = mono = symbols = 0
    for (size, face), count in letters.items():
        sizes[round(size, 1)] += count
        families[face.family] += count
        bold += count * face.bold
        italic += count * face.italic
        mono += count * face.mono
        symbols += count * face.symbols
    size = max(sizes, key=lambda s: (sizes[s], s))
    if _is_small_capitals(words, size):
        size = max(sizes)
    plain = max(1, total - symbols)
    main = [word.base for word in words if abs(word.size - size) < 0.3]
    line = PrintedLine(
        words,
        page,
        words[0].left,
        max(word.right for word in words),
        main[0] if main else words[0].base,
        size,
        bold * 10 >= plain * 8 and _ends_are_bold(words),
        italic * 10 >= plain * 8,
        mono * 10 >= plain * 8,
        families.most_common(1)[0][0],
    )
    line.text = text_of(line)
    return line


def _is_small_capitals(words: Sequence[Word], size: float) -> bool:
    """Whether a line is set in small capitals, drawn as capitals of `size` beside larger ones."""
    larger = max(word.size for word in words)
    return (
        0.65 * larger < size < 0.9 * larger
        and all(word.text.upper() == word.text for word in words)
        and all(
            sum(map(str.isalpha, word.text)) <= 2 or word.text.endswith(("-", "."))
            for word in words
            if word.size > 0.95 * larger
        )
    )


def _ends_are_bold(words: Sequence[Word]) -> bool:
    """Whether the first and the last word of a line are bold, signs aside."""
    spelt = [word for word in words if any(map(str.isalpha, word.text))]
    return bool(spelt) and spelt[0].face.bold and spelt[-1].face.bold


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def text_of(line: PrintedLine) -> str:
    """The words of a line with spaces between, digits that are raised as superscripts."""
    pieces: list[str] = []
    last: Word | None = None
    for word in line.words:
        text = word.text
        if is_raised(word, line) and text.strip(",*†‡§∗").isdecimal():
            text = text.translate(_RAISED)
        if last is not None:
            gap = word.left - last.right
            em = max(word.size, last.size)
            apart = gap > 0.3 * em or (not word.glued and gap > 0.04 * em) or gap < -em
            if apart and not (gap < 0.16 * em and _small_capitals(last, word)):
                pieces.append(" ")
        pieces.append(text)
        last = word
    return "".join(pieces)


def _small_capitals(first: Word, rest: Word) -> bool:
    """Whether two words are a capital and the small capitals of the same word."""
    return (
        first.text[-1:].isupper()
        and rest.text.isupper()
        and len(first.text) == 1
        and 0.6 * first.size < rest.size < 0.9 * first.size
    )


def is_raised(word: Word, line: PrintedLine) -> bool:
    """Whether a word is a superscript of its line."""
    return word.size < 0.88 * line.size and line.base - word.base > 0.15 * line.size
