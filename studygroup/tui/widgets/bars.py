"""The one-line bars: where we are (top), which pane is shown (narrow screens), keys (bottom)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from studygroup.tui.widgets.wrapping import cells, shorten

SEPARATOR = " ▸ "


class Breadcrumb(Widget):
    """Study ▸ reading ▸ section, and which section of how many; the section is never left out."""

    class Clicked(Message):
        """The breadcrumb was clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._trail: tuple[str, ...] = ()
        self._count = ""

    def show(self, trail: Sequence[str], count: str = "") -> None:
        """Show the way from the study (first) to the section (last)."""
        self._trail, self._count = tuple(trail), count
        self.refresh()

    def render(self) -> Content:
        """Draw as much of the trail's end as fits."""
        width = self.content_size.width
        room = width - (cells(self._count) + 2 if self._count else 0)
        trail = list(self._trail)
        while len(trail) > 1 and cells(SEPARATOR.join(trail)) > room:
            trail.pop(0)
        *path, here = trail or [""]
        before = "".join(f"{part}{SEPARATOR}" for part in path)
        here = shorten(here, room - cells(before))
        space = " " * max(0, width - cells(before) - cells(here) - cells(self._count))
        count = self._count if room > 0 else ""
        return Content.assemble(before, (here, "bold"), space, count)

    def on_click(self) -> None:
        """Tell that it was clicked."""
        self.post_message(self.Clicked())


class Choice(NamedTuple):
    """A word on a bar that can be clicked: `id` says what for, `key` is shown before the label."""

    id: str
    label: str
    key: str = ""

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return cells(self.key) + cells(self.label) + (1 if self.key else 0)


class ChoiceBar(Widget):
    """Choices side by side, as many as fit, each clickable; `active` is bold and in brackets."""

    GAP = 3

    @dataclass
    class Chosen(Message):
        """One of the choices was clicked."""

        bar: ChoiceBar
        id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices: tuple[Choice, ...] = ()
        self._active = ""

    def show(self, choices: Sequence[Choice], active: str = "") -> None:
        """Show these, the most important first; those that don't fit are left out."""
        self._choices, self._active = tuple(choices), active
        self.refresh()

    def _fitting(self) -> list[tuple[int, Choice]]:
        """Return the choices that fit, each with its column."""
        width, column, placed = self.content_size.width, 0, []
        for choice in self._choices:
            if column + choice.width > width:
                continue
            placed.append((column, choice))
            column += choice.width + self.GAP
        return placed

    def render(self) -> Content:
        """Draw the choices."""
        parts: list[Content | str | tuple[str, str]] = []
        used = 0
        for column, choice in self._fitting():
            parts.append(" " * (column - used))
            if choice.key:
                parts += [(choice.key, "bold"), " "]
            active = choice.id == self._active
            parts.append((choice.label, "bold underline") if active else choice.label)
            used = column + choice.width
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Tell which choice was clicked."""
        x = event.get_content_offset_capture(self).x
        for column, choice in self._fitting():
            if column - 1 <= x <= column + choice.width:
                self.post_message(self.Chosen(self, choice.id))
                return


class PaneTabs(ChoiceBar):
    """Which pane a narrow screen shows."""


class KeyBar(ChoiceBar):
    """The keys that help most here."""
