"""Text taken from a PDF: a blank line after each printed line, pages that begin with a space."""

from __future__ import annotations

from studygroup.core.draft import Draft
from studygroup.importers import plain_text
from studygroup.importers.layout import read_layout
from studygroup.importers.lines import printed_lines

FORMAT = "extracted-text"


def read(text: str, name: str) -> Draft:
    """Read a text; `name` becomes its title when the text gives none."""
    return plain_text.read(text, name, FORMAT)


def looks_like_it(text: str) -> bool:
    """Whether blank lines stand between a text's printed lines, or form feeds between pages."""
    return read_layout(printed_lines(text)).double_spaced or "\f" in text
