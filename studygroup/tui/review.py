"""The app in which the outline of one text is reviewed before that is imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import ClassVar

from textual.app import App

from studygroup.core.draft import Draft
from studygroup.tui.screens.review import ReviewScreen
from studygroup.tui.signals import on_end
from studygroup.tui.themes import dress, shades


class ReviewApp(App[Draft | None]):
    """The review of one draft: its result is the draft as corrected, None where it is left."""

    # The first screen's own sheet is named here: it is not pushed, so Textual would not load it.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/review.tcss"]
    TITLE = "studygroup"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, draft: Draft, literal: Callable[[str], str]) -> None:
        super().__init__()
        self._draft = draft
        self._literal = literal
        dress(self)

    def on_mount(self) -> None:
        """Leave in good order when told to end."""
        on_end(lambda number: self.exit(return_code=128 + number))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the program's own colour names, derived from the present theme."""
        return shades(self.current_theme)

    def get_default_screen(self) -> ReviewScreen:
        """Return the review."""
        return ReviewScreen(self._draft, self._literal)
