"""`studygroup check`: what is broken or missing in the study."""

from __future__ import annotations

from collections.abc import Sequence

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import faint, say, say_json
from studygroup.core.problem import Problem
from studygroup.core.study import Study

PROBLEMS_FOUND = 1
"""The exit code when there are problems."""


@click.command(name="check")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
@pass_context
def command(context: Context, ctx: click.Context, as_json: bool) -> None:
    """List what is broken in the study, each with file and line, and what it still lacks.

    The exit code is 1 when something is broken; what is merely missing doesn't count.

    Example: studygroup check
    """
    study = context.workspace.study
    problems = context.workspace.problems()
    if as_json:
        say_json(
            {
                "problems": [
                    {"path": p.place.path, "line": p.place.line, "what": p.what, "hint": p.hint}
                    for p in problems
                ],
                "readiness": [
                    {"reading": reading, "section": section, "lacks": lacks}
                    for reading, section, lacks in study.readiness()
                ],
            }
        )
    else:
        _show(study, problems)
    if problems:
        ctx.exit(PROBLEMS_FOUND)


def _show(study: Study, problems: Sequence[Problem]) -> None:
    for problem in problems:
        say(str(problem))
    for lacking in _lacking(study):
        say(faint(lacking))
    if not problems:
        say("Nothing is broken.")


def _lacking(study: Study) -> list[str]:
    """Return a sentence for each section that lacks something; one for what no section has."""
    found = []
    for reading in study.readings:
        own = [
            (section, lacks) for slug, section, lacks in study.readiness() if slug == reading.slug
        ]
        nowhere = [
            name
            for name in ("prompts", "notes")
            if len(own) > 1 and sum(name in lacks for _, lacks in own) == len(reading.sections)
        ]
        if nowhere:
            found.append(f"{reading.slug} has no {' and no '.join(nowhere)} yet")
        for section, lacks in own:
            rest = [name for name in lacks if name not in nowhere]
            if rest:
                found.append(f"{reading.slug}#{section} has no {' and no '.join(rest)} yet")
    return found
