"""A lock between programs on one machine, which the system lets go when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """An advisory lock on a file of its own.

    Done with the system's own calls: recording a line from a shell has to be quick, and the
    packages that do the same take longer to import than the line takes to record.
    """

    _PAUSE = 0.02

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, patience: float) -> bool:
        """Take the lock, trying for `patience` seconds; tell whether it was free.

        Raises OSError where the lock's file cannot be made.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + patience
        while True:
            try:
                _take(handle)
            except OSError:
                if time.monotonic() >= until:
                    os.close(handle)
                    return False
                time.sleep(self._PAUSE)
            else:
                self._handle = handle
                return True

    def release(self) -> None:
        """Let go of the lock, if it is held. The file stays: removing it would free it twice."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
