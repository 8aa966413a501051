"""`studygroup import`: brings texts, or a reader's notes, into the study."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace as replace_in
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.imported import as_json as imported_json
from studygroup.cli.imported import notes_json, show, show_notes
from studygroup.cli.output import each_with_bar, say_error, say_json
from studygroup.core.errors import (
    CannotImport,
    CannotWrite,
    NotImported,
    Place,
    StudygroupError,
    UsageError,
)
from studygroup.core.importing import IMPORT_FORMATS, Imported, ImportRequest, slug_for
from studygroup.core.text import slug

if TYPE_CHECKING:
    from studygroup.core.draft import Draft
    from studygroup.core.workspace import Workspace


@click.command(name="import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--as", "name", metavar="SLUG", help="The reading's id; default: from the file name.")
@click.option("--title", metavar="T", help="The title, if the text gives another or none.")
@click.option("--author", metavar="A", help="The author, likewise.")
@click.option("--year", metavar="Y", type=int, help="The year, likewise.")
@click.option(
    "--format", "format_", type=click.Choice(IMPORT_FORMATS), help="Default: told from content."
)
@click.option(
    "--outline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take the headings from FILE: one a line, deeper ones indented or with more #.",
)
@click.option(
    "--part",
    metavar="N",
    type=click.IntRange(min=1),
    help="Only the Nth section of the highest level (--dry-run lists them), for a long book.",
)
@click.option("--write-outline", is_flag=True, help="Write the outline beside the reading.")
@click.option(
    "--no-comments", is_flag=True, help="Leave out the comments in a Word document (else: notes)."
)
@click.option("--yes", "-y", is_flag=True, help="Take the outline as proposed, without review.")
@click.option("--notes-of", metavar="READING", help="FILE is a reader's notes on READING.")
@click.option("--reader", metavar="NAME", help="Whose notes they are.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it; write nothing.")
@click.option("--replace", is_flag=True, help="Replace what is there (a backup is kept).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
@pass_context
def command(
    context: Context,
    ctx: click.Context,
    files: tuple[Path, ...],
    name: str | None,
    title: str | None,
    author: str | None,
    year: int | None,
    format_: str | None,
    outline: Path | None,
    part: int | None,
    write_outline: bool,
    no_comments: bool,
    yes: bool,
    notes_of: str | None,
    reader: str | None,
    dry_run: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """Bring each FILE into the study as a reading: sections found, paragraphs made whole.

    A folder stands for the files in it. At a terminal, a single text whose headings had to be
    guessed is shown first, with its outline to be corrected. With --notes-of, FILE is a reader's
    own notes, kept byte for byte.

    \b
    Examples: studygroup import essay.txt
              studygroup import ~/texts --json
              studygroup import essay.txt --outline headings.txt --replace
              studygroup import long-book.epub --part 3
              studygroup import my-notes.md --notes-of essay --reader ana
    """
    asked = ImportRequest(
        files[0],
        _slug(name, files[0], part),
        title,
        author,
        year,
        format_,
        replace,
        dry_run,
        outline,
        write_outline,
        part,
        not no_comments,
    )
    alone = len(files) == 1 and not files[0].is_dir()
    if not alone and (name or title or notes_of or outline or part):
        raise UsageError("--as, --title, --outline, --part and --notes-of are for one file")
    if bool(notes_of) != bool(reader):
        raise UsageError("--notes-of READING and --reader NAME go together")
    if notes_of and reader:
        if dry_run:
            raise UsageError("--dry-run is for readings; notes are taken as they are")
        notes = context.workspace.import_notes(files[0], notes_of, slug(reader), replace)
        say_json({"notes": [notes_json(notes)]}) if as_json else show_notes(notes)
    elif alone:
        imported = _import_one(context.workspace, asked, review=not (yes or as_json))
        told = {"imported": [imported_json(imported)], "failed": []} if as_json else {}
        say_json(told) if as_json else show(imported, dry_run)
    else:
        ctx.exit(_import_all(context.workspace, asked, files, as_json))


def _slug(name: str | None, path: Path, part: int | None) -> str | None:
    """The id asked for; a part's is that of its file with its number."""
    if name:
        return slug(name)
    return slug(f"{path.stem} {part}") if part is not None else None


def _import_one(workspace: Workspace, asked: ImportRequest, *, review: bool) -> Imported:
    """Import a file, reviewed at a terminal where there is something to review.

    Raises what `Workspace.import_draft` does, and NotImported where the reviewer leaves it.
    """
    draft = workspace.read_draft(asked)
    if review and not asked.dry_run and _is_to_be_reviewed(draft):
        workspace.refuse_taken(asked, draft)
        from studygroup.tui import review as review_draft

        reviewed = review_draft(draft, workspace.importer.literal)
        if reviewed is None:
            raise NotImported
        draft = reviewed
    return workspace.import_draft(asked, draft)


def _is_to_be_reviewed(draft: Draft) -> bool:
    return _at_terminal() and draft.is_judged and draft.outline is None


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _import_all(
    workspace: Workspace, asked: ImportRequest, given: Sequence[Path], as_json: bool
) -> int:
    """Import files and what is in folders, one after the other, and return the exit code."""
    done: list[Imported] = []
    failed: list[tuple[Path, StudygroupError]] = []
    files = list(_files(given, failed))
    taken: dict[str, Path] = {}
    for path in each_with_bar(files, "Importing"):
        request = replace_in(asked, path=path)
        try:
            draft = workspace.read_draft(request)
            name = slug_for(draft, path)
            if name in taken:
                what = f"would become the reading {name}, as {taken[name]} did"
                hint = "Import it alone, with --as."
                raise CannotImport(what, place=Place(str(path)), hint=hint)
            done.append(workspace.import_draft(request, draft))
            taken[name] = path
        except StudygroupError as error:
            failed.append((path, error))
    for imported in () if as_json else done:
        show(imported, asked.dry_run, briefly=True)
    for path, why in failed:
        say_error(str(why) if why.place else f"{path}: {why}")
    if as_json:
        told = [{"file": str(path), "error": str(why)} for path, why in failed]
        say_json({"imported": [imported_json(one) for one in done], "failed": told})
    unwritten = any(isinstance(why, CannotWrite) for _, why in failed)
    code = CannotWrite.exit_code if unwritten else CannotImport.exit_code
    return code if failed else 0


def _files(given: Sequence[Path], failed: list[tuple[Path, StudygroupError]]) -> Iterator[Path]:
    """Yield the files, and in folders all that are not hidden, by name, following no links.

    A folder that can't be read, or holds nothing, is added to what failed.
    """
    for path in given:
        if not path.is_dir():
            yield path
            continue
        found = 0
        for folder, inner, names in os.walk(path, onerror=lambda error: _unread(error, failed)):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith(".") and not Path(folder, name).is_symlink():
                    found += 1
                    yield Path(folder, name)
        if not found:
            failed.append((path, CannotImport("no file in this folder", place=Place(str(path)))))


def _unread(error: OSError, failed: list[tuple[Path, StudygroupError]]) -> None:
    path = Path(error.filename)
    what = f"cannot be read: {error.strerror}"
    failed.append((path, CannotImport(what, place=Place(str(path)))))
