"""The sessions of a study: listing, starting, resuming and showing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from threading import RLock
from typing import TYPE_CHECKING

from studygroup.core.errors import Place, StudyError, UsageError
from studygroup.core.problem import Problem
from studygroup.core.reading import Reading, cite
from studygroup.core.study import Study
from studygroup.core.text import fold, slug

if TYPE_CHECKING:
    # Loaded by the methods below: a study without sessions needs none of it.
    from studygroup.core.meeting.agenda_draft import AgendaDraft
    from studygroup.core.meeting.journal import Fields, JournalStore
    from studygroup.core.meeting.recording import Clock, Recording
    from studygroup.core.meeting.session import AgendaItem, Cited, NoteMark, Session, Spot
    from studygroup.core.meeting.session_reader import SessionReader

DEFAULT_MINUTES = 90


class Sessions:
    """The sessions of one study and what can be done with them.

    `study` gives the study when a reading, a prompt or the place of a quotation is asked for;
    recording a remark never does. `me` is the reader who sits at this program.
    """

    def __init__(
        self, store: JournalStore, study: Callable[[], Study], me: str, clock: Clock
    ) -> None:
        self._store = store
        self._study = study
        self._me = me
        self.clock = clock
        self._readers: dict[str, SessionReader] = {}
        self._reading = RLock()
        self._together: tuple[list[Session], tuple[Session, ...]] = [], ()

    def all(self) -> tuple[Session, ...]:
        """Return every session, in the order of their ids, with answers from all of them.

        As long as nothing is added to a journal, the same values are returned. Raises StudyError.
        """
        return self._across([self._read(session).session for session in self._store.sessions()])

    def find(self, wanted: str) -> Session:
        """Return the session meant by an id or by a beginning that only it has.

        Questions of it that another session answered are open no more, as far as the others can
        be read. Raises UsageError for none or several, StudyError where its files cannot be read.
        """
        alone = self._read(self._id(wanted)).session
        return next((s for s in self.readable() if s.id == alone.id), alone)

    def readable(self) -> tuple[Session, ...]:
        """Return the sessions that can be read, as `all` does; the others are among the problems.

        Raises StudyError where the sessions' folder itself cannot be read.
        """
        found = []
        for session in self._store.sessions():
            with suppress(StudyError):
                found.append(self._read(session).session)
        return self._across(found)

    def _across(self, sessions: list[Session]) -> tuple[Session, ...]:
        before, result = self._together
        if [id(s) for s in before] != [id(s) for s in sessions]:
            from studygroup.core.meeting.history import across

            result = across(sessions)
            self._together = sessions, result
        return result

    def problems(self) -> tuple[Problem, ...]:
        """Return what of the journals could not be read; it stays where it is.

        Raises StudyError where the sessions' folder itself cannot be read.
        """
        found = list(self._store.problems())
        for session in self._store.sessions():
            try:
                found += self._read(session).problems
            except StudyError as error:
                place = error.place or Place(f"sessions/{session}")
                found.append(Problem(place, error.what, error.hint or ""))
        return tuple(found)

    def discussed(self) -> Mapping[tuple[str, str], date]:
        """Return when each section (by reading and id) was last discussed.

        A section was discussed when something was recorded there, one of its prompts taken up, or
        a note on it marked as discussed.
        """
        found: dict[tuple[str, str], date] = {}
        for session in self.all():
            spots = {e.spot for e in session.standing} | {s for s in session.taken_up if s.prompt}
            places = {(s.reading, s.section) for s in spots}
            places |= {(m.reading, m.section) for m in session.marked.values() if m.discussed}
            for place in places:
                if session.opened is not None and place[1]:
                    when = session.opened.date()
                    found[place] = max(when, found.get(place, when))
        return found

    def notes(self, *, but: str = "") -> Mapping[str, NoteMark]:
        """Return what all sessions, `but` the one with that id, say of readers' notes, by id."""
        from studygroup.core.meeting.noted import latest_marks

        return latest_marks(s for s in self.all() if s.id != but)

    def running(self) -> tuple[Session, ...]:
        """Return the sessions that were not closed, the latest last."""
        return tuple(s for s in self.all() if s.closed is None)

    def propose(self, readings: Sequence[str], minutes: int = DEFAULT_MINUTES) -> AgendaDraft:
        """Return the agenda that is proposed for a session on readings (see `start`).

        Raises UsageError for an unknown reading, StudyError.
        """
        from studygroup.core.meeting.agenda import propose
        from studygroup.core.meeting.criticised import criticised_passages

        study = self._study()
        found = _found(study, readings)
        topics = criticised_passages(study, found)
        return propose(found, study.prompts, minutes, self.all(), topics)

    def start(
        self,
        readings: Sequence[str],
        *,
        minutes: int = DEFAULT_MINUTES,
        attendance: Iterable[str] = (),
        title: str = "",
        at: Spot | None = None,
        recorder: str = "",
        agenda: Sequence[AgendaItem] | None = None,
    ) -> Recording:
        """Open a session on readings (slugs, or parts of them) and return its recording.

        It has the `agenda` that is given, by default the one proposed, and begins `at` a spot, by
        default at the agenda's first line. Whoever records is there too when the group knows
        them. Raises UsageError for an unknown reading, CannotWrite.
        """
        from studygroup.core.meeting.session import Spot

        study = self._study()
        found = _found(study, readings)
        recorder = recorder or self._me
        named = title.strip() or " and ".join(r.title for r in found)
        if agenda is None:
            agenda = self.propose(readings, minutes).items
        now = self.clock()
        session = self._store.create(f"{now.date().isoformat()}-{_name(title, found)}")
        there = [n.strip() for n in attendance if n.strip()]
        known = {fold(r): r for r in study.readers}
        if fold(recorder) in known and recorder not in there:
            there.insert(0, recorder)
        first = at or next((i.spot.place for i in agenda if i.spot.reading), Spot(found[0].slug))
        with ExitStack() as undo:
            recording = self._open(session, recorder)
            undo.callback(recording.leave)
            recording.open(_opened(named, found, minutes, agenda, study.readers))
            recording.join(dict.fromkeys(known.get(fold(n), n) for n in there))
            recording.take_up(first)
            undo.pop_all()
        return recording

    def record(self, wanted: str, recorder: str = "") -> Recording:
        """Return a recording of a session, whether it runs or not, to add to it as it is.

        Raises UsageError for an unknown session, or where the recorder records it already.
        """
        return self._open(self._id(wanted), recorder or self._me)

    def resume(self, wanted: str, recorder: str = "") -> Recording:
        """Return a recording of a session that goes on from where it stopped.

        Raises UsageError for an unknown session, or where the recorder records it already;
        CannotWrite.
        """
        with ExitStack() as undo:
            recording = self.record(wanted, recorder)
            undo.callback(recording.leave)
            recording.resume()
            undo.pop_all()
        return recording

    def cite(self, words: str, spot: Spot) -> Cited:
        """Judge a quotation and say where its words stand (see `Cite`)."""
        from studygroup.core.meeting.session import Cited

        study = self._study()
        match = study.locate(words, spot.reading or None, spot.section or None)
        anchor = match.anchor
        reading = None if anchor is None else study.reading(anchor.reading)
        if anchor is None or reading is None:
            return Cited(match.verdict, match.similarity)
        citation = cite(reading, reading.section(anchor.section), anchor.paragraph)
        return Cited(match.verdict, match.similarity, citation, anchor)

    def _open(self, session: str, recorder: str) -> Recording:
        from studygroup.core.meeting.recording import Recording

        writer = self._store.open(session, recorder)
        return Recording(session, self._store, writer, self.cite, self.clock)

    def _id(self, wanted: str) -> str:
        from studygroup.core.meeting.journal import find_session

        return find_session(self._store.sessions(), wanted)

    def _read(self, session: str) -> SessionReader:
        from studygroup.core.meeting.session_reader import SessionReader

        with self._reading:
            if session not in self._readers:
                self._readers[session] = SessionReader(self._store, session)
            reader = self._readers[session]
            if reader.refresh().closed is not None:
                reader.let_rest()
            return reader


def _found(study: Study, readings: Sequence[str]) -> list[Reading]:
    if not readings:
        raise UsageError("a session needs a reading")
    return list({r.slug: r for r in map(study.find_reading, readings)}.values())


def _name(title: str, readings: Sequence[Reading]) -> str:
    # A reading that somebody put into the folder by hand may be called anything.
    return slug(title, "") or slug(readings[0].slug, "session")


def _opened(
    title: str,
    readings: Sequence[Reading],
    minutes: int,
    agenda: Iterable[AgendaItem],
    readers: Iterable[str],
) -> Fields:
    from studygroup.core.meeting.journal import FORMAT_VERSION, agenda_fields

    return {
        "version": FORMAT_VERSION,
        "title": title,
        "readings": [r.slug for r in readings],
        "minutes": minutes,
        "readers": list(readers),
        "agenda": [agenda_fields(i) for i in agenda],
    }
