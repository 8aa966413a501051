"""Past sessions on the screen: what was decided and is open, the way to its place, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.session import Spot
from studygroup.core.workspace import Position
from studygroup.tui.screens.past_sessions import PastSessions
from studygroup.tui.screens.reading import ReadingScreen
from tests.tui.driving import HOSTILE, OpenApp, flat, pane, settle, shown

WIDE, SMALL, TINY = (140, 40), (80, 24), (60, 20)
BRIDGE = Spot("walk", "2-the-bridge")


class Clock:
    """A clock that goes on by a minute whenever it is looked at."""

    def __init__(self, day: int) -> None:
        self.now = datetime(2020, 3, day, 19, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def hold(
    root: Path,
    title: str,
    *lines: str,
    day: int = 1,
    close: bool = True,
    readings: Sequence[str] = ("walk",),
) -> str:
    """Hold a session at the bridge; `u` strikes the last line. Return its id."""
    sessions = open_workspace(root).sessions
    sessions.clock = Clock(day)
    with sessions.start(readings, attendance=["ana", "ben"], title=title) as recording:
        recording.take_up(BRIDGE)
        for line in lines:
            recording.strike() if line == "u" else recording.record(line)
        if close:
            recording.close()
        else:
            recording.pause()
        return recording.id


@pytest.fixture
def two(root: Path) -> tuple[str, str]:
    """Two sessions; the second answers one of the questions of the first."""
    lines = ("ana: ! we go and see", "ben: ? who sold it", "? who pays", "cleo: never said", "u")
    actions = ("* ben by 2020-03-05: buy bread", "* ana: ask", "> the newer one, which pays")
    first = hold(root, "First night", *lines, *actions)
    return first, hold(root, "Second night", "ana: = everybody", day=8)


async def look(pilot: Pilot[None]) -> PastSessions:
    await settle(pilot)
    await pilot.press("H")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PastSessions)
    return screen


def standing(screen: ReadingScreen) -> tuple[object, ...]:
    panes = (screen.text, screen.prompts, screen.notes, screen.outline)
    return screen.position, screen.focused, [(p.current, p.top) for p in panes]


@pytest.mark.parametrize("size", [WIDE, SMALL, TINY, (20, 5)])
async def test_where_there_are_none_it_is_said_how_one_is_started(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        await look(pilot)
        assert "No sessions yet." in flat(shown(pilot))
        await pilot.press("j", "k", "enter", "tab", "c", "w", "space", "G")
        await pilot.press("S")
        await settle(pilot)
        assert size[0] < 60 or "Who is here" in shown(pilot)


async def test_what_was_decided_is_open_and_to_do_is_told_of_the_chosen_session(
    open_app: OpenApp, two: tuple[str, str]
) -> None:
    async with open_app().run_test(size=(140, 50)) as pilot:
        await look(pilot)
        told = flat(shown(pilot))
        assert "8 Mar 2020 · closed" in told
        assert "= ? who" not in told
        assert "? who pays left open on 1 Mar 2020" not in told
        await pilot.press("j")
        await settle(pilot)
        told = flat(shown(pilot))
        assert "Present: ana, ben" in told
        assert "Read: A Walk by the Canal" in told
        assert "Decided" in told
        assert "! ana: we go and see §2 The Bridge" in told
        assert "Open questions" in told
        assert "? ben: who sold it §2 The Bridge" in told
        assert "= who pays answered by ana on 8 Mar 2020, at “Second night”: everybody" in told
        assert "* ben: buy bread overdue! · by 5 Mar 2020" in told
        assert "* ana: ask §2 The Bridge" in told
        assert "cleo: never said struck" in told
        assert "Not reached" in told


async def test_over_all_sessions_what_is_open_is_told_once_and_what_was_answered_since(
    open_app: OpenApp, two: tuple[str, str]
) -> None:
    async with open_app().run_test(size=(140, 50)) as pilot:
        await look(pilot)
        await pilot.press("home")
        await settle(pilot)
        told = flat(shown(pilot)).partition("2 sessions")[2]
        assert told.count("? ben: who sold it 1 Mar 2020 · First night") == 1
        assert "? who pays" not in told
        assert "Answered since" in told
        assert "= who pays answered by ana on 8 Mar 2020" in told
        assert told.index("buy bread") < told.index("ana: ask")


async def test_a_narrow_terminal_shows_one_pane_and_tab_turns_to_the_other(
    open_app: OpenApp, two: tuple[str, str]
) -> None:
    async with open_app().run_test(size=TINY) as pilot:
        await look(pilot)
        assert "All sessions" in shown(pilot)
        assert "Present:" not in shown(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "Present:" in shown(pilot)
        assert "All sessions" not in shown(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert "All sessions" in shown(pilot)
        await pilot.resize_terminal(*WIDE)
        await settle(pilot)
        assert "All sessions" in shown(pilot)
        assert "Present:" in shown(pilot)


@pytest.mark.parametrize("size", [WIDE, TINY])
async def test_esc_returns_to_exactly_where_one_stood(
    open_app: OpenApp, two: tuple[str, str], size: tuple[int, int]
) -> None:
    async with open_app(section="2-the-bridge", paragraph=3).run_test(size=size) as pilot:
        screen = await settle(pilot)
        await pilot.press("tab", "j")
        await settle(pilot)
        before = standing(screen)
        await look(pilot)
        await pilot.press("j", "tab", "j", "j", "space", "escape")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 1
        assert standing(screen) == before


async def test_enter_goes_to_the_place_ctrl_o_back_and_the_screen_stands_where_it_stood(
    open_app: OpenApp, two: tuple[str, str]
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        before = screen.position
        past = await look(pilot)
        await pilot.press("j", "tab", "end")
        await settle(pilot)
        item = past.stood
        await pilot.press("enter")
        await settle(pilot)
        assert screen.position == Position("walk", "2-the-bridge", 3)
        assert screen.text.hit_paragraphs() == [3]
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert screen.position == before
        assert (await look(pilot)).stood == item


async def test_an_item_that_has_no_place_any_more_says_so_and_stays(
    open_app: OpenApp, root: Path
) -> None:
    hold(root, "First", "# Money")
    path = root / "readings/walk.md"
    path.write_text(path.read_text().replace("# 2 The Bridge", "# 2 The Ford"))
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        past = await look(pilot)
        await pilot.press("tab", "end", "enter")
        await settle(pilot)
        assert "The section that this was about is gone." in shown(pilot)
        assert pilot.app.screen is past
        await pilot.press("escape")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 1


async def test_a_session_that_is_not_closed_is_gone_on_with_and_a_closed_one_is_not(
    open_app: OpenApp, root: Path
) -> None:
    hold(root, "First")
    later = hold(root, "Second", close=False, day=8)
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        screen = await settle(pilot)
        await look(pilot)
        assert "c go on with it" in shown(pilot)
        await pilot.press("j")
        await settle(pilot)
        assert "c go on with it" not in shown(pilot)
        await pilot.press("c")
        await settle(pilot)
        assert "This session is closed." in shown(pilot)
        await pilot.press("k", "c")
        await settle(pilot)
        assert screen.desk.session is not None
        assert (screen.desk.session.id, screen.desk.session.running) == (later, True)
        await pilot.press("escape")
        await look(pilot)
        await pilot.press("colon", *"ana: so", "enter")
        await settle(pilot)
        assert [e.text for e in screen.desk.session.entries] == ["so"]


async def test_w_writes_the_chosen_session_up(
    open_app: OpenApp, root: Path, two: tuple[str, str]
) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await look(pilot)
        await pilot.press("j", "w")
        await settle(pilot)
        said = pane(pilot, pilot.app.screen.query_one("Toast"))
        assert "write-up.md" in said.replace(" ", "")  # a long path goes over several lines
    assert "everybody" in (root / "sessions" / two[0] / "write-up.md").read_text()


async def test_who_spoke_is_told_with_bars(open_app: OpenApp, root: Path) -> None:
    hold(root, "First", "ben: so", "ana: no", "ana: never", "ana: not at all")
    async with open_app().run_test(size=WIDE) as pilot:
        await look(pilot)
        told = shown(pilot)
        assert told.index("  ana") < told.index("  ben ")
        assert "━" in told
        assert "2 min · 1 turn" in told


async def test_a_session_that_cannot_be_read_hides_no_other(open_app: OpenApp, root: Path) -> None:
    broken = hold(root, "Broken")
    hold(root, "Whole", day=8)
    journal = root / "sessions" / broken / "ana.jsonl"
    journal.unlink()
    journal.mkdir()
    async with open_app().run_test(size=WIDE) as pilot:
        await look(pilot)
        assert "Whole" in shown(pilot)


@pytest.mark.parametrize("size", [WIDE, TINY, (20, 5), (2, 2)])
async def test_no_size_and_no_text_breaks_it(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    hold(root, HOSTILE, f"! {HOSTILE}", f"? {HOSTILE}", f"* ben by x: {HOSTILE}", f"# {HOSTILE}")
    async with open_app().run_test(size=size) as pilot:
        await look(pilot)
        await pilot.press("k", "j", "enter", "j", "j", "end", "b", "tab", "tab")
        await settle(pilot)
        if size == WIDE:
            assert HOSTILE in shown(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        await pilot.press("q")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 1
