"""What `studygroup import` says of what it did, in words and as JSON."""

from __future__ import annotations

from studygroup.cli.output import counted, faint, say, strong
from studygroup.core.importing import Imported, ImportedNotes
from studygroup.core.reading import Section
from studygroup.core.replacing.replaced import Change, Replaced, shown

_COUNTED = ("rejoined_lines", "dehyphenated", "page_breaks", "footnotes")
"""Repairs that are reported also where there was nothing to mend."""


def as_json(imported: Imported) -> dict[str, object]:
    """Return what is told of a reading that was imported."""
    reading, draft = imported.reading, imported.draft
    told: dict[str, object] = {
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
        "repairs": dict.fromkeys(_COUNTED, 0) | dict(draft.repairs),
        "warnings": list(draft.warnings),
    }
    if imported.outline:
        told["outline"] = imported.outline
    if imported.notes:
        told["notes"] = [
            {"reader": n.reader, "path": n.path, "written": n.written, "known": n.known}
            for n in imported.notes
        ]
    if imported.replaced is not None:
        told["replaced"] = _replaced_json(imported.replaced)
    return told


def _replaced_json(replaced: Replaced) -> dict[str, object]:
    return {
        "backup": None if replaced.backup is None else str(replaced.backup),
        "kept": replaced.kept,
        "moved": [_change_json(change) for change in replaced.moved],
        "lost": [_change_json(change) for change in replaced.lost],
        "renamed": [
            {"section": r.section, "from": r.before, "to": r.after} for r in replaced.renamed
        ],
    }


def _change_json(change: Change) -> dict[str, object]:
    return {
        "kind": change.hung.kind,
        "what": shown(change.hung),
        "path": change.hung.place.path,
        "line": change.hung.place.line,
        "from": _section_json(change.before),
        "to": _section_json(change.after),
        "words_now_in": _section_json(change.now),
    }


def _section_json(section: Section | None) -> dict[str, object] | None:
    return None if section is None else {"section": section.id, "title": section.title}


def show(imported: Imported, dry_run: bool, *, briefly: bool = False) -> None:
    """Print what was imported: its sections, unless `briefly`, and what was mended and replaced."""
    reading, draft = imported.reading, imported.draft
    verb = "Would import" if dry_run else "Imported"
    byline = f", {reading.byline}" if reading.byline else ""
    sections = f", {counted(len(reading.sections), 'section')}" if briefly else ""
    say(f"{verb} {strong(reading.title)}{byline} as {reading.path} ({draft.format}{sections})")
    for section in () if briefly else reading.sections:
        indent = "  " * section.level
        size = f"{section.word_count:,} words, {len(section.paragraphs)} ¶"
        say(f"{indent}{section.title}  {faint(size)}")
    repairs = [f"{k.replace('_', ' ')} {v:,}" for k, v in draft.repairs.items() if v]
    if repairs and not briefly:
        say(faint(f"  repaired: {', '.join(repairs)}"))
    for warning in draft.warnings:
        say(f"  note: {warning}")
    for notes in imported.notes:
        known = f"; {notes.known:,} stood there already" if notes.known else ""
        wrote = "would become notes" if dry_run else "became notes"
        say(f"  {counted(notes.written, 'comment')} by {notes.reader} {wrote}: {notes.path}{known}")
    if imported.outline:
        say(f"  outline: {imported.outline}")
    if imported.replaced is not None:
        _show_replaced(imported.replaced)


def _show_replaced(replaced: Replaced) -> None:
    if replaced.backup is not None:
        say(f"  the file it replaces is kept in {replaced.backup}")
    for one in replaced.renamed:
        say(f"  §{one.before} is headed “{one.after}” now; its id is {one.section} as before")
    for change in replaced.moved:
        to = change.after.title if change.after is not None else ""
        say(f"  moved: {_of(change)}: from §{change.before.title} to §{to}")
    for change in replaced.lost:
        now = f"; its words stand in §{change.now.title} ({change.now.id})" if change.now else ""
        say(f"  {strong('lost its place')}: {_of(change)}: §{change.before.title} is gone{now}")
    if replaced.kept:
        say(faint(f"  kept in place: {replaced.kept:,} (prompts, notes, sessions)"))


def _of(change: Change) -> str:
    return f"{change.hung.kind} “{shown(change.hung)}” ({change.hung.place})"


def notes_json(notes: ImportedNotes) -> dict[str, object]:
    """Return what is told of notes that were taken in."""
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


def show_notes(notes: ImportedNotes) -> None:
    """Print how a reader's notes pair with the sections."""
    file = notes.file
    say(
        f"Took {counted(len(file.notes), 'note')} of {strong(file.reader)} on {notes.reading.title}"
    )
    for heading in file.headings:
        section = notes.reading.section(heading.section) if heading.section else None
        where = f"§{section.title}" if section else "the whole reading"
        say(f"  {heading.text}  {faint('→ ' + where)}")
