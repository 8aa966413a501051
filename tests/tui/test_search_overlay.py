"""Searching in the app: results while typing, opening a hit in place, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from studygroup.core.finding.search import Document, Hit, Results
from studygroup.tui.app import StudygroupApp
from studygroup.tui.asking import Asked, Seeker
from studygroup.tui.screens.search import SearchScreen
from studygroup.tui.themes import DARK, shades
from studygroup.tui.widgets.hit_list import HitList
from tests.tui.driving import HOSTILE, OpenApp, settle, shown

WIDE, SMALL, NARROW = (140, 40), (80, 24), (60, 20)


async def search(pilot: Pilot[None], query: str) -> str:
    """Open the overlay, type, and return what stands on the terminal then."""
    await settle(pilot)
    await pilot.press("slash")
    await pilot.pause()
    await type_in(pilot, query)
    return flat(pilot)


def flat(pilot: Pilot[None]) -> str:
    """Return what stands on the terminal as one line, without the frame of the box."""
    return " ".join(shown(pilot).replace("│", " ").split())


async def type_in(pilot: Pilot[None], text: str) -> None:
    for character in text:
        await pilot.press("space" if character == " " else character)
    await at_rest(pilot)


async def at_rest(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", [WIDE, SMALL, NARROW])
async def test_results_come_while_typing_with_counts_by_kind(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        screen = await search(pilot, "spri")
        assert "All 2 Text 1 Prompts 0 Notes 1 Minutes 0" in screen
        assert "text 1 The Lock ¶1" in screen
        assert "note · ana 1 The Lock" in screen
        assert "house stands empty since the spring" in screen


async def test_an_empty_line_explains_what_can_be_typed(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await search(pilot, "")
        assert "“very words” exactly these, in this order" in screen
        assert "begin* every word that begins so" in screen


async def test_enter_opens_the_hit_in_place_and_esc_returns_to_exactly_where_one_stood(
    open_app: OpenApp,
) -> None:
    async with open_app(paragraph=2).run_test(size=(120, 14)) as pilot:
        screen = await settle(pilot)
        await pilot.press("tab")  # the prompts have focus
        screen.text.scroll_to(y=3, animate=False)
        screen.notes.scroll_to(y=2, animate=False)
        await settle(pilot)

        def stand() -> tuple[object, ...]:
            views = [(p.current, p.top) for p in (screen.text, screen.prompts, screen.notes)]
            return screen.position, screen.focused, *views

        before = stand()
        assert before[2] != (None, 0)
        await search(pilot, "nobody remembers")
        await pilot.press("enter")
        await settle(pilot)
        assert screen.section is not None
        assert screen.section.id == "its-builders"
        assert screen.focused is screen.text
        assert screen.text.hit_paragraphs() == [1, 1]
        assert "Esc back to where you were" in shown(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert stand() == before
        assert screen.text.hit_paragraphs() == []
        assert "Esc back" not in shown(pilot)


async def test_esc_after_the_section_one_came_from_is_gone_stays_here_and_says_so_once(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        screen = await settle(pilot)
        await search(pilot, "nobody remembers")
        await pilot.press("enter")
        await settle(pilot)
        file = root / "readings" / "walk.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("# 1 The Lock", "# 1 The Gate", 1), encoding="utf-8")
        await pilot.press("R")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "is gone" in shown(pilot)
        assert screen.section is not None
        assert screen.section.id == "its-builders"
        assert "Esc back" not in shown(pilot)
        screen.app.clear_notifications()
        await pilot.press("escape")
        await settle(pilot)
        assert "is gone" not in shown(pilot)
        assert "no section" not in shown(pilot)


async def test_a_second_search_keeps_the_first_way_back(open_app: OpenApp) -> None:
    async with open_app(paragraph=3).run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        before = screen.position
        await search(pilot, "builders")
        await pilot.press("enter")
        await search(pilot, "")
        assert pilot.app.screen.query_one(Input).value == "builders", "the last question is kept"
        await type_in(pilot, "towns")
        await pilot.press("enter")
        await settle(pilot)
        assert screen.position != before
        await pilot.press("escape")
        await settle(pilot)
        assert screen.position == before


async def test_going_on_from_a_hit_ends_the_way_back(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await search(pilot, "towns")
        await pilot.press("enter")
        await pilot.press("]")
        await settle(pilot)
        here = screen.position
        await pilot.press("escape")
        await settle(pilot)
        assert screen.position == here
        assert here is not None
        assert here.section == "its-builders"


async def test_n_goes_through_all_places_around_the_study_and_esc_back(open_app: OpenApp) -> None:
    async with open_app(paragraph=3).run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        before = screen.position
        await search(pilot, "nobody")
        await pilot.press("enter")
        await settle(pilot)
        places = []
        for key in ("n", "n", "n", "N"):
            assert screen.position is not None
            places.append((screen.position.section, screen.position.paragraph))
            await pilot.press(key)
            await settle(pilot)
        first, second = sorted(set(places))
        assert {first, second} == {("1-the-lock", 1), ("its-builders", 1)}
        assert places[0] == places[2] != places[1] == places[3]
        await pilot.press("escape")
        await settle(pilot)
        assert screen.position == before


async def test_n_without_a_search_says_how_to_search(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert "Nothing is highlighted here." in flat(pilot)


async def test_esc_in_the_overlay_leaves_everything_as_it_was(open_app: OpenApp) -> None:
    async with open_app(paragraph=2).run_test(size=(100, 14)) as pilot:
        screen = await settle(pilot)
        await pilot.press("tab", "tab")
        screen.text.scroll_to(y=2, animate=False)
        await settle(pilot)
        before = (screen.position, screen.text.top, screen.focused)
        await search(pilot, "bridge")
        await pilot.press("down", "escape")
        await settle(pilot)
        assert (screen.position, screen.text.top, screen.focused) == before


async def test_tab_narrows_to_a_kind_and_the_counts_stay(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "spring")
        hits = pilot.app.screen.query_one(HitList)
        await pilot.press("tab")
        await at_rest(pilot)
        assert [hit.document.kind for hit in hits.results.hits] == ["text"]
        await pilot.press("tab")
        await at_rest(pilot)
        screen = flat(pilot)
        assert "Text 1 Prompts 0 Notes 1" in screen
        assert "Nothing found for spring" in screen
        assert "Among everything: 2" in screen
        await pilot.press("shift+tab", "shift+tab")
        await at_rest(pilot)
        assert len(hits.results.hits) == 2


async def test_what_is_among_everything_is_not_narrowed_to_a_reading_either(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "spring OR bell")
        everything = pilot.app.screen.query_one(HitList).results.total
        await pilot.press("ctrl+t", "tab", "tab")
        await at_rest(pilot)
        assert "Nothing found" in flat(pilot)
        assert f"Among everything: {everything}. ^g goes there." in flat(pilot)
        await pilot.press("ctrl+g")
        await at_rest(pilot)
        assert pilot.app.screen.query_one(HitList).results.total == everything > 2


async def test_a_click_on_a_count_narrows_and_a_click_on_a_hit_opens_it(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "spring")
        row = next(n for n, line in enumerate(shown(pilot).splitlines()) if "All 2" in line)
        column = shown(pilot).splitlines()[row].index("Notes 1")
        await pilot.click(offset=(column + 1, row))
        await at_rest(pilot)
        hits = pilot.app.screen.query_one(HitList)
        assert [hit.document.kind for hit in hits.results.hits] == ["note"]
        await pilot.click(HitList, offset=(4, 0))
        screen = await settle(pilot)
        assert pilot.app.screen is screen
        assert screen.focused is screen.notes
        assert screen.notes.selected is not None
        assert "spring" in screen.notes.selected.text


async def test_a_prompt_that_was_found_is_selected_beside_its_section(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await search(pilot, "who pays for what")
        await pilot.press("enter")
        screen = await settle(pilot)
        assert screen.section is not None
        assert screen.section.id == "2-the-bridge"
        assert screen.focused is screen.prompts
        assert screen.prompts.selected is not None
        assert screen.prompts.selected.by == "ana"


async def test_a_misspelling_is_answered_with_a_suggestion_that_enter_takes(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=NARROW) as pilot:
        screen = await search(pilot, "brigdes")
        assert "Nothing found for brigdes" in screen
        assert "Did you mean bridge ?" in screen
        await pilot.press("enter")
        await at_rest(pilot)
        assert pilot.app.screen.query_one(Input).value == "bridge"
        assert pilot.app.screen.query_one(HitList).results.total > 0


async def test_what_was_found_is_shown_as_it_is_written(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await search(pilot, "tendencies")
        assert HOSTILE in screen
        await pilot.press("escape")
        assert "Nothing found for [/zz] [@click=x]" in await search(pilot, "[/zz] [@click=x]")


@pytest.mark.parametrize("size", [(20, 5), (30, 8), (1, 1)])
async def test_the_smallest_screens_search_too(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app().run_test(size=size) as pilot:
        await search(pilot, "spring")
        assert pilot.app.screen.query_one(HitList).results.total == 2
        await pilot.resize_terminal(80, 24)
        await pilot.press("enter")
        await settle(pilot)
        assert "¶1" in shown(pilot)


async def test_a_note_written_just_now_is_found(open_app: OpenApp, root: Path) -> None:
    app = open_app()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app, StudygroupApp)
        screen = await settle(pilot)
        screen.refresh_study(app.workspace.add_note("walk", "1-the-lock", "A heron stood there."))
        assert "A heron stood there." in await search(pilot, "heron")


class Slow(App[None]):
    """A search overlay whose answers wait until the test lets them go."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.gate = threading.Event()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return shades(DARK)

    def on_mount(self) -> None:
        self.push_screen(SearchScreen(Seeker(self.find)))

    def find(self, asked: Asked) -> Results:
        if not asked.query:
            return Results("")
        self.asked.append(asked.query)
        assert self.gate.wait(60)
        document = Document("k", "text", "r", "s", "S", asked.query, "p", 1)
        return Results(asked.query, (Hit(document, f"hit for {asked.query}", (), 1.0),), 1)


async def test_typing_goes_on_while_a_search_runs_and_only_the_newest_answer_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    show = HitList.show_results

    def spy(
        self: HitList, results: Results, titles: Mapping[str, str], at: int = 0, **how: Any
    ) -> None:
        seen.append(results.query)
        show(self, results, titles, at, **how)

    monkeypatch.setattr(HitList, "show_results", spy)
    app = Slow()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("b", "c", "d")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "abcd"
        assert app.asked == ["a"], "one search at a time"
        app.gate.set()
        await at_rest(pilot)
        assert app.asked == ["a", "abcd"]
        assert seen == ["abcd"]
        assert "hit for abcd" in shown(pilot)


async def test_enter_pressed_before_the_answer_opens_the_best_hit_when_it_comes() -> None:
    app = Slow()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("a", "b", "enter")
        await pilot.pause()
        assert isinstance(app.screen, SearchScreen)
        app.gate.set()
        await at_rest(pilot)
        assert not isinstance(app.screen, SearchScreen)


async def test_enter_while_the_study_is_still_read_is_answered_and_ctrl_o_goes_back() -> None:
    app = Slow()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("a")
        while "Reading the study" not in shown(pilot):
            await pilot.pause(0.05)
        assert "opens when it is found" not in flat(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "The best hit opens when it is found" in flat(pilot)
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert not isinstance(app.screen, SearchScreen)
        app.gate.set()
        await at_rest(pilot)
        assert not isinstance(app.screen, SearchScreen)


@pytest.mark.parametrize("query", ['"', "*", "-", "-bridge"])
async def test_a_query_without_a_word_to_find_says_what_it_needs(
    open_app: OpenApp, query: str
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await search(pilot, "bridge")
        assert "All " in screen
        await pilot.press(*["backspace"] * 6)
        pilot.app.screen.query_one(Input).insert_text_at_cursor(query)
        await at_rest(pilot)
        screen = flat(pilot)
        assert "a query needs a word, as in: bridge, or bri*" in screen
        assert "What you can type" in screen
        assert "All 0" not in screen
        await pilot.press("enter")
        await at_rest(pilot)
        assert isinstance(pilot.app.screen, SearchScreen)


async def test_typing_on_after_enter_asks_anew() -> None:
    app = Slow()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("a", "enter", "b")
        app.gate.set()
        await at_rest(pilot)
        assert "hit for ab" in shown(pilot)


async def test_something_said_in_a_session_is_found_and_shown(
    open_app: OpenApp, root: Path
) -> None:
    app = open_app()
    assert isinstance(app, StudygroupApp)
    recording = app.workspace.sessions.start(["walk"], attendance=["ben"])
    recording.record("ben: the herons had left by then")
    recording.leave()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        screen = await search(pilot, "heron")
        assert "minutes · ben" in screen
        assert "Minutes 1" in screen
        await pilot.press("enter")
        await settle(pilot)
        screen = flat(pilot)
        assert "ben: the herons had left by" in flat(pilot)
