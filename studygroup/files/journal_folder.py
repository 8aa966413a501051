"""The journals under a study's `sessions/`: which there are, and opening them to read or write."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from studygroup.core.errors import CannotWrite, Place, StudyError, UsageError
from studygroup.core.problem import Problem
from studygroup.core.text import clean, slug
from studygroup.files.atomic import sync_folder
from studygroup.lock import FileLock

if TYPE_CHECKING:
    # Loaded by `follow` and `open`: a study without sessions needs none of it.
    from studygroup.files.journal_file import FollowedSession, JournalFile

_SESSION = re.compile(r"\w[\w-]*")
_PATIENCE = 0.2
"""Seconds after which whoever holds a journal is no command that adds a line, but a window."""
_NO_SESSION = "this is no session's name (letters, digits, - and _), so its journals are not read"
LINK = "is a symbolic link, which a study must not hold"


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
            return (Problem(Place("sessions"), LINK),)
        found: list[Problem] = []
        for folder in self._folders():
            place = Place(clean(f"sessions/{folder.name}"))
            if folder.is_symlink():
                found.append(Problem(place, LINK))
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
                raise unreadable(f"sessions/{session}/{file.name}", error) from error
        return tuple(sizes)

    def follow(self, session: str) -> FollowedSession:
        """See `JournalStore.follow`."""
        from studygroup.files.journal_file import FollowedSession

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
            raise unwritable(f"sessions/{wanted}", error) from error
        return session

    def open(self, session: str, recorder: str) -> JournalFile:
        """See `JournalStore.open`."""
        from studygroup.files.journal_file import JournalFile

        folder = self._folder / session
        if not self._is_inside(folder, session):
            raise _no_session(session)
        name = slug(recorder, "recorder")
        path = folder / f"{name}.jsonl"
        lock = FileLock(self._locks / f"recording-{session}-{name}.lock")
        try:
            free = lock.acquire(_PATIENCE)
        except OSError as error:
            raise unwritable(str(self._locks), error) from error
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
            raise unreadable("sessions", error) from error
        return found

    def _is_inside(self, folder: Path, session: str) -> bool:
        """Whether a session's folder is there, and no link leads out of the study on the way."""
        try:
            links = self._folder.is_symlink() or folder.is_symlink()
            return bool(_SESSION.fullmatch(session)) and not links and folder.is_dir()
        except OSError as error:
            raise unreadable(f"sessions/{session}", error) from error

    def _files(self, session: str) -> list[Path]:
        """Return a session's journal files; links and whatever else lies there are passed over.

        Raises StudyError.
        """
        folder = self._folder / session
        if not self._is_inside(folder, session):
            return []
        found = journals_in(folder, f"sessions/{session}")
        return [file for file in found if not file.is_symlink()]


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


def journals_in(folder: Path, shown: str) -> list[Path]:
    """Return the journal files in a folder, in order, links among them. Raises StudyError."""
    try:
        found = sorted(folder.iterdir())
        return [f for f in found if f.suffix == ".jsonl" and (f.is_symlink() or f.is_file())]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise unreadable(shown, error) from error


def _holds_journals(folder: Path, shown: str) -> bool:
    """Whether journals lie in a folder; of one that cannot be opened nobody knows, so it may."""
    if folder.is_symlink():
        return False
    try:
        return bool(journals_in(folder, shown))
    except StudyError:
        return True


def _no_session(session: str) -> UsageError:
    return UsageError(f"no session “{session}”", hint="See: studygroup session list")


def unwritable(shown: str, error: OSError) -> CannotWrite:
    """Return the error for a journal, named as `shown`, that cannot be written."""
    reason = error.strerror or str(error)
    return CannotWrite(f"this could not be recorded: {reason}", place=Place(shown))


def unreadable(shown: str, error: OSError) -> StudyError:
    """Return the error for a journal, named as `shown`, that cannot be read."""
    return StudyError(f"cannot be read: {error.strerror or error}", place=Place(clean(shown)))
