"""Locating words in readings: same words first, then honest cuts, then changed words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studygroup.core.quoting.changed_words import Changed, is_enough
from studygroup.core.quoting.claim import CUT as CUT
from studygroup.core.quoting.claim import readings_of
from studygroup.core.quoting.context import agreement
from studygroup.core.quoting.finding import Finding, finding
from studygroup.core.quoting.quotation import Anchor, Match
from studygroup.core.quoting.word_table import WordTable
from studygroup.core.reading import Reading, Section, SectionKey

CONTEXT = 32
"""How many characters of prefix and suffix an anchor carries."""
Excluded = tuple[str, str | None] | tuple[str, str, int, int]
"""Where not to look: a reading, one of its sections, or characters of a section from–until."""

_CANDIDATES_MOST = 200
_SURE = 12.0
_TELLS = 5.0


@dataclass(frozen=True, slots=True)
class _Spot:
    """One place that may be the quotation's: first and last word, and what speaks for it, in bits."""

    reading: Reading
    first: int
    last: int
    bits: float = 0.0
    changed: Changed | None = None

    @property
    def section(self) -> int:
        table = self.reading.word_table
        begin, end = table.section_at(self.first), table.section_at(self.last)
        if begin != end and table.first[end] - self.first < self.last + 1 - table.first[end]:
            return end
        return begin

    @property
    def key(self) -> SectionKey:
        return self.reading.slug, self.reading.sections[self.section].id


def locate(
    quote: str,
    readings: Iterable[Reading],
    near: SectionKey | None = None,
    *,
    prefix: str = "",
    suffix: str = "",
    not_in: Excluded | None = None,
) -> Match:
    """Say where the words of `quote` stand in `readings`, and with which verdict.

    The same words in order, whatever their case and typography, are `exact`; pieces between
    marked cuts, each the same words and all in order, are `elided`; what agrees with a passage
    more than chance would is `altered`. `docs/quotations.md` has the rules.

    Of several places that are `near` (a reading, or a section of it) is preferred, and the one
    whose surroundings agree with `prefix` and `suffix`, the words around the quotation where it
    is quoted; if nothing tells, the verdict is `ambiguous`. `not_in` is where not to look.
    """
    if not readings_of(quote):
        return Match("missing", 0.0)
    found = [finding(quote, reading) for reading in readings]
    around = _Around(near, prefix, suffix, not_in)
    same = _same(found, around)
    if same is not None:
        return same
    return _changed(found, around)


@dataclass(frozen=True, slots=True)
class _Around:
    """What tells places apart: where the quotation stands, and the words around it there."""

    near: SectionKey | None
    prefix: str
    suffix: str
    not_in: Excluded | None

    def agreement(self, spot: _Spot) -> float:
        table = spot.reading.word_table
        return agreement(table, spot.first, spot.last, self.prefix, self.suffix)

    def nearness(self, spot: _Spot) -> int:
        """2 in the section it stands beside, 1 in that reading, else 0."""
        if self.near is None or self.near[0] != spot.reading.slug:
            return 0
        return 2 if self.near[1] == spot.key[1] else 1

    def excludes(self, spot: _Spot) -> bool:
        if self.not_in is None or self.not_in[0] != spot.reading.slug:
            return False
        if self.not_in[1] is None:
            return True
        if self.not_in[1] != spot.key[1]:
            return False
        if len(self.not_in) == 2:
            return True
        anchor = _anchor(spot)
        return anchor.start < self.not_in[3] and self.not_in[2] < anchor.end


def _same(found: Sequence[Finding], around: _Around) -> Match | None:
    """Return the verdict where the very words stand, or None if they don't."""
    spots: dict[str, list[_Spot]] = {"exact": [], "elided": []}
    for one in found:
        verdict, places = one.same
        for place in places:
            spot = _Spot(one.reading, place.first, place.last)
            if not around.excludes(spot):
                spots[verdict].append(spot)
    for verdict in ("exact", "elided"):
        if spots[verdict]:
            return _choose(spots[verdict], verdict, around)
    return None


def _choose(spots: list[_Spot], verdict: str, around: _Around) -> Match:
    best = spots
    if len(best) > 1:
        best = _by_context(best, around, _SURE)
    if len(best) > 1:
        nearest = max(around.nearness(s) for s in best)
        best = [s for s in best if around.nearness(s) == nearest]
        best = _by_context(best, around, _TELLS)
    if len(best) > 1:
        anchors = tuple(_anchor(s) for s in spots[:_CANDIDATES_MOST])
        return Match("ambiguous", 1.0, None, anchors)
    anchor = _anchor(best[0])
    return Match("exact" if verdict == "exact" else "elided", 1.0, anchor, (anchor,))


def _by_context(spots: list[_Spot], around: _Around, margin: float) -> list[_Spot]:
    """Return the one spot whose surroundings agree by `margin` bits more than any other's."""
    if len(spots) < 2 or not (around.prefix or around.suffix):
        return spots
    ranked = sorted(((around.agreement(s), i) for i, s in enumerate(spots)), reverse=True)
    if ranked[0][0] - ranked[1][0] >= margin:
        return [spots[ranked[0][1]]]
    return spots


def _changed(found: Sequence[Finding], around: _Around) -> Match:
    spots = []
    for one in found:
        for place in one.changed:
            spot = _Spot(one.reading, place.first, place.last, place.bits, place)
            beside = around.agreement(spot) + 2.0 * around.nearness(spot)
            if is_enough(place, len(one.table), beside) and not around.excludes(spot):
                spots.append((spot.bits + beside, spot))
    if not spots:
        return Match("missing", 0.0)
    spots.sort(key=lambda s: -s[0])
    best = spots[0][1]
    anchors = tuple(_anchor(s) for worth, s in spots if worth >= spots[0][0] - 1.0)
    return Match("altered", _similarity(best), anchors[0], anchors)


def _similarity(spot: _Spot) -> float:
    assert spot.changed is not None
    return min(0.99, spot.changed.matched)


def _anchor(spot: _Spot) -> Anchor:
    reading, table, index = spot.reading, spot.reading.word_table, spot.section
    section, begin = reading.sections[index], table.first[index]
    text, words = section.text, section.words
    first = max(0, spot.first - begin)
    last = min(len(words) - 1, spot.last - begin)
    if spot.changed is not None:
        first, last = _with_edges(spot, table, begin, first, last)
    start, end = words[first].start, words[last].end
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


def _with_edges(
    spot: _Spot, table: WordTable, begin: int, first: int, last: int
) -> tuple[int, int]:
    """Take in the words at either end that were changed one for one, within their paragraph."""
    assert spot.changed is not None
    section = spot.reading.sections[table.section_at(begin)]
    opening = spot.changed.opening
    closing = spot.changed.closing
    return _step(section, first, -opening), _step(section, last, closing)


def _step(section: Section, word: int, step: int) -> int:
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
