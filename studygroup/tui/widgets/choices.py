"""A row of words of which one is chosen: by arrow keys, its first letter, or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from studygroup.tui.widgets.wrapping import cells


class Choices(Widget, can_focus=True):
    """Shows `● chosen  ○ other`; `value` is the chosen word."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down", "move(1)", show=False),
        Binding("left,up", "move(-1)", show=False),
    ]
    value: reactive[str] = reactive("")

    def __init__(self, name: str, words: Sequence[str], value: str = "") -> None:
        super().__init__()
        self.label = name
        self.words = tuple(words)
        self.set_reactive(Choices.value, value or self.words[0])

    def render(self) -> Content:
        """Draw the row; it wraps between words where it is narrow."""
        parts: list[str | tuple[str, str]] = [(f"{self.label} ", "dim")]
        for word in self.words:
            chosen = word == self.value
            mark = f"●\u00a0{word}" if chosen else f"○\u00a0{word}"
            parts += [(mark, "bold" if chosen else ""), "  "]
        return Content.assemble(*parts)

    def action_move(self, count: int) -> None:
        """Choose the next word or the one before."""
        index = self.words.index(self.value) + count
        self.value = self.words[index % len(self.words)]

    def on_key(self, event: events.Key) -> None:
        """Choose the next word that begins with the letter typed."""
        letter = event.character
        if not letter or not letter.isalpha():
            return
        start = self.words.index(self.value) + 1
        for word in (*self.words[start:], *self.words[:start]):
            if word.startswith(letter.lower()):
                self.value = word
                event.stop()
                return

    def on_click(self, event: events.Click) -> None:
        """Choose the word under the mouse (the next one, where the row is wrapped)."""
        if self.content_size.height > 1:
            self.action_move(1)
            return
        x = event.get_content_offset_capture(self).x - cells(self.label) - 1
        for word in self.words:
            if 0 <= x < cells(word) + 2:
                self.value = word
            x -= cells(word) + 4
