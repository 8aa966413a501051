"""The keys of a screen that is a list of lines: bound, shown in its bar, and told in its help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.binding import Binding

from studygroup.tui.widgets.bars import Choice
from studygroup.tui.widgets.blocks import Block, Run

_WIDTH = 20
_SIGNS = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


class Key(NamedTuple):
    """A key: its names, its action, and what it does in a word and in a sentence.

    `shown` is the name that the bar has.
    """

    keys: str
    action: str
    shown: str
    label: str
    title: str

    @property
    def names(self) -> str:
        """All its names, as one reads them on a keyboard."""
        named = (key.split("+") for key in self.keys.split(","))
        return " ".join("+".join(_SIGNS.get(part, part) for part in parts) for parts in named)


MOVES = (
    Binding("j,down", "step(1)", show=False),
    Binding("k,up", "step(-1)", show=False),
    Binding("space,pagedown", "page(1)", show=False),
    Binding("b,pageup", "page(-1)", show=False),
    Binding("home", "end(False)", show=False),
    Binding("end,G", "end(True)", show=False),
)
"""The keys that go from line to line."""
MOVES_TOLD = (
    ("j k ↓ ↑", "the next line, the one before"),
    ("Space b Home End", "a page on or back, the first line, the last"),
)


def bound(keys: Iterable[Key]) -> list[Binding]:
    """Return keys as what a screen binds."""
    return [Binding(key.keys, key.action, show=False) for key in keys]


def choices(keys: Iterable[Key]) -> list[Choice]:
    """Return keys as what a bar shows."""
    return [Choice(key.action, key.label, key.shown) for key in keys]


def told(keys: Iterable[Key]) -> list[tuple[str, str]]:
    """Return the names of keys, and what each does in a sentence."""
    return [(key.names, key.title) for key in keys]


def help_blocks(rows: Iterable[Sequence[str]]) -> list[Block]:
    """Return the lines of a help screen that tell of these keys."""
    return [
        Block(
            title,
            runs=(Run(0, len(title), "text"),),
            indent=_WIDTH,
            lead=f"{keys:<{_WIDTH}}",
            lead_style="strong",
            gap=0,
        )
        for keys, title in rows
    ]
