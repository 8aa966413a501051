"""Being told to end from outside: by `kill`, by logging out, by closing the terminal's window."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable


def on_end(then: Callable[[int], None]) -> None:
    """Call `then` with the signal's number, between two messages, when the program is to end.

    To be called while the app's event loop runs, which takes the handlers back when it is closed.
    """
    if sys.platform == "win32":
        return  # a window that is closed ends its programs there without a word
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, then, int(number))
