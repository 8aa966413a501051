"""Printed lines in reading order → paragraphs, and these made whole where a page cut them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studygroup.importers.hyphens import Hyphens, ends_in_hyphen, joint
from studygroup.importers.lines import ends_sentence, starts_low
from studygroup.importers.pdf_breaks import ends_before
from studygroup.importers.pdf_lines import PrintedLine
from studygroup.importers.pdf_measures import Measures

_CAPTION = re.compile(
    r"(?:figure|fig\.|table|algorithm|listing|abbildung|tabelle|tableau|figura)\s*\d", re.I
)


@dataclass(slots=True)
class Paragraph:
    """The printed lines of a paragraph, and its words put together.

    `gap` is the distance from the line above beyond the usual one, in ems; `indent` how far all
    its lines are set in on the left, in ems, and `short` how far the longest ends before the right
    edge; `inset` says that it is set in on both sides.
    """

    lines: list[PrintedLine]
    text: str
    gap: float = 0.0
    indent: float = 0.0
    short: float = 0.0
    inset: bool = False
    joined: int = 0

    @property
    def size(self) -> float:
        """The size of most of its lines."""
        return Counter(line.size for line in self.lines).most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(line.italic for line in self.lines)

    @property
    def family(self) -> str:
        """The family of typefaces in which it is set."""
        return self.lines[0].family

    @property
    def mono(self) -> bool:
        """Whether all of it is typewriter type."""
        return all(line.mono for line in self.lines)


def paragraphs_of(
    lines: Sequence[PrintedLine],
    measures: Measures,
    hyphens: Hyphens,
    starts: Callable[[PrintedLine], bool],
) -> list[Paragraph]:
    """Put lines together to paragraphs; `starts` names lines that surely begin or end one alone."""
    found: list[Paragraph] = []
    current: list[PrintedLine] = []
    for at, line in enumerate(lines):
        if current:
            after = lines[at + 1] if at + 1 < len(lines) else None
            if ends_before(current, line, after, measures, starts):
                found.append(_close(current, measures, hyphens, found))
                current = []
        current.append(line)
    if current:
        found.append(_close(current, measures, hyphens, found))
    return found


def _close(
    lines: Sequence[PrintedLine], measures: Measures, hyphens: Hyphens, before: Sequence[Paragraph]
) -> Paragraph:
    first = lines[0]
    gap = 2.0
    if before:
        last = before[-1].lines[-1]
        if (last.page, last.column) == (first.page, first.column):
            gap = (first.base - last.base - measures.lead(first)) / first.size
    left, right = measures.edge(first)
    later = lines[1:] or lines
    indent = min(line.left for line in later) - left
    inset = len(lines) > 1 and max(line.right for line in lines) < right - 0.9 * first.size
    return Paragraph(
        list(lines),
        put_together([line.text for line in lines], hyphens),
        gap,
        indent / first.size,
        (right - max(line.right for line in lines)) / first.size,
        inset
        and indent > 0.9 * first.size
        and min(line.left for line in lines) - left > 0.9 * first.size,
        len(lines) - 1,
    )


def put_together(texts: Sequence[str], hyphens: Hyphens) -> str:
    """The words of printed lines as one paragraph."""
    pieces: list[str] = []
    text = texts[0]
    for following in texts[1:]:
        left, between, _ = joint(text, following, hyphens)
        pieces += [left, between]
        text = following
    pieces.append(text)
    return " ".join("".join(pieces).replace("\u00ad", "").split())


def with_cut_joined(
    paragraphs: Sequence[Paragraph], hyphens: Hyphens, is_float: Callable[[Paragraph], bool]
) -> list[Paragraph]:
    """Paragraphs made whole that a figure, a table or a page cut in two.

    The second half begins with a small letter, or the first ends in a hyphen; between them stand
    only paragraphs of which `is_float` is true, which then follow.
    """
    found: list[Paragraph] = []
    open_at: int | None = None
    for para in paragraphs:
        if open_at is not None:
            first = found[open_at]
            between = found[open_at + 1 :]
            if (
                _goes_on(first, para)
                and not is_float(para)
                and len(between) <= 12
                and all(is_float(p) for p in between)
            ):
                first.text = put_together([first.text, para.text], hyphens)
                first.lines = [*first.lines, *para.lines]
                continue
        found.append(para)
        if not is_float(para):
            open_at = len(found) - 1
    return found


def _goes_on(first: Paragraph, second: Paragraph) -> bool:
    a, b = first.lines[-1], second.lines[0]
    if abs(a.size - b.size) > 0.07 * a.size or a.bold != b.bold or len(first.text) < 40:
        return False
    if (a.page, a.column) == (b.page, b.column) and b.base - a.base < 3 * a.size:
        return False
    if ends_in_hyphen(first.text):
        return True
    return (
        starts_low(second.text) and not ends_sentence(first.text) and not first.text.endswith(":")
    )


def is_caption(text: str) -> bool:
    """Whether a paragraph is the caption of a figure or a table."""
    return _CAPTION.match(text) is not None
