"""The frame of every dialog: a title, a body, a line of keys; Esc closes it."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from studygroup.tui.type_ahead import LineReady

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A box over the screen that is dismissed with an answer, or None."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (10, "-high")]
        self.awaits_line = True
        """Whether what is typed has to wait until something here has the focus."""

    def on_descendant_focus(self) -> None:
        """Take what was typed since the dialog was asked for."""
        if self.awaits_line:
            self.call_after_refresh(self._take_line)

    def _take_line(self) -> None:
        self.awaits_line = False
        self.post_message(LineReady())

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer, once: a second Enter typed at once finds nothing to close."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def words(text: str, classes: str = "") -> Static:
    """Return a widget that shows `text` literally."""
    return Static(text, markup=False, classes=classes)
