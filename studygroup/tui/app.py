"""The app: its themes, and the reading screen on top."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import ClassVar

from textual.app import App

from studygroup.core.workspace import Position, Workspace
from studygroup.tui.screens.reading import ReadingScreen
from studygroup.tui.themes import DARK, LIGHT, first_theme, shades


class StudygroupApp(App[None]):
    """The program on a terminal: one workspace, the reading screen first."""

    # The first screen's own sheet is named here: it is not pushed, so Textual would not load it.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/reading.tcss"]
    TITLE = "studygroup"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, workspace: Workspace, open_at: Position | None = None, session: str = ""
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.open_at = open_at
        self.session = session
        self.register_theme(LIGHT)
        self.register_theme(DARK)
        self.theme = first_theme(os.environ, self.available_themes)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the program's own colour names, derived from the present theme."""
        return shades(self.current_theme)

    def get_default_screen(self) -> ReadingScreen:
        """Return the reading screen: it is the ground everything else lies on."""
        return ReadingScreen(self.workspace, self.open_at, self.session)
