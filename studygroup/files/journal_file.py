"""Journals on disk: durable when appended, held by one program at a time, read when damaged."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from studygroup.core.errors import Place, UsageError
from studygroup.core.meeting.journal import Event, EventName, Journals
from studygroup.core.problem import Problem
from studygroup.core.text import clean, slug
from studygroup.files.atomic import sync_folder
from studygroup.files.journal_folder import LINK, journals_in, unreadable, unwritable
from studygroup.files.journal_line import LinesOfFile, decode, encode
from studygroup.lock import FileLock

_NO_NAME = "this is no recorder's journal (a copy from a sync conflict?), so its lines are not read"


class FollowedSession:
    """The journals of one session, read again and again; implements `JournalReader`."""

    def __init__(self, folder: Path, is_there: Callable[[], bool]) -> None:
        self._folder = folder
        self._is_there = is_there
        self._files: dict[Path, LinesOfFile] = {}

    def read(self) -> tuple[Journals, tuple[Problem, ...]]:
        """See `JournalReader.read`."""
        journals: dict[str, list[Event]] = {}
        problems: list[Problem] = []
        name = f"sessions/{self._folder.name}"
        for path in journals_in(self._folder, name) if self._is_there() else ():
            shown = clean(f"{name}/{path.name}")
            if path.is_symlink():
                problems.append(Problem(Place(shown), LINK))
            elif slug(path.stem, "") != path.stem:
                problems.append(Problem(Place(shown), _NO_NAME))
            else:
                lines = self._files.setdefault(path, LinesOfFile(path, shown))
                journals[path.stem], wrong = _read(lines, shown)
                problems += wrong
        return journals, tuple(problems)


class JournalFile:
    """One recorder's journal, held for writing; implements `JournalWriter`."""

    def __init__(self, path: Path, shown: str, recorder: str, lock: FileLock) -> None:
        self._path = path
        self._shown = shown
        self._recorder = recorder
        self._lock = lock
        events, _ = _read(LinesOfFile(path, shown), shown)
        self._next = max((e.seq for e in events), default=0) + 1

    @property
    def recorder(self) -> str:
        """See `JournalWriter.recorder`."""
        return self._recorder

    def append(self, at: datetime, name: EventName, fields: Mapping[str, object]) -> Event:
        """See `JournalWriter.append`: written in one piece and synced before this returns.

        After a failure the next event gets the same number, so that a line whose sync failed but
        which did reach the disk is known for the same one when it is tried again.
        """
        event = Event(self._next, at, name, fields, self._recorder)
        line = encode(event)
        # What is handed out is what anybody will read, whatever the caller's values were.
        written = decode(line.rstrip(b"\n"), self._recorder)
        if isinstance(written, str):
            raise UsageError(f"this cannot be recorded: {written}")
        try:
            new = not self._path.exists()
            _append(self._path, line)
            if new:
                sync_folder(self._path.parent)
        except OSError as error:
            raise unwritable(self._shown, error) from error
        self._next += 1
        return written

    def close(self) -> None:
        """See `JournalWriter.close`."""
        self._lock.release()


def _append(path: Path, line: bytes) -> None:
    """Append a line durably. The file is opened anew: a sync program may have replaced it."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o644)
    try:
        size = os.fstat(handle).st_size
        if size:
            os.lseek(handle, size - 1, os.SEEK_SET)
            if os.read(handle, 1) != b"\n":
                # A torn tail stays where it is; it must not swallow this line.
                line = b"\n" + line
        try:
            written = os.write(handle, line)
            if written != len(line):
                raise OSError("the disk took only a part of it; is it full?")
            os.fsync(handle)
        except OSError:
            # Nobody is to read as recorded what may not be on the disk. Where this fails, too, the
            # rest of the line is set aside by whoever reads it, or known for what is tried again.
            with suppress(OSError):
                os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)


def _read(lines: LinesOfFile, shown: str) -> tuple[list[Event], list[Problem]]:
    try:
        return lines.read()
    except OSError as error:
        raise unreadable(shown, error) from error
