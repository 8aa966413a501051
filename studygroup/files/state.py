"""What the program remembers of a study in the user's folders: where one stood, what one typed."""

from __future__ import annotations

import json
from pathlib import Path

from studygroup.core.errors import CannotWrite, Place
from studygroup.core.text import slug
from studygroup.core.workspace import Position
from studygroup.files.atomic import write_whole


class StateFile:
    """The last position in a study, and lines not entered yet (implements the `State` port)."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "position.json"
        self._lines = folder / "lines"

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

    def line(self, session: str) -> str:
        """Return a line that was typed and not entered (see `State`)."""
        try:
            return self._line_of(session).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""  # nothing was kept, or it cannot be read: the line begins empty

    def keep_line(self, session: str, typed: str) -> None:
        """Keep a line, or drop it (see `State`). Raises CannotWrite."""
        path = self._line_of(session)
        if typed:
            write_whole(path, typed.encode("utf-8", "replace"), str(path))
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(
                f"cannot be removed: {error.strerror}", place=Place(str(path))
            ) from error

    def _line_of(self, session: str) -> Path:
        return self._lines / f"{slug(session)}.txt"
