"""The way back: where and how a reader stood before each jump, as in a browser."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from studygroup.core.workspace import Position
from studygroup.tui.widgets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class View:
    """How a pane stood: its current item, and the first line in view."""

    sheet: Sheet
    current: Hashable
    top: int

    @classmethod
    def of(cls, sheet: Sheet) -> View:
        """Return how `sheet` stands now."""
        return cls(sheet, sheet.current, sheet.top)

    def restore(self) -> None:
        """Put the pane back as it stood."""
        if self.current is None or self.current in self.sheet.lines.places:
            self.sheet.set_current(self.current, reveal=False)
        self.sheet.scroll_to(y=self.top, animate=False)


@dataclass(frozen=True, slots=True)
class Stand:
    """Exactly how the reader stood: the place, every pane's view, and the pane with focus."""

    place: Position
    focus: Sheet
    views: tuple[View, ...] = ()


class Trail:
    """Stands left behind, and stands gone back from."""

    def __init__(self) -> None:
        self._back: list[Stand] = []
        self._forward: list[Stand] = []

    def leave(self, stand: Stand) -> None:
        """Note that the reader jumps away from `stand`."""
        if not self._back or self._back[-1] != stand:
            self._back.append(stand)
        self._forward.clear()

    def travel(self, now: Stand, count: int) -> Stand | None:
        """Return how one stood a step back (`count` -1) or forward (1) from `now`, or None."""
        source, target = (self._back, self._forward) if count < 0 else (self._forward, self._back)
        while source:
            stand = source.pop()
            if stand != now:
                target.append(now)
                return stand
        return None
