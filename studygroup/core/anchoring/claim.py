"""What a quotation claims: its words in order, and where it says that it departs from them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from studygroup.core.anchoring.word_table import HYPHEN
from studygroup.core.text import fold, words

_DOTS = r"(?:…|\.\s?\.(?:\s?\.)*)(?:\s?(?:…|\.))*"
_MARK = re.compile(
    rf"(?P<cut>[\[(]\s*{_DOTS}\s*[\])]|(?:…|\.\.+|\.(?:\s\.){{2,}})(?:\s?(?:…|\.)(?!\w))*)"
    r"|(?P<sic>[\[(]\s*sic\b[^\[\]()\w]*[\])])"
    r"|(?P<letters>(?P<before>(?:\w|['’](?=\w))*)\[(?P<inner>[^\W\d_]*)\](?P<after>\w*))"
    r"|(?P<number>\[\d{1,3}\])"
    r"|(?P<gloss>\[[^\[\]]{0,160}\])"
    r"|(?P<aside>\([^()\n]{1,40}\))"
)
CUT = re.compile(rf"\[[^\]\n]*\]|\(?{_DOTS}\)?|\.{{3,}}")
"""How a quotation shows that it leaves something out, or puts in what is not the source's."""
LETTERS = re.compile(r"(?<=\w)\[([^\W\d_]+)\]|\[([^\W\d_]+)\](?=\w)")
"""Letters of a word in brackets: “[A]t”, “argue[d]”."""
_LINE_OF_MARKS = re.compile(r"^[ \t>]*(?:[.…·•*\-–—_][ \t]*){3,}$", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>")
_WIKILINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*\)")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]|[⁰¹²³⁴-⁹]+|(?<=[^\W\d_]{4}[.,;:!?])\d{1,3}(?=\s|$)")
_INSIDE = re.compile(r"(?<=[\w'’])\*+(?=\w)|\*+(?=['’]\w)")
_ASIDE_MOST = 2
_TRIED_MOST = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a quotation.

    `hyphen` says that it goes on in the next one after a hyphen. `changed` is set for a word of
    which letters stand in brackets, “[A]t”, “argue[d]”: what is before, in and behind them.
    """

    word: str
    hyphen: bool = False
    changed: tuple[str, str, str] | None = None

    def fits(self, word: str) -> bool:
        """Whether a word of the source is this one, apart from letters in brackets."""
        if word == self.word:
            return True
        if self.changed is None:
            return False
        before, inner, after = self.changed
        if word == before + after:
            return True
        kept = len(before) + len(after)
        return (
            kept >= 3
            and kept <= len(word) <= kept + max(3, len(inner) + 2)
            and word.startswith(before)
            and word.endswith(after)
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """A place before a word of a quotation where it says that it differs from its source.

    `most` is how many words of the source may have stood there, None for any number.
    """

    most: int | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One way to read a quotation: its words, and the gaps by the index of the word behind them.

    `honest` says that it marks some departure from its source, be it of letters.
    """

    tokens: tuple[Token, ...]
    gaps: dict[int, Gap]
    honest: bool

    def pieces(self) -> list[tuple[int, int]]:
        """Return the stretches of words between gaps, as half-open ranges."""
        cuts = sorted(i for i in self.gaps if 0 < i < len(self.tokens))
        return list(zip([0, *cuts], [*cuts, len(self.tokens)], strict=True))


def readings_of(quote: str) -> tuple[Claim, ...]:
    """Return the ways to read a quotation, the most literal first.

    First brackets and parentheses are read as the source's own, then as the quotation's, each on
    its own as long as there are few.
    """
    return _ways(quote)


@lru_cache(maxsize=1024)
def _ways(quote: str) -> tuple[Claim, ...]:
    parts = _all_parts(quote)
    open_ = [i for i, p in enumerate(parts) if p.kind in ("gloss", "aside", "letters", "number")]
    if len(open_) <= _TRIED_MOST:
        choices = [
            dict(zip(open_, choice, strict=True))
            for choice in product((True, False), repeat=len(open_))
        ]
    else:
        asides = {i: parts[i].kind == "aside" for i in open_}
        choices = [dict.fromkeys(open_, True), asides, dict.fromkeys(open_, False)]
    found: list[Claim] = []
    for literal in choices:
        claim = _claim(parts, literal)
        if claim.tokens and claim not in found:
            found.append(claim)
    return tuple(found)


@lru_cache(maxsize=1024)
def claim_with_asides(quote: str) -> Claim:
    """Return the way to read a quotation whose words may be changed.

    What it put in brackets is left out, and what stands in parentheses is taken for the source's.
    """
    parts = _all_parts(quote)
    return _claim(parts, {i: p.kind == "aside" for i, p in enumerate(parts)})


def plain(quote: str) -> str:
    """Return a quotation without what is neither word nor mark of it: Markdown, HTML, footnotes."""
    if "<" in quote:
        quote = _TAG.sub("", quote)
    if "&" in quote:
        quote = html.unescape(quote)
    if "[" in quote:
        quote = _LINK.sub(r"\1", _WIKILINK.sub(r"\1", quote))
    if "*" in quote:
        quote = _INSIDE.sub("", quote)
    return _LINE_OF_MARKS.sub(" … ", _FOOTNOTE.sub("", quote))


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    tokens: tuple[Token, ...] = ()
    literal: tuple[Token, ...] = ()


@lru_cache(maxsize=64)
def _all_parts(quote: str) -> tuple[_Part, ...]:
    return tuple(_parts(plain(quote)))


def _parts(text: str) -> Iterator[_Part]:
    done = 0
    for mark in _MARK.finditer(text):
        yield _Part("words", _tokens(text[done : mark.start()]))
        done = mark.end()
        kind = mark.lastgroup or ""
        if mark["letters"] is not None and (mark["before"] or mark["after"]):
            before, inner, after = (_key(mark[g]) for g in ("before", "inner", "after"))
            token = Token(before + inner + after, False, (before, inner, after))
            yield _Part("letters", (token,), _tokens(mark["letters"]))
        elif mark["letters"] is not None:
            yield _Part("gloss", _tokens(mark["inner"]))
        elif kind == "aside":
            inside = _tokens(mark.group())
            yield _Part("aside" if 0 < len(inside) <= _ASIDE_MOST else "words", inside)
        else:
            yield _Part(kind, _tokens(mark.group()) if kind in ("gloss", "number") else ())
    yield _Part("words", _tokens(text[done:]))


def _key(text: str) -> str:
    return fold(text).replace("'", "")


def _tokens(text: str) -> tuple[Token, ...]:
    found = words(text)
    joined = {m.start() for m in HYPHEN.finditer(text)}
    return tuple(
        Token(w.folded, w.end in joined and i + 1 < len(found)) for i, w in enumerate(found)
    )


def _claim(parts: tuple[_Part, ...], literal: dict[int, bool]) -> Claim:
    tokens: list[Token] = []
    gaps: dict[int, Gap] = {}
    honest = False
    for index, part in enumerate(parts):
        if part.kind in ("words", "letters") or literal.get(index):
            tokens.extend(part.literal if part.literal and literal.get(index) else part.tokens)
            honest = honest or part.kind in ("letters", "gloss")
        elif part.kind == "number":
            continue  # a footnote's mark, where the source has it in another way
        elif part.kind == "sic":
            honest = True
        elif part.kind == "cut":
            gaps[len(tokens)] = Gap()
        else:
            before = gaps.get(len(tokens))
            if before is None or before.most is not None:
                most = 12 + 4 * len(part.tokens) if part.kind == "gloss" else 3
                gaps[len(tokens)] = Gap(most, part.kind == "aside")
            honest = True
    return Claim(tuple(tokens), gaps, honest or any(0 < i < len(tokens) for i in gaps))
