"""A thread of comments: one section each, what a comment quotes set off, leftover HTML turned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from studygroup.core.draft import Block, Draft
from studygroup.core.errors import CannotImport, Place
from studygroup.importers.assemble import blocks_of
from studygroup.importers.comment_headers import Header, find_headers, is_age, is_chrome
from studygroup.importers.headings import Heading
from studygroup.importers.hyphens import Hyphens
from studygroup.importers.layout import Para, join_lines, mark_pages, read_layout
from studygroup.importers.lines import Line, printed_lines, without_page_furniture
from studygroup.importers.remnants import convert
from studygroup.importers.title_block import first_address, read_title_block, small_words

FORMAT = "thread"
SHORT_NOTE = 80
"""Words up to which what stands above the first comment is a note on the thread, not its text."""


def read(text: str, name: str) -> Draft:
    """Read a thread; `name` becomes its title when nothing above the comments can be.

    Raises CannotImport when no two comments with their heads can be told apart.
    """
    lines, furniture = without_page_furniture(printed_lines(text))
    headers = find_headers(lines)
    if not headers:
        raise CannotImport(
            "no comments found in this text",
            place=Place(name),
            hint="A thread has a line with a name above each comment; try --format plain-text.",
        )
    layout = read_layout([line for at, line in enumerate(lines) if at not in headers])
    lines = mark_pages(lines, layout)
    hyphens = Hyphens.of(line.text for line in lines)
    repairs: dict[str, int] = {"page_furniture": furniture} if furniture else {}
    parts = _parts(lines, headers)
    buttons = {at for at, line in enumerate(lines) if is_chrome(line.text)}
    blocks: list[Block] = []
    note, facts_from = "", Draft(FORMAT, name, ())
    for header, first, end in parts:
        rows = [line for at, line in enumerate(lines[first:end], first) if at not in buttons]
        joined = join_lines(rows, layout, hyphens, is_age)
        _add(repairs, joined.repairs)
        if header is None:
            facts_from, note, opening = _before_comments(joined.paras, name)
            blocks += opening
            continue
        blocks.append(Block("heading", header.heading))
        comment, tags = comment_blocks(joined.paras)
        blocks += comment
        _add(repairs, {"tags": tags, "comments": 1})
    _add(repairs, {"buttons": len(buttons)})
    return replace(facts_from, blocks=tuple(blocks), kind="thread", repairs=repairs, note=note)


def _parts(
    lines: Sequence[Line], headers: Mapping[int, Header]
) -> list[tuple[Header | None, int, int]]:
    """The lines before the comments, and each comment's: (head, first line, end)."""
    places = list(headers)
    parts: list[tuple[Header | None, int, int]] = []
    if places[0] > 0:
        parts.append((None, 0, places[0]))
    for at, following in zip(places, [*places[1:], len(lines)], strict=True):
        parts.append((headers[at], at + headers[at].lines, following))
    return parts


def _add(repairs: dict[str, int], more: Mapping[str, int]) -> None:
    for name, count in more.items():
        if count:
            repairs[name] = repairs.get(name, 0) + count


def _before_comments(paras: Sequence[Para], name: str) -> tuple[Draft, str, list[Block]]:
    """Title, author, year and source from what stands above the comments; the rest of it as a note
    when it is short, else as text.
    """
    facts = read_title_block(paras, (), small_words(paras))
    rest = [para for at, para in enumerate(paras) if at not in facts.taken]
    text = "\n\n".join(para.text for para in rest)
    draft = Draft(
        FORMAT,
        facts.title or name,
        (),
        author=facts.author,
        year=facts.year,
        source=facts.source or first_address(text),
    )
    if len(text.split()) <= SHORT_NOTE:
        return draft, text, []
    return draft, "", comment_blocks(rest)[0]


def comment_blocks(paras: Sequence[Para]) -> tuple[list[Block], int]:
    """The blocks of one comment, and how many tags were turned or taken away.

    What tags or `>` set off is a block quotation, and so is a paragraph that stands in quotation
    marks as a whole: in a thread it is what the comment answers.
    """
    pieces, tags = convert(paras)
    blocks: list[Block] = []
    plain: list[tuple[Para, Heading | None]] = []
    for piece in pieces:
        if not piece.depth and not piece.item:
            plain.append((piece.para, None))
            continue
        blocks += blocks_of(plain, quote_freely=True, is_markdown=True)
        plain = []
        if piece.depth:
            blocks.append(Block("quote", piece.text, level=piece.depth))
        else:
            blocks.append(Block("item", piece.text, marker="-"))
    return [*blocks, *blocks_of(plain, quote_freely=True, is_markdown=True)], tags
