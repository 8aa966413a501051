"""What a hyphen at a line's end is: part of the word, or the mark of a word that was broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from studygroup.importers.lines import word_set

_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
_LEFT = re.compile(r"([^\W_]+(?:[-‐'’][^\W_]+)*)[-‐]$")
_RIGHT = re.compile(r"[^\W_]+(?:[-‐'’][^\W_]+)*")
_URL = re.compile(r"(?:h?ttps?://|www\.)\S+$", re.I)
_URL_PIECE = re.compile(r"[^\s<>\"“”]*[/?=&%#_][^\s<>\"“”]*|[\w.]+(?:-[\w.]+){2,}/?$")

_COMPOUND_STARTS = word_set(
    """self ex non half quasi pseudo semi mini micro macro neo anti pro counter cross well ill so
    all vice post pre multi ultra proto crypto one two three four five six seven eight nine ten
    twenty thirty forty fifty sixty seventy eighty ninety high low long short"""
)
"""First parts that make compounds with a hyphen; outweighed by the same word seen in one piece."""

_VOWELS = frozenset("aeiou")
_ONSETS = word_set(
    """bl br ch cl cr dr dw fl fr gh gl gn gr kl kn kr pf ph pl pr ps qu rh sc sh sk sl sm sn sp sq
    st sv sw th tr ts tw vl wh wr zw"""
)
"""Pairs of consonants with which words begin, in English and its neighbours."""

_WORD_ENDS = word_set(
    """tion tions sion sions ation ations ization isation ment ments ing ings ness ity ities ism
    isms ist ists istic ly ally able ible ably ive ives ively ous ously ance ence ances ences ed
    er ers est al ial ical ary ory ture tures tor tors ter ters sive tive tional gle ble ple cal
    ty ry cy gy ny my dom ship ful less zation lution tution ical ological ology ogy ued ied ies
    ung ungen keit heit lich isch schaft ción ment mente sión tà ité eur euse ique"""
)
"""Endings that are no words: what stands after the hyphen of a word broken between syllables."""


@dataclass(frozen=True, slots=True)
class Hyphens:
    """Decides about line-end hyphens from the document's own words and habits.

    `plain` and `joined` count the words of the document without and with an inner hyphen;
    `breaks_words` says that some words of it are certainly broken at line ends.
    """

    plain: Counter[str]
    joined: Counter[str]
    breaks_words: bool = False

    @classmethod
    def of(cls, lines: Iterable[str]) -> Hyphens:
        """Learn from the printed lines of a document, in order."""
        plain: Counter[str] = Counter()
        joined: Counter[str] = Counter()
        ends: list[tuple[str, str]] = []
        last = ""
        for line in lines:
            words = [word.lower() for word in _WORD.findall(line)]
            if last:
                ends.append((last, line))
            broken_before = bool(last)
            last = line if _LEFT.search(line[-60:]) else ""
            for number, word in enumerate(words):
                piece = (number == 0 and broken_before) or (number == len(words) - 1 and last)
                if not piece:
                    (joined if "-" in word or "‐" in word else plain)[word] += 1
                    for part in re.split("[-‐]", word) if "-" in word else ():
                        plain[part] += 1
        found = cls(plain, joined)
        verdicts = [found._evidence(*parts) for end in ends if (parts := _parts(*end))]
        soft, hard = verdicts.count(False), verdicts.count(True)
        return cls(plain, joined, soft > 0 and soft * 3 >= hard)

    def is_real(self, left: str, right: str) -> bool:
        """Whether the hyphen between the lines `left` and `right` belongs to the word."""
        parts = _parts(left, right)
        if parts is None:
            return True
        known = self._evidence(*parts)
        return not self.breaks_words if known is None else known

    def _evidence(self, left: str, right: str) -> bool | None:
        """True for a hyphen of the word, False for a broken word, None when nothing tells.

        In order: the document writes the word in one piece, or with its hyphen; the break stands
        before a capital or beside another hyphen; the first part is one that makes compounds; both
        parts are words of the document; what follows begins as no word does, or is an ending, and
        what precedes is no word.
        """
        whole = self.plain[(left + right).lower()]
        hyphened = self.joined[f"{left}-{right}".lower()]
        if whole or hyphened:
            return hyphened >= whole
        start = re.split("[-‐]", left.lower())[-1]
        end = re.split("[-‐]", right.lower())[0]
        if right[:1].isupper() or left[-1:].isdigit():
            return True
        if not _begins_a_word(end):
            return False
        start_known, end_known = self.plain[start] > 0, self.plain[end] > 0
        if end in _WORD_ENDS and not (start_known and end_known):
            return False
        if start in _COMPOUND_STARTS or start != left.lower() or end != right.lower():
            return True
        if start_known and end_known:
            return True
        if start.endswith(("ing", "ed", "ly")) and len(start) > 5 and end not in _WORD_ENDS:
            return True
        return None if start_known or end_known else False


def _begins_a_word(text: str) -> bool:
    """Whether letters can begin a word: a vowel, or consonants such as words begin with."""
    if text[:1] in _VOWELS or not text.isascii():
        return any(char in _VOWELS for char in text) or not text.isascii()
    if text[1:2] in _VOWELS or text[1:2] == "y":
        return True
    return text[:2] in _ONSETS and any(char in _VOWELS or char == "y" for char in text)


def _parts(left: str, right: str) -> tuple[str, str] | None:
    before, after = _LEFT.search(left[-60:]), _RIGHT.match(right[:60])
    return (before.group(1), after.group()) if before and after else None


def ends_in_hyphen(text: str) -> bool:
    """Whether a line ends in a word and a hyphen (or a soft hyphen)."""
    return text.endswith("\u00ad") or _LEFT.search(text[-60:]) is not None


def joint(left: str, right: str, hyphens: Hyphens) -> tuple[str, str, bool]:
    """How two printed lines are put together: the left one, what comes between, and whether a
    hyphen was taken away.

    Addresses broken over lines are made whole; a hyphen that only broke a word goes.
    """
    if left.endswith("\u00ad"):
        return left.rstrip("\u00ad"), "", True
    if address_goes_on(left, right):
        return left, "", False
    if _LEFT.search(left[-60:]):
        if right[:1] in "–—" or re.match(r"(?:and|or|und|oder|et|ou) ", right):
            return left, " ", False
        if hyphens.is_real(left, right):
            return left, "", False
        return left[:-1], "", True
    if left.endswith(("—", "/")) and len(left) > 1 and not left[-2].isspace():
        return left, "", False
    return left, " ", False


def address_goes_on(left: str, right: str) -> bool:
    """Whether line `left` ends inside a web address that line `right` continues.

    It does when the next word has the marks of an address (slashes, query signs, many hyphens), or
    when the address stops at such a mark and the next word is no beginning of a sentence.
    """
    address = _URL.search(left[-2000:])
    if not address or not right:
        return False
    piece = right.split(None, 1)[0][:2000]
    if piece.lower().startswith(("http", "www.")) or piece[:1] in '(<“"':
        return False
    if _URL_PIECE.fullmatch(piece):
        return True
    return (
        address.group()[-1] in "-/_=?&%"
        and not piece[:1].isupper()
        and piece.isascii()
        and (address.group()[-1] != "/" or "." in piece[:-1])
    )
