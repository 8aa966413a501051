"""Markdown and Obsidian documents: front matter, headings, and everything else as it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt

from studygroup.core.draft import Block, Draft
from studygroup.importers.title_block import Facts, whole_address

FORMAT = "markdown"

_FENCE = re.compile(r"-{3,}\s*$")
_KEY = re.compile(r"([A-Za-z][\w -]{0,40}):(?:\s+(.*))?$")
_ITEM = re.compile(r"\s*-\s+(.*)$")
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_TITLE_YEAR = re.compile(r"\s*\((1[4-9]\d\d|20\d\d)\)$")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_MARKS = re.compile(
    r"> ?\[!\w|\[\[[^\[\]\n]{1,200}\]\]|\]\(https?://|```|[-*] \[[ x]\] |\[\^\w{1,20}\]:"
)
_ESCAPED = re.compile(r"\\([\"\\/])")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_WRAPPED_FROM = 40
_TITLE_KEYS = ("title",)
_AUTHOR_KEYS = ("author", "authors", "by", "creator")
_YEAR_KEYS = ("year", "date", "published", "created")
_SOURCE_KEYS = ("source", "url", "link", "href")


def has_front_matter(text: str) -> bool:
    """Whether a text begins with lines of `key: value` between two lines of three hyphens."""
    return _split_front_matter(text)[0] is not None


def looks_like_it(text: str) -> bool:
    """Whether a text has headings with `#`, and two of them or another mark of Markdown."""
    headings = 0
    for line in text.split("\n"):
        headings += bool(_HEADING.match(line))
        if headings > 1:
            return True
    return headings == 1 and _MARKS.search(text) is not None


def read(text: str, name: str) -> Draft:
    """Read a Markdown document; `name` becomes its title when neither its front matter nor a
    single first heading gives one.

    A single heading of the first level at the top is the title, and the headings below it rise.
    Paragraphs broken over lines are rejoined; quotations, lists, tables and code stay as written.
    """
    front, body = _split_front_matter(text)
    facts, extra = _facts(front or {})
    blocks = _blocks(body)
    top = [block for block in blocks if block.kind == "heading" and block.level == 1]
    year = facts.year
    title = facts.title
    if len(top) == 1 and blocks[0] is top[0] and title in ("", top[0].text):
        match = _TITLE_YEAR.search(top[0].text)
        title = title or (top[0].text[: match.start()] if match else top[0].text)
        year = year or (int(match.group(1)) if match else None)
        blocks = blocks[1:]
    return Draft(
        FORMAT,
        title or name,
        tuple(_risen(blocks)),
        author=facts.author,
        year=year,
        source=facts.source,
        extra=extra,
    )


def _split_front_matter(text: str) -> tuple[dict[str, str | list[str]] | None, str]:
    """Front matter as keys and values (None when there is none), and the text below it."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        return None, text
    values: dict[str, str | list[str]] = {}
    key = ""
    for number, line in enumerate(lines[1:200], 1):
        if _FENCE.match(line):
            return (values, "\n".join(lines[number + 1 :])) if values else (None, text)
        if match := _KEY.match(line):
            key, value = match.group(1), (match.group(2) or "").strip()
            values[key] = _list(value) if value.startswith("[") else _scalar(value)
        elif key and (match := _ITEM.match(line)):
            before = values[key]
            values[key] = [*(before if isinstance(before, list) else []), _scalar(match.group(1))]
        elif key and line[:1].isspace() and line.strip():
            values[key] = f"{values[key]} {line.strip()}".strip()
        elif line.strip() and not line.startswith("#"):
            return None, text
    return None, text


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace("''", "'") if value[0] == "'" else _ESCAPED.sub(r"\1", inner)
    return re.sub(r"\s+#\s.*$", "", value)


def _list(value: str) -> list[str]:
    return [item for part in value.strip("[] ").split(",") if (item := _scalar(part))]


def _facts(front: dict[str, str | list[str]]) -> tuple[Facts, dict[str, str | list[str]]]:
    """What front matter tells, and the keys that a reading has no word for."""
    title, author, year, source = "", (), None, None  # type: str, tuple[str, ...], int | None, str | None
    extra: dict[str, str | list[str]] = {}
    for key, value in front.items():
        low = key.lower()
        text = ", ".join(value) if isinstance(value, list) else value
        found = _YEAR.search(text)
        if low in _TITLE_KEYS and not title:
            title = text
        elif low in _AUTHOR_KEYS and not author:
            author = tuple(value) if isinstance(value, list) else (text,) if text else ()
        elif low in _YEAR_KEYS and year is None and found:
            year = int(found.group())
            if found.group() != text:
                extra[key] = value
        elif low in _SOURCE_KEYS and source is None and text:
            source = whole_address(text)
        else:
            extra[key] = value
    return Facts(title, author, year, source), extra


def _blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text; every line stands in one of them."""
    lines = text.split("\n")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks: list[Block] = []
    done = 0
    for place, token in enumerate(tokens):
        if token.level or token.map is None or token.nesting < 0:
            continue
        first, end = token.map
        _keep(lines[done:first], blocks)
        done = end
        if token.type == "heading_open":
            content = " ".join(tokens[place + 1].content.split())
            blocks.append(Block("heading", content, int(token.tag[1])))
        elif token.type == "paragraph_open":
            blocks.append(Block("raw", _unwrapped(lines[first:end])))
        elif token.type == "hr":
            blocks.append(Block("rule", ""))
        else:
            _keep(lines[first:end], blocks)
    _keep(lines[done:], blocks)
    return [block for block in blocks if block.text or block.kind == "rule"]


def _keep(lines: Sequence[str], blocks: list[Block]) -> None:
    text = "\n".join(lines).strip("\n").rstrip()
    if text.strip():
        blocks.append(Block("raw", text))


def _unwrapped(lines: Sequence[str]) -> str:
    """A paragraph on one line when its lines were wrapped: all but the last are long, none of them
    ends in a hard break.
    """
    rows = [
        line.strip("\n").rstrip() if number else line.rstrip() for number, line in enumerate(lines)
    ]
    wrapped = all(len(row) >= _WRAPPED_FROM for row in rows[:-1])
    if len(rows) > 1 and wrapped and not any(_HARD_BREAK.search(line) for line in lines[:-1]):
        return " ".join(row.strip() for row in rows)
    return "\n".join(line.rstrip("\n") for line in lines).rstrip()


def _risen(blocks: Sequence[Block]) -> list[Block]:
    """Blocks whose highest headings are of the first level."""
    levels = [block.level for block in blocks if block.kind == "heading"]
    rise = min(levels, default=1) - 1
    return [
        Block("heading", block.text, block.level - rise) if block.kind == "heading" else block
        for block in blocks
    ]
