"""Locating words in readings: same words first, then honest cuts, then changed words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from studygroup.core.quoting.quotation import Anchor, Match
from studygroup.core.reading import Reading, Section, SectionKey
from studygroup.core.text import words

CONTEXT = 32
"""How many characters of prefix and suffix an anchor carries."""
FUZZY_FROM = 4
"""Below this many words only the same words count: shorter lookalikes are everywhere."""
FUZZY_CUTOFF = 78.0
"""Least rapidfuzz similarity (0–100) of a long quotation with changed words."""
SHORT_PENALTY = 90.0
"""Least similarity at `FUZZY_FROM` words; it falls to `FUZZY_CUTOFF` at `LONG` words."""
LONG = 12

CUT = re.compile(r"\[[^\]\n]*\]|\(?(?:…|\.{3,}|\. \. \.)\)?")
"""How a quotation shows that it leaves something out, or puts in what is not the source's."""

_Place = tuple[Reading, Section, int, int]  # first and last word, counted in the section


def locate(quote: str, readings: Iterable[Reading], near: SectionKey | None = None) -> Match:
    """Say where the words of `quote` stand in `readings`, and with which verdict.

    The same words in order, whatever their case and typography, are `exact`; pieces between
    ellipses or brackets, each the same words and all in order in one section, are `elided`. From
    four words up, words that differ are sought with the best local alignment in each section
    (rapidfuzz's `partial_ratio_alignment`); the bar rises as the quotation gets shorter. Of
    several places the one that is `near` is preferred; if that doesn't tell, the verdict is
    `ambiguous`.
    """
    pieces = [key for part in CUT.split(quote) if (key := _key(part))]
    if not pieces:
        return Match("missing", 0.0)
    pool = list(readings)
    places = list(_same_words(pieces, pool))
    if places:
        return _choose(places, "elided" if len(pieces) > 1 else "exact", near)
    return _changed_words(" ".join(pieces), pool, near)


def _key(text: str) -> str:
    return " ".join(w.folded for w in words(text))


def _sections(readings: Iterable[Reading]) -> Iterator[tuple[Reading, Section]]:
    for reading in readings:
        for section in reading.sections:
            yield reading, section


@lru_cache(maxsize=4096)
def _word_starts(folded: str) -> tuple[int, ...]:
    """Offsets in a folded text (see `Section.folded`) at which its words begin."""
    return tuple(i + 1 for i, c in enumerate(folded[:-1]) if c == " ")


def _word_at(folded: str, offset: int) -> int:
    return max(0, bisect_right(_word_starts(folded), offset) - 1)


def _same_words(pieces: list[str], readings: Iterable[Reading]) -> Iterator[_Place]:
    """Yield every place where the pieces stand in order, each as short as it can be."""
    for reading, section in _sections(readings):
        folded = section.folded
        begin = folded.find(f" {pieces[0]} ")
        while begin >= 0:
            end = begin + len(pieces[0]) + 1
            for piece in pieces[1:]:
                found = folded.find(f" {piece} ", end)
                if found < 0:
                    break
                end = found + len(piece) + 1
            else:
                yield reading, section, _word_at(folded, begin + 1), _word_at(folded, end - 1)
            begin = folded.find(f" {pieces[0]} ", begin + 1)


def _choose(places: list[_Place], verdict: str, near: SectionKey | None) -> Match:
    anchors = [_anchor(place) for place in places]
    best = anchors
    if near is not None and len(best) > 1:
        slug, section = near
        best = [a for a in best if a.reading == slug] or best
        best = [a for a in best if a.section == section] or best
    if len(best) > 1:
        return Match("ambiguous", 1.0, None, tuple(anchors))
    return Match("exact" if verdict == "exact" else "elided", 1.0, best[0], (best[0],))


def _changed_words(key: str, readings: Iterable[Reading], near: SectionKey | None) -> Match:
    count = key.count(" ") + 1
    if count < FUZZY_FROM:
        return Match("missing", 0.0)
    from rapidfuzz import fuzz  # here, since most quotations are found by their very words

    sought = key.split(" ")
    slope = max(0.0, (LONG - count) / (LONG - FUZZY_FROM))
    cutoff = FUZZY_CUTOFF + (SHORT_PENALTY - FUZZY_CUTOFF) * slope
    best: tuple[float, _Place] | None = None
    for reading, section in _sections(readings):
        if len(section.folded) < len(key) // 2:
            continue
        found = fuzz.partial_ratio_alignment(key, section.folded, score_cutoff=cutoff)
        if found is None:
            continue
        score = found.score
        if near is not None and near == (reading.slug, section.id):
            score += 0.5  # of two equals, the one beside which it was written
        if best is None or score > best[0]:
            first = _word_at(section.folded, found.dest_start + 1)
            last = _word_at(section.folded, max(found.dest_start, found.dest_end - 2))
            best = (score, (reading, section, *_realign(sought, section, first, max(first, last))))
    if best is None:
        return Match("missing", 0.0)
    anchor = _anchor(best[1])
    return Match("altered", min(best[0], 99.0) / 100, anchor, (anchor,))


def _realign(sought: list[str], section: Section, first: int, last: int) -> tuple[int, int]:
    """Return the first and last word that `sought` answers to, near the window found by letters.

    A window of letters as long as the quotation ends too early where words were dropped and begins
    in the middle of one where they were added: the words decide, by the fewest changes between
    them (Levenshtein's distance over words).
    """
    from rapidfuzz.distance import Levenshtein

    pad = max(3, len(sought) // 3)
    begin = max(0, first - pad)
    window = [w.folded for w in section.words[begin : last + pad + 1]]
    same = [op for op in Levenshtein.opcodes(sought, window) if op.tag == "equal"]
    if not same:
        return first, last
    # Words before the first and after the last that is the same were changed one for one, and
    # never beyond the paragraph.
    first, last = begin + same[0].dest_start, begin + same[-1].dest_end - 1
    opening, closing = same[0].src_start, len(sought) - same[-1].src_end
    return _within(section, first, -opening), _within(section, last, closing)


def _within(section: Section, word: int, step: int) -> int:
    """Return the word `step` words on from `word`, or the last one that way in its paragraph."""
    paragraph = section.paragraph_at(section.words[word].start)
    start, end = paragraph.start, paragraph.start + len(paragraph.text)
    away = 1 if step > 0 else -1
    for _ in range(abs(step)):
        nearby = word + away
        if not (0 <= nearby < len(section.words) and start <= section.words[nearby].start < end):
            break
        word = nearby
    return word


def _anchor(place: _Place) -> Anchor:
    reading, section, first, last = place
    text = section.text
    start, end = section.words[first].start, section.words[last].end
    return Anchor(
        reading=reading.slug,
        section=section.id,
        paragraph=section.paragraph_at(start).number,
        start=start,
        end=end,
        words=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )
