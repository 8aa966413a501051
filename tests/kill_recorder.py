"""A recorder in a process of its own, that records until it is killed and tells what it did."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from studygroup.core.errors import UsageError
from studygroup.core.meeting.recording import Recording
from studygroup.core.meeting.session import Spot
from studygroup.core.meeting.sessions import Sessions
from studygroup.core.study import Study
from studygroup.files.journal_folder import JournalFolder
from studygroup.files.state import StateFile
from studygroup.tui.line_queue import LineQueue
from tests.builders import reading

STUDY = Study.build("Walks", [reading()], [], [], members=["ana", "ben"])
SPOTS = [Spot("walk", section.id) for section in STUDY.readings[0].sections]

ACTS = ["say", "say", "say", "amend", "strike", "go", "look", "type"]

Told = dict[str, str]
"""What a recorder says of itself: `did` and its `words`, `started`, `kept`, `refused`, `failed`."""


@dataclass
class Recorder:
    """A recorder who dies after so many lines of code, or is to be killed after so many seconds."""

    name: str
    lines: int | None = None
    seconds: float = 0.0
    pid: int = 0
    ear: int = -1

    def fork(self, root: Path, home: Path, session: str, number: int, seed: float) -> None:
        """Begin to record a session of the study at `root`; "" starts one. Words have `number`."""
        self.ear, mouth = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self._live(root, home, session, number, random.Random(seed), mouth)
        os.close(mouth)

    def heard(self) -> list[Told]:
        """Return what it told until it ended; half a sentence doesn't count."""
        with os.fdopen(self.ear, "rb") as ear:
            return [json.loads(line) for line in ear if line.endswith(b"\n")]

    def _live(
        self, root: Path, home: Path, session: str, number: int, chance: random.Random, mouth: int
    ) -> None:
        def tell(**told: str) -> None:
            os.write(mouth, json.dumps(told).encode() + b"\n")

        try:
            if self.lines is not None:
                _die_after(self.lines)
            sessions = Sessions(JournalFolder(root, home), lambda: STUDY, self.name, _now)
            if session:
                recording = sessions.resume(session)
                _record(recording, LineQueue(recording, StateFile(home)), number, chance, tell)
            else:
                tell(started=sessions.start(["walk"]).id)
        except UsageError as error:
            tell(refused=str(error))
        except Exception:  # noqa: BLE001 - whatever it is, it has to be heard of
            tell(failed=traceback.format_exc())
        finally:
            os._exit(0)


def warm_up(root: Path, home: Path) -> None:
    """Load in this process all that recorders need: what is forked later has it at once."""
    sessions = Sessions(JournalFolder(root, home), lambda: STUDY, "ana", _now)
    with sessions.start(["walk"]) as recording:
        queue = LineQueue(recording, StateFile(home))
        queue.add("ben: warm")
        queue.write_first()
        queue.typed = "half a remark"
        queue.keep()
    with sessions.resume(recording.id) as recording:
        recording.refresh()


def _now() -> datetime:
    return datetime.now().astimezone()


def _record(
    recording: Recording,
    queue: LineQueue,
    number: int,
    chance: random.Random,
    tell: Callable[..., None],
) -> None:
    """Do what a recorder does, without end."""
    key, count = "", 0
    while True:
        count += 1
        words = f"remark {number}.{count}"
        act = chance.choices(["say", "amend", "strike", "go", "look", "type"], [6, 2, 1, 2, 1, 2])[
            0
        ]
        if act == "say" or (act in ("amend", "strike") and not key):
            queue.add(f"ben: {words}")
            recorded = queue.write_first()
            assert recorded is not None
            assert recorded.entry is not None
            key = recorded.entry.key
            tell(did="said", words=words)
        elif act == "amend":
            queue.add(f"ana: {words}", amends=key)
            queue.write_first()
            tell(did="amended", words=words)
        elif act == "strike":
            recording.strike(key)
            tell(did="struck", words=key)
            key = ""
        elif act == "go":
            recording.take_up(chance.choice(SPOTS))
        elif act == "look":
            recording.refresh()
        else:
            queue.typed = f"half a {words}"
            tell(keeping=queue.typed)
            queue.keep()
            tell(kept=queue.typed)


def _die_after(lines: int) -> None:
    """Have this process killed before the line of code that comes after so many others."""
    left = lines

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        if event == "line":
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return count

    sys.settrace(count)
