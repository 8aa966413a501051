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
    r"(?:story|article) continues below.{0,30}|continue reading.{0,30}|(?:read|learn) more.{0,12}|"
    r"e-?mail|don['’]t miss|explore further|getty images|reuters|skip to .{0,30}|sign up|"
    r"subscribe(?: now)?|"
    r"you have been successfully subscribed|\d+ of \d+|about the author|related(?: \w+)?|"
    r"(?:you (?:may|might) )also like|back to top|関連記事",
    re.I,
)
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
"""Pieces from the top among which the author's line may stand."""


def without_remarks(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without lines of that kind."""
    return [
        piece
        for at, piece in enumerate(pieces)
        if piece.note or piece.kind not in _KINDS or not _is_remark(piece.words.strip(), at, piece)
    ]


def _is_remark(text: str, at: int, piece: Piece) -> bool:
    if _WHOLE.fullmatch(text.strip(" .!:…→›»*")):
        return True
    if piece.kind == "heading":
        return False
    if len(text) < 2 * _SHORT and _CREDIT.search(text):
        return True
    if at < _ABOVE and _BYLINE.match(text):
        return True
    return len(text) <= _SHORT and _BEGINNING.match(text) is not None
