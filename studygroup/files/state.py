"""What the program remembers about a study in the user's own folders: where one stood."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

from studygroup.core.workspace import Position
from studygroup.files.atomic import write_whole

APP = "studygroup"


def user_folder(kind: str) -> Path:
    """Return the user's folder for `state`, `cache` or `data` of this program.

    `STUDYGROUP_HOME` puts all three into one folder of the user's choice.
    """
    home = os.environ.get("STUDYGROUP_HOME")
    if home:
        return Path(home).expanduser() / kind
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


class StateFile:
    """The last position in a study, as a small JSON file (implements the `State` port)."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "position.json"

    def position(self) -> Position | None:
        """Return the last position, or None where there is none that can be read."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return Position(str(found["reading"]), str(found["section"]), int(found["paragraph"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None  # a remembered place is a convenience: without it, one starts at the top

    def remember(self, position: Position) -> None:
        """Keep a position. Raises CannotWrite."""
        fields = {
            "reading": position.reading,
            "section": position.section,
            "paragraph": position.paragraph,
        }
        write_whole(self.path, json.dumps(fields).encode(), str(self.path))
