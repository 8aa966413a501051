"""Which stretches of a section's text are highlighted, or marked as quotations; pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from studygroup.core.reading import PARAGRAPH_GAP, Section
from studygroup.tui.widgets.wrapping import Stretch

Marker = Callable[[str], Sequence[Stretch]]
"""Which stretches of a text to highlight, as half-open character offsets."""


class Passage(NamedTuple):
    """A stretch of the section's text that quotes or is quoted, and its look when marked.

    Half-open character offsets; `link` is handed back when the passage is clicked.
    """

    start: int
    end: int
    look: str
    link: Hashable


def marker_of(passages: Iterable[str]) -> Marker:
    """Return a marker of passages of a section's text, each of which may span paragraphs."""
    parts = [part for passage in passages for part in passage.split(PARAGRAPH_GAP) if part]

    def mark(text: str) -> list[Stretch]:
        found = ((text.find(part), len(part)) for part in parts)
        return [(at, at + length) for at, length in found if at >= 0]

    return mark


def marker_at(section: Section, start: int, end: int) -> Marker:
    """Return a marker of the stretch `start`–`end` of a section's text."""
    parts = {
        p.text: (max(0, start - p.start), min(len(p.text), end - p.start))
        for p in section.paragraphs
        if p.start < end and start < p.start + len(p.text)
    }

    def mark(text: str) -> list[Stretch]:
        return [parts[text]] if text in parts else []

    return mark
