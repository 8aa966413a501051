"""The agenda on the screen: edited before a session, looked up and changed during it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from studygroup.bootstrap import open_workspace
from studygroup.core.session import AgendaItem, Spot
from tests.tui.driving import OpenApp, settle, shown

WIDE, SMALL = (140, 40), (80, 24)


def fixed(now: datetime) -> datetime:
    return now


@pytest.mark.parametrize("size", [WIDE, SMALL, (60, 20)])
async def test_the_end_of_a_timebox_and_of_the_meeting_is_said_in_the_bar_and_nowhere_else(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    agenda = [AgendaItem("section", "1 The Lock", Spot("walk", "1-the-lock"), 10)]
    with open_workspace(root).sessions.start(["walk"], minutes=30, agenda=agenda):
        pass
    async with open_app().run_test(size=size, notifications=True) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        sessions = screen.workspace.sessions
        began = sessions.clock()
        for minutes, said in (
            (4, ("of 30 ", "§1, 6 min left")),
            (10.5, ("of 30 ", "§1, time is up")),
            (12.5, ("of 30 ", "§1, 2 min over")),
            (32.5, ("of 30, 2 min over", "§1, 22 min over")),
        ):
            now = began + timedelta(minutes=minutes)
            monkeypatch.setattr(sessions, "clock", partial(fixed, now))
            screen.desk.tick()
            await settle(pilot)
            for words in said:
                assert words in shown(pilot)
        assert not screen.query(Toast)
        assert pilot.app.screen is screen
