"""Choosing one of the open questions, of this session or any other, and answering it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studygroup.core.errors import UsageError
from studygroup.core.meeting.history import key_in, still_open
from studygroup.core.meeting.session import Question, Session
from studygroup.tui.work import ask, beside, complain

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


def answer(screen: ReadingScreen) -> None:
    """Let the reader choose an open question, where there are several, and type its answer.

    Raises UsageError where no session is recorded here.
    """
    session = screen.desk.session
    if session is None:
        raise UsageError("no session is running here", hint="S starts one.")
    id = session.id
    sessions = screen.workspace.sessions
    # What is typed right behind the key is meant for the line.
    screen.await_line()

    def failed(error: Exception) -> None:
        screen.refuse_line()
        complain(screen.app, error)

    beside(
        screen,
        sessions.all,
        lambda found: _ask(screen, id, found),
        group="questions",
        failed=failed,
    )


def _ask(screen: ReadingScreen, here: str, sessions: Sequence[Session]) -> None:
    from studygroup.tui.screens.picker import Option, Picker

    mine = {
        key_in(here, session, question)
        for session in sessions
        if session.id == here
        for question in session.open_questions
    }
    found = [(s, replace(q, key=key_in(here, s, q))) for s, q in still_open(sessions)]
    # What is on this session's agenda or was asked in it comes first, the last one on top.
    found.reverse()
    found.sort(key=lambda pair: pair[1].key not in mine)
    if len(found) == 1:
        _write(screen, found[0][1])
        return
    screen.refuse_line()
    if not found:
        screen.app.notify("No question is open. In the line, ? asks one.", markup=False)
    else:
        options = [Option(q.text, _origin(s, q, here), q) for s, q in found]
        picker = Picker("Answer which question?", options, ask="a few letters of it")
        ask(screen.app, picker, lambda question: _write(screen, question))


def _origin(asked: Session, question: Question, here: str) -> str:
    when = "" if asked.id == here or asked.opened is None else f"{asked.opened:%d %b %Y}"
    return " · ".join(part for part in (question.by, when) if part)


def _write(screen: ReadingScreen, question: Question) -> None:
    if screen.desk.session is not None:
        screen.desk.bar.line.answer(question)
        screen.desk.record()
