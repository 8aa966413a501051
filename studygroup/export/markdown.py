"""A flow as Markdown that shows exactly the characters of its runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import quote

from studygroup.core.text import one_line
from studygroup.export.blocks import Block as Generated
from studygroup.export.flow import Block, Part, Run

_SPECIAL = re.compile(
    r"[\\`*<$]"  # code, emphasis, HTML, formulas
    r"|(?<!\w)_|_(?!\w)"  # emphasis, but not inside a word
    r"|([~=%])(?=\1)|(?<=([~=%]))\2"  # what some programs strike out, mark or hide
    r"|\](?=[(\[:])|!(?=\[)"  # what ends the text of a link, however many lines it has; pictures
    r"|&(?=#?\w+;)"  # entities
)
_LINE_START = re.compile(
    r"\A(?:(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+(?=\s*$)"  # headings, quotations, lists
    r"|[-|:](?=[-|:\s]*$)"  # the line below the head of a table
    r"|\[(?=[ xX]\](?:\s|$)))"  # a box to tick
    r"|(\d{1,9})(?=[.)](?:\s|$)))"
)
_STYLES = {"": "", "strong": "**", "em": "*", "code": "", "ins": "**", "del": "~~"}
_BREAK = "  \n"
_RULE = "___"


def generated(parts: Sequence[Part]) -> list[Generated]:
    """Return the parts of a document as generated blocks of a Markdown file."""
    return [Generated(part.name, render(part.blocks)) for part in parts]


def render(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown, without a newline at the end."""
    rendered = [_block(b) for b in blocks]
    pieces = rendered[:1]
    for (before, block), written in zip(pairwise(blocks), rendered[1:], strict=True):
        pieces += [_between(before, block), written]
    return "".join(pieces)


def inline(text: str) -> str:
    """Return plain text as Markdown that shows exactly these characters within a line."""
    return _SPECIAL.sub(lambda m: "&amp;" if m.group() == "&" else f"\\{m.group()}", text)


def line(text: str) -> str:
    """Return plain text as Markdown for the beginning of a line: no heading, list or quotation."""
    return _LINE_START.sub(_no_mark, inline(text), count=1)


def _no_mark(match: re.Match[str]) -> str:
    return f"\\{match.group(1)}" if match.group(1) else f"{match.group(2)}\\"


def _between(before: Block, after: Block) -> str:
    if before.kind == after.kind and after.kind in ("item", "task"):
        return "\n"
    if before.kind == after.kind == "quote" and before.level == after.level:
        return f"\n{_indent(after)}>\n"
    return "\n\n"


def _indent(block: Block) -> str:
    return "    " * block.level


def _block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * block.level} {_runs(block.runs).replace(_BREAK, ' ')}"
        case "item":
            return f"{_indent(block)}- {_continued(block, _indent(block) + '  ')}"
        case "task":
            return f"{_indent(block)}- [ ] {_continued(block, _indent(block) + '  ')}"
        case "quote":
            return f"{_indent(block)}> {_continued(block, _indent(block) + '> ')}"
        case "passage":
            quoted = "> " * block.level
            shown = f"{quoted}**{inline(block.marker)}** {_inner(block.runs)}"
            return shown.replace("\n", f"\n{quoted}")
        case "label":
            beside = f" {inline(block.marker)}" if block.marker else ""
            return f"**{inline(one_line(block.text))}**{beside}"
        case "room":
            return "\n\n".join([_RULE] * block.level)
        case "byline" | "text":
            return _runs(block.runs)


def _continued(block: Block, indent: str) -> str:
    return _runs(block.runs).replace("\n", f"\n{indent}")


def _runs(runs: Sequence[Run]) -> str:
    """Render runs at the beginning of a line."""
    return "".join(_pieces(runs, at_start=True))


def _inner(runs: Sequence[Run]) -> str:
    """Render runs within a line."""
    return "".join(_pieces(runs, at_start=False))


def _pieces(runs: Sequence[Run], *, at_start: bool) -> Iterator[str]:
    styled_before = False
    for number, run in enumerate(runs):
        before = runs[number - 1].text[-1:] if number else ""
        after = runs[number + 1].text[:1] if number + 1 < len(runs) else ""
        mark = _STYLES[run.style] if not styled_before and _stands(run.text, before, after) else ""
        begins = at_start if number == 0 else before == "\n"
        first = begins and not mark and not run.href
        shown = _lines(run.text, first=first)
        if after and after in "[(:" and shown.endswith("]"):
            shown = f"{shown[:-1]}\\]"
        if run.href:
            address = quote(run.href, safe="%/:?#@!$&'*+,;=~-._")
            shown = f"[{_no_brackets(shown)}](<{address}>)"
        yield f"{mark}{shown}{mark}"
        styled_before = bool(mark)


def _lines(text: str, *, first: bool) -> str:
    """Render text that may have several lines; empty ones would end the paragraph and go."""
    one, *more = re.sub(r"\n\s*\n", "\n", text).split("\n")
    shown = [line(one.lstrip()) if first else inline(one)]
    shown += [line(other.lstrip()) for other in more]
    return _BREAK.join(shown)


def _no_brackets(shown: str) -> str:
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", shown)


def _stands(text: str, before: str, after: str) -> bool:
    """Tell whether marks of emphasis around `text` would be read as such.

    That is the rule of the left- and right-flanking delimiter run in CommonMark 0.31, section 6.2.
    """
    opens = text[:1].isalnum() or (not text[:1].isspace() and not before.isalnum())
    closes = text[-1:].isalnum() or (not text[-1:].isspace() and not after.isalnum())
    return bool(text) and opens and closes and "\n" not in text
