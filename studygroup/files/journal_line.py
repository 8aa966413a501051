"""The lines of a journal: how an event becomes one, and how a file of them is read.

A line is `{"seq":…,"at":…,"event":…,…,"crc":"89abcdef"}`, where `crc` is the CRC-32, in
hexadecimal, of the line's bytes before `,"crc"`. Lines are appended and never rewritten.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from studygroup.core.errors import Place
from studygroup.core.meeting.journal import Event
from studygroup.core.problem import Problem

_OWN = frozenset({"seq", "at", "event", "crc"})
_TAIL = re.compile(rb',"crc":"([0-9a-f]{8})"\}$')
_KEPT = "The line is kept and passed over."


def encode(event: Event) -> bytes:
    """Return an event as its line of the journal, newline included."""
    own = {"seq": event.seq, "at": event.at.isoformat(), "event": event.name}
    text = json.dumps({**own, **event.fields}, ensure_ascii=False, separators=(",", ":"))
    body = text[:-1].encode("utf-8", "replace")
    return body + b',"crc":"%08x"}\n' % zlib.crc32(body)


def decode(line: bytes, recorder: str) -> Event | str:
    """Return the event of a line without its newline, or what is wrong with the line."""
    tail = _TAIL.search(line)
    if tail is None:
        return "the line is cut off or is no event"
    if zlib.crc32(line[: tail.start()]) != int(tail.group(1), 16):
        return "the line was changed after it was written (its checksum differs)"
    try:
        data = json.loads(line)
        at = datetime.fromisoformat(data["at"])
        seq, name = int(data["seq"]), str(data["event"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return "the line is no event"
    if at.tzinfo is None:
        return "the line's time has no zone"
    return Event(seq, at, name, {k: v for k, v in data.items() if k not in _OWN}, recorder)


class LinesOfFile:
    """The lines of one journal, read again and again: what stood there before is not decoded anew.

    Whether it still stands there is seen by comparing every byte, so that a file which a sync
    program replaced, or somebody edited, is read for what it is.
    """

    def __init__(self, path: Path, shown: str) -> None:
        self._path = path
        self._shown = shown
        self._forget()

    def _forget(self) -> None:
        self._known = b""
        self._lines = 0
        self._events: list[Event] = []
        self._problems: list[Problem] = []

    def read(self) -> tuple[list[Event], list[Problem]]:
        """Return the events in order, and what is wrong with the other lines. Raises OSError.

        A file that is not there has none.
        """
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:  # not written yet, or gone since the folder was listed
            data = b""
        if not data.startswith(self._known):
            self._forget()
        whole = data.rfind(b"\n") + 1
        if whole > len(self._known):
            lines = data[len(self._known) : whole - 1].split(b"\n")
            for found in self._decode(lines):
                self._events += [found] if isinstance(found, Event) else []
                self._problems += [found] if isinstance(found, Problem) else []
            self._known = data[:whole]
            self._lines += len(lines)
        # The last line has no newline yet: the next reading may find more of it.
        last = list(self._decode([data[whole:]]))
        events = [*self._events, *(f for f in last if isinstance(f, Event))]
        return events, [*self._problems, *(f for f in last if isinstance(f, Problem))]

    def _decode(self, lines: list[bytes]) -> Iterator[Event | Problem]:
        for number, line in enumerate(lines, self._lines + 1):
            line = line.rstrip(b"\r")
            if line.strip():
                found = decode(line, self._path.stem)
                if isinstance(found, str):
                    yield Problem(Place(self._shown, number), found, _KEPT)
                else:
                    yield found
