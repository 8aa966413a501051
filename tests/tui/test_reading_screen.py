"""What a reader sees and does on the reading screen, at every size of terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from studygroup.bootstrap import open_workspace
from studygroup.tui.app import StudygroupApp
from studygroup.tui.commands import COMMANDS
from studygroup.tui.screens.help import HelpScreen
from tests.tui.driving import HOSTILE, OpenApp, flat, pane, settle, shown

WIDE, MEDIUM, SMALL, NARROW = (140, 40), (100, 30), (80, 24), (60, 20)


async def test_a_wide_screen_shows_outline_text_prompts_and_notes_of_one_section(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "A Walk by the Canal ▸ 1 The Lock" in shown(pilot)
        assert "2 The Bridge" in pane(pilot, screen.outline)
        assert "stands empty since the spring.¹ Nobody has asked" in pane(pilot, screen.text)
        assert "Why does nobody ask?" in pane(pilot, screen.prompts)
        assert "criticism · ana · ¶2 Too easy" in pane(pilot, screen.notes)
        assert "≈ altered" in pane(pilot, screen.notes)


@pytest.mark.parametrize("size", [WIDE, MEDIUM, SMALL, NARROW, (20, 5), (200, 60), (1, 1)])
async def test_every_size_opens_and_turns_sections_without_crashing(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        screen = await settle(pilot)
        await pilot.press("]", "j", "k", "tab", "tab", "o", "escape", "space", "b", "end", "[")
        await settle(pilot)
        assert screen.section is not None


@pytest.mark.parametrize("size", [MEDIUM, SMALL])
async def test_a_medium_screen_folds_the_outline_away_until_asked_for(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        await settle(pilot)
        assert "Outline" not in shown(pilot)
        assert "Why does nobody ask?" in flat(shown(pilot))
        await pilot.press("o")
        await settle(pilot)
        assert "Its Builders" in shown(pilot)
        await pilot.press("j", "enter")
        screen = await settle(pilot)
        assert "Outline" not in shown(pilot)
        assert screen.section is not None
        assert screen.section.title == "2 The Bridge"


async def test_a_narrow_screen_shows_one_pane_and_tab_turns_it(open_app: OpenApp) -> None:
    async with open_app().run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert "stands empty" in shown(pilot)
        assert "Why does nobody ask?" not in shown(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert "Why does nobody ask?" in shown(pilot)
        assert "stands empty" not in shown(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert "Too easy" in shown(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert "Too easy" not in shown(pilot)
        assert "quotes this section" in shown(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert "stands empty" in shown(pilot)


async def test_shrinking_to_almost_nothing_and_back_keeps_the_place(open_app: OpenApp) -> None:
    async with open_app(paragraph=3).run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        before = shown(pilot)
        for size in ((20, 5), (1, 1), (60, 20), WIDE):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert screen.text.paragraph == 3
        assert shown(pilot) == before


async def test_a_line_is_never_wider_than_the_reading_measure(open_app: OpenApp) -> None:
    async with open_app().run_test(size=(220, 50)) as pilot:
        screen = await settle(pilot)
        _, measure = screen.text.frame(screen.text.size.width)
        assert measure == 72


async def test_the_place_is_remembered_between_runs(root: Path, open_app: OpenApp) -> None:
    async with open_app(None).run_test(size=MEDIUM) as pilot:
        await settle(pilot)
        await pilot.press("]", "]")
        screen = await settle(pilot)
        left_at = screen.position
        await pilot.press("q")
    async with StudygroupApp(open_workspace(root)).run_test(size=MEDIUM) as pilot:
        screen = await settle(pilot)
        assert screen.position == left_at


async def test_a_place_far_down_is_in_view_from_the_start(open_app: OpenApp) -> None:
    async with open_app(paragraph=4).run_test(size=(50, 8)) as pilot:
        screen = await settle(pilot)
        assert screen.text.paragraph == 4
        assert "It was sold twice" in shown(pilot)


async def test_sections_are_walked_and_the_way_back_is_kept(open_app: OpenApp) -> None:
    async with open_app(paragraph=2).run_test(size=MEDIUM) as pilot:
        screen = await settle(pilot)
        await pilot.press("]")
        await settle(pilot)
        assert screen.section is not None
        assert screen.section.title == "2 The Bridge"
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert (screen.section.title, screen.text.paragraph) == ("1 The Lock", 2)
        await pilot.press("alt+right")
        await settle(pilot)
        assert screen.section.title == "2 The Bridge"


async def test_going_to_a_section_finds_it_by_a_few_letters_in_any_reading(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await pilot.press("g", *"wide", "enter")
        await settle(pilot)
        assert screen.reading is not None
        assert screen.reading.title == "On Notices"
        assert "漢字は二つの桁を占める。" in shown(pilot)


async def test_a_click_makes_a_paragraph_the_current_one(open_app: OpenApp) -> None:
    async with open_app().run_test(size=MEDIUM) as pilot:
        screen = await settle(pilot)
        rows = shown(pilot).splitlines()
        row = next(n for n, text in enumerate(rows) if "Boats wait here" in text)
        await pilot.click(offset=(20, row))
        await settle(pilot)
        assert screen.text.paragraph == 3


async def test_a_note_is_written_to_the_readers_file_and_shown(
    root: Path, open_app: OpenApp
) -> None:
    file = root / "readings" / "walk" / "ana.md"
    before = file.read_text(encoding="utf-8")
    async with open_app(paragraph=3).run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        pilot.app.screen.query_one(TextArea).insert("Talk is traffic [/h2].")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "Talk is traffic [/h2]." in shown(pilot)
    after = file.read_text(encoding="utf-8")
    assert "Talk is traffic [/h2]." in after
    assert all(line in after.splitlines() for line in before.splitlines())


async def test_a_saved_note_is_marked_and_in_view_however_many_there_are(
    root: Path, open_app: OpenApp
) -> None:
    many = "".join(f"\n> [!note] ¶2\n> Number {n}.\n" for n in range(30))
    file = root / "readings" / "walk" / "ana.md"
    file.write_text(f"# The lock\n{many}", encoding="utf-8")
    async with open_app(paragraph=2).run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        pilot.app.clear_notifications()
        await pilot.press("a", *"the newest", "ctrl+s")
        screen = await settle(pilot)
        assert "the newest" in pane(pilot, screen.notes)
        assert screen.notes.selected is not None
        assert "the newest" in [block.text for block in screen.notes.selected.blocks]


@pytest.mark.parametrize("size", [WIDE, SMALL, NARROW])
async def test_keys_typed_right_after_tab_go_to_the_pane_one_turned_to(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        screen = await settle(pilot)
        for key in ("tab", "j"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert screen.text.paragraph == 1
        assert screen.prompts.selected is not None
        assert screen.focused is screen.prompts


async def test_a_problem_whose_file_may_not_be_opened_is_said_and_the_app_goes_on(
    root: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.md").write_text("# Elsewhere\n", encoding="utf-8")
    (root / "readings" / "linked.md").symlink_to(tmp_path / "elsewhere.md")
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("!")
        await settle(pilot)
        await pilot.press("enter")
        screen = await settle(pilot)
        assert screen.is_current
        assert "is a symbolic link" in flat(shown(pilot))


async def test_a_prompt_is_written_to_the_readings_file_and_shown(
    root: Path, open_app: OpenApp
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("A")
        await settle(pilot)
        pilot.app.screen.query_one(TextArea).insert("Who asked first?")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "Who asked first?" in shown(pilot)
    assert "Who asked first?" in (root / "questions" / "walk.yaml").read_text(encoding="utf-8")


async def test_an_unsaved_note_is_there_again_when_the_dialog_opens_again(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=MEDIUM) as pilot:
        await settle(pilot)
        await pilot.press("a", *"half", "escape")
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert pilot.app.screen.query_one(TextArea).text == "half"


async def test_a_note_begun_is_offered_at_the_next_start_and_no_more_once_it_is_saved(
    root: Path, open_app: OpenApp
) -> None:
    async with open_app().run_test(size=MEDIUM) as pilot:
        await settle(pilot)
        await pilot.press("a", *"half")
        await pilot.pause()
        pilot.app.exit()
    async with open_app().run_test(size=MEDIUM, notifications=True) as pilot:
        await settle(pilot)
        assert "A note is begun and not saved: a goes on" in flat(shown(pilot))
        await pilot.press("a")
        await settle(pilot)
        assert pilot.app.screen.query_one(TextArea).text == "half"
        await pilot.press(*"way", "ctrl+s")
        await settle(pilot)
    assert "halfway" in (root / "readings" / "walk" / "ana.md").read_text(encoding="utf-8")
    async with open_app().run_test(size=MEDIUM, notifications=True) as pilot:
        await settle(pilot)
        assert "is begun" not in shown(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert pilot.app.screen.query_one(TextArea).text == ""


async def test_what_cannot_be_written_is_said_and_the_app_goes_on(
    root: Path, open_app: OpenApp
) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        notes = root / "readings" / "walk"
        (notes / "ana.md").unlink()
        (notes / "ana.md").mkdir()
        await pilot.press("a", *"lost?")
        await pilot.press("ctrl+s")
        screen = await settle(pilot)
        assert screen.is_current
        assert "ana.md" in flat(shown(pilot))
        await pilot.press("a")
        await settle(pilot)
        assert pilot.app.screen.query_one(TextArea).text == "lost?"


async def test_hostile_text_is_shown_literally(open_app: OpenApp) -> None:
    async with open_app("notices", "rules").run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert HOSTILE in pane(pilot, screen.text)
        assert "A bell␇ and an escape ␛[31mred stand here." in pane(pilot, screen.text)
        assert pilot.app.is_running


async def test_an_empty_study_says_how_to_fill_it(tmp_path: Path, home: Path) -> None:
    (tmp_path / "empty" / "readings").mkdir(parents=True)
    app = StudygroupApp(open_workspace(tmp_path / "empty"))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "studygroup import FILE" in shown(pilot)
        await pilot.press("a", "]", "g", "e", "y", "tab", "o", "n", "?", "escape")
        screen = await settle(pilot)
        assert screen.is_current


async def test_a_section_without_prompts_or_notes_says_so(open_app: OpenApp) -> None:
    async with open_app("notices", "rules").run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "No prompts here yet." in shown(pilot)
        assert "Nobody has written a note here yet." in flat(shown(pilot))


async def test_help_lists_the_keys_of_every_command(open_app: OpenApp) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("?")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        screen = ""
        for _ in range(9):
            screen += shown(pilot)
            await pilot.press("space")
            await settle(pilot)
        for command in COMMANDS:
            if command.keys:
                assert "  ".join(command.shown_keys()) in screen
                assert command.title in screen


async def test_the_palette_offers_every_command_and_runs_it(open_app: OpenApp) -> None:
    async with open_app().run_test(size=MEDIUM) as pilot:
        screen = await settle(pilot)
        await pilot.press("ctrl+p", *"next section", "enter")
        await settle(pilot)
        assert screen.section is not None
        assert screen.section.title == "2 The Bridge"


def test_no_key_is_bound_twice_and_every_command_has_its_own_id() -> None:
    keys = [key for command in COMMANDS for key in command.keys.split(",") if key]
    ids = [command.id for command in COMMANDS]
    assert len(keys) == len(set(keys))
    assert len(ids) == len(set(ids))


async def test_choosing_a_note_shows_the_passage_it_quotes(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await pilot.press("tab", "tab", "j", "j", "enter")
        await settle(pilot)
        assert screen.notes.selected is not None
        assert screen.notes.selected.title == "Too easy"
        assert screen.text.paragraph == 2
        assert screen.text.hit_paragraphs()[0] == 2


async def test_paging_goes_on_to_the_next_section_and_back_to_the_end_of_the_last(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert screen.section is not None
        assert screen.section.title == "2 The Bridge"
        await pilot.press("b")
        await settle(pilot)
        assert (screen.section.title, screen.text.paragraph) == ("1 The Lock", 4)


async def test_what_the_mouse_selects_is_the_text_and_starts_a_note(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        rows = shown(pilot).splitlines()
        row = next(n for n, text in enumerate(rows) if "stands empty" in text)
        column = rows[row].index("stands empty")
        await pilot.mouse_down(offset=(column, row))
        await pilot.hover(offset=(column + 5, row + 1))
        await pilot.mouse_up(offset=(column + 5, row + 1))
        await settle(pilot)
        selected = screen.get_selected_text()
        assert selected is not None
        assert selected.startswith("stands empty since the spring. Nobody")
        assert "\n" not in selected
        await pilot.press("a")
        await settle(pilot)
        assert pilot.app.screen.query_one(TextArea).text.startswith("“stands empty since")


async def test_a_note_chosen_on_a_narrow_screen_leads_to_its_text(open_app: OpenApp) -> None:
    async with open_app().run_test(size=NARROW) as pilot:
        screen = await settle(pilot)
        await pilot.press("tab", "tab", "j", "j", "enter")
        await settle(pilot)
        assert "Water finds its own level" in pane(pilot, screen.text)
        assert screen.text.paragraph == 2


@pytest.mark.parametrize("theme", ["paper", "ansi-dark", "ansi-light", "nord"])
async def test_every_theme_shows_where_one_is_without_colour(open_app: OpenApp, theme: str) -> None:
    async with open_app(paragraph=3).run_test(size=WIDE) as pilot:
        pilot.app.theme = theme
        await settle(pilot)
        assert "›¶3" in shown(pilot)
        assert "▶ 1 The Lock" in shown(pilot)
