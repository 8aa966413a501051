"""How text becomes words to index: one pass of one regular expression, folding, and stemming.

Stems are those of the Snowball stemmers (M. F. Porter and others,
https://snowballstem.org/algorithms/): English texts have “Porter2”. Where a language has none, a
word's stem is the word.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from studygroup.core.text import WORD, fold
from studygroup.index.spelling import american

_HYPHENS = "-‐‑‒"
COMPOUND = re.compile(rf"{WORD}(?:[{_HYPHENS}]{WORD})*")
"""A word, or several joined by hyphens."""
PART = re.compile(WORD)
"""A word; of hyphenated ones each by itself."""

HYPHENATED = re.compile(rf"{WORD}(?:[{_HYPHENS}]{WORD})+")
"""Several words joined by hyphens."""
_JOINT = re.compile(rf"(?<=\w)[{_HYPHENS}](?=\w)")

ENGLISH = "en"
_POSSESSIVE = "'s"
_ELIDING = frozenset({"ca", "fr", "it"})
"""Languages that write the article before a word with an apostrophe: its stem is the word's."""
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

_OF_THREAD = threading.local()


class Form(NamedTuple):
    """What a word is indexed as: the word itself, folded, and the stem it shares with relatives."""

    word: str
    stem: str


class Compound(NamedTuple):
    """A word, or several joined by hyphens: the parts, and the one word they make (else None)."""

    parts: tuple[Form, ...]
    whole: Form | None


@lru_cache(maxsize=100_000)
def form(written: str, language: str = ENGLISH) -> Form:
    """Return the form of one word as written, in any case, with any accents and apostrophes.

    “Don’t”, “don't” and “dont” are the same word; “James’s” has the stem of “James”, and is no
    other word without its apostrophe: what is written in one way only has one stem only. English
    words have the same stem in British and in American spelling.
    """
    folded = fold(written)
    if language == ENGLISH:
        owner = folded.removesuffix(_POSSESSIVE)
        word = owner.replace("'", "")
        return Form(
            word if owner == folded else word + _POSSESSIVE, _stemmer(language)(american(word))
        )
    word = folded.replace("'", "")
    # Other stemmers know the accents of their language; what they leave is folded after them.
    base = unicodedata.normalize("NFC", written).lower().replace("’", "'")
    base = base.rpartition("'")[2] if language in _ELIDING else base.replace("'", "")
    return Form(word, fold(_stemmer(language)(base)))


@lru_cache(maxsize=100_000)
def compound(written: str, language: str = ENGLISH) -> Compound:
    """Return what a word as written (see `COMPOUND`) is indexed as."""
    parts = tuple(form(part, language) for part in PART.findall(written))
    return Compound(parts, whole(parts, language) if len(parts) > 1 else None)


def whole(parts: tuple[Form, ...], language: str = ENGLISH) -> Form:
    """Return the form of the one word that hyphenated parts make together."""
    return form("".join(part.word for part in parts), language)


@lru_cache(maxsize=64)
def beginning_with(initial: str) -> re.Pattern[str]:
    """Return what matches words, and parts of hyphenated ones with what is joined behind, by their
    first letter: `initial`, in any case, or any letter that is not ASCII.

    It takes long to make one; there are few letters.
    """
    either = re.escape("".join(sorted({initial.lower(), initial.upper()})))
    inside = "(?<![^\\W_])(?<![^\\W_]['’ʼ‘\u00ad\u200b])(?<![\u0300-\u036f])"
    return re.compile(rf"{inside}(?=[{either}]|[^\x00-\x7f]){COMPOUND.pattern}")


def hyphenated(text: str, language: str = ENGLISH) -> Iterator[tuple[int, Form]]:
    """Yield each hyphenated word's whole, with the number of words (parts) that stand before it.

    Looking for the hyphens first is many times faster than looking for the words.
    """
    end = 0
    while joint := _JOINT.search(text, end):
        start = max(text.rfind(gap, end, joint.start()) for gap in " \n")
        match = HYPHENATED.search(text, max(start, end))
        if match is None or match.start() > joint.start():
            end = joint.end()
            continue
        together = compound(match.group(), language).whole
        if together is not None:
            yield len(PART.findall(text, 0, match.start())), together
        end = match.end()


def _stemmer(language: str) -> Callable[[str], str]:
    """Return what stems a word: each thread has its own, for a stemmer works on its own state."""
    known: dict[str, Callable[[str], str]] = _OF_THREAD.__dict__
    if language not in known:
        name = _STEMMERS.get(language)
        known[language] = str if name is None else snowballstemmer.stemmer(name).stemWord
    return known[language]
