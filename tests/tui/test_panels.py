"""The panels beside the text: their first item can be opened, and what can't be read is said."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import OpenApp, flat, pane, settle, shown

WIDE, SMALL = (140, 40), (80, 24)


async def test_the_first_item_of_a_pane_is_marked_when_one_turns_to_it(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert pane(pilot, screen.prompts).startswith("› ")
        assert screen.prompts.selected is screen.prompts.prompts[0]
        await pilot.press("tab")
        await settle(pilot)
        assert pane(pilot, screen.notes).startswith("›")
        await pilot.press("]")
        await settle(pilot)
        assert screen.notes.selected is screen.notes.notes[0]


async def test_the_first_note_is_opened_with_enter(open_app: OpenApp) -> None:
    async with open_app(paragraph=3).run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await pilot.press("tab", "tab")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.text.paragraph == 1


async def test_enter_on_what_leads_nowhere_says_why(open_app: OpenApp, root: Path) -> None:
    notes = "# The lock\nOnly a thought.\n"
    (root / "readings" / "walk" / "ben.md").write_text(notes, encoding="utf-8")
    (root / "readings" / "walk" / "ana.md").unlink()
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "about no passage" in flat(shown(pilot))
        await pilot.press("tab")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "names no paragraph" in flat(shown(pilot))


async def test_files_that_cannot_be_read_are_said_where_their_prompts_and_notes_would_stand(
    open_app: OpenApp, root: Path
) -> None:
    (root / "questions" / "walk.yaml").write_text("prompts: [", encoding="utf-8")
    (root / "readings" / "walk" / "ana.md").write_bytes(b"# The lock\n\xff\xfe\x00\n")
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "1 file can't be read: press !" in pane(pilot, screen.prompts)
        assert "No prompts here yet" not in pane(pilot, screen.prompts)
        assert "1 file can't be read: press !" in pane(pilot, screen.notes)
        assert "! 2 problems · 2/4" in shown(pilot)
        screen.open("notices", "rules")
        await settle(pilot)
        assert "No prompts here yet" in pane(pilot, screen.prompts)


async def test_the_count_of_problems_goes_once_they_are_mended(
    open_app: OpenApp, root: Path
) -> None:
    good = (root / "questions" / "walk.yaml").read_text(encoding="utf-8")
    (root / "questions" / "walk.yaml").write_text("prompts: [", encoding="utf-8")
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = shown(pilot)
        (root / "questions" / "walk.yaml").write_text(good, encoding="utf-8")
        await pilot.press("R")
        await settle(pilot)
        assert shown(pilot).splitlines()[0] != before.splitlines()[0]


async def test_broken_minutes_are_counted_and_listed_too(open_app: OpenApp, root: Path) -> None:
    folder = root / "sessions" / "2026-01-05-walk"
    folder.mkdir(parents=True)
    (folder / "ana.jsonl").write_text("no journal line\n", encoding="utf-8")
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "problem" in shown(pilot).splitlines()[0]
        await pilot.press("!")
        await settle(pilot)
        assert "ana.jsonl" in flat(shown(pilot))


async def test_named_footnotes_are_numbered_in_the_order_of_the_section_and_are_no_paragraphs(
    open_app: OpenApp, root: Path
) -> None:
    text = (
        "# One\n\nA toll was due.[^toll] The ferry paid none.[^ferry] Nor the mill.[^toll]\n\n"
        "[^ferry]: It was the lord's.\n\n[^toll]: Twopence.\n"
    )
    (root / "readings" / "tolls.md").write_text(text, encoding="utf-8")
    async with open_app("tolls", "one").run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        page = pane(pilot, screen.text)
        assert "due.¹ The ferry paid none.² Nor the mill.¹" in page
        assert "² It was the lord's." in page
        assert "¹ Twopence." in page
        assert "· 1 ¶" in page


async def test_a_mouse_selection_is_taken_in_whole_words(open_app: OpenApp) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        rows = shown(pilot).splitlines()
        row = next(n for n, text in enumerate(rows) if "stands empty" in text)
        column = rows[row].index("stands empty")
        await pilot.mouse_down(offset=(column + 2, row))
        await pilot.hover(offset=(column + 8, row))
        await pilot.mouse_up(offset=(column + 8, row))
        await settle(pilot)
        assert screen.get_selected_text() == "stands empty"


async def test_a_note_says_under_whose_name_it_will_be_written_before_it_is(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert "Note by ana on ¶1, 1 The Lock" in shown(pilot)
