"""`studygroup read`, and `studygroup` alone: opens the app."""

from __future__ import annotations

import sys

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import warn
from studygroup.core.errors import UsageError
from studygroup.core.workspace import Position


@click.command(name="read")
@click.argument("place", metavar="[READING[#SECTION]]", required=False)
@pass_context
def command(context: Context, place: str | None) -> None:
    """Open the app, at READING or one of its sections; default: where you last stood.

    Example: studygroup read "anatomy#6. What then?"
    """
    open_app(context, place)


def open_app(context: Context, place: str | None = None, session: str = "") -> None:
    """Open the app on the study, and on a session if its id is given.

    Raises StudyError, and UsageError for an unknown place.
    """
    workspace = context.workspace
    position = None
    if place is not None:
        name, _, heading = place.partition("#")
        reading = workspace.study.find_reading(name)
        section = workspace.study.find_section(reading, heading) if heading else None
        first = section or next(iter(reading.sections), None)
        if first is None:
            raise UsageError(f"{reading.slug} is empty")
        position = Position(reading.slug, first.id)
    if not sys.stdout.isatty() or not sys.stdin.isatty():
        raise UsageError("the app needs a terminal", hint="In a pipe, use: studygroup outline")
    from studygroup.tui import run

    run(workspace, position, session, say=warn)
