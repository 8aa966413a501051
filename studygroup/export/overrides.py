"""Templates: the study's own where it has one, else those that come with the program."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from studygroup.core.errors import Place, StudyError

Own = Callable[[str], bytes | None]
"""Gives the content of the study's own template of a name, None where it has none."""

FOLDER = "templates"


def own_text(own: Own, name: str) -> str | None:
    """Return the study's own template of a name as text. Raises StudyError if it is none."""
    data = own(name)
    try:
        return None if data is None else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyError(
            "is not UTF-8 text", place=place(name), hint="Save it as UTF-8."
        ) from error


def shipped_text(name: str) -> str | None:
    """Return the program's template of a name, None where there is none."""
    file = files("studygroup.export") / FOLDER / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


def place(name: str, line: int | None = None) -> Place:
    """Return where in the study its own template of a name is."""
    return Place(f"{FOLDER}/{name}", line)


def broken(why: str, at: Place) -> StudyError:
    """Return the error for a template of the study that does not work."""
    hint = "Correct it, or remove it to use the template that comes with the program."
    return StudyError(f"this template cannot be used: {why}", place=at, hint=hint)
