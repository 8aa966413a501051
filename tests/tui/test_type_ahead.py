"""What is typed behind a key that leads to a line goes into the line, however fast it comes."""

from __future__ import annotations

from pathlib import Path
from threading import Event as Signal

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.recording import Recording
from studygroup.core.meeting.sessions import Sessions
from studygroup.core.study import Study
from studygroup.core.workspace import Workspace
from tests.tui.driving import OpenApp, settle, shown

SIZE = (100, 30)


def burst(pilot: Pilot[None], text: str) -> None:
    """Send characters as a terminal does that hands them over in one packet."""
    names = {"\n": "enter", ":": "colon", "/": "slash", " ": "space", "\b": "backspace"}
    for character in text:
        printed = character if character.isprintable() else None
        pilot.app.post_message(events.Key(names.get(character, character), printed))


def recorder_line(pilot: Pilot[None]) -> Input:
    return pilot.app.screen_stack[0].query_one("#recorder-line", Input)


async def test_all_that_is_typed_behind_a_colon_goes_into_the_recorder_line(
    open_app: OpenApp, root: Path
) -> None:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        recording.record("ana: stays")
    async with open_app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        burst(pilot, ":")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        burst(pilot, ":unity of sects")
        await settle(pilot)
        assert recorder_line(pilot).value == "unity of sects"
        assert pilot.app.screen is pilot.app.screen_stack[0]
    assert [e.struck for e in open_workspace(root).sessions.all()[0].entries] == [False]


async def test_what_is_typed_while_the_session_still_opens_goes_into_the_recorder_line(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        recording.pause()
    gate, real = Signal(), Sessions.resume

    def slow(self: Sessions, wanted: str, recorder: str = "") -> Recording:
        gate.wait(60)
        return real(self, wanted, recorder)

    monkeypatch.setattr(Sessions, "resume", slow)
    async with open_app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        burst(pilot, ":quite a few ")
        await pilot.pause()
        burst(pilot, "words")
        await pilot.pause()
        gate.set()
        await settle(pilot)
        assert recorder_line(pilot).value == "quite a few words"


async def test_what_is_typed_for_a_session_that_is_refused_runs_as_no_command(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.files.journal_folder._PATIENCE", 0.2)
    with open_workspace(root).sessions.start(["walk"]):
        async with open_app().run_test(size=SIZE, notifications=True) as pilot:
            screen = await settle(pilot)
            burst(pilot, ":]q")
            await settle(pilot)
            assert "already recording" in " ".join(shown(pilot).split())
            assert screen.section is not None
            assert screen.section.id == "1-the-lock"
            assert pilot.app.is_running


async def test_a_colon_without_a_session_leads_to_the_start_and_the_rest_is_no_answer_to_it(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        burst(pilot, ":quit")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 2
        await pilot.press("escape", "]")
        screen = await settle(pilot)
        assert screen.section is not None
        assert screen.section.id == "2-the-bridge"
    assert open_workspace(root).sessions.all() == ()


@pytest.mark.parametrize("key", ["/", "g"])
async def test_all_that_is_typed_behind_a_key_that_asks_goes_into_its_line(
    open_app: OpenApp, key: str
) -> None:
    async with open_app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        burst(pilot, f"{key}bridge quays")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "bridge quays"


async def test_a_search_can_be_typed_while_the_study_is_read_and_is_answered_then(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = Signal(), Workspace.load

    def slow(self: Workspace) -> Study:
        gate.wait(10)
        return real(self)

    monkeypatch.setattr(Workspace, "load", slow)
    async with open_app().run_test(size=SIZE) as pilot:
        await pilot.pause()
        burst(pilot, "/empty")
        await pilot.pause()
        burst(pilot, " spring")
        for _ in range(3):
            await pilot.pause()
        assert pilot.app.screen.query_one(Input).value == "empty spring"
        burst(pilot, "\n")
        await pilot.pause()
        gate.set()
        screen = await settle(pilot)
        while pilot.app.screen is not screen:  # the hit is opened
            await pilot.pause(0.05)
        assert screen.section is not None
        assert screen.section.id == "1-the-lock"
        assert screen.ways.visiting


async def test_all_that_is_typed_behind_a_goes_into_the_note(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        burst(pilot, "aqui ]a :")
        await settle(pilot)
        assert pilot.app.screen.query_one(TextArea).text == "qui ]a :"


async def test_what_is_rubbed_out_is_rubbed_out_before_what_is_typed_behind_it(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        burst(pilot, "brigde\b\b\bdge")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "bridge"
        await pilot.press("escape", "a")
        burst(pilot, "brigde\b\b\bdge")
        await settle(pilot)
        assert pilot.app.screen.query_one(TextArea).text == "bridge"
