"""Hits of a search brought together by section, the best one first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studygroup.core.finding.search import Hit

MANY = 8
"""From so many hits on, they are easier to read by section."""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits of one section, best first: `reading` is a slug, `section` an id ("": all of it)."""

    reading: str
    section: str
    hits: tuple[Hit, ...]


def by_section(hits: Iterable[Hit]) -> tuple[HitGroup, ...]:
    """Return `hits`, which come best first, by section: groups stand as their best hits do."""
    found: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        found.setdefault((hit.document.reading, hit.document.section), []).append(hit)
    return tuple(HitGroup(*place, tuple(together)) for place, together in found.items())
