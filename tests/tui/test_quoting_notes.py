"""Quoting in a note and to the clipboard: exact words with their citation, judged while typed."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from studygroup.tui.quoting import quotation_at
from tests.tui.driving import OpenApp, flat, settle, shown

WIDE, SMALL = (140, 40), (80, 24)
CITED = "(A Walk by the Canal, §1 The Lock ¶1)"


async def select(pilot: Pilot[None], words: str) -> None:
    """Select words that stand on one line, with the mouse."""
    rows = shown(pilot).splitlines()
    row = next(n for n, text in enumerate(rows) if words in text)
    column = rows[row].index(words)
    await pilot.mouse_down(offset=(column, row))
    await pilot.hover(offset=(column + len(words), row))
    await pilot.mouse_up(offset=(column + len(words), row))
    await settle(pilot)


async def test_selected_words_are_quoted_with_their_citation_behind_what_was_begun(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("a", *"First.", "escape")
        await settle(pilot)
        await select(pilot, "stands empty since")
        await pilot.press("a")
        await settle(pilot)
        area = pilot.app.screen.query_one(TextArea)
        assert area.text == f"First.\n\n“stands empty since” {CITED} "


async def test_the_paragraph_is_quoted_at_the_cursor_with_one_key(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("a", *"So: ", "ctrl+r", "x")
        await settle(pilot)
        area = pilot.app.screen.query_one(TextArea)
        whole = "The lock-keeper's house stands empty since the spring. Nobody has asked why."
        assert area.text == f"So: “{whole}” {CITED} x"


async def test_a_citation_is_copied_and_selected_words_with_theirs(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("y")
        assert pilot.app.clipboard == CITED[1:-1]
        await select(pilot, "stands empty since")
        await pilot.press("y")
        assert pilot.app.clipboard == f"“stands empty since” {CITED}"
        await pilot.press("j", "Y")
        assert pilot.app.clipboard.startswith("“Water finds its own level, and so do men.” (")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("“stands empty since the spr", "= so far: A Walk by the Canal, §1 The Lock ¶1"),
        ("“stands empty since the spring” he says", "= exact: A Walk by the Canal, §1 The Lock ¶1"),
        ("“Water finds its own level, and so do people”", "[-men-] {+people+}"),
        ("“nothing of the kind stands anywhere in here”", "✗ not found in the readings"),
        ("> Boats wait here … the only traffic", "… elided: A Walk by the Canal, §1 The Lock ¶3"),
    ],
)
async def test_the_verdict_is_said_while_the_quotation_is_typed(
    open_app: OpenApp, typed: str, said: str
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        pilot.app.screen.query_one(TextArea).insert(typed)
        await settle(pilot)
        assert said in flat(shown(pilot))


async def test_words_that_are_no_quotation_have_no_verdict(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        pilot.app.screen.query_one(TextArea).insert("A “so-called” lock, and no more of it.")
        await settle(pilot)
        verdict = pilot.app.screen.query_one(".verdict", Static)
        assert str(verdict.render()) == ""


@pytest.mark.parametrize(
    ("text", "quoted", "is_open"),
    [
        ("He says “a b c|", "a b c", True),
        ('He says "a b c|', "a b c", True),
        ("He says “a b| c” and so", "a b c", False),
        ("“a b” and “c d” then|", "c d", False),
        ("“a b” and| “c d” then", "a b", False),
        ("“a b” there\n\nnew |", None, False),
        ("no marks |at all", None, False),
        ("> a b\n> c d|", "a b\nc d", True),
        ("“|", None, False),
    ],
)
def test_the_quotation_at_the_cursor(text: str, quoted: str | None, is_open: bool) -> None:
    found = quotation_at(text.replace("|", ""), text.index("|"))
    assert (None if found is None else found.words) == quoted
    assert (False if found is None else found.is_open) == is_open
