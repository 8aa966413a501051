"""What a command of the reading screen is: key, palette entry and help come from one class."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen

_KEY_SIGNS = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp",
    "home": "Home", "end": "End", "enter": "Enter", "escape": "Esc", "tab": "Tab", "space": "Space",
    "slash": "/", "quotation_mark": '"', "colon": ":", "greater_than_sign": ">",
}  # fmt: skip

GROUPS = ("Move", "Go", "Find", "Write", "Session", "Panes", "Program")
"""The order in which the help lists commands."""


class Command(ABC):
    """Something a reader can do on the reading screen.

    `id` is stable: keys are rebound by it. `keys` are Textual key names separated by commas, none
    for a command of the palette only. `title` names it in palette and help, `help` says more where
    that is needed, `label` is its word on the bottom line. `run` does it; it raises
    StudygroupError with a sentence for the reader where it cannot be done.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    group: ClassVar[str]
    keys: ClassVar[str] = ""
    help: ClassVar[str] = ""
    label: ClassVar[str] = ""

    @abstractmethod
    def run(self, screen: ReadingScreen) -> None:
        """Do it."""

    @classmethod
    def binding(cls) -> Binding:
        """Return the key binding that runs this command on its screen.

        It runs before the next key is looked at, so that what is typed behind a command that leads
        to a line goes there (see `ReadingScreen.check_action`).
        """
        action = f"command('{cls.id}')"
        return Binding(cls.keys, action, cls.title, show=False, id=cls.id, priority=True)

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        """Return the command's keys as a person reads them: `^o`, `alt+←`, `Space`."""
        return tuple(_shown(key.strip()) for key in cls.keys.split(",") if key.strip())


def _shown(key: str) -> str:
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    name = _KEY_SIGNS.get(name, name)
    if modifiers == ["ctrl"]:
        return f"^{name}"
    return "+".join([*modifiers, name])
