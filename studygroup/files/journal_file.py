"""Journals on disk: durable when appended, held by one program at a time, read when damaged."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from studygroup.core.errors import CannotWrite, Place, StudyError, UsageError
from studygroup.core.journal import Event, EventName, Journals
from studygroup.core.problem import Problem
from studygroup.core.text import clean, slug
from studygroup.files.atomic import sync_folder
from studygroup.files.journal_line import LinesOfFile, decode, encode
from studygroup.lock import FileLock

_SESSION = re.compile(r"\w[\w-]*")
_PATIENCE = 0.2
"""Seconds after which whoever holds a journal is no command that adds a line, but a window."""
_NO_SESSION = "this is no session's name (letters, digits, - and _), so its journals are not read"
_LINK = "is a symbolic link, which a study must not hold"
_NO_NAME = "this is no recorder's journal (a copy from a sync conflict?), so its lines are not read"


class JournalFolder:
    """The journals under a study's `sessions/` folder (implements the `JournalStore` port).

    `home` is a folder of the user's own for this study's locks: they are never put into the study.
    """

    def __init__(self, root: Path, home: Path) -> None:
        self._folder = root / "sessions"
        self._locks = home / "locks"

    def sessions(self) -> tuple[str, ...]:
        """See `JournalStore.sessions`: one whose folder cannot be opened is among them."""
        return tuple(
            f.name
            for f in self._folders()
            if _SESSION.fullmatch(f.name) and _holds_journals(f, f"sessions/{f.name}")
        )

    def problems(self) -> tuple[Problem, ...]:
        """See `JournalStore.problems`."""
        if self._folder.is_symlink():
            return (Problem(Place("sessions"), _LINK),)
        found: list[Problem] = []
        for folder in self._folders():
            place = Place(clean(f"sessions/{folder.name}"))
            if folder.is_symlink():
                found.append(Problem(place, _LINK))
            elif not _SESSION.fullmatch(folder.name) and _holds_journals(folder, place.path):
                found.append(Problem(place, _NO_SESSION, "Rename the folder."))
        return tuple(found)

    def stamp(self, session: str) -> object:
        """See `JournalStore.stamp`: the files with their sizes."""
        sizes = []
        for file in self._files(session):
            try:
                sizes.append((file.name, file.stat().st_size))
            except FileNotFoundError:  # gone since the folder was listed
                continue
            except OSError as error:
                raise _unreadable(f"sessions/{session}/{file.name}", error) from error
        return tuple(sizes)

    def follow(self, session: str) -> FollowedSession:
        """See `JournalStore.follow`."""
        folder = self._folder / session
        if not self._is_inside(folder, session):
            raise _no_session(session)
        return FollowedSession(folder, lambda: self._is_inside(folder, session))

    def create(self, wanted: str) -> str:
        """See `JournalStore.create`; the folder is made and is on disk."""
        try:
            self._folder.mkdir(exist_ok=True)
            session = _make_unique(self._folder, wanted)
            sync_folder(self._folder.parent)
            sync_folder(self._folder)
        except OSError as error:
            raise _unwritable(f"sessions/{wanted}", error) from error
        return session

    def open(self, session: str, recorder: str) -> JournalFile:
        """See `JournalStore.open`."""
        folder = self._folder / session
        if not self._is_inside(folder, session):
            raise _no_session(session)
        name = slug(recorder, "recorder")
        path = folder / f"{name}.jsonl"
        lock = FileLock(self._locks / f"recording-{session}-{name}.lock")
        try:
            free = lock.acquire(_PATIENCE)
        except OSError as error:
            raise _unwritable(str(self._locks), error) from error
        if not free:
            raise UsageError(
                f"{recorder} is already recording {session} in another window",
                hint="Go on there, or record under another name: set STUDYGROUP_READER=NAME before"
                " you start the app, or use --as NAME with a command.",
            )
        with ExitStack() as undo:
            undo.callback(lock.release)
            journal = JournalFile(path, f"sessions/{session}/{path.name}", name, lock)
            undo.pop_all()
        return journal

    def _folders(self) -> list[Path]:
        """Return the folders under `sessions/`, in order, links among them; hidden ones left out.

        Raises StudyError.
        """
        try:
            if self._folder.is_symlink():
                return []
            found = [f for f in sorted(self._folder.iterdir()) if f.name[0] != "." and f.is_dir()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise _unreadable("sessions", error) from error
        return found

    def _is_inside(self, folder: Path, session: str) -> bool:
        """Whether a session's folder is there, and no link leads out of the study on the way."""
        try:
            links = self._folder.is_symlink() or folder.is_symlink()
            return bool(_SESSION.fullmatch(session)) and not links and folder.is_dir()
        except OSError as error:
            raise _unreadable(f"sessions/{session}", error) from error

    def _files(self, session: str) -> list[Path]:
        """Return a session's journal files; links and whatever else lies there are passed over.

        Raises StudyError.
        """
        folder = self._folder / session
        if not self._is_inside(folder, session):
            return []
        found = _journals(folder, f"sessions/{session}")
        return [file for file in found if not file.is_symlink()]


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
        for path in _journals(self._folder, name) if self._is_there() else ():
            shown = clean(f"{name}/{path.name}")
            if path.is_symlink():
                problems.append(Problem(Place(shown), _LINK))
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
            raise _unwritable(self._shown, error) from error
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
        written = os.write(handle, line)
        if written != len(line):
            raise OSError(f"only {written} of {len(line)} bytes were written; is the disk full?")
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_unique(folder: Path, wanted: str) -> str:
    number = 1
    while True:
        name = wanted if number == 1 else f"{wanted}-{number}"
        try:
            (folder / name).mkdir()
        except FileExistsError:
            number += 1
        else:
            return name


def _read(lines: LinesOfFile, shown: str) -> tuple[list[Event], list[Problem]]:
    try:
        return lines.read()
    except OSError as error:
        raise _unreadable(shown, error) from error


def _journals(folder: Path, shown: str) -> list[Path]:
    """Return the journal files in a folder, in order, links among them. Raises StudyError."""
    try:
        found = sorted(folder.iterdir())
        return [f for f in found if f.suffix == ".jsonl" and (f.is_symlink() or f.is_file())]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(shown, error) from error


def _holds_journals(folder: Path, shown: str) -> bool:
    """Whether journals lie in a folder; of one that cannot be opened nobody knows, so it may."""
    if folder.is_symlink():
        return False
    try:
        return bool(_journals(folder, shown))
    except StudyError:
        return True


def _no_session(session: str) -> UsageError:
    return UsageError(f"no session “{session}”", hint="See: studygroup session list")


def _unwritable(shown: str, error: OSError) -> CannotWrite:
    reason = error.strerror or str(error)
    return CannotWrite(f"this could not be recorded: {reason}", place=Place(shown))


def _unreadable(shown: str, error: OSError) -> StudyError:
    return StudyError(f"cannot be read: {error.strerror or error}", place=Place(clean(shown)))
