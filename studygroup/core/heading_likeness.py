"""How far a reader's heading says what a section's does: abbreviated, misspelt, cut short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studygroup.core.heading_number import number_of
from studygroup.core.text import heading_key, words

_SMALL = frozenset(
    word.folded
    for word in words(
        "a an and as at but by for from in into is of on or the to with der die das und ein eine im"
        " von zu le la les de du des et un une el los las y il lo gli e"
    )
)
_SPELT = 78.0
"""Least rapidfuzz ratio (0–100) at which two words are one, written differently."""
_FEWEST_LETTERS = 3
"""From this many letters on the beginning of a word stands for it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a heading is said by a section's, and the reverse: shares of their letters, 0 to 1.

    Small words count little. `numbered` says that both have the same number, `otherwise` that they
    have different ones.
    """

    said: float = 0.0
    covered: float = 0.0
    numbered: bool = False
    otherwise: bool = False

    @property
    def score(self) -> float:
        """One measure of it, for telling the better from the worse: 0 to 2."""
        return self.said * 1.25 + self.covered * 0.5 + (0.25 if self.numbered else 0.0)


def likeness(heading: str, title: str) -> Likeness:
    """Return how far a reader's `heading` says what the section headed `title` is called."""
    own, other = number_of(heading), number_of(title)
    numbered = own is not None and other is not None and own.means(other)
    otherwise = own is not None and other is not None and not numbered
    mine, theirs = _words(heading), _words(title)
    if not mine or not theirs:
        return Likeness(0.0, 0.0, numbered, otherwise)
    if _is_initials(mine, theirs):
        return Likeness(1.0, 1.0, numbered, otherwise)
    said, covered = _aligned(mine, theirs)
    return Likeness(
        said / sum(map(_weight, mine)), covered / sum(map(_weight, theirs)), numbered, otherwise
    )


def _words(heading: str) -> list[str]:
    number = number_of(heading)
    if number is not None and not number.rest:
        return []
    return list(number.rest) if number is not None else heading_key(heading).split()


def _weight(word: str) -> float:
    return 0.3 if word in _SMALL else float(len(word))


def _aligned(mine: Sequence[str], theirs: Sequence[str]) -> tuple[float, float]:
    """The weight of the words of each that have a partner in the other, in the same order: the
    longest common subsequence (Wagner and Fischer), each pair weighed by how alike it is.
    """
    best = [(0.0, 0.0)] * (len(theirs) + 1)
    for word in mine:
        row = [(0.0, 0.0)]
        for at, other in enumerate(theirs):
            alike = _alike(word, other)
            before = best[at]
            joined = (before[0] + alike * _weight(word), before[1] + alike * _weight(other))
            row.append(max(best[at + 1], row[at], joined if alike else (0.0, 0.0)))
        best = row
    return best[-1]


def _alike(word: str, other: str) -> float:
    """How surely one word stands for the other, 0 to 1."""
    if word == other:
        return 1.0
    if len(word) >= _FEWEST_LETTERS and other.startswith(word):
        return 0.95
    if min(len(word), len(other)) < 4:
        return 0.0
    from rapidfuzz.fuzz import ratio  # here, since most headings are found without it

    return 0.9 if ratio(word, other, score_cutoff=_SPELT) else 0.0


def _is_initials(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a heading is one word made of the first letters of the other's words."""
    if len(mine) != 1 or len(mine[0]) < 3 or not mine[0].isalpha():
        return False
    all_words = "".join(word[0] for word in theirs)
    return mine[0] in (all_words, "".join(word[0] for word in theirs if word not in _SMALL))
