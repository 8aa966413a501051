"""A file that names the headings of a document, one a line (see `core.outlining.outline_text`)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studygroup.core.errors import CannotImport, Place
from studygroup.core.outlining.outline_text import Wanted, parse_outline
from studygroup.importers.inline import to_markdown
from studygroup.importers.repair import repair

LARGEST = 2_000_000
"""The largest outline that is read, in bytes: far more than the headings of any book."""
MOST = 10_000
"""The most headings that an outline may name."""


def read_outline(path: Path) -> tuple[Wanted, ...]:
    """Read an outline; its headings are Markdown as those of a draft are.

    Raises CannotImport, naming the file, where it can't be read or names no heading.
    """
    place = Place(str(path))
    try:
        if path.exists() and not path.is_file():
            raise CannotImport("this is no ordinary file", place=place)
        if path.exists() and path.stat().st_size > LARGEST:
            raise CannotImport(f"this outline is larger than {LARGEST:,} bytes", place=place)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise CannotImport("there is no such outline", place=place) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise CannotImport(f"it cannot be read ({reason or error})", place=place) from error
    wanted = parse_outline(repair(data, str(path)).text)
    if len(wanted) > MOST:
        raise CannotImport(f"this outline names more than {MOST:,} headings", place=place)
    if not wanted:
        hint = "An outline has one heading a line, deeper ones indented or with more #."
        raise CannotImport("this outline names no heading", place=place, hint=hint)
    return tuple(replace(one, text=to_markdown(one.text)) for one in wanted)
