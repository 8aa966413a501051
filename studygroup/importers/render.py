"""Draft → the body of a reading's Markdown file, one line a paragraph, to be corrected by hand."""

from __future__ import annotations

from studygroup.core.draft import Block, Draft
from studygroup.importers.inline import at_line_start, in_heading


def render_body(draft: Draft) -> str:
    """The Markdown below the front matter: headings, paragraphs, quotations, lists, and the
    footnotes at the end; it ends in one newline.
    """
    body = [block for block in draft.blocks if block.kind != "footnote"]
    notes = [block for block in draft.blocks if block.kind == "footnote"]
    pieces: list[str] = []
    for before, block in zip([None, *body], body, strict=False):
        pieces += [_between(before, block), _block(block)]
    last = ""
    for note in notes:
        if note.label == last:
            pieces += ["\n\n", _indented(at_line_start(note.text), "    ")]
        else:
            pieces += ["\n\n", f"[^{note.label}]: ", _indented(note.text, "    ", first=False)]
        last = note.label
    return "".join(pieces).strip("\n") + "\n"


def _between(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    if before.kind == block.kind == "quote":
        return "\n" + "> " * (min(before.level, block.level) - 1) + ">\n"
    if before.kind == block.kind == "item" and (before.marker[-1:] == block.marker[-1:]):
        return "\n"
    return "\n\n"


def _block(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {in_heading(block.text)}"
    if block.kind == "quote":
        return _prefixed(block.text, "> " * block.level)
    if block.kind == "item":
        indent = "   " if block.marker[:1].isdigit() else "  "
        lead = indent * (block.level - 1) + block.marker + " "
        return lead + _indented(at_line_start(block.text), " " * len(lead), first=False)
    if block.kind == "raw":
        return block.text
    if block.kind == "rule":
        return "* * *"
    if block.kind == "verse":
        return "\\\n".join(at_line_start(line) for line in block.text.split("\n"))
    if block.kind == "code":
        return _fenced(block)
    return at_line_start(block.text)


def _prefixed(text: str, prefix: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{prefix}{at_line_start(line)}" for line in lines)


def _indented(text: str, indent: str, *, first: bool = True) -> str:
    lines = text.split("\n")
    return "\n".join(
        f"{indent}{line}" if line and (first or number) else line
        for number, line in enumerate(lines)
    )


def _fenced(block: Block) -> str:
    fence = "```"
    while fence in block.text:
        fence += "`"
    return f"{fence}{block.marker}\n{block.text}\n{fence}"
