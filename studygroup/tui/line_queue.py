"""The lines on their way to the journal: written in order and once each, or kept on the disk."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from threading import Lock
from typing import Self

from studygroup.core.recording import Recorded, Recording
from studygroup.core.session import Question
from studygroup.core.taking import Taken
from studygroup.core.text import one_line
from studygroup.core.workspace import State


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that waits to be written.

    `amends` is the key of the entry it replaces, or ""; `answers` the question chosen for it.
    One that was not typed has the words `taken` from where they stand.
    """

    text: str
    amends: str = ""
    answers: Question | None = None
    taken: Taken | None = None

    def as_kept(self) -> str:
        """Return the line as it is kept on the disk: its words, and what they are for."""
        asked = self.answers
        aims = (self.amends, "", "") if asked is None else ("", asked.key, one_line(asked.text))
        return _BETWEEN.join((self.text, *aims)) if any(aims) else self.text

    @classmethod
    def from_kept(cls, kept: str) -> Self:
        """Return the line that was kept."""
        text, *aims = kept.split(_BETWEEN)
        amends, key, asked = aims if len(aims) == 3 else ("", "", "")
        return cls(text, amends, Question(key, asked) if key else None)


_BETWEEN = "\x1f"
"""What no line can hold stands between the parts of one that is kept."""


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
        # One line at a time is written, one state of the queue kept: who comes second finds the
        # first line gone, and keeps what is true by then.
        self._writing = Lock()
        self._keeping = Lock()

    @property
    def waiting(self) -> int:
        """How many lines wait."""
        return len(self._waiting)

    def add(self, text: str, amends: str = "", answers: Question | None = None) -> None:
        """Put a line behind those that wait."""
        self._waiting.append(Typed(text, amends, answers))

    def take(self, taken: Taken) -> None:
        """Put words taken from somewhere behind the lines that wait, if they don't wait already."""
        if all(line.taken != taken for line in tuple(self._waiting)):
            self._waiting.append(Typed(f"> {taken.text}", taken=taken))

    @property
    def first(self) -> Typed | None:
        """The line that waits longest."""
        return next(iter(tuple(self._waiting)), None)

    def write_first(self) -> Recorded | None:
        """Write the line that waits longest and return what came of it; None where none waits.

        Raises CannotWrite, or UsageError for an entry that is not there any more; the line stays.
        """
        with self._writing:
            if not self._waiting:
                return None
            first = self._waiting[0]
            if first.taken is not None:
                recorded = self._recording.quote(first.taken)
            elif first.amends:
                recorded = self._recording.amend(first.amends, first.text)
            else:
                question = "" if first.answers is None else first.answers.key
                recorded = self._recording.record(first.text, question=question)
            self._waiting.popleft()
            return recorded

    def take_back(self) -> Typed | None:
        """Return the only line that waits, which waits no more; None where more wait, or none.

        What was not typed waits on.
        """
        with self._writing:
            first = self.first
            if first is None or first.taken is not None or len(self._waiting) > 1:
                return None
            return self._waiting.popleft()

    def restore(self) -> str:
        """Let the lines that were kept wait first again; return the one that was not entered."""
        recording = self._recording
        *before, last = self._state.line(recording.id, recording.recorder).split("\n")
        self._waiting.extendleft(Typed.from_kept(line) for line in reversed(before))
        return last

    def keep(self) -> None:
        """Keep what waits, and what is typed, for the next start. Raises CannotWrite."""
        with self._keeping:
            lines = [*(line.as_kept() for line in tuple(self._waiting)), self.typed]
            recording = self._recording
            self._state.keep_line(recording.id, recording.recorder, "\n".join(lines))

    def finish(self) -> None:
        """Write all that waits; what cannot be written is kept, with what is typed.

        Raises CannotWrite and UsageError.
        """
        try:
            while self.write_first():
                pass
        finally:
            self.keep()
