"""Which readers' notes were discussed: marked so in a session, or recorded in its minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studygroup.core.meeting.session import NoteMark, Session


def note_marks(session: Session) -> Mapping[str, NoteMark]:
    """Return what a session says of readers' notes, by their ids.

    An entry made from a note says that it was discussed then, unless the entry was struck.
    """
    # Of a note the last entry counts. This is asked after each entry of a long session.
    taken = {e.note: e.at for e in session.entries if e.note and not e.struck}
    return _latest((*(NoteMark(*said) for said in taken.items()), *session.marked.values()))


def latest_marks(sessions: Iterable[Session]) -> Mapping[str, NoteMark]:
    """Return what sessions say of readers' notes, by their ids; of several, what was said last."""
    return _latest(mark for session in sessions for mark in note_marks(session).values())


def together(*marks: Mapping[str, NoteMark]) -> Mapping[str, NoteMark]:
    """Return several such answers as one."""
    return _latest(mark for found in marks for mark in found.values())


def _latest(marks: Iterable[NoteMark]) -> dict[str, NoteMark]:
    found: dict[str, NoteMark] = {}
    for mark in marks:
        before = found.get(mark.note)
        if before is None or mark.at >= before.at:
            found[mark.note] = mark
    return found
