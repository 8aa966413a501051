"""Two readings of a page made one: the pieces that we found, and the words that another took for
the text.

Neither is right alone. Where both have found the same text, what the other left out at its ends is
taken for the page around it, but for headings, sources and closing lines; where ours lacks much of
what the other found, the text is read again from the element that holds that. What the other has
nothing of (headings, quotations, lists, notes) stays as it stands in the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from studygroup.importers.html_blocks import Piece
from studygroup.importers.html_tree import children, words

_WINDOW = 12
"""Letters in a row by which words are found again."""

_ENOUGH = 300
"""Letters from which another's text counts as an opinion."""

_CALLED = 20
"""Letters above which a piece may be the first or last of the text."""

_TRUSTED = 0.3
"""The share of ours that another must hold to be believed of the ends."""

_SHORT = 60
_LAST_LINES = 2
"""Characters up to which a paragraph is a line (“The end”), and how many may close a text."""

_SOURCES = re.compile(
    r"(?:[\dIVX.]+\s+)?(?:references?|bibliograph|works cited|sources?|citations?|notes|footnotes|"
    r"further reading|external links|see also|acknowledge?ments?|appendi|literatur|quellen|"
    r"anmerkungen|bibliogra)",
    re.I,
)

_LACKING = 0.2
_SWALLOWED = 0.6
"""The share of another's text that ours may lack, and from which the other took in more pages."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The words that somebody takes for the text: as windows of letters, and how many letters."""

    windows: frozenset[str]
    size: int

    @classmethod
    def of(cls, text: str) -> Opinion:
        """The opinion that a text expresses."""
        windows: set[str] = set()
        size = 0
        for line in text.splitlines():
            letters = _letters(line)
            windows.update(_windows(letters))
            size += len(letters)
        return cls(frozenset(windows), size)

    @property
    def counts(self) -> bool:
        """Whether it is long enough to be one."""
        return self.size >= _ENOUGH

    def share(self, words: str) -> float:
        """The share of words that it holds, 0 to 1."""
        found = _windows(_letters(words))
        return sum(one in self.windows for one in found) / len(found) if found else 0.0


def falls_short(pieces: Sequence[Piece], opinion: Opinion) -> bool:
    """Whether the pieces lack much of what another took for the text.

    Not where that holds all of them and far more: then it has taken in what follows on the page.
    """
    if not opinion.windows:
        return False
    mine = Opinion.of("\n".join(piece.words for piece in pieces))
    both = len(opinion.windows & mine.windows)
    lacking = 1 - both / len(opinion.windows)
    inside = both / max(len(mine.windows), 1)
    return lacking > _LACKING and not (lacking > _SWALLOWED and inside > 0.5)


def held(pieces: Sequence[Piece], opinion: Opinion) -> float:
    """The share of what another took for the text that the pieces hold, 0 to 1."""
    mine = Opinion.of("\n".join(piece.words for piece in pieces))
    return len(opinion.windows & mine.windows) / max(len(opinion.windows), 1)


def holder(body: LexborNode, opinion: Opinion) -> LexborNode:
    """The innermost element that holds nearly all that another took for the text."""
    node, most = body, _held(body, opinion)
    while True:
        below = [child for child in children(node) if child.is_element_node]
        inner = next((c for c in below if _held(c, opinion) >= 0.95 * most), None)
        if inner is None or not most:
            return node
        node = inner


def _held(node: LexborNode, opinion: Opinion) -> int:
    return len(opinion.windows & set(_windows(_letters(words(node)))))


def agreed(pieces: Sequence[Piece], opinion: Opinion) -> list[Piece]:
    """Pieces without those at either end that another leaves out. All of them where the two have
    little in common.
    """
    shares = [_kept(piece) or opinion.share(piece.words) for piece in pieces]
    sizes = [len(_letters(piece.words)) for piece in pieces]
    held = [
        at
        for at, piece in enumerate(pieces)
        if _is_set_apart(piece) or (shares[at] >= 0.5 and sizes[at] > _CALLED)
    ]
    if not held or _common(sizes, shares) < _TRUSTED:
        return list(pieces)
    inner = range(_with_headings(held[0], pieces), _with_close(held[-1], pieces) + 1)
    return [piece for at, piece in enumerate(pieces) if at in inner or _kept(piece)]


def _kept(piece: Piece) -> bool:
    """Whether a piece stays whatever another says of it."""
    return bool(piece.note)


def _is_set_apart(piece: Piece) -> bool:
    """Whether a piece is of a kind that others lose: a quotation, a table, verse."""
    return piece.kind in ("quote", "code", "raw", "verse", "line")


def _with_headings(first: int, pieces: Sequence[Piece]) -> int:
    """The place of the first heading above a piece, with at most a short line between two."""
    while first:
        if pieces[first - 1].kind == "heading" or _is_lead(pieces[first - 1]):
            first -= 1
        elif first > 1 and pieces[first - 2].kind == "heading" and _is_line(pieces[first - 1]):
            first -= 2
        else:
            break
    return first


def _with_close(last: int, pieces: Sequence[Piece]) -> int:
    """The place of the last piece of what follows a text and belongs to it: the rest of a list, a
    line or two, and sections that name sources.
    """
    ended = last
    while last + 1 < len(pieces):
        below = pieces[last + 1]
        if below.kind not in ("item", "continued") or below.linked > 0.5:
            break
        last += 1
    if last == ended:
        lines = 0
        while lines < _LAST_LINES and last + 1 < len(pieces) and _is_line(pieces[last + 1]):
            last, lines = last + 1, lines + 1
    at = last + 1
    while at < len(pieces) and pieces[at].kind == "rule":
        at += 1
    sourced = False
    while at < len(pieces):
        if pieces[at].kind == "heading":
            sourced = _SOURCES.match(pieces[at].words.strip()) is not None
        if not sourced:
            break
        last, at = at, at + 1
    return last


def _is_lead(piece: Piece) -> bool:
    """Whether a piece may be the lead of a text: a paragraph that is no link."""
    return piece.kind == "paragraph" and len(piece.words) >= _SHORT and piece.linked < 0.3


def _is_line(piece: Piece) -> bool:
    """Whether a piece is a short paragraph that leads nowhere."""
    return piece.kind in ("paragraph", "verse") and len(piece.words) < _SHORT and piece.linked < 0.3


def _common(sizes: Sequence[int], shares: Sequence[float]) -> float:
    both = sum(size * share for size, share in zip(sizes, shares, strict=True))
    return both / max(sum(sizes), 1)


def _windows(letters: str) -> list[str]:
    if len(letters) <= _WINDOW:
        return [letters] if letters else []
    return [letters[at : at + _WINDOW] for at in range(len(letters) - _WINDOW + 1)]


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
