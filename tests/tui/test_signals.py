"""The app is told to end, or its terminal is closed: what was typed is kept, the session paused."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studygroup.bootstrap import open_workspace
from studygroup.tui.drafts import Drafts

PATIENCE = 60.0
_CODES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


class Terminal:
    """The program in a terminal of its own: what it shows is read, keys are typed."""

    def __init__(self, root: Path) -> None:
        self.seen = b""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.chdir(root)
            os.environ |= {"PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm-256color"}
            os.execv(sys.executable, [sys.executable, "-m", "studygroup", "read", "walk#The Lock"])
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def until(self, words: str) -> None:
        """Read what is shown until these words came, then forget it."""
        self._read(lambda: words in _CODES.sub("", self.seen.decode(errors="replace")))
        self.seen = b""

    def type(self, keys: str) -> None:
        os.write(self.handle, keys.encode())

    def paste(self, words: str) -> None:
        self.type(f"\x1b[200~{words}\x1b[201~")

    def ended(self) -> int:
        """Return the exit code, once the program has ended."""
        codes: list[int] = []

        def over() -> bool:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            codes.extend([os.waitstatus_to_exitcode(status)] if pid else [])
            return bool(pid)

        self._read(over)
        self.pid = 0
        return codes[0]

    def close(self) -> None:
        """Close the window."""
        os.close(self.handle)
        self.handle = -1

    def _read(self, enough: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not enough():
            assert time.monotonic() < end, self.seen[-500:]
            handles = [self.handle] if self.handle >= 0 else []
            if select.select(handles, [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self.handle, 65536)
                except OSError:
                    self.close()  # the program has ended, and closed its side


@pytest.fixture
def terminal(root: Path) -> Iterator[Terminal]:
    terminal = Terminal(root)
    yield terminal
    if terminal.pid:
        os.kill(terminal.pid, signal.SIGKILL)
        os.waitpid(terminal.pid, 0)
    if terminal.handle >= 0:
        terminal.close()


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
