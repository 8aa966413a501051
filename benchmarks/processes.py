"""What whole programs take: a command until it ends, an app until it has drawn certain words."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
from collections.abc import Mapping, Sequence
from time import perf_counter

ROWS, COLUMNS = 34, 120
PATIENCE = 60.0
"""Seconds after which an app is given up."""

_CODES = re.compile(rb"\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b[()][A-Z0-9]|\s")


def taken(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Run a command and return the milliseconds of processor time that it took.

    Where the system does not tell, those that have passed.
    """
    started, before = perf_counter(), _children()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    passed = perf_counter() - started if before is None else (_children() or 0.0) - before
    return passed * 1000


def drawn(command: Sequence[str], words: str, environment: Mapping[str, str]) -> float:
    """Start an app in a terminal of its own; return the milliseconds until it shows `words`.

    Raises TimeoutError where it never does. Needs a system with pseudo-terminals.
    """
    import fcntl
    import pty
    import termios

    wanted = re.sub(r"\s", "", words).encode()
    started = perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execvpe(command[0], list(command), dict(environment))
    shown = b""
    try:
        while wanted not in _CODES.sub(b"", shown):
            waiting = PATIENCE - (perf_counter() - started)
            if waiting <= 0 or not select.select([terminal], [], [], waiting)[0]:
                raise TimeoutError(f"{command[0]} did not show “{words}”")
            shown += os.read(terminal, 65_536)
        return (perf_counter() - started) * 1000
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def _children() -> float | None:
    """Return the seconds of processor time of all processes that were begun here and have ended."""
    try:
        from resource import RUSAGE_CHILDREN, getrusage
    except ImportError:
        return None
    spent = getrusage(RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
