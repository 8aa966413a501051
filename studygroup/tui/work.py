"""Work beside the screen, and answers from dialogs: results and errors come back to the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from studygroup.core.errors import StudygroupError

T = TypeVar("T")


def beside(
    node: DOMNode,
    call: Callable[[], T],
    then: Callable[[T], None],
    *,
    group: str = "default",
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Run `call` in a thread and hand its result to `then` on the screen's own thread.

    A newer call of the same `group` supersedes an older one: the older one's result is dropped.
    What the call raises is shown to the reader, or handed to `failed`, and `then` is not called.
    """

    async def run() -> None:
        try:
            result = await asyncio.to_thread(call)
        except (StudygroupError, OSError) as error:
            if failed is None:
                complain(node.app, error)
            else:
                failed(error)
        else:
            then(result)

    node.run_worker(run(), group=group, exclusive=True)


def ask(app: App[object], dialog: Screen[T | None], then: Callable[[T], None]) -> None:
    """Open a dialog and hand its answer to `then`; closed without one, nothing happens.

    What `then` raises is shown to the reader, as everything that a command raises.
    """

    def answered(answer: T | None) -> None:
        if answer is None:
            return
        try:
            then(answer)
        except (StudygroupError, OSError) as error:
            complain(app, error)

    app.push_screen(dialog, answered)


def complain(app: App[object], error: Exception) -> None:
    """Show the error's sentence; the app goes on."""
    text = str(error)
    if not (isinstance(error, StudygroupError) and error.place is not None):
        text = f"{text[:1].upper()}{text[1:]}"
    app.notify(text, severity="error", timeout=8, markup=False)


def nothing(_: object) -> None:
    """Do no more with what came of a call made beside the screen."""
