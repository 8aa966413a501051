"""The tour of the demo: moved on by what is done, closed for good, and nowhere else."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from studygroup.bootstrap import copy_demo, open_workspace
from studygroup.core.workspace import Position
from studygroup.tui.app import StudygroupApp
from studygroup.tui.screens.reading import ReadingScreen
from studygroup.tui.widgets.tour_strip import DEEDS, TourStrip
from tests.tui.driving import OpenApp, settle, shown

BEGINS_AT = Position("anatomy-of-the-micro-sect", "5-the-rut-we-are-in")
SIZES = [(140, 40), (80, 24)]
NAMES = {"slash", "enter", "escape", "tab", "ctrl+p"}


@pytest.fixture
def demo(tmp_path: Path, home: Path) -> Path:
    return copy_demo(tmp_path / "demo")[0]


def app_on(root: Path) -> StudygroupApp:
    return StudygroupApp(open_workspace(root), BEGINS_AT)


def strip(pilot: Pilot[None]) -> str:
    """What the tour's line says, "" where there is none."""
    found = pilot.app.screen_stack[0].query(TourStrip)
    return found.first().render().plain if found else ""


async def press(pilot: Pilot[None], *keys: str) -> ReadingScreen:
    """Press keys, or type words, and wait after each."""
    for key in keys:
        await pilot.press(*([key] if key in NAMES else typed(key)))
        await settle(pilot)
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ReadingScreen)
    return screen


def typed(words: str) -> list[str]:
    return ["space" if letter == " " else letter for letter in words]


async def start_session(pilot: Pilot[None]) -> None:
    await press(pilot, "S", "enter", "enter")


@pytest.mark.parametrize("size", SIZES)
async def test_each_thing_that_is_done_moves_it_on(demo: Path, size: tuple[int, int]) -> None:
    async with app_on(demo).run_test(size=size) as pilot:
        await settle(pilot)
        assert "Tour 1/5" in shown(pilot)
        assert "/ finds a word anywhere" in shown(pilot)
        await press(pilot, "slash", "pressure", "enter")
        assert "Tour 2/5" in shown(pilot)
        await press(pilot, "escape", "tab", "tab", "j", "enter")
        assert "Tour 3/5" in shown(pilot)
        await start_session(pilot)
        assert "Tour 4/5" in shown(pilot)
        await press(pilot, "ana: so", "enter")
        assert "Tour 5/5  Esc S" in shown(pilot)
        await press(pilot, "escape", "S", "write", "enter")
        assert "That was the tour" in shown(pilot)
        assert list(demo.glob("sessions/*/write-up.md"))[1:]


async def test_it_is_moved_on_by_what_is_done_and_not_by_its_keys(demo: Path) -> None:
    async with app_on(demo).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash", "xyzzyq", "escape")
        assert "Tour 1/5" in strip(pilot)  # nothing was found
        await start_session(pilot)
        assert "Tour 1/5  Esc /" in strip(pilot)
        await press(pilot, "escape", "slash", "pressure", "escape")
        assert "Tour 2/5" in strip(pilot)
        screen = await settle(pilot)
        quoting = screen.quoted.linked.quoted_in[0]
        screen.quoted.post_message(screen.quoted.QuotationChosen(quoting, back=True))
        await settle(pilot)
        assert "Tour 4/5" in strip(pilot)  # the session was begun before its turn


async def test_a_write_up_made_among_the_past_sessions_counts(demo: Path) -> None:
    async with app_on(demo).run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "H", "w", "escape", "slash", "pressure", "escape")
        await press(pilot, "tab", "tab", "j", "enter", "escape")
        await start_session(pilot)
        await press(pilot, "ana: so", "enter")
        assert "That was the tour" in strip(pilot)


async def test_closed_it_stays_closed_until_the_palette_opens_it(demo: Path) -> None:
    async with app_on(demo).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("X", "q")  # at once: what is known of it must not be lost
    async with app_on(demo).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert strip(pilot) == ""
        await press(pilot, "ctrl+p", "tour of the", "enter")
        assert "Tour 1/5" in shown(pilot)
        await press(pilot, "slash", "pressure", "escape")
    async with app_on(demo).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Tour 2/5" in shown(pilot)


async def test_each_step_leaves_room_for_what_closes_it_and_a_click_there_does(demo: Path) -> None:
    async with app_on(demo).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = pilot.app.screen.query_one(TourStrip)
        for done, in_session in product(range(len(DEEDS) + 1), (False, True)):
            line.show(DEEDS[:done], in_session)
            assert re.match(r"Tour (\d/5|✓)  .+  (Esc )?X closes this$", strip(pilot))
        line.show((), in_session=False)
        await pilot.click(TourStrip, offset=(10, 0))
        assert strip(pilot)
        await pilot.click(TourStrip, offset=(76, 0))
        await settle(pilot)
        assert strip(pilot) == ""


async def test_a_demo_copied_where_one_stood_begins_the_tour_anew(
    demo: Path, tmp_path: Path
) -> None:
    async with app_on(demo).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "X")
    demo.rename(tmp_path / "gone")
    copy_demo(demo)
    async with app_on(demo).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Tour 1/5" in shown(pilot)


async def test_what_is_typed_in_a_line_is_not_its_key(demo: Path) -> None:
    async with app_on(demo).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash", "XX")
        assert pilot.app.screen.query_one(Input).value == "XX"
        await press(pilot, "escape")
        await start_session(pilot)
        await press(pilot, "XX")
        line = pilot.app.screen.query_one("#recorder-line", Input)
        assert (line.value, strip(pilot)[:8]) == ("XX", "Tour 1/5")


async def test_there_is_none_in_another_study(open_app: OpenApp) -> None:
    async with open_app().run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "slash", "house", "escape")
        assert strip(pilot) == ""
        await press(pilot, "X")
        assert "The tour belongs to the demo" in shown(pilot)


@pytest.mark.parametrize("size", [(40, 12), (20, 5)])
async def test_it_fits_any_size(demo: Path, size: tuple[int, int]) -> None:
    async with app_on(demo).run_test(size=size) as pilot:
        await settle(pilot)
        assert ("/ finds a word" in shown(pilot)) == (size[1] >= 10)
        await start_session(pilot)
        await press(pilot, "ana: so", "enter", "escape", "X")
        assert strip(pilot) == ""
