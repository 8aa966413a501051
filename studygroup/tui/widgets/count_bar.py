"""How many hits each reading has, or each reader: a row of counts, each of which narrows to it."""

from __future__ import annotations

from collections.abc import Mapping

from studygroup.tui.widgets.bars import Choice, ChoiceBar
from studygroup.tui.widgets.wrapping import cells, shorten

LONGEST = 26
"""How many cells of a name are shown at most."""
SHORTEST = 12
"""How many cells of a name are shown at least, so that several fit side by side."""
AT_ONCE = 3
"""So many are to fit side by side, if names can be shortened so far."""
OFF = " ✕"
"""Stands behind the count that the list is narrowed to: a click there shows everything again."""


class CountBar(ChoiceBar):
    """A key, and behind it names with their counts, the highest first; the active one is marked.

    What does not fit is left out, but never the active one.
    """

    GAP = 2

    def __init__(self, key: str, *, id: str) -> None:
        super().__init__(id=id)
        self._key = key
        self._counts: tuple[tuple[str, int], ...] = ()
        self._names: Mapping[str, str] = {}

    def count(self, counts: Mapping[str, int], active: str, names: Mapping[str, str]) -> None:
        """Show these counts by id, `active` being narrowed to ("" for none); `names` by id."""
        if active and active not in counts:
            counts = {**counts, active: 0}
        self._counts = tuple(sorted(counts.items(), key=lambda one: -one[1]))
        self._names = names
        self._active = active
        # One alone leaves nothing to choose from.
        self.display = bool(active) or len(counts) > 1
        self.refresh()

    def after(self, active: str) -> str:
        """Return the id that follows `active`: first the highest, after the last one "" for all."""
        ids = [id for id, _ in self._counts]
        at = ids.index(active) + 1 if active in ids else 0
        return ids[at] if at < len(ids) else ""

    def _fitting(self) -> list[tuple[int, Choice]]:
        """Return the choices that fit, each with its column; the key stands at the first."""
        width = self.content_size.width
        room = width - cells(self._key) - 1
        choices = [self._choice(id, count, room) for id, count in self._counts]
        at = next((n for n, one in enumerate(choices) if one.id == self._active), 0)
        used = choices[at].width if choices else 0
        while at and used + self.GAP + choices[at - 1].width <= room:
            at -= 1
            used += self.GAP + choices[at].width
        column = 0
        placed: list[tuple[int, Choice]] = []
        for choice in choices[at:]:
            shown = choice if placed else choice._replace(key=self._key)
            if placed and column + shown.width > width:
                break
            placed.append((column, shown))
            column += shown.width + self.GAP
        return placed

    def _choice(self, id: str, count: int, room: int) -> Choice:
        tail = f" {count:,}{OFF if id == self._active else ''}"
        share = room // min(AT_ONCE, len(self._counts)) - self.GAP
        most = max(SHORTEST, min(LONGEST, share - cells(tail)))
        return Choice(id, f"{shorten(self._names.get(id, id), most)}{tail}")
