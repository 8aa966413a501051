"""`studygroup check`: what is broken or missing in the study."""

from __future__ import annotations

from collections.abc import Sequence

import click

from studygroup.cli.context import Context, keep_found, pass_context
from studygroup.cli.output import faint, say, say_json
from studygroup.core.problem import Problem
from studygroup.core.quoting.telling import findings
from studygroup.core.study import Study

PROBLEMS_FOUND = 1
"""The exit code when there are problems."""


@click.command(name="check")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
@pass_context
def command(context: Context, ctx: click.Context, as_json: bool) -> None:
    """List what is broken in the study, each with file and line, and what it still lacks.

    Quotations in notes and passages of prompts are broken when they are not word for word, or stand
    in no reading; what else is to be said of quotations follows. The exit code is 1 when something
    is broken; what is merely missing doesn't count.

    Example: studygroup check
    """
    workspace = context.workspace
    study = workspace.study
    audit = workspace.quotations()
    found = findings(study, audit)
    problems = (*workspace.problems(), *found.broken)
    if as_json:
        say_json(
            {
                "problems": [_as_json(problem) for problem in problems],
                "remarks": [_as_json(problem) for problem in found.told],
                "readiness": [
                    {"reading": reading, "section": section, "lacks": lacks}
                    for reading, section, lacks in study.readiness()
                ],
            }
        )
    else:
        _show(study, problems, found.told)
    keep_found(workspace, audit, accept=True)
    if problems:
        ctx.exit(PROBLEMS_FOUND)


def _as_json(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {"path": place.path, "line": place.line, "what": problem.what, "hint": problem.hint}


def _show(study: Study, problems: Sequence[Problem], told: Sequence[Problem]) -> None:
    for problem in (*problems, *told):
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
