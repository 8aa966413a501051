"""How far a session has come on its agenda: what is done, what is talked about now, what comes."""

from __future__ import annotations

from typing import Literal

from studygroup.core.meeting.session import AgendaItem, Session

State = Literal["to come", "now", "done", "deferred", "skipped"]


def state_of(session: Session, item: AgendaItem) -> State:
    """Tell what became of a line of the agenda.

    A section or topic is done once the session has left it; a question from an earlier session once
    it is answered, and deferred where it was taken up and stays open.
    """
    if item.kind == "prompt":
        return _of_prompt(session, item)
    runs = session.closed is None
    if item.kind == "question":
        if all(q.key != item.of for q in session.open_questions):
            return "done"
        if runs and session.spot == item.spot:
            return "now"
        return "deferred" if item.spot in session.taken_up else "to come"
    if runs and session.spot.place == item.spot:
        return "now"
    return "done" if item.spot.place in session.places else "to come"


def _of_prompt(session: Session, item: AgendaItem) -> State:
    key = (item.spot.reading, item.spot.prompt)
    how = session.settled.get(key)
    if how is not None:
        return "done" if how == "discussed" else how
    if session.closed is None and (session.spot.reading, session.spot.prompt) == key:
        return "now"
    return "done" if session.reached(*key) else "to come"
