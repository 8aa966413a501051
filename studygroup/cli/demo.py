"""`studygroup demo`: copies the shipped study and opens it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studygroup.cli.context import Context
from studygroup.cli.output import ask, faint, say

BEGINS_AT = ("anatomy-of-the-micro-sect", "5-the-rut-we-are-in")
"""A section with something in every pane: prompts, notes of three readers, and what quotes it."""


@click.command(name="demo")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def command(folder: Path | None) -> None:
    """Copy the shipped study to DIR (default: a folder of yours for data) and open it.

    Where a study is already, you are asked whether to open it or to copy the demo beside it.
    Without a terminal, the demo is only copied, and what is there is left as it is.

    Its texts are guides that stand in for the texts themselves. Who has one of these puts it in the
    guide's place: studygroup import FILE --as SLUG --replace. Prompts and notes stay beside it.

    Example: studygroup demo
    """
    from studygroup.bootstrap import copy_demo, folder_beside

    at_terminal = sys.stdout.isatty() and sys.stdin.isatty()
    target, copied = copy_demo(folder)
    if not copied:
        say(f"There is a study in {target} already; nothing of it was touched.")
        if not at_terminal:
            say(faint("For a fresh demo, name another folder: studygroup demo DIR"))
            return
        beside = folder_beside(target)
        say(f"A fresh copy of the demo would go to {beside}")
        answer = ask("Open what is there, or copy afresh", ("open", "copy", "quit"))
        if answer == "quit":
            return
        if answer == "copy":
            target, copied = copy_demo(beside)
    if copied:
        _say_what_it_is(target)
    if at_terminal:
        _open(target, fresh=copied)


def _say_what_it_is(target: Path) -> None:
    say(f"The demo is in {target}")
    say(
        faint(
            "Its texts are reading guides. Put your own copy in a guide's place, there:\n"
            "studygroup import FILE --as anatomy-of-the-micro-sect --replace"
        )
    )


def _open(target: Path, *, fresh: bool) -> None:
    """Open the app where the reader last stood; at first, where there is most to see."""
    from studygroup.cli.read import open_app

    context = Context(str(target))
    workspace = context.workspace
    reading, section = BEGINS_AT
    found = workspace.study.reading(reading)
    new = fresh or workspace.last_position() is None
    begins = new and found is not None and found.section(section) is not None
    open_app(context, f"{reading}#{section}" if begins else None)
