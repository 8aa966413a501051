"""What the program remembers about a study in the user's own folders: where one stood."""

from __future__ import annotations

import json
from pathlib import Path

from studygroup.core.workspace import Position
from studygroup.files.atomic import write_whole


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
