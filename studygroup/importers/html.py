"""A web page, saved → Draft: the article on it, without the page around."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers import plain_text
from studygroup.importers.html_agreement import Opinion, agreed, falls_short, held, holder
from studygroup.importers.html_article import article
from studygroup.importers.html_assemble import assemble, lifted
from studygroup.importers.html_blocks import Piece, Reader
from studygroup.importers.html_chrome import unseen
from studygroup.importers.html_comments import comments_of
from studygroup.importers.html_ends import without_postscript, without_trailers
from studygroup.importers.html_facts import page_facts
from studygroup.importers.html_frame import outside_frame
from studygroup.importers.html_notes import Notes, find_notes
from studygroup.importers.html_remarks import without_remarks
from studygroup.importers.html_thread import as_thread, is_discussion
from studygroup.importers.html_tree import decode, parse, words
from studygroup.importers.inline import escape
from studygroup.importers.second_opinion import second_opinion
from studygroup.importers.title_block import Facts

FORMAT = "html"

_PRINTED = 1_000
"""Characters from which a `<pre>` that is all of a page is a text and no listing."""

_SHORT = 200
"""Characters up to which a piece above the title belongs to the page."""

_MORE = 0.1
"""How much more of a second opinion another reading must hold to be taken instead."""

_TELLING = 10
"""Letters above which a part of a title is one."""

_UNSEEN = ("script", "style", "noscript", "template", "iframe", "svg", "object")


def read(data: bytes, name: str) -> Draft:
    """Read the bytes of a page; `name` becomes its title when the page gives none.

    Raises CannotImport when it holds no words, or tags nested too deeply.
    """
    text = decode(data)
    xml = text.lstrip("\ufeff \r\n\t").startswith("<?xml") or "xhtml1" in text[:300].lower()
    tree = parse(text, xml=xml)
    facts = page_facts(tree)
    _show_formulas(tree)
    tree.strip_tags(list(_UNSEEN))
    found = comments_of(tree)
    if is_discussion(tree, found):
        return as_thread(found, facts, name)
    if printed := _printed(tree):
        return _as_plain_text(printed, facts, name)
    opinion = Opinion.of(second_opinion(text))
    notes, reader = _best(tree, facts.source or "", opinion)
    framed, record, frame = outside_frame(reader.pieces)
    facts = _known(facts, record)
    pieces = without_postscript(_without_title(framed, facts.title))
    pieces = without_remarks(pieces)
    pieces = without_trailers(pieces)
    if opinion.counts:
        pieces = agreed(pieces, opinion)
    made = assemble(_unquoted(pieces), notes)
    if not made.blocks:
        raise CannotImport("there are no words on this page")
    repairs = {"footnotes": made.notes} if made.notes else {}
    warnings: tuple[str, ...] = ()
    if frame:
        warnings = (f"The library's frame around the text, {frame:,} words, was left out.",)
    if reader.pictures:
        warnings = (*warnings, f"{_pictures(reader.pictures)} left out.")
    if found:
        left = f"{len(found):,} comments on it were left out; --format thread takes them instead."
        warnings = (*warnings, left)
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


def _show_formulas(tree: LexborHTMLParser) -> None:
    """Put formulas that only a script holds where they belong, instead of what it made of them."""
    scripts = tree.css('script[type^="math/tex"]')
    if not scripts:
        return
    for made in tree.css(
        ".MathJax_Preview, .MathJax, .MathJax_Display, .MathJax_SVG, .MathJax_CHTML"
    ):
        made.decompose()
    for script in scripts:
        script.replace_with(f" {words(script)} ")


def _printed(tree: LexborHTMLParser) -> str:
    """The text of a page that is hardly more than one `<pre>`, empty for any other page."""
    body = tree.body
    boxes = tree.css("pre")
    if body is None or not boxes:
        return ""
    texts = [box.text(deep=True) for box in boxes if box.css_first("code") is None]
    longest = max(texts, key=len, default="")
    whole = len(words(body))
    return (
        longest if len(longest) > _PRINTED and len(" ".join(longest.split())) > 0.8 * whole else ""
    )


def _as_plain_text(text: str, facts: Facts, name: str) -> Draft:
    draft = plain_text.read(text, facts.title or name)
    return replace(
        draft,
        format=FORMAT,
        title=facts.title or draft.title,
        author=facts.author or draft.author,
        year=facts.year or draft.year,
        source=facts.source or draft.source,
    )


def _best(tree: LexborHTMLParser, base: str, opinion: Opinion) -> tuple[Notes, Reader]:
    """The notes and pieces of the article; of a larger or another part of the page where those fall
    short of a second opinion and that part has more of it.
    """
    root, chrome = article(tree)
    best = _read(root, chrome, base)
    body = tree.body or tree.root
    if not opinion.counts or body is None:
        return best
    for passed_over in (chrome, unseen(body)):
        if not falls_short(best[1].pieces, opinion):
            break
        again = _read(holder(body, opinion), passed_over, base)
        if held(again[1].pieces, opinion) > held(best[1].pieces, opinion) + _MORE:
            best = again
    return best


def _read(root: LexborNode, chrome: frozenset[int], base: str) -> tuple[Notes, Reader]:
    """The notes and pieces inside an element, but for those of `chrome`."""
    notes = find_notes([("", root)])
    reader = Reader(notes, base=base, skipped=chrome)
    reader.read(root)
    return notes, reader


def _known(facts: Facts, record: Facts) -> Facts:
    """What a library's record says of a text, or else the page."""
    return Facts(
        record.title or facts.title,
        record.author or facts.author,
        facts.year,
        facts.source,
    )


def _pictures(count: int) -> str:
    return "1 picture was" if count == 1 else f"{count:,} pictures were"


def _without_title(pieces: list[Piece], title: str) -> list[Piece]:
    """Pieces without the title where it stands above the text, and what stands above it."""
    for at, piece in enumerate(pieces[:12]):
        if piece.kind != "heading":
            continue
        above = pieces[:at]
        if _is_title(piece.words, title, first=not above):
            first = all(len(p.words) < _SHORT for p in above)
            return pieces[at + 1 :] if first else [*above, *pieces[at + 1 :]]
    return pieces


def _is_title(heading: str, title: str, *, first: bool) -> bool:
    """Whether a heading says the title; the first one also with a name before or after, or less."""
    said, wanted = _letters(heading), _letters(title)
    if not said or not wanted:
        return False
    if said in (wanted, _letters(escape(title))):
        return True
    shorter, longer = sorted((said, wanted), key=len)
    return (
        first
        and len(shorter) > _TELLING
        and 2 * len(shorter) > len(longer)
        and (longer.startswith(shorter) or longer.endswith(shorter))
    )


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
