"""A quotation beside its source: which words it left out, and which it put in."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from studygroup.core.quoting.differences import differences
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.widgets.blocks import Block, Run
from studygroup.tui.widgets.sheet import Sheet
from studygroup.tui.widgets.verdicts import difference_block
from studygroup.tui.work import beside

_END = " .,;:!?…"  # behind the last word: it belongs to the sentence around the quotation
LEGEND = "[-struck-] is in the text and left out; {+underlined+} is put in."


class DifferenceScreen(Dialog[bool]):
    """Enter goes on to the other end of the quotation; Esc goes back."""

    CSS_PATH: ClassVar[list[str]] = ["dialog.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = "Sheet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", show=False),
        Binding("down,j,space,pagedown", "page(1)", show=False),
        Binding("up,k,b,pageup", "page(-1)", show=False),
        Binding("q,ctrl+o,alt+left", "close", show=False),
    ]

    def __init__(self, title: str, quote: str, source: str, goal: str) -> None:
        super().__init__()
        self._title = title
        self._quote = quote
        self._source = source
        self._goal = goal

    def compose(self) -> ComposeResult:
        """Put the words between what quotes what and the keys."""
        with Vertical(classes="box"):
            yield words(self._title, "title")
            yield Sheet(id="difference")
            yield words(f"Enter goes to {self._goal} · Esc back", "hint")

    def on_mount(self) -> None:
        """Compare the words beside the screen: a passage may be long."""
        beside(
            self,
            lambda: difference_block(differences(self._quote.rstrip(_END), self._source)),
            self._show,
        )

    def _show(self, compared: Block) -> None:
        legend = Block(LEGEND, "muted", runs=_legend_runs())
        self.query_one(Sheet).show([compared._replace(gap=0), legend])

    def action_page(self, count: int) -> None:
        """Turn a page of a long passage."""
        self.query_one(Sheet).page(count)

    def action_go(self) -> None:
        """Go on to the other end."""
        self.dismiss(True)


def _legend_runs() -> tuple[Run, ...]:
    struck, added = LEGEND.index("[-"), LEGEND.index("{+")
    return (
        Run(struck, LEGEND.index("-]") + 2, "dropped"),
        Run(added, LEGEND.index("+}") + 2, "added"),
    )
