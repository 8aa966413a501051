"""The app: its themes, and the reading screen on top."""

from __future__ import annotations

import gc
import sys
from pathlib import PurePath
from typing import ClassVar

from textual import events, on
from textual.app import App

from studygroup.core.workspace import Position, Workspace
from studygroup.tui.happened import Happened
from studygroup.tui.screens.dialog import Dialog
from studygroup.tui.screens.reading import ReadingScreen
from studygroup.tui.signals import on_end
from studygroup.tui.themes import dress, shades
from studygroup.tui.type_ahead import PATIENCE, LineReady, TypeAhead

GIVE_WAY = 0.0005
"""Seconds after which a thread beside the screen lets the screen go on: a tenth of the usual.

While an index was built in a thread, the screen waited 1 ms for its turn, and not 7 (medians).
"""

STARTED_AFTER = 2.0
"""Seconds after which the garbage collector works again, having been stopped for the start."""


def _collect_garbage() -> None:
    """Let the garbage collector work again, on what is made from now on.

    It would else go through all modules and the study every now and then, while somebody types.
    """
    gc.freeze()
    gc.enable()


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
        self._ahead = TypeAhead()
        self._ground: ReadingScreen | None = None
        dress(self)

    def on_mount(self) -> None:
        """Answer keys at once whatever runs beside, and leave in good order when told to end."""
        sys.setswitchinterval(GIVE_WAY)
        if not gc.isenabled():
            self.set_timer(STARTED_AFTER, _collect_garbage)
        on_end(self._end)

    def _end(self, number: int) -> None:
        """Let nothing typed be lost first: the terminal may be gone, and the time short."""
        ground = self.screen_stack[0]
        if isinstance(ground, ReadingScreen):
            ground.let_go()
        self.exit(return_code=128 + number)

    def refresh_css(self, animate: bool = True) -> None:
        """Take the colours from the theme; before there is a screen, no style is parsed for it."""
        if self._ground is None:
            self.stylesheet.set_variables(self.get_css_variables())
        else:
            super().refresh_css(animate=animate)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the program's own colour names, derived from the present theme."""
        return shades(self.current_theme)

    def get_default_screen(self) -> ReadingScreen:
        """Return the reading screen: it is the ground everything else lies on."""
        self._ground = ReadingScreen(self.workspace, self.open_at, self.session)
        return self._ground

    @property
    def left_behind(self) -> str:
        """What is to be said, once the app has ended, of words that could not be recorded."""
        return "" if self._ground is None else self._ground.desk.left_behind

    @on(Happened)
    def _happened(self, event: Happened) -> None:
        """Let the tour go on, on whatever screen it was done."""
        if self._ground is not None:
            self._ground.tour.happened(event.deed)

    # What is typed ahead of the line it is meant for.

    async def on_event(self, event: events.Event) -> None:
        """Hold what is typed while the line it is meant for is not there yet."""
        typed = event if isinstance(event, (events.Key, events.Paste)) else None
        if typed is None or event.is_forwarded or not (self._ahead or self._awaits_line()):
            await super().on_event(event)
            return
        if not self._ahead:
            self.set_timer(PATIENCE, self._lose_patience)
        self._ahead.hold(typed)

    def _awaits_line(self) -> bool:
        screen = self.screen
        return isinstance(screen, (Dialog, ReadingScreen)) and screen.awaits_line

    def _lose_patience(self) -> None:
        screen = self.screen
        if isinstance(screen, (Dialog, ReadingScreen)):
            screen.awaits_line = False
        self._ahead.drop()

    @on(LineReady)
    async def _line_ready(self, event: LineReady) -> None:
        """Type what was held into the line; forget it where there is none."""
        if event.refused:
            self._ahead.drop()
        while not self._awaits_line() and (typed := self._ahead.take()) is not None:
            await super().on_event(typed)
