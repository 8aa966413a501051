"""A quotation being typed: its last word may be a beginning, and the text says how it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.session import Cited, Spot
from studygroup.tui.quoting import Lookup, look_up
from tests.tui.driving import OpenApp, settle, shown


@pytest.fixture
def lookup(root: Path):  # type: ignore[no-untyped-def]
    cite = open_workspace(root).sessions.cite

    def ask(typed: str) -> Lookup:
        def judge(words: str) -> Cited:
            return cite(words, Spot("walk", "1-the-lock"))

        return look_up(typed, judge)

    return ask


@pytest.mark.parametrize("typed", ["water finds its o", "Water finds its own lev", "water finds i"])
def test_a_word_that_is_only_begun_counts_as_so_far_found(lookup, typed: str) -> None:  # type: ignore[no-untyped-def]
    found = lookup(typed)
    assert found.begun
    assert found.cited.anchor is not None
    assert found.cited.anchor.paragraph == 2
    assert "so far" in found.sentence


@pytest.mark.parametrize(
    "typed", ["water finds its x", "water finds its o ", "water finds its ownx"]
)
def test_a_word_that_does_not_stand_there_is_not_taken_for_a_beginning(  # type: ignore[no-untyped-def]
    lookup, typed: str
) -> None:
    assert not lookup(typed).begun


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [
        ("water finds its", " own level"),
        ("water finds its ", "own level"),
        ("water finds its ow", "n level"),
        ("Boats wait here for hours;", " the crews talk"),
        ("talking is the only traffic left", ""),
    ],
)
def test_the_text_says_how_the_phrase_goes_on(lookup, typed: str, ahead: str) -> None:  # type: ignore[no-untyped-def]
    assert lookup(typed).ahead == ahead


async def test_tab_takes_the_words_that_stand_there(open_app: OpenApp, root: Path) -> None:
    with open_workspace(root).sessions.start(["walk"]):
        pass
    async with open_app().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("colon", *"> water finds its o")
        await settle(pilot)
        assert "so far" in shown(pilot)
        await pilot.press("tab")
        await settle(pilot)
        line = pilot.app.screen.query_one("#recorder-line", Input)
        assert line.value == "> water finds its own level"
        assert "exact" in shown(pilot)
