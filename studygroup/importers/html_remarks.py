"""Lines between the paragraphs of a page that are the page's: who took a picture, when it was put
there, an invitation to go elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from studygroup.importers.html_blocks import Piece

_KINDS = ("paragraph", "item", "continued", "title", "heading")
_SHORT = 100
"""Characters up to which a line may be a remark that begins so."""

_WHOLE = re.compile(
    r"adverti[sz]e?ments?|advert|close|(?:image )?caption|loading|share(?: this.{0,40})?|print|"
    r"(?:(?:advertisement|ad) - )?(?:story|article) continues below.{0,30}|"
    r"continue reading.{0,30}|(?:read|learn) more.{0,12}|"
    r"advertising|sponsored(?: links| content)?|watch (?:live|now)|loading content|author|"
    r"publish(?:ed)? date|e-?mail|don['’]t miss|explore further|getty images|reuters|"
    r"skip to .{0,30}|sign up|subscribe(?: now)?|"
    r"you have been successfully subscribed|\d+ of \d+|"
    r"related(?: (?!works?\b)\w+)?|"
    r"(?:you (?:may|might) )also like|back to top|関連記事",
    re.I,
)
_ORDINARY = re.compile(r"close|print|loading|e-?mail|author|caption|share", re.I)
"""Words among those that may well be an item or a section of a text."""

_BEGINNING = re.compile(
    r"(?:first |last )?(?:published|updated|posted|modified)(?: on| at|:)|"
    r"(?:photo|image|picture|credit|photograph)s?(?: credit| by)?\s?:|tags?:|filed under|"
    r"(?:sign up|subscribe) (?:to|for) |follow us |tempo de leitura|\d+ min(?:ute)?s? read",
    re.I,
)
_CREDIT = re.compile(
    r"\((?:image|photo|picture|pic|credit)s?(?: credit)?\s?: [^()]{1,80}\)\.?$", re.I
)
_BYLINE = re.compile(r"by\s(?!the\b|a\b|all\b)\S.{2,70}(?<![.!?:])$", re.I)
_ABOVE = 5
"""Pieces from the top among which the author's line, or the day, may stand."""

_DAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|"
    r"sep\w*|oct\w*|nov\w*|dec\w*|\d{1,4}(?:st|nd|rd|th)?|[ap]\.?m\.?|[a-z]{1,2}t|utc|gmt|at|on|"
    r"updated|published|posted|date|min(?:ute)?s?|read|hours?|days?|ago|[\W_]+)*",
    re.I,
)
_CLOCK = re.compile(r"\d{4}|\d:\d\d|\d min|\d hours? ago|\d days? ago")


def without_remarks(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without lines of that kind."""
    return [
        piece
        for at, piece in enumerate(pieces)
        if piece.note or piece.kind not in _KINDS or not _is_remark(piece.words.strip(), at, piece)
    ]


def _is_remark(text: str, at: int, piece: Piece) -> bool:
    if _WHOLE.fullmatch(text.strip(" .!:…→›»*")):
        return piece.kind in ("paragraph", "title") or _ORDINARY.fullmatch(text) is None
    if piece.kind == "heading":
        return False
    if len(text) < 2 * _SHORT and _CREDIT.search(text):
        return True
    if at < _ABOVE and (_BYLINE.match(text) or _is_day(text)):
        return True
    return len(text) <= _SHORT and _BEGINNING.match(text) is not None


def _is_day(text: str) -> bool:
    """Whether a line says nothing but when something was put there, or how long it is."""
    return (
        len(text) <= _SHORT
        and _CLOCK.search(text) is not None
        and all(_DAY.fullmatch(word) for word in text.split())
    )
