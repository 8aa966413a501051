"""The number of a heading, however written: “Ch. 3”, “III”, “three”, “Drittes Kapitel”, “2–3”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from studygroup.core.text import fold, words

_DIVISIONS = {
    "part": "part parts pt teil teile partie parte",
    "book": "book books bk buch livre libro",
    "chapter": "chapter chapters chap ch chs kapitel kap chapitre capitulo capitolo cap hoofdstuk",
    "section": "section sections sect sec abschnitt seccion sezione",
    "lecture": "lecture lectures lect lec vorlesung",
    "letter": "letter letters brief lettre carta lettera",
    "essay": "essay essays",
    "thesis": "thesis theses these thesen",
    "act": "act acts akt acte acto atto",
    "scene": "scene scenes szene escena scena",
}
_DIVISION_OF = {name: kind for kind, names in _DIVISIONS.items() for name in names.split()}
_COUNTS = (
    "one first eins erste erster erstes un une premier premiere uno primera primero primo",
    "two second zwei zweite zweiter zweites deux deuxieme dos segunda segundo due",
    "three third drei dritte dritter drittes trois troisieme tres tercera tercero tre",
    "four fourth vier vierte vierter viertes quatre quatrieme cuatro cuarta cuarto quattro",
    "five fifth funf funfte funfter funftes cinq cinquieme cinco quinta quinto cinque",
    "six sixth sechs sechste sechster sechstes sixieme seis sexta sexto sei",
    "seven seventh sieben siebte siebter siebtes sept septieme siete septima septimo sette",
    "eight eighth acht achte achter achtes huit huitieme ocho octava octavo otto",
    "nine ninth neun neunte neunter neuntes neuf neuvieme nueve novena noveno nove",
    "ten tenth zehn zehnte zehnter zehntes dix dixieme diez decima decimo dieci",
    "eleven eleventh elf elfte elfter elftes onze onzieme once undici",
    "twelve twelfth zwolf zwolfte zwolfter zwolftes douze douzieme doce dodici",
)
_COUNT_OF = {name: at for at, names in enumerate(_COUNTS, 1) for name in names.split()}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_NUMBER = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*|{_ROMAN_NUMBER}|{'|'.join(_COUNT_OF)})(?![\w'])"
_NAMES = "|".join(sorted(_DIVISION_OF, key=len, reverse=True))
_BEFORE = re.compile(
    rf"\s*[\[(#]*(?:(?P<division>{_NAMES})\b\.?\s*)?(?P<mark>§{{1,2}}|no\.?(?=\s)|nr\.?(?=\s)|#)?\s*"
    rf"(?P<first>{_NUMBER})"
    rf"(?:\s*(?:-|–|—|to|bis|and|und|&|,|/|\+)\s*(?:(?:{_NAMES})\b\.?\s*)?(?P<last>{_NUMBER}))?"
    r"(?P<stop>\s*[.:)\]–—-]+)?\s*"
)
_AFTER = re.compile(rf"\s*(?P<first>{'|'.join(_COUNT_OF)})\s+(?P<division>{_NAMES})\b[.:–—-]*\s*")

_CHINESE = re.compile(
    r"\s*第(?P<first>\d{1,3}|[一二三四五六七八九十百]{1,5})(?P<division>[章节節部編编篇回卷巻講讲課课話话])"
    r"\s*[.:、)–—-]*\s*"
)
_CHINESE_DIVISIONS = {
    name: kind
    for kind, names in {
        "chapter": "章回話话",
        "section": "节節",
        "part": "部編编篇",
        "book": "卷巻",
        "lecture": "講讲課课",
    }.items()
    for name in names
}
_CHINESE_FIGURES = {figure: at for at, figure in enumerate("一二三四五六七八九", 1)}

_LETTER = re.compile(r"\s*\(?([a-h])[.)]\s*(?=[^\W\d_]{2}|$)")


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """The number of a heading: `1.2` is (1, 2); `last` is another one where it names several.

    `division` says what is counted (`chapter`), `letter by letter` that it is “A.”, "" that nothing
    is said; `rest` are the heading's words without it, folded.
    """

    first: tuple[int, ...]
    last: tuple[int, ...]
    division: str
    rest: tuple[str, ...]

    def means(self, other: HeadingNumber) -> bool:
        """Whether both are the same number, of the same kind as far as both tell."""
        if "letter by letter" in (self.division, other.division):
            return self.first == other.first and self.division == other.division
        alike = not self.division or not other.division or self.division == other.division
        return self.first == other.first and alike


@lru_cache(maxsize=1 << 14)
def number_of(heading: str) -> HeadingNumber | None:
    """Return the number that a heading begins with, None where it has none.

    A Roman numeral or a word counts as a number only after the name of a division, before a stop,
    or alone: “I think” and “Two views” have none.
    """
    folded = fold(heading)
    match = _AFTER.match(folded)
    if match is not None:
        first: tuple[int, ...] = (_COUNT_OF[match.group("first")],)
        return HeadingNumber(
            first, first, _DIVISION_OF[match.group("division")], _rest(folded, match)
        )
    if (match := _CHINESE.match(folded)) is not None:
        first = (_chinese_value(match.group("first")),)
        division = _CHINESE_DIVISIONS[match.group("division")]
        return HeadingNumber(first, first, division, _rest(folded, match))
    if (match := _LETTER.match(folded)) is not None:
        first = (ord(match.group(1)) - ord("a") + 1,)
        return HeadingNumber(first, first, "letter by letter", _rest(folded, match))
    match = _BEFORE.match(folded)
    if match is None:
        return None
    groups = match.groupdict()
    rest = _rest(folded, match)
    if not (
        groups["first"][0].isdigit()
        or groups["division"]
        or groups["mark"]
        or groups["stop"]
        or not rest
    ):
        return None
    first = _value(groups["first"])
    last = _value(groups["last"]) if groups["last"] else first
    if not first < last or len(first) != len(last):
        if groups[
            "last"
        ]:  # “3, 1” or “2-1.5” is no range: what follows the number is not understood
            return None
        last = first
    return HeadingNumber(first, last, _DIVISION_OF.get(groups["division"] or "", ""), rest)


def _rest(folded: str, match: re.Match[str]) -> tuple[str, ...]:
    return tuple(word.folded for word in words(folded[match.end() :]))


def _value(number: str) -> tuple[int, ...]:
    if number[0].isdigit():
        return tuple(int(part) for part in number.split("."))
    if number in _COUNT_OF:
        return (_COUNT_OF[number],)
    values = [_ROMAN[letter] for letter in number]
    return (sum(-v if v < max(values[at:]) else v for at, v in enumerate(values)),)


def _chinese_value(number: str) -> int:
    """Figures, or up to 999 in words as Chinese and Japanese write it: 二十一 is 21."""
    if number[0].isdigit():
        return int(number)
    value = figure = 0
    for sign in number:
        if sign in _CHINESE_FIGURES:
            figure = _CHINESE_FIGURES[sign]
        else:
            value, figure = value + max(1, figure) * (10 if sign == "十" else 100), 0
    return value + figure
