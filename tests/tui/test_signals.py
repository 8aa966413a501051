"""The app is told to end, or its terminal is closed: what was typed is kept, the session paused."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from studygroup.bootstrap import open_workspace
from studygroup.tui.drafts import Drafts
from tests.terminal import Terminal


@pytest.fixture
def terminal(root: Path) -> Iterator[Terminal]:
    terminal = Terminal(root, "read", "walk#The Lock")
    yield terminal
    terminal.end()


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "closed"])
def test_a_note_and_a_line_that_were_begun_are_kept_and_the_session_is_paused(
    root: Path, terminal: Terminal, how: str
) -> None:
    terminal.until("stands empty")
    terminal.type("S")
    terminal.until("Start a session")
    terminal.type("\r")
    terminal.until("90 of 90 min")
    terminal.type("\r")
    terminal.until("00:00 of 90")
    terminal.type("ana: said\r")
    terminal.paste("half a line")
    terminal.until("half a line")
    terminal.type("\x1b")
    time_to_tell_escape_from_a_sequence = 0.3
    select.select([], [], [], time_to_tell_escape_from_a_sequence)
    terminal.type("a")
    terminal.until("kept")
    terminal.paste("half a note")
    terminal.until("half a note")
    if how == "closed":
        terminal.close()
    else:
        os.kill(terminal.pid, getattr(signal, how))
    number = signal.SIGTERM if how == "SIGTERM" else signal.SIGHUP
    assert terminal.ended() == 128 + number
    workspace = open_workspace(root)
    (session,) = workspace.sessions.all()
    assert [e.text for e in session.entries] == ["said"]
    assert session.paused
    assert workspace.state.line(session.id, "ana").endswith("half a line")
    drafts = Drafts(workspace.state)
    drafts.restore()
    assert drafts.note.text == "half a note"
