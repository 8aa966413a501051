"""The lines on their way to the journal: written in order and once each, or kept on the disk."""

from __future__ import annotations

from collections import deque
from threading import Lock

from studygroup.core.meeting.recording import Recorded, Recording
from studygroup.core.meeting.session import Question
from studygroup.core.meeting.taking import Taken
from studygroup.core.workspace import State
from studygroup.tui.kept_lines import KeptLines, Typed, last_entry


class LineQueue:
    """The lines of one recording that were entered and are not written yet, and the one typed now.

    A line leaves the queue only once it is on disk, and nothing overtakes it. Methods may be called
    from any thread; those that write block for the disk.
    """

    def __init__(self, recording: Recording, state: State) -> None:
        self.typed = ""
        """What stands in the recorder line and is not entered."""
        self._recording = recording
        self._state = state
        self._waiting: deque[Typed] = deque()
        self._finished = False
        # One line at a time is written, one state of the queue kept: who comes second finds the
        # first line gone, and keeps what is true by then.
        self._writing = Lock()
        self._keeping = Lock()

    @property
    def waiting(self) -> tuple[Typed, ...]:
        """The lines that wait, the one that waits longest first."""
        return tuple(self._waiting)

    def add(self, text: str, amends: str = "", answers: Question | None = None) -> Typed:
        """Put a line behind those that wait, and return it."""
        line = Typed(text, amends, answers)
        self._waiting.append(line)
        return line

    def take(self, taken: Taken) -> None:
        """Put words taken from somewhere behind the lines that wait, if they don't wait already."""
        if all(line.taken != taken for line in self.waiting):
            self._waiting.append(Typed(f"> {taken.text}", taken=taken))

    def write_first(self) -> Recorded | None:
        """Write the line that waits longest and return what came of it; None where none waits.

        Raises StudygroupError; the line stays. After `finish`, nothing is written any more.
        """
        with self._writing:
            if not self._waiting or self._finished:
                return None
            recorded = self._write(self._waiting[0])
            self._waiting.popleft()
            return recorded

    def _write(self, line: Typed) -> Recorded:
        if line.taken is not None:
            return self._recording.quote(line.taken)
        known = {e.key for e in self._recording.session.entries} if line.amends else ()
        if line.amends in known:
            return self._recording.amend(line.amends, line.text)
        # Where there is nothing any more to be replaced, its words are kept all the same.
        question = "" if line.answers is None else line.answers.key
        return self._recording.record(line.text, question=question)

    def take_back(self) -> Typed | None:
        """Return the line that was entered last and waits no more; None where none can be had.

        That is so while the only one is being written; what was not typed waits on.
        """
        if not self._writing.acquire(blocking=False):
            if len(self._waiting) < 2 or self._waiting[-1].taken is not None:
                return None
            return self._waiting.pop()
        try:
            if not self._waiting or self._waiting[-1].taken is not None:
                return None
            return self._waiting.pop()
        finally:
            self._writing.release()

    def restore(self) -> str:
        """Let the lines that were kept wait first again; return the one that was not entered.

        What is in the journal by now is left out.
        """
        recording = self._recording
        kept = KeptLines.read(self._state.line(recording.id, recording.recorder))
        left = kept.without_written(recording.session, recording.recorder)
        self._waiting.extendleft(reversed(left.waiting))
        return left.typed

    def keep(self) -> None:
        """Keep what waits, and what is typed, for the next start. Raises CannotWrite."""
        recording = self._recording
        with self._keeping:
            # Looked up first: a line that is written just now must not seem to be older than it.
            behind = last_entry(recording.session, recording.recorder)
            kept = KeptLines(self.waiting, self.typed, behind)
            self._state.keep_line(recording.id, recording.recorder, kept.text())

    def finish(self) -> None:
        """Write all that waits; what cannot be written is kept, with what is typed.

        Raises StudygroupError. What is not even kept can then still be read from `waiting`.
        """
        try:
            while self.write_first():
                pass
        finally:
            with self._writing:
                self._finished = True
            self.keep()
