"""The program in a terminal of its own, for tests of what only a terminal shows."""

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
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0
_CODES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


class Terminal:
    """The program in a terminal of its own: what it shows is read, keys are typed."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.seen = b""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.chdir(root)
            os.environ |= {"PYTHONPATH": str(Path(__file__).parents[1]), "TERM": "xterm-256color"}
            os.execv(sys.executable, [sys.executable, "-m", "studygroup", *arguments])
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def until(self, words: str) -> None:
        """Read what is shown until these words came, then forget it."""
        self._read(lambda: words in _CODES.sub("", self.seen.decode(errors="replace")))
        self.seen = b""

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self.handle, keys.encode())

    def paste(self, words: str) -> None:
        """Paste words."""
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

    def end(self) -> None:
        """End the program and close the window, where that was not done."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.handle >= 0:
            self.close()

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
