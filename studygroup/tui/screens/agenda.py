"""The agenda on the screen: its lines, their sum, and the keys that change them."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from studygroup.core.meeting.agenda_draft import AgendaDraft
from studygroup.core.meeting.session import AgendaItem
from studygroup.tui.key_table import MOVES, MOVES_TOLD, Key, bound, choices, help_blocks, told
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.screens.help import HelpScreen
from studygroup.tui.widgets.agenda_list import AgendaList, Row
from studygroup.tui.widgets.bars import Choice, ChoiceBar, KeyBar
from studygroup.tui.widgets.blocks import Block
from studygroup.tui.widgets.typed import TypedLine

Answer = TypeVar("Answer")


KEYS = (
    Key("x,d", "drop", "x", "drop", "leave out, or bring back; a section with its prompts"),
    Key("plus,equals_sign", "lengthen(1)", "+", "longer", "a minute more"),
    Key("minus", "lengthen(-1)", "-", "shorter", "a minute less"),
    Key("J,alt+down,shift+down", "shift(1)", "J", "down", "move down; a section with its prompts"),
    Key("K,alt+up,shift+up", "shift(-1)", "K", "up", "move up"),
    Key("a", "add", "a", "topic", "add a topic behind the line"),
    Key("r", "rescale", "r", "fit", "share out the minutes there are"),
    Key("u", "undo", "u", "undo", "take the last change back"),
)
"""What changes an agenda, the most needed first."""


class AgendaDialog(Dialog[Answer], Generic[Answer]):
    """The lines of an agenda, their sum, and the keys that change them."""

    CSS_PATH: ClassVar[list[str]] = ["dialog.tcss", "agenda.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        Binding("enter", "choose", show=False),
        Binding("question_mark", "help", show=False),
        *bound(KEYS),
    ]
    ENTER = "goes on"
    HEADS = ""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.draft = AgendaDraft()
        """What is shown, with all changes so far."""
        self._before: list[AgendaDraft] = []

    # What a subclass says.

    @abstractmethod
    def row(self, at: int) -> Row:
        """Return how a line is shown."""

    @abstractmethod
    def sums(self) -> tuple[str, bool]:
        """Return the line over the list, and whether it is a warning."""

    @abstractmethod
    def about(self, at: int) -> str:
        """Return what there is to say of a line, apart from its words."""

    def fixed(self, at: int) -> str:
        """Return why a line cannot be moved or dropped, "" where it can."""
        return ""

    @abstractmethod
    def fitting(self) -> AgendaDraft:
        """Return the draft with the minutes there are shared out."""

    def changing(self) -> set[int] | None:
        """Return the lines whose minutes may change with their section's; None for all."""
        return None

    # Showing.

    def compose(self) -> ComposeResult:
        """Put the sum over the list, and what is told of a line below it."""
        with Vertical(classes="box agenda"):
            yield words(self._title, "title")
            yield words("", "sum")
            if self.HEADS:
                yield words(self.HEADS, "heads")
            yield AgendaList()
            yield words("", "detail")
            yield TypedLine(
                placeholder="the topic's words; Enter adds it, Esc doesn't", max_length=200
            )
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the keys."""
        first = Choice("choose", self.ENTER, "Enter")
        others = [Choice("close", "back", "Esc"), Choice("help", "keys", "?")]
        self.query_one(KeyBar).show([first, *others, *choices(KEYS)])

    def begin(self, draft: AgendaDraft, at: int = 0) -> None:
        """Show a draft, and take keys from now on."""
        self.draft = draft
        self.show_draft(at)
        self.query_one(AgendaList).focus()

    @property
    def at(self) -> int:
        """The current line."""
        return self.query_one(AgendaList).at

    def show_draft(self, at: int, *, reveal: bool = True) -> None:
        """Show the draft as it is now, with a line as the current one."""
        rows = [self.row(n) for n in range(len(self.draft.lines))]
        nothing = "Nothing is on the agenda. a adds a topic."
        self.query_one(AgendaList).show_rows(rows, at, nothing, reveal=reveal)
        said, over = self.sums()
        line = self.query_one(".sum", Static)
        line.update(said)
        line.set_class(over, "-over")
        self._show_detail()

    def _show_detail(self) -> None:
        at = self.at
        lines = self.draft.lines
        told = f"{lines[at].item.title}  {self.about(at)}" if at < len(lines) else ""
        self.query_one(".detail", Static).update(" ".join(told.split()))

    @on(AgendaList.Reached)
    def _reached(self) -> None:
        self._show_detail()

    # Moving.

    def action_step(self, count: int) -> None:
        """Go to the next line, or the one before."""
        self.query_one(AgendaList).step(count)

    def action_page(self, count: int) -> None:
        """Turn a page."""
        self.query_one(AgendaList).page(count)

    def action_end(self, last: bool) -> None:
        """Go to the first line, or the last."""
        self.query_one(AgendaList).to_end(last)

    @on(ChoiceBar.Chosen)
    async def _clicked(self, event: ChoiceBar.Chosen) -> None:
        event.stop()
        await self.run_action(event.id)

    def action_help(self) -> None:
        """List the keys."""
        self.app.push_screen(HelpScreen(_key_blocks(self.ENTER)))

    # Changing.

    def _change(self, draft: AgendaDraft, at: int) -> None:
        if draft != self.draft:
            self._before.append(self.draft)
            self.draft = draft
        self.show_draft(at)

    def _allowed(self, at: int) -> bool:
        if at >= len(self.draft.lines):
            return False
        why = self.fixed(at)
        if why:
            self.notify(why, markup=False)
        return not why

    def action_drop(self) -> None:
        """Leave the line out, or bring it back."""
        if self._allowed(self.at):
            self._change(self.draft.dropped(self.at), self.at)

    def action_shift(self, count: int) -> None:
        """Move the line."""
        if self._allowed(self.at):
            self._change(*self.draft.moved(self.at, count))

    def action_lengthen(self, count: int) -> None:
        """Give the line a minute more, or less."""
        if self.at < len(self.draft.lines):
            self._change(self.draft.lengthened(self.at, count, self.changing()), self.at)

    def action_rescale(self) -> None:
        """Share out the minutes."""
        self._change(self.fitting(), self.at)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self.draft = self._before.pop()
            self.show_draft(self.at)

    def action_add(self) -> None:
        """Ask for a topic."""
        line = self.query_one(Input)
        line.add_class("-open")
        line.focus()

    @on(Input.Submitted)
    def _topic_entered(self, event: Input.Submitted) -> None:
        event.stop()
        title = " ".join(event.value.split())
        self._close_line()
        if title:
            self._change(*self.draft.with_topic(title, self.at))

    def _close_line(self) -> None:
        line = self.query_one(Input)
        line.value = ""
        line.remove_class("-open")
        self.query_one(AgendaList).focus()

    @abstractmethod
    def action_choose(self) -> None:
        """Do what Enter does."""

    def action_close(self) -> None:
        """Leave the topic that is being typed; else close."""
        if self.query_one(Input).has_class("-open"):
            self._close_line()
        else:
            self.leave()

    def leave(self) -> None:
        """Close without having chosen anything."""
        self.dismiss(None)


def origin(item: AgendaItem) -> str:
    """Return where a line that was carried over comes from."""
    return f"left over from {item.carried_from}"


def _key_blocks(enter: str) -> list[Block]:
    return help_blocks([("Enter", enter), *told(KEYS), *MOVES_TOLD, ("Esc", "back")])
