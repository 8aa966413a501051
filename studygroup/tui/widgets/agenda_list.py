"""The lines of an agenda, one row each: minutes, a sign for the kind, the title."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from textual.message import Message

from studygroup.core.meeting.session import AgendaItem
from studygroup.tui.widgets.blocks import Block
from studygroup.tui.widgets.sheet import Sheet
from studygroup.tui.widgets.wrapping import shorten

KIND_SIGNS = {"section": "§", "prompt": "▸", "question": "?", "topic": "#"}
CARRIED = "↩"
_NESTED = 2


class Row(NamedTuple):
    """One line as it is shown: `columns` stand before it, `state` is a sign or a space.

    `nested` lines belong to the section above them, `kept` ones are on the agenda. `above` is a
    line of its own that is put before this one.
    """

    item: AgendaItem
    columns: str
    state: str = " "
    nested: bool = False
    kept: bool = True
    above: str = ""


class AgendaList(Sheet):
    """Rows of which one is current; items are keyed by their position."""

    CONTEXT = 0
    ALWAYS_TINTED = True

    class Reached(Message):
        """Another row became the current one."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    @property
    def at(self) -> int:
        """The position of the current row."""
        return self.current if isinstance(self.current, int) else 0

    def reached(self, key: Hashable) -> None:
        """Tell that another row is current."""
        self.post_message(self.Reached())

    def show_rows(
        self, rows: Sequence[Row], at: int, nothing: str = "", *, reveal: bool = True
    ) -> None:
        """Show these rows, the `at`-th one current; `nothing` says why there are none."""
        self._rows = tuple(rows)
        if not rows:
            self.show([Block(nothing, "muted")])
            return
        self.show(self._blocks(), current=min(at, len(rows) - 1), top=False)
        if reveal:
            self.reveal(self.current)

    def on_resize(self) -> None:
        """Cut the rows anew to the new width."""
        super().on_resize()
        if self._rows:
            self.show_rows(self._rows, self.at)

    def _blocks(self) -> list[Block]:
        width = self.frame(self.scrollable_content_region.width)[1]
        blocks = []
        for number, row in enumerate(self._rows):
            if row.above:
                blocks.append(Block(shorten(row.above, width), "label", gap=0))
            carried = f"{CARRIED} " if row.item.carried_from else ""
            lead = f"{row.columns} {row.state} {' ' * _NESTED if row.nested else ''}"
            text = f"{KIND_SIGNS[row.item.kind]} {carried}{row.item.title}"
            style = "gone" if not row.kept else "text" if row.nested else "title"
            shown = shorten(" ".join(text.split()), max(2, width - len(lead)))
            blocks.append(Block(shown, style, key=number, indent=len(lead), lead=lead, gap=0))
        return blocks
