"""`studygroup export`: a session's notes as a file."""

from __future__ import annotations

from pathlib import Path

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import say, warn
from studygroup.core.export import SESSION_FORMATS, Exported


@click.command(name="export")
@click.argument("session", metavar="ID")
@click.option(
    "--format", "format_", type=click.Choice(SESSION_FORMATS), default="md", show_default=True
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to; default: write-up.FORMAT beside the session's journal.",
)
@pass_context
def command(context: Context, session: str, format_: str, output: Path | None) -> None:
    """Write the notes of session ID (or of the one that begins so) to a file.

    Exported again, the file keeps what people wrote in it: text outside the generated blocks, and
    every block that somebody edited.

    Example: studygroup export 2026-11-22
    """
    report(*context.workspace.export(session, format_, output))


def report(path: Path, exported: Exported) -> None:
    """Say which file was written, and which parts of it were left as people had them."""
    for name in exported.kept:
        warn(f"left alone, because it was edited: {name}")
    for name in exported.left_out:
        warn(f"left out, because it was removed: {name}")
    say(f"Wrote {_shown(path)}")


def _shown(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
