"""A thread of comments: one section each, what a comment quotes set off, leftover HTML turned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from studygroup.core.draft import Block, Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.assemble import blocks_of
from studygroup.importers.comment_dates import settled
from studygroup.importers.comment_footers import heads_first
from studygroup.importers.comment_headers import (
    Header,
    answered_in,
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
from studygroup.importers.replies import Comment, conversation
from studygroup.importers.title_block import first_address, read_title_block, small_words

FORMAT = "thread"
SHORT_NOTE = 80
"""Words up to which what stands above the first comment is a note on the thread, not its text."""

_NUMBER = re.compile(r"#?\d{1,4}[.)]\s+")
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
    dates = settled([header.date for header in headers.values()])
    headers = {
        at: replace(header, date=date)
        for (at, header), date in zip(headers.items(), dates, strict=True)
    }
    indents = [_indent(lines[at]) for at in headers]
    if _is_nested(indents):
        lines = _set_out(lines, headers)
    layout = read_layout([line for at, line in enumerate(lines) if at not in headers])
    lines = mark_pages(lines, layout)
    hyphens = Hyphens.of(line.text for line in lines)
    repairs: dict[str, int] = {}
    about = Draft(FORMAT, _first_subject(headers) or name, ())
    blocks: list[Block] = []
    comments: list[tuple[Header, list[Block]]] = []
    for header, part in _parts(lines, headers):
        rows = [line for line in part if not is_chrome(line.text)]
        joined = join_lines(rows, layout, hyphens, is_age)
        _add(repairs, {"buttons": len(part) - len(rows), **joined.repairs})
        if header is None:
            about, opening = _before_comments(joined.paras, about)
            blocks += opening
            continue
        paras = joined.paras
        reply = header.reply or (answered_in(paras[0].text) if paras else "")
        comment, tags = comment_blocks(paras[bool(reply and not header.reply) :])
        comments.append((replace(header, reply=reply), [*_subject(header, about.title), *comment]))
        _add(repairs, {"tags": tags, "comments": 1})
    _add(repairs, {"page_furniture": furniture})
    blocks += conversation(_related(comments, indents), nested=_is_nested(indents))
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


def _set_out(lines: Sequence[Line], headers: Mapping[int, Header]) -> list[Line]:
    """The lines of nested comments as they would stand if no comment were set in."""
    rows: list[Line] = []
    for header, part in _parts(lines, headers):
        head = lines[len(rows) : len(rows) + header.lines] if header else ()
        least = min((line.indent for line in part), default=0)
        rows += [replace(line, indent=0) for line in head]
        rows += [replace(line, indent=line.indent - least) for line in part]
    return rows


def _subject(header: Header, title: str) -> list[Block]:
    """The subject of a comment where that is not the thread's title."""
    subject = subject_of(header.subject)
    if not subject or subject == title:
        return []
    return [Block("paragraph", f"**{to_markdown(subject)}**")]


def _indent(line: Line) -> int:
    """How far a head is set in, by what stands behind its number: lists align them to the right."""
    match = _NUMBER.match(line.text)
    return line.indent + (match.end() if match else 0)


def _is_nested(indents: Sequence[int]) -> bool:
    """Whether heads of comments are set in as deep as they nest: the first least, others in steps
    that come again.
    """
    steps = Counter(indents)
    return len(steps) > 1 and indents[0] == min(steps) and len(steps) * 3 <= len(indents) * 2


def _related(
    comments: Sequence[tuple[Header, list[Block]]], indents: Sequence[int]
) -> list[Comment]:
    """The comments with what each answers: the nearest before it that is set in less, where they
    nest so; else the last by whom it names.
    """
    nested = _is_nested(indents)
    last: dict[str, int] = {}
    above: list[int] = []
    related: list[Comment] = []
    for at, (header, blocks) in enumerate(comments):
        while above and indents[above[-1]] >= indents[at]:
            above.pop()
        by_indent = above[-1] if nested and above else None
        parent = by_indent if nested else last.get(header.reply.casefold())
        related.append(Comment(header.name, header.heading, tuple(blocks), parent))
        above.append(at)
        last[header.name.casefold()] = at
    return related


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
