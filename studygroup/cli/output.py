"""The only writer to standard output and standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

import click

from studygroup.core.text import clean

_Item = TypeVar("_Item")

_SOON = 0.5
"""Seconds within which nobody needs to be told of progress."""


def say(text: str = "") -> None:
    """Print a line; style codes in it are dropped where the output is no terminal."""
    _echo(text)


def warn(text: str) -> None:
    """Print a line to standard error."""
    click.echo(text, err=True)


def say_json(document: Mapping[str, object]) -> None:
    """Print one JSON document and nothing else."""
    _echo(json.dumps(document, ensure_ascii=False, indent=2))


def say_json_line(document: Mapping[str, object]) -> None:
    """Print a JSON document as one line, at once."""
    _echo(json.dumps(document, ensure_ascii=False))


def say_file(data: bytes) -> None:
    """Print a file's content and nothing else."""
    _echo(data, newline=False)


def say_error(sentence: str) -> None:
    """Print an error: one sentence to standard error."""
    click.echo(f"studygroup: {' '.join(sentence.split())}", err=True)


def ask(question: str, answers: Sequence[str]) -> str:
    """Return which of `answers` is given at the terminal, by its first letter; Enter is the first.

    The end of input is the last one.
    """
    letters = {answer[0]: answer for answer in answers}
    offered = "/".join(f"[{answer[0]}]{answer[1:]}" for answer in answers)
    while True:
        try:
            given = click.prompt(f"{question}? {offered}", default="", show_default=False)
        except click.Abort:
            _echo("")
            return answers[-1]
        word = str(given).strip().casefold()
        found = answers[0] if not word else letters.get(word[0])
        if found is not None and found.startswith(word):
            return found


def strong(text: str) -> str:
    """Mark text as bold where the output can show it."""
    return click.style(text, bold=True)


def faint(text: str) -> str:
    """Mark text as dim where the output can show it."""
    return click.style(text, dim=True)


def struck(text: str) -> str:
    """Mark text as struck where the output can show it."""
    return click.style(text, strikethrough=True)


def underlined(text: str) -> str:
    """Mark text as underlined where the output can show it."""
    return click.style(text, underline=True)


def coloured(text: str, colour: str) -> str:
    """Give text a colour, by its ANSI name, where the output can show it."""
    return click.style(text, fg=colour, bold=True)


def found(text: str) -> str:
    """Mark text as what was searched for."""
    return click.style(text, bold=True, underline=True)


def table(rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> None:
    """Print rows in aligned columns, the columns in `right` flush right; for a pipe, in tabs."""
    rows = [list(row) for row in rows]
    if not sys.stdout.isatty():
        for row in rows:
            _echo("\t".join(click.unstyle(cell) for cell in row))
        return
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            " " * (width - _width(cell)) + cell
            if index in right
            else cell + " " * (width - _width(cell))
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: “1 problem”, “2 problems”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def cut(text: str, width: int, *, from_end: bool = False) -> str:
    """Return as much of `text` as `width` columns hold, from its end flush right if so asked."""
    from rich.cells import cell_len, set_cell_size

    if from_end:
        while cell_len(text) > width:
            text = text[1:]
        return " " * (width - cell_len(text)) + text
    return set_cell_size(text, width).rstrip()


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """Give a function that shows on a terminal which share of something is done, from 0 to 1."""
    shown = sys.stderr.isatty()
    began = monotonic()

    def tell(share: float) -> None:
        if shown and monotonic() - began > _SOON:
            click.echo(f"\r{what}: {share:.0%}", err=True, nl=False)

    try:
        yield tell
    finally:
        if shown and monotonic() - began > _SOON:
            click.echo("\r" + " " * (len(what) + 6) + "\r", err=True, nl=False)


def each_with_bar(items: Sequence[_Item], what: str) -> Iterator[_Item]:
    """Yield the items; at a terminal a bar on standard error shows how many are done."""
    if not sys.stderr.isatty() or len(items) < 2:
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    name = TextColumn("{task.description}", markup=False)
    bar = Progress(
        name,
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[item]}", markup=False),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task(what, total=len(items), item="")
        for item in items:
            bar.update(task, item=cut(clean(str(item)), 40, from_end=True))
            yield item
            bar.advance(task)


def _echo(text: str | bytes, *, newline: bool = True) -> None:
    try:
        click.echo(text, nl=newline, color=_colour())
    except BrokenPipeError:
        # The reader of a pipe went away (`studygroup outline | head`): nothing is wrong. Python
        # flushes standard output once more at the end, which must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _width(cell: str) -> int:
    from rich.cells import cell_len

    return cell_len(click.unstyle(cell))


def _colour() -> bool | None:
    return False if os.environ.get("NO_COLOR") else None
