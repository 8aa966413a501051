"""Bringing a document into the study: what is asked, what came of it, and the importer's port."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from studygroup.core.draft import Draft
from studygroup.core.note import NoteFile
from studygroup.core.reading import Reading
from studygroup.core.text import slug

IMPORT_FORMATS = ("plain-text", "extracted-text", "thread", "markdown")
"""The formats that can be asked for by name; each has an importer."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A file to import, and what its importer should not have to guess."""

    path: Path
    slug: str | None = None
    title: str | None = None
    author: str | None = None
    year: int | None = None
    format: str | None = None
    replace: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that became a reading, and the draft that tells how."""

    reading: Reading
    draft: Draft


@dataclass(frozen=True, slots=True)
class ImportedNotes:
    """A notes file that was taken into the study, paired with its reading."""

    reading: Reading
    file: NoteFile


class Importer(Protocol):
    """The port to the importers."""

    def read(self, path: Path, format: str | None) -> Draft:
        """Return the document as a draft. Raises CannotImport."""
        ...

    def render(self, draft: Draft) -> str:
        """Return the draft's body as Markdown."""
        ...


def slug_for(draft: Draft, path: Path) -> str:
    """Return a reading's id for a draft: the file's name, which a person chose."""
    return slug(path.stem) if slug(path.stem, "") else slug(draft.title)


def front_matter(draft: Draft, name: str) -> Mapping[str, object]:
    """Return the front matter of a reading made of `draft`, which came in a file of that name.

    Values are texts, numbers, lists and mappings.
    """
    imported = {"from": name, "sha256": draft.digest, "importer": draft.format}
    return {**draft.facts(), "imported": imported}
