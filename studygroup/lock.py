"""A lock between programs on one machine, which the system lets go when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """An advisory lock on a file of its own, for what two programs must not do at once.

    Done with the system's own calls: recording a line from a shell has to be quick, and a package
    that does the same takes longer to import than the line takes to record.
    """

    _PAUSE = 0.02

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, patience: float) -> bool:
        """Take the lock; return False if one and the same holder keeps it for `patience` seconds.

        As long as it goes from hand to hand, as between commands of a script, it is waited for.
        Raises OSError where the lock's file cannot be made, or the file system knows no locks.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if self._wait(handle, patience):
                # Tells those who wait that it changed hands; the file's own clock may be coarse.
                os.utime(self._path, ns=(time.time_ns(), time.time_ns()))
                self._handle, handle = handle, -1
        finally:
            if handle >= 0:
                os.close(handle)
        return self._handle is not None

    def _wait(self, handle: int, patience: float) -> bool:
        taken, until = None, 0.0
        while not _take(handle):
            before, taken = taken, os.fstat(handle).st_mtime_ns
            if taken != before:
                until = time.monotonic() + patience
            if time.monotonic() >= until:
                return False
            time.sleep(self._PAUSE)
        return True

    def release(self) -> None:
        """Let go of the lock, if it is held. The file stays: removing it would free it twice."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def locked(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock on the file `path` (see `FileLock.acquire`).

    Raises TimeoutError where another program keeps it, and otherwise OSError.
    """
    lock = FileLock(path)
    if not lock.acquire(patience):
        raise TimeoutError(f"another program holds {path}")
    try:
        yield
    finally:
        lock.release()
