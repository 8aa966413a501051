"""The recorder line at work: what is entered goes to the journal, what is typed is looked up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual.timer import Timer

from studygroup.core.errors import CannotWrite, StudygroupError
from studygroup.core.meeting.recorder import parse
from studygroup.core.meeting.recording import Recorded, Recording
from studygroup.core.meeting.taking import Taken
from studygroup.tui.happened import Happened
from studygroup.tui.kept_lines import Typed
from studygroup.tui.line_queue import LineQueue
from studygroup.tui.quoting import Lookup, look_up
from studygroup.tui.taking import Tell
from studygroup.tui.widgets.session_bar import RecorderLine, SessionBar
from studygroup.tui.widgets.wrapping import shorten
from studygroup.tui.work import beside, nothing

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen

KEPT_AFTER = 0.8
"""After how many seconds a line that is typed and not entered is kept for the next start."""
SHOWN_AFTER = 0.1
"""After how many seconds of waiting for the disk a line is free again; what waits is shown."""
TRIED_AGAIN = 3.0
"""After how many seconds a line that could not be written is tried again."""
TOLD = 4.0
"""For how many seconds it is said that all is well again."""
QUOTED_FROM = 3
"""From how many words on a quotation is looked for while it is typed."""


class Dictation:
    """The lines of one recording on the screen.

    They are written one after the other, in threads. A line stays in the recorder line until it is
    on disk; one that takes long or could not be written is shown as waiting, and tried again.
    `turn` is held while the journal is written, `written` is called after each line.
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
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._refused = ""
        """Why the first line could not be written."""
        self._waited = False
        """Whether lines were refused, and not all of them are written since."""
        self._tells: dict[Taken, Tell] = {}
        self._keeping: Timer | None = None
        self._again: Timer | None = None
        self._held: RecorderLine.Entered | None = None
        """What was entered and still stands in the recorder line."""
        self._ended = False

    @property
    def _bar(self) -> SessionBar:
        return self._screen.query_one(SessionBar)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The words that are not on disk, the ones that wait longest first."""
        return tuple(line.text for line in self._queue.waiting)

    def restore(self) -> None:
        """Put back what was typed and not written when the program last ended."""
        self._bar.line.take_back = self._queue.take_back
        beside(self._screen, self._queue.restore, self._put_in, group="kept line")

    def _put_in(self, kept: str) -> None:
        line = self._bar.line
        if kept:
            # Whoever was faster than the disk finds both in the line: nothing of it is lost.
            line.value = f"{kept} {line.value}".rstrip(" ") if line.value else kept
            line.cursor_position = len(line.value)
        count = len(self._queue.waiting)
        if count and self._at_rest.is_set():
            self._show_waiting()
            were = "A line was" if count == 1 else f"{count} lines were"
            self._bar.say(f"✗ {were} not recorded last time: Enter records, ↑ edits.", bad=True)

    # Writing.

    def entered(self, event: RecorderLine.Entered) -> None:
        """Write a line that was entered, after those that still wait; a blank one writes those.

        A mark alone is left standing for the words that belong to it.
        """
        names = self._recording.session.names
        if event.typed.strip() and parse(event.typed, names, date.min) is None:
            event.settle(empties=False)
            self._bar.say("Nothing to record yet: write the words.", bad=True)
            return
        self._queue.typed = ""
        if not self._refused:
            self._bar.say("")
        if event.typed.strip():
            self._enter(event)
        else:
            event.settle()
            self._write_soon()

    def _enter(self, event: RecorderLine.Entered) -> None:
        behind_others = bool(self._queue.waiting)
        self._queue.add(event.typed, event.amends, event.answers)
        self._held = event
        self._write_soon()
        if behind_others:
            # The disk is slow or full: to hold the line would only hold up whoever types.
            self._release()
        else:
            self._screen.set_timer(SHOWN_AFTER, lambda: self._release(event))

    def _release(self, only: RecorderLine.Entered | None = None) -> None:
        """Free the recorder line (of what stands there `only`), and show what waits."""
        held = self._held
        if only is None or held is only:
            self._held = None
            self._show_waiting()
            if held is not None:
                held.settle()

    def _show_waiting(self) -> None:
        if self._refused and not self._queue.waiting:
            self._refused = ""  # all of it was taken back, or written
            self._bar.say("")
        trouble = self._refused or self._at_rest.is_set()
        self._bar.show_waiting(self.waiting, "not recorded" if trouble else "saving…")

    def take(self, taken: Taken, tell: Tell) -> None:
        """Write words taken from where they stand, after the lines that wait; `tell` is called."""
        self._tells[taken] = tell
        self._queue.take(taken)
        self._write_soon()

    def _write_soon(self) -> None:
        if self._at_rest.is_set() and not self._ended:
            self._at_rest.clear()
            self._screen.run_worker(self._write_all(), group="record")

    async def _write_all(self) -> None:
        if self._again is not None:
            self._again.stop()
        try:
            while self._queue.waiting:
                try:
                    async with self._turn:
                        first = self._queue.waiting[0]
                        recorded = await asyncio.to_thread(self._queue.write_first)
                except StudygroupError as error:
                    self._refuse(error)
                    return
                if recorded is None:
                    return
                self._show_recorded(first, recorded)
        finally:
            self._at_rest.set()
            self._keep_soon()

    def _show_recorded(self, line: Typed, recorded: Recorded) -> None:
        self._waited = self._waited or bool(self._refused)
        self._refused = ""
        said = " ".join(recorded.notices)
        done = "✓ What waited is recorded." if self._waited and not self._queue.waiting else ""
        self._waited = self._waited and not done
        self._bar.say(said or _answered(recorded) or done, bad=bool(said))
        if done:
            self._screen.set_timer(TOLD, lambda: self._bar.unsay(done))
        self._release()
        self._written()
        self._tell(line, recorded)
        if recorded.entry is not None:
            self._screen.quotations.look_again()
            self._screen.app.post_message(Happened("record"))

    def _tell(self, line: Typed, recorded: Recorded) -> None:
        tell = self._tells.pop(line.taken, None) if line.taken else None
        if tell is not None and recorded.entry is not None:
            entry = recorded.entry
            where = "" if entry.cited is None else entry.cited.citation or entry.cited.verdict
            place = where[where.find("§") :] if "§" in where else where
            tell(f"Recorded: “{shorten(entry.text, 40)}” {place}".rstrip(), True)

    def _refuse(self, error: StudygroupError) -> None:
        """Say why the first line could not be written, and try it again in a while."""
        self._refused = reason(error)
        self._release()
        self._bar.say(
            f"✗ Not recorded: {self._refused} · {lines_wait(len(self._queue.waiting))}"
            " · tried again by itself",
            bad=True,
        )
        for tell in self._tells.values():
            tell(f"✗ Not recorded: {self._refused}. It waits, and is tried again by itself.", False)
        self._again = self._screen.set_timer(TRIED_AGAIN, self._write_soon)

    async def all_written(self) -> None:
        """Wait until every line that was entered is on disk. Raises CannotWrite where one is not.

        What is done after a line must not get before it.
        """
        if self._queue.waiting:
            self._write_soon()
        await self._at_rest.wait()
        if self._queue.waiting:
            waiting = lines_wait(len(self._queue.waiting))
            raise CannotWrite(f"{waiting} to be recorded first: {self._refused}")

    def finish(self) -> str:
        """Write what still waits, and write no more; return what is to be said of the rest.

        It is kept for the next start. Where not even that can be done, the words are in what is
        returned.
        """
        self._ended = True
        for timer in (self._again, self._keeping):
            if timer is not None:
                timer.stop()
        try:
            self._queue.finish()
        except StudygroupError as error:
            return self._left_behind(reason(error))
        return ""

    def _left_behind(self, why: str) -> str:
        lines = self.waiting
        count = "1 line was" if len(lines) == 1 else f"{len(lines)} lines were"
        said = f"{count} not recorded: {why}." if lines else ""
        try:
            self._queue.keep()
        except StudygroupError as error:
            words = [*lines, *([self._queue.typed] if self._queue.typed else [])]
            lost = f"Nothing could be kept either: {reason(error)}. This is what was typed:"
            return "\n".join([f"{said} {lost}".lstrip(), *words]) if words else ""
        offered = "What was typed is kept, and offered when you go on with the session."
        return f"{said} {offered}" if lines else ""

    # Typing.

    def typing(self, typed: str) -> None:
        """Keep what is typed; say where a quotation's words stand, or what is being answered."""
        if typed and self._held is not None and self._held.typed == typed:
            return  # it was entered, and stands there until it is on disk
        self._show_waiting()
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


def reason(error: StudygroupError) -> str:
    """Return why something could not be written, alone: behind a path it would be cut off."""
    why = error.what.rpartition(": ")[2].rstrip(".")
    return why[:1].lower() + why[1:]


def lines_wait(count: int) -> str:
    """Say how many lines wait."""
    return "1 line waits" if count == 1 else f"{count} lines wait"


def _answering(line: RecorderLine) -> str:
    """Say which question is answered, and how another one is chosen."""
    if line.answers is None:
        return "No question is open here."
    count = len(line.questions)
    others = f"Tab: another of {count} open questions · " if count > 1 else ""
    return f"{others}answers “{line.answers.text}”"


def _answered(recorded: Recorded) -> str:
    """Say which question was answered: it is closed by that."""
    entry = recorded.entry
    return recorded.said if entry is not None and entry.kind == "answer" else ""
