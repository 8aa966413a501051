"""Work beside the screen: a call in a thread, its result or its error back on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.app import App
from textual.dom import DOMNode

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


def complain(app: App[object], error: Exception) -> None:
    """Show the error's sentence; the app goes on."""
    text = str(error)
    if not (isinstance(error, StudygroupError) and error.place is not None):
        text = f"{text[:1].upper()}{text[1:]}"
    app.notify(text, severity="error", timeout=8, markup=False)
