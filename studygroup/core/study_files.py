"""The port to the study folder: reading it, and the few ways in which it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from studygroup.core.prompt import Phase, PromptKind
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be written: on a paragraph, a section, or (section None) a whole reading.

    `title` is the callout's own.
    """

    reading: Reading
    section: Section | None
    reader: str
    text: str
    kind: str = "note"
    paragraph: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class NewPrompt:
    """A prompt to be written: on a section, or (section None) a whole reading."""

    reading: Reading
    section: Section | None
    ask: str
    kind: PromptKind = "interpretive"
    phase: Phase = "core"
    minutes: int | None = None
    by: str | None = None


class StudyFiles(Protocol):
    """Reads and writes one study folder."""

    def load(self) -> Study:
        """Read the folder; what did not change since the last call (by content) is reused."""
        ...

    def add_notes(self, notes: Sequence[NewNote]) -> str:
        """Append notes of one reader on one reading to their file, each under the right heading.

        Returns its path in the study. No other byte of it changes.
        """
        ...

    def add_prompt(self, request: NewPrompt) -> None:
        """Append a prompt to its reading's file; no other byte changes."""
        ...

    def edit_file(self, path: Path, change: Callable[[str], str]) -> None:
        """Replace a text file, in the study or not, by `change` of its text (see `edit_text`)."""
        ...

    def write_file(self, path: Path, data: bytes) -> Path | None:
        """Write a generated file whole, in the study or not; return where an old one is kept.

        One that is as it was last generated is not kept. Raises CannotWrite.
        """
        ...

    def template(self, name: str) -> bytes | None:
        """Return the content of the study's own template of that name, None where it has none.

        Raises StudyError where it cannot be read.
        """
        ...

    def path_of(self, shown: str) -> Path:
        """Return the absolute path of a file named by its path in the study."""
        ...

    def reading_text(self, fields: Mapping[str, object], body: str) -> str:
        """Return the whole text of a reading's file: front matter and Markdown body."""
        ...

    def preview(self, slug: str, text: str) -> Reading:
        """Return the reading that `text` would be, without writing it. Raises StudyError."""
        ...

    def refuse_taken(self, slug: str, replace: bool) -> None:
        """Raise UsageError where a reading of that name exists and `replace` is false."""
        ...

    def save_reading(self, slug: str, text: str, replace: bool) -> Path | None:
        """Write a reading's whole file; return the backup of the user's that keeps the old one.

        Raises UsageError where one exists and `replace` is false, CannotWrite.
        """
        ...

    def save_outline(self, slug: str, text: str) -> str:
        """Write the outline of a reading beside it, and return its path in the study.

        One that stands there is kept in a backup. Raises CannotWrite.
        """
        ...

    def save_notes(self, source: Path, slug: str, reader: str, replace: bool) -> str:
        """Copy a notes file into the study, byte for byte, and return its path there.

        Raises CannotImport where it is no text, UsageError where one exists and `replace` is
        false, CannotWrite.
        """
        ...
