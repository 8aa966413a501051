"""`studygroup export`: a session's notes as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import say, say_file, warn
from studygroup.core.errors import UsageError
from studygroup.core.export import SESSION_FORMATS, Exported

Command = TypeVar("Command", bound=Callable[..., object])

STANDARD_OUTPUT = Path("-")
"""What is given as a file to have its content printed."""


def format_option(formats: Sequence[str]) -> Callable[[Command], Command]:
    """Return the option `--format` of a command that writes a file in one of `formats`."""
    help_ = "Default: what FILE ends in, else md."
    return click.option("--format", "format_", type=click.Choice(formats), help=help_)


def output_option(default: str) -> Callable[[Command], Command]:
    """Return the option `-o` of a command that writes a file: a path in a folder that exists."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        callback=_in_a_folder,
        help=f"Where to; - prints it. Default: {default}.",
    )


def _in_a_folder(
    _context: click.Context, _option: click.Parameter, output: Path | None
) -> Path | None:
    if output is not None and not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent}", hint="Make it first.")
    return output


def chosen(format_: str | None, output: Path | None, formats: Sequence[str]) -> str:
    """Return the format asked for: by name, by the file's extension, else Markdown."""
    ending = "" if output is None else output.suffix[1:].lower()
    return format_ or (ending if ending in formats else formats[0])


@click.command(name="export")
@click.argument("session", metavar="ID")
@format_option(SESSION_FORMATS)
@output_option("write-up.FORMAT beside the session's journal")
@pass_context
def command(context: Context, session: str, format_: str | None, output: Path | None) -> None:
    """Write the notes of session ID (or of the one that begins so) to a file.

    Exported again, a Markdown file keeps what people wrote in it: text outside the generated
    blocks, and every block that somebody edited.

    Example: studygroup export 2026-11-22 -o notes.html
    """
    format_ = chosen(format_, output, SESSION_FORMATS)
    if output == STANDARD_OUTPUT:
        say_file(context.workspace.write_up(session, format_).data)
        return
    report(*context.workspace.export(session, format_, output))


def report(path: Path, exported: Exported) -> None:
    """Say which file was written, and which parts of it were left as people had them."""
    for name in exported.kept:
        warn(f"left alone, because it was edited: {name}")
    for name in exported.left_out:
        warn(f"left out, because it was removed: {name}")
    if exported.replaced is not None:
        warn(f"what stood there had been changed by hand, and is kept in {exported.replaced}")
    say(f"Wrote {_shown(path)}")


def _shown(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
