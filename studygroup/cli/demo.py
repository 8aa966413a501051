"""`studygroup demo`: copies the shipped study and opens it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studygroup.cli.context import Context
from studygroup.cli.output import say


@click.command(name="demo")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def command(folder: Path | None) -> None:
    """Copy the shipped study to DIR (default: a folder of yours for data) and open it.

    A demo that is there already is opened as you left it. Without a terminal, it is only copied.

    Example: studygroup demo
    """
    from studygroup.bootstrap import copy_demo

    target, copied = copy_demo(folder)
    say(f"The demo is in {target}{'' if copied else ', as you left it'}")
    if sys.stdout.isatty() and sys.stdin.isatty():
        from studygroup.cli.read import open_app

        open_app(Context(str(target)))
