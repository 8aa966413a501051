"""A web page, saved → Draft: the article on it, without the page around."""

from __future__ import annotations

import re
from dataclasses import replace

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.html_article import article, without_trailers
from studygroup.importers.html_assemble import assemble, lifted
from studygroup.importers.html_blocks import Piece, Reader
from studygroup.importers.html_facts import page_facts
from studygroup.importers.html_notes import find_notes
from studygroup.importers.html_tree import decode, parse
from studygroup.importers.inline import escape

FORMAT = "html"

_UNSEEN = ("script", "style", "noscript", "template", "iframe", "svg", "object")


def read(data: bytes, name: str) -> Draft:
    """Read the bytes of a page; `name` becomes its title when the page gives none.

    Raises CannotImport when it holds no words, or tags nested too deeply.
    """
    text = decode(data)
    xml = text.lstrip("\ufeff \r\n\t").startswith("<?xml") or "xhtml1" in text[:300].lower()
    tree = parse(text, xml=xml)
    facts = page_facts(tree)
    tree.strip_tags(list(_UNSEEN))
    root, chrome = article(tree)
    notes = find_notes([("", root)])
    reader = Reader(notes, base=facts.source or "", skipped=chrome)
    reader.read(root)
    pieces = without_trailers(_without_title(reader.pieces, facts.title))
    made = assemble(_unquoted(pieces), notes)
    if not made.blocks:
        raise CannotImport("there are no words on this page")
    repairs = {"footnotes": made.notes} if made.notes else {}
    warnings: tuple[str, ...] = ()
    if reader.pictures:
        warnings = (f"{_pictures(reader.pictures)} left out.",)
    return Draft(
        FORMAT,
        facts.title or name,
        lifted(made.blocks),
        author=facts.author,
        year=facts.year,
        source=facts.source,
        repairs=repairs,
        warnings=warnings,
    )


def _pictures(count: int) -> str:
    return "1 picture was" if count == 1 else f"{count:,} pictures were"


def _without_title(pieces: list[Piece], title: str) -> list[Piece]:
    """Pieces without the title where it stands above the text, and what stands above it."""
    wanted = _letters(title)
    for at, piece in enumerate(pieces[:12]):
        if (
            piece.kind == "heading"
            and wanted
            and _letters(piece.words) in (wanted, _letters(escape(title)))
        ):
            return (
                pieces[at + 1 :]
                if all(len(p.words) < 200 for p in pieces[:at])
                else [*pieces[:at], *pieces[at + 1 :]]
            )
    return pieces


def _unquoted(pieces: list[Piece]) -> list[Piece]:
    """Pieces of a page that uses block quotations for its margins, one level up."""
    quoted = sum(len(p.words) for p in pieces if p.kind == "quote")
    if quoted <= 0.6 * sum(len(p.words) for p in pieces):
        return pieces
    return [
        replace(p, level=p.level - 1)
        if p.kind == "quote" and p.level > 1
        else replace(p, kind="verse" if p.marker == "verse" else "paragraph")
        if p.kind == "quote"
        else p
        for p in pieces
    ]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
