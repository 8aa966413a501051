"""Quotation marks: which opens, which closes, and which pair encloses what; in linear time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

_MARK = re.compile(r"[\"“”„‟«»‹›「」『』]|(?<![^\W_])['‘’‚‛]|['‘’‚‛](?![^\W_])")
"""A mark that can open or close: any double one, and a single one that is not inside a word."""
_BEFORE_WORDS = frozenset("([{—–-/=*_<>¡¿:|~")
"""What an opening mark may follow without a space."""
_CLIPPED = re.compile(
    r"(?:\d\ds?|tis|twas|twill|twere|em|n|til|till|cause|round|neath|gainst|bout|cos|un|o)\b",
    re.IGNORECASE,
)
"""What follows an apostrophe for letters left out before a word, which opens nothing."""
_FAMILIES = dict.fromkeys('"“”„‟', "double") | dict.fromkeys("'‘’‚‛", "single")
_FAMILIES |= dict.fromkeys("«»", "guillemet") | dict.fromkeys("‹›", "angle")
_FAMILIES |= dict.fromkeys("「」", "corner") | dict.fromkeys("『』", "white corner")
_BY_NATURE = dict.fromkeys("“„‟«‹「『", "opens") | dict.fromkeys("”»›」』", "closes")


class Stretch(NamedTuple):
    """A paragraph in which marks are paired: where it begins in the host's text, and its text.

    `item` tells a list item: marks that open one anew do not go on with the one before.
    """

    start: int
    text: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """What a pair of marks encloses: half-open offsets of what is between them.

    Where a mark is `missing`, the stretch is all that it can enclose: back to the mark before it
    or the paragraph's beginning, or on to the next mark or its end. Where only its `place` is, both
    look as if they closed, and the words between them may not be all.
    """

    start: int
    end: int
    missing: Literal["", "opening", "closing", "place"] = ""


class _Mark(NamedTuple):
    at: int
    char: str
    left: bool  # stands before a word, as an opening mark does
    right: bool  # stands behind one, as a closing mark does

    @property
    def family(self) -> str:
        return _FAMILIES[self.char]


class _Open(NamedTuple):
    family: str
    at: int  # in the host's text
    began: int  # where its paragraph begins there


def pairs(stretches: Iterable[Stretch]) -> list[Pair]:
    """Return what quotation marks enclose in consecutive paragraphs, by where it begins.

    Any double mark closes any other: people mix them. Which way one points is told by the words
    beside it before its shape. Single marks pair only where nothing else is open within them, so
    that apostrophes enclose nothing. A quotation goes on in the next paragraph if that one opens
    anew, or closes what it has not opened.
    """
    pairing = _Pairing()
    for stretch in stretches:
        pairing.paragraph(stretch)
    pairing.give_up(pairing.pending)
    return sorted(pairing.found, key=lambda p: (p.start, -p.end))


class _Pairing:
    """Pairs marks paragraph by paragraph; what is open stands on a stack, the innermost last."""

    def __init__(self) -> None:
        self.found: list[Pair] = []
        self.stack: list[_Open] = []
        self.counts: Counter[str] = Counter()
        self.pending: _Open | None = None
        self.pending_end = 0
        self.last = 0  # where the last mark was that belongs to a pair, and its paragraph's start

    def paragraph(self, stretch: Stretch) -> None:
        text = stretch.text
        marks = list(_marks(text))
        self.last = stretch.start
        if self.pending is not None and marks:
            marks = self.go_on(stretch, marks)
        else:
            self.give_up(self.pending)
        again = _closed_again(marks)
        for index, mark in enumerate(marks):
            if not (again[index] and self.counts[mark.family] and _within_words(text, mark)):
                self.mark(mark, stretch)
        self.finish(stretch)

    def go_on(self, stretch: Stretch, marks: list[_Mark]) -> list[_Mark]:
        """Open again what the paragraph before left open, if this one goes on with it."""
        kept, pending = marks, self.pending
        first = next((m for m in marks if m.family != "single"), None)
        if first is None or pending is None or first.family != pending.family:
            self.give_up(pending)
            return marks
        opens_anew = first.left and not stretch.text[: first.at].strip(" *_")
        if opens_anew and not stretch.item:
            kept = [m for m in marks if m is not first]
        elif first.left or not first.right or _is_inch(stretch.text, first):
            self.give_up(pending)
            return marks
        self.push(pending)
        self.pending = None
        return kept

    def push(self, opened: _Open) -> None:
        self.stack.append(opened)
        self.counts[opened.family] += 1

    def pop(self) -> _Open:
        opened = self.stack.pop()
        self.counts[opened.family] -= 1
        return opened

    def mark(self, mark: _Mark, stretch: Stretch) -> None:
        at, family = stretch.start + mark.at, mark.family
        innermost = bool(self.stack) and self.stack[-1].family == family
        is_open = innermost if family == "single" else self.counts[family] > 0
        role = _role(mark, is_open)
        if role == "opens":
            if family != "single" or not _CLIPPED.match(stretch.text, mark.at + 1):
                self.push(_Open(family, at, stretch.start))
        elif role == "closes":
            if is_open:
                self.close(family, at)
            elif family != "single" and not _is_inch(stretch.text, mark):
                self.close_unopened(at)

    def close(self, family: str, at: int) -> None:
        while True:  # what was opened within and is still open, was nothing
            opened = self.pop()
            if opened.family == family:
                break
            self.unclosed(opened, at)
        self.found.append(Pair(opened.at + 1, at))
        self.last = at + 1

    def close_unopened(self, at: int) -> None:
        before = self.found[-1] if self.found else None
        if before is not None and before.missing == "opening" and before.start == self.last:
            self.found[-1] = Pair(before.end + 1, at, "place")
            self.last = at + 1
        else:
            self.found.append(Pair(self.last, at, "opening"))

    def finish(self, stretch: Stretch) -> None:
        """End a paragraph: the outermost that is open may go on, the rest never was."""
        end = stretch.start + len(stretch.text)
        self.pending, self.pending_end = None, end
        while self.stack:
            opened = self.pop()
            if not self.stack and opened.family != "single":
                self.pending, self.pending_end = opened, end
            else:
                self.unclosed(opened, end)
            end = opened.at if opened.family != "single" else end

    def unclosed(self, opened: _Open, end: int) -> None:
        if opened.family != "single":
            self.found.append(Pair(opened.at + 1, end, "closing"))

    def give_up(self, opened: _Open | None) -> None:
        if opened is not None:
            self.unclosed(opened, self.pending_end)
        self.pending = None


def _marks(text: str) -> Iterator[_Mark]:
    for found in _MARK.finditer(text):
        at = found.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        edge = before.isspace() or before in _BEFORE_WORDS or before in _FAMILIES
        edge = edge or (before in ",;" and at > 1 and text[at - 2].isspace())
        left = edge and not after.isspace()
        right = not before.isspace() and not after.isalnum()
        yield _Mark(at, found.group(), left, right)


def _role(mark: _Mark, is_open: bool) -> Literal["opens", "closes", ""]:
    """Say what a mark does, by the words beside it, then its shape, then what is open."""
    if mark.family == "single":
        return _single_role(mark, is_open)
    nature = _BY_NATURE.get(mark.char)
    if nature == "opens":
        return "closes" if is_open and mark.right and not mark.left else "opens"
    if nature == "closes":
        return "opens" if not is_open and mark.left and not mark.right else "closes"
    if mark.left != mark.right:
        return "opens" if mark.left else "closes"
    return "closes" if is_open else "opens"


def _single_role(mark: _Mark, is_open: bool) -> Literal["opens", "closes", ""]:
    if mark.right and is_open and not (mark.left and mark.char == "‘"):
        return "closes"
    return "opens" if mark.left and mark.char != "’" else ""


def _closed_again(marks: list[_Mark]) -> list[bool]:
    """Say of each mark whether one of its kind closes after it before one of its kind opens."""
    coming: dict[str, bool] = {}
    found = []
    for mark in reversed(marks):
        found.append(coming.get(mark.family, False))
        if mark.left != mark.right:
            coming[mark.family] = mark.right
    return found[::-1]


def _within_words(text: str, mark: _Mark) -> bool:
    """Whether a mark that could close is an inch or a plural's apostrophe in mid sentence."""
    behind = text[mark.at + 1 : mark.at + 3]
    goes_on = behind[:1] == " " and behind[1:].islower()
    before = text[mark.at - 1 : mark.at]
    if mark.family == "single":
        return goes_on and before in ("s", "S", "x", "z")
    return goes_on and mark.char == '"' and before.isdigit()


def _is_inch(text: str, mark: _Mark) -> bool:
    return mark.char in '"”' and text[mark.at - 1 : mark.at].isdigit()
