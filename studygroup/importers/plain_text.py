"""Plain text as people save it: one line a paragraph, or hard-wrapped lines."""

from __future__ import annotations

from studygroup.core.draft import Draft
from studygroup.importers.assemble import assemble
from studygroup.importers.hyphens import Hyphens
from studygroup.importers.layout import join_lines, mark_pages, read_layout
from studygroup.importers.lines import printed_lines, without_page_furniture

FORMAT = "plain-text"


def read(text: str, name: str, format_name: str = FORMAT) -> Draft:
    """Read a text; `name` becomes its title when the text gives none."""
    lines, furniture = without_page_furniture(printed_lines(text))
    layout = read_layout(lines)
    lines = mark_pages(lines, layout)
    hyphens = Hyphens.of(line.text for line in lines)
    joined = join_lines(lines, layout, hyphens)
    repairs = dict(joined.repairs)
    if furniture:
        repairs["page_furniture"] = furniture
    return assemble(joined.paras, name, format_name, hyphens, repairs)
