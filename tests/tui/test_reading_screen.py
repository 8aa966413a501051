"""What a reader sees and does on the reading screen, at every size of terminal."""

from __future__ import annotations

import pytest

from tests.tui.driving import OpenApp, settle, shown

WIDE, MEDIUM, SMALL, NARROW = (140, 40), (100, 30), (80, 24), (60, 20)


async def test_a_wide_screen_shows_outline_text_prompts_and_notes_of_one_section(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        screen = shown(pilot)
        assert "A Walk by the Canal ▸ 1 The Lock" in screen
        assert "2 The Bridge" in screen
        assert "house stands empty since the spring.¹" in " ".join(screen.split())
        assert "Why does nobody ask?" in screen
        assert "criticism · ana" in screen


@pytest.mark.parametrize("size", [WIDE, MEDIUM, SMALL, NARROW, (20, 5), (200, 60), (1, 1)])
async def test_every_size_opens_and_turns_sections_without_crashing(
    open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        screen = await settle(pilot)
        await pilot.press("]", "j", "k", "tab", "tab", "o", "escape", "space", "b", "end", "[")
        await settle(pilot)
        assert screen.section is not None
