"""Errors that a person can act on: one sentence, a place, a hint and an exit code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a path as the user knows it, and a line counted from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


def sentence(what: str, place: Place | None, hint: str | None) -> str:
    """Return what a person is shown: where, what, and what can be done about it."""
    text = what if place is None else f"{place}: {what}"
    ended = text if text.endswith(("?", "!", "…")) else f"{text.rstrip('.')}."
    return f"{ended} {hint}" if hint else text


class StudygroupError(Exception):
    """The root of every error a user may see.

    `what` is a sentence without its place (“no section “economy””), `place` says where, `hint`
    says what to do. `str()` joins the three into the one sentence that is shown.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, *, place: Place | None = None, hint: str | None = None) -> None:
        self.what = what
        self.place = place
        self.hint = hint
        super().__init__(what)

    def __str__(self) -> str:
        return sentence(self.what, self.place, self.hint)


class UsageError(StudygroupError):
    """The command or key was used in a way that cannot work. Exit code 2."""


class StudyError(StudygroupError):
    """The study, or a file in it, cannot be read. Exit code 3."""

    exit_code = 3


class CannotImport(StudygroupError):  # noqa: N818 - reads as a sentence where it is raised
    """An input file cannot be imported. Exit code 4."""

    exit_code = 4


class NotImported(StudygroupError):  # noqa: N818 - reads as a sentence where it is raised
    """A text was reviewed and not taken: the study is as it was. Exit code 4."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__("nothing was imported; the study is as it was")


class CannotWrite(StudygroupError):  # noqa: N818 - reads as a sentence where it is raised
    """Something could not be written; what stood on disk before stands there still. Exit code 5."""

    exit_code = 5
