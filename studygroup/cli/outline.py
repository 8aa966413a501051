"""`studygroup outline`: sections with their words, prompts and notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import counted, faint, say, say_json, strong, table, warn
from studygroup.core.reading import Reading
from studygroup.core.study import Study


@click.command(name="outline")
@click.argument("reading", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_context
def command(context: Context, reading: str | None, as_json: bool) -> None:
    """List the sections of READING (default: all) with their ids, words, prompts and notes.

    Example: studygroup outline anatomy
    """
    study = context.workspace.study
    readings = study.readings if reading is None else (study.find_reading(reading),)
    discussed = context.workspace.sessions.discussed()
    if as_json:
        say_json({"readings": [_as_json(study, r, discussed) for r in readings]})
        return
    if not readings:
        say("No readings yet. Bring one in: studygroup import FILE")
    for index, found in enumerate(readings):
        if index:
            say()
        _show(study, found, discussed)
    problems = context.workspace.problems()
    if problems:
        warn(f"{counted(len(problems), 'problem')} in the study. List them: studygroup check")


def _as_json(
    study: Study, reading: Reading, discussed: Mapping[tuple[str, str], date]
) -> dict[str, object]:
    return {
        "reading": reading.slug,
        "title": reading.title,
        "author": list(reading.author),
        "kind": reading.kind,
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "level": section.level,
                "paragraphs": len(section.paragraphs),
                "words": section.word_count,
                "prompts": len(study.prompts_of(reading.slug, section.id)),
                "notes": len(study.notes_of(reading.slug, section.id)),
                "note_headings": [
                    {"heading": h.text, "reader": h.reader, "line": h.place.line}
                    for h in study.note_headings_of(reading.slug, section.id)
                ],
                "discussed": _when(discussed.get((reading.slug, section.id))),
            }
            for section in reading.sections
        ],
    }


def _when(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _show(study: Study, reading: Reading, discussed: Mapping[tuple[str, str], date]) -> None:
    byline = f"  {reading.byline}" if reading.byline else ""
    say(strong(reading.title) + faint(f"{byline}  {reading.slug}"))
    rows = [[faint(name) for name in ("section", "words", "prompts", "notes", "discussed", "id")]]
    for section in reading.sections:
        prompts = len(study.prompts_of(reading.slug, section.id))
        notes = len(study.notes_of(reading.slug, section.id))
        rows.append(
            [
                "  " * (section.level - 1) + section.title,
                f"{section.word_count:,}",
                str(prompts or "·"),
                str(notes or "·"),
                _when(discussed.get((reading.slug, section.id))) or "·",
                faint(section.id),
            ]
        )
    table(rows, right=frozenset({1, 2, 3}))
