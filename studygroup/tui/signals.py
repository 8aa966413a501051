"""Being told to end from outside: by `kill`, by logging out, by closing the terminal's window."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType


def on_end(then: Callable[[int], None]) -> None:
    """Call `then` with the signal's number, between two messages, when the program is to end.

    To be called while the app's event loop runs, which takes the handlers back when it is closed.
    """
    if sys.platform == "win32":
        return  # a window that is closed ends its programs there without a word
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, then, int(number))
    _go_on_only_where_there_is_a_terminal()


def _go_on_only_where_there_is_a_terminal() -> None:
    """Keep Textual from beginning anew on a terminal that was closed.

    SIGCONT comes with the SIGHUP of a closed terminal too. Textual then starts a second thread that
    writes, which dies of its first word; the program waits for it in the end, and never ends.
    """
    go_on = signal.getsignal(signal.SIGCONT)
    if not callable(go_on):
        return  # no terminal is driven here, as in tests

    def on_continue(number: int, frame: FrameType | None) -> None:
        if os.isatty(0):
            go_on(number, frame)

    signal.signal(signal.SIGCONT, on_continue)
