"""A panel: one line that says what it holds, and the sheet under it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studygroup.tui.widgets.sheet import Sheet
from studygroup.tui.widgets.wrapping import cells, shorten


class PanelHeading(Static):
    """The line over a panel: its name at the left, a summary at the right."""

    def __init__(self, name: str) -> None:
        super().__init__(markup=False)
        self.label = name
        self.summaries: tuple[str, ...] = ("",)

    def say(self, *summaries: str) -> None:
        """Show the first of these that fits at the right end; the last one is shortened to fit."""
        self.summaries = summaries
        self.refresh()

    def render(self) -> Content:
        """Draw the two ends; the summary gives way where no wording of it fits."""
        width = self.content_size.width
        room = width - cells(self.label) - 2
        summary = next((s for s in self.summaries if cells(s) <= room), self.summaries[-1])
        summary = shorten(summary, room) if room >= 4 else ""
        space = " " * max(0, width - cells(self.label) - cells(summary))
        return Content.assemble((self.label, "bold"), space, summary)


class Panel(Vertical):
    """A heading and a sheet. The heading shows, by weight and sign, whether the sheet has focus."""

    def __init__(self, name: str, sheet: Sheet, *, id: str) -> None:
        super().__init__(id=id)
        self.heading = PanelHeading(name)
        self.sheet = sheet

    def compose(self) -> ComposeResult:
        """Put the heading over the sheet."""
        yield self.heading
        yield self.sheet

    def on_descendant_focus(self) -> None:
        """Mark the heading of the pane with focus."""
        self.heading.add_class("-active")

    def on_descendant_blur(self) -> None:
        """Unmark the heading."""
        self.heading.remove_class("-active")
