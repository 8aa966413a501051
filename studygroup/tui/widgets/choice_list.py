"""A list to choose one line from, while typing goes on elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from textual.message import Message

from studygroup.tui.widgets.blocks import Block, Run
from studygroup.tui.widgets.sheet import Sheet

Stretch = tuple[int, int]


class Entry(NamedTuple):
    """A line of the list: its words, more about it, and the stretches of its words that fitted."""

    label: str
    detail: str = ""
    stretches: tuple[Stretch, ...] = ()


class ChoiceList(Sheet, can_focus=False):
    """Lines of which one is current; items are keyed by their place in the list."""

    ALWAYS_TINTED = True
    CONTEXT = 0

    @dataclass
    class Chosen(Message):
        """A line was clicked, or chosen with Enter."""

        at: int

    def show_entries(self, entries: Iterable[Entry], *, at: int = 0, nothing: str = "") -> None:
        """Show these lines, the `at`-th one current; `nothing` says why there are none."""
        blocks = [_block(number, entry) for number, entry in enumerate(entries)]
        if not blocks:
            self.show([Block(nothing, "muted")])
            return
        self.show(blocks, current=min(at, len(blocks) - 1))
        self.reveal(self.current)

    def chosen(self, key: Hashable) -> None:
        """Tell which line was chosen."""
        if isinstance(key, int):
            self.post_message(self.Chosen(key))


def _block(number: int, entry: Entry) -> Block:
    text = f"{entry.label}  {entry.detail}" if entry.detail else entry.label
    fitted = [
        Run(start, end, look) for start, end in entry.stretches for look in ("strong", "link")
    ]
    runs = (Run(len(entry.label), len(text), "muted"), *fitted)
    return Block(text, runs=runs, key=number, hang=2, gap=0)
