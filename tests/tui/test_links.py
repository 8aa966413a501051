"""Enter on a link of the text follows it, and minutes that quote a section are listed with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Offset

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.session import Spot
from studygroup.core.workspace import Position
from studygroup.tui.screens.past_sessions import PastSessions
from tests.builders import write_study
from tests.tui.driving import OpenApp, flat, pane, settle, shown

WIDE, SMALL = (140, 40), (80, 24)

TALK = """\
---
title: Talk
kind: thread
---
# Cleo · 2013-03-04

The bank owns the boat. See [[A Walk by the Canal#The Bridge|the bridge]].

# Dora · 2013-03-05

↳ [[#Cleo · 2013-03-04|Cleo]]

And who owns [[nowhere at all|the river]]?

It is said in [[walk#Its Builders|one place]] and in [[#Cleo · 2013-03-04|another]].
"""


@pytest.fixture(autouse=True)
def talk(root: Path) -> Path:
    return write_study(root, {"readings/talk.md": TALK})


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_enter_on_a_reply_link_leads_to_what_is_answered_and_back_is_exactly_back(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app("talk", "dora-2013-03-05").run_test(size=size) as pilot:
        screen = await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.position == Position("talk", "cleo-2013-03-04", 1)
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert screen.position == Position("talk", "dora-2013-03-05", 1)
        assert screen.sheet.id == "text"


async def test_a_link_names_another_reading_by_its_title(open_app: OpenApp) -> None:
    async with open_app("talk", "cleo-2013-03-04").run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.position == Position("walk", "2-the-bridge", 1)


async def test_a_link_that_leads_nowhere_says_so_and_one_stays(open_app: OpenApp) -> None:
    app = open_app("talk", "dora-2013-03-05", 2)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "There is no section or reading “nowhere at all”" in flat(shown(pilot))
        assert screen.position == Position("talk", "dora-2013-03-05", 2)


async def test_of_several_links_in_a_paragraph_one_is_chosen(open_app: OpenApp) -> None:
    async with open_app("talk", "dora-2013-03-05", 3).run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "¶3 leads to" in flat(shown(pilot))
        assert "A Walk by the Canal, Its Builders “one place”" in flat(shown(pilot))
        await pilot.press("down", "enter")
        await settle(pilot)
        assert screen.position == Position("talk", "cleo-2013-03-04", 1)


async def test_a_click_on_a_link_follows_it(open_app: OpenApp) -> None:
    async with open_app("talk", "dora-2013-03-05").run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        rows = shown(pilot).splitlines()
        y = next(at for at, row in enumerate(rows) if "↳ Cleo" in row)
        await pilot.click(offset=Offset(rows[y].index("↳ Cleo") + 3, y))
        await settle(pilot)
        assert screen.position == Position("talk", "cleo-2013-03-04", 1)


@pytest.fixture
def minutes(root: Path) -> str:
    """A session in which two things were said of the lock, one of them struck again."""
    at = Spot("walk", "1-the-lock")
    with open_workspace(root).sessions.start(["walk"], attendance=["ben"], at=at) as recording:
        recording.record("ben: “nobody has asked why” is too strong")
        recording.record("> Boats wait here for hours")
        recording.strike()
        recording.record("nothing quoted here")
        return recording.session.id


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_what_the_minutes_quote_is_listed_and_enter_shows_it_in_its_session(
    open_app: OpenApp, minutes: str, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        screen = await settle(pilot)
        panel = pane(pilot, screen.quoted)
        assert "ben in the minutes of " in panel
        assert "“nobody has asked why”" in panel
        assert "Boats wait here for hours" not in panel
        screen.focus_pane(screen.quoted)
        await pilot.press("home", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PastSessions)
        assert pilot.app.screen.stood.session == minutes
        await settle(pilot)
        assert "is too strong" in flat(shown(pilot))
        await pilot.press("escape")
        await settle(pilot)
        assert screen.position == Position("walk", "1-the-lock", 1)
        assert screen.sheet.id == "quoted"


async def test_what_is_recorded_now_is_listed_at_once(open_app: OpenApp, root: Path) -> None:
    with open_workspace(root).sessions.start(["walk"], at=Spot("walk", "1-the-lock")):
        pass
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "minutes of" not in pane(pilot, screen.quoted)
        await pilot.press("colon")
        await settle(pilot)
        typed = ["space" if letter == " " else letter for letter in "nobody has asked why"]
        await pilot.press("greater_than_sign", "space", *typed, "enter")
        await settle(pilot)
        await settle(pilot)
        assert "the minutes of" in pane(pilot, screen.quoted)
