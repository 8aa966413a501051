"""`studygroup import`: brings texts, or a reader's notes, into the study."""

from __future__ import annotations

from pathlib import Path

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import counted, faint, say, say_error, say_json, strong
from studygroup.core.errors import StudygroupError, UsageError
from studygroup.core.importing import IMPORT_FORMATS, Imported, ImportedNotes, ImportRequest
from studygroup.core.text import slug


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
    notes_of: str | None,
    reader: str | None,
    dry_run: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """Bring each FILE into the study as a reading: sections found, paragraphs made whole.

    With --notes-of, FILE is a reader's own notes, kept byte for byte.

    \b
    Examples: studygroup import essay.txt
              studygroup import my-notes.md --notes-of essay --reader ana
    """
    if len(files) > 1 and (name or title or notes_of):
        raise UsageError("--as, --title and --notes-of are for one file")
    if bool(notes_of) != bool(reader):
        raise UsageError("--notes-of READING and --reader NAME go together")
    if notes_of and reader:
        if dry_run:
            raise UsageError("--dry-run is for readings; notes are taken as they are")
        notes = context.workspace.import_notes(files[0], notes_of, slug(reader), replace)
        say_json({"notes": [_notes_json(notes)]}) if as_json else _show_notes(notes)
        return
    done: list[Imported] = []
    failed = 0
    for path in files:
        request = ImportRequest(
            path, slug(name) if name else None, title, author, year, format_, replace, dry_run
        )
        try:
            imported = context.workspace.import_reading(request)
        except StudygroupError as error:
            if len(files) == 1:
                raise
            say_error(str(error))
            failed = error.exit_code
            continue
        done.append(imported)
        if not as_json:
            _show(imported, dry_run)
    if as_json:
        say_json({"imported": [_as_json(i) for i in done]})
    if failed:
        ctx.exit(failed)


def _as_json(imported: Imported) -> dict[str, object]:
    reading, draft = imported.reading, imported.draft
    counted = ("rejoined_lines", "dehyphenated", "page_breaks", "footnotes")
    return {
        "reading": reading.slug,
        "path": reading.path,
        "title": reading.title,
        "author": list(reading.author),
        "year": reading.year,
        "format": draft.format,
        "sections": [
            {
                "id": s.id,
                "title": s.title,
                "level": s.level,
                "paragraphs": len(s.paragraphs),
                "words": s.word_count,
            }
            for s in reading.sections
        ],
        "repairs": dict.fromkeys(counted, 0) | dict(draft.repairs),
        "warnings": list(draft.warnings),
    }


def _show(imported: Imported, dry_run: bool) -> None:
    reading, draft = imported.reading, imported.draft
    verb = "Would import" if dry_run else "Imported"
    byline = f", {reading.byline}" if reading.byline else ""
    say(f"{verb} {strong(reading.title)}{byline} as {reading.path} ({draft.format})")
    for section in reading.sections:
        indent = "  " * section.level
        paragraphs = len(section.paragraphs)
        size = f"{section.word_count:,} words, {paragraphs} ¶"
        say(f"{indent}{section.title}  {faint(size)}")
    repairs = [f"{k.replace('_', ' ')} {v:,}" for k, v in draft.repairs.items() if v]
    if repairs:
        say(faint(f"  repaired: {', '.join(repairs)}"))
    for warning in draft.warnings:
        say(f"  note: {warning}")


def _notes_json(notes: ImportedNotes) -> dict[str, object]:
    return {
        "reading": notes.reading.slug,
        "reader": notes.file.reader,
        "path": notes.file.path,
        "notes": len(notes.file.notes),
        "headings": [
            {"heading": h.text, "section": h.section, "paired": h.paired, "line": h.place.line}
            for h in notes.file.headings
        ],
    }


def _show_notes(notes: ImportedNotes) -> None:
    file = notes.file
    say(
        f"Took {counted(len(file.notes), 'note')} of {strong(file.reader)} on {notes.reading.title}"
    )
    for heading in file.headings:
        section = notes.reading.section(heading.section) if heading.section else None
        where = f"§{section.title}" if section else "the whole reading"
        say(f"  {heading.text}  {faint('→ ' + where)}")
