"""How text becomes words to index: one pass of one regular expression, folding, and stemming.

Stems are those of the English Snowball stemmer (“Porter2”, M. F. Porter,
https://snowballstem.org/algorithms/english/stemmer.html).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from studygroup.core.text import WORD, fold

_HYPHENS = "-‐‑‒"
COMPOUND = re.compile(rf"{WORD}(?:[{_HYPHENS}]{WORD})*")
"""A word, or several joined by hyphens."""
PART = re.compile(WORD)
"""A word; of hyphenated ones each by itself."""
_POSSESSIVE = "'s"
_STEMMER = snowballstemmer.stemmer("english")


class Form(NamedTuple):
    """What a word is indexed as: the word itself, folded, and the stem it shares with relatives."""

    word: str
    stem: str


class Compound(NamedTuple):
    """A word, or several joined by hyphens: the parts, and the one word they make (else None)."""

    parts: tuple[Form, ...]
    whole: Form | None


@lru_cache(maxsize=100_000)
def form(written: str) -> Form:
    """Return the form of one word as written, in any case, with any accents and apostrophes.

    “Don’t”, “don't” and “dont” are the same word; “James’s” has the stem of “James”.
    """
    folded = fold(written)
    base = folded.removesuffix(_POSSESSIVE).replace("'", "")
    return Form(folded.replace("'", ""), _STEMMER.stemWord(base))


@lru_cache(maxsize=100_000)
def compound(written: str) -> Compound:
    """Return what a word as written (see `COMPOUND`) is indexed as."""
    parts = tuple(form(part) for part in PART.findall(written))
    return Compound(parts, whole(parts) if len(parts) > 1 else None)


def whole(parts: tuple[Form, ...]) -> Form:
    """Return the form of the one word that hyphenated parts make together."""
    return form("".join(part.word for part in parts))


def compounds(text: str) -> list[Compound]:
    """Return the words of `text` in order; hyphenated ones together."""
    return [compound(written) for written in COMPOUND.findall(text)]
