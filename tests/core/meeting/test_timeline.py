"""The timeline: whatever comes in whatever order, it tells what a replay of all of it tells."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studygroup.core.meeting import timeline
from studygroup.core.meeting.journal import Event, Journals
from studygroup.core.meeting.replay import replay
from studygroup.core.meeting.timeline import Timeline
from tests.core.drawn_events import Drawn, event_lists, made


@pytest.fixture(params=[1, 3, timeline.RECENT])
def recent(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among how many of the last events another is put: few, so that short journals reach it."""
    monkeypatch.setattr(timeline, "RECENT", request.param)


def all_of(journals: Journals) -> list[Event]:
    return [event for journal in journals.values() for event in journal]


def copied(journals: Journals) -> Journals:
    return {recorder: list(journal) for recorder, journal in journals.items()}


@pytest.mark.usefixtures("recent")
@given(event_lists, st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_events_told_as_they_come_make_the_session_that_all_of_them_make(
    drawn: Drawn, chance: random.Random
) -> None:
    telling = Timeline("s")
    journals: dict[str, list[Event]] = {}
    for event in made(drawn):
        journals.setdefault(event.recorder, []).append(event)
        if event.recorder == "ana":
            telling.add(event)
        if chance.random() < 0.3:
            telling.take(copied(journals))
            assert telling.session() == replay("s", all_of(journals))
    telling.take(copied(journals))
    assert telling.session() == replay("s", all_of(journals))
    assert not telling.take(copied(journals))


@given(event_lists, event_lists)
def test_journals_that_were_put_in_the_place_of_others_are_told_anew(
    before: Drawn, after: Drawn
) -> None:
    telling = Timeline("s")
    for drawn in (before, after):
        journals: dict[str, list[Event]] = {}
        for event in made(drawn):
            journals.setdefault(event.recorder, []).append(event)
        telling.take(journals)
        assert telling.session() == replay("s", all_of(journals))


def test_an_event_that_a_failed_sync_left_in_the_file_twice_is_told_once() -> None:
    first, second = made([("ana", 0, "said", {"text": "x"}), ("ana", 1, "said", {"text": "y"})])
    again = Event(second.seq, second.at, second.name, dict(second.fields), "ana")
    telling = Timeline("s")
    telling.take({"ana": [first]})
    telling.add(second)
    telling.take({"ana": [first, again, second]})
    assert [e.text for e in telling.session().entries] == ["x", "y"]
