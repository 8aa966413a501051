"""`studygroup init`: makes a folder a study."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from studygroup.cli.output import say


@click.command(name="init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--title", metavar="T", help="The study's title; default: the folder's name.")
def command(folder: Path, title: str | None) -> None:
    """Make DIR (default: this folder) a study: a place for readings, questions and notes.

    Example: studygroup init my-study --title "Tuesday group"
    """
    from studygroup.bootstrap import new_study

    new_study(folder, title)
    where = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    say(f"Made a study in {folder.resolve().name}. Next: {where}studygroup import FILE")
