"""Which paragraphs of a PDF are headings: by the document's own outline, else by their type.

Without an outline the features of each short paragraph in other type than the text's are added up:
size, weight, capitals, number, what follows, and whether others are set alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studygroup.core.draft import ENOUGH, Reason
from studygroup.importers.numbering import Number, numbered_chains, read_number
from studygroup.importers.pdf_outline import Entry, by_outline, with_alike
from studygroup.importers.pdf_paragraphs import Paragraph
from studygroup.importers.pdf_shapes import (
    DIVISION,
    KNOWN,
    NUMBER,
    Body,
    Style,
    body_of,
    depth_of,
    folded,
    leads,
    may_be_heading,
    style_of,
)
from studygroup.importers.pdf_weights import MUCH, by_looks, weigh
from studygroup.importers.shapes import is_capitals, is_person

_CONTENTS = re.compile(r"(?:table of )?contents$|inhalt(?:sverzeichnis)?$|índice$|sommaire$", re.I)
_PAGE_AT_END = re.compile(r"[\s.·]+(?:\d{1,4}|[ivxl]+)$")


@dataclass(frozen=True, slots=True)
class Found:
    """The headings of a document: their levels from 1, by place; what spoke for and against them,
    and against others that look alike; and whether it had to be judged which are some.
    """

    levels: dict[int, int]
    reasons: Mapping[int, tuple[Reason, ...]]
    is_judged: bool


def find_headings(paras: Sequence[Paragraph], entries: Sequence[Entry], em: float) -> Found:
    """The headings among the paragraphs: those that the outline's entries name, else by type."""
    matched = by_outline(paras, entries)
    if len(matched) >= 3 and len(matched) * 2 >= len(entries):
        return Found(with_alike(paras, matched, em), {}, is_judged=False)
    return _by_type(paras, em)


def _by_type(paras: Sequence[Paragraph], em: float) -> Found:
    """The headings by how they are set, numbered and followed."""
    body = body_of(paras, em)
    numbers = {
        at: number
        for at, para in enumerate(paras)
        if may_be_heading(para) and NUMBER.match(para.text) and (number := read_number(para.text))
    }
    leading = frozenset(at for at in numbers if leads(paras, at, em))
    chained = set(numbered_chains(numbers, leading))
    forms = {(style_of(paras[at]), depth_of(paras[at].text)) for at in chained}
    chained |= {
        at
        for at in leading
        if by_looks(paras[at], body) and (style_of(paras[at]), depth_of(paras[at].text)) in forms
    }
    chained |= _between(paras, numbers, chained, body)
    reasons: dict[int, tuple[Reason, ...]] = {}
    for at, para in enumerate(paras):
        if may_be_heading(para) and (own := weigh(paras, at, body, at in chained)):
            reasons[at] = own
    alike = Counter(style_of(paras[at]) for at, own in reasons.items() if _sum(own) >= 0)
    for at, own in reasons.items():
        if alike[style_of(paras[at])] > 2:
            reasons[at] = (*own, Reason("alike", 1, "others are set like it"))
    found = {at for at, own in reasons.items() if _sum(own) >= ENOUGH}
    found -= _below_others(paras, found, em)
    found -= _above_larger(paras, found)
    found -= _lists(paras, found - chained)
    found -= _again(paras, found)
    found -= _printed_contents(paras, found)
    return Found(_levels(paras, sorted(found), numbers, em), reasons, is_judged=True)


def _between(
    paras: Sequence[Paragraph], numbers: Mapping[int, Number], chained: set[int], body: Body
) -> set[int]:
    """Numbered lines over which no text stands but that count on from others and are set like them:
    headings of what holds pictures only, or nothing yet.
    """
    forms = {(style_of(paras[at]), depth_of(paras[at].text)) for at in chained}
    known = {numbers[at].value for at in chained if at in numbers}
    found: set[int] = set()
    for at in sorted(numbers):
        *parent, last = numbers[at].value
        counts_on = (*parent, last - 1) in known or (last == 1 and tuple(parent) in known)
        alike = (style_of(paras[at]), depth_of(paras[at].text)) in forms
        stands_out = _sum(by_looks(paras[at], body)) >= 3
        listed = _PAGE_AT_END.search(paras[at].text) is not None
        if at not in chained and parent and counts_on and alike and stands_out and not listed:
            found.add(at)
            known.add(numbers[at].value)
    return found


def _sum(reasons: Sequence[Reason]) -> int:
    return sum(reason.weight for reason in reasons)


def _below_others(paras: Sequence[Paragraph], found: set[int], em: float) -> set[int]:
    """Bylines and standfirsts: in a type that nearly always follows on a larger heading. One that
    does so once may be the headline below a masthead.
    """
    follows: Counter[Style] = Counter()
    all_: Counter[Style] = Counter()
    for at in found:
        style = style_of(paras[at])
        if NUMBER.match(paras[at].text):
            continue
        all_[style] += 1
        above = at - 1
        if above in found and paras[above].size > 1.1 * paras[at].size:
            follows[style] += 1
    return {
        at
        for at in found
        if not NUMBER.match(paras[at].text)
        and at - 1 in found
        and (not paras[at].bold or _is_byline(paras[at], paras[at - 1]))
        and follows[style_of(paras[at])] * 3 >= all_[style_of(paras[at])] * 2
        and (all_[style_of(paras[at])] > 1 or paras[at].size < MUCH * em)
    }


def _is_byline(para: Paragraph, above: Paragraph) -> bool:
    """Whether a name stands below a larger heading."""
    return para.size < 0.95 * above.size and is_person(para.text) and not is_capitals(para.text)


def _above_larger(paras: Sequence[Paragraph], found: set[int]) -> set[int]:
    """Kickers: few words right above a larger heading, which have no text of their own."""
    return {
        at
        for at in found
        if at + 1 in found
        and paras[at + 1].size > 1.25 * paras[at].size
        and len(paras[at].text.split()) <= 6
        and read_number(paras[at].text) is None
        and _is_right_below(paras[at + 1], paras[at])
    }


def _is_right_below(para: Paragraph, other: Paragraph) -> bool:
    first, last = para.lines[0], other.lines[-1]
    near = first.page == last.page and 0 < first.base - last.base < 2.5 * first.size
    return near and first.left < last.right and last.left < first.right


def _lists(paras: Sequence[Paragraph], found: set[int]) -> set[int]:
    """Four lines or more in one type with nothing between them: a list or a table, no headings;
    three where each ends in a number.
    """
    drop: set[int] = set()
    run: list[int] = []
    for at in [*sorted(found), -1]:
        if run and at == run[-1] + 1 and style_of(paras[at]) == style_of(paras[run[-1]]):
            run.append(at)
            continue
        numbered = all(_PAGE_AT_END.search(paras[place].text) for place in run)
        if len(run) > 3 or (len(run) == 3 and numbered):
            drop |= set(run)
        run = [at]
    return drop


def _printed_contents(paras: Sequence[Paragraph], found: set[int]) -> set[int]:
    """The lines of a printed table of contents: below its heading, and again further on."""
    ordered = sorted(found)
    begins = next((at for at in ordered if _CONTENTS.match(paras[at].text)), None)
    if begins is None:
        return set()
    keys = {}
    for at in ordered[ordered.index(begins) + 1 :]:
        text = _PAGE_AT_END.sub("", paras[at].text)
        keys[at] = folded(DIVISION.sub("", text)) or folded(text)
    last = {key: at for at, key in keys.items()}
    drop: set[int] = set()
    for at, key in keys.items():
        if last[key] == at and not _PAGE_AT_END.search(paras[at].text):
            break
        drop.add(at)
    return drop


def _again(paras: Sequence[Paragraph], found: set[int]) -> set[int]:
    """Lines that are printed three times or more, but for the first."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in sorted(found):
        places[folded(paras[at].text)].append(at)
    return {at for ats in places.values() if len(ats) > 2 for at in ats[1:]}


def _levels(
    paras: Sequence[Paragraph], places: Sequence[int], numbers: Mapping[int, object], em: float
) -> dict[int, int]:
    """Levels by numbers where the headings are numbered, and by size and weight."""
    depths: dict[Style, Counter[int]] = defaultdict(Counter)
    deep: dict[int, int] = {}
    for at in places:
        if depth := depth_of(paras[at].text):
            deep[at] = depth
            depths[(*style_of(paras[at])[:3], False)][depth] += 1
    styles = sorted(
        {style_of(paras[at]) for at in places}, key=lambda s: (-s[0], not s[1], not s[3], s[2])
    )
    rank = {style: min(6, number) for number, style in enumerate(styles, 1)}
    numbered = len(deep) * 2 >= len(places) and bool(deep)
    found: dict[int, int] = {}
    for at in places:
        style = style_of(paras[at])
        if numbered and at in deep:
            found[at] = min(6, deep[at])
        elif numbered and (own := depths.get((*style[:3], False))):
            found[at] = min(6, own.most_common(1)[0][0])
        elif numbered:
            found[at] = 1 if style[0] > 1.08 * em or KNOWN.match(paras[at].text) else 2
        else:
            found[at] = rank[style]
    return found
