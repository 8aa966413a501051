"""A section as blocks: its title, its paragraphs by their kinds, and the way on; pure."""

from __future__ import annotations

from collections.abc import Mapping

from studygroup.core.reading import Paragraph, Section
from studygroup.tui.widgets.blocks import Block, Flow, Run
from studygroup.tui.widgets.wrapping import cells

NEXT_SECTION = "next section"
"""The key of the line under the text that leads on to the next section."""


def section_blocks(
    section: Section,
    flows: Mapping[int, Flow],
    signs: Mapping[str, str],
    *,
    about: str,
    following: str | None,
) -> tuple[Block, ...]:
    """Return the blocks of a section, its paragraphs keyed by number and shown as they flow.

    `signs` are the marks of its footnotes. `about` is a line under the title, `following` the title
    of the next section.
    """
    head = (Block(section.title, "title"), Block(about, "muted", gap=0))
    return (*head, *_body(section, flows, signs), *_foot(following))


def _body(section: Section, flows: Mapping[int, Flow], signs: Mapping[str, str]) -> list[Block]:
    if not section.paragraphs:
        return [Block("This section is a heading without text of its own.", "muted")]
    blocks: list[Block] = []
    before: Paragraph | None = None
    for paragraph in section.paragraphs:
        if paragraph.kind == "footnote" and (before is None or before.kind != "footnote"):
            blocks.append(Block("─" * 12, "faint"))
        sign = signs.get(paragraph.marker, paragraph.marker)
        blocks.append(_block(paragraph, flows[paragraph.number], before, sign))
        before = paragraph
    return blocks


def _block(paragraph: Paragraph, shown: Flow, before: Paragraph | None, sign: str) -> Block:
    block = Block(shown.text, runs=shown.runs, key=paragraph.number)
    depth = max(1, paragraph.depth)
    together = 0 if before is not None and before.kind == paragraph.kind else 1
    match paragraph.kind:
        case "quote":
            return block._replace(style="quote", indent=2 * depth, inset=2, edge="│ " * depth)
        case "item":
            mark = {"-": "•", "*": "•", "+": "•"}.get(paragraph.marker, paragraph.marker) or "•"
            indent = 2 * (depth - 1) + max(3, cells(mark) + 2)
            return block._replace(indent=indent, lead=f"{mark} ", gap=together)
        case "verse":
            return block._replace(style="verse", indent=4)
        case "code":
            return block._replace(style="code", indent=2)
        case "footnote":
            indent = cells(sign) + 1
            return block._replace(style="footnote", indent=indent, lead=f"{sign} ", gap=together)
        case _:
            return block


def _foot(following: str | None) -> list[Block]:
    if following is None:
        return [Block("· end of the reading ·", "faint", gap=2)]
    text = f"] next: {following}"
    return [Block(text, "muted", key=NEXT_SECTION, gap=2, runs=(Run(0, 1, "strong"),))]
