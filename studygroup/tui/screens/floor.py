"""The panel over a session that shows who has spoken, for how long, and who waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from studygroup.core.errors import UsageError
from studygroup.core.meeting.history import speaking
from studygroup.core.meeting.session import Session
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.widgets.blocks import Block
from studygroup.tui.widgets.floor_chart import chart_blocks, queue_line
from studygroup.tui.widgets.sheet import Sheet
from studygroup.tui.work import ask

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


def show_floor(screen: ReadingScreen) -> None:
    """Show who has spoken in the session that runs. Raises UsageError where none does."""
    if screen.desk.session is None:
        raise UsageError("no session is running here", hint="S starts one.")
    clock = screen.workspace.sessions.clock
    floor = FloorScreen(lambda: screen.desk.session, clock, screen.await_line)
    ask(screen.app, floor, lambda _: screen.desk.record())


class FloorScreen(Dialog[str]):
    """Floor time, turns and queue, as they are from second to second; in the order of names."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F,q", "close", show=False),
        Binding("colon", "record", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(
        self,
        session: Callable[[], Session | None],
        clock: Callable[[], datetime],
        await_line: Callable[[], None],
    ) -> None:
        super().__init__()
        self._await_line = await_line
        self._session = session
        self._clock = clock

    def compose(self) -> ComposeResult:
        """Put the chart into a box."""
        with Vertical(classes="box"):
            yield words("Who has spoken", "title")
            yield Sheet(id="floor")
            yield words("Esc closes · : records", "hint")

    def on_mount(self) -> None:
        """Draw now, and anew every second."""
        self._draw()
        self.set_interval(1, self._draw)

    def on_resize(self) -> None:
        """Make the bars as long as there is room."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        session, sheet = self._session(), self.query_one(Sheet)
        if session is None:
            self.dismiss(None)
            return
        heard = speaking(session, self._clock())
        width = sheet.frame(sheet.scrollable_content_region.width)[1]
        blocks = chart_blocks(heard, width)
        if not blocks:
            blocks = [Block("Nobody is here yet: ana: text makes Ana a speaker.", "muted")]
        sheet.show([*blocks, Block(queue_line(session), "muted")], top=False)

    def action_scroll(self, count: int) -> None:
        """Move a line, where not everybody fits."""
        self.query_one(Sheet).scroll_relative(y=count, animate=False)

    def action_record(self) -> None:
        """Go straight to the recorder line, with what is typed from now on."""
        self.awaits_line = True
        self._await_line()
        self.dismiss("record")
