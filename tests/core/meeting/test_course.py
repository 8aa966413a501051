"""What became of each line of an agenda while a session ran."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from studygroup.core.meeting.course import State, state_of
from studygroup.core.meeting.journal import Event, agenda_fields
from studygroup.core.meeting.replay import replay
from studygroup.core.meeting.session import AgendaItem, Spot

QUESTION = AgendaItem(
    "question", "Who?", Spot("walk", "lock", question="e/ana#2"), 3, "e", "e/ana#2"
)
AGENDA = (
    QUESTION,
    AgendaItem("section", "Lock", Spot("walk", "lock"), 10),
    AgendaItem("prompt", "a?", Spot("walk", "lock", "a"), 5),
    AgendaItem("prompt", "b?", Spot("walk", "lock", "b"), 5),
    AgendaItem("topic", "Money", Spot(topic="Money"), 5),
)
START = datetime(2026, 11, 1, 19, tzinfo=UTC)
LOCK = {"reading": "walk", "section": "lock"}


def states(*told: tuple[str, Mapping[str, object]]) -> list[State]:
    opened = {"readings": ["walk"], "agenda": [agenda_fields(i) for i in AGENDA]}
    events = [("opened", opened), *told]
    session = replay(
        "s",
        (Event(n, START + timedelta(minutes=n), e, f, "ana") for n, (e, f) in enumerate(events, 1)),
    )
    return [state_of(session, item) for item in AGENDA]


def settled(prompt: str, how: str) -> tuple[str, Mapping[str, object]]:
    return "settled", {"reading": "walk", "prompt": prompt, "how": how}


def test_a_prompt_is_now_then_done_deferred_or_skipped() -> None:
    asked = ("took_up", {**LOCK, "prompt": "a"})
    assert states()[2] == "to come"
    assert states(asked)[1:4] == ["now", "now", "to come"]
    assert states(asked, ("took_up", LOCK))[1:4] == ["now", "done", "to come"]
    assert states(asked, settled("a", "deferred"), settled("b", "skipped"))[2:4] == [
        "deferred",
        "skipped",
    ]


def test_a_section_and_a_topic_are_done_once_the_session_left_them() -> None:
    talk = ("took_up", {"reading": "", "topic": "Money"})
    assert states(("took_up", LOCK), talk)[1::3] == ["done", "now"]
    assert states(talk, ("took_up", LOCK))[1::3] == ["now", "done"]
    assert states(("took_up", LOCK), ("closed", {}))[1::3] == ["done", "to come"]


def test_an_old_question_is_done_when_it_is_answered_and_else_stays_open() -> None:
    taken = ("took_up", {**LOCK, "question": "e/ana#2"})
    assert states(taken)[0] == "now"
    assert states(taken, ("took_up", LOCK))[0] == "deferred"
    assert states(taken, ("answered", {"text": "Ben.", "of": "e/ana#2"}))[0] == "done"
