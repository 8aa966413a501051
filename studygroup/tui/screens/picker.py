"""A list to choose from, narrowed by typing a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option as ListOption

from studygroup.tui.narrowing import Kept, narrow
from studygroup.tui.screens.dialog import Dialog, words

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
        Binding("down,ctrl+n", "move('down')", show=False),
        Binding("up,ctrl+p", "move('up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[Option[Value]],
        *,
        at: int = 0,
        ask: str = "",
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._options = options
        self._shown: list[Option[Value]] = []
        self._at = at
        self._ask = ask
        self._wrap = wrap

    def compose(self) -> ComposeResult:
        """Put a line to type in over the list."""
        with Vertical(classes="box tall"):
            yield words(self._title, "title")
            yield Input(placeholder=self._ask, select_on_focus=False)
            yield OptionList(markup=False, classes="wrapped" if self._wrap else "")
            yield words("Enter opens · Esc closes", "hint")

    def on_mount(self) -> None:
        """Show everything, with the present place marked."""
        self._narrow("")
        if self._options:
            self.query_one(OptionList).highlighted = self._at

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        choices = self.query_one(OptionList)
        kept = narrow(typed, [option.label for option in self._options])
        self._shown = [self._options[k.position] for k in kept]
        choices.clear_options()
        choices.add_options([ListOption(_line(self._options[k.position], k)) for k in kept])
        if not self._shown:
            what = "Nothing here." if not self._options else "Nothing matches these letters."
            choices.add_option(ListOption(what, disabled=True))
        else:
            choices.highlighted = 0

    def action_move(self, way: str) -> None:
        """Move in the list while the line keeps the focus."""
        choices = self.query_one(OptionList)
        moves: dict[str, Callable[[], None]] = {
            "down": choices.action_cursor_down,
            "up": choices.action_cursor_up,
            "page_down": choices.action_page_down,
            "page_up": choices.action_page_up,
        }
        moves[way]()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._choose(self.query_one(OptionList).highlighted)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_index)

    def _choose(self, index: int | None) -> None:
        if index is not None and index < len(self._shown):
            self.dismiss(self._shown[index].value)


def _line(option: Option[Value], kept: Kept) -> Content:
    label = Content(option.label)
    for start, end in kept.stretches:
        label = label.stylize("bold underline", start, end)
    return Content.assemble(label, "  ", (option.detail, "dim")) if option.detail else label
