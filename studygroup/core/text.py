"""Words and characters: slugs, folding for comparison, and making foreign text safe to show."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Marks that differ between editions and keyboards without changing a word.
_ALIKE = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "ʼ": "'",
        "´": "'",
        "`": "'",
        "′": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "″": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "\u00ad": None,  # soft hyphen
        "\u200b": None,  # zero-width space
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
    }
)
WORD = r"[^\W_]+(?:['’ʼ‘\u00ad\u200b\u0300-\u036f]+[^\W_]+)*[\u0300-\u036f]*"
"""What a word is, as a regular expression: letters and digits, with apostrophes inside.

Hyphenated words are read in their parts.
"""
# Where nothing parts words, each character of Chinese and Japanese is taken for one.
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"{WORD.replace('[^', f'[^{_IDEOGRAPHS}')}|[{_IDEOGRAPHS}]")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_SLUG_DROP = re.compile(r"['’‘ʼ`´\"“”]")
_SLUG_GAP = re.compile(r"[\W_]+")
# A section's number: up to three digits (more are a year), a Roman numeral with a mark after it, or
# either, or a word, after the name of a division.
_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_DIVISION = (
    "(?:chapter|part|section|book|lecture|letter|essay|kapitel|teil|chapitre|capitulo|parte)"
)
_COUNT = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_LEADING_NUMBER = re.compile(
    rf"\s*(?:{_DIVISION}\.?\s+(?:\d{{1,3}}|[ivxlc]{{1,7}}|{_COUNT})\b"
    r"|[§#(\[]?\s*(?:\d{1,3}(?:\.\d{1,3})*(?=[\s.):\]–—-]|$)"
    rf"|{_ROMAN}(?=[.):]))|第[\d〇零一二三四五六七八九十百]{{1,5}}[章節节部編编篇回卷巻講讲課课話话])"
    r"\s*[.):：、\]–—-]*\s*"
)

# C0 and C1 controls except tab and newline, which callers treat on their own.
_CONTROLS = {c: chr(0x2400 + c) for c in range(0x20) if c not in (0x09, 0x0A)}
_CONTROLS |= {0x7F: "␡"} | dict.fromkeys(range(0x80, 0xA0), "�")
# Invisible characters that reorder, hide or forge text; joiners inside emoji and scripts stay.
_INVISIBLE = dict.fromkeys(
    [0x200B, 0x2060, 0xFEFF, 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
# Separators that only some programs take for a line end: lines are counted alike everywhere.
_SEPARATORS = {0x2028: " ", 0x2029: " "}
_CLEAN = {**_CONTROLS, **_INVISIBLE, **_SEPARATORS}


class Word(NamedTuple):
    """A word of a text: its folded form and the half-open character span it covers."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return `text` with case, accents, ligatures and typographic marks folded away.

    Two texts that a reader would call the same words fold to the same string. Length may change.
    """
    plain = text.translate(_ALIKE)
    if plain.isascii():
        return plain.lower()
    split = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in split if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[Word]:
    """Return the words of `text` in order, folded, each with its character span in `text`.

    Apostrophes inside a word are dropped from the folded form, so that “don’t”, "don't" and
    "dont" are one word.
    """
    return [Word(_fold_word(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def count_words(text: str) -> int:
    """Return how many words `words` finds in `text`, without folding them."""
    return len(_WORD.findall(text))


def count_ideographs(text: str) -> int:
    """Return how many characters of `text` are Chinese or Japanese."""
    return 0 if text.isascii() else len(_IDEOGRAPH.findall(text))


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    """Fold one word; texts repeat their words, so most calls are answered from memory."""
    return fold(word).replace("'", "")


def slug(text: str, fallback: str = "untitled") -> str:
    """Return a file-name-safe id for a title: lower case, words joined by hyphens, at most 80 long.

    Accents are dropped and letters of every script kept; a title without any gives `fallback`.
    """
    plain = _SLUG_GAP.sub("-", fold(_SLUG_DROP.sub("", text))).strip("-")
    plain = unicodedata.normalize("NFC", plain)
    if len(plain) > 80:
        plain = plain[:80].rsplit("-", 1)[0]
    return plain or fallback


def heading_key(heading: str) -> str:
    """Return what is compared of a heading: its words without number, case and punctuation.

    “Chapter 3” before a name counts as a number. A heading that is only a number keeps it.
    """
    folded = fold(heading)
    stripped = folded[m.end() :] if (m := _LEADING_NUMBER.match(folded)) else folded
    return " ".join(w.folded for w in words(stripped)) or " ".join(w.folded for w in words(folded))


def clean(text: str) -> str:
    r"""Return `text` safe to show in a terminal: one kind of line end, nothing hidden.

    Control characters become their visible pictures (`␛`), C1 controls `�`, bidirectional
    overrides and zero-width marks are dropped, lone surrogates become `�`. Tabs and newlines stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text


def one_line(text: str) -> str:
    """Return `text` on one line: runs of white space become one space, ends trimmed."""
    return " ".join(text.split())
