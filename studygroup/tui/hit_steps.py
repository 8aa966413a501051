"""From one place of what was searched to the next, and around the whole study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studygroup.core.errors import UsageError
from studygroup.core.finding.search import Hit, Results
from studygroup.tui.asking import MOST_HITS, Found
from studygroup.tui.searching import find, open_hit
from studygroup.tui.work import beside

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


def step(screen: ReadingScreen, count: int) -> None:
    """Go to the next place of what was searched (back, if `count` is -1).

    The places of a concordance follow each other as they did there; all others as they stand in
    the study. Raises UsageError where nothing is highlighted.
    """
    found = screen.last_found if screen.ways.visiting else None
    if found is not None and found.in_order:
        _step_in_order(screen, found, count)
    elif not screen.step_hit(count):
        if found is None or found.is_all:
            _leave_section(screen, found, count)
        else:
            _find_all(screen, found, count)


def _step_in_order(screen: ReadingScreen, found: Found, count: int) -> None:
    here, size = found.hit.document.key, len(found.hits)
    for away in range(1, size):
        at = (found.at + away * count) % size
        if found.hits[at].document.key != here:
            _go(screen, replace(found, hit=found.hits[at], at=at))
            return
    _stay(screen, count)


def _find_all(screen: ReadingScreen, found: Found, count: int) -> None:
    """Look up all hits, of which only the best are known, and go on then."""
    asked = replace(found.asked, limit=MOST_HITS)

    def go_on(results: Results) -> None:
        if screen.last_found is found:
            screen.last_found = replace(found, hits=results.hits, is_all=True)
            _leave_section(screen, screen.last_found, count)

    beside(screen, lambda: find(screen, asked), go_on, group="places")


def _leave_section(screen: ReadingScreen, found: Found | None, count: int) -> None:
    hits = _elsewhere(screen, found, count) if found is not None else []
    if found is not None and hits:
        _go(screen, replace(found, hit=hits[0]))
    else:
        _stay(screen, count)


def _go(screen: ReadingScreen, found: Found) -> None:
    screen.last_found = found
    open_hit(screen, found)


def _stay(screen: ReadingScreen, count: int) -> None:
    """Go around in this section, if it has more than one place."""
    here = screen.text.hit_paragraphs()
    if len(set(here)) > 1:
        screen.text.set_current(here[0 if count > 0 else -1])
        screen.text.reveal_hit()
    elif here or screen.ways.visiting:
        screen.app.notify("There is no other place in the texts.", markup=False)
    else:
        raise UsageError("nothing is highlighted here", hint="/ searches")


def _elsewhere(screen: ReadingScreen, found: Found, count: int) -> list[Hit]:
    """Return the hits in the texts at other places, the next one from here on first."""
    study, place = screen.study, screen.position
    if study is None or place is None:
        return []
    sections = [(r.slug, s.id) for r in study.readings for s in r.sections]
    rank = {section: number for number, section in enumerate(sections)}
    here = (rank[place.reading, place.section], place.paragraph)
    spots = {
        (rank[hit.document.reading, hit.document.section], hit.document.paragraph): hit
        for hit in found.hits
        if hit.document.kind == "text"
        and hit.document.paragraph is not None
        and (hit.document.reading, hit.document.section) in rank
    }
    spots.pop(here, None)
    ahead = sorted((spot for spot in spots if (spot > here) == (count > 0)), reverse=count < 0)
    around = sorted((spot for spot in spots if (spot > here) != (count > 0)), reverse=count < 0)
    return [spots[spot] for spot in (*ahead, *around)]
