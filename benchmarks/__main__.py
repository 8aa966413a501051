"""The command: measures what it is asked for and prints tables, or JSON."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks.options import Options
from benchmarks.registry import TABLES
from benchmarks.table import Table

SECTIONS = "1000,10000"
SECONDS = 20.0


def _sizes(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, ...]:
    try:
        sizes = tuple(sorted({int(size) for size in value.split(",")}))
    except ValueError:
        raise click.BadParameter("numbers with commas between them, as in 1000,10000") from None
    if sizes[0] < 1:
        raise click.BadParameter("a study has one section at least")
    return sizes


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(list(TABLES)))
@click.option(
    "--sections", default=SECTIONS, show_default=True, callback=_sizes, help="Sizes of study."
)
@click.option(
    "--seconds",
    default=SECONDS,
    show_default=True,
    help="About how long each program may take for each measure.",
)
@click.option("--slow", is_flag=True, help="With programs that need minutes, at every size.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def main(
    names: Sequence[str], sections: tuple[int, ...], seconds: float, *, slow: bool, as_json: bool
) -> None:
    """Measure how fast studygroup is beside others, each table in one run on the same data.

    ×2 behind a figure says: twice what studygroup takes. Without NAMES all tables are made.
    """
    if not as_json:
        click.echo(_machine())
    made: list[Table] = []
    for name in names or TABLES:
        with tempfile.TemporaryDirectory(prefix="studygroup-bench-") as folder:
            options = Options(sections, seconds, slow, Path(folder), _tell)
            for table in TABLES[name](options):
                made.append(table)
                if not as_json:
                    click.echo("\n" + "\n".join(table.lines()))
    if as_json:
        document = {"machine": _machine(), "tables": [table.as_json() for table in made]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _tell(what: str) -> None:
    click.echo(f"… {what}", err=True)


def _machine() -> str:
    """Return what kind of machine this is, and how busy: not which."""
    busy = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    cores = os.cpu_count()
    today = datetime.now(tz=UTC).date()
    return f"{today}: {python}, {platform.system()} {platform.machine()}, {cores} cores, {busy}"


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
