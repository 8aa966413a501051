from collections.abc import Iterable
from dataclasses import replace

from studygroup.core.finder import Finder
from studygroup.core.search import Filters, Progress, Source
from studygroup.core.session import Session
from studygroup.core.study import Study
from tests import builders
from tests.brute_index import BruteIndex


class Shelf:
    """What a finder is given to search, and how often it opened an index."""

    def __init__(self) -> None:
        self.study = Study.build("t", [builders.reading()], [], [builders.notes()])
        self.sessions: tuple[Session, ...] = ()
        self.index = Counting()
        self.opened = 0
        self.finder = Finder(self.open, lambda: self.study, lambda: self.sessions)

    def open(self) -> BruteIndex:
        self.opened += 1
        return self.index

    def total(self, query: str) -> int:
        return self.finder.search(query, filters=Filters()).total


class Counting(BruteIndex):
    refreshed = 0

    def refresh(self, sources: Iterable[Source], progress: Progress | None = None) -> int:
        self.refreshed += 1
        return super().refresh(sources, progress)


def test_nothing_is_opened_before_something_is_sought() -> None:
    shelf = Shelf()
    assert shelf.opened == 0
    assert shelf.total("boats") == 1
    assert shelf.total("bridge") > 1
    assert (shelf.opened, shelf.index.refreshed) == (1, 1)


def test_a_new_study_is_searched_from_then_on() -> None:
    shelf = Shelf()
    assert shelf.total("heron") == 0
    text = builders.WALK.replace("Boats wait", "Herons wait")
    shelf.study = replace(shelf.study, readings=(builders.reading(text),))
    assert shelf.total("heron") == 1
    assert shelf.total("boats") == 0


def test_a_session_that_went_on_is_searched_as_it_is_now() -> None:
    shelf = Shelf()
    shelf.finder.prepare()
    assert shelf.index.refreshed == 1
    shelf.sessions = (Session("2026-11-22-walk", "Walk"),)
    shelf.finder.prepare()
    shelf.finder.prepare()
    assert shelf.index.refreshed == 2


def test_after_closing_the_next_search_opens_it_again() -> None:
    shelf = Shelf()
    assert shelf.total("boats") == 1
    shelf.finder.close()
    assert shelf.total("boats") == 1
    assert shelf.opened == 2
