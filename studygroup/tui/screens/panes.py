"""The frame of the reading screen: which panes are shown at which size, and which has the focus."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from studygroup.tui.widgets.bars import Breadcrumb, Choice, KeyBar, PaneTabs
from studygroup.tui.widgets.note_filter import EVERY
from studygroup.tui.widgets.note_panel import NotePanel
from studygroup.tui.widgets.outline import Outline
from studygroup.tui.widgets.panel import Panel
from studygroup.tui.widgets.prompt_panel import PromptPanel
from studygroup.tui.widgets.quoted_panel import QuotedPanel
from studygroup.tui.widgets.section_text import SectionText
from studygroup.tui.widgets.sheet import Sheet

PANES = ("text", "prompts", "notes", "quoted")
WIDTHS = ((0, "-narrow"), (80, "-medium"), (120, "-wide"))
HEIGHTS = ((0, "-low"), (10, "-high"), (32, "-tall"))
"""From how many columns and lines on the screen has which class."""


class PanedScreen(Screen[None]):
    """Outline, section text, prompts, notes and quotations between the bars.

    From 120 columns on all stand side by side; from 80 on the outline is a drawer; below, one pane
    is shown at a time.
    """

    AUTO_FOCUS = "SectionText"

    def __init__(self) -> None:
        super().__init__(classes="pane-text")
        self.HORIZONTAL_BREAKPOINTS = list(WIDTHS)
        self.VERTICAL_BREAKPOINTS = list(HEIGHTS)
        self.text = SectionText(id="text")
        self.outline = Outline(id="outline")
        self.prompts = PromptPanel(id="prompts")
        self.notes = NotePanel(id="notes")
        self.quoted = QuotedPanel(id="quoted")

    def compose(self) -> ComposeResult:
        """Put the bars around the panes, laid out at once for the size that there is."""
        width, height = self.app.size
        self.add_class(
            max(one for one in WIDTHS if one[0] <= width)[1],
            max(one for one in HEIGHTS if one[0] <= height)[1],
        )
        yield Breadcrumb(id="where")
        yield PaneTabs(id="tabs")
        with Horizontal(id="panes"):
            yield Panel("Outline", self.outline, id="outline-panel")
            yield self.text
            with Vertical(id="side"):
                yield Panel("Prompts", self.prompts, id="prompts-panel")
                yield Panel("Notes", self.notes, id="notes-panel")
                yield Panel("Quoted in", self.quoted, id="quoted-panel")
        yield KeyBar(id="keys")

    @property
    def sheet(self) -> Sheet:
        """The pane with focus."""
        return self.focused if isinstance(self.focused, Sheet) else self.text

    @property
    def panes(self) -> tuple[Sheet, ...]:
        """The panes about the open section: its text, and what stands beside it."""
        return self.text, self.prompts, self.notes, self.quoted

    @property
    def pane(self) -> str:
        """Which pane a narrow screen shows: one of `PANES`."""
        return next((name for name in PANES if self.has_class(f"pane-{name}")), "text")

    def turn_pane(self, count: int) -> None:
        """Give the focus to the next pane; a narrow screen shows it."""
        sheets = list(self.panes)
        if self.outline.is_on_screen and self.query_one("#outline-panel").display:
            sheets.append(self.outline)
        index = sheets.index(self.sheet) if self.sheet in sheets else 0
        self.focus_pane(sheets[(index + count) % len(sheets)])

    def focus_pane(self, sheet: Sheet) -> None:
        """Give a pane the focus; a narrow screen shows it."""
        if sheet.id in PANES:
            for name in PANES:
                self.set_class(name == sheet.id, f"pane-{name}")
            self.show_counts()
        # At once, not after the next refresh: keys typed on already are meant for this pane.
        self.set_focus(sheet, scroll_visible=False)
        # What moved in a pane while it was hidden is drawn once it is shown.
        self.call_after_refresh(sheet.refresh)

    def toggle_outline(self) -> None:
        """Show or hide the outline: a column on a wide screen, a drawer on others."""
        if self.has_class("-wide"):
            self.toggle_class("no-outline")
            shown = not self.has_class("no-outline")
        else:
            self.toggle_class("outline-open")
            shown = self.has_class("outline-open")
        self.focus_pane(self.outline if shown else self.text)

    def show_counts(self) -> None:
        """Say over the panes, and on a narrow screen's tabs, how much each holds."""
        prompts, notes = len(self.prompts.prompts), str(len(self.notes.notes) or "")
        if self.notes.filter != EVERY:
            notes = f"{len(self.notes.shown)} of {notes or 0}"
        self.query_one("#prompts-panel", Panel).heading.say(str(prompts or ""))
        self.query_one("#notes-panel", Panel).heading.say(*self.notes.summaries)
        self.set_class(self.notes.has_more_to_say, "notes-said")
        self.query_one("#quoted-panel", Panel).heading.say(*self.quoted.summaries)
        self.set_class(self.quoted.known and not self.quoted.count, "nothing-quoted")
        self.set_class(not self.notes.notes and bool(self.quoted.count), "no-notes")
        tabs = [
            Choice("text", "Text"),
            Choice("prompts", f"Prompts {prompts or ''}".strip()),
            Choice("notes", f"Notes {notes}".strip()),
            Choice("quoted", f"Quoted {self.quoted.count or ''}".strip()),
        ]
        self.query_one(PaneTabs).show(tabs, self.pane)
