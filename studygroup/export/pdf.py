"""PDF: a flow set on paper by Typst, from data that it never reads as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from tempfile import TemporaryDirectory

from studygroup.core.errors import StudyError
from studygroup.core.export import Exported
from studygroup.export.charts import Chart
from studygroup.export.flow import Part, grouped
from studygroup.export.overrides import Own, broken, own_text, place, shipped_text
from studygroup.export.packages import needed

PACKAGE = "typst>=0.15,<0.16"

_TEMPLATES = ("document.typ", "style.typ")
"""What lays a document out, and the look that it imports."""
_REFUSED = re.compile(
    r'(?<![\w-])(?:(?:import|include)(?![\w-])(?!\s*"style\.typ")|(?:eval|std)(?![\w-]))'
)
"""What could fetch a package from the web: imports, and the two ways to write one in disguise."""
_AT = re.compile(r"\b((?:document|style)\.typ):(\d+):")


def render(
    title: str, language: str, parts: Iterable[Part], drawn: Sequence[Chart], own: Own
) -> Exported:
    """Return a document's parts, and charts at its end, as PDF with tags for screen readers.

    `language` is an ISO 639 code. Raises UsageError where Typst is not installed, StudyError, with
    file and line where they are known, for a template of the study that is broken.
    """
    typst = needed("typst", PACKAGE)
    given = {
        "title": title,
        "language": language,
        "parts": [[asdict(group) for group in grouped(part.blocks)] for part in parts],
        "charts": [asdict(chart) for chart in drawn],
    }
    theirs = {name: text for name in _TEMPLATES if (text := _own(own, name)) is not None}
    sources = {name: theirs.get(name, shipped_text(name) or "") for name in _TEMPLATES}
    sources |= {"main.typ": '#include "document.typ"', "document.json": json.dumps(given)}
    encoded = {name: text.encode("utf-8", "replace") for name, text in sources.items()}
    # A folder with nothing in it: a template sees the document's data, and no file.
    with TemporaryDirectory() as empty:
        try:
            data: bytes = typst.compile(encoded, format="pdf", root=empty)
        except typst.TypstError as error:
            if not theirs:
                raise
            raise _broken(error, [*theirs]) from error
    return Exported(data)


def _own(own: Own, name: str) -> str | None:
    """Return the study's own template. Raises StudyError for one that could fetch something."""
    text = own_text(own, name)
    refused = None if text is None else _REFUSED.search(text)
    if text is None or refused is None:
        return text
    why = f'“{refused.group()}” is not allowed, apart from import "style.typ"'
    raise broken(why, place(name, text.count("\n", 0, refused.start()) + 1))


def _broken(error: Exception, names: Sequence[str]) -> StudyError:
    """Return Typst's complaint about templates of the study, and where in them, if it says so."""
    told = _AT.finditer(str(getattr(error, "diagnostic", "")))
    found = (place(m.group(1), int(m.group(2))) for m in told if m.group(1) in names)
    return broken(str(error), next(found, place(names[-1])))
