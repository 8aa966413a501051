"""A session as its journals tell it, read again whenever somebody adds to them."""

from __future__ import annotations

from studygroup.core.errors import Place, StudyError
from studygroup.core.meeting.journal import Event, JournalStore
from studygroup.core.meeting.session import Session
from studygroup.core.meeting.timeline import Timeline
from studygroup.core.problem import Problem


class SessionReader:
    """One session, followed: what was read once is not read again as long as files only grow.

    `session` and `problems` (the lines that could not be read) are as of the last `refresh`. Not to
    be used from two threads at a time. Raises UsageError where there is no session of that name.
    """

    def __init__(self, store: JournalStore, session: str) -> None:
        self.id = session
        self.problems: tuple[Problem, ...] = ()
        self._store = store
        self._begin()
        self.session = self._timeline.session()

    def _begin(self) -> None:
        self._journals = self._store.follow(self.id)
        self._timeline = Timeline(self.id)
        self._stamp: object = None

    def refresh(self) -> Session:
        """Read what was added, and return the session.

        Raises StudyError where the journals cannot be read or are gone; all stays as it was then.
        """
        stamp = self._store.stamp(self.id)
        if not stamp and self.session.recorders:
            place, hint = Place(f"sessions/{self.id}"), "Put the folder back."
            raise StudyError("the session's journals are gone", place=place, hint=hint)
        if stamp != self._stamp:
            journals, self.problems = self._journals.read()
            if self._timeline.take(journals):
                self.session = self._timeline.session()
            self._stamp = stamp
        return self.session

    def add(self, event: Event) -> Session:
        """Take in an event that was just written to a journal, and return the session."""
        self._timeline.add(event)
        self.session = self._timeline.session()
        return self.session

    def let_rest(self) -> None:
        """Keep nothing but what came of the events: nobody is expected to add any."""
        stamp = self._stamp
        self._begin()
        self._stamp = stamp
