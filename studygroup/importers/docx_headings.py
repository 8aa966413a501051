"""Which paragraphs of a Word document are title and headings, as far as styles leave it open."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from studygroup.importers.html_blocks import Piece
from studygroup.importers.shapes import ADDRESS, BYLINE, is_person

_LONGEST_HEADING = 120
_LONGEST_TITLE = 250


def with_headings(pieces: Sequence[Piece]) -> tuple[list[Piece], bool]:
    """The pieces, and whether lines in bold had to stand for headings because there are none."""
    if any(piece.kind == "heading" for piece in pieces):
        return list(pieces), False
    bold = [at for at, piece in enumerate(pieces) if _is_bold_line(piece, at)]
    if len(bold) < 2 or len(bold) > len(pieces) // 2:
        return list(pieces), False
    chosen = set(bold)
    return [
        replace(piece, kind="heading") if at in chosen else piece for at, piece in enumerate(pieces)
    ], True


def _is_bold_line(piece: Piece, at: int) -> bool:
    text = piece.words
    return (
        piece.kind == "paragraph"
        and not piece.boxed
        and 0 < len(text) <= (_LONGEST_HEADING if at else _LONGEST_TITLE)
        and text[-1] not in ".,;:"
        and not ADDRESS.match(text)
        and all(run.strong or run.call or not run.text.strip() for run in piece.runs)
    )


def titled(pieces: list[Piece], title: str, *, guessed: bool = False) -> tuple[list[Piece], str]:
    """Pieces without a first heading that is the title: the same words, the only one of its level
    with others below it, or, where bold lines were taken for headings, one at the very top with a
    line below it (the author, a first heading).
    """
    at = next((at for at, piece in enumerate(pieces) if piece.kind == "heading"), None)
    if at is None or any(piece.kind != "heading" for piece in pieces[:at]):
        return pieces, title
    first = pieces[at]
    levels = [piece.level for piece in pieces if piece.kind == "heading"]
    same = title and _letters(first.words) == _letters(title)
    alone = (
        not title and levels.count(first.level) == 1 and min(levels) == first.level < max(levels)
    )
    below = pieces[at + 1] if at + 1 < len(pieces) else None
    if guessed and below is not None and (below.kind == "heading" or is_person(below.words)):
        return pieces[:at] + pieces[at + 1 :], first.words
    if same or alone:
        return pieces[:at] + pieces[at + 1 :], title or first.words
    return pieces, title


def without_bylines(
    pieces: Sequence[Piece], authors: Collection[str], *, guessed: bool = False
) -> list[Piece]:
    """Pieces in which a heading at the top or directly below another is a line in bold when it says
    who wrote the text: one of the `authors`, or, of lines that were taken for headings, a name.
    """
    known = {_letters(name) for name in authors}
    out: list[Piece] = []
    for piece in pieces:
        said = " ".join(piece.words.split())
        names = _letters(said) in known or BYLINE.match(said) or (guessed and is_person(said))
        if piece.kind == "heading" and names and (not out or out[-1].kind == "heading"):
            runs = tuple(replace(run, strong=True) for run in piece.runs)
            out.append(replace(piece, kind="paragraph", runs=runs, level=1))
        else:
            out.append(piece)
    return out


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
