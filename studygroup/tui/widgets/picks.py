"""A list of which any number of lines can be chosen; a sign shows which are, not colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Picks(OptionList):
    """Shows `● chosen` and `○ other`; Space, Enter and a click turn one into the other."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]

    def __init__(self, choices: Iterable[tuple[str, str]], chosen: Iterable[str]) -> None:
        """Offer `choices`: what is shown, and what it stands for (unique)."""
        self._labels = {value: label for label, value in choices}
        self._chosen = set(chosen)
        super().__init__(*(Option(self._line(v), id=v) for v in self._labels), markup=False)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What was chosen, in the order of the list."""
        return tuple(value for value in self._labels if value in self._chosen)

    def _line(self, value: str) -> Content:
        return Content(f"{'●' if value in self._chosen else '○'} {self._labels[value]}")

    @on(OptionList.OptionSelected)
    def _toggle(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        value = event.option_id
        if value is not None:
            self._chosen ^= {value}
            self.replace_option_prompt(value, self._line(value))
