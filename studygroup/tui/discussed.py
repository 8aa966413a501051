"""Which notes were discussed, now or in earlier sessions, handed to the panel that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studygroup.tui.work import beside

if TYPE_CHECKING:
    from studygroup.core.meeting.session import NoteMark
    from studygroup.tui.screens.reading import ReadingScreen


class Discussed:
    """What sessions say of the notes on a screen: that which is recorded here, and all others."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._others: Mapping[str, NoteMark] = {}
        self._met: frozenset[str] = frozenset()

    def look(self) -> None:
        """Find anew what was said in the sessions that are not recorded here."""
        sessions, session = self._screen.workspace.sessions, self._screen.desk.session
        own = "" if session is None else session.id

        def find() -> tuple[Mapping[str, NoteMark], frozenset[str]]:
            return sessions.notes(but=own), frozenset(r for s in sessions.all() for r in s.readings)

        def show(found: tuple[Mapping[str, NoteMark], frozenset[str]]) -> None:
            self._others, self._met = found
            self.show()

        beside(self._screen, find, show, group="discussed")

    def show(self) -> None:
        """Show what is known: signs stand on the notes of readings that have been discussed at all.

        Before a first session on it, everything is still to be discussed, and goes without saying.
        """
        session, reading = self._screen.desk.session, self._screen.reading
        if session is None and not self._others and not self._met:
            self._screen.notes.set_discussed(frozenset(), signs=False)
            return
        from studygroup.core.meeting.noted import note_marks, together

        own = {} if session is None else note_marks(session)
        marks = together(self._others, own)
        discussed = frozenset(mark.note for mark in marks.values() if mark.discussed)
        met = reading is not None and reading.slug in self._met
        self._screen.notes.set_discussed(discussed, signs=session is not None or met)
