"""What is typed into the recorder line, on its way to the journal: in order, and never lost."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.timer import Timer

from studygroup.core.errors import StudygroupError
from studygroup.core.quotation import MARKS
from studygroup.core.recorder import parse
from studygroup.core.recording import Recording
from studygroup.core.session import Cited
from studygroup.tui.widgets.session_bar import RecorderLine, SessionBar
from studygroup.tui.work import beside

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen

KEPT_AFTER = 0.8
"""After how many seconds of rest a line that is not entered yet is kept for the next start."""
SLOW = 0.2
"""After how many seconds of waiting for the disk that is said."""
QUOTED_FROM = 3
"""From how many words on a quotation is looked for while it is typed."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """A line that waits to be written; `amends` is the key of the entry it replaces, or ""."""

    text: str
    amends: str = ""


class Dictation:
    """The lines of one recording.

    They are written one after the other, in threads, in the order in which they were entered; a
    line that could not be written goes back to the recorder line, and nothing overtakes it. What is
    not entered yet is kept in the user's own folder. `turn` is held while the journal is written,
    `written` is called after each line.
    """

    def __init__(
        self,
        screen: ReadingScreen,
        recording: Recording,
        turn: asyncio.Lock,
        written: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._recording = recording
        self._turn = turn
        self._written = written
        self._state = screen.workspace.state
        self._waiting: deque[_Typed] = deque()
        self._writing = False
        self._typed = ""
        self._keeping: Timer | None = None

    @property
    def _bar(self) -> SessionBar:
        return self._screen.query_one(SessionBar)

    def restore(self) -> None:
        """Put back what was typed and not written when the program last ended."""
        session = self._recording.id
        beside(self._screen, lambda: self._state.line(session), self._put_in, group="line")

    def _put_in(self, kept: str) -> None:
        *before, last = kept.split("\n")
        self._waiting.extendleft(_Typed(text) for text in reversed(before))
        line = self._bar.line
        if last and not line.value:
            line.value = last
            line.cursor_position = len(last)
        if before:
            count = "a line" if len(before) == 1 else f"{len(before)} lines"
            self._bar.say(
                f"✗ {count} could not be recorded last time: Enter tries again.", bad=True
            )

    def entered(self, event: RecorderLine.Entered) -> None:
        """Write a line that was entered, after those that still wait; a blank one writes those."""
        if event.typed.strip():
            self._waiting.append(_Typed(event.typed, event.amends))
        self._bar.say("")
        if not self._writing:
            self._writing = True
            self._screen.run_worker(self._write_all(), group="record")

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                typed = self._waiting.popleft()
                slow = self._screen.set_timer(SLOW, lambda: self._bar.say("saving…"))
                try:
                    async with self._turn:
                        await asyncio.to_thread(self._write, typed)
                except StudygroupError as error:
                    self._put_back(typed, error)
                    return
                finally:
                    slow.stop()
                self._bar.say("")
                self._written()
        finally:
            self._writing = False

    def _write(self, typed: _Typed) -> None:
        if typed.amends:
            self._recording.amend(typed.amends, typed.text)
        else:
            self._recording.record(typed.text)

    def _put_back(self, typed: _Typed, error: StudygroupError) -> None:
        line = self._bar.line
        if not line.value and not self._waiting:
            line.value, line.amends = typed.text, typed.amends
            line.cursor_position = len(line.value)
        else:
            self._waiting.appendleft(typed)
        why = str(error).rstrip(".")
        self._bar.say(f"✗ Not recorded: {why}. It is kept: Enter tries again.", bad=True)

    def finish(self) -> None:
        """Write what still waits; what cannot be written is kept, with what is in the line.

        Raises CannotWrite.
        """
        try:
            while self._waiting:
                self._write(self._waiting[0])
                self._waiting.popleft()
        finally:
            left = "\n".join([*(typed.text for typed in self._waiting), self._typed])
            self._state.keep_line(self._recording.id, left)

    def typing(self, typed: str) -> None:
        """Keep what is typed, and say where the words of a quotation stand."""
        self._keep_soon(typed)
        session = self._recording.session
        line = parse(typed, session.names, date.min)
        if line is None or line.name != "quoted":
            self._bar.hint("")
            return
        cite, words = self._screen.workspace.sessions.cite, line.text
        if len(words.split()) < QUOTED_FROM:
            return

        def show(cited: Cited) -> None:
            if self._bar.line.value == typed:
                self._bar.hint(_whereabouts(cited))

        beside(self._screen, lambda: cite(words, session.spot), show, group="cite")

    def _keep_soon(self, typed: str) -> None:
        self._typed = typed
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self._screen.set_timer(KEPT_AFTER, self._keep)

    def _keep(self) -> None:
        session, typed = self._recording.id, self._typed
        beside(self._screen, lambda: self._state.keep_line(session, typed), _nothing, group="line")


def _nothing(_: None) -> None:
    """Nothing more to do."""


def _whereabouts(cited: Cited) -> str:
    mark = next((m for verdict, m in MARKS.items() if verdict == cited.verdict), "")
    said = {"missing": "not found in the readings", "ambiguous": "stands in several places"}
    return f"{mark} {said.get(cited.verdict) or f'{cited.verdict}: {cited.citation}'}"
