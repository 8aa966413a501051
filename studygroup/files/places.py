"""Where things are: the study at or above a folder, and the user's own folders."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path

READINGS = "readings"
QUESTIONS = "questions"
APP = "studygroup"

_XDG = {
    "state": ("XDG_STATE_HOME", "~/.local/state"),
    "cache": ("XDG_CACHE_HOME", "~/.cache"),
    "data": ("XDG_DATA_HOME", "~/.local/share"),
}
"""The XDG Base Directory Specification: the variable with an absolute path, and the default."""


def user_folder(kind: str) -> Path:
    """Return the user's folder for `state`, `cache` or `data` of this program.

    `STUDYGROUP_HOME` puts all three into one folder of the user's choice.
    """
    home = os.environ.get("STUDYGROUP_HOME")
    if home:
        return Path(home).expanduser() / kind
    if os.name == "posix" and sys.platform != "darwin":
        # What platformdirs says too, which takes a while to load.
        variable, usual = _XDG[kind]
        given = Path(os.environ.get(variable, "").strip())
        return (given if given.is_absolute() else Path(usual).expanduser()) / APP
    import platformdirs

    folders = {
        "state": platformdirs.user_state_path,
        "cache": platformdirs.user_cache_path,
        "data": platformdirs.user_data_path,
    }
    return folders[kind](APP)


def study_key(root: Path) -> str:
    """Return a name for a study that is made from its path: private folders are kept under it."""
    return sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def is_study(folder: Path) -> bool:
    """Whether `folder` is a study: it has a readings folder, and one may look into it."""
    try:
        return (folder / READINGS).is_dir()
    except OSError:
        return False


def find_study(start: Path) -> Path | None:
    """Return the nearest study at or above `start`, as git finds its repository, or None."""
    start = start.absolute()
    return next((f for f in (start, *start.parents) if is_study(f)), None)
