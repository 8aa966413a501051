"""Where text is typed: a line and an area whose keys take effect in the order typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from textual.widget import Widget as _Mixed
else:
    _Mixed = object  # styles are inherited from the first widget among the bases


class _InOrder(_Mixed):
    """Runs its own keys at once.

    Left to bubble, as Textual has it, Backspace would take effect after the characters that were
    typed behind it, whenever somebody types faster than the screen is drawn.
    """

    async def _on_key(self, event: events.Key) -> None:
        bound = self.screen.active_bindings.get(event.key)
        if bound is None or bound.node is not self or event.is_printable:
            return
        # What a line has no use for (↑ and ↓ scroll it nowhere) is for the screen around it.
        if await self.app.run_action(bound.binding.action, self):
            event.stop()
            event.prevent_default()


class TypedLine(_InOrder, Input):
    """An `Input` for fast typing."""


class TypedArea(_InOrder, TextArea):
    """A `TextArea` for fast typing."""
