"""A thread of comments: one section each, what a comment quotes set off, leftover HTML turned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from studygroup.core.draft import Block, Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.assemble import blocks_of
from studygroup.importers.comment_footers import heads_first
from studygroup.importers.comment_headers import (
    Header,
    find_headers,
    is_age,
    is_chrome,
    subject_of,
)
from studygroup.importers.headings import Heading
from studygroup.importers.hyphens import Hyphens
from studygroup.importers.inline import to_markdown
from studygroup.importers.layout import mark_pages, read_layout
from studygroup.importers.lines import Line, printed_lines
from studygroup.importers.pages import without_page_furniture
from studygroup.importers.paragraphs import Para, join_lines
from studygroup.importers.remnants import convert
from studygroup.importers.title_block import first_address, read_title_block, small_words

FORMAT = "thread"
SHORT_NOTE = 80
"""Words up to which what stands above the first comment is a note on the thread, not its text."""

_YEAR = re.compile(r"\d{4}(?=-)")
_RESPONSES = re.compile(
    r"(?:\d+|one|no) (?:responses?|comments?|thoughts?|replies|reply) (?:to|on) "
    r"[“\"]?(?P<title>.{2,}?)[”\"]?$",
    re.I,
)


def read(text: str, name: str) -> Draft:
    """Read a thread; `name` becomes its title when nothing above the comments can be.

    Raises CannotImport when no comments with their heads can be told apart.
    """
    lines, furniture = without_page_furniture(printed_lines(text))
    lines = heads_first(lines)
    headers = find_headers(lines)
    if not headers:
        raise CannotImport(
            "no comments found: a thread has a line with a name above each",
            hint="Try --format plain-text.",
        )
    layout = read_layout([line for at, line in enumerate(lines) if at not in headers])
    lines = mark_pages(lines, layout)
    hyphens = Hyphens.of(line.text for line in lines)
    repairs: dict[str, int] = {}
    about = Draft(FORMAT, _first_subject(headers) or name, ())
    blocks: list[Block] = []
    for header, part in _parts(lines, headers):
        rows = [line for line in part if not is_chrome(line.text)]
        joined = join_lines(rows, layout, hyphens, is_age)
        _add(repairs, {"buttons": len(part) - len(rows), **joined.repairs})
        if header is None:
            about, opening = _before_comments(joined.paras, about)
            blocks += opening
            continue
        comment, tags = comment_blocks(joined.paras)
        blocks += [*_head(header, about.title), *comment]
        _add(repairs, {"tags": tags, "comments": 1})
    _add(repairs, {"page_furniture": furniture})
    year = about.year or _first_year(headers)
    return replace(about, year=year, blocks=tuple(blocks), kind="thread", repairs=repairs)


def _parts(
    lines: Sequence[Line], headers: Mapping[int, Header]
) -> Iterator[tuple[Header | None, Sequence[Line]]]:
    """The lines before the comments, with no header, and each comment's lines with its own."""
    places = list(headers)
    if places[0] > 0:
        yield None, lines[: places[0]]
    for at, following in zip(places, [*places[1:], len(lines)], strict=True):
        yield headers[at], lines[at + headers[at].lines : following]


def _head(header: Header, title: str) -> list[Block]:
    """The heading of a comment, and its subject where that is not the thread's title."""
    heading = Block("heading", to_markdown(header.heading))
    subject = subject_of(header.subject)
    if not subject or subject == title:
        return [heading]
    return [heading, Block("paragraph", f"**{to_markdown(subject)}**")]


def _first_subject(headers: Mapping[int, Header]) -> str:
    return next((subject_of(head.subject) for head in headers.values() if head.subject), "")


def _first_year(headers: Mapping[int, Header]) -> int | None:
    """The year of the first comment whose date tells it."""
    years = (match for header in headers.values() if (match := _YEAR.match(header.date)))
    return next((int(match.group()) for match in years), None)


def _add(repairs: dict[str, int], more: Mapping[str, int]) -> None:
    for name, count in more.items():
        if count:
            repairs[name] = repairs.get(name, 0) + count


def _before_comments(paras: Sequence[Para], about: Draft) -> tuple[Draft, list[Block]]:
    """Title, author, year and source from what stands above the comments; the rest of it as a note
    when it is short, else as text.
    """
    facts = read_title_block(paras, (), small_words(paras))
    rest = [para for at, para in enumerate(paras) if at not in facts.taken]
    note = "\n\n".join(para.text for para in rest)
    title = facts.title
    if counted := _RESPONSES.match(title):
        note = f"{title}\n\n{note}".strip()
        title = counted.group("title")
    source = facts.source or first_address(note)
    found = replace(
        about, title=title or about.title, author=facts.author, year=facts.year, source=source
    )
    if len(note.split()) <= SHORT_NOTE:
        return replace(found, note=note), []
    return found, comment_blocks(rest)[0]


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
