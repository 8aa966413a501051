"""The panel of notes: which were discussed, marked with one key, and narrowed to some of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.session import Spot
from studygroup.tui.screens.reading import ReadingScreen
from tests.tui.driving import OpenApp, flat, pane, settle, shown

WIDE, SMALL, NARROW = (140, 40), (80, 24), (60, 20)

BEN = """\
# The lock

> [!criticism] Who counts
> The crews are not asked either.

> [!question]
> Is talk a traffic?
"""


@pytest.fixture(autouse=True)
def notes_of_ben(root: Path) -> None:
    (root / "readings" / "walk" / "ben.md").write_text(BEN, encoding="utf-8")


def start(root: Path) -> None:
    at = Spot("walk", "1-the-lock")
    with open_workspace(root).sessions.start(["walk"], attendance=["ben"], at=at):
        pass


async def to_notes(pilot: Pilot[None], *, session: bool = True) -> ReadingScreen:
    """Go on with the session, if any, and give the notes the focus."""
    screen = await settle(pilot)
    if session:
        await pilot.press("colon")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
    screen.focus_pane(screen.notes)
    await settle(pilot)
    return screen


async def choose(pilot: Pilot[None], letters: str) -> None:
    await pilot.press("f")
    await settle(pilot)
    await pilot.press(*("space" if c == " " else c for c in letters), "enter")
    await settle(pilot)


async def test_before_a_first_session_no_note_carries_a_sign(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await to_notes(pilot, session=False)
        assert "summary · ana" in pane(pilot, screen.notes)
        assert "○" not in shown(pilot)
        assert "ana 2 ben 2" in flat(shown(pilot))


@pytest.mark.parametrize("size", [WIDE, SMALL, NARROW])
async def test_x_on_a_note_marks_it_as_discussed_and_once_more_takes_that_back(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    start(root)
    async with open_app().run_test(size=size) as pilot:
        screen = await to_notes(pilot)
        assert "○ 4 not discussed" in flat(shown(pilot))
        assert "○ summary · ana" in pane(pilot, screen.notes)
        await pilot.press("x")
        await settle(pilot)
        assert "○ 3 not discussed" in flat(shown(pilot))
        assert "✓ summary · ana" in pane(pilot, screen.notes)
        assert len(open_workspace(root).sessions.notes()) == 1
        await pilot.press("x")
        await settle(pilot)
        assert "○ 4 not discussed" in flat(shown(pilot))
        assert "✓" not in pane(pilot, screen.notes)


async def test_what_was_discussed_is_still_known_in_the_next_session_and_between(
    open_app: OpenApp, root: Path
) -> None:
    start(root)
    async with open_app().run_test(size=WIDE) as pilot:
        await to_notes(pilot)
        await pilot.press("x")
        await settle(pilot)
    (session,) = open_workspace(root).sessions.all()
    with open_workspace(root).sessions.record(session.id) as recording:
        recording.close()
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await to_notes(pilot, session=False)
        assert "✓ summary · ana" in pane(pilot, screen.notes)
        await pilot.press("x")
        await settle(pilot)
        assert "✓ summary · ana" in pane(pilot, screen.notes)
    start(root)
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await to_notes(pilot)
        assert "✓ summary · ana" in pane(pilot, screen.notes)
        await pilot.press("x")
        await settle(pilot)
        assert "✓" not in pane(pilot, screen.notes)


async def test_x_beside_the_notes_is_still_about_the_prompt(open_app: OpenApp, root: Path) -> None:
    start(root)
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await to_notes(pilot)
        await pilot.press("escape", "p", "x")
        await settle(pilot)
        (session,) = open_workspace(root).sessions.all()
        assert session.settled == {("walk", "lock-why"): "discussed"}
        assert "✓" not in pane(pilot, screen.notes)


@pytest.mark.parametrize("size", [WIDE, SMALL, NARROW])
async def test_f_shows_the_notes_of_one_kind_and_f_or_esc_all_of_them_again(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        screen = await to_notes(pilot, session=False)
        await pilot.press("f")
        await settle(pilot)
        assert "criticism 2 here, 2 in this reading" in flat(shown(pilot))
        assert "question 1 here, 2 in this reading" in flat(shown(pilot))
        await pilot.press(*"crit", "enter")
        await settle(pilot)
        assert [n.reader for n in screen.notes.shown] == ["ana", "ben"]
        assert "criticism: 2 of 4" in flat(shown(pilot))
        assert "summary" not in pane(pilot, screen.notes)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.focused is screen.notes
        assert len(screen.notes.shown) == 4
        assert "criticism: " not in flat(shown(pilot))
        await choose(pilot, "quest")
        assert "question: 1 of 4" in flat(shown(pilot))
        await pilot.press("f")
        await settle(pilot)
        assert len(screen.notes.shown) == 4


async def test_what_is_marked_leaves_the_list_of_what_is_not_discussed_and_the_next_is_current(
    open_app: OpenApp, root: Path
) -> None:
    start(root)
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await to_notes(pilot)
        await choose(pilot, "not disc")
        assert "not discussed yet: 4 of 4" in flat(shown(pilot))
        for left in (3, 2):
            second = screen.notes.shown[1]
            await pilot.press("x")
            await settle(pilot)
            assert len(screen.notes.shown) == left
            assert screen.notes.selected == second
        await pilot.press("f")
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert "criticism, not discussed yet" in flat(shown(pilot))
        assert "question, not discussed yet" not in flat(shown(pilot))


async def test_a_filter_that_leaves_nothing_says_so_and_stays_from_section_to_section(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await to_notes(pilot, session=False)
        await choose(pilot, "crit")
        await pilot.press("]")
        await settle(pilot)
        assert "None here: criticism. f shows the one note." in pane(pilot, screen.notes)
        await pilot.press("[")
        await settle(pilot)
        assert len(screen.notes.shown) == 2


async def test_a_note_that_is_sought_or_written_is_shown_whatever_the_filter(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await to_notes(pilot, session=False)
        await choose(pilot, "crit")
        await pilot.press("slash", *"traffic", "tab", "tab", "tab")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.notes.selected is not None
        assert screen.notes.selected.text == "Is talk a traffic?"
        await choose(pilot, "crit")
        await pilot.press("a", *"Mine.", "ctrl+s")
        await settle(pilot)
        assert screen.notes.selected is not None
        assert screen.notes.selected.text == "Mine."


async def test_without_notes_f_says_how_to_write_one(open_app: OpenApp) -> None:
    async with open_app("notices", "rules").run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert "There are no notes on this reading yet" in flat(shown(pilot))
