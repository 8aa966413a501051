"""The theme the app begins with."""

import pytest

from studygroup.tui.themes import first_theme


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
