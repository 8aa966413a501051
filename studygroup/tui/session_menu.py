"""The menu of sessions: what can be done with the one that runs here, or with none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from studygroup.core.meeting.session import Session
from studygroup.tui.screens.picker import Option, Picker
from studygroup.tui.work import ask, beside

if TYPE_CHECKING:
    from studygroup.tui.desk import SessionDesk
    from studygroup.tui.screens.reading import ReadingScreen

Choice = tuple[str, str, Callable[[], None]]
"""Its name, a word on it, and what it does."""


def ask_what_to_do(screen: ReadingScreen, desk: SessionDesk) -> None:
    """Let the reader choose among what can be done with the session, or with none."""
    session = desk.session
    if session is None:
        running = screen.workspace.sessions.running
        beside(screen, running, lambda found: _ask_which(screen, desk, found), group="session")
        return
    choices: list[Choice] = [
        ("Go on recording", ":", desk.record),
        ("Write it up", "write-up.md, beside the journal", desk.write_up),
        ("Pause" if session.running else "Go on", "P", desk.pause_or_go_on),
        ("Leave it open, and read on", "to go on with it later", desk.leave_open),
        ("Close the session", "what is open is carried over", desk.close),
    ]
    _choose(screen, session.title, choices)


def _ask_which(screen: ReadingScreen, desk: SessionDesk, running: tuple[Session, ...]) -> None:
    choices: list[Choice] = []
    for session in reversed(running):
        opened = "" if session.opened is None else f"{session.opened:%d %b, %H:%M}"
        choices.append((f"Go on: {session.title}", opened, partial(desk.open, session.id)))
    choices.append(("Start a session", "on the readings you choose", desk.plan))
    if len(choices) == 1:
        desk.plan()
    else:
        _choose(screen, "Session", choices)


def _choose(screen: ReadingScreen, title: str, choices: list[Choice]) -> None:
    options = [Option(label, detail, n) for n, (label, detail, _) in enumerate(choices)]
    picker = Picker(title, options, ask="what to do")
    ask(screen.app, picker, lambda number: choices[number][2]())
