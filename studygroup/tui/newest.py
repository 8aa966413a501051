"""Answering questions that come faster than their answers: only the newest one's is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from textual.dom import DOMNode

from studygroup.core.errors import StudygroupError

Question = TypeVar("Question")
Reply = TypeVar("Reply")

SOON = 0.3
"""Seconds without an answer after which the reader is told why."""


class Newest(Generic[Question, Reply]):
    """Answers one question at a time, in a thread, until the newest one has its answer.

    When an answer comes and something else is asked by then, it is dropped. `show` gets the newest
    question with its answer, `waiting` is called when that takes long, `failed` when it fails.
    """

    def __init__(
        self,
        node: DOMNode,
        answer: Callable[[Question], Reply],
        show: Callable[[Question, Reply], None],
        *,
        failed: Callable[[Exception], None],
        waiting: Callable[[], None],
    ) -> None:
        self._node = node
        self._answer = answer
        self._show = show
        self._failed = failed
        self._say_waiting = waiting
        self._asked: Question | None = None
        self._busy = False
        self.waiting = False
        """Whether an answer is awaited for long already."""

    def ask(self, question: Question) -> None:
        """Ask for an answer; what was asked before needs none any more."""
        self._asked = question
        if not self._busy:
            self._busy = True
            self._node.run_worker(self._run(), group="newest")

    def forget(self) -> None:
        """Let what was asked go without an answer."""
        self._asked = None

    async def _run(self) -> None:
        slow = self._node.set_timer(SOON, self._wait)
        try:
            while (asked := self._asked) is not None:
                reply = await asyncio.to_thread(self._answer, asked)
                slow.stop()
                self.waiting = False
                if asked == self._asked:
                    self._asked = None
                    self._show(asked, reply)
        except (StudygroupError, OSError) as error:
            self._asked = None
            self._failed(error)
        finally:
            slow.stop()
            self._busy = self.waiting = False

    def _wait(self) -> None:
        if self._asked is not None:
            self.waiting = True
            self._say_waiting()
