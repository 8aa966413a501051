"""A session on the screen: started, recorded in, left, gone on with; and nothing typed is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event as Signal

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from studygroup.bootstrap import open_workspace
from studygroup.core.errors import StudyError
from studygroup.core.meeting.recording import Recording
from studygroup.core.meeting.session import Session, Spot
from studygroup.core.meeting.sessions import Sessions
from studygroup.files.journal_file import JournalFile
from studygroup.tui.app import StudygroupApp
from studygroup.tui.screens.reading import ReadingScreen
from tests.tui.driving import HOSTILE, OpenApp, settle, shown

WIDE, SMALL = (140, 40), (80, 24)


async def start(pilot: Pilot[None]) -> ReadingScreen:
    """Start a session from the app, as offered, with the agenda as proposed."""
    screen = await settle(pilot)
    await pilot.press("S")
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)
    return screen


async def enter(pilot: Pilot[None], *lines: str) -> None:
    """Type lines into the recorder line, Enter after each, without waiting for the disk."""
    line = pilot.app.screen.query_one("#recorder-line", Input)
    line.focus()
    for text in lines:
        line.insert_text_at_cursor(text)
        await pilot.press("enter")


def on_disk(root: Path) -> Session:
    (session,) = open_workspace(root).sessions.all()
    return session


def texts(root: Path) -> list[str]:
    return [e.text for e in on_disk(root).entries]


def line(pilot: Pilot[None]) -> Input:
    return pilot.app.screen_stack[0].query_one("#recorder-line", Input)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_session_starts_from_the_app_and_what_is_typed_is_on_disk(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        await start(pilot)
        assert "● 00:00 of 90 · §1 The Lock," in shown(pilot)
        await pilot.press(*"ana: so", "enter")
        await enter(pilot, "! we go on", "> nobody has asked why")
        await settle(pilot)
        assert [(e.kind, e.by, e.text) for e in on_disk(root).entries] == [
            ("remark", "ana", "so"),
            ("decision", "", "we go on"),
            ("quotation", "ana", "nobody has asked why"),
        ]
        screen = shown(pilot)
        assert "ana: > nobody has asked why = A Walk by the Canal, §1 The Lock ¶1" in screen
        assert line(pilot).has_focus
        assert line(pilot).value == ""


async def test_keys_that_come_in_one_burst_are_taken_in_the_order_typed(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        for text in ("an\tfirst\r", "seg\bcond\r"):
            for character in text:
                key = {"\t": "tab", "\r": "enter", "\b": "backspace"}.get(character, character)
                printed = character if character.isprintable() else None
                pilot.app.post_message(events.Key(key, printed))
        await settle(pilot)
        assert [(e.by, e.text) for e in on_disk(root).entries] == [
            ("ana", "first"),
            ("ana", "second"),
        ]
        assert line(pilot).value == ""


async def test_lines_typed_while_the_disk_is_slow_are_all_recorded_in_order(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = Signal(), JournalFile.append

    def slow(self: JournalFile, at: datetime, name: object, fields: object) -> object:
        gate.wait(60)
        return real(self, at, name, fields)  # type: ignore[arg-type]

    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        monkeypatch.setattr(JournalFile, "append", slow)
        await enter(pilot, *(f"line {n}" for n in range(8)))
        assert line(pilot).value == ""
        gate.set()
        await settle(pilot)
    assert texts(root) == [f"line {n}" for n in range(8)]


async def test_a_line_that_was_not_entered_is_there_again_after_the_program_died(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.tui.dictation.KEPT_AFTER", 0.01)
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await start(pilot)
        await pilot.press(*"half a li")
        await pilot.pause(0.1)
        await settle(pilot)
        # As if killed: nothing is kept at the end that was not kept before.
        monkeypatch.setattr(screen.desk, "leave", lambda: None)
        assert screen.desk.session is not None
        session = screen.desk.session.id
    assert open_workspace(root).state.line(session, "ana").endswith("half a li")


async def test_a_line_that_was_not_entered_is_offered_at_the_next_start_and_only_until_entered(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        await pilot.press(*"half a li")
        await settle(pilot)
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert line(pilot).value == "half a li"
        await pilot.press("n", "e", "enter")
        await settle(pilot)
    assert texts(root) == ["half a line"]
    assert open_workspace(root).state.line(on_disk(root).id, "ana") == ""


async def test_lines_that_still_wait_when_the_app_is_left_are_written(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = Signal(), JournalFile.append

    def slow(self: JournalFile, at: datetime, name: object, fields: object) -> object:
        gate.wait(60)
        return real(self, at, name, fields)  # type: ignore[arg-type]

    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        monkeypatch.setattr(JournalFile, "append", slow)
        await enter(pilot, "one", "two", "three")
        gate.set()
        pilot.app.exit()
    assert texts(root) == ["one", "two", "three"]


async def test_a_line_entered_while_something_else_is_written_is_not_lost_when_the_app_is_left(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = Signal(), JournalFile.append

    def slow(self: JournalFile, at: datetime, name: object, fields: object) -> object:
        gate.wait(60)
        return real(self, at, name, fields)  # type: ignore[arg-type]

    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        await pilot.press("escape")
        monkeypatch.setattr(JournalFile, "append", slow)
        await pilot.press("P")
        await enter(pilot, "one", "two")
        pilot.app.exit()
        gate.set()
    assert texts(root) == ["one", "two"]


async def test_asking_twice_for_a_session_that_opens_slowly_opens_it_once_and_lets_go_of_it(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        session = recording.id
    gate, real = Signal(), Sessions.resume

    def slow(self: Sessions, wanted: str, recorder: str = "") -> Recording:
        found = real(self, wanted, recorder)
        gate.wait(60)
        return found

    monkeypatch.setattr(Sessions, "resume", slow)
    monkeypatch.setattr("studygroup.files.journal_folder._PATIENCE", 0.0)
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        screen = await settle(pilot)
        for _ in range(3):
            await pilot.press("colon")
            await pilot.pause(0.05)
        gate.set()
        await settle(pilot)
        assert screen.desk.session is not None
        assert "already recording" not in shown(pilot)
        screen.desk.leave()
        with open_workspace(root).sessions.record(session):
            pass


async def test_lines_that_could_not_be_written_at_all_are_there_at_the_next_start(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Signal()

    def full(handle: int, data: bytes) -> int:
        gate.wait(60)
        raise OSError(28, "No space left on device")

    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        real = os.write
        monkeypatch.setattr("studygroup.files.journal_file.os.write", full)
        await enter(pilot, "one", "two")
        await pilot.press(*"three")
        gate.set()
        await settle(pilot)
    monkeypatch.setattr("studygroup.files.journal_file.os.write", real)
    assert texts(root) == []
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert texts(root) == ["one", "two", "three"]


async def test_a_strangers_words_come_with_a_notice_and_a_mark_alone_stays_in_the_line(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        await enter(pilot, "cleo: hello")
        await settle(pilot)
        assert "+cleo" in shown(pilot)
        await enter(pilot, "!")
        await settle(pilot)
        assert "write the words" in shown(pilot)
        assert line(pilot).value == "!"
    assert texts(root) == ["cleo: hello"]


async def test_lines_after_one_that_failed_wait_for_it_and_keep_their_order(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Signal()

    def full(handle: int, data: bytes) -> int:
        gate.wait(60)
        raise OSError(28, "No space left on device")

    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        with monkeypatch.context() as broken:
            broken.setattr("studygroup.files.journal_file.os.write", full)
            await enter(pilot, "one", "two")
            line(pilot).insert_text_at_cursor("three")
            gate.set()
            await settle(pilot)
        assert texts(root) == []
        await pilot.press("enter")
        await settle(pilot)
    assert texts(root) == ["one", "two", "three"]


async def test_the_next_prompt_and_the_next_section_are_taken_up(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await start(pilot)
        await pilot.press("escape", "p")
        await settle(pilot)
        assert on_disk(root).spot == Spot("walk", "1-the-lock", "lock-why")
        assert "▸ Why does nobody ask?" in shown(pilot)
        await pilot.press("]")
        await settle(pilot)
        assert on_disk(root).spot == Spot("walk", "2-the-bridge")
        await pilot.press("p")
        await settle(pilot)
        assert on_disk(root).spot.section == "2-the-bridge"
        assert screen.section is not None
        assert screen.section.id == "2-the-bridge"


async def test_a_prompt_that_is_dropped_is_neither_asked_nor_carried_over(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await start(pilot)
        await pilot.press("escape", "p", "D")
        await settle(pilot)
        assert "it is not carried over" in shown(pilot)
    session = on_disk(root)
    assert session.settled == {("walk", "lock-why"): "skipped"}
    assert "lock-why" not in [item.spot.prompt for item in session.unreached()]


async def test_looking_something_up_elsewhere_does_not_move_the_session(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await start(pilot)
        screen.open("notices", "rules")
        await pilot.press("escape", "]")
        await settle(pilot)
        assert on_disk(root).spot == Spot("walk", "1-the-lock")
        await pilot.press("t")
        await settle(pilot)
        assert on_disk(root).spot == Spot("notices", "wide-words")


async def test_going_on_to_the_next_section_leaves_a_topic(open_app: OpenApp, root: Path) -> None:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        recording.take_up(Spot(topic="Money"))
    async with open_app("walk", "1-the-lock").run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        await pilot.press("escape", "]")
        await settle(pilot)
        assert on_disk(root).spot == Spot("walk", "2-the-bridge")


async def test_u_strikes_the_last_entry_and_up_amends_it(open_app: OpenApp, root: Path) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        await enter(pilot, "ana: furst", "ana: second")
        await settle(pilot)
        await pilot.press("escape", "u")
        await settle(pilot)
        assert [(e.text, e.struck) for e in on_disk(root).entries] == [
            ("furst", False),
            ("second", True),
        ]
        assert "second (struck)" in shown(pilot)
        await pilot.press("colon", "up")
        assert line(pilot).value == "ana: furst"
        await pilot.press("escape")
        assert line(pilot).value == ""
        await pilot.press("up", "end", *[*["backspace"] * 5], *"first", "enter")
        await settle(pilot)
    first = on_disk(root).entries[0]
    assert (first.text, first.amended is not None, len(on_disk(root).entries)) == ("first", True, 2)


async def test_leaving_and_coming_back_goes_on_where_it_stopped(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        await pilot.press("escape", "]")
        await settle(pilot)
        await enter(pilot, "ana: so far")
        await settle(pilot)
        await pilot.press("escape", "q")
    assert on_disk(root).paused
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert screen.section is not None
        assert screen.section.id == "2-the-bridge"
        assert "ana: so far" in shown(pilot)
        assert line(pilot).has_focus
        await enter(pilot, "and on")
        await settle(pilot)
    assert texts(root) == ["so far", "and on"]


KILLED = """
import os, signal, sys
from pathlib import Path
from studygroup.bootstrap import open_workspace
recording = open_workspace(Path(sys.argv[1])).sessions.start(["walk"])
recording.record("ana: before the kill")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def killed(root: Path) -> None:
    """A session whose recorder was killed after one entry."""
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", KILLED, str(root)], env=env, check=False)


async def test_a_session_whose_recorder_was_killed_is_gone_on_with(
    open_app: OpenApp, root: Path, killed: None
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        await enter(pilot, "after it")
        await settle(pilot)
    assert [(e.by, e.text) for e in on_disk(root).entries] == [
        ("ana", "before the kill"),
        ("ana", "after it"),
    ]


@pytest.fixture
def elsewhere(root: Path) -> Iterator[None]:
    """The same reader records a session in another window."""
    with open_workspace(root).sessions.start(["walk"]):
        yield


async def test_the_same_reader_twice_is_refused_with_a_sentence(
    open_app: OpenApp, elsewhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.files.journal_folder._PATIENCE", 0.0)
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert "already recording" in shown(pilot)
        assert screen.desk.session is None


async def test_what_another_recorder_writes_is_shown(open_app: OpenApp, root: Path) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await start(pilot)
        session = on_disk(root).id
        with open_workspace(root).sessions.record(session, "ben") as other:
            other.record("chi said this, recorded by ben")
        screen.desk.tick()
        await settle(pilot)
        assert "chi said this, recorded by ben" in shown(pilot)


async def test_a_failure_of_every_second_is_said_once(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: Recording) -> Session:
        raise StudyError("the journals cannot be read")

    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        screen = await start(pilot)
        with monkeypatch.context() as broken:
            broken.setattr(Recording, "refresh", gone)
            for _ in range(3):
                screen.desk.tick()
                await settle(pilot)
            assert shown(pilot).count("The journals cannot be read") == 1
        screen.app.clear_notifications()
        screen.desk.tick()
        await settle(pilot)
        monkeypatch.setattr(Recording, "refresh", gone)
        screen.desk.tick()
        await settle(pilot)
        assert shown(pilot).count("The journals cannot be read") == 1


async def test_closing_carries_questions_over_and_writing_up_says_where(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        await enter(pilot, "? who pays")
        await settle(pilot)
        await pilot.press("escape", "S", *"write", "enter")
        await settle(pilot)
        assert (root / "sessions" / on_disk(root).id / "write-up.md").exists()
        await pilot.press("S", *"close the", "enter")
        screen = await settle(pilot)
        assert on_disk(root).closed is not None
        assert screen.desk.session is None
        assert not screen.has_class("in-session")


async def test_names_are_completed_and_several_pasted_lines_become_one(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        await pilot.press(*"an", "tab")
        assert line(pilot).value == "ana: "
        from textual.events import Paste

        line(pilot).post_message(Paste("two\nlines\tand more"))
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
    assert texts(root) == ["two lines and more"]


async def test_the_key_that_opens_the_line_is_no_part_of_what_is_said(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        await pilot.press("colon", *"so: it is", "enter")
        await settle(pilot)
    assert texts(root) == ["so: it is"]


async def test_a_quotation_is_located_while_it_is_typed(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        line(pilot).insert_text_at_cursor("> nobody has asked why")
        await settle(pilot)
        assert "= exact: A Walk by the Canal, §1 The Lock ¶1" in shown(pilot)
        line(pilot).insert_text_at_cursor(" the moon is made of green cheese")
        await settle(pilot)
        assert "✗ not found in the readings" in shown(pilot)
        line(pilot).value = ""
        await settle(pilot)
        assert "not found" not in shown(pilot)
        line(pilot).value = "> the moon is made of green cheese"
        await settle(pilot)
        line(pilot).value = "> the"
        await settle(pilot)
        assert "not found" not in shown(pilot)


@pytest.mark.parametrize("size", [WIDE, SMALL, (60, 20), (20, 5), (1, 1)])
async def test_no_size_and_no_text_breaks_a_session(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        await start(pilot)
        await enter(
            pilot, HOSTILE, "漢字" * 40, "* ana by friday: x", "# t", "next", "+ben", "= no"
        )
        await settle(pilot)
        await pilot.press("escape", "p", "x", "p", "d", "u", "P", "P", "]", "t")
        await settle(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
    assert texts(root)[:2] == [HOSTILE, "漢字" * 40]


async def test_commands_of_a_session_say_so_when_there_is_none(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press(*"pxdDutP")
        await settle(pilot)
        assert shown(pilot).lower().count("no session is running here") == 7


async def test_the_app_opens_on_a_session_named_to_it(root: Path) -> None:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        session = recording.id
    app = StudygroupApp(open_workspace(root), session=session)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert screen.desk.session is not None
        assert screen.desk.session.id == session
