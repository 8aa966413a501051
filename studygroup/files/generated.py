"""Files that are generated whole: written again without losing what a person made of them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from studygroup.core.errors import CannotWrite, Place
from studygroup.files.atomic import back_up, locked, write_whole


def write_generated(path: Path, data: bytes, shown: str, home: Path) -> Path | None:
    """Write a generated file whole, and return the archive of what it replaced, if any.

    A file that is as it was last generated is replaced without more ado. One that was edited since,
    or that was never generated here, is first kept in an archive in `home`, the user's own folder,
    where it is remembered too what was generated. Raises CannotWrite, naming the file as `shown`;
    then nothing was replaced.
    """
    if path.exists() and not path.is_file():
        raise CannotWrite("is not an ordinary file", place=Place(shown))
    name = sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    memory = home / "generated" / name
    with locked(path, home / "locks", shown):
        kept = None
        try:
            old = path.read_bytes() if path.exists() else None
            remembered = memory.read_text("ascii") if memory.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise CannotWrite(f"could not be read: {error}", place=Place(shown)) from error
        if old not in (None, b"", data) and sha256(old or b"").hexdigest() != remembered:
            kept = back_up(path, path.name, home / "backups")
        write_whole(path, data, shown)
        write_whole(memory, sha256(data).hexdigest().encode("ascii"), shown)
    return kept
