"""The clock in a write-up: in which order a session talked about things, and when."""

from datetime import timedelta, timezone

from studygroup.core.meeting.journal import Event
from studygroup.core.meeting.replay import replay
from studygroup.export.blocks import merge
from studygroup.export.markdown import generated
from studygroup.export.write_up import write_up
from tests.export.meetings import ASK, AT_BRIDGE, AT_LOCK, START, STUDY, WALK, text


def test_the_clock_tells_in_which_order_things_were_talked_about() -> None:
    written = text(
        ("took_up", AT_BRIDGE),
        ("said", {"text": "Two towns."}),
        ("took_up", {"reading": "", "topic": "Money"}),
        ("said", {"text": "Too little."}),
        ("took_up", {**AT_LOCK, "prompt": "house"}),
        ("said", {"text": "Nobody's."}),
        ("took_up", AT_BRIDGE),
        ("said", {"text": "Again."}),
        ("closed", {}),
    )
    visits = ("19:04\u00a0§2 The Bridge", "19:06\u00a0topic “Money”", "19:08\u00a0§1 The Lock")
    assert f"**In order:** {' · '.join(visits)} · 19:10\u00a0§2 The Bridge\n" in written
    assert "## 2 The Bridge\n\n19:04–19:06 and 19:10–19:12 · 4 min\n" in written
    assert f"**Asked: {ASK}** 19:08\n" in written
    headings = ["## 1 The Lock", "## 2 The Bridge", "## Money"]
    assert sorted(headings, key=written.index) == headings


def test_a_topic_stands_behind_the_section_that_it_came_up_in() -> None:
    money = {"reading": "", "topic": "Money"}
    told = (
        ("took_up", AT_LOCK),
        ("said", {"text": "a"}),
        ("took_up", money),
        ("said", {"text": "b"}),
        ("took_up", AT_BRIDGE),
        ("said", {"text": "c"}),
        ("took_up", money),
        ("said", {"text": "d"}),
    )
    written = text(*told)
    assert "## Money\n\n*Topic* · 19:06–19:08" in written
    headings = ["## 1 The Lock", "## Money", "## 2 The Bridge"]
    assert sorted(headings, key=written.index) == headings


def test_places_that_were_only_passed_are_not_in_the_order() -> None:
    passed = [
        Event(1, START, "opened", {"readings": [WALK.slug]}, "ana"),
        Event(2, START + timedelta(seconds=5), "took_up", AT_LOCK, "ana"),
        Event(3, START + timedelta(minutes=9), "took_up", {"reading": "", "topic": "M"}, "ana"),
        Event(4, START + timedelta(minutes=9, seconds=3), "took_up", AT_BRIDGE, "ana"),
        Event(5, START + timedelta(minutes=12), "said", {"text": "a"}, "ana"),
    ]
    written = merge("", generated(write_up(replay("s", passed), STUDY))).text
    assert "**In order:** 19:00\u00a0§1 The Lock · 19:09\u00a0§2 The Bridge\n" in written


def test_within_a_section_things_stand_in_the_order_in_which_they_were_said() -> None:
    house = ("took_up", {**AT_LOCK, "prompt": "house"})
    told = (
        house,
        ("took_up", AT_LOCK),
        ("said", {"text": "before"}),
        house,
        ("said", {"text": "to it"}),
        ("took_up", AT_LOCK),
        ("said", {"text": "behind it"}),
    )
    asked = f"- before\n\n**Asked: {ASK}** 19:07\n\n- to it\n\n"
    assert f"{asked}**Afterwards** 19:10\n\n- behind it\n" in text(*told)


def test_of_many_visits_to_a_place_the_first_are_told_and_the_others_counted() -> None:
    there_and_back = [("took_up", AT_LOCK), ("took_up", AT_BRIDGE)] * 15
    written = text(*there_and_back, ("said", {"text": "a", **AT_LOCK}))
    times = "19:04–19:05, 19:06–19:07, 19:08–19:09 and 12 more times · 15 min"
    assert f"## 1 The Lock\n\n{times}\n" in written
    assert "**In order:** 19:04\u00a0§1 The Lock · 19:05\u00a0§2 The Bridge\n" in written


def test_times_are_those_of_the_place_where_the_session_was_opened() -> None:
    elsewhere = (START + timedelta(minutes=5)).astimezone(timezone(timedelta(hours=5)))
    events = [
        Event(1, START, "opened", {"readings": [WALK.slug]}, "ana"),
        Event(1, elsewhere, "took_up", {**AT_LOCK, "prompt": "house"}, "ben"),
        Event(2, START + timedelta(days=2), "took_up", AT_BRIDGE, "ana"),
        Event(3, START + timedelta(days=2), "said", {"text": "a"}, "ana"),
    ]
    written = merge("", generated(write_up(replay("s", events), STUDY))).text
    assert f"**Asked: {ASK}** 19:05\n" in written
    assert "## 2 The Bridge\n\nWednesday, 25 November, 19:00" in written
