"""The concordance in a terminal, in a pipe, and as JSON: `studygroup search --kwic`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from studygroup.cli.output import cut, faint, found, say, say_json, table, warn
from studygroup.core.finding.concordance import Line
from studygroup.core.finding.query import NO_WORD, parse

NARROWEST = 40
"""Below this many columns a concordance is not made narrower."""


def show_concordance(query: str, lines: Sequence[Line], *, as_json: bool) -> None:
    """Print every place of a query with the text around it."""
    if as_json:
        say_json({"query": query, "total": len(lines), "lines": [_as_json(line) for line in lines]})
    elif not lines:
        warn("Nothing found." if parse(query).wanted else NO_WORD)
    elif sys.stdout.isatty():
        _show(lines)
    else:
        table([_place(line), line.before, line.term, line.after] for line in lines)


def _show(lines: Sequence[Line]) -> None:
    """Print the lines aligned on the term, as wide as the terminal is."""
    places = [_place(line) for line in lines]
    place = max(map(len, places))
    columns = max(shutil.get_terminal_size().columns, NARROWEST)
    side = max((columns - place - 2 - max(len(line.term) for line in lines)) // 2, 8)
    for line, where in zip(lines, places, strict=True):
        before = cut(line.before, side, from_end=True)
        rest = columns - place - 2 - side - len(line.term)
        after = cut(line.after, rest)
        say(f"{faint(where.ljust(place))}  {before}{found(line.term)}{after}")


def _place(line: Line) -> str:
    """Return where a line stands, short: section and paragraph, or its file and line."""
    document = line.document
    paragraph = f" ¶{document.paragraph}" if document.paragraph else ""
    by = f" {document.by}" if document.by and document.kind != "text" else ""
    return f"{document.reading}#{document.section}{paragraph}{by}"


def _as_json(line: Line) -> dict[str, object]:
    document = line.document
    return {
        "before": line.before,
        "term": line.term,
        "after": line.after,
        "kind": document.kind,
        "reading": document.reading,
        "section": document.section or None,
        "section_title": document.section_title,
        "paragraph": document.paragraph,
        "by": document.by,
        "path": document.path,
        "line": document.line,
    }
