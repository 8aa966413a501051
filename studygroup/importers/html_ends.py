"""What stands below the text of a page and is none of it: invitations to go on reading or to
subscribe, who holds the rights, headings with nothing left below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from studygroup.importers.html_blocks import Piece
from studygroup.importers.html_link_lists import DIRECTORY, INVITATION

_TRAILER = re.compile(
    r"(?:©|copyright|all rights reserved|this (?:article|document|story) (?:is subject|was|first)|"
    r"click here|have a tip|get the latest|citation:)",
    re.I,
)
_END = re.compile(
    r"(?:share(?: this|$)|comments?(?: are| \(|:?$)|leave a (?:reply|comment)|filed under|"
    r"posted in|tags?\s?:|subscribe|sign up|follow (?:us|me|on)\b|newsletter|"
    r"advertis|"
    r"\d+ (?:comments?|responses|replies|likes|shares)\b)",
    re.I,
)
_ELSEWHERE = re.compile(
    r"related(?: (?:articles?|posts?|stories|news|content|links|reading|topics|searches|videos?))?|"
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested).{0,20}|"
    r"more (?:from|stories|news|like this|articles|posts).{0,40}|read (?:more|next|also)|see more|"
    r"recommended(?: (?:for you|reading|articles|posts|stories))?|most (?:read|popular).{0,20}|"
    r"(?:popular|latest|recent|trending)(?: (?:posts|articles|news|stories|comments|videos))?|"
    r"leave a (?:reply|comment).{0,20}|\d+ (?:comments?|responses|replies).{0,40}|"
    r"share this(?: (?:article|post|story|page).{0,20}|:)?|subscribe(?: .{0,40})?|sign up .{0,60}|"
    r"follow us.{0,20}|newsletters?|"
    r"mehr (?:zum thema|von).{0,20}|lesen sie auch|das könnte (?:sie|dich) .{0,40}|"
    r"auch interessant|verwandte (?:themen|artikel|beiträge)|lire aussi|"
    r"sur le même (?:sujet|thème)|lee también|te puede interesar|más sobre .{0,30}|"
    r"leia (?:também|mais)|leggi anche|lees ook|zobacz także",
    re.I,
)
"""What headings say below which nothing more of a text follows."""

_POSTSCRIPT = 0.25
"""The share of a page's words that may follow a heading that invites to go on elsewhere."""

_AWAY = 0.3
"""The share of a line at the end that is links from which it may invite to go on elsewhere."""


def without_trailers(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a page without paragraphs that are one link to somewhere else, and without what
    stands below a text: invitations to go on reading, to subscribe, who holds the rights.
    """
    total = sum(len(piece.words) for piece in pieces)
    linked = sum(len(p.words) for p in pieces if _is_promotion(p))
    out = [p for p in pieces if not _is_promotion(p)] if linked < 0.3 * total else list(pieces)
    out = _without_directories(out)
    while (
        out
        and not out[-1].note
        and (
            out[-1].kind in ("heading", "rule", "title")
            or (len(out[-1].words) < 300 and _TRAILER.match(out[-1].words) is not None)
            or (len(out[-1].words) < 120 and _leads_away(out[-1]))
        )
    ):
        out.pop()
    return out


def _without_directories(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without the headings above lists of contents that were left out."""
    following = chain(pieces[1:], [None])
    return [
        piece
        for piece, below in zip(pieces, following, strict=False)
        if not (
            piece.kind == "heading"
            and (below is None or (below.kind == "heading" and below.level <= piece.level))
            and DIRECTORY.fullmatch(piece.words.strip(" :"))
        )
    ]


def without_postscript(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without a last section whose heading invites to go on elsewhere, and what follows."""
    whole = sum(len(piece.words) for piece in pieces)
    after = 0
    cut = len(pieces)
    for at in range(len(pieces) - 1, 0, -1):
        after += len(pieces[at].words)
        if after > _POSTSCRIPT * whole:
            break
        if pieces[at].kind == "heading" and _ELSEWHERE.fullmatch(pieces[at].words.strip(" :…»→")):
            cut = at
    return [piece for at, piece in enumerate(pieces) if at < cut or piece.note]


def _leads_away(piece: Piece) -> bool:
    """Whether a short last paragraph says that there is more elsewhere."""
    if _END.match(piece.words):
        return True
    return INVITATION.match(piece.words) is not None and (
        piece.linked > _AWAY or piece.words.endswith(":")
    )


def _is_promotion(piece: Piece) -> bool:
    return (
        piece.kind == "paragraph"
        and not piece.note
        and piece.led_away > 0.95
        and len(piece.words.split()) > 2
    )
