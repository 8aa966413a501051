"""PDF: a flow set on paper by Typst, from data that it never reads as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.resources import files

from studygroup.core.export import Exported
from studygroup.export.charts import Chart
from studygroup.export.flow import Part, grouped
from studygroup.export.packages import needed

PACKAGE = "typst>=0.15,<0.16"


def render(
    title: str, language: str, parts: Iterable[Part], drawn: Sequence[Chart] = ()
) -> Exported:
    """Return a document's parts, and charts at its end, as PDF with tags for screen readers.

    `language` is an ISO 639 code. Raises UsageError where Typst is not installed.
    """
    typst = needed("typst", PACKAGE)
    given = {
        "title": title,
        "language": language,
        "parts": [[asdict(group) for group in grouped(part.blocks)] for part in parts],
        "charts": [asdict(chart) for chart in drawn],
    }
    template = files("studygroup.export") / "templates" / "document.typ"
    sources = {
        "main.typ": template.read_bytes(),
        "document.json": json.dumps(given).encode("ascii"),
    }
    data: bytes = typst.compile(sources, format="pdf")
    return Exported(data)
