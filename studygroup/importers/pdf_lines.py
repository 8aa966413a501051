"""Words of a page → its gutters, and printed lines that end at them.

A gutter is a strip that no word touches over several rows, with text on both sides: the tall empty
rectangles of Breuel, “Two Geometric Algorithms for Layout Analysis” (2002), found by one sweep from
the top of the page since only upright strips matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from studygroup.importers.pdf_fonts import Face
from studygroup.importers.pdf_glyphs import Page, Word

_NARROWEST: Final = 0.55
"""The width of the narrowest gutter, in ems."""

_ROWS: Final = 4
"""In how many rows text must stand on both sides of a gutter that no other page has."""

_SIDE: Final = 5.0
"""How wide text must be on either side on average, in ems: else it is a list or a table."""

_FAR: Final = 3.0
"""The gap, in ems, from which two words are no part of the same line, gutter or not."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """An upright strip without text, from `left` to `right` and from `top` down to `bottom`."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How far it runs."""
        return self.bottom - self.top


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


Row = list[Word]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Words on the same height of a page together, rows from the top, words from the left.

    A small word that is raised or lowered beside a larger one is on its row.
    """
    rows: list[tuple[float, float, Row]] = []
    placed = zip(_bases(words), words, strict=True)
    for base, word in sorted(placed, key=lambda pair: (pair[0], pair[1].left)):
        if rows and base - rows[-1][0] <= 0.18 * min(word.size, rows[-1][1]):
            first, size, row = rows[-1]
            row.append(word)
            rows[-1] = (first, max(size, word.size), row)
        else:
            rows.append((base, word.size, [word]))
    return [sorted(row, key=lambda word: word.left) for _, _, row in rows]


def with_initials(words: Sequence[Word], em: float) -> list[Word]:
    """Words with large initials, which reach down over several lines, put to the words they begin.

    The lines beside an initial count as beginning where it does.
    """
    found = list(words)
    initials = [
        at
        for at, word in enumerate(words)
        if word.size > 1.8 * em and len(word.text.strip("“‘\"'")) == 1 and word.text[-1].isupper()
    ]
    for at in initials[:100]:
        cap = words[at]
        beside = [
            number
            for number, word in enumerate(found)
            if word.size < 0.7 * cap.size
            and cap.base - 0.85 * cap.size < word.base < cap.base + 0.15 * em
            and -0.2 * em < word.left - cap.right < 1.2 * em
        ]
        if not beside:
            continue
        first = min(beside, key=lambda number: found[number].base)
        for number in beside:
            found[number] = replace(found[number], left=cap.left)
        found[first] = replace(found[first], text=cap.text + found[first].text)
        found[at] = replace(cap, text="")
    return [word for word in found if word.text]


def _bases(words: Sequence[Word]) -> list[float]:
    """The y of the line that each word belongs to: its own, or that of a larger one beside it."""
    bases = [word.base for word in words]
    for at in range(1, len(words)):
        if _clings(words[at], words[at - 1]):
            bases[at] = bases[at - 1]
    for at in range(len(words) - 2, -1, -1):
        if _clings(words[at], words[at + 1]):
            bases[at] = bases[at + 1]
    return bases


def _clings(word: Word, other: Word) -> bool:
    """Whether a small word is raised or lowered beside a larger one."""
    em = other.size
    if word.size > 0.85 * em or not -0.35 * em < other.base - word.base < 0.65 * em:
        return False
    return max(word.left - other.right, other.left - word.right) <= 0.5 * em


@dataclass(slots=True)
class _Strip:
    left: float
    right: float
    top: float
    bottom: float
    both: int = 0
    lefts: int = 0
    rights: int = 0
    left_width: float = 0.0
    right_width: float = 0.0


def gutters_of(rows: Sequence[Row], em: float, known: Sequence[float] = ()) -> list[Gutter]:
    """The gutters of a page whose text is mostly `em` high.

    Where other pages have a gutter (`known`, their middles) one row is enough.
    """
    least = _NARROWEST * em
    open_: list[_Strip] = []
    done: list[_Strip] = []
    for at, row in enumerate(rows):
        level = _level_with(rows, at, em)
        gaps = [
            (before.right, after.left)
            for before, after in _neighbours(level)
            if after.left - before.right >= max(least, _NARROWEST * min(before.size, after.size))
        ]
        still: list[_Strip] = []
        for strip in open_:
            free = _free_part(strip, row)
            if free is None or row[0].base - strip.bottom > 12 * em:
                done.append(strip)
                continue
            if free[1] - free[0] < least:
                done.append(strip)
                continue
            strip.left, strip.right = free
            _count(strip, row, level, em)
            still.append(strip)
        for left, right in gaps:
            if not any(s.left < right and left < s.right for s in still):
                strip = _Strip(left, right, row[0].base - em, row[0].base)
                _count(strip, row, level, em)
                still.append(strip)
        open_ = still
    good = [s for s in done + open_ if _is_gutter(s, em, known)]
    return [_extended(s, rows, em) for s in good]


def _level_with(rows: Sequence[Row], at: int, em: float) -> Row:
    """A row with the words just below it, for the lines of two columns may not be level."""
    level = rows[at]
    base = level[0].base
    for row in rows[at + 1 : at + 5]:
        if row[0].base - base > 0.7 * em:
            break
        level = level + row
    return level if level is rows[at] else sorted(level, key=lambda word: word.left)


def _neighbours(row: Row) -> Iterable[tuple[Word, Word]]:
    """Words side by side; what an earlier one covers is left out."""
    last = row[0]
    for word in row[1:]:
        if word.left > last.right:
            yield last, word
        if word.right > last.right:
            last = word


def _free_part(strip: _Strip, row: Row) -> tuple[float, float] | None:
    """The widest part of a strip that no word of a row touches; None when there is none."""
    left, right = strip.left, strip.right
    for word in row:
        if word.right <= left or word.left >= right:
            continue
        if word.left - left >= right - word.right:
            right = word.left
        else:
            left = word.right
        if right <= left:
            return None
    return left, right


def _count(strip: _Strip, row: Row, level: Row, em: float) -> None:
    """Count a row, and whether text stands on both sides of the strip on its level."""
    before, after = _beside(strip, row, em)
    has_left, has_right = bool(before), bool(after)
    strip.both += all(_beside(strip, level, em))
    if has_left:
        strip.lefts += 1
        strip.left_width += _run_width(before[::-1], em)
    if has_right:
        strip.rights += 1
        strip.right_width += _run_width(after, em)
    if has_left or has_right:
        strip.bottom = row[0].base


def _beside(strip: _Strip, row: Row, em: float) -> tuple[Row, Row]:
    """The words left and right of a strip, none where they are too far from it."""
    before = [word for word in row if word.right <= strip.left + 0.01]
    after = [word for word in row if word.left >= strip.right - 0.01]
    if before and strip.left - before[-1].right >= 8 * em:
        before = []
    if after and after[0].left - strip.right >= 3 * em:
        after = []
    return before, after


def _run_width(words: Sequence[Word], em: float) -> float:
    """How wide the text is that begins with the first of `words` and goes on either way."""
    left, right = words[0].left, words[0].right
    for word in words[1:]:
        if max(word.left - right, left - word.right) > 1.6 * em:
            break
        left, right = min(left, word.left), max(right, word.right)
    return right - left


def _is_gutter(strip: _Strip, em: float, known: Sequence[float]) -> bool:
    if not strip.both:
        return False
    if any(strip.left - em < middle < strip.right + em for middle in known):
        return True
    sides = min(strip.lefts, strip.rights)
    if sides < _ROWS or (strip.both < 2 and sides < 3 * _ROWS):
        return False
    if sides < 2 * _ROWS and strip.right - strip.left < 0.8 * em:
        return False
    return (
        strip.left_width / strip.lefts >= _SIDE * em
        and strip.right_width / strip.rights >= _SIDE * em
    )


def _extended(strip: _Strip, rows: Sequence[Row], em: float) -> Gutter:
    """The gutter as far up and down as no word stands in its way."""
    middle = (strip.left + strip.right) / 2
    half = min(0.2 * em, (strip.right - strip.left) / 3)
    top, bottom = 0.0, float("inf")
    for row in rows:
        crossing = any(w.left < middle + half and w.right > middle - half for w in row)
        crossing = crossing or _bridges(row, middle, em)
        if not crossing:
            continue
        base = row[0].base
        if base < strip.top + em * 0.5:
            top = max(top, base + 0.01)
        elif base > strip.bottom:
            bottom = min(bottom, base - 0.01)
    return Gutter(strip.left, strip.right, top, bottom)


def _bridges(row: Row, middle: float, em: float) -> bool:
    """Whether a line runs over a place with no more than the space of two words there."""
    before = max((word.right for word in row if word.right <= middle), default=None)
    after = min((word.left for word in row if word.left >= middle), default=None)
    if before is None or after is None:
        return False
    size = max(word.size for word in row)
    return after - before < min(_NARROWEST * size, _NARROWEST * 1.5 * em) and size > 1.15 * em


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


def main_size(pages: Iterable[Page]) -> float:
    """The size of type in which most letters of the pages are set, 10 when there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return max(1.0, sizes.most_common(1)[0][0]) if sizes else 10.0
