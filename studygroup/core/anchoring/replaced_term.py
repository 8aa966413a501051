"""A single term that was replaced between its quotation marks, told by the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studygroup.core.anchoring.choosing import Around
from studygroup.core.anchoring.claim import claim_with_asides
from studygroup.core.anchoring.context import agreement
from studygroup.core.anchoring.spot import Spot
from studygroup.core.reading import Reading
from studygroup.core.text import words

MOST = 3
"""So many words a term has at most."""
_BEHIND_LEAST = 9.0
_BEFORE_WITHIN = 3
_TERM = re.compile(r"“([^“”]{1,60})”|\"([^\"]{1,60})\"|[‘']([^‘’'\n]{1,60})[’'](?!\w)")


def replaced_term(
    quote: str, same: Sequence[Spot], readings: Sequence[Reading], around: Around
) -> Spot | None:
    """Return the term of the source that another one stands for in the quotation, or None.

    That is claimed only of one to three words between marks that the section beside them does not
    have, and only for as many words that stand between marks there too, with the same words behind
    them and one of the words just before.
    """
    claim = claim_with_asides(quote)
    if not (around.suffix and around.prefix and around.near) or len(claim.tokens) > MOST:
        return None
    if any(around.nearness(spot) == 2 for spot in same):
        return None
    for reading in readings:
        if reading.slug == around.near[0]:
            for spot in _terms_of(reading, around.near[1], len(claim.tokens)):
                if _fits(spot, around) and not around.excludes(spot):
                    return spot
    return None


def _terms_of(reading: Reading, section_id: str | None, count: int) -> list[Spot]:
    section = None if section_id is None else reading.section(section_id)
    if section is None:
        return []
    begin = reading.word_table.first[reading.index_of(section.id)]
    found = []
    for term in _TERM.finditer(section.text):
        inside = [
            begin + i
            for i, word in enumerate(section.words)
            if term.start() <= word.start and word.end <= term.end()
        ]
        if len(inside) == count:
            found.append(Spot(reading, inside[0], inside[-1], "altered"))
    return found


def _fits(spot: Spot, around: Around) -> bool:
    table = spot.table
    if agreement(table, spot.first, spot.last, "", around.suffix) < _BEHIND_LEAST:
        return False
    before = table.words[max(0, spot.first - _BEFORE_WITHIN) : spot.first]
    said = [w.folded for w in words(around.prefix)][-_BEFORE_WITHIN:]
    return any(w in before and table.weight(w) >= 5 for w in said)
