"""A list to choose from, narrowed by typing a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from studygroup.tui.narrowing import narrow
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.widgets.choice_list import ChoiceList, Entry
from studygroup.tui.widgets.typed import TypedLine

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """A line of the list: what is matched and shown, more about it, and what it stands for."""

    label: str
    detail: str
    value: Value


class Picker(Dialog[Value], Generic[Value]):
    """Type to narrow, arrows to move, Enter to choose."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", show=False),
        Binding("up,ctrl+p", "step(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[Option[Value]],
        *,
        at: int = 0,
        ask: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._options = options
        self._shown: list[Option[Value]] = []
        self._at = at
        self._ask = ask

    def compose(self) -> ComposeResult:
        """Put a line to type in over the list."""
        with Vertical(classes="box tall"):
            yield words(self._title, "title")
            yield TypedLine(placeholder=self._ask, select_on_focus=False)
            yield ChoiceList()
            yield words("Enter opens · Esc closes", "hint")

    def on_mount(self) -> None:
        """Show everything, with the present place marked."""
        self._narrow("", self._at)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value, 0 if event.value.strip() else self._at)

    def _narrow(self, typed: str, at: int) -> None:
        kept = narrow(typed, [option.label for option in self._options])
        self._shown = [self._options[k.position] for k in kept]
        entries = [
            Entry(option.label, option.detail, k.stretches)
            for option, k in zip(self._shown, kept, strict=True)
        ]
        nothing = "Nothing matches these letters." if self._options else "Nothing here."
        self.query_one(ChoiceList).show_entries(entries, at=at, nothing=nothing)

    def action_step(self, count: int) -> None:
        """Move in the list while the line keeps the focus."""
        self.query_one(ChoiceList).step(count)

    def action_page(self, count: int) -> None:
        """Turn a page of the list."""
        self.query_one(ChoiceList).page(count)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(ChoiceList).choose()

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        self.dismiss(self._shown[event.at].value)
