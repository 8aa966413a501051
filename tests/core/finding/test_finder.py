from collections.abc import Iterable
from dataclasses import replace
from threading import Event
from time import monotonic

from studygroup.core.errors import StudyError
from studygroup.core.finding.finder import Finder
from studygroup.core.finding.search import Filters, Progress, Source
from studygroup.core.meeting.session import Session
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


class Long(BruteIndex):
    """An index that takes until it is let go to be brought up to date."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.let_go, self.told = Event(), Event(), Event()

    def refresh(self, sources: Iterable[Source], progress: Progress | None = None) -> int:
        self.begun.set()
        assert progress is not None
        progress(0.5)
        self.told.set()
        assert self.let_go.wait(60)
        return super().refresh(sources, progress)


def test_while_a_thread_reads_the_study_searches_answer_and_say_how_much_was_there() -> None:
    shelf, index = Shelf(), Long()
    shelf.index = index  # type: ignore[assignment]
    assert shelf.finder.share == 0
    shelf.finder.prepare_beside(_fail)
    assert index.told.wait(60)
    shelf.finder.prepare_beside(_fail)  # one is at it already
    found = shelf.finder.search("bridge")
    assert (found.total, found.indexed) == (0, 0.5)
    index.let_go.set()
    shelf.finder.prepare()
    assert shelf.finder.share == 1
    found = shelf.finder.search("bridge")
    assert found.total > 0
    assert found.indexed == 1


def test_leaving_does_not_wait_for_a_study_that_is_still_being_read() -> None:
    shelf, index = Shelf(), Long()
    shelf.index = index  # type: ignore[assignment]
    shelf.finder.prepare_beside(_fail)
    assert index.begun.wait(60)
    started = monotonic()
    shelf.finder.close()
    assert monotonic() - started < 30
    assert not index.let_go.is_set()
    index.let_go.set()


def test_what_goes_wrong_while_a_study_is_read_beside_is_handed_on() -> None:
    def refuse() -> tuple[Session, ...]:
        raise StudyError("the sessions cannot be read")

    study = Shelf().study
    told: list[Exception] = []
    happened = Event()

    def failed(error: Exception) -> None:
        told.append(error)
        happened.set()

    finder = Finder(BruteIndex, lambda: study, refuse)
    finder.prepare_beside(failed)
    assert happened.wait(60)
    assert str(told[0]) == "the sessions cannot be read"


def _fail(error: Exception) -> None:
    raise AssertionError(error)
