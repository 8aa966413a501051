"""Two readings of a page made one: the pieces that we found, and the words that another took for
the text.

Neither is right alone. Where both have found the same text, what the other left out at its ends is
taken for the page around it; where ours lacks much of what the other found, the text is read again
from the element that holds that. What the other has nothing of (headings, quotations, lists, notes)
stays as it stands in the page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
_ALIKE = 0.9
"""The shares of ours that another must hold: to be believed of the ends, of what is between."""

_SHORT = 100
"""Letters of a paragraph up to which it may be a byline or an invitation."""

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


def agreed(
    pieces: Sequence[Piece], opinion: Opinion, captions: Collection[str] = ()
) -> list[Piece]:
    """Pieces without those at either end that another leaves out and, where the two hardly differ
    otherwise, without short paragraphs between but for
    `captions`. All of them where the two have little in common.
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
    first = held[0]
    while first and pieces[first - 1].kind == "heading" and shares[first - 1] >= 0.5:
        first -= 1
    inner = range(first, _with_list(held[-1], pieces) + 1)
    asides = {
        at
        for at, piece in enumerate(pieces)
        if piece.words not in captions and _is_aside(piece, sizes[at], shares[at])
    }
    alike = _common([sizes[at] for at in inner], [shares[at] for at in inner]) >= _ALIKE
    return [
        piece
        for at, piece in enumerate(pieces)
        if _kept(piece) or (at in inner and not (alike and at in asides))
    ]


def _kept(piece: Piece) -> bool:
    """Whether a piece stays whatever another says of it."""
    return bool(piece.note)


def _is_set_apart(piece: Piece) -> bool:
    """Whether a piece is of a kind that others lose: a quotation, a table, verse."""
    return piece.kind in ("quote", "code", "raw", "verse", "line")


def _with_list(last: int, pieces: Sequence[Piece]) -> int:
    """The place of the last item of the list that follows a piece, unless it is one of links."""
    while last + 1 < len(pieces):
        below = pieces[last + 1]
        if below.kind not in ("item", "continued") or below.linked > 0.5:
            break
        last += 1
    return last


def _common(sizes: Sequence[int], shares: Sequence[float]) -> float:
    both = sum(size * share for size, share in zip(sizes, shares, strict=True))
    return both / max(sum(sizes), 1)


def _is_aside(piece: Piece, size: int, share: float) -> bool:
    """Whether a piece is one of the short lines between paragraphs that belong to the page."""
    return piece.kind == "paragraph" and size <= _SHORT and share < 0.3


def _windows(letters: str) -> list[str]:
    if len(letters) <= _WINDOW:
        return [letters] if letters else []
    return [letters[at : at + _WINDOW] for at in range(len(letters) - _WINDOW + 1)]


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
