"""The theme the app begins with."""

import gc
from collections.abc import Iterator

import pytest
from textual.color import Color
from textual.theme import Theme

from studygroup.tui.themes import DARK, LIGHT, first_theme
from tests.tui.driving import OpenApp, settle


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({}, "lamp"),
        ({"COLORFGBG": "15;0"}, "lamp"),
        ({"COLORFGBG": "0;15"}, "paper"),
        ({"COLORFGBG": "0;default;7"}, "paper"),
        ({"TEXTUAL_THEME": "nord", "COLORFGBG": "0;15"}, "nord"),
        ({"TEXTUAL_THEME": "no-such-theme"}, "lamp"),
    ],
)
def test_the_users_theme_comes_first_then_one_for_the_background(
    environ: dict[str, str], theme: str
) -> None:
    assert first_theme(environ, {"lamp", "paper", "nord"}) == theme


@pytest.mark.parametrize("theme", [LIGHT, DARK])
async def test_the_app_begins_in_the_colours_of_its_theme(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, theme: Theme
) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", theme.name)
    async with open_app().run_test(size=(120, 34)) as pilot:
        screen = await settle(pilot)
        assert theme.background
        assert theme.surface
        assert screen.styles.background == Color.parse(theme.background)
        assert screen.query_one("#keys").styles.background == Color.parse(theme.surface)
        other = DARK if theme is LIGHT else LIGHT
        pilot.app.theme = other.name
        await pilot.pause()
        assert other.background
        assert screen.styles.background == Color.parse(other.background)


@pytest.fixture
def stopped_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.usefixtures("stopped_collector")
async def test_garbage_is_collected_again_once_the_app_has_started(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.tui.app.STARTED_AFTER", 0.001)
    async with open_app().run_test() as pilot:
        await settle(pilot)
        for _ in range(100):
            await pilot.pause()
            if gc.isenabled():
                return
        pytest.fail("garbage is not collected")
