"""Which of several places a quotation is from: by what is near and around, and what quotes what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studygroup.core.anchoring.context import agreement
from studygroup.core.anchoring.spot import Spot, shared_around
from studygroup.core.reading import SectionKey

Excluded = tuple[str, str | None] | tuple[str, str, int, int]
"""Where not to look: a reading, one of its sections, or characters of a section from–until."""

_SURE, _TELLS = 12.0, 5.0
_NEARNESS = 2.0
_SAME_PASSAGE = 4
_DISTINCT = 20.0
_TERM = 3
_STOCK = 40  # what stands in more places is nobody's; each would be compared with each


@dataclass(frozen=True, slots=True)
class Around:
    """What tells places apart: where the quotation stands, and the words around it there.

    See `anchoring.locate`.
    """

    near: SectionKey | None
    prefix: str
    suffix: str
    not_in: Excluded | None

    def agreement(self, spot: Spot) -> float:
        """Return how much the words around a place agree with the quotation's own, in bits."""
        return agreement(spot.table, spot.first, spot.last, self.prefix, self.suffix)

    def nearness(self, spot: Spot) -> int:
        """Return 2 in the section that the quotation stands beside, 1 in its reading, else 0."""
        if self.near is None or self.near[0] != spot.reading.slug:
            return 0
        return 2 if self.near[1] == spot.key[1] else 1

    def beside(self, spot: Spot) -> float:
        """Return what speaks for a place apart from its words, in bits."""
        return self.agreement(spot) + _NEARNESS * self.nearness(spot)

    def excludes(self, spot: Spot) -> bool:
        """Whether a place is where not to look."""
        if self.not_in is None or self.not_in[0] != spot.reading.slug:
            return False
        if self.not_in[1] is None:
            return True
        if self.not_in[1] != spot.key[1]:
            return False
        if len(self.not_in) == 2:
            return True
        start, end = spot.span
        return start < self.not_in[3] and self.not_in[2] < end


def narrowed(spots: Sequence[Spot], around: Around) -> list[Spot]:
    """Return those of several places that a quotation of the same words may be from.

    In this order, as long as there are several: the one whose surroundings agree beyond doubt with
    those of the quotation; the nearest; those that quote none of the others; the one whose
    surroundings agree better; of a term, the one that is a term there too, between marks; and in a
    thread that quotes itself, where it was said first.
    """
    if len(spots) == 1:
        return list(spots)
    agreeing = {id(spot): around.agreement(spot) for spot in spots}
    steps: tuple[Callable[[list[Spot]], list[Spot]], ...] = (
        lambda left: _by_context(left, agreeing, _SURE),
        lambda left: _nearest(left, around),
        _sources,
        lambda left: _by_context(left, agreeing, _TELLS),
        _terms,
        lambda left: _first_said(left, around),
    )
    left = list(spots)
    for step in steps:
        if len(left) == 1:
            break
        left = step(left)
    return left


def _nearest(spots: list[Spot], around: Around) -> list[Spot]:
    nearest = max(around.nearness(s) for s in spots)
    return [s for s in spots if around.nearness(s) == nearest]


def _by_context(spots: list[Spot], agreeing: Mapping[int, float], margin: float) -> list[Spot]:
    """Return the one place whose surroundings agree by `margin` bits more than any other's."""
    best = max(spots, key=lambda s: agreeing[id(s)])
    second = max(agreeing[id(s)] for s in spots if s is not best)
    return [best] if agreeing[id(best)] - second >= margin else spots


def _sources(spots: list[Spot]) -> list[Spot]:
    """Return the places that are no quotations of others among them, in another reading."""
    if len(spots) > _STOCK or len({s.reading.slug for s in spots}) == 1:
        return spots
    return [s for s in spots if not _quotes(s, spots)] or spots


def _quotes(spot: Spot, spots: Sequence[Spot]) -> bool:
    if not spot.is_quoted and not spot.is_between_marks:
        return False
    own = [s for s in spots if s.reading.slug != spot.reading.slug and not s.is_quoted]
    words = spot.table.words[spot.first : spot.last + 1]
    distinct = sum(map(spot.table.weight, words)) >= _DISTINCT and len(words) > _TERM
    return any(
        (distinct and spot.is_between_marks) or shared_around(spot, s) >= _SAME_PASSAGE for s in own
    )


def _terms(spots: list[Spot]) -> list[Spot]:
    if spots[0].last - spots[0].first >= _TERM:
        return spots
    return [s for s in spots if s.is_between_marks] or spots


def _first_said(spots: list[Spot], around: Around) -> list[Spot]:
    thread = {s.reading.slug for s in spots if s.reading.kind == "thread"}
    if around.not_in is None or {s.reading.slug for s in spots} != {around.not_in[0]} & thread:
        return spots
    return [min(spots, key=lambda s: s.first)]
