"""What the program remembers of a study in the user's folders: where one stood, what one typed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from studygroup.core.errors import CannotWrite, Place
from studygroup.core.text import slug
from studygroup.core.workspace import Position
from studygroup.files.atomic import write_whole

if TYPE_CHECKING:
    # Loaded where quotations are looked at: most of what is remembered has nothing to do with them.
    from studygroup.core.quoting.drift import Found

MOST_SEARCHES = 50
"""How many of the latest searches are kept."""


class StateFile:
    """The last position in a study, what is not entered or saved yet, and recent searches.

    Implements the `State` port.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "position.json"
        self._lines = folder / "lines"
        self._drafts = folder / "drafts"
        self._searches = folder / "searches.json"
        self._found = folder / "quotations.json"
        self._tour = folder / "tour.json"

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

    def line(self, session: str, recorder: str) -> str:
        """Return a line that was typed and not entered (see `State`)."""
        return _kept(self._line_of(session, recorder))

    def keep_line(self, session: str, recorder: str, typed: str) -> None:
        """Keep a line, or drop it (see `State`). Raises CannotWrite."""
        _keep(self._line_of(session, recorder), typed)

    def draft(self, name: str) -> str:
        """Return a draft (see `State`)."""
        return _kept(self._draft_of(name))

    def keep_draft(self, name: str, text: str) -> None:
        """Keep a draft, or drop it (see `State`). Raises CannotWrite."""
        _keep(self._draft_of(name), text)

    def searches(self) -> tuple[str, ...]:
        """Return the recent searches (see `State`)."""
        try:
            found = json.loads(self._searches.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ()  # recent searches are a convenience: without them, one types
        kept = found if isinstance(found, list) else []
        return tuple(query for query in kept if isinstance(query, str))[:MOST_SEARCHES]

    def remember_search(self, query: str) -> None:
        """Keep a query (see `State`). Raises CannotWrite."""
        query = " ".join(query.split())
        before = self.searches()
        if query and before[:1] != (query,):
            kept = [query, *(one for one in before if one != query)][:MOST_SEARCHES]
            write_whole(self._searches, json.dumps(kept).encode(), str(self._searches))

    def tour(self) -> frozenset[str]:
        """Return what was kept of the tour (see `State`)."""
        try:
            found = json.loads(self._tour.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return frozenset()  # a tour is a convenience: without its marks, it begins anew
        kept = found if isinstance(found, list) else []
        return frozenset(mark for mark in kept if isinstance(mark, str))

    def keep_tour(self, marks: Collection[str]) -> None:
        """Keep how far the tour is (see `State`). Raises CannotWrite."""
        write_whole(self._tour, json.dumps(sorted(marks)).encode(), str(self._tour))

    def found(self) -> Mapping[str, Found]:
        """Return where quotations were found (see `State`)."""
        from studygroup.core.anchoring.quotation import Anchor
        from studygroup.core.quoting.drift import Found

        try:
            kept = json.loads(self._found.read_text(encoding="utf-8"))
            return {key: Found(verdict, Anchor(**at)) for key, (verdict, at) in kept.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}  # without it, nothing can be told of how things were

    def keep_found(self, found: Mapping[str, Found]) -> None:
        """Keep where quotations are found (see `State`). Raises CannotWrite."""
        kept = {key: (one.verdict, asdict(one.anchor)) for key, one in found.items()}
        write_whole(self._found, json.dumps(kept).encode(), str(self._found))

    def _line_of(self, session: str, recorder: str) -> Path:
        return self._lines / slug(session) / f"{slug(recorder)}.txt"

    def _draft_of(self, name: str) -> Path:
        return self._drafts / f"{slug(name)}.json"


def _kept(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""  # nothing was kept, or it cannot be read: one begins anew


def _keep(path: Path, text: str) -> None:
    if text:
        write_whole(path, text.encode("utf-8", "replace"), str(path))
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"cannot be removed: {error.strerror}", place=Place(str(path))) from error
