"""The foot of the screen during a session: last entries, where we are, and the recorder line."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from studygroup.core.meeting.recorder import as_typed, complete_name, parse
from studygroup.core.meeting.recording import question_meant
from studygroup.core.meeting.session import Entry, Question, Session
from studygroup.core.text import fold
from studygroup.tui.kept_lines import Typed
from studygroup.tui.widgets.entry_lines import asked_lines, entry_lines, waiting_lines
from studygroup.tui.widgets.typed import TypedLine
from studygroup.tui.widgets.wrapping import cells, shorten

HINTS = (
    "what is said", "> quotation", "! decision", "? question", "* action", "name: another",
    "= answer", "# topic", "+name waits", "next speaks",
)  # fmt: skip
"""What the empty line says can be typed, the most needed first: as many as there is room for."""
PATIENCE = 1.0
"""After how many seconds the line is emptied in any case: who types must never be held up."""
_TIME_IS_UP = re.compile(r"time is up|\d+ min over")


class RecorderLine(TypedLine):
    """The line in which what people say is typed; Enter hands it over, and it is soon empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("up", "edit_last", show=False),
        Binding("down,escape", "leave", show=False),
    ]

    @dataclass
    class Entered(Message):
        """Enter was pressed on a line, which may be blank.

        `amends` is the key of the entry that the line is to replace, or "". `answers` is the
        question that was chosen to be answered by it, if one was.
        """

        typed: str
        amends: str
        answers: Question | None
        _settled: asyncio.Future[bool] = field(init=False, default_factory=asyncio.Future)

        def settle(self, *, empties: bool = True) -> None:
            """Tell that the words are on disk, or are shown elsewhere: the line may be emptied.

            Unless it is to keep them: they are not taken.
            """
            if not self._settled.done():
                self._settled.set_result(empties)

        async def wait(self) -> bool:
            """Return whether the line may be emptied; it may where nobody says so in time."""
            try:
                return await asyncio.wait_for(self._settled, PATIENCE)
            except TimeoutError:
                return True

    class Reached(Message):
        """The line has the focus."""

    class Left(Message):
        """The reader wants back to the text; what was typed stays in the line."""

    def __init__(self) -> None:
        super().__init__(select_on_focus=False, id="recorder-line")
        self.names: Sequence[str] = ()
        self.last_entry: Entry | None = None
        self.amends = ""
        self.ahead = ""
        """How the text goes on behind the words of the quotation that is typed."""
        self.questions: Sequence[Question] = ()
        """What is open in this session."""
        self.meant = ""
        """The key of the question that is answered unless another is chosen."""
        self.chosen: Question | None = None
        self.take_back: Callable[[], Typed | None] = lambda: None
        """Returns the line that was entered last, if it is still waiting: then it does no more."""

    @property
    def is_answer(self) -> bool:
        """Whether an answer is typed, or the mark of one."""
        line = parse(f"{self.value} x", self.names, date.min)
        return line is not None and line.name == "answered" and not self.amends

    @property
    def answers(self) -> Question | None:
        """The question that an answer is for: the chosen one, else the one meant here."""
        return self.chosen or next((q for q in self.questions if q.key == self.meant), None)

    def answer(self, question: Question) -> None:
        """Make what is typed the answer to an open question, of this session or another one."""
        head, colon, rest = self.value.partition(":")
        named = bool(colon) and fold(head.strip()) in {fold(name) for name in self.names}
        said_by, words = (f"{head.strip()}: ", rest) if named else ("", self.value)
        self.value = f"{said_by}= {words.lstrip(' =')}"
        self.cursor_position = len(self.value)
        self.chosen = question
        self.post_message(self.Changed(self, self.value))

    def _choose_next(self) -> None:
        """Choose the next open question to answer."""
        if self.questions:
            keys = [q.key for q in self.questions]
            now = self.answers.key if self.answers is not None else ""
            at = keys.index(now) + 1 if now in keys else 0
            self.chosen = self.questions[at % len(keys)]
            self.post_message(self.Changed(self, self.value))

    def on_resize(self) -> None:
        """Say of what can be typed as much as there is room for."""
        hint, *others = HINTS
        for other in others:
            if cells(longer := f"{hint}   {other}") <= self.content_size.width:
                hint = longer
        self.placeholder = hint

    def on_focus(self) -> None:
        """Tell that what is typed comes here now."""
        self.post_message(self.Reached())

    async def _on_key(self, event: events.Key) -> None:
        """Pass over the key that leads to this line when it is pressed here once more."""
        if event.character == ":" and not self.value:
            event.stop()
            event.prevent_default()

    async def action_submit(self) -> None:
        """Hand the text over, and empty the line once it is on disk or shown as waiting for it.

        What is typed in that moment comes after it: keys are taken one by one, in order.
        """
        entered = self.Entered(self.value, self.amends, self.chosen)
        # Not by way of this line's own messages, which come after what it waits for.
        self.screen.post_message(entered)
        if await entered.wait() and self.value == entered.typed:
            self.value, self.amends, self.chosen = "", "", None

    def action_complete(self) -> None:
        """Complete a name (`an` becomes `ana: `, `+be` `+ben`), or go on with a quotation.

        In an answer, choose the next open question.
        """
        if self.is_answer:
            self._choose_next()
            return
        if self.ahead:
            self.value += self.ahead
            self.cursor_position = len(self.value)
            return
        typed = self.value
        mark = typed[:1] if typed[:1] in "+-*" else ""
        name = complete_name(typed[len(mark) :], self.names)
        if name:
            after = {"": ": ", "*": ": "}.get(mark, "")
            space = " " if mark == "*" else ""
            self.value = f"{mark}{space}{name}{after}"
            self.cursor_position = len(self.value)

    def action_edit_last(self) -> None:
        """Put the last entry back into the line; Enter then amends it.

        If a line waits that was entered after it, that one comes back, and waits no more.
        """
        if self.value:
            return
        waiting = self.take_back()
        if waiting is not None:
            self.value, self.amends, self.chosen = waiting.text, waiting.amends, waiting.answers
            self.cursor_position = len(self.value)
        elif self.last_entry is not None:
            self.amends = self.last_entry.key
            self.value = as_typed(self.last_entry)
            self.cursor_position = len(self.value)

    def action_leave(self) -> None:
        """Stop editing an entry; else go back to the text."""
        if self.amends:
            self.value, self.amends = "", ""
        else:
            self.post_message(self.Left())

    def _on_paste(self, event: events.Paste) -> None:
        """Take a paste of several lines as one line: nothing of it is dropped."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class SessionBar(Vertical):
    """Shows a session: its last entries, a line of status, the recorder line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.line = RecorderLine()
        self._speaking = self._ask = self._hinted = ""
        self._session: Session | None = None
        self._waiting: tuple[Sequence[str], str] = (), ""
        self._entries = Static(markup=False, id="entries")
        self._status = StatusLine(id="status")
        self._speaker = Static(markup=False, id="speaker")

    def compose(self) -> ComposeResult:
        """Put the recorder line under the status, and the last entries over it."""
        yield self._entries
        yield self._status
        with Horizontal(id="recorder"):
            yield self._speaker
            yield self.line

    def show(self, session: Session, now: datetime, recorder: str, place: str, ask: str) -> None:
        """Show a session as it stands at `now`.

        `place` is the present section's short name, `ask` the words of the present prompt.
        """
        self.line.names = session.names
        own = (e for e in reversed(session.entries) if e.recorder == recorder and not e.struck)
        self.line.last_entry = next(own, None)
        self.line.questions = session.open_questions
        self.line.meant = question_meant(session, session.spot)
        self._speaking = session.floor or session.speaker
        self._show_speaker()
        self._status.session, self._status.place = session, place
        self.tick(now)
        self._session, self._ask = session, ask
        self._show_entries()

    def show_waiting(self, lines: Sequence[str], how: str) -> None:
        """Show lines that are not on disk behind the last entries, and how it is with them."""
        if (lines, how) != self._waiting:
            self._waiting = lines, how
            self._show_entries()

    def _show_speaker(self) -> None:
        """Say before the line whose words it takes, unless the line says so itself."""
        name, colon, _ = self.line.value.partition(":")
        names = bool(colon) and fold(name.strip()) in {fold(known) for known in self.line.names}
        speaker = "" if names else self._speaking
        said = "amend" if self.line.amends else shorten(speaker, 14)
        self._speaker.update(Content(f"{said}: "))

    def tick(self, now: datetime) -> None:
        """Let the clock go on."""
        self._status.now = now
        self._status.refresh()

    def set_elsewhere(self, elsewhere: bool) -> None:
        """Say whether the section on the screen is another than the session's."""
        self._status.elsewhere = elsewhere
        self._status.refresh()

    def say(self, sentence: str, *, bad: bool = False) -> None:
        """Show a sentence in place of the status ("": the status again); a bad one stands out."""
        self._status.sentence = sentence
        self._status.set_class(bad, "-bad")
        self._status.refresh()

    def unsay(self, sentence: str) -> None:
        """Show the status again, if this sentence still stands in its place."""
        if self._status.sentence == sentence:
            self.say("")

    def hint(self, sentence: str) -> None:
        """Show a sentence while something is typed; one that stands out is not covered by it.

        What was said of a line that was entered stays until the next one is begun.
        """
        if self._status.has_class("-bad"):
            return
        if sentence or self.line.value:
            self.say(sentence)
        else:
            self.unsay(self._hinted)
        self._hinted = sentence

    def _show_entries(self) -> None:
        height, width = self.app.size.height, max(1, self.app.size.width - 2)
        rows = min(6, (height - 12) // 4) if height >= 20 else 0
        ask = self._ask
        asked = asked_lines(ask, width, 2 if rows > 3 else 1) if ask and rows else []
        lines, how = self._waiting
        waiting = waiting_lines(lines, how, width, max(1, rows - len(asked)))
        entries = () if self._session is None else self._session.entries
        before = entry_lines(entries, width, rows - len(asked) - len(waiting))
        shown = [*asked, *before, *waiting]
        self._entries.display = bool(shown)
        self._entries.update(Content("\n").join(shown))

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        """Keep the line's changes from panels above: they are nobody else's matter."""
        event.stop()
        self.line.ahead = ""
        if not self.line.value:
            self.line.chosen = None
        self._show_speaker()
        self.post_message(self.Typing(event.value))

    @dataclass
    class Typing(Message):
        """The recorder line holds these words now."""

        typed: str


class StatusLine(Widget):
    """One line: time used, place and its time left, who has the floor; or a sentence instead."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.session: Session | None = None
        self.now: datetime | None = None
        self.place = ""
        self.elsewhere = False
        self.sentence = ""

    def render(self) -> Content:
        """Draw as many of the facts as fit, the clock first."""
        width = self.content_size.width
        if self.sentence:
            return Content(shorten(self.sentence, width))
        if self.session is None or self.now is None:
            return Content("")
        line = ""
        for fact in _facts(self.session, self.now, self.place, elsewhere=self.elsewhere):
            longer = f"{line} · {fact}" if line else fact
            if cells(longer) > width:
                break
            line = longer
        ends = _TIME_IS_UP.finditer(line)
        shown = Content(line)
        for end in ends:
            shown = shown.stylize("bold $warning", *end.span())
        return shown


def _facts(session: Session, now: datetime, place: str, *, elsewhere: bool) -> list[str]:
    minutes = int(session.elapsed(now) // 60)
    sign = "●" if session.running else "‖" if session.closed is None else "■"
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    planned = f" of {session.planned}" if session.planned else ""
    over = session.elapsed(now) - session.planned * 60
    late = f", {_over(over)}" if session.planned and over >= 0 else ""
    facts = [f"{sign} {clock}{planned}{late}"]
    if session.closed is not None:
        facts.append("closed")
    elif session.paused:
        facts.append("paused, P goes on")
    if elsewhere:
        facts.append(f"session is at {place}, t takes up this section")
    elif place:
        facts.append(f"{place}{_left(session, now)}")
    if session.floor or session.queue:
        waiting = f" → {', '.join(session.queue)}" if session.queue else ""
        facts.append(f"floor: {session.speaking or 'nobody'}{waiting}")
    count = len(session.standing)
    facts.append("1 entry" if count == 1 else f"{count} entries")
    return facts


def _left(session: Session, now: datetime) -> str:
    box = session.timebox(session.spot)
    if not box:
        return ""
    left = box * 60 - session.used_at(session.spot.place, now)
    return f", {ceil(left / 60)} min left" if left > 0 else f", {_over(-left)}"


def _over(seconds: float) -> str:
    return f"{int(seconds // 60)} min over" if seconds >= 60 else "time is up"
