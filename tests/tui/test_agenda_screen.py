"""The agenda on the screen: edited before a session, looked up and changed during it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event as Signal

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.agenda_draft import AgendaDraft
from studygroup.core.meeting.course import state_of
from studygroup.core.meeting.session import AgendaItem, Session, Spot
from studygroup.core.meeting.sessions import Sessions
from studygroup.tui.screens.proposal import ProposalScreen
from studygroup.tui.screens.reading import ReadingScreen
from studygroup.tui.widgets.agenda_list import AgendaList
from studygroup.tui.widgets.bars import KeyBar
from tests.tui.driving import HOSTILE, OpenApp, settle, shown

HALF_AN_HOUR = timedelta(minutes=30)
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
            (4, ("of 30 ", "6 min left")),
            (10.5, ("of 30 ", "time is up")),
            (12.5, ("of 30 ", "2 min over")),
            (32.5, ("of 30, 2 min over", "22 min over")),
        ):
            now = began + timedelta(minutes=minutes)
            monkeypatch.setattr(sessions, "clock", partial(fixed, now))
            screen.desk.tick()
            await settle(pilot)
            for words in said:
                assert words in shown(pilot)
        assert not screen.query(Toast)
        assert pilot.app.screen is screen


async def propose(pilot: Pilot[None]) -> ProposalScreen:
    """Go from the reading screen to the agenda that is proposed."""
    await settle(pilot)
    await pilot.press("S")
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ProposalScreen)
    return screen


def rows(pilot: Pilot[None]) -> list[str]:
    """Return what is shown of the agenda's lines, one by one, without their minutes."""
    strips = pilot.app.screen._compositor.render_strips()
    region = pilot.app.screen.query_one(AgendaList).region
    lines = [s.crop(region.x, region.right).text for s in strips[region.y : region.bottom]]
    return [" ".join(line.replace("›", " ").split()) for line in lines if line.strip("▁▂▃▄▅▆▇█ ")]


def on_disk(root: Path) -> Session:
    (session,) = open_workspace(root).sessions.all()
    return session


async def test_the_proposal_shows_each_line_with_its_minutes_and_the_sum(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await propose(pilot)
        assert [row.partition(" ")[2] for row in rows(pilot)] == [
            "§ A Walk by the Canal",
            "§ 1 The Lock",
            "▸ Why does nobody ask?",
            "§ 2 The Bridge",
            "▸ Who pays for what?",
            "§ Its Builders",
        ]
        assert "90 of 90 min · 6 lines" in shown(pilot)


async def test_the_edited_agenda_is_the_one_the_session_opens_with(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await propose(pilot)
        await pilot.press("x", "j", "J", "a", *"Who pays", "enter", "plus", "plus", "minus")
        await settle(pilot)
        assert "5 min over" in shown(pilot)
        await pilot.press("enter")
        await settle(pilot)
    agenda = on_disk(root).agenda
    assert [i.title for i in agenda] == [
        "2 The Bridge",
        "Who pays for what?",
        "1 The Lock",
        "Why does nobody ask?",
        "Who pays",
        "Its Builders",
    ]
    assert agenda[4].minutes == 6


async def test_what_is_over_the_planned_time_is_marked_fitted_in_and_undone(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await propose(pilot)
        await pilot.press(*["plus"] * 5)
        await settle(pilot)
        assert "95 of 90 min · 6 lines · 5 min over" in shown(pilot)
        assert rows(pilot)[4:6] == ["── 90 min are over here ──", "44 ▸ Who pays for what?"]
        await pilot.press("r")
        assert "90 of 90 min · 6 lines" in shown(pilot)
        await pilot.press("u", "u")
        await settle(pilot)
        assert "94 of 90 min" in shown(pilot)


async def test_what_is_left_out_is_shown_so_and_comes_back(open_app: OpenApp, root: Path) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await propose(pilot)
        await pilot.press("down", "d")
        await settle(pilot)
        assert rows(pilot)[1:3] == ["– § 1 The Lock", "– ▸ Why does nobody ask?"]
        assert "left out, x brings it back" in shown(pilot)
        await pilot.press("down", "x", "enter")
        await settle(pilot)
    assert [i.title for i in on_disk(root).agenda][1:3] == ["1 The Lock", "Why does nobody ask?"]


async def test_escape_starts_nothing_and_first_leaves_a_topic_that_is_typed(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await propose(pilot)
        await pilot.press("a", *"half", "escape")
        assert pilot.app.screen is screen
        assert "half" not in shown(pilot)
        await pilot.press("escape")
        reading = await settle(pilot)
        assert reading.is_current
        assert reading.desk.session is None
    assert open_workspace(root).sessions.all() == ()


async def test_enter_typed_before_the_proposal_is_there_starts_with_it(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = Signal(), Sessions.propose

    def slow(self: Sessions, readings: Sequence[str], minutes: int = 90) -> AgendaDraft:
        gate.wait(60)
        return real(self, readings, minutes)

    monkeypatch.setattr(Sessions, "propose", slow)
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("S")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        gate.set()
        screen = await settle(pilot)
        assert screen.desk.session is not None
    assert len(on_disk(root).agenda) == 6


async def test_the_mouse_chooses_a_line_and_presses_the_keys_below(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await propose(pilot)
        await pilot.click(AgendaList, offset=(10, 3))
        assert screen.at == 3
        keys = screen.query_one(KeyBar)
        await pilot.click(KeyBar, offset=(keys.render().plain.index("drop"), 0))
        await settle(pilot)
        assert rows(pilot)[3] == "– § 2 The Bridge"
        await pilot.click(KeyBar, offset=(2, 0))
        await settle(pilot)
    assert "2 The Bridge" not in [i.title for i in on_disk(root).agenda]


@pytest.mark.parametrize("size", [WIDE, (100, 30), SMALL, (60, 20), (20, 5), (1, 1)])
async def test_a_long_agenda_of_any_words_scrolls_at_every_size(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    asks = "".join(f"  - section: 1-the-lock\n    ask: '{n}. {HOSTILE} 漢字'\n" for n in range(60))
    (root / "questions/walk.yaml").write_text(f"reading: walk\nprompts:\n{asks}")
    async with open_app().run_test(size=size) as pilot:
        await propose(pilot)
        await pilot.press("G", "x", "plus", "space", "b", "home", "end", "question_mark")
        await settle(pilot)
        await pilot.press("escape")
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        await pilot.press("end")
        await settle(pilot)
        assert rows(pilot)[-1].endswith("Its Builders")
        await pilot.press("home")
        await settle(pilot)
        assert rows(pilot)[0].endswith("A Walk by the Canal")
        assert any(f"0. {HOSTILE}"[:40] in row for row in rows(pilot))
        await pilot.press("enter")
        screen = await settle(pilot)
        assert screen.desk.session is not None


async def started(pilot: Pilot[None], *keys: str) -> ReadingScreen:
    """Start with the agenda as proposed, press keys, and open the agenda of the session."""
    await propose(pilot)
    await pilot.press("enter")
    screen = await settle(pilot)
    await pilot.press("escape")
    for key in (*keys, "O"):
        await pilot.press(key)
        await settle(pilot)
    return screen


async def test_the_agenda_tells_during_a_session_what_is_done_and_what_is_now(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await started(pilot, "p", "d", "p")
        states = [" ".join(row.split()[1:]) for row in rows(pilot)]
        assert states == [
            "§ A Walk by the Canal",
            "0 ✓ § 1 The Lock",
            "0 ↷ ▸ Why does nobody ask?",
            "0 ▶ § 2 The Bridge",
            "0 ▶ ▸ Who pays for what?",
            "§ Its Builders",
        ]
        assert "0 of 90 min used" in shown(pilot)
        assert "Who pays for what? (now)" in shown(pilot)


async def test_enter_goes_to_the_line_and_a_change_of_what_is_to_come_is_in_the_journal(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        screen = await started(pilot, "p")
        before = on_disk(root).agenda
        await pilot.press("x")
        await settle(pilot)
        assert "Only what is still to come can be moved" in shown(pilot)
        await pilot.press("G", "K", "a", *"Money", "enter", "G", "enter")
        await settle(pilot)
        assert screen.section is not None
        assert screen.section.id == "2-the-bridge"
    session = on_disk(root)
    assert session.spot == Spot("walk", "2-the-bridge", "who-pays-for-what")
    assert [i.title for i in session.agenda] == [
        *[i.title for i in before[:3]],
        "Its Builders",
        "Money",
        "2 The Bridge",
        "Who pays for what?",
    ]


async def test_looking_at_the_agenda_writes_nothing_and_the_line_is_one_key_away(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await started(pilot)
        events = (root / "sessions" / on_disk(root).id / "ana.jsonl").read_bytes()
        await pilot.press("j", "escape", "O")
        await settle(pilot)
        assert (root / "sessions" / on_disk(root).id / "ana.jsonl").read_bytes() == events
        await pilot.press("colon", *"ana: so", "enter")
        await settle(pilot)
        assert pilot.app.screen is screen
    assert [e.text for e in on_disk(root).entries] == ["so"]


async def test_the_minutes_that_are_left_are_shared_out_among_what_is_to_come(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await started(pilot, "p")
        sessions = screen.workspace.sessions
        monkeypatch.setattr(sessions, "clock", partial(fixed, sessions.clock() + HALF_AN_HOUR * 2))
        await pilot.press("j")
        await pilot.press("r")
        await settle(pilot)
        assert "60 of 90 min used · still to come: 30 min, 30 are left" in shown(pilot)
        await pilot.press("escape")
        await settle(pilot)
    session = on_disk(root)
    assert sum(i.minutes or 0 for i in session.agenda if state_of(session, i) == "to come") >= 30


async def test_a_topic_on_a_passage_opens_its_section_and_is_named_in_the_bar(
    open_app: OpenApp, root: Path
) -> None:
    (root / "readings/walk/ben.md").write_text(
        "# The lock\n> [!criticism]\n> “Water finds its own level, and so do men” is no argument.\n"
    )
    async with open_app("notices", "rules").run_test(size=WIDE) as pilot:
        with open_workspace(root).sessions.start(["walk"]):
            pass
        await settle(pilot)
        await pilot.press("colon")
        screen = await settle(pilot)
        await pilot.press("escape", "O")
        await settle(pilot)
        for _ in range(3):
            await pilot.press("j")
        await pilot.press("enter")
        await settle(pilot)
        assert screen.section is not None
        assert screen.section.id == "1-the-lock"
        assert "▸ ana and ben criticise §1 The Lock ¶2" in shown(pilot)


async def test_without_a_session_the_key_says_so(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("O")
        await settle(pilot)
        assert "no session is running here" in shown(pilot).lower()


async def test_enter_pressed_twice_at_once_starts_no_session_twice_and_breaks_nothing(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("S")
        await settle(pilot)
        for _ in range(3):
            pilot.app.post_message(Key("enter", None))
        await settle(pilot)
        if pilot.app.screen is not pilot.app.screen_stack[0]:
            for _ in range(3):
                pilot.app.post_message(Key("enter", None))
            await settle(pilot)
    assert len(open_workspace(root).sessions.all()) == 1
