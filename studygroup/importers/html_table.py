"""A table of HTML that holds data → a Markdown table; one that only lays out a page is none."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from studygroup.importers.html_tree import children, spaced, words
from studygroup.importers.inline import escape

_MOST_COLUMNS = 20
_LONGEST_CELL = 300


def as_markdown(table: LexborNode) -> str:
    """The Markdown of a table, empty when it lays out a page: it has one row or column, other
    tables, headings or several paragraphs inside, or cells as long as paragraphs.
    """
    if table.css_first("table table, h1, h2, h3, h4, ul, ol, blockquote, pre") is not None:
        return ""
    rows: list[list[str]] = []
    for row in table.css("tr"):
        cells: list[str] = []
        for cell in children(row):
            if cell.tag in ("td", "th"):
                if len(cell.css("p")) > 1:
                    return ""
                cells.append(spaced(cell))
        if any(cells):
            rows.append(cells)
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or not 2 <= width <= _MOST_COLUMNS:
        return ""
    if max(len(cell) for row in rows for cell in row) > _LONGEST_CELL:
        return ""
    caption = table.css_first("caption")
    lines = [_line(row, width) for row in rows]
    lines.insert(1, _line(["---"] * width, width))
    above = f"{escape(words(caption))}\n\n" if caption is not None and words(caption) else ""
    return above + "\n".join(lines)


def _line(cells: list[str], width: int) -> str:
    filled = cells + [""] * (width - len(cells))
    return "| " + " | ".join(escape(cell).replace("|", "\\|") for cell in filled) + " |"
