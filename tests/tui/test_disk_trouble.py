"""What is entered while the disk is full, slow or broken: visible, in order, and nothing glued."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event as Signal

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from studygroup.bootstrap import open_workspace
from studygroup.core.errors import CannotWrite
from studygroup.core.meeting.session import Session
from studygroup.tui.screens.reading import ReadingScreen
from tests.tui.driving import OpenApp, settle, shown

SIZES = [(140, 40), (80, 24), (60, 14)]
WIDE = (140, 40)


class Disk:
    """A disk whose journals can be full, broken while syncing, or slow (until `gate` is set)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = self.broken = False
        self.gate = Signal()
        self.gate.set()
        self._write, self._sync = os.write, os.fsync
        monkeypatch.setattr("studygroup.files.journal_file.os.write", self._written)
        monkeypatch.setattr("studygroup.files.journal_file.os.fsync", self._synced)

    def _written(self, handle: int, data: bytes) -> int:
        if self.full:
            raise OSError(28, "No space left on device")
        return self._write(handle, data)

    def _synced(self, handle: int) -> None:
        assert self.gate.wait(60)
        if self.broken:
            raise OSError(5, "Input/output error")
        self._sync(handle)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk(monkeypatch)
    yield disk
    disk.gate.set()


async def start(pilot: Pilot[None]) -> ReadingScreen:
    """Go on with the session of the study."""
    screen = await settle(pilot)
    await pilot.press("colon")
    await settle(pilot)
    return screen


@pytest.fixture(autouse=True)
def session(root: Path) -> str:
    """The id of a session that is open in the study."""
    with open_workspace(root).sessions.start(["walk"]) as recording:
        return recording.id


def on_disk(root: Path) -> Session:
    (session,) = open_workspace(root).sessions.all()
    return session


def texts(root: Path) -> list[str]:
    return [e.text for e in on_disk(root).entries]


def line(pilot: Pilot[None]) -> Input:
    return pilot.app.screen_stack[0].query_one("#recorder-line", Input)


async def burst(pilot: Pilot[None], *lines: str) -> None:
    """Type lines as fast as keys can come, Enter after each."""
    for text in lines:
        for character in text:
            pilot.app.post_message(events.Key(character, character))
        pilot.app.post_message(events.Key("enter", None))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_lines_refused_by_a_full_disk_wait_apart_and_are_recorded_in_order(
    open_app: OpenApp, root: Path, disk: Disk, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        await start(pilot)
        disk.full = True
        for text in ("one", "two", "three"):
            await burst(pilot, text)
            await settle(pilot)
            # The line is free for what is said next, and what waits is still to be seen.
            assert line(pilot).value == ""
            assert f"{text} (not recorded)" in shown(pilot)
        assert "✗ Not recorded: no space left on device · 3 lines wait" in shown(pilot)
        assert texts(root) == []
        disk.full = False
        await burst(pilot, "four")
        await settle(pilot)
        assert "ot recorded" not in shown(pilot)
        assert "✓ What waited is recorded." in shown(pilot)
    assert texts(root) == ["one", "two", "three", "four"]


async def test_lines_that_were_refused_are_tried_again_without_a_key(
    open_app: OpenApp, root: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.tui.dictation.TRIED_AGAIN", 0.1)
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        disk.full = True
        await burst(pilot, "one", "two")
        await settle(pilot)
        assert "tried again by itself" in shown(pilot)
        await burst(pilot, "half")
        await pilot.press(*"a li")
        disk.full = False
        for _ in range(500):
            await pilot.pause(0.02)
            if texts(root) == ["one", "two", "half"]:
                break
        await settle(pilot)
        assert texts(root) == ["one", "two", "half"]
        assert line(pilot).value == "a li"
        assert "ot recorded" not in shown(pilot)


async def test_what_was_entered_stands_in_the_line_or_waits_in_sight_until_it_is_synced(
    open_app: OpenApp, root: Path, disk: Disk
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        disk.gate.clear()
        lines = [f"remark {n}" for n in range(5)]
        await burst(pilot, lines[0])
        assert line(pilot).value == "remark 0"
        await burst(pilot, *lines[1:])
        await pilot.press(*"more")
        for _ in range(100):
            if line(pilot).value == "more":
                break
            await pilot.pause(0.02)
        # Typing goes on while the disk does not, and each line is seen not to be on it.
        assert line(pilot).value == "more"
        assert all(f"{text} (saving…)" in shown(pilot) for text in lines)
        disk.gate.set()
        await settle(pilot)
        assert texts(root) == lines
        assert "saving" not in shown(pilot)
        assert line(pilot).value == "more"


async def test_a_line_that_a_quick_disk_took_is_gone_from_the_line_at_once(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        seen: list[list[str]] = []
        pilot.app.screen_stack[0].watch(
            line(pilot), "value", lambda value: None if value else seen.append(texts(root)), False
        )
        await burst(pilot, "one")
        await settle(pilot)
        # When the line was emptied, its words were on the disk.
        assert seen == [["one"]]


async def test_a_line_whose_sync_failed_is_not_shown_as_recorded_and_is_recorded_once(
    open_app: OpenApp, root: Path, disk: Disk
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await start(pilot)
        disk.broken = True
        await burst(pilot, "quarry")
        await settle(pilot)
        screen.desk.tick()
        await settle(pilot)
        assert "input/output error" in shown(pilot)
        assert shown(pilot).count("quarry") == shown(pilot).count("quarry (not recorded)") == 1
        disk.broken = False
        await pilot.press("enter")
        await settle(pilot)
        assert "not recorded" not in shown(pilot)
    assert texts(root) == ["quarry"]


async def test_the_line_that_waits_last_comes_back_with_the_arrow_to_be_corrected(
    open_app: OpenApp, root: Path, disk: Disk
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        disk.full = True
        await burst(pilot, "one", "twp")
        await settle(pilot)
        await pilot.press("up")
        assert line(pilot).value == "twp"
        await settle(pilot)
        assert "twp (not recorded)" not in shown(pilot)
        disk.full = False
        await pilot.press("backspace", "o", "enter")
        await settle(pilot)
    assert texts(root) == ["one", "two"]


async def test_nothing_else_is_written_before_lines_that_wait(
    open_app: OpenApp, root: Path, disk: Disk
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await start(pilot)
        disk.full = True
        await burst(pilot, "one")
        await settle(pilot)
        await pilot.press("escape", "u")
        await settle(pilot)
        assert [n.message for n in pilot.app._notifications] == [
            "1 line waits to be recorded first: no space left on device"
        ]
        disk.full = False
        screen.desk.strike()
        await settle(pilot)
    assert [(e.text, e.struck) for e in on_disk(root).entries] == [("one", True)]


async def test_who_leaves_with_lines_that_wait_is_told_and_finds_them_again(
    open_app: OpenApp, root: Path, disk: Disk
) -> None:
    app = open_app()
    async with app.run_test(size=WIDE) as pilot:
        await start(pilot)
        disk.full = True
        await burst(pilot, "one", "two")
        await settle(pilot)
        await pilot.press(*"half")
        await settle(pilot)
    assert app.left_behind == (
        "2 lines were not recorded: no space left on device. What was typed is kept, and offered"
        " when you go on with the session."
    )
    disk.full = False
    async with open_app().run_test(size=WIDE) as pilot:
        await start(pilot)
        assert line(pilot).value == "half"
        assert "2 lines were not recorded last time" in shown(pilot)
        assert "two (not recorded)" in shown(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "not recorded" not in shown(pilot)
    assert texts(root) == ["one", "two", "half"]


async def test_words_that_can_be_kept_nowhere_are_told_when_the_app_has_ended(
    open_app: OpenApp, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite("cannot be kept: no space left on device")

    app = open_app()
    async with app.run_test(size=WIDE) as pilot:
        await start(pilot)
        disk.full = True
        monkeypatch.setattr("studygroup.files.state._keep", refuse)
        await burst(pilot, "one", "two")
        await settle(pilot)
        await pilot.press(*"half")
        await settle(pilot)
    first, *words = app.left_behind.split("\n")
    assert "Nothing could be kept either" in first
    assert words == ["one", "two", "half"]


async def look(pilot: Pilot[None], screen: ReadingScreen, words: str) -> bool:
    """Let an app look once at what others wrote, and say whether it shows these words then.

    A look that began before comes back first. Of two apps at once only one is waited for until it
    is painted, so that the other may need some turns more.
    """
    await settle(pilot)
    screen.desk.tick()
    for _ in range(20):
        await settle(pilot)
        if words in shown(pilot):
            return True
    return False


async def test_what_one_of_two_apps_records_the_other_shows_at_its_next_look(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYGROUP_READER", "ben")
    second = open_app()
    monkeypatch.setenv("STUDYGROUP_READER", "ana")
    async with open_app().run_test(size=WIDE) as ana:
        here = await start(ana)
        async with second.run_test(size=WIDE) as ben:
            there = await start(ben)
            await burst(ana, "said by ana")
            await settle(ana)
            assert await look(ben, there, "said by ana")
            await burst(ben, "said by ben")
            await settle(ben)
            assert await look(ana, here, "said by ben")
    assert on_disk(root).recorders == ("ana", "ben")
