"""Answering open questions in the app, of this session and of earlier ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.session import Session
from studygroup.tui.screens.picker import Picker
from studygroup.tui.screens.reading import ReadingScreen
from tests.tui.driving import OpenApp, settle, shown

WIDE, SMALL = (140, 40), (80, 24)


def held(root: Path, *lines: str, close: bool = True) -> str:
    """Hold a session in which lines are recorded, and return its id."""
    with open_workspace(root).sessions.start(["walk"], attendance=["ana", "ben"]) as recording:
        for line in lines:
            recording.record(line)
        if close:
            recording.close()
        return recording.id


def told(root: Path, session: str) -> Session:
    return open_workspace(root).sessions.find(session)


async def go_on(pilot: Pilot[None], leave_line: bool = True) -> ReadingScreen:
    """Go on with the only session that is open; unless told, with the focus in the text."""
    screen = await settle(pilot)
    await pilot.press("colon")
    await settle(pilot)
    if leave_line:
        await pilot.press("escape")
    return screen


def line(pilot: Pilot[None]) -> Input:
    return pilot.app.screen_stack[0].query_one("#recorder-line", Input)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_question_of_an_earlier_session_is_chosen_answered_and_closed_in_both(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    first = held(root, "? who sold it", "ben: ? who lives there")
    second = held(root, "? what is a lock", close=False)
    async with open_app().run_test(size=size) as pilot:
        await go_on(pilot)
        await pilot.press("=")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Picker)
        offered = shown(pilot)
        assert offered.index("what is a lock") < offered.index("who lives there")
        await pilot.press(*"lives", "enter")
        await settle(pilot)
        assert "answers “who lives there”" in shown(pilot)
        await pilot.press(*"the keeper", "enter")
        await settle(pilot)
        assert "the keeper (to “who lives there”)" in shown(pilot)
    assert [q.text for q in told(root, first).open_questions] == ["who sold it"]
    assert [a.session for a in told(root, first).answered] == [second]
    assert [q.text for q in told(root, second).open_questions] == ["who sold it", "what is a lock"]
    with open_workspace(root).sessions.start(["walk"]) as third:
        carried = {i.title for i in third.session.agenda if i.kind == "question"}
    assert carried == {"who sold it", "what is a lock"}


async def test_a_question_on_another_reading_can_be_answered_though_it_is_not_on_the_agenda(
    open_app: OpenApp, root: Path
) -> None:
    first = held(root, "? who sold it")
    with open_workspace(root).sessions.start(["notices"]) as second:
        assert second.session.open_questions == ()
    async with open_app().run_test(size=WIDE) as pilot:
        await go_on(pilot)
        await pilot.press("=", *"the town", "enter")
        await settle(pilot)
    (answered,) = told(root, first).answered
    assert (answered.session, answered.answer.text) == (second.id, "the town")


async def test_tab_in_an_answer_goes_from_one_open_question_to_the_next(
    open_app: OpenApp, root: Path
) -> None:
    session = held(root, "? one", "? two", "? three", close=False)
    async with open_app().run_test(size=WIDE) as pilot:
        await go_on(pilot, leave_line=False)
        await pilot.press("=")
        await settle(pilot)
        assert "Tab: another of 3 open questions · answers “three”" in shown(pilot)
        seen = []
        for _ in range(3):
            await pilot.press("tab")
            await settle(pilot)
            seen.append(
                next(q for q in ("one", "two", "three") if f"answers “{q}”" in shown(pilot))
            )
        assert seen == ["one", "two", "three"]
        await pilot.press("tab", *" because", "enter")
        await settle(pilot)
        await pilot.press(*"= so", "enter")
        await settle(pilot)
    answers = {a.question.text: a.answer.text for a in told(root, session).answered}
    assert answers == {"one": "because", "three": "so"}


async def test_an_answer_that_is_given_up_leaves_the_choice_behind(
    open_app: OpenApp, root: Path
) -> None:
    session = held(root, "? one", "? two", close=False)
    async with open_app().run_test(size=WIDE) as pilot:
        await go_on(pilot, leave_line=False)
        await pilot.press("=", "tab", "backspace")
        await settle(pilot)
        assert "answers" not in shown(pilot)
        await pilot.press(*"= yes", "enter")
        await settle(pilot)
    assert [q.text for q in told(root, session).open_questions] == ["one"]


async def test_what_stands_in_the_line_becomes_the_answer(open_app: OpenApp, root: Path) -> None:
    session = held(root, "? one", close=False)
    async with open_app().run_test(size=WIDE) as pilot:
        await go_on(pilot, leave_line=False)
        await pilot.press(*"ben: nobody", "escape", "=")
        await settle(pilot)
        assert line(pilot).value == "ben: = nobody"
        await pilot.press("enter")
        await settle(pilot)
    (answered,) = told(root, session).answered
    assert (answered.answer.by, answered.answer.text) == ("ben", "nobody")


async def test_without_an_open_question_or_a_session_a_sentence_says_so(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("=")
        await settle(pilot)
        assert "No session is running here" in shown(pilot)
    held(root, close=False)
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await go_on(pilot)
        await pilot.press("=")
        await settle(pilot)
        assert "No question is open." in shown(pilot)
        await pilot.press("j")
        assert line(pilot).value == ""
