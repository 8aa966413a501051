"""Numbers before headings (`1.`, `(2)`, `III.`, `4.2`, `Chapter Five`), and which count on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ROMAN = re.compile(r"(?=[IVXLC])(?:X[CL]|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_NUMBERED = re.compile(
    r"(?P<open>[(§]?\s?)(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,7}|[A-Z])"
    r"(?P<close>[.):]|\s?[–—-](?=\s))?(?:\s*(?P<rest>\S.*))?$"
)
_DIVISION = re.compile(
    r"(?P<division>part|book|volume|chapter|section|letter|lecture|act|scene|canto|stave|essay"
    r"|teil|buch|kapitel|partie|chapitre|livre|parte|libro|capítulo)\.?\s+"
    r"(?P<number>(?:the\s+)?[\w-]+)(?P<close>[.:]|\s?[–—-](?=\s))?(?:\s*(?P<rest>\S.*))?$",
    re.I,
)
_COUNTED = re.compile(
    r"(?P<word>[A-ZÀ-Þ][^\W\d_]*(?:\s[^\W\d_]+){0,2})\.?\s+(?P<number>\d{1,3}|[IVXLC]{1,7})"
    r"(?P<close>[.:]|\s?[–—-](?=\s))?(?:\s+(?P<rest>\S.*))?$"
)
_PARTS = frozenset({"part", "book", "volume", "teil", "buch", "partie", "livre", "parte", "libro"})
_WORDS = re.findall(
    r"\w+",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
)
_ORDINALS = re.findall(
    r"\w+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Number:
    """The number before a heading: its form, its value (`4.2` is (4, 2)), and the words after it.

    `division` is `part` or `chapter` when a word names one. A letter or a roman numeral of one
    letter can be read both ways: `other` is the second reading. `worded` says that any words
    stand before it: they are part of the heading, and count only where others count on.
    """

    form: str
    value: tuple[int, ...]
    rest: str
    division: str = ""
    other: tuple[str, int] | None = None
    worded: bool = False


def read_number(text: str) -> Number | None:
    """The number that a line begins with, as headings are numbered; None when there is none."""
    text = text[:400]
    if match := _DIVISION.match(text):
        word = match.group("division").lower()
        value = _value(match.group("number"))
        if value is not None:
            kind = "part" if word in _PARTS else "chapter"
            return Number(word, (value,), match.group("rest") or "", kind)
    if (match := _NUMBERED.match(text)) and (number := _plain_number(match)):
        return number
    if match := _COUNTED.match(text):
        return _counted(match)
    return None


def _counted(match: re.Match[str]) -> Number | None:
    """The number of a line that counts with words of its own: Day 3, Bulletin No. IV."""
    value, rest = _value(match.group("number")), match.group("rest") or ""
    if value is None or (rest and not match.group("close") and not rest[0].isupper()):
        return None
    return Number(match.group("word").casefold(), (value,), rest, worded=True)


def _plain_number(match: re.Match[str]) -> Number | None:
    number, close = match.group("number"), (match.group("close") or "").strip()
    rest = match.group("rest") or ""
    opened = match.group("open").strip()
    spaced = not rest or match.string[match.start("rest") - 1 : match.start("rest")].isspace()
    if not close and not spaced:
        return None
    if number[0].isdigit():
        value = tuple(map(int, number.split(".")))
        if rest[:1].isdigit() or value[0] > 200 or (not close and not rest[:1].isupper() and rest):
            return None
        return Number(f"{opened}1{close}", value, rest)
    if not spaced or (not close and rest and len(number) == 1 and number in "AI"):
        return None
    roman = _roman(number)
    letter = ord(number) - 64 if len(number) == 1 else None
    if roman is not None and letter is not None:
        return Number(f"{opened}I{close}", (roman,), rest, "", (f"{opened}A{close}", letter))
    if roman is not None:
        return Number(f"{opened}I{close}", (roman,), rest)
    if letter is not None and (close or not rest):
        return Number(f"{opened}A{close}", (letter,), rest)
    return None


def _value(word: str) -> int | None:
    word = word.lower().removeprefix("the").strip()
    if word.isdecimal():
        return int(word) if len(word) < 4 else None
    if word in _WORDS:
        return _WORDS.index(word) + 1
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    return _roman(word.upper())


def _roman(word: str) -> int | None:
    if not _ROMAN.match(word):
        return None
    values = [_VALUES[char] for char in word]
    return sum(
        -value if at + 1 < len(values) and value < values[at + 1] else value
        for at, value in enumerate(values)
    )


def numbered_chains(numbers: Mapping[int, Number], leading: frozenset[int]) -> frozenset[int]:
    """The places whose numbers count on: n, n+1 … in one form, text between them.

    Only places in `leading` (text follows) take part, so that neither a list nor a table of
    contents is a chain, and lines that count with words of their own where they stand wide apart.
    Numbers that stand alone may begin again at 1 in each chapter.
    Numbers of divided form (`1.2`) belong when they count on among themselves, or begin below a
    number that does.
    """
    chained: set[int] = set()
    forms: dict[str, list[tuple[int, int]]] = {}
    for at in sorted(numbers):
        number = numbers[at]
        if number.division or not (at in leading or number.worded):
            continue
        if len(number.value) == 1:
            forms.setdefault(number.form, []).append((at, number.value[0]))
            if number.other:
                forms.setdefault(number.other[0], []).append((at, number.other[1]))
    for places in forms.values():
        chain = _longest_chain(places) | _begun_again([p for p in places if not numbers[p[0]].rest])
        if not numbers[places[0][0]].worded or _runs_through(chain):
            chained |= chain
    tops = {numbers[at].value[0] for at in chained}
    deep = [at for at in sorted(numbers) if at in leading and len(numbers[at].value) > 1]
    values = {numbers[at].value for at in deep}
    for at in deep:
        *parent, last = numbers[at].value
        neighbours = {(*parent, last - 1), (*parent, last + 1)}
        if neighbours & values or (parent[0] in tops and last == 1):
            chained.add(at)
    return frozenset(chained)


def _begun_again(places: list[tuple[int, int]]) -> set[int]:
    """The places of numbers alone that count from 1 again and again, as they do below chapters."""
    runs: list[list[int]] = []
    last = 0
    for at, value in places:
        if value == 1:
            runs.append([at])
        elif runs and value == last + 1:
            runs[-1].append(at)
        last = value
    counted = [run for run in runs if len(run) > 1]
    return {at for run in counted for at in run} if len(counted) > 1 else set()


def _runs_through(chain: set[int]) -> bool:
    """Whether three or more lines stand wide apart, with text between."""
    return len(chain) >= 3 and max(chain) - min(chain) >= 3 * (len(chain) - 1)


def _longest_chain(places: list[tuple[int, int]]) -> set[int]:
    """The longest run of places whose values count on by one, starting at 1 or 2 or anywhere if
    three or more do.
    """
    best: dict[int, list[int]] = {}
    longest: list[int] = []
    for at, value in places:
        chain = [*best.get(value - 1, []), at]
        if len(chain) > len(best.get(value, [])):
            best[value] = chain
        if len(chain) > len(longest):
            longest = chain
    if len(longest) < 2:
        return set()
    first = dict(places)[longest[0]]
    return set(longest) if first <= 2 or len(longest) >= 3 else set()
