"""Which files of a study are read: ordinary ones, by name; anything else is a problem."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from studygroup.core.errors import Place
from studygroup.core.problem import Problem
from studygroup.core.text import clean

_COPIES = ("conflicted copy", ".sync-conflict-", ".conflict-", ".orig", " (1)")


class Walk:
    """Walks the study at `root`, in the order of names, and adds what it refuses to `problems`."""

    def __init__(self, root: Path, problems: list[Problem]) -> None:
        self.root = root
        self.problems = problems

    def files(self, folder: str, suffix: str) -> Iterator[str]:
        """Yield the files of a folder whose names end in `suffix`, by their paths in the study.

        Refuse what is not ordinary.
        """
        try:
            entries = self._entries(folder)
        except OSError as error:
            self.problems.append(Problem(Place(folder), f"cannot be read: {error.strerror}"))
            return
        for entry in entries:
            if entry.is_symlink():
                self._refuse(folder, entry, "is a symbolic link, which a study must not hold")
            elif entry.is_dir() or not entry.name.lower().endswith(suffix):
                continue
            elif clean(entry.name) != entry.name:
                self._refuse(folder, entry, "has hidden characters in its name", "Rename it.")
            elif any(mark in entry.name for mark in _COPIES):
                what = "looks like a copy that a sync program made of a conflict; it is not read"
                self._refuse(folder, entry, what, "Merge it by hand and remove it.")
            elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                self._refuse(folder, entry, "is not an ordinary file")
            else:
                yield f"{folder}/{entry.name}"

    def folders(self, folder: str) -> list[str]:
        """Return the names of the folders in a folder; a folder that cannot be read has none."""
        try:
            return [e.name for e in self._entries(folder) if e.is_dir(follow_symlinks=False)]
        except OSError:
            return []  # `files` of the same folder has said so

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        path = self.root / folder
        if not path.exists():
            return []
        with os.scandir(path) as found:
            return sorted((e for e in found if not e.name.startswith(".")), key=lambda e: e.name)

    def _refuse(self, folder: str, entry: os.DirEntry[str], what: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(f"{folder}/{clean(entry.name)}"), what, hint))
