"""The line at the foot of the demo that names the next thing to try, with its key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple, get_args

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from studygroup.tui.happened import Deed
from studygroup.tui.widgets.wrapping import cells, shorten

DEEDS: tuple[Deed, ...] = get_args(Deed)
"""The steps of the tour, in their order."""


class Step(NamedTuple):
    """What to try: its `keys`, what they are `to` do, and how that goes on where there is room."""

    keys: str
    to: str
    more: str


_STEPS: dict[Deed, Step] = {
    "search": Step("/", "finds a word anywhere: try “pressure”, Enter", "; Esc leads back"),
    "quotation": Step(
        "Tab Tab", "to the notes, j to a quotation, Enter", ": it opens where it stands"
    ),
    "session": Step(
        "S", "starts a session: Enter, and Enter again", ". First comes what was left over"
    ),
    "record": Step(
        ":", "leads to the line: type what is said, Enter", "; “ana: I doubt it” is Ana’s"
    ),
    "export": Step("H", "shows the sessions: w writes one up", ", every quotation cited"),
}
_IN_SESSION: dict[Deed, Step] = {
    "search": Step("Esc /", "finds a word anywhere: try “pressure”", " while somebody speaks"),
    "quotation": Step(
        "Esc Tab Tab", "to the notes; Enter on a quotation", " opens it where it stands"
    ),
    "export": Step("Esc S", "and “Write it up”: a page to send round", ", every quotation cited"),
}
"""What differs while the cursor is in the recorder line, as it is after a session was started."""
_OVER = Step("?", "lists every key. That was the tour", "; a study of your own: studygroup init")
_CLOSES = "X closes this"


class TourStrip(Widget):
    """One line: how far the tour is, the next step, and how it is closed."""

    DEFAULT_CSS = """
    TourStrip { height: 1; padding: 0 1; background: $tint-focus; color: $ink; }
    """

    @dataclass
    class Closed(Message):
        """What closes the tour was clicked."""

    def __init__(self) -> None:
        super().__init__(id="tour")
        self._step = _OVER
        self._count = ""
        self._closes = _CLOSES

    def show(self, done: Collection[str], in_session: bool) -> None:
        """Show the first step that is not `done`; with all of them done, say so."""
        ahead = [deed for deed in DEEDS if deed not in done]
        self._step, self._count = _OVER, "Tour ✓"
        self._closes = f"Esc {_CLOSES}" if in_session else _CLOSES
        if ahead:
            steps = _STEPS | _IN_SESSION if in_session else _STEPS
            self._step = steps[ahead[0]]
            self._count = f"Tour {DEEDS.index(ahead[0]) + 1}/{len(DEEDS)}"
        self.refresh()

    def render(self) -> Content:
        """Draw what fits: the key and what it does first, then how to close, then the rest."""
        width = self.content_size.width
        keys, to, more = self._step
        count, closes = f"{self._count}  ", f"  {self._closes}"
        room = width - cells(keys) - 1
        for said in (to + more, to):
            if cells(count) + cells(said) + cells(closes) <= room:
                space = " " * (room - cells(count) - cells(said) - cells(closes))
                return Content.assemble(
                    (count, "$primary"), (keys, "bold"), " ", said, space, (closes, "$ink-muted")
                )
        return Content.assemble((keys, "bold"), " ", shorten(to, max(0, room)))

    def on_click(self, event: events.Click) -> None:
        """Tell that the tour is to be closed, where that is what was clicked."""
        if event.get_content_offset_capture(self).x >= self.content_size.width - cells(
            self._closes
        ):
            self.post_message(self.Closed())
