"""The concordance over the hits of a search: how a word is used, in all its places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studygroup.core.finding.concordance import MOST_PLACES, ORDERS, Line, Order
from studygroup.core.finding.search import Hit
from studygroup.tui.asking import Asked, Found, Seeker
from studygroup.tui.newest import Newest
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.screens.search import LOWEST
from studygroup.tui.widgets.blocks import Block
from studygroup.tui.widgets.line_list import LineList
from studygroup.tui.widgets.wrapping import cells, shorten
from studygroup.tui.work import complain

NAMES: dict[Order, str] = {
    "study": "as they stand in the study",
    "after": "by what follows",
    "before": "by what precedes",
}


class ConcordanceScreen(Dialog[Found]):
    """Arrows move, s sorts, Enter opens the place; Esc goes back to the hits."""

    CSS_PATH: ClassVar[list[str]] = ["dialog.tcss", "search.tcss"]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,tab", "sort(1)", show=False),
        Binding("S,shift+tab", "sort(-1)", show=False),
        Binding("down,j,n", "step(1)", show=False),
        Binding("up,k,N", "step(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup,b", "page(-1)", show=False),
        Binding("home", "to_end(False)", show=False),
        Binding("end,G", "to_end(True)", show=False),
        Binding("enter", "open", show=False),
        Binding("q,ctrl+l,ctrl+o,alt+left", "close", show=False),
    ]

    def __init__(self, seeker: Seeker, asked: Asked) -> None:
        super().__init__()
        self._seeker = seeker
        self._asked = asked
        self._order: Order = "study"
        self._newest = Newest[Order, Sequence[Line]](
            self,
            lambda order: seeker.lines(asked, order),
            self._show,
            failed=self._fail,
            waiting=self._wait,
        )

    def compose(self) -> ComposeResult:
        """Put the lines between what they are and where the current one stands."""
        with Vertical(classes="box tall"):
            yield words("", "title")
            yield LineList(id="lines")
            yield words("", "where")
            yield words("", "hint")

    def on_mount(self) -> None:
        """Ask for the lines."""
        self._newest.ask(self._order)

    def _show(self, order: Order, lines: Sequence[Line]) -> None:
        shown = self.query_one(LineList)
        shown.show_lines(lines, shown.line)
        self._say_what()

    def _say_what(self) -> None:
        count = len(self.query_one(LineList).shown)
        places = "1 place" if count == 1 else f"{count:,} places"
        ways = (
            f"{self._asked.query.strip()}  {places}, {NAMES[self._order]}",
            f"{self._asked.query.strip()}  {places}",
        )
        title = self.query_one(".title", Static)
        room = title.content_size.width
        title.update(Content(next((w for w in ways if cells(w) <= room), shorten(ways[1], room))))
        after: Order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        hints = (
            f"s sorts {NAMES[after]} · Enter opens · Esc back to the hits",
            "s sorts · Enter opens · Esc back",
        )
        hint = self.query_one(".hint", Static)
        hint.update(Content(next((h for h in hints if cells(h) <= room), hints[-1])))

    def _wait(self) -> None:
        self.query_one(LineList).show([Block("Looking up every place…", "muted")])

    def _fail(self, error: Exception) -> None:
        complain(self.app, error)
        self.action_close()

    @on(LineList.Moved)
    def _moved(self) -> None:
        line = self.query_one(LineList).line
        where = "" if line is None else self._where(line)
        shown = self.query_one(".where", Static)
        shown.update(Content(shorten(where, shown.content_size.width)))

    def _where(self, line: Line) -> str:
        document = line.document
        paragraph = f" ¶{document.paragraph}" if document.paragraph else ""
        title = self._seeker.titles().get(document.reading, document.reading)
        by = f" · {document.by}" if document.by else ""
        kind = "" if document.kind == "text" else f"{document.kind}{by}: "
        return f"{kind}{document.section_title}{paragraph} · {title}"

    def on_resize(self, event: events.Resize) -> None:
        """Leave what stands at the foot of the screen in view; say anew what there is room for."""
        room = self.size.height - 1 - self._seeker.foot()
        low = room < LOWEST or self.has_class("-low")
        self.query_one(".box").styles.max_height = None if low else room
        self.call_after_refresh(self._say_what)
        self.call_after_refresh(self._moved)

    def action_sort(self, count: int) -> None:
        """Sort in the next order, or in the one before."""
        self._order = ORDERS[(ORDERS.index(self._order) + count) % len(ORDERS)]
        self._newest.ask(self._order)

    def action_step(self, count: int) -> None:
        """Move by lines."""
        self.query_one(LineList).step(count)

    def action_page(self, count: int) -> None:
        """Turn a page."""
        self.query_one(LineList).page(count)

    def action_to_end(self, last: bool) -> None:
        """Move to the first line, or to the last."""
        self.query_one(LineList).to_end(last)

    def action_open(self) -> None:
        """Open the place of the current line."""
        self.query_one(LineList).choose()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        lines = self.query_one(LineList).shown
        hits = tuple(_as_hit(line) for line in lines)
        is_all = len(hits) < MOST_PLACES
        self.dismiss(Found(self._asked, hits[event.at], event.at, hits, is_all, in_order=True))


def _as_hit(line: Line) -> Hit:
    return Hit(line.document, line.term, ((0, len(line.term)),), 0.0)
