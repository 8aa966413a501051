"""The search overlay beyond typing: narrowing, help, recent searches, many hits, lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from studygroup.core.finding.search import Document, Hit, Results
from studygroup.tui.app import StudygroupApp
from studygroup.tui.asking import Asked, Seeker
from studygroup.tui.screens.concordance import ConcordanceScreen
from studygroup.tui.screens.search import SearchScreen
from studygroup.tui.themes import DARK, shades
from studygroup.tui.widgets.hit_list import HitList
from studygroup.tui.widgets.line_list import LineList
from studygroup.tui.widgets.session_bar import SessionBar
from tests.tui.driving import OpenApp, settle, shown
from tests.tui.test_search_overlay import at_rest, flat, search, type_in

WIDE, SMALL, NARROW = (140, 40), (80, 24), (60, 20)

HERONS = "\n\n".join(
    [
        "---\ntitle: Herons of the Canal\n---",
        *(
            f"# {number} Reach\n\nA heron stands in reach {number}.\n\n"
            f"Another heron left reach {number} {word}; nobody saw it go."
            for number, word in enumerate(["early", "late", "at noon", "twice"] * 5, 1)
        ),
    ]
)
"""Twenty sections of two paragraphs, all with herons."""


def row_of(pilot: Pilot[None], words: str) -> tuple[int, int]:
    """Return where words stand on the terminal: column and row."""
    for row, line in enumerate(shown(pilot).splitlines()):
        if words in line:
            return line.index(words), row
    raise AssertionError(f"{words!r} is not shown")


@pytest.mark.parametrize("size", [WIDE, SMALL, NARROW])
async def test_a_key_narrows_to_a_reading_with_its_count_and_another_ends_it(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    (root / "readings" / "herons.md").write_text(HERONS, encoding="utf-8")
    (root / "readings" / "herons" / "ben.md").parent.mkdir()
    (root / "readings" / "herons" / "ben.md").write_text("# 1 Reach\nA lock, ben says.\n")
    async with open_app().run_test(size=size) as pilot:
        screen = await search(pilot, "lock OR heron")
        assert "^t Herons of" in screen
        hits = pilot.app.screen.query_one(HitList)
        everything = hits.results.total
        await pilot.press("ctrl+t")
        await at_rest(pilot)
        assert {hit.document.reading for hit in hits.hits} == {"herons"}
        assert hits.results.total == 42 < everything
        assert "42 ✕" in flat(pilot)
        assert "^g everything" in flat(pilot)
        await pilot.press("ctrl+t")
        await at_rest(pilot)
        assert {hit.document.reading for hit in hits.hits} == {"walk"}
        await pilot.press("ctrl+g")
        await at_rest(pilot)
        assert hits.results.total == everything
        assert "✕" not in flat(pilot)


async def test_a_key_narrows_to_a_reader_and_around_to_all(open_app: OpenApp, root: Path) -> None:
    (root / "readings" / "walk" / "ben.md").write_text("# The lock\nBen saw the house.\n")
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await search(pilot, "house")
        assert "^s ana 1 ben 1" in screen
        hits = pilot.app.screen.query_one(HitList)
        seen = []
        for _ in range(3):
            await pilot.press("ctrl+s")
            await at_rest(pilot)
            seen.append({hit.document.by for hit in hits.hits})
        assert seen == [{"ana"}, {"ben"}, {None, "ana", "ben"}]


async def test_a_click_on_a_reading_narrows_and_a_click_on_it_again_ends_that(
    open_app: OpenApp, root: Path
) -> None:
    (root / "readings" / "herons.md").write_text(HERONS, encoding="utf-8")
    async with open_app().run_test(size=WIDE) as pilot:
        await search(pilot, "lock OR heron")
        hits = pilot.app.screen.query_one(HitList)
        for expected in ({"walk"}, {"walk", "herons"}):
            await pilot.click(offset=row_of(pilot, "A Walk by the Canal 2"))
            await at_rest(pilot)
            assert {hit.document.reading for hit in hits.hits} == expected


async def test_where_a_filter_leaves_nothing_it_is_shown_and_how_to_end_it(
    open_app: OpenApp, root: Path
) -> None:
    (root / "readings" / "herons.md").write_text(HERONS, encoding="utf-8")
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "heron OR lock")
        await pilot.press("ctrl+t", *["backspace"] * 13)
        await type_in(pilot, "lock")
        screen = flat(pilot)
        assert "Nothing found for lock" in screen
        assert "0 ✕" in screen
        assert "^g goes there" in screen


@pytest.mark.parametrize("key", ["f1", "question_mark"])
async def test_one_key_explains_what_can_be_typed_and_esc_goes_back(
    open_app: OpenApp, key: str
) -> None:
    async with open_app().run_test(size=(100, 50)) as pilot:
        await search(pilot, "")
        await pilot.press(key)
        await at_rest(pilot)
        screen = flat(pilot)
        assert "neer~ the word, and those" in screen
        assert "said:ana what ana said" in screen
        assert "^l shows every place" in screen
        assert isinstance(pilot.app.screen, SearchScreen)


async def test_help_over_hits_gives_way_to_them_by_esc_or_typing(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "spring")
        hits = pilot.app.screen.query_one(HitList)
        for key in ("escape", "f1"):
            await pilot.press("f1")
            await at_rest(pilot)
            assert "What you can type" in shown(pilot)
            await pilot.press(key)
            await at_rest(pilot)
            assert hits.results.total == 2
        await pilot.press("f1", "s")
        await at_rest(pilot)
        assert "Nothing found for springs" not in shown(pilot)
        assert hits.hits
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, SearchScreen)


async def test_a_suggestion_is_taken_with_one_key_where_little_is_found(
    open_app: OpenApp, root: Path
) -> None:
    (root / "readings" / "herons.md").write_text(f"{HERONS}\n\nOne haron.\n", encoding="utf-8")
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await search(pilot, "haron")
        assert "Did you mean heron ?" in screen
        hits = pilot.app.screen.query_one(HitList)
        assert hits.hit is not None, "what was found is chosen, not the suggestion"
        assert "One haron." in hits.hit.snippet
        await pilot.press("ctrl+y")
        await at_rest(pilot)
        assert pilot.app.screen.query_one(Input).value == "heron"
        assert hits.results.total == 41


async def test_recent_searches_are_listed_in_an_empty_line_and_nothing_is_in_the_study(
    open_app: OpenApp, root: Path
) -> None:
    before = sorted(root.rglob("*"))
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "towns")
        await pilot.press("enter")
        await settle(pilot)
        await search(pilot, "")
        await type_in(pilot, "nobody remembers")
        await pilot.press("escape")
        await settle(pilot)
    assert sorted(root.rglob("*")) == before
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await search(pilot, "")
        assert "Recent searches nobody remembers towns What you can type" in screen
        await pilot.press("up", "down", "enter")
        await at_rest(pilot)
        assert pilot.app.screen.query_one(Input).value == "towns"
        assert pilot.app.screen.query_one(HitList).results.total == 2
        await pilot.press("ctrl+p", "enter")
        await at_rest(pilot)
        assert pilot.app.screen.query_one(Input).value == "nobody remembers"


async def test_a_search_that_found_nothing_is_not_remembered(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "zebra")
        await pilot.press("escape")
        await settle(pilot)
        assert "Recent" not in await search(pilot, "")


async def test_many_hits_stand_under_their_sections_the_best_first(
    open_app: OpenApp, root: Path
) -> None:
    text = HERONS.partition("# 6 Reach")[0].replace("# 4 Reach", "# 4 The Heron")
    (root / "readings" / "herons.md").write_text(text, encoding="utf-8")
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await search(pilot, "heron")
        hits = pilot.app.screen.query_one(HitList)
        assert hits.hits[0].score == max(hit.score for hit in hits.results.hits)
        assert screen.count("› 4 The Heron · Herons of the Canal 3 ¶1 A heron stands") == 1
        assert screen.count("2 Reach · Herons of the Canal 2 ¶1 A heron stands in reach 2") == 1
        sections = [hit.document.section for hit in hits.hits]
        assert sorted(set(sections), key=sections.index) == [
            section for n, section in enumerate(sections) if n == 0 or sections[n - 1] != section
        ]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_going_to_the_end_of_the_list_brings_the_rest_and_keeps_the_place(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    (root / "readings" / "herons.md").write_text(HERONS, encoding="utf-8")
    async with open_app().run_test(size=size) as pilot:
        await search(pilot, "heron")
        hits = pilot.app.screen.query_one(HitList)
        total = hits.results.total
        assert len(hits.hits) == 30 < total
        await pilot.press(*["down"] * 29)
        assert hits.hit is not None
        chosen = hits.hit.document.key
        await at_rest(pilot)
        assert len(hits.hits) == total
        assert hits.hit.document.key == chosen
        await pilot.press("down")
        assert hits.hit.document.key != chosen


async def test_n_reaches_more_places_than_the_list_has_shown(open_app: OpenApp, root: Path) -> None:
    (root / "readings" / "herons.md").write_text(HERONS, encoding="utf-8")
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "heron")
        await pilot.press("enter")
        screen = await settle(pilot)
        seen = set()
        for _ in range(45):
            assert screen.position is not None
            seen.add((screen.position.section, screen.position.paragraph))
            await pilot.press("n")
            await settle(pilot)
        assert len(seen) == 40


def column_of_terms(pilot: Pilot[None], term: str) -> set[int]:
    rows = shown(pilot).splitlines()[3:]
    return {line.index(f" {term} ") for line in rows if f" {term} " in line}


@pytest.mark.parametrize("size", [WIDE, SMALL, NARROW])
async def test_the_concordance_has_every_place_on_a_line_aligned_and_sorts_by_a_key(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    (root / "readings" / "herons.md").write_text(HERONS, encoding="utf-8")
    async with open_app().run_test(size=size) as pilot:
        await search(pilot, "heron")
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        assert "heron 40 places" in flat(pilot)
        assert len(column_of_terms(pilot, "heron")) == 1
        lines = pilot.app.screen.query_one(LineList)
        study = [line.after for line in lines.shown]
        await pilot.press("s")
        await at_rest(pilot)
        after = [line.after for line in lines.shown]
        assert after == sorted(study, key=str.split)
        assert after != study
        await pilot.press("s")
        await at_rest(pilot)
        before = [line.before for line in lines.shown]
        assert before == sorted(before)
        await pilot.press("escape")
        await at_rest(pilot)
        assert isinstance(pilot.app.screen, SearchScreen)
        assert pilot.app.screen.query_one(HitList).results.total == 41


async def test_enter_opens_a_line_of_the_concordance_and_n_goes_on_in_its_order(
    open_app: OpenApp, root: Path
) -> None:
    (root / "readings" / "herons.md").write_text(HERONS, encoding="utf-8")
    async with open_app(paragraph=2).run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        stood = screen.position
        await search(pilot, "heron")
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        await pilot.press("s")
        await at_rest(pilot)
        order = [
            (line.document.section, line.document.paragraph)
            for line in pilot.app.screen.query_one(LineList).shown
        ]
        await pilot.press("home", "down", "enter")
        screen = await settle(pilot)
        for key, at in (("n", 1), ("n", 2), ("N", 3), ("escape", 2)):
            assert screen.position is not None
            assert (screen.position.section, screen.position.paragraph) == order[at]
            await pilot.press(key)
            await settle(pilot)
        assert screen.position == stood


async def test_the_concordance_of_a_half_typed_word_has_the_words_that_begin_so(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await search(pilot, "spri")
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        assert "2 places" in flat(pilot)


@pytest.mark.parametrize("size", [(20, 5), (30, 8), (1, 1)])
async def test_the_smallest_screens_have_a_concordance_too(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        await search(pilot, "spring")
        await pilot.press("ctrl+l")
        await at_rest(pilot)
        assert isinstance(pilot.app.screen, ConcordanceScreen)
        assert len(pilot.app.screen.query_one(LineList).shown) == 2


async def test_near_words_and_words_of_the_readings_language_stay_marked_in_the_text(
    open_app: OpenApp, root: Path
) -> None:
    (root / "readings" / "wege.md").write_text(
        "---\ntitle: Wege\nlanguage: de\n---\n# Das Haus\n\nDie Häuser stehen am Fluss.\n",
        encoding="utf-8",
    )
    async with open_app().run_test(size=SMALL) as pilot:
        for query, marked in (("haus", "Häuser"), ("brigde~", "bridge")):
            await search(pilot, "")
            await type_in(pilot, query)
            await pilot.press("enter")
            screen = await settle(pilot)
            assert screen.section is not None
            paragraph = screen.section.paragraph(1)
            assert paragraph is not None
            spans = screen.text.hits_in(1)
            assert [paragraph.text[a:b] for a, b in spans] == [marked]
            await pilot.press("escape")
            await settle(pilot)


async def test_n_goes_through_what_has_a_label_where_no_word_is_marked(
    open_app: OpenApp,
) -> None:
    async with open_app(paragraph=2).run_test(size=SMALL) as pilot:
        await search(pilot, "in:text section:bridge")
        await pilot.press("down", "enter")
        screen = await settle(pilot)
        seen = []
        for _ in range(3):
            assert screen.position is not None
            seen.append(screen.position.paragraph)
            await pilot.press("n")
            await settle(pilot)
        assert seen == [1, 2, 3]


@pytest.mark.parametrize("size", [(120, 34), SMALL, NARROW])
async def test_the_foot_of_a_session_stays_in_view_below_the_overlay(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app()
    assert isinstance(app, StudygroupApp)
    app.workspace.sessions.start(["walk"], attendance=["ben"]).leave()
    app.session = app.workspace.sessions.running()[0].id
    async with app.run_test(size=size) as pilot:
        screen = await settle(pilot)
        await pilot.press("escape")
        await search(pilot, "the")
        box = pilot.app.screen.query_one(".box").region
        assert box.bottom <= screen.query_one(SessionBar).region.y
        assert box.height >= 8
        assert "of 90" in shown(pilot)


class Reading(App[None]):
    """A search overlay over a study that is still being read."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.25

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return shades(DARK)

    def on_mount(self) -> None:
        self.push_screen(SearchScreen(Seeker(self.find, share=lambda: self.share)))

    def find(self, asked: Asked) -> Results:
        documents = [
            Document(f"k{n}", "text", "r", f"s{n}", f"S{n}", f"bridge {n}", "p", 1, n)
            for n in range(1, round(self.share * 4) + 1)
        ]
        hits = tuple(Hit(one, one.body, ((0, 6),), 1.0) for one in documents)
        return Results(asked.query, hits, len(hits), indexed=self.share)


async def test_while_the_study_is_read_a_bar_says_so_and_what_is_there_is_found() -> None:
    app = Reading()
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, "bridge")
        assert "25% of the study read" in flat(pilot)
        hits = pilot.app.screen.query_one(HitList)
        assert len(hits.hits) == 1
        app.share = 0.75
        while len(hits.hits) < 3:
            await pilot.pause(0.05)
        await pilot.press("down")
        app.share = 1.0
        while len(hits.hits) < 4:
            await pilot.pause(0.05)
        assert "of the study read" not in flat(pilot)
        assert hits.current == 1, "the chosen hit stays chosen"


async def test_nothing_found_while_the_study_is_read_is_no_reason_for_advice() -> None:
    app = Reading()
    app.share = 0.0
    async with app.run_test(size=SMALL) as pilot:
        await type_in(pilot, "bridge")
        assert "So far: the study is still being read." in flat(pilot)
        assert "Fewer words" not in flat(pilot)


async def test_opening_the_app_makes_the_study_ready_for_searching(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        while app.workspace.finder.share < 1:
            await pilot.pause(0.05)
        assert app.workspace.finder.search("bridge").total > 0
