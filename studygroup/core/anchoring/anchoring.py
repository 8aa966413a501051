"""Locating words in readings: same words first, then honest cuts, then changed words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from studygroup.core.anchoring.changed_words import Candidate, Floor, changed
from studygroup.core.anchoring.choosing import Around, Excluded, narrowed
from studygroup.core.anchoring.claim import CUT as CUT
from studygroup.core.anchoring.claim import Claim, claim_with_asides, readings_of
from studygroup.core.anchoring.evidence import is_enough
from studygroup.core.anchoring.finding import Finding
from studygroup.core.anchoring.headings import in_headings
from studygroup.core.anchoring.quotation import Match
from studygroup.core.anchoring.replaced_term import replaced_term
from studygroup.core.anchoring.shelf import shelf_of
from studygroup.core.anchoring.spot import Spot
from studygroup.core.reading import Reading, SectionKey

CANDIDATES_MOST = 200
"""How many places of an ambiguous quotation are told at most."""
_AS_GOOD = 1.0


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
    shelf = shelf_of(readings if isinstance(readings, tuple) else tuple(readings))
    return locate_on(quote, shelf, Around(near, prefix, suffix, not_in))


class Choice(Protocol):
    """Readings, and which of them to look at: see `shelf.Shelf`, which has the same methods."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All of them."""
        ...

    def with_same(self, claims: Sequence[Claim]) -> Iterable[Reading]:
        """Return those that may have the very words of one of `claims`."""
        ...

    def with_headings(self, claim: Claim) -> Iterable[Reading]:
        """Return those that may have them in a heading."""
        ...

    def with_changed(self, claim: Claim, floor: Floor) -> Iterable[Candidate]:
        """Return those that may have them changed, the likeliest first, as far as the floor."""
        ...


def locate_on(quote: str, shelf: Choice, around: Around) -> Match:
    """Say where words stand in the readings of a shelf: see `locate`."""
    if not readings_of(quote):
        return Match("missing", 0.0)
    same = [spot for spot in _same(quote, shelf) if not around.excludes(spot)]
    if (term := replaced_term(quote, same, shelf.readings, around)) is not None:
        return _match("altered", 0.5, [term])
    if same:
        return _judged(same, around)
    return _in_headings(quote, shelf, around) or _changed(quote, shelf, around)


def _same(quote: str, shelf: Choice) -> Iterator[Spot]:
    for reading in shelf.with_same(readings_of(quote)):
        one = Finding(quote, reading)
        verdict, places = one.same
        for place in places:
            yield Spot(one.reading, place.first, place.last, verdict)


def _judged(same: Sequence[Spot], around: Around) -> Match:
    """Return the verdict on words that stand somewhere as they are quoted."""
    left = narrowed(same, around)
    if len(left) > 1 and len(exact := [s for s in left if s.verdict == "exact"]) < len(left):
        left = exact or left
    if len(left) > 1:
        places = [s for s in same if s.verdict == left[0].verdict]
        return _match("ambiguous", 1.0, places)
    return _match(left[0].verdict, 1.0, left)


def _in_headings(quote: str, shelf: Choice, around: Around) -> Match | None:
    """Return the verdict on the words of a heading, or None if they are none."""
    places = [
        anchor
        for reading in shelf.with_headings(readings_of(quote)[0])
        for anchor in in_headings(quote, reading)
        if not around.not_in or around.not_in[0] != anchor.reading
    ]
    near = [a for a in places if (a.reading, a.section) == around.near] or places
    if len(near) == 1:
        return Match("exact", 1.0, near[0], (near[0],))
    return Match("ambiguous", 1.0, None, tuple(places)) if places else None


def _changed(quote: str, shelf: Choice, around: Around) -> Match:
    spots: list[tuple[float, Spot]] = []
    claim = claim_with_asides(quote)
    home = around.near and around.near[0]
    for reading, place in changed(claim, shelf.readings, shelf.with_changed, home):
        spot = Spot(reading, place.first, place.last, "altered", place)
        beside = around.beside(spot)
        if is_enough(place, len(spot.table), beside) and not around.excludes(spot):
            spots.append((place.bits + beside, spot))
    if not spots:
        return Match("missing", 0.0)
    best, spot = max(spots, key=lambda s: s[0])
    places = [s for worth, s in spots if worth >= best - _AS_GOOD and s is not spot]
    assert spot.changed is not None
    return _match("altered", min(0.99, spot.changed.matched), [spot, *places])


def _match(verdict: str, similarity: float, spots: Sequence[Spot]) -> Match:
    anchors = tuple(spot.anchor() for spot in spots[:CANDIDATES_MOST])
    match verdict:
        case "exact" | "elided" | "altered":
            return Match(verdict, similarity, anchors[0], anchors)
        case _:
            return Match("ambiguous", similarity, None, anchors)
