"""What sessions tell together: questions answered across them, turns, and what was not reached."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.errors import UsageError
from studygroup.core.meeting.history import (
    across,
    key_in,
    missed,
    overdue,
    question_called,
    speaking,
    still_open,
)
from studygroup.core.meeting.journal import Event
from studygroup.core.meeting.replay import replay
from studygroup.core.meeting.session import Entry, Session, Spot

START = datetime(2026, 11, 1, 19, tzinfo=UTC)
Told = tuple[str, Mapping[str, object]]


def held(
    session: str, *told: Told, day: int = 0, agenda: Sequence[Mapping[str, object]] = ()
) -> Session:
    """A session of one event a minute; the event after its opening has number 2."""
    opened: Told = ("opened", {"title": session, "readings": ["walk"], "agenda": list(agenda)})
    events = [
        Event(n, START + timedelta(days=day, minutes=n), name, fields, "ana")
        for n, (name, fields) in enumerate((opened, *told), 1)
    ]
    return replay(session, events)


def carried(key: str = "one/ana#2", title: str = "Who pays?") -> Mapping[str, object]:
    origin = key.partition("/")[0]
    return {"kind": "question", "title": title, "carried_from": origin, "of": key}


ASKED: Told = ("asked", {"by": "ben", "text": "Who pays?"})
ANSWERED: Told = ("answered", {"by": "cleo", "text": "All do.", "of": "one/ana#2"})


def open_in(sessions: Sequence[Session]) -> list[list[str]]:
    return [[q.text for q in s.open_questions] for s in sessions]


def test_an_answer_closes_its_question_in_every_session_that_has_it() -> None:
    first = held("one", ASKED)
    second = held("two", day=7, agenda=[carried()])
    third = held("three", ANSWERED, day=14, agenda=[carried()])
    assert open_in(across([first, second])) == [["Who pays?"], ["Who pays?"]]
    together = across([third, first, second])
    assert open_in(together) == [[], [], []]
    for session in together:
        (answered,) = session.answered
        assert (answered.session, answered.answer.by, answered.answer.text) == (
            "three",
            "cleo",
            "All do.",
        )
        assert (answered.question.text, answered.question.by) == ("Who pays?", "ben")


def test_a_session_gone_on_with_answers_its_own_question_in_later_ones_too() -> None:
    own: Told = ("answered", {"text": "All do.", "of": "ana#2"})
    assert open_in(across([held("one", ASKED, own), held("two", agenda=[carried()])])) == [[], []]


def test_a_struck_answer_leaves_the_question_open_and_the_first_standing_one_counts() -> None:
    struck = held("two", ANSWERED, ("struck", {"of": "ana#2"}), day=7, agenda=[carried()])
    assert open_in(across([held("one", ASKED), struck])) == [["Who pays?"], ["Who pays?"]]
    late = held("three", ANSWERED, day=14)
    early = held("four", ("answered", {"text": "Nobody.", "of": "one/ana#2"}), day=9)
    first, *_ = across([held("one", ASKED), struck, late, early])
    assert [a.session for a in first.answered] == ["four"]


def test_a_carried_question_has_its_last_words_and_is_gone_once_struck() -> None:
    later = held("two", agenda=[carried()])
    amended = ("amended", {"of": "ana#2", "as": "asked", "by": "ben", "text": "Who has paid?"})
    assert open_in(across([held("one", ASKED, amended), later])) == [["Who has paid?"]] * 2
    assert open_in(across([held("one", ASKED, ("struck", {"of": "ana#2"})), later])) == [[], []]
    made_decision = ("amended", {"of": "ana#2", "as": "decided", "text": "Ben pays."})
    assert open_in(across([held("one", ASKED, made_decision), later])) == [[], []]


def test_a_carried_question_outlives_the_session_that_asked_it() -> None:
    assert open_in(across([held("two", agenda=[carried()])])) == [["Who pays?"]]
    emptied = held("one", ("said", {"text": "The line with the question was damaged."}))
    assert open_in(across([held("two", agenda=[carried("one/ana#9")]), emptied]))[0] == [
        "Who pays?"
    ]


@given(st.permutations(range(4)))
def test_the_order_in_which_sessions_are_read_does_not_matter(order: list[int]) -> None:
    sessions = [
        held("one", ASKED, ("asked", {"text": "Why?"})),
        held("two", day=7, agenda=[carried(), carried("one/ana#3", "Why?")]),
        held("three", ANSWERED, day=14, agenda=[carried()]),
        held("four", ("asked", {"text": "When?"}), day=21),
    ]
    shuffled = across([sessions[n] for n in order])
    assert {s.id: s for s in shuffled} == {s.id: s for s in across(sessions)}
    assert [(s.id, q.text) for s, q in still_open(shuffled)] == [("one", "Why?"), ("four", "When?")]


def test_an_open_question_is_called_by_words_of_it_or_by_its_key() -> None:
    sessions = across(
        [held("one", ASKED, ("asked", {"text": "Who knows?"})), held("two", agenda=[carried()])]
    )
    assert question_called(sessions, "two", "PAYS") == "one/ana#2"
    assert question_called(sessions, "one", "pays") == "ana#2"
    assert question_called(sessions, "one", "one/ana#3") == "ana#3"
    with pytest.raises(UsageError, match="several open questions have “who”"):
        question_called(sessions, "two", "who")
    with pytest.raises(UsageError, match="no open question has “where”"):
        question_called(sessions, "two", "where")
    assert [key_in("two", s, q) for s, q in still_open(sessions)] == ["one/ana#2", "one/ana#3"]


def said(by: str, text: str = "So.") -> Told:
    return ("said", {"by": by, "text": text} if by else {"text": text})


def test_a_turn_lasts_until_another_speaks_or_is_given_the_floor() -> None:
    session = held(
        "one",
        said("ben"),
        said("ben"),
        said("ana"),
        said("ben"),
        ("floor", {"action": "join", "reader": "cleo"}),
        ("floor", {"action": "next"}),
        said("cleo"),
        said("ana", "in between"),
        said("cleo"),
    )
    told = [(who.reader, who.turns, who.seconds) for who in speaking(session)]
    assert told == [("ana", 2, 120.0), ("ben", 2, 240.0), ("cleo", 2, 120.0)]


def test_who_was_there_and_said_nothing_is_shown_and_struck_words_are_no_turn() -> None:
    session = held("one", ("joined", {"reader": "Zoe"}), said("ben"), ("struck", {"of": "ana#3"}))
    assert [(who.reader, who.turns) for who in speaking(session)] == [("ben", 0), ("Zoe", 0)]


def test_time_runs_on_for_whoever_speaks() -> None:
    session = held("one", said("ben"), said("ana"))
    later = START + timedelta(minutes=3, seconds=90)
    assert {who.reader: who.seconds for who in speaking(session, later)} == {"ana": 90, "ben": 60}


def test_what_was_missed_is_told_by_place_with_its_prompts_counted() -> None:
    def prompt(name: str, section: str) -> Mapping[str, object]:
        return {"kind": "prompt", "title": name, "reading": "walk", "section": section} | {
            "prompt": name
        }

    def section(name: str) -> Mapping[str, object]:
        return {"kind": "section", "title": name, "reading": "walk", "section": name}

    agenda = [section("a"), prompt("why", "a"), prompt("who", "a"), prompt("how", "a")]
    agenda += [section("b"), prompt("when", "b"), prompt("where", "b")]
    session = held(
        "one",
        ("took_up", {"reading": "walk", "section": "a", "prompt": "why"}),
        ("settled", {"reading": "walk", "prompt": "who", "how": "deferred"}),
        ("topic", {"text": "Money"}),
        agenda=agenda,
    )
    assert [(m.item.title, m.prompts, m.deferred) for m in missed(session)] == [
        ("who", 0, True),
        ("how", 0, False),
        ("b", 2, False),
        ("Money", 0, False),
    ]


@pytest.mark.parametrize(
    ("due_on", "late"),
    [("2026-11-22", True), ("2026-11-23", False), ("", False), ("some day", False)],
)
def test_an_action_is_overdue_the_day_after(due_on: str, late: bool) -> None:
    action = Entry("ana", 2, START, "action", "water them", spot=Spot(), due_on=due_on)
    assert overdue(action, date(2026, 11, 23)) is late
