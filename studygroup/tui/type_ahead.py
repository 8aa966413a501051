"""Keys typed ahead: those that come before the line they are meant for can take them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from textual.events import Key, Paste
from textual.message import Message

PATIENCE = 5.0
"""After how many seconds keys are no longer held for a line that does not come."""

Typed = Key | Paste


@dataclass
class LineReady(Message):
    """A line that was asked for can be typed in now; or it will not come (`refused`)."""

    refused: bool = False


class TypeAhead:
    """Holds what is typed from the moment a line is asked for until it can be typed in."""

    def __init__(self) -> None:
        self._held: deque[Typed] = deque()

    def hold(self, typed: Typed) -> None:
        """Keep what was typed behind what is held already."""
        self._held.append(typed)

    def take(self) -> Typed | None:
        """Return what is held longest, held no more; None where nothing is."""
        return self._held.popleft() if self._held else None

    def drop(self) -> None:
        """Forget what is held: there is no line to put it into, and as commands it would harm."""
        self._held.clear()

    def __bool__(self) -> bool:
        return bool(self._held)
