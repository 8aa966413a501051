"""What somebody may have meant: words that stand in the study, near to one that hardly does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studygroup.core.finding.query import Query, Term
from studygroup.index.analysis import form
from studygroup.index.leaf import Leaf

NEAR_ENOUGH = 74.0
"""How alike (of 100) a word has to be to be suggested in place of one that stands nowhere."""
MOST_SUGGESTED = 3
"""Of how many words that stand nowhere a suggestion is made at most."""
SHORT = 5
"""In words of up to so many letters one slip is likely and two are another word."""
CHOICE = 12
"""Among how many of the nearest words the commonest is looked for."""
RARE = 3
"""A word in more documents than these was meant."""
HARDLY = 2
"""A word that stands in more documents than these is no slip: a quotation is found but once too."""
OFTEN = 10
"""How many times as often a word has to stand to be meant by one that does stand somewhere."""


def suggestion(query: Query, leaves: Sequence[Leaf], *, little: bool) -> str | None:
    """Return `query` with words that stand nowhere replaced by the nearest that do.

    Where `little` is found, one word that hardly stands anywhere counts too. None where there are
    no such words, or too many, or one of them is like no other.
    """
    text = query.text
    replaced = doubted = 0
    for term in reversed(query.terms):
        for start, word in reversed(list(zip(term.starts, term.words, strict=True))):
            times = _times(leaves, form(word).word)
            if (
                (times and not little)
                or times > HARDLY
                or (not times and _related(leaves, term, word))
            ):
                continue
            near = _nearest(leaves, form(word).word, times)
            if near is None and not times:
                return None
            if near is not None:
                text = text[:start] + near + text[start + len(word) :]
                replaced += 1
                doubted += times > 0
    # Several words that do stand there, and together, were not all misspelt.
    return text if 0 < replaced <= MOST_SUGGESTED and doubted <= 1 else None


def _nearest(leaves: Sequence[Leaf], word: str, times: int) -> str | None:
    """Return what is meant by a word that stands `times`: the nearest, of several the commonest."""
    from rapidfuzz import fuzz, process  # here, since most words are spelt as they should be

    found: dict[str, float] = {}
    for leaf in leaves:
        nearest = process.extract(
            word, leaf.words, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=CHOICE
        )
        found |= {near: like for near, like, _ in nearest if _may_be(near, word, times)}
    common = {near: _times(leaves, near) for near in found}
    fit = [near for near in found if common[near] > OFTEN * times]
    return max(fit, key=lambda near: (round(found[near] / 5), common[near], near), default=None)


def _may_be(near: str, word: str, times: int) -> bool:
    """Tell whether a word can be a slip for another: a short one, or one that stands, for few."""
    if near == word or len(near) <= 2:
        return False
    from rapidfuzz.distance import OSA

    sure = times > 0 or len(word) <= SHORT
    return not sure or OSA.distance(near, word, score_cutoff=1) <= 1


def _times(leaves: Iterable[Leaf], word: str) -> int:
    """Return in how many documents a word stands."""
    return sum(len(leaf.occurrences(word).documents) for leaf in leaves)


def _related(leaves: Iterable[Leaf], term: Term, word: str) -> bool:
    """Tell whether relatives of a word, or words that begin so, stand anywhere and count."""
    if term.prefix and word == term.words[-1]:
        return any(leaf.beginning(form(word).word) for leaf in leaves)
    return not term.exact and any(
        leaf.family(language, form(word, language).stem)
        for leaf in leaves
        for language in leaf.languages
    )
