"""The way back: where a reader stood before each jump."""

from __future__ import annotations

from studygroup.core.workspace import Position


class Trail:
    """Places left behind, and places gone back from, as in a browser."""

    def __init__(self) -> None:
        self._back: list[Position] = []
        self._forward: list[Position] = []

    def leave(self, place: Position) -> None:
        """Note that the reader jumps away from `place`."""
        if not self._back or self._back[-1] != place:
            self._back.append(place)
        self._forward.clear()

    def travel(self, now: Position, count: int) -> Position | None:
        """Return the place one step back (`count` -1) or forward (1) from `now`, or None."""
        source, target = (self._back, self._forward) if count < 0 else (self._forward, self._back)
        while source:
            place = source.pop()
            if place != now:
                target.append(now)
                return place
        return None
