"""The headings that a PDF's own outline names, found among its paragraphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from studygroup.importers.pdf_paragraphs import Paragraph
from studygroup.importers.pdf_shapes import (
    DIVISION,
    KNOWN,
    Style,
    depth_of,
    folded,
    leads,
    may_be_heading,
    style_of,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a document's outline: its words, its depth from 1, and its page from 0."""

    title: str
    level: int
    page: int | None


def by_outline(paras: Sequence[Paragraph], entries: Sequence[Entry]) -> dict[int, int]:
    """The paragraphs that the outline's entries name."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for at, para in enumerate(paras):
        if len(para.text) < 400:
            by_page[para.lines[0].page].append(at)
    found: dict[int, int] = {}
    last = -1
    for entry in entries:
        if not folded(entry.title) or entry.page is None:
            continue
        best, best_score = None, 82.0
        for page in (entry.page, entry.page + 1, entry.page - 1):
            for at in by_page.get(page, ()):
                if at in found:
                    continue
                score = (
                    _alike(entry.title, paras[at].text) - 3 * (page != entry.page) - 2 * (at < last)
                )
                if score > best_score:
                    best, best_score = at, score
            if best is not None:
                break
        if best is not None:
            found[best] = entry.level
            last = best
    return found


def _alike(wanted: str, text: str) -> float:
    """How alike an outline's title and a paragraph are, “Chapter 2” and the like aside."""
    best = ratio(folded(wanted), folded(text))
    bare, plain = folded(DIVISION.sub("", wanted)), folded(DIVISION.sub("", text))
    if bare and plain:
        best = max(best, ratio(bare, plain))
    return best


def with_alike(paras: Sequence[Paragraph], matched: dict[int, int], em: float) -> dict[int, int]:
    """The outline's headings, and others in exactly their type, as an outline may leave out."""
    levels: dict[Style, Counter[int]] = defaultdict(Counter)
    depths: dict[Style, Counter[int]] = defaultdict(Counter)
    for at, level in matched.items():
        levels[style_of(paras[at])][level] += 1
        depths[style_of(paras[at])][depth_of(paras[at].text)] += 1
    found = dict(matched)
    first = min(matched)
    for at, para in enumerate(paras):
        style = style_of(para)
        if at in found or style not in levels or not may_be_heading(para):
            continue
        known = KNOWN.match(words_of(para.text)) is not None and len(para.text.split()) < 5
        depth, usual = depth_of(para.text), depths[style]
        usually = usual[depth] * 5 >= sum(usual.values())
        distinct = style[0] > 1.08 * em or style[1]
        if not distinct or (not known and (at < first or not usually or sum(usual.values()) < 2)):
            continue
        if leads(paras, at, em):
            found[at] = levels[style].most_common(1)[0][0]
    return found
