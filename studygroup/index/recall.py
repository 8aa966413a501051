"""What somebody may have meant who remembers a passage, but not every word of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from studygroup.core.finding.query import Query, Term
from studygroup.index.leaf import Leaf
from studygroup.index.matching import Matching

Ask = Callable[[str], tuple[Query, bool]]

FEWEST_WORDS = 3
"""A query of fewer words is no memory of a passage: whoever typed it sees what to leave out."""
MANY = 2_000
"""A word in more documents than these leads to none: it only tells between those found so far."""
SHARE = 0.5
"""Which share of the words a passage has to have at least, to be the one that was meant."""
WORTH = 0.6
"""And which share of what those words are worth that stand anywhere."""


def recalled(query: Query, leaves: Sequence[Leaf], ask: Ask, deadline: float) -> str | None:
    """Return `query` without what keeps it from finding anything, or None.

    That is first the quotation marks, then the words that are missing from the passage with most of
    the others; a word counts the more the rarer it is. `ask` reads a text as a query and tells
    whether it finds anything.
    """
    if not all(len(group) == 1 for group in query.wanted):
        return None
    loose = _loose(query)
    query, finds = ask(loose)
    if finds:
        return loose
    kept = _best_of(query.terms, [Matching(leaf, query, deadline) for leaf in leaves])
    if len(query.terms) < FEWEST_WORDS or len(kept) < max(2, SHARE * len(query.terms)):
        return None
    fewer = _without(loose, [term for term in query.terms if term not in kept])
    return fewer if ask(fewer)[1] else None


def _best_of(terms: Sequence[Term], asked: Sequence[Matching]) -> set[Term]:
    """Return those terms that the document has which has most of them, the rare ones above all.

    None of them where no document has enough.
    """
    had = {term: [matching.met(term).having for matching in asked] for term in terms}
    scores: list[dict[int, float]] = [{} for _ in asked]
    worths: dict[Term, float] = {}
    size = sum(matching.leaf.size for matching in asked) or 1
    for term in sorted(had, key=lambda one: sum(map(len, had[one]))):
        many = sum(map(len, had[term]))
        if many:
            worths[term] = worth = math.log(1 + size / many)
        for score, having in zip(scores, had[term], strict=True) if many else ():
            for number in having if many <= MANY else score.keys() & having:
                score[number] = score.get(number, 0.0) + worth
    best = max(
        ((worth, -n, -number) for n, one in enumerate(scores) for number, worth in one.items()),
        default=None,
    )
    if best is None:
        return set()
    found, leaf, number = best
    if found < WORTH * sum(worths.values()):
        return set()
    return {term for term in terms if -number in had[term][-leaf]}


def _loose(query: Query) -> str:
    """Return the query's text with its phrases as single words."""
    text = query.text
    for term in reversed(query.terms):
        if term.exact and len(term.words) > 1:
            start, end = _reach(text, term)
            text = text[:start] + " ".join(_words(text, term)) + text[end:]
    return text


def _without(text: str, terms: Sequence[Term]) -> str:
    for term in sorted(terms, key=lambda one: one.starts[0], reverse=True):
        start, end = _reach(text, term)
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split())


def _words(text: str, term: Term) -> list[str]:
    return [text[at : at + len(word)] for at, word in zip(term.starts, term.words, strict=True)]


def _reach(text: str, term: Term) -> tuple[int, int]:
    """Return from where to where a term goes in a text, with the marks around it."""
    start, end = term.starts[0], term.starts[-1] + len(term.words[-1])
    while start and not (text[start - 1].isspace() or text[start - 1].isalnum()):
        start -= 1
    while end < len(text) and not (text[end].isspace() or text[end].isalnum()):
        end += 1
    return start, end
