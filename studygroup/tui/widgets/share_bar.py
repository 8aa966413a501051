"""How much of the study can be searched already, while it is first read."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from studygroup.tui.widgets.wrapping import shorten

BAR = 20
"""How many cells the bar has."""


class ShareBar(Widget):
    """A bar and a percentage; nothing once all of the study is ready."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._share = 1.0
        self.display = False

    def show(self, share: float) -> None:
        """Show a share from 0 to 1."""
        if share != self._share:
            self._share = share
            self.display = share < 1
            self.refresh()

    def render(self) -> Content:
        """Draw the bar."""
        done = round(self._share * BAR)
        bar = "━" * done + "─" * (BAR - done)
        text = f"{bar} {self._share:.0%} of the study read: what is found so far"
        return Content(shorten(text, self.content_size.width))
