"""Writing a file whole or not at all, under a lock that other programs here respect."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from studygroup.core.errors import CannotWrite, Place
from studygroup.lock import locked as hold

LOCK_SECONDS = 5.0
"""How long to wait for another program that is writing the same file."""


def write_whole(path: Path, data: bytes, shown: str) -> None:
    """Replace or create `path` with `data`: a reader sees the old file or the new, never half.

    Written to a file beside it, synced, renamed over it, and the folder synced. Raises CannotWrite,
    naming the file as `shown`, and leaves what stood there.
    """
    import tempfile

    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise CannotWrite(f"could not be written: {error.strerror}", place=Place(shown)) from error


def sync_folder(folder: Path) -> None:
    """Make a rename or a new file in `folder` survive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path, locks: Path, shown: str) -> Iterator[None]:
    """Hold the lock on `path` that studygroup's programs of one user share, kept in `locks`.

    Errors name the file as `shown`. Raises CannotWrite where another program holds it for longer
    than `LOCK_SECONDS`.
    """
    name = sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    try:
        with hold(locks / f"{name}.lock", LOCK_SECONDS):
            yield
    except TimeoutError as error:
        what = "another program is writing this file"
        raise CannotWrite(what, place=Place(shown), hint="Try again in a moment.") from error
    except OSError as error:
        raise CannotWrite(f"could not be locked: {error.strerror}", place=Place(shown)) from error


def edit_text(path: Path, locks: Path, shown: str, change: Callable[[str], str]) -> None:
    """Replace the text of `path` (empty where there is none) by `change(text)`, under its lock.

    What `change` is given is what stands on disk now, so edits made elsewhere meanwhile are kept;
    so is a byte-order mark, which `change` doesn't see.
    Raises CannotWrite, also where the file is not UTF-8 text.
    """
    with locked(path, locks, shown):
        try:
            old = path.read_bytes() if path.exists() else b""
            mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
            text = old.removeprefix(mark).decode("utf-8")
        except OSError as error:
            raise CannotWrite(f"could not be read: {error.strerror}", place=Place(shown)) from error
        except UnicodeDecodeError as error:
            raise CannotWrite(
                "is not UTF-8 text, so it is left alone", place=Place(shown)
            ) from error
        write_whole(path, mark + change(text).encode("utf-8", "replace"), shown)


def back_up(path: Path, shown: str, folder: Path) -> Path:
    """Put a copy of `path` into a new zip archive in `folder`, and return the archive's path.

    Raises CannotWrite, before anything else is touched.
    """
    import zipfile

    when = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    archive = folder / f"{when}.zip"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(archive, "x", zipfile.ZIP_DEFLATED) as file:
            file.write(path, shown)
    except OSError as error:
        what = f"could not be backed up, so it was not replaced: {error.strerror}"
        raise CannotWrite(what, place=Place(shown)) from error
    return archive
