"""The recorder line at work: what is entered goes to the journal, what is typed is looked up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual.timer import Timer

from studygroup.core.errors import StudygroupError
from studygroup.core.recorder import parse
from studygroup.core.recording import Recorded, Recording
from studygroup.core.taking import Taken
from studygroup.tui.line_queue import LineQueue, Typed
from studygroup.tui.quoting import Lookup, look_up
from studygroup.tui.taking import Tell
from studygroup.tui.widgets.session_bar import RecorderLine, SessionBar
from studygroup.tui.widgets.wrapping import shorten
from studygroup.tui.work import beside, nothing

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen

KEPT_AFTER = 0.8
"""After how many seconds a line that is typed and not entered is kept for the next start."""
SLOW = 0.2
"""After how many seconds of waiting for the disk that is said."""
QUOTED_FROM = 3
"""From how many words on a quotation is looked for while it is typed."""


class Dictation:
    """The lines of one recording on the screen.

    They are written one after the other, in threads; the line that could not be written goes back
    to the recorder line. `turn` is held while the journal is written, `written` is called after
    each line.
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
        self._queue = LineQueue(recording, screen.workspace.state)
        self._turn = turn
        self._written = written
        self._writing = False
        self._tells: dict[Taken, Tell] = {}
        self._keeping: Timer | None = None

    @property
    def _bar(self) -> SessionBar:
        return self._screen.query_one(SessionBar)

    def restore(self) -> None:
        """Put back what was typed and not written when the program last ended."""
        beside(self._screen, self._queue.restore, self._put_in, group="kept line")

    def _put_in(self, kept: str) -> None:
        line = self._bar.line
        if kept:
            # Whoever was faster than the disk finds both in the line: nothing of it is lost.
            line.value = f"{kept} {line.value}".rstrip(" ") if line.value else kept
            line.cursor_position = len(line.value)
        count = self._queue.waiting
        if count and not self._writing:
            lines = "a line" if count == 1 else f"{count} lines"
            self._bar.say(
                f"✗ {lines} could not be recorded last time: Enter tries again.", bad=True
            )

    def entered(self, event: RecorderLine.Entered) -> None:
        """Write a line that was entered, after those that still wait; a blank one writes those.

        A mark alone is left standing for the words that belong to it.
        """
        names = self._recording.session.names
        said = ""
        if parse(event.typed, names, date.min) is not None:
            self._queue.add(event.typed, event.amends, event.answers)
        elif event.typed.strip():
            line = self._bar.line
            line.value, line.amends, line.chosen = event.typed, event.amends, event.answers
            line.cursor_position = len(line.value)
            said = "Nothing to record yet: write the words."
        self._queue.typed = self._bar.line.value
        self._bar.say(said, bad=bool(said))
        self._write_soon()

    def take(self, taken: Taken, tell: Tell) -> None:
        """Write words taken from where they stand, after the lines that wait; `tell` is called."""
        self._tells[taken] = tell
        self._queue.take(taken)
        self._write_soon()

    def _write_soon(self) -> None:
        if not self._writing:
            self._writing = True
            self._screen.run_worker(self._write_all(), group="record")

    async def _write_all(self) -> None:
        try:
            while self._queue.waiting:
                slow = self._screen.set_timer(SLOW, lambda: self._bar.say("saving…"))
                try:
                    async with self._turn:
                        first = self._queue.first
                        recorded = await asyncio.to_thread(self._queue.write_first)
                except StudygroupError as error:
                    self._put_back(error)
                    return
                finally:
                    slow.stop()
                said = "" if recorded is None else " ".join(recorded.notices)
                self._bar.say(said or _answered(recorded), bad=bool(said))
                self._written()
                self._told(first, recorded)
        finally:
            self._writing = False
            self._keep_soon()

    def _told(self, line: Typed | None, recorded: Recorded | None) -> None:
        tell = self._tells.pop(line.taken, None) if line and line.taken else None
        if tell is not None and recorded is not None and recorded.entry is not None:
            entry = recorded.entry
            where = "" if entry.cited is None else entry.cited.citation or entry.cited.verdict
            place = where[where.find("§") :] if "§" in where else where
            tell(f"Recorded: “{shorten(entry.text, 40)}” {place}".rstrip(), True)

    def _put_back(self, error: StudygroupError) -> None:
        line = self._bar.line
        typed = None if line.value else self._queue.take_back()
        if typed is not None:
            line.value, line.amends, line.chosen = typed.text, typed.amends, typed.answers
            self._queue.typed = typed.text
            line.cursor_position = len(line.value)
        # The reason alone: behind a path it would be cut off on a narrow screen.
        why = error.what.rpartition(": ")[2].rstrip(".")
        self._bar.say(f"✗ Not recorded: {why}. It is kept: Enter tries again.", bad=True)
        for tell in self._tells.values():
            tell(f"✗ Not recorded: {why}. It is kept and tried again with the next one.", False)

    def finish(self) -> None:
        """Write what still waits (see `LineQueue.finish`)."""
        self._queue.finish()

    def typing(self, typed: str) -> None:
        """Keep what is typed; say where a quotation's words stand, or what is being answered."""
        self._queue.typed = typed
        self._keep_soon()
        if self._bar.line.is_answer:
            self._bar.hint(_answering(self._bar.line))
            return
        session = self._recording.session
        line = parse(typed, session.names, date.min)
        words = line.text if line is not None and line.name == "quoted" else ""
        if len(words.split()) < QUOTED_FROM:
            self._bar.hint("")
            return
        cite = self._screen.workspace.sessions.cite
        written = words + typed[len(typed.rstrip()) :]

        def show(found: Lookup) -> None:
            if self._bar.line.value == typed:
                self._bar.line.ahead = found.ahead
                self._bar.hint(found.sentence)

        def find() -> Lookup:
            return look_up(written, lambda sought: cite(sought, session.spot))

        beside(self._screen, find, show, group="cite")

    def _keep_soon(self) -> None:
        # Not put off by each further key: who types without a rest would lose all of it.
        if self._keeping is None:
            self._keeping = self._screen.set_timer(KEPT_AFTER, self._keep)

    def _keep(self) -> None:
        self._keeping = None
        beside(self._screen, self._queue.keep, nothing, group="line")


def _answering(line: RecorderLine) -> str:
    """Say which question is answered, and how another one is chosen."""
    if line.answers is None:
        return "No question is open here."
    count = len(line.questions)
    others = f"Tab: another of {count} open questions · " if count > 1 else ""
    return f"{others}answers “{line.answers.text}”"


def _answered(recorded: Recorded | None) -> str:
    """Say which question was answered: it is closed by that."""
    entry = None if recorded is None else recorded.entry
    return recorded.said if recorded is not None and entry and entry.kind == "answer" else ""
