"""Plain text as people save it: one line a paragraph, or hard-wrapped lines."""

from __future__ import annotations

from dataclasses import replace

from studygroup.core.draft import Draft
from studygroup.importers.assemble import assemble
from studygroup.importers.frames import without_frame
from studygroup.importers.hyphens import Hyphens
from studygroup.importers.layout import mark_pages, read_layout
from studygroup.importers.lines import printed_lines
from studygroup.importers.page_notes import with_marked_notes
from studygroup.importers.pages import without_page_furniture
from studygroup.importers.paragraphs import join_lines
from studygroup.importers.side_by_side import in_one_column

FORMAT = "plain-text"


def read(text: str, name: str, format_name: str = FORMAT) -> Draft:
    """Read a text; `name` becomes its title when the text gives none."""
    framed = without_frame(text)
    lines, furniture = without_page_furniture(printed_lines(in_one_column(framed.text)))
    lines = with_marked_notes(lines)
    layout = read_layout(lines)
    lines = mark_pages(lines, layout)
    hyphens = Hyphens.of(line.text for line in lines)
    joined = join_lines(lines, layout, hyphens)
    repairs = dict(joined.repairs)
    if furniture:
        repairs["page_furniture"] = furniture
    draft = assemble(joined.paras, format_name, hyphens, repairs, framed.facts)
    warnings = draft.warnings
    if framed.words:
        warnings = (f"The library's frame around the text, {framed.words} words, was left out.",)
    return replace(draft, title=draft.title or name, warnings=warnings)
