"""The review of an outline: what is proposed beside the text, and the keys that correct it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Static

from studygroup.core.draft import ENOUGH, Draft
from studygroup.core.outlining.revision import Revision, plain
from studygroup.core.text import clean
from studygroup.tui.key_table import MOVES, MOVES_TOLD, Key, bound, choices, help_blocks, told
from studygroup.tui.screens.dialog import words
from studygroup.tui.widgets.bars import Breadcrumb, ChoiceBar, KeyBar
from studygroup.tui.widgets.draft_sheets import DraftOutline, DraftText, RowSheet, signed, weighed
from studygroup.tui.widgets.typed import TypedLine

KEYS = (
    Key("enter", "import", "Enter", "imports", "import the text with this outline"),
    Key("escape,q", "leave", "Esc", "leaves", "leave it: nothing is imported"),
    Key("n", "doubt(1)", "n", "doubt", "the next doubtful line"),
    Key("a", "accept", "a", "heading", "make the line a heading, or settle that it is one"),
    Key("x", "reject", "x", "text", "make the line text, or settle that it is no heading"),
    Key("u", "undo", "u", "undo", "take the last change back"),
    Key("question_mark", "help", "?", "keys", "list the keys"),
    Key("less_than_sign,left", "deepen(-1)", "<", "higher", "make the heading a level higher"),
    Key("greater_than_sign,right", "deepen(1)", ">", "deeper", "make the heading a level deeper"),
    Key("m", "merge", "m", "merge", "make the section one with the section before it"),
    Key("s", "split", "s", "split", "begin a section with this paragraph"),
    Key("r", "rename", "r", "rename", "call the section otherwise"),
    Key("tab,o", "turn", "Tab", "outline", "from the text to the outline and back"),
    Key("N", "doubt(-1)", "N", "doubt before", "the doubtful line before"),
    Key("right_square_bracket", "heading(1)", "]", "section", "the next heading"),
    Key("left_square_bracket", "heading(-1)", "[", "section before", "the heading before"),
)
"""What can be done, the most needed first."""


class ReviewScreen(Screen[None]):
    """The outline that is proposed for a text, to be corrected before that is imported.

    One row of the text is the current one, in the text and in the outline. The app ends with the
    draft as corrected, or with None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        *bound(KEYS),
    ]

    def __init__(self, draft: Draft, literal: Callable[[str], str]) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-high")]
        self._draft = draft
        self._literal = literal
        self.revision = draft.outline or Revision.of(draft.blocks)
        """The outline as corrected so far."""
        self.at = 0
        """The current row."""
        self._before: list[tuple[Revision, int]] = []
        self._asked = ""
        self._warned = False

    # Showing.

    def compose(self) -> ComposeResult:
        """Put the outline beside the text."""
        yield Breadcrumb()
        with Horizontal(id="panes"):
            yield DraftOutline()
            yield DraftText()
        yield words("", "detail")
        yield TypedLine(max_length=400)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the first line that is doubtful, else at the top."""
        self.query_one(KeyBar).show(choices(KEYS))
        first = self.revision.rows[:1]
        self.at = 0 if first and first[0].is_doubtful else self.revision.next_doubt(0, 1)
        self._show()
        self._pane.focus()

    def _show(self) -> None:
        for sheet in self.query(RowSheet):
            sheet.show_revision(self.revision, self.at)
        self._tell()

    def _tell(self) -> None:
        """Say how many sections there are, and what speaks for the current line."""
        doubts = sum(row.is_doubtful for row in self.revision.rows)
        sections = self.revision.sections
        counts = f"{sections:,} section{'' if sections == 1 else 's'} · {doubts:,} doubtful"
        self.query_one(Breadcrumb).show((clean(plain(self._draft.title)),), counts)
        detail = self.query_one(".detail", Static)
        detail.update(self._about_row())
        detail.remove_class("-said")

    def _about_row(self) -> str:
        if not self.at < len(self.revision.rows):
            return "There is no text."
        row = self.revision.rows[self.at]
        kind = f"A heading of level {row.block.level}." if row.is_heading else "Text."
        if not row.block.reasons:
            return kind
        score = f"{signed(row.block.score)} points; {signed(ENOUGH)} make a heading."
        return f"{kind} {score} {weighed(row.block.reasons)}"

    @property
    def _pane(self) -> RowSheet:
        """The sheet that keys move in."""
        return self.query_one(DraftOutline if self.has_class("outline-open") else DraftText)

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the line while something is typed there."""
        return not self._asked or action == "leave"

    # Moving.

    @on(RowSheet.RowReached)
    def _row_reached(self, event: RowSheet.RowReached) -> None:
        if self._asked:
            self._close_line()
        if event.at != self.at:
            self._go(event.at)

    def _go(self, at: int) -> None:
        self.at = at
        self._warned = False
        text, outline = self.query_one(DraftText), self.query_one(DraftOutline)
        text.bring(at)
        listed = at in outline.lines.places or not outline.lines.lines
        outline.set_current(at if listed else self.revision.heading_of(at))
        self._tell()

    def action_step(self, count: int) -> None:
        """Go to the next line, or the one before."""
        self._pane.step(count)

    def action_page(self, count: int) -> None:
        """Turn a page."""
        self._pane.page(count)

    def action_end(self, last: bool) -> None:
        """Go to the first line, or the last."""
        self._pane.to_end(last)

    def action_doubt(self, step: int) -> None:
        """Go to the next doubtful line, or the one before."""
        at = self.revision.next_doubt(self.at, step)
        if at == self.at:
            self._say("No doubtful line " + ("after" if step > 0 else "before") + " this one.")
        else:
            self._go(at)

    def action_heading(self, step: int) -> None:
        """Go to the next heading, or the one before."""
        headings = self.revision.headings
        ahead = [n for n in headings if (n > self.at if step > 0 else n < self.at)]
        if ahead:
            self._go(ahead[0 if step > 0 else -1])

    def action_turn(self) -> None:
        """Turn from the text to the outline and back."""
        self.toggle_class("outline-open")
        self._pane.focus()
        self._go(self.at)

    # Changing.

    def _change(self, revision: Revision, at: int, otherwise: str) -> None:
        """Show an outline that was changed; where it was not, say why."""
        if revision == self.revision:
            self._say(otherwise)
            return
        self._before.append((self.revision, self.at))
        self.revision, self.at = revision, at
        self._warned = False
        self._show()

    def action_accept(self) -> None:
        """Make the line a heading."""
        self._change(*self.revision.accepted(self.at), "It is a heading already, or cannot be one.")

    def action_reject(self) -> None:
        """Make the line text."""
        self._change(*self.revision.rejected(self.at), "It is text already.")

    def action_deepen(self, count: int) -> None:
        """Make the heading a level deeper, or higher."""
        end = "lowest" if count > 0 else "highest"
        said = f"Only headings have levels, and not below the {end}."
        self._change(*self.revision.deepened(self.at, count), said)

    def action_merge(self) -> None:
        """Make the section one with the one before."""
        self._change(*self.revision.merged(self.at), "There is no heading above to merge.")

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self.revision, self.at = self._before.pop()
            self._show()
        else:
            self._say("Nothing was changed.")

    def action_split(self) -> None:
        """Ask for the heading of a section that begins here."""
        if self.at < len(self.revision.rows) and not self.revision.rows[self.at].is_heading:
            hint = "heading of the new section; words the paragraph begins with are taken out of it"
            self._ask("split", "", hint)
        else:
            self._say("A section begins here already.")

    def action_rename(self) -> None:
        """Ask what the section is to be called."""
        at = self.revision.heading_of(self.at)
        if at < 0:
            self._say("There is no heading above to rename.")
            return
        self._go(at)
        self._ask("rename", plain(self.revision.rows[at].block.text), "what the section is called")

    def _ask(self, what: str, value: str, hint: str) -> None:
        self._asked = what
        self._line.placeholder = hint
        self._line.value = clean(value)
        self._line.add_class("-open")
        self._line.focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        typed = self._literal(" ".join(event.value.split()))
        asked = self._asked
        self._close_line()
        if not typed:
            return
        if asked == "split":
            self._change(*self.revision.split(self.at, typed), "A section begins here already.")
        else:
            self._change(*self.revision.renamed(self.at, typed), "It is called so already.")

    def _close_line(self) -> None:
        self._asked = ""
        self._line.remove_class("-open")
        self._line.value = ""
        self._pane.focus()

    # Ending.

    def action_import(self) -> None:
        """Import the text with this outline."""
        self.app.exit(replace(self._draft, blocks=self.revision.blocks, outline=self.revision))

    def action_leave(self) -> None:
        """Leave the line that is typed in, else the review; ask first where there are changes."""
        if self._asked:
            self._close_line()
        elif self._before and not self._warned:
            self._warned = True
            self._say("Esc again leaves without importing; what was corrected is lost.")
        else:
            self.app.exit(None)

    def action_help(self) -> None:
        """List the keys."""
        from studygroup.tui.screens.help import HelpScreen  # here: it brings all keys of the app

        self.app.push_screen(HelpScreen(help_blocks([*told(KEYS), *MOVES_TOLD])))

    @on(ChoiceBar.Chosen)
    async def _clicked(self, event: ChoiceBar.Chosen) -> None:
        event.stop()
        await self.run_action(event.id)

    def _say(self, sentence: str) -> None:
        """Say something in place of what is said of the line, until another is reached."""
        detail = self.query_one(".detail", Static)
        detail.update(sentence)
        detail.add_class("-said")
