"""Bringing a document into the study: what is asked, what came of it, and the importer's port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport, Place, sentence
from studygroup.core.note import NoteFile
from studygroup.core.reading import Reading
from studygroup.core.text import slug

if TYPE_CHECKING:
    from studygroup.core.outlining.outline_text import Wanted
    from studygroup.core.remarks import TakenNotes
    from studygroup.core.replacing.replaced import Replaced

IMPORT_FORMATS = (
    "plain-text",
    "extracted-text",
    "thread",
    "markdown",
    "pdf",
    "html",
    "epub",
    "docx",
    "mail",
)
"""The formats that can be asked for by name; each has an importer."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A file to import, and what its importer should not have to guess.

    `outline` is a file that names its headings; with `write_outline` they are written into one
    beside the reading. `part` is the number of the part that alone is wanted, from 1. Without
    `comments` those that stand in the document are left out.
    """

    path: Path
    slug: str | None = None
    title: str | None = None
    author: str | None = None
    year: int | None = None
    format: str | None = None
    replace: bool = False
    dry_run: bool = False
    outline: Path | None = None
    write_outline: bool = False
    part: int | None = None
    comments: bool = True


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that became a reading, and the draft that tells how.

    `outline` is the path in the study of the outline that was written, if one was; `replaced` what
    became of what hung on the reading that this one took the place of; `notes` what became of the
    document's comments.
    """

    reading: Reading
    draft: Draft
    outline: str = ""
    replaced: Replaced | None = None
    notes: tuple[TakenNotes, ...] = ()


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

    def outline(self, path: Path) -> tuple[Wanted, ...]:
        """Return the headings that a file names. Raises CannotImport."""
        ...

    def literal(self, text: str) -> str:
        """Return words that somebody typed as Markdown of a heading that reads so."""
        ...


def read_draft(importer: Importer, request: ImportRequest) -> Draft:
    """Return a document, or a part of it, as it is asked for: with what is known of it, and the
    outline given.

    Raises CannotImport.
    """
    from studygroup.core.parts import part_of

    draft = importer.read(request.path, request.format)
    if request.outline is not None:
        outline = importer.outline(request.outline)
        draft = with_outline(draft, outline, str(request.outline), request.path)
    if request.part is not None:
        try:
            draft = part_of(draft, request.part)
        except CannotImport as error:
            raise CannotImport(
                error.what, place=Place(str(request.path)), hint=error.hint
            ) from error
    return replace(
        draft,
        title=request.title or draft.title,
        author=(request.author,) if request.author else draft.author,
        year=request.year if request.year is not None else draft.year,
    )


def outline_of(draft: Draft) -> str:
    """Return the outline of a draft, as it was corrected, from which it can be had again."""
    from studygroup.core.outlining.outline_text import written_outline
    from studygroup.core.outlining.revision import Revision

    return written_outline(draft.outline or Revision.of(draft.blocks), draft.title)


def with_outline(draft: Draft, outline: Sequence[Wanted], named: str, path: Path) -> Draft:
    """Return a draft with the headings of an outline (a file of that name) and no others.

    Those that the document at `path` doesn't have are among the warnings. Raises CannotImport where
    it has none of them.
    """
    from studygroup.core.outlining.fitting import fit_outline

    revision, missing = fit_outline(draft.blocks, outline)
    if len(missing) == len(outline):
        what = f"no heading of this outline stands in {path.name}"
        raise CannotImport(what, place=Place(named), hint="Is it the outline of another text?")
    told = []
    for one in missing:
        hint = f"Most like it: “{one.near}”." if one.near else None
        place = Place(named, one.wanted.line)
        told.append(sentence(f"no line “{one.wanted.text}” here in {path.name}", place, hint))
    warnings = (*draft.warnings, *told)
    return replace(draft, blocks=revision.blocks, outline=revision, warnings=warnings)


def slug_for(draft: Draft, path: Path) -> str:
    """Return a reading's id for a draft: the file's name, which a person chose."""
    return slug(path.stem) if slug(path.stem, "") else slug(draft.title)


def front_matter(draft: Draft, name: str) -> Mapping[str, object]:
    """Return the front matter of a reading made of `draft`, which came in a file of that name.

    Values are texts, numbers, lists and mappings.
    """
    imported = {"from": name, "sha256": draft.digest, "importer": draft.format}
    if draft.part is not None:
        return {**draft.facts(), "imported": {**imported, "part": draft.part}}
    return {**draft.facts(), "imported": imported}
