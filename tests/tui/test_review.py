"""Reviewing an outline: what is proposed and why, the keys that correct it, and both ways out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from studygroup.core.draft import Block, Draft
from studygroup.importers.inline import to_markdown
from studygroup.importers.plain_text import read
from studygroup.tui.review import ReviewApp
from studygroup.tui.screens.review import ReviewScreen
from studygroup.tui.widgets.bars import Breadcrumb
from studygroup.tui.widgets.draft_sheets import DraftOutline, DraftText
from tests.tui.driving import HOSTILE, flat, pane, shown

SENTENCE = "The boats wait here for hours, and talking is the only traffic that is left to them. "
TEXT = f"""\
A Walk by the Canal

{SENTENCE * 3}

Small Locks

{SENTENCE * 4}

The keeper's lament

{SENTENCE * 4}

Water finds its own level,

{SENTENCE * 4}

{HOSTILE} and that is all there is to be said of it.

{SENTENCE * 40}
"""
SIZES = [(140, 40), (100, 30), (80, 24), (60, 20)]


@pytest.fixture
def app() -> ReviewApp:
    """The review of a text with two doubtful headings and a doubtful line."""
    return ReviewApp(read(TEXT, "walk"), to_markdown)


async def ready(pilot: Pilot[Draft | None]) -> ReviewScreen:
    """Wait until the review is drawn."""
    await pilot.pause()
    await pilot.pause()
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ReviewScreen)
    return screen


def titles(blocks: tuple[Block, ...]) -> list[tuple[int, str]]:
    """Return depth and words of the headings among blocks."""
    return [(block.level, block.text) for block in blocks if block.kind == "heading"]


def runs(app: ReviewApp) -> bool:
    """Return whether the review goes on."""
    return app.is_running


def on_screen(pilot: Pilot[Draft | None]) -> str:
    """Return what stands on the terminal as one line."""
    return flat(shown(pilot))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["lamp", "paper"])
async def test_the_first_doubtful_line_is_shown_with_why_it_was_taken(
    app: ReviewApp, size: tuple[int, int], theme: str
) -> None:
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await ready(pilot)
        said = on_screen(pilot)
        assert "# Small Locks" in said
        assert "? #" in said
        assert "taken for a heading:" in said
        assert "begin with capitals" in said
        assert "3 sections" in pane(pilot, app.screen.query_one(Breadcrumb))
        assert "Enter imports" in said
        assert "Esc leaves" in said


async def test_the_outline_stands_beside_the_text_or_is_turned_to(app: ReviewApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await ready(pilot)
        outline, text = screen.query_one(DraftOutline), screen.query_one(DraftText)
        assert (outline.display, text.display) == (False, True)
        await pilot.press("tab")
        assert (outline.display, text.display) == (True, False)
        assert "Small Locks" in pane(pilot, outline)
        await pilot.press("j", "tab")
        assert (outline.display, text.display) == (False, True)
        await pilot.resize_terminal(100, 30)
        assert outline.display
        assert text.display


async def test_each_key_changes_the_outline_and_undo_takes_all_of_it_back(app: ReviewApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        first = screen.revision
        await pilot.press("greater_than_sign")
        assert titles(screen.revision.blocks)[0] == (2, "Small Locks")
        await pilot.press("less_than_sign", "x")
        assert titles(screen.revision.blocks) == [(1, "The keeper's lament")]
        assert "2 sections" in on_screen(pilot)
        await pilot.press("a")
        assert len(titles(screen.revision.blocks)) == 2
        await pilot.press("r", *["backspace"] * 20, *"Q*A", "enter")
        assert titles(screen.revision.blocks)[0] == (1, r"Q\*A")
        assert "in the text: Small Locks" in on_screen(pilot)
        await pilot.press("j", "s", *"Views", "enter")
        assert titles(screen.revision.blocks)[1] == (1, "Views")
        assert "not in the text" in on_screen(pilot)
        await pilot.press("right_square_bracket", "m")
        assert len(titles(screen.revision.blocks)) == 2
        await pilot.press(*["u"] * 10)
        assert screen.revision == first


async def test_enter_gives_the_draft_as_corrected(app: ReviewApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("x", "enter")
    reviewed = app.return_value
    assert reviewed is not None
    assert titles(reviewed.blocks) == [(1, "The keeper's lament")]
    assert reviewed.outline is not None


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_gives_nothing_and_asks_first_where_something_was_corrected(
    app: ReviewApp, key: str
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("x", key)
        assert "again leaves without importing" in on_screen(pilot)
        assert runs(app)
        await pilot.press(key)
    assert app.return_value is None


async def test_one_escape_is_enough_where_nothing_was_corrected(app: ReviewApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("s", *"half", "escape")
        assert runs(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not runs(app)
    assert app.return_value is None


async def test_the_mouse_chooses_in_both_panes_and_on_the_bar(app: ReviewApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        outline = screen.query_one(DraftOutline)
        row = screen.revision.headings[1]
        await pilot.click(DraftOutline, offset=(6, 1 + outline.lines.places[row][0]))
        assert screen.at == row
        await pilot.click("KeyBar", offset=(screen.size.width // 2 - 10, 0))
        top = screen.query_one(DraftText).top
        first, _ = screen.query_one(DraftText).lines.places[row + 1]
        await pilot.click(DraftText, offset=(10, 1 + first - top))
        assert screen.at == row + 1


async def test_doubtful_lines_are_gone_through_and_settled(app: ReviewApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        before = sum(row.is_doubtful for row in screen.revision.rows)
        first = screen.at
        await pilot.press("n")
        assert screen.at > first
        assert screen.revision.rows[screen.at].is_doubtful
        await pilot.press("a", "N")
        assert screen.at == first
        assert f"{before - 1} doubtful" in on_screen(pilot)


async def test_marks_and_controls_in_a_text_are_shown_as_they_are(app: ReviewApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await ready(pilot)
        await ready(pilot)
        assert "begin a section with this paragraph" in on_screen(pilot)
        await pilot.press("escape", "end", *["k"])
        assert "[@click=app.quit]" in on_screen(pilot)


@pytest.mark.parametrize("size", [(20, 5), (30, 8)])
@pytest.mark.parametrize("make", [lambda: (), lambda: read(TEXT, "walk").blocks])
async def test_the_smallest_terminal_and_an_empty_text_are_no_trouble(
    size: tuple[int, int], make: Callable[[], tuple[Block, ...]]
) -> None:
    app = ReviewApp(Draft("plain-text", "Walk", make(), is_judged=True), to_markdown)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for key in "nNaxmusr":
            await pilot.press(key)
            await pilot.press("escape") if key in "sr" else None
        await pilot.press("escape", "escape")
    assert app.return_value is None


async def test_while_a_heading_is_typed_no_key_moves_or_changes_anything_else(
    app: ReviewApp,
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        at = screen.at + 1
        await pilot.press("j", "s", *"qxu", "down", "tab", "pagedown", *"n", "enter")
        assert screen.at == at
        assert screen.revision.rows[at].block.text == "qxun"
        assert not screen.has_class("outline-open")
        assert runs(app)
