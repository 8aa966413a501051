"""How far a reader's heading says what a section's does: abbreviated, misspelt, cut short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from studygroup.core.heading_number import number_of
from studygroup.core.text import heading_key, words

SMALL = frozenset(
    word.folded
    for word in words(
        "a an and as at but by for from in into is of on or the to vs with der die das und ein eine"
        " im von zu le la les de du des et un une el los las y il lo gli e"
    )
)
"""Words that tell hardly anything about what a heading is called."""
_LONG = 8
"""From this many letters on two of a word may be wrong, else one."""
_STEM, _STEM_SHARE = 5, 0.7
"""How many letters, and what share of the longer word, two forms of one word have in common."""
_FEWEST_LETTERS = 3
"""From this many letters on the beginning of a word stands for it."""
_TURNED = 0.95
"""What the same words in another order are worth."""
_MOST_WORDS = 40
_SHORT = {"are": "re", "is": "s", "am": "m", "not": "nt", "have": "ve", "will": "ll", "us": "s"}
"""Words as they are written behind an apostrophe, which is no letter here."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a heading is said by a section's, and the reverse: shares of their letters, 0 to 1.

    Small words count little. `numbered` says that both have the same number, `otherwise` that they
    have different ones; `named` how many words of the section's heading, small ones apart, there
    are.
    """

    said: float = 0.0
    covered: float = 0.0
    numbered: bool = False
    otherwise: bool = False
    named: int = 0

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
    named = sum(word not in SMALL for word in theirs)
    if not mine or not theirs or _contradict(_figures(mine), _figures(theirs)):
        return Likeness(0.0, 0.0, numbered, otherwise, named)
    if _is_initials(mine, theirs):
        return Likeness(1.0, 1.0, numbered, otherwise, named)
    mine, theirs = _parted(mine, theirs), _parted(theirs, mine)
    if not any(_alike(word, other) for word in mine for other in theirs):
        return Likeness(0.0, 0.0, numbered, otherwise, named)
    said, covered = max(_aligned(mine, theirs), _matched(mine, theirs))
    return Likeness(
        said / sum(map(_weight, mine)),
        covered / sum(map(_weight, theirs)),
        numbered,
        otherwise,
        named,
    )


def names_of(title: str) -> set[str]:
    """Return what a heading may be found by: its words, two that may be written as one, initials.

    Small words are left out where there are others.
    """
    theirs = _words(title)
    large = {word for word in theirs if word not in SMALL}
    return (large or set(theirs)) | {a + b for a, b in pairwise(theirs)} | _initials(theirs)


def named_by(heading: str) -> set[str]:
    """Return the words to look for, among those of `names_of`, of what a reader's heading names."""
    mine = _words(heading)
    return ({word for word in mine if word not in SMALL} or set(mine)) | {
        a + b for a, b in pairwise(mine)
    }


def are_alike(word: str, other: str) -> bool:
    """Return whether one word may stand for the other."""
    return _alike(word, other) > 0


@lru_cache(maxsize=1 << 14)
def _words(heading: str) -> tuple[str, ...]:
    number = number_of(heading)
    if number is not None:
        return number.rest[:_MOST_WORDS]
    return tuple(heading_key(heading).split()[:_MOST_WORDS])


def _figures(heading: Sequence[str]) -> list[str]:
    return [word for word in heading if word[0].isdigit()]


def _contradict(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both name figures, and others: a day of a month is not the next one misspelt."""
    return bool(mine and theirs) and mine != theirs


def _weight(word: str) -> float:
    return 0.3 if word in SMALL else float(len(word))


def _parted(words: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Words, with those in two that the other heading writes apart: “hashmaps” as “hash maps”,
    “we’re” as “we are”.
    """
    pairs = {a + b: (a, b) for a, b in pairwise(others)}
    pairs |= {a + _SHORT[b]: (a, b) for a, b in pairwise(others) if b in _SHORT}
    return tuple(part for word in words for part in pairs.get(word, (word,)))


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


def _matched(mine: Sequence[str], theirs: Sequence[str]) -> tuple[float, float]:
    """The same for words in any order, which is worth less: each takes the one most like it."""
    free = dict(enumerate(theirs))
    said = covered = 0.0
    for word in sorted(mine, key=_weight, reverse=True):
        alike, at = max(((_alike(word, other), at) for at, other in free.items()), default=(0.0, 0))
        if alike:
            said += _TURNED * alike * _weight(word)
            covered += _TURNED * alike * _weight(free.pop(at))
    return said, covered


@lru_cache(maxsize=1 << 16)
def _alike(word: str, other: str) -> float:
    """How surely one word stands for the other, 0 to 1."""
    if word == other:
        return 1.0
    if len(word) >= _FEWEST_LETTERS and other.startswith(word):
        return 0.95
    shorter, longer = sorted((len(word), len(other)))
    if shorter < 4 or word[0] != other[0] or word[0].isdigit():
        return 0.0
    same = _in_common(word, other)
    if same >= _STEM and same >= _STEM_SHARE * longer:
        return 0.9
    from rapidfuzz.distance import OSA  # here, since most headings are found without it

    most = 2 if shorter >= _LONG else 1
    return 0.9 if OSA.distance(word, other, score_cutoff=most) <= most else 0.0


def _in_common(word: str, other: str) -> int:
    """With how many letters both words begin."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(word), len(other)))


def _is_initials(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a heading is one word made of the first letters of the other's words."""
    return len(mine) == 1 and mine[0] in _initials(theirs)


def _initials(words: Sequence[str]) -> set[str]:
    """The first letters of all words, and of all but small ones, where they make a word."""
    letters = ("".join(w[0] for w in words), "".join(w[0] for w in words if w not in SMALL))
    return {name for name in letters if len(name) >= _FEWEST_LETTERS and name.isalpha()}
