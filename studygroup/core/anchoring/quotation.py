"""Quotations: words that claim to come from a reading, where they stand there, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from studygroup.core.reading import Section

Verdict = Literal["exact", "elided", "altered", "ambiguous", "missing"]

MARKS: dict[Verdict, str] = {
    "exact": "=",
    "elided": "…",
    "altered": "≈",
    "ambiguous": "?",
    "missing": "✗",
}
"""The sign by which a verdict is shown."""


CONTEXT = 32
"""How many characters of prefix and suffix an anchor carries."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words stand in a reading.

    A TextQuoteSelector and a TextPositionSelector of the W3C Web Annotation model in one: `words`
    are exactly what stands there, `prefix` and `suffix` up to 32 characters around it, `start` and
    `end` half-open character offsets in the section's plain text. `paragraph` is where it begins.
    """

    reading: str
    section: str
    paragraph: int
    start: int
    end: int
    words: str
    prefix: str = ""
    suffix: str = ""

    @staticmethod
    def at(reading: str, section: Section, start: int, end: int) -> Anchor:
        """Return the anchor of what stands between two offsets of a section's text.

        Raises LookupError where the section has no paragraphs.
        """
        text = section.text
        return Anchor(
            reading=reading,
            section=section.id,
            paragraph=section.paragraph_at(start).number,
            start=start,
            end=end,
            words=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on a quotation, and its anchor where it has one.

    `similarity` is from 0 to 1. `candidates` are all the places when it is `ambiguous`.
    """

    verdict: Verdict
    similarity: float
    anchor: Anchor | None = None
    candidates: tuple[Anchor, ...] = ()
