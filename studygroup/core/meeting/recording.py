"""Recording: one person writing the journal of a running session; a line typed becomes an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import RLock
from types import TracebackType
from typing import Protocol, Self

from studygroup.core.errors import StudyError, UsageError
from studygroup.core.meeting.journal import (
    DISCUSSED,
    ENTRY_EVENTS,
    OPEN,
    Event,
    EventName,
    Fields,
    JournalStore,
    JournalWriter,
    agenda_fields,
    cited_fields,
    spot_fields,
)
from studygroup.core.meeting.recorder import Line, parse
from studygroup.core.meeting.sentences import entry_line, floor_line, on_stranger
from studygroup.core.meeting.session import (
    AgendaItem,
    Cited,
    Entry,
    Session,
    Settlement,
    Spot,
    entry_key,
)
from studygroup.core.meeting.session_reader import SessionReader
from studygroup.core.meeting.taking import Taken, cited_again
from studygroup.core.note import Note
from studygroup.core.problem import Problem
from studygroup.core.text import clean, one_line

CUT_OFF = timedelta(minutes=5)
"""A recorder who comes back after a longer silence without having paused had been cut off."""

STOOD_STILL = timedelta(minutes=1)
"""A program that looks at the clock every second and finds it so much further was not running."""

Clock = Callable[[], datetime]
"""Tells the time, with its zone."""


class Cite(Protocol):
    """Judges and locates the words of a quotation; the place talked about is preferred."""

    def __call__(self, words: str, spot: Spot) -> Cited:
        """Return the verdict, with the citation and place where there is one."""
        ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a typed line: the entry, or None for the speaker queue, and a sentence for it.

    When this exists, it is on disk. `notices` are sentences on what whoever typed may not expect:
    a name that nobody has, a session that is closed.
    """

    entry: Entry | None
    said: str
    notices: tuple[str, ...] = ()


class Recording:
    """A session being recorded by one person. Every method that writes returns once it is on disk.

    Methods may be called from any thread; they block for the disk, so a screen calls them in a
    worker. All that write raise CannotWrite, and then nothing was recorded.
    """

    def __init__(
        self, session: str, store: JournalStore, writer: JournalWriter, cite: Cite, clock: Clock
    ) -> None:
        self.id = session
        self._writer = writer
        self._cite = cite
        self._clock = clock
        self._lock = RLock()
        self._trouble = ""
        self._looked: datetime | None = None
        self._stood_still = ""
        with ExitStack() as undo:
            undo.callback(writer.close)
            self._reader = SessionReader(store, session)
            self.refresh()
            undo.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.leave()

    @property
    def session(self) -> Session:
        """The session as of the last event written or refreshed."""
        return self._reader.session

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The lines of the journals that could not be read."""
        return self._reader.problems

    @property
    def recorder(self) -> str:
        """Whose journal is written: the name that entries carry."""
        return self._writer.recorder

    def refresh(self) -> Session:
        """Read what other recorders added, and return the session.

        Raises StudyError where the journals cannot be read or are gone, once for as long as the
        same is wrong: who looks every second says it once. The session stays as it was then.
        """
        with self._lock:
            try:
                self._reader.refresh()
            except StudyError as error:
                if str(error) != self._trouble:
                    self._trouble = str(error)
                    raise
            else:
                self._trouble = ""
            return self.session

    def keep_time(self) -> str:
        """Leave out of the session's time what this program did not live through.

        To be called about once a second. Where that comes much too late (the machine slept, or its
        clock was set), the session is written down as paused meanwhile, unless somebody else went
        on recording it, and a sentence for people is returned; otherwise "". Raises CannotWrite,
        and StudyError where the journals cannot be read.
        """
        with self._lock:
            self._look_at_clock()
            said, self._stood_still = self._stood_still, ""
            return said

    def _look_at_clock(self) -> None:
        now, before = self._clock(), self._looked
        if before is not None and abs(now - before) > STOOD_STILL:
            session = self._reader.refresh()
            last = session.last_at or before
            went_on = last - before > STOOD_STILL
            if session.running and not went_on:
                self._append("paused", {}, max(before, last))
                self._append("resumed", {}, now)
            times = f"from {before:%H:%M} to {now:%H:%M}"
            said = f"This program stood still {times}"
            if now < before:
                said = f"The clock was set back {times}"
            elif session.running and not went_on:
                said += ": that time is not counted"
            self._stood_still = f"{said}."
        self._looked = now

    def record(self, typed: str, *, question: str = "") -> Recorded:
        """Record a typed line (see `core.meeting.recorder`).

        `question` is the key of the open question that `= text` answers; by default the last one
        asked here, else anywhere. Raises UsageError for a blank line.
        """
        with self._lock:
            line = self._parse(typed)
            if line.name == "floor":
                return self._queue(line)
            asked = self.session.open_questions
            event = self._write(line.name, self._fields(line, question))
            entry = self._entry(entry_key(event.recorder, event.seq))
            notices = self._notices(line)
            if entry.kind != "answer":
                return Recorded(entry, entry_line(entry), notices)
            if not entry.answers:
                notices += ("No question is open here: the answer is kept, and closes none.",)
            to = next((f" (to “{q.text}”)" for q in asked if q.key == entry.answers), "")
            return Recorded(entry, entry_line(entry) + to, notices)

    def amend(self, key: str, typed: str) -> Recorded:
        """Give an entry new words, read as the recorder line reads them; it keeps its place.

        Raises UsageError for a blank line or an unknown entry.
        """
        with self._lock:
            entry = self._entry(key)
            line = self._parse(typed)
            if line.name not in ENTRY_EVENTS:
                line = Line("said", one_line(clean(typed)))
            fields = self._fields(line, entry.answers, entry)
            self._write("amended", {"of": key, "as": line.name, **fields})
            entry = self._entry(key)
            return Recorded(entry, f"amended: {entry_line(entry)}", self._notices(line))

    def strike(self, key: str = "") -> Recorded:
        """Strike an entry: this recorder's last one unless told. It stays in the journal.

        Raises UsageError where there is nothing to strike.
        """
        with self._lock:
            entry = self._entry(key) if key else self._own_last()
            self._write("struck", {"of": entry.key})
            return Recorded(entry, f"struck: {entry_line(entry)}")

    def take_up(self, spot: Spot) -> Session:
        """Move the session to a section, a prompt or a topic; nothing is written if it is there."""
        with self._lock:
            if spot != self.session.spot:
                self._write("took_up", spot_fields(spot))
            return self.session

    def take_up_next_prompt(self) -> Spot | None:
        """Take up what `Session.next_prompt` says and return where; None where none is left."""
        with self._lock:
            item = self.session.next_prompt()
            if item is None:
                return None
            self.take_up(item.spot)
            return item.spot

    def settle(self, reading: str, prompt: str, how: Settlement) -> Session:
        """Say what became of a prompt."""
        with self._lock:
            self._write("settled", {"reading": reading, "prompt": prompt, "how": how})
            return self.session

    def rearrange(self, agenda: Iterable[AgendaItem], dropped: Iterable[AgendaItem]) -> Session:
        """Put another agenda in the place of the present one.

        What is on neither list stays: another recorder may have added it in the meantime.
        """
        with self._lock:
            lines = {"agenda": agenda, "dropped": dropped}
            fields = {name: [agenda_fields(i) for i in items] for name, items in lines.items()}
            self._write("rearranged", fields)
            return self.session

    def mark(self, note: Note, *, discussed: bool) -> Session:
        """Say that a reader's note was discussed, or that it is open after all."""
        fields = {"note": note.id, "how": DISCUSSED if discussed else OPEN}
        with self._lock:
            self._write("marked", spot_fields(Spot(note.reading, note.section or "")) | fields)
            return self.session

    def quote(self, taken: Taken) -> Recorded:
        """Record words taken from a text, a note or earlier minutes, as said by nobody.

        They speak for themselves: neither the floor nor who spoke last changes.
        """
        with self._lock:
            cited = taken.cited or self._cite(taken.text, taken.near)
            fields = {"text": taken.text, **cited_fields(cited), **spot_fields(self.session.spot)}
            event = self._write("quoted", fields | ({"note": taken.note} if taken.note else {}))
            entry = self._entry(entry_key(event.recorder, event.seq))
            return Recorded(entry, entry_line(entry), self._notices(Line("quoted", taken.text)))

    def join(self, readers: Iterable[str]) -> Session:
        """Note that readers have come; who is there already is left out."""
        with self._lock:
            for reader in readers:
                if reader not in self.session.present:
                    self._write("joined", {"reader": reader})
            return self.session

    def depart(self, reader: str) -> Session:
        """Note that a reader has left."""
        with self._lock:
            self._write("left", {"reader": reader})
            return self.session

    def pause(self) -> Session:
        """Stop the clock."""
        with self._lock:
            if self.session.running:
                self._write("paused", {})
            return self.session

    def resume(self) -> Session:
        """Let the clock run on: after a pause, after closing, or after this program was killed."""
        with self._lock:
            session = self.session
            last = session.last_at
            cut_off = (
                self.recorder in session.recorders
                and last is not None
                and self._clock() - last > CUT_OFF
            )
            if not session.running or cut_off:
                self._write("resumed", {})
            return self.session

    def close(self) -> Session:
        """End the session. What is recorded later is kept, but it stays closed."""
        with self._lock:
            if self.session.closed is None:
                self._write("closed", {})
            return self.session

    def leave(self) -> None:
        """Let go of the journal; the session goes on and can be resumed by anyone."""
        with self._lock:
            self._writer.close()

    def open(self, fields: Fields) -> Session:
        """Write the session's first event. For `Sessions.start`."""
        with self._lock:
            self._write("opened", fields)
            return self.session

    def _parse(self, typed: str) -> Line:
        line = parse(typed, self.session.names, self._clock().date())
        if line is None:
            raise UsageError(
                "there is nothing to record: the line is blank, or a mark with no words"
            )
        return line

    def _notices(self, line: Line) -> tuple[str, ...]:
        session = self.session
        found = [on_stranger(line.stranger, session.names)] if line.stranger else []
        if session.closed is not None:
            found.append(f"The session was closed at {session.closed:%H:%M}; this was added to it.")
        return tuple(found)

    def _write(self, name: EventName, fields: Fields) -> Event:
        if self._looked is not None:
            self._look_at_clock()  # an entry may be quicker than the next second
        return self._append(name, fields, self._clock())

    def _append(self, name: EventName, fields: Fields, at: datetime) -> Event:
        event = self._writer.append(at, name, fields)
        self._reader.add(event)
        return event

    def _entry(self, key: str) -> Entry:
        entry = next((e for e in reversed(self.session.entries) if e.key == key), None)
        if entry is None:
            raise UsageError(f"no entry {key} in this session")
        return entry

    def _own_last(self) -> Entry:
        for entry in reversed(self.session.entries):
            if entry.recorder == self.recorder and not entry.struck:
                return entry
        raise UsageError("there is no entry of yours to strike")

    def _fields(self, line: Line, question: str, before: Entry | None = None) -> Fields:
        """Return the fields of an entry's event. `before` is the entry that it amends."""
        session = self.session
        spot = session.spot if before is None else before.spot
        by = line.by
        if line.stranger:
            by = ""
        elif not by and before is not None:
            by = before.by
        elif not by and line.name in ("said", "quoted", "answered"):
            by = session.floor or session.speaker
        fields: dict[str, object] = {"by": by} if by else {}
        fields["text"] = line.text
        if line.name == "action":
            own = {"owner": line.owner, "due": line.due, "due_on": line.due_on}
            fields |= {k: v for k, v in own.items() if v}
        elif line.name == "answered":
            answered = question or question_meant(session, spot)
            fields |= {"of": answered} if answered else {}
        elif line.name == "quoted":
            again = None if before is None else cited_again(before, line.text)
            fields |= cited_fields(again or self._cite(line.text, spot))
        return fields | spot_fields(spot)

    def _queue(self, line: Line) -> Recorded:
        if line.action == "next":
            self._write("floor", {"action": "next"})
        gone = []
        for reader in line.readers:
            session = self.session
            asked = reader in (*session.queue, session.floor)
            if line.action == "leave" and reader in session.present and not asked:
                self.depart(reader)
                gone.append(reader)
            else:
                self._write("floor", {"action": line.action, "reader": reader})
        left = f"gone: {', '.join(gone)}; " if gone else ""
        return Recorded(None, left + floor_line(self.session), self._notices(line))


def question_meant(session: Session, spot: Spot) -> str:
    """Return the key of the question that an answer at a spot is for, unless told; "" for none.

    It is the one taken up there, else the last one asked in that section, else the last one.
    """
    if any(q.key == spot.question for q in session.open_questions):
        return spot.question
    questions: Sequence[str] = [q.key for q in session.open_questions if q.spot.place == spot.place]
    questions = questions or [q.key for q in session.open_questions]
    return questions[-1] if questions else ""
