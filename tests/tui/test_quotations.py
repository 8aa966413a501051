"""Quotations on the screen: bars, the panel of what quotes and is quoted, following, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from studygroup.core.workspace import Position
from tests.builders import write_study
from tests.tui.driving import OpenApp, flat, pane, settle, shown

WIDE, SMALL, NARROW = (140, 40), (80, 24), (60, 20)

ESSAY = """\
---
title: On Locks
---
# 1 Empty houses

It was said that “the lock-keeper's house stands empty since the spring” and no more.

They wrote “water finds its own level, and so do all men” on the gate.

There is “no such sentence in any text of theirs” at all.

# 2 Talk

The boats wait for hours in either town, and the towns wait for them.
"""
LETTERS = """\
---
title: Letters
kind: thread
---
# Cleo

> The boats wait for hours in either town, and the towns wait for them.

# Dora

Cleo says “the boats wait for hours in either town” and means it.
"""
BEN = """\
# Talk
“Boats wait here for hours; the crews talk” is the model for this.
"""
PROMPTS = """\
reading: essay
prompts:
  - section: 1 Empty houses
    id: about
    ask: Is it?
    passage: "stands empty since the spring"
"""


@pytest.fixture(autouse=True)
def quoting(root: Path) -> Path:
    """The study with an essay and letters that quote, and a note on the essay."""
    return write_study(
        root,
        {
            "readings/essay.md": ESSAY,
            "readings/essay/ben.md": BEN,
            "questions/essay.yaml": PROMPTS,
            "readings/letters.md": LETTERS,
        },
    )


async def test_what_quotes_a_section_is_listed_with_its_verdict_and_a_bar_stands_beside_it(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        panel = pane(pilot, screen.quoted).replace("▁ ", "")
        assert "= On Locks, §1 ¶1 ¶1 “the lock-keeper's house stands empty" in panel
        assert "≈ On Locks, §1 ¶2 altered, ¶2 “water finds its own level" in panel
        assert "ben’s note on On Locks, §2" in panel
        screen.open("essay", "2-talk")
        await settle(pilot)
        row = next(r for r in shown(pilot).splitlines() if "The boats wait for hours" in r)
        assert "▌ The boats" in row or "▎ The boats" in row


async def test_what_a_text_quotes_is_listed_too_and_what_stands_nowhere_says_so(
    open_app: OpenApp,
) -> None:
    async with open_app("essay", "1-empty-houses").run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        panel = pane(pilot, screen.quoted)
        assert "This section quotes = A Walk by the Canal, §1 ¶1" in panel
        assert "≈ altered, A Walk by the Canal, §1 ¶2" in panel
        assert "✗ not in the readings ¶3" in panel
        assert "= ¶1 “stands empty since the…”" in pane(pilot, screen.prompts)


async def test_enter_in_the_text_leads_to_the_source_and_back_is_exactly_back(
    open_app: OpenApp,
) -> None:
    async with open_app("essay", "1-empty-houses").run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.position == Position("walk", "1-the-lock", 1)
        assert screen.text.hit_paragraphs() == [1]
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert screen.position == Position("essay", "1-empty-houses", 1)
        await pilot.press("alt+right")
        await settle(pilot)
        assert screen.position == Position("walk", "1-the-lock", 1)


async def test_back_from_a_quotation_in_the_panel_the_panel_has_the_focus_and_its_item(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        screen.focus_pane(screen.quoted)
        await pilot.press("home", "enter")
        await settle(pilot)
        assert screen.position == Position("essay", "1-empty-houses", 1)
        assert screen.sheet.id == "text"
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert screen.position == Position("walk", "1-the-lock", 1)
        assert screen.sheet.id == "quoted"
        assert screen.quoted.current == ("quoted", 0)


async def test_an_altered_quotation_in_a_note_shows_its_words_then_its_source(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "≈ altered, ¶2 “Water finds" in pane(pilot, screen.notes)
        screen.focus_pane(screen.notes)
        await pilot.press("end", "enter")
        await settle(pilot)
        assert "[-men-] {+people+}" in flat(shown(pilot))
        await pilot.press("escape")
        await settle(pilot)
        assert screen.sheet.id == "notes"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.position == Position("walk", "1-the-lock", 2)
        assert screen.sheet.id == "text"


async def test_of_what_stands_nowhere_enter_says_so_and_stays(open_app: OpenApp) -> None:
    async with open_app("essay", "1-empty-houses", 3).run_test(
        size=WIDE, notifications=True
    ) as pilot:
        screen = await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "stands in none of the readings" in flat(shown(pilot))
        assert screen.position == Position("essay", "1-empty-houses", 3)


async def test_a_paragraph_without_any_says_so(open_app: OpenApp) -> None:
    async with open_app("walk", "its-builders").run_test(size=WIDE, notifications=True) as pilot:
        screen = await settle(pilot)
        assert "nowhere else" in shown(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "¶1 quotes nothing, and nothing quotes it." in flat(shown(pilot))
        screen.focus_pane(screen.quoted)
        await settle(pilot)


async def test_a_chain_is_followed_to_its_source(open_app: OpenApp, root: Path) -> None:
    said = "It is said of men, and of few others, that “boats wait here for hours; the crews talk”."
    essay = ESSAY.replace("# 2 Talk\n", f"# 2 Talk\n\n{said}\n")
    (root / "readings" / "essay.md").write_text(essay, encoding="utf-8")
    again = (
        "it is said of men and of few others that boats wait here for long hours; the crews talk"
    )
    letters = f"{LETTERS}\nShe has “{again}” too.\n"
    (root / "readings" / "letters.md").write_text(letters, encoding="utf-8")
    async with open_app("letters", "dora", 2).run_test(size=WIDE, notifications=True) as pilot:
        screen = await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "{+long+}" in shown(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.position == Position("essay", "2-talk", 1)
        assert "These words are quoted here too, from A Walk by" in flat(shown(pilot))
        await pilot.press("enter")
        await settle(pilot)
        assert screen.position == Position("walk", "1-the-lock", 3)


async def test_words_that_stand_in_several_places_are_listed_to_choose_from(
    open_app: OpenApp, root: Path
) -> None:
    twice = "# One\n\nThe tide took all the chairs.\n\n# Two\n\nThe tide took all the chairs.\n"
    (root / "readings" / "tide.md").write_text(twice, encoding="utf-8")
    note = "# Rules\nSo “the tide took all the chairs”.\n"
    (root / "readings" / "notices").mkdir()
    (root / "readings" / "notices" / "ana.md").write_text(note, encoding="utf-8")
    async with open_app("notices", "rules").run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "? in 2 places “the tide took" in pane(pilot, screen.notes)
        screen.focus_pane(screen.notes)
        await pilot.press("end", "enter")
        await settle(pilot)
        assert "stands in 2 places" in flat(shown(pilot))
        await pilot.press("down", "enter")
        await settle(pilot)
        assert screen.position == Position("tide", "two", 1)


async def test_quotations_are_marked_in_the_text_when_asked_for_and_a_click_follows_one(
    open_app: OpenApp,
) -> None:
    async with open_app("essay", "1-empty-houses").run_test(size=WIDE) as pilot:
        screen = await settle(pilot)

        async def click() -> None:
            rows = shown(pilot).splitlines()
            row = next(n for n, text in enumerate(rows) if "house stands" in text)
            await pilot.click(offset=(rows[row].index("house stands") + 1, row))
            await settle(pilot)

        await click()
        assert screen.position == Position("essay", "1-empty-houses", 1)
        await pilot.press("quotation_mark")
        await settle(pilot)
        await click()
        assert screen.position == Position("walk", "1-the-lock", 1)


async def test_a_narrow_terminal_has_a_pane_for_quotations(open_app: OpenApp) -> None:
    async with open_app("walk", "its-builders").run_test(size=NARROW) as pilot:
        screen = await settle(pilot)
        await pilot.press("shift+tab")
        await settle(pilot)
        assert "Nothing else quotes this section." in shown(pilot)
        screen.open("walk", "1-the-lock")
        await settle(pilot)
        assert f"Quoted {screen.quoted.count}" in shown(pilot)
        assert screen.quoted.count >= 3
        await pilot.press("home", "enter")
        await settle(pilot)
        assert screen.position == Position("essay", "1-empty-houses", 1)
        assert "It was said that" in shown(pilot)


async def test_a_note_that_quotes_from_elsewhere_is_shown_beside_its_section(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        at = next(
            n for n, q in enumerate(screen.quotations.linked.quoted_in) if q.host.kind == "note"
        )
        screen.focus_pane(screen.quoted)
        await pilot.press("home", *["j"] * at, "enter")
        await settle(pilot)
        assert screen.position is not None
        assert (screen.position.reading, screen.position.section) == ("essay", "2-talk")
        assert screen.sheet.id == "notes"
        assert screen.notes.selected is screen.notes.notes[0]
