"""What a short line is besides a heading: a date, a name, a signature, an address, a list item."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from studygroup.importers.lines import word_set

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)"
)
_YEAR = r"(?:1[4-9]\d\d|20\d\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE: Final = re.compile(
    rf"(?:[A-Z][\w .]{{0,30}},\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:(?:{_DAY}\s+)?{_MONTHS}\.?(?:\s+{_DAY})?,?\s+|{_DAY}[./-]\d{{1,2}}[./-])?"
    rf"\(?(?:c\.\s?)?(?P<year>{_YEAR})(?:[-–/]\d{{2,4}})?\)?\.?$",
    re.I,
)
ISO_DATE: Final = re.compile(rf"(?P<year>{_YEAR})-\d\d-\d\d(?:[T ][\d:.Z+]*)?$")
BYLINE: Final = re.compile(
    r"(?:(?:written|translated|edited|posted|published|transcribed)\s+)?(?:by|von|par|por|door|av):?\s+"
    r"(?P<name>[^,;:\d]{3,60}?)\.?$",
    re.I,
)
ADDRESS: Final = re.compile(r"<?(?:h?ttps?://|www\.)\S+$|\S+@\S+\.\w+$", re.I)
_SALUTATION = re.compile(
    r"(?:dear|hello|hi|greetings|comrades|friends|to whom|yours|sincerely|best|regards|cheers"
    r"|thanks|in solidarity|love|warmly|respectfully|kind regards|solidarity)\b[^.?!]{0,40}[,!]?$",
    re.I,
)
_SIGNATURE = re.compile(
    r"(?:[—–-]+\s?)?(?:[A-Z]\.\s?){1,4}(?:[A-Z][\w’'-]+)?\.?$|[—–]\s?[A-Z][\w’'. -]{1,40}$"
)
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|table|plate|photo(?:graph)?|map|chart|image|source)\s*[:.]?\s*\d*\b.*[:.\d]",
    re.I,
)
KNOWN: Final = re.compile(
    r"(?:(?:a|an|some|general|author.s|translator.s|editor.s|publisher.s)\s+)?"
    r"(?:introduction|introductory(?: note| remarks)?|preface|preamble|addendum|foreword|prologue"
    r"|epilogue|afterword"
    r"|postscript|conclusions?|concluding remarks|summary|abstract"
    r"|notes?(?: (?:on|to|by|about) .+)?"
    r"|footnotes|endnotes|references|bibliography|further reading|works cited|sources|glossary"
    r"|index"
    r"|acknowledge?ments?|dedication|contents|table of contents|appendix(?: [a-z\d]+)?|about .+"
    r"|einleitung|vorwort|nachwort|schluss|introducción|prólogo|conclusión|préface|avant-propos)$",
    re.I,
)
"""What parts of books and papers are called."""
LAST_WORD: Final = re.compile(r"(?:the\s+end|fin(?:is)?|f\s+i\s+n\s+i\s+s|ende)\W*$", re.I)
LIST_ITEM: Final = re.compile(r"(?P<mark>[-*+•‣◦▪·]|[–—](?= ))\s+(?=\S)")
NUMBERED: Final = re.compile(r"(?P<open>\()?(?P<number>\d{1,3})(?P<close>[.)])\s+(?=\S)")
POINT: Final = re.compile(r"(?:[-*•‣◦▪·–—]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+\S")
RULE: Final = re.compile(r"(?:[-–—_*=~#·•+.∗⁂]\s*){3,}$|⁂$|[*•]$")
_NAME_PART = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'-]+\.?|[A-Z]\.|(?:[A-Z]\.){2,}|de|da|di|la|le|van|von|der|den|du|del|ibn|bin|al|y|and|&)$"
)
_SUBMITTED = re.compile(
    r"(?:submitted|posted|uploaded|retrieved|accessed|downloaded|scanned|archived|updated|released?)\b",
    re.I,
)
_INITIAL_STOPS = re.compile(
    r"(?:\b[A-Z]\.){2,}$|\b(?:etc|vs|Jr|Sr|Inc|Ltd|Co|No|St|Dr|U\.S)\.$|\.\.\.$|…$"
)


def words(text: str) -> list[str]:
    """The words of a line."""
    return text.split()


def year_of(text: str) -> int | None:
    """The year of a line that is nothing but a date."""
    match = DATE.match(text) or ISO_DATE.match(text)
    return int(match.group("year")) if match else None


def is_passing_on(text: str) -> bool:
    """Whether a line tells when a text was put where it was found, not when it was written."""
    return _SUBMITTED.match(text) is not None


def is_salutation(text: str) -> bool:
    """Whether a line greets or takes leave, as letters do."""
    return len(text) < 60 and text.endswith((",", "!")) and _SALUTATION.match(text) is not None


def is_signature(text: str) -> bool:
    """Whether a line is initials, or a name after a dash."""
    return len(text) < 50 and _SIGNATURE.match(text) is not None


def is_caption(text: str) -> bool:
    """Whether a line names a figure, table or picture."""
    return len(text) < 200 and _CAPTION.match(text) is not None


def ends_with_stop(text: str) -> bool:
    """Whether a line ends with a full stop that is none of an abbreviation or an ellipsis."""
    return text.endswith(".") and not _INITIAL_STOPS.search(text[-12:])


def is_capitals(text: str) -> bool:
    """Whether a line is set in capitals: four letters or more, none of them small."""
    return not any(map(str.islower, text)) and sum(map(str.isalpha, text)) >= 4


_SMALL_WORDS = word_set(
    """a an and as at but by de der des die du et for from if in into is it la le les nor of off on
    or our over per so than the this to up upon via vs was what when with without yet its are be"""
)


def is_title_case(text: str) -> bool:
    """Whether all words but the small ones begin with a capital."""
    parts = [part.strip("“”‘’\"'()[]*_.,:;?!…&") for part in re.split(r"[\s/–—-]+", text)]
    found = [part for part in parts if part and part[0].isalpha()]
    if not found or not found[0][0].isupper():
        return False
    return all(part[0].isupper() or part in _SMALL_WORDS for part in found)


_NO_NAMES = word_set(
    """a an the of on in at to for from with and or not our my his her essay essays note notes story
    stories history chronicle report letter letters lecture lectures speech talk talks paper papers
    part chapter book volume edition section introduction preface draft abstract summary poem poems
    novel tale tales study studies review contents proposal interview dialogue"""
)


def is_person(text: str, small_words: Collection[str] = ()) -> bool:
    """Whether a line reads as the name of a person or of several.

    Two to eight words, each with a capital, an initial, or a particle; none of them is used as an
    ordinary word (`small_words`: the words the document writes small).
    """
    parts = re.sub(r"(?<=\w),(?= )", " and", text).split()
    if not 2 <= len(parts) <= 8 or not all(_NAME_PART.match(part) for part in parts):
        return False
    named = [part for part in parts if part[0].isupper() and len(part.rstrip(".")) > 1]
    if any(part.lower() in _NO_NAMES for part in named if not part.isupper()):
        return False
    ordinary = [part for part in named if part.lower() in small_words]
    return bool(named) and len(ordinary) * 2 < len(named) and len(named) <= 6
