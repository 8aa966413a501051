"""How lines that are not in the journal yet are kept on the disk, and which of them are by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from studygroup.core.meeting.journal import ENTRY_EVENTS
from studygroup.core.meeting.recorder import as_typed, parse
from studygroup.core.meeting.session import Entry, Question, Session
from studygroup.core.meeting.taking import Taken
from studygroup.core.text import clean, one_line

# What no line can hold stands between the parts of one, and before the number of an entry.
_BETWEEN = "\x1f"
_BEHIND = "\x1d"


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


@dataclass(frozen=True, slots=True)
class KeptLines:
    """The lines that were entered and not written yet, and the one `typed` and not entered.

    `behind` is the number of the recorder's last entry at that time, None where it is not known:
    whatever was written since has a higher one.
    """

    waiting: tuple[Typed, ...]
    typed: str
    behind: int | None

    def text(self) -> str:
        """Return the lines as one text for the disk, "" where there is nothing to keep."""
        lines = [*(line.as_kept() for line in self.waiting), self.typed]
        if not any(lines):
            return ""
        return "\n".join([*([] if self.behind is None else [f"{_BEHIND}{self.behind}"]), *lines])

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the lines of such a text."""
        *waiting, typed = text.split("\n")
        number = waiting[0].removeprefix(_BEHIND) if waiting else ""
        known = bool(waiting) and waiting[0].startswith(_BEHIND) and number.isdecimal()
        lines = waiting[1:] if known else waiting
        return cls(tuple(map(Typed.from_kept, lines)), typed, int(number) if known else None)

    def without_written(self, session: Session, recorder: str) -> KeptLines:
        """Leave out what got into the journal after it was kept: the program died in between.

        Lines are written in order, so what stands before one that was written was written too.
        """
        if self.behind is None:
            return self
        new = [e for e in session.entries if e.recorder == recorder and e.seq > self.behind]
        done = 0
        for number, line in enumerate(self.waiting, 1):
            found = next((n for n, e in enumerate(new, 1) if _is(line, e, session.names)), 0)
            if found:
                new, done = new[found:], number
        typed = self.typed
        begun = one_line(clean(typed))
        parsed = parse(typed, session.names, new[0].at.date()) if new else None
        words = parsed.text if parsed is not None else begun
        # What was kept may be only the beginning of what was entered a moment later.
        if any(as_typed(e).startswith(begun) or e.text.startswith(words) for e in new):
            typed = ""
        return replace(self, waiting=self.waiting[done:], typed=typed)


def last_entry(session: Session, recorder: str) -> int:
    """Return the number of a recorder's last entry, 0 where there is none."""
    return next((e.seq for e in reversed(session.entries) if e.recorder == recorder), 0)


def _is(line: Typed, entry: Entry, names: Sequence[str]) -> bool:
    parsed = None if line.amends else parse(line.text, names, entry.at.date())
    return (
        parsed is not None
        and ENTRY_EVENTS.get(parsed.name) == entry.kind
        and parsed.text == entry.text
    )
