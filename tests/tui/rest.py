"""When the app in a test is at rest: nothing left to run, nothing worked on, nothing due.

Textual's pilot sleeps 20 ms at a time, twice for each key, until the process hardly used the
processor meanwhile. That is far longer than most keys take, and on a busy machine, where a process
that has much to do gets no time to do it, it can end too early.
"""

from __future__ import annotations

import asyncio
from time import monotonic

from textual._context import active_app
from textual._wait import wait_for_idle

SOON = 1 / 50
"""Seconds. A timer that is due within them, as the next painting is, is waited for."""
GLANCE = 1 / 500
"""Seconds after which one looks again whether a worker is done."""


async def rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the app is at rest; the arguments are those of Textual's `wait_for_idle`.

    Work that goes on when timers due soon have run is waited for as Textual does.
    """
    loop = asyncio.get_running_loop()
    begun = monotonic()
    until = begun + max(SOON, min_sleep)  # an event loop's time is that of `monotonic`
    while monotonic() < begun + max_sleep:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        due = min(_due(loop), default=until)
        if due < until:
            await asyncio.sleep(max(0.0, due - monotonic()))
        elif all(worker.is_finished for worker in active_app.get().workers):
            break
        elif monotonic() < until:
            await asyncio.sleep(GLANCE)
        else:
            await wait_for_idle(min_sleep, max_sleep)
            break


def _due(loop: asyncio.AbstractEventLoop) -> list[float]:
    """Return when the timers of a loop are due, on the clock of `monotonic`."""
    return [timer.when() for timer in loop._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
