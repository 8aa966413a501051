"""The help: every key, grouped, from the commands themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.screens.search import KEYS as SEARCH_KEYS
from studygroup.tui.session_commands import LINE_FORMS
from studygroup.tui.widgets.blocks import Block, Run
from studygroup.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from studygroup.tui.command import Command

_KEYS_WIDTH = 16
_FORMS_WIDTH = 20


class HelpScreen(Dialog[None]):
    """All keys on one sheet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,q", "close", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("b,pageup", "page(-1)", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Show these blocks (see `key_blocks`)."""
        super().__init__()
        self._blocks = blocks

    def compose(self) -> ComposeResult:
        """Put the sheet into a box."""
        with Vertical(classes="box tall"):
            yield words("Keys", "title")
            yield Sheet(id="keys-sheet")
            yield words("Esc closes · Space pages", "hint")

    def on_mount(self) -> None:
        """Fill the sheet."""
        self.query_one(Sheet).show(self._blocks)

    def action_page(self, count: int) -> None:
        """Turn a page."""
        self.query_one(Sheet).page(count)

    def action_scroll(self, count: int) -> None:
        """Move a few lines."""
        self.query_one(Sheet).scroll_relative(y=count, animate=False)


def key_blocks(commands: Sequence[Command], groups: Sequence[str]) -> list[Block]:
    """Return one block for each command that has keys, under its group's name, in their order.

    The keys of the search overlay follow those of finding, the recorder line's forms those of a
    session.
    """
    ordered = sorted((c for c in commands if c.keys), key=lambda c: groups.index(c.group))
    blocks: list[Block] = []
    for group, members in groupby(ordered, key=lambda c: c.group):
        blocks.append(Block(group, "label"))
        for command in members:
            keys = "  ".join(command.shown_keys())
            text = command.title + (f", {command.help}" if command.help else "")
            start = len(command.title)
            blocks.append(_row(keys, text, start, _KEYS_WIDTH))
        if group == "Find":
            blocks.append(Block("While searching", "label"))
            blocks.extend(_row(key, does, 0, _KEYS_WIDTH) for key, does in SEARCH_KEYS)
        if group == "Session":
            blocks.append(Block("In the line for recording", "label"))
            blocks.extend(_row(typed, said, 0, _FORMS_WIDTH) for typed, said in LINE_FORMS)
    return blocks


def _row(lead: str, text: str, muted_from: int, width: int) -> Block:
    return Block(
        text,
        runs=(Run(muted_from, len(text), "muted"),),
        indent=width,
        lead=f"{lead:<{width}}",
        lead_style="strong",
        gap=0,
    )
