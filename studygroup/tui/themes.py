"""The program's own pair of themes, and the shades every other theme is given."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

LIGHT = Theme(
    name="paper",
    dark=False,
    primary="#2f5d8a",
    secondary="#7a5c2e",
    accent="#a4452c",
    warning="#9a6700",
    error="#b3261e",
    success="#3c7a3a",
    foreground="#24221e",
    background="#fbf9f4",
    surface="#f3efe6",
    panel="#ece6d9",
)
DARK = Theme(
    name="lamp",
    dark=True,
    primary="#8ab4dc",
    secondary="#d0b07a",
    accent="#e39274",
    warning="#e5b567",
    error="#ef7d73",
    success="#93c28b",
    foreground="#dcd7cb",
    background="#15171b",
    surface="#1c1f25",
    panel="#252932",
)


def dress(app: App[Any]) -> None:
    """Give an app the program's own themes, and the one that suits its user."""
    app.register_theme(LIGHT)
    app.register_theme(DARK)
    app.theme = first_theme(os.environ, app.available_themes)


def first_theme(environ: Mapping[str, str], known: Container[str]) -> str:
    """Return the theme to begin with: the user's, else one that suits the terminal's background.

    `TEXTUAL_THEME` names one of `known`; many terminals say in `COLORFGBG` what their background
    is, as the last of its numbers: 7 and 15 are the light ones.
    """
    wanted = environ.get("TEXTUAL_THEME", "")
    if wanted in known:
        return wanted
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if ground in {"7", "15"} else DARK.name


def shades(theme: Theme) -> dict[str, str]:
    """Return the program's own colour names for a theme.

    `ink-muted` and `ink-faint` are text of less weight, `rule` is for lines between panes, `tint`
    lies under the current item, `hit` under a place that was found.
    """
    if theme.ansi:
        return {
            "ink": "ansi_default",
            "ink-muted": "ansi_default",
            "ink-faint": "ansi_bright_black",
            "rule": "ansi_bright_black",
            "tint": "ansi_default",
            "tint-focus": "ansi_default",
            "tint-selected": "ansi_bright_black",
            "hit": "ansi_yellow",
            "hit-ink": "ansi_black",
            "paper": "ansi_default",
            "bar": "ansi_default",
        }
    colors = theme.to_color_system().generate()
    ink, paper = Color.parse(colors["foreground"]), Color.parse(colors["background"])
    accent = Color.parse(colors["accent"])
    primary = Color.parse(colors["primary"])
    return {
        "ink": ink.hex,
        "ink-muted": ink.blend(paper, 0.32).hex,
        "ink-faint": ink.blend(paper, 0.5).hex,
        "rule": ink.blend(paper, 0.8).hex,
        "tint": primary.blend(paper, 0.9).hex,
        "tint-focus": primary.blend(paper, 0.82).hex,
        "tint-selected": primary.blend(paper, 0.65).hex,
        "hit": accent.blend(paper, 0.65).hex,
        "hit-ink": ink.hex,
        "paper": paper.hex,
        "bar": colors["surface"],
    }
