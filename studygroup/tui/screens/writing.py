"""The dialogs in which a note or a prompt is written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from studygroup.core.prompt import KINDS, PHASES
from studygroup.tui.drafts import NoteDraft, PromptDraft
from studygroup.tui.newest import Newest
from studygroup.tui.quoting import Begun, Judged, quotation_at
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.widgets.choices import Choices
from studygroup.tui.widgets.typed import TypedArea, TypedLine
from studygroup.tui.work import complain

NOTE_KINDS = ("note", "criticism", "question", "info", "quote")

Draft = TypeVar("Draft")


class WritingDialog(Dialog[Draft], Generic[Draft]):
    """A text area and what is asked about it. Esc keeps what was typed for the next time.

    `keep` is called with what is typed whenever that changes.
    """

    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "Save", show=False)]
    HINT = "^S saves · Tab: next field · Esc closes, text is kept"

    def __init__(self, title: str, about: str, text: str, keep: Callable[[Draft], None]) -> None:
        super().__init__()
        self._keep = keep
        self._title = title
        self._about = about
        self._text = text

    def compose(self) -> ComposeResult:
        """Put the title, the place and the text area over the questions."""
        with Vertical(classes="box"):
            yield words(self._title, "title")
            if self._about:
                yield words(self._about, "about")
            area = TypedArea(self._text, soft_wrap=True, tab_behavior="focus")
            area.highlight_cursor_line = False
            yield area
            yield from self.questions()
            yield words(self.HINT, "hint")

    def questions(self) -> ComposeResult:
        """Yield what else is asked."""
        yield from ()

    def on_mount(self) -> None:
        """Put the cursor behind what was typed before."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        draft = self.draft(done=False)
        if draft is not None:
            self._keep(draft)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(TextArea).text.strip()

    @abstractmethod
    def draft(self, done: bool) -> Draft | None:
        """Return what was typed, or None where something must be put right first."""

    def action_close(self) -> None:
        """Close, and keep what was typed."""
        self.dismiss(self.draft(done=False))

    def action_save(self) -> None:
        """Hand over the text to be written."""
        if not self.text:
            self.notify("There is nothing to save yet: type some words first.", markup=False)
            return
        draft = self.draft(done=True)
        if draft is not None:
            self.dismiss(draft)


class NoteDialog(WritingDialog[NoteDraft]):
    """Asks for a note's words and kind, and judges what it quotes while that is typed.

    `quotes` is the paragraph it is on, as a quotation; `judge` says what a quotation is worth.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "quote", show=False, priority=True)]
    HINT = "^S saves · ^R quotes the ¶ · Tab: next field · Esc closes, text is kept"

    def __init__(
        self,
        title: str,
        about: str,
        draft: NoteDraft,
        keep: Callable[[NoteDraft], None],
        *,
        quotes: str,
        judge: Callable[[Begun], Judged],
    ) -> None:
        super().__init__(title, about, draft.text, keep)
        self._draft = draft
        self._quotes = quotes
        self._newest = Newest[Begun, Judged](
            self, judge, self._show_verdict, failed=self._judge_nothing, waiting=self._wait
        )

    def questions(self) -> ComposeResult:
        """Say what came of the quotation at the cursor, and ask for the kind."""
        yield words("", "verdict")
        yield Choices("kind", NOTE_KINDS, self._draft.kind)

    @on(TextArea.SelectionChanged)
    @on(TextArea.Changed)
    def _look_at_quotation(self) -> None:
        area = self.query_one(TextArea)
        row, column = area.cursor_location
        at = sum(len(line) + 1 for line in area.text.split("\n")[:row]) + column
        begun = quotation_at(area.text, at)
        if begun is None:
            self._newest.forget()
            self._say("")
        else:
            self._newest.ask(begun)

    def _show_verdict(self, _: Begun, judged: Judged) -> None:
        self._say(f"{judged.sentence}  {judged.differs}".rstrip())

    def _judge_nothing(self, error: Exception) -> None:
        complain(self.app, error)

    def _wait(self) -> None:
        self._say("Looking for the words…")

    def _say(self, verdict: str) -> None:
        self.query_one(".verdict", Static).update(Content(verdict))

    def action_quote(self) -> None:
        """Quote the paragraph at the cursor."""
        if self._quotes:
            self.query_one(TextArea).insert(f"{self._quotes} ")
        else:
            self.notify("There is no paragraph here to quote.", markup=False)

    def draft(self, done: bool) -> NoteDraft:
        """Return the note as typed."""
        return NoteDraft(self.text, self.query_one(Choices).value, done)


class PromptDialog(WritingDialog[PromptDraft]):
    """Asks for a prompt's question, kind, phase and minutes."""

    def __init__(
        self, title: str, about: str, draft: PromptDraft, keep: Callable[[PromptDraft], None]
    ) -> None:
        super().__init__(title, about, draft.ask, keep)
        self._draft = draft

    def questions(self) -> ComposeResult:
        """Ask for kind, phase and minutes."""
        yield Choices("kind", KINDS, self._draft.kind)
        yield Choices("phase", PHASES, self._draft.phase)
        minutes = "" if self._draft.minutes is None else str(self._draft.minutes)
        yield TypedLine(
            minutes, placeholder="minutes (may stay empty)", type="integer", max_length=3
        )

    def draft(self, done: bool) -> PromptDraft | None:
        """Return the prompt as typed; None, with a message, where the minutes are no number."""
        typed = self.query_one(Input).value.strip()
        if typed and not (typed.isdecimal() and int(typed) > 0):
            if done:
                self.notify("The minutes must be a whole number above 0, or empty.", markup=False)
                return None
            typed = ""
        kind, phase = (choice.value for choice in self.query(Choices))
        return PromptDraft(
            self.text,
            next(k for k in KINDS if k == kind),
            next(p for p in PHASES if p == phase),
            int(typed) if typed else None,
            done,
        )
