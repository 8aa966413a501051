"""How a verdict looks in the shell: its mark in colour, changed words struck and underlined."""

from __future__ import annotations

from studygroup.cli.output import coloured, struck, underlined
from studygroup.core.anchoring.quotation import MARKS, Match, Verdict
from studygroup.core.quoting import telling

_COLOURS: dict[Verdict, str] = {
    "exact": "green",
    "elided": "cyan",
    "altered": "yellow",
    "ambiguous": "magenta",
    "missing": "red",
}


def verdict_mark(verdict: Verdict) -> str:
    """Return the verdict's mark in its colour."""
    return coloured(MARKS[verdict], _COLOURS[verdict])


def changed(quote: str, match: Match) -> str:
    """Return an altered quotation with what it left out and put in (see `telling.changed`)."""
    return telling.changed(quote, match, struck, underlined)
