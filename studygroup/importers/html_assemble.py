"""Pieces of HTML → the blocks of a draft: notes taken out and labelled, lines of verse joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studygroup.core.draft import Block
from studygroup.importers.html_blocks import Piece
from studygroup.importers.html_notes import Notes, labels
from studygroup.importers.inline import at_line_start, escape
from studygroup.importers.runs import lines, markdown, plain, tidy

_NOTES_HEADING = re.compile(
    r"(?:(?:foot|end)\s?)?notes?(?: and references)?|references|anmerkungen|fußnoten|notas|"
    r"notes de bas de page|note|примечания|noten|endnotes?",
    re.I,
)
_OVER_NOTES = "over notes"


@dataclass(frozen=True, slots=True)
class Assembled:
    """The blocks of a document, and how many notes stand among them."""

    blocks: tuple[Block, ...]
    notes: int


def assemble(pieces: Sequence[Piece], notes: Notes) -> Assembled:
    """Blocks of pieces: those of notes at the end, headings with nothing left below them gone."""
    body, found = _divide(pieces)
    names = labels(notes, list(found))
    blocks = [block for piece in _settled(body, bool(found)) if (block := _block(piece, names))]
    footnotes = [
        Block("footnote", text, label=names[key])
        for key in names
        for piece in found[key]
        if (text := _text(piece, names))
    ]
    return Assembled((*_joined(blocks), *footnotes), len(found))


def _divide(pieces: Sequence[Piece]) -> tuple[list[Piece], dict[str, list[Piece]]]:
    """Body and notes: what stands in a note's block, and further paragraphs up to the next note
    when nothing in between calls that.
    """
    body: list[Piece] = []
    found: dict[str, list[Piece]] = {}
    last, gap, called = "", [], set()  # type: str, list[Piece], set[str]
    for whole in pieces:
        for key, piece in _split(whole):
            if not key:
                calls = {run.call for run in piece.runs if run.call}
                called |= calls
                (gap if last else body).append(piece)
                if last and (piece.kind in ("heading", "rule") or calls):
                    body += gap
                    last, gap = "", []
                continue
            if last and gap and key in called:
                found[last] += gap
            else:
                body += gap
            gap = []
            _mark(body)
            first = key not in found
            found.setdefault(key, []).append(_unmarked(piece) if first else piece)
            last = key
    return body + gap, found


def _mark(body: list[Piece]) -> None:
    """Mark the heading, if one ends the body so far, as one that stands over a note."""
    at = len(body) - 1
    while at >= 0 and body[at].kind == "rule":
        at -= 1
    if at >= 0 and body[at].kind == "heading":
        body[at] = replace(body[at], marker=_OVER_NOTES)


def _split(piece: Piece) -> list[tuple[str, Piece]]:
    """A piece as parts with the key of the note that each belongs to, empty for the body."""
    starts = [at for at, run in enumerate(piece.runs) if run.start]
    if not starts:
        return [(piece.note, piece)]
    if piece.kind == "heading":
        return [("", piece)]
    parts: list[tuple[str, Piece]] = []
    bounds = [0, *starts, len(piece.runs)]
    for begin, end in pairwise(bounds):
        runs = piece.runs[begin:end]
        if not plain(runs):
            continue
        key = next((run.start for run in runs if run.start), "")
        kept = tuple(tidy([run for run in runs if not run.start]))
        parts.append((key, replace(piece, runs=kept)))
    if len(parts) == 2 and not parts[0][0] and len(plain(parts[0][1].runs)) < 8:
        return [(parts[1][0], parts[1][1])]
    return parts


def _unmarked(piece: Piece) -> Piece:
    """A note without the mark printed before it."""
    runs = list(piece.runs)
    text = plain(runs)
    match = re.match(
        r"(?:[\[({]?\s*(?:note\s)?(?:\d{1,4}|[*†‡§¶^]{1,4}|[a-z])\s*[\])}]\s*[.:]?|"
        r"(?:\d{1,4}|[*†‡§¶^]{1,4})\s*[.:)]|\d{1,4}(?=\s?[^\s\d])|[*†‡§¶^↑]{1,4})[\s\u00a0]*",
        text,
        re.I,
    )
    drop = match.end() if match else 0
    while drop > 0 and runs and not runs[0].call:
        size = len(runs[0].text)
        if size <= drop:
            runs.pop(0)
            drop -= size
        else:
            runs[0] = replace(runs[0], text=runs[0].text[drop:])
            drop = 0
    return replace(piece, kind="paragraph", runs=tuple(tidy(runs)))


def _settled(body: Sequence[Piece], noted: bool) -> list[Piece]:
    """The body without headings over notes that were taken out, nor rules at its ends or twice."""
    out: list[Piece] = []
    body = _without_emptied(body)
    following = _following(body)
    for at, piece in enumerate(body):
        below = following[at]
        if (
            piece.kind == "heading"
            and noted
            and _ends_before(piece, below)
            and _NOTES_HEADING.fullmatch(piece.words.strip(" .:"))
        ):
            continue
        if piece.kind == "rule" and (
            not out
            or out[-1].kind in ("rule", "heading")
            or below is None
            or below.kind == "heading"
        ):
            continue
        out.append(piece)
    while out and out[-1].kind == "rule":
        out.pop()
    return out


def _without_emptied(body: Sequence[Piece]) -> list[Piece]:
    """The body without the headings below which nothing but notes stood."""
    kept: list[Piece] = []
    below: Piece | None = None
    emptied = False
    for piece in reversed(body):
        over = piece.kind == "heading" and (emptied or piece.marker == _OVER_NOTES)
        if over and _ends_before(piece, below):
            emptied = True
            continue
        kept.append(piece)
        if piece.kind != "rule":
            below, emptied = piece, False
    return kept[::-1]


def _ends_before(heading: Piece, below: Piece | None) -> bool:
    """Whether a section has no text: the next one begins, or nothing is left."""
    return below is None or (below.kind == "heading" and below.level <= heading.level)


def _following(body: Sequence[Piece]) -> list[Piece | None]:
    """For each piece the next one that is no rule."""
    found: list[Piece | None] = []
    below: Piece | None = None
    for piece in reversed(body):
        found.append(below)
        below = below if piece.kind == "rule" else piece
    return found[::-1]


def _block(piece: Piece, names: dict[str, str]) -> Block | None:
    if piece.kind == "rule":
        return Block("rule", "")
    if piece.kind == "code":
        return Block("code", piece.text, marker=piece.marker)
    if piece.kind == "raw":
        return Block("raw", piece.text)
    if piece.kind == "heading":
        text = escape(plain([run for run in piece.runs if not run.call]))
        return Block("heading", " ".join(text.split()), piece.level) if text else None
    if piece.kind == "stanza":
        return Block("verse", "", marker="stanza")
    text = _text(piece, names)
    if not text:
        return None
    if piece.kind == "quote":
        return Block("quote", text, piece.level)
    if piece.kind == "item":
        return Block("item", text, piece.level, piece.marker)
    if piece.kind == "line":
        return Block("verse", text, marker="line")
    if piece.kind == "continued":
        return Block("item", text, piece.level)
    return Block("verse" if piece.kind == "verse" else "paragraph", text)


def _text(piece: Piece, names: dict[str, str]) -> str:
    if piece.text:
        return piece.text
    if piece.kind == "verse" or piece.marker == "verse":
        glue = "\n" if piece.kind == "verse" else "\\\n"
        return glue.join(t for row in lines(piece.runs) if (t := markdown(row, names)))
    return markdown(piece.runs, names)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with lines of verse joined to stanzas and further paragraphs to their list item."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        if (
            block.kind == "verse"
            and block.marker == "line"
            and before == replace(block, text=before.text if before else "")
            and before is not None
        ):
            out[-1] = replace(before, text=f"{before.text}\n{block.text}")
        elif block.kind == "item" and not block.marker:
            if before is not None and before.kind == "item" and before.level == block.level:
                text = f"{before.text}\n\n{at_line_start(block.text)}"
                out[-1] = replace(before, text=text)
            else:
                out.append(Block("paragraph", block.text))
        else:
            out.append(block)
    return [replace(b, marker="") if b.kind == "verse" else b for b in out if b.marker != "stanza"]


def lifted(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks whose highest heading is of the first level, and that skip no level going down."""
    stack: list[int] = []
    out: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            while stack and stack[-1] >= block.level:
                stack.pop()
            stack.append(block.level)
            block = replace(block, level=min(len(stack), 6))
        out.append(block)
    return tuple(out)
