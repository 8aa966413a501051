"""`studygroup handout`: a reading with its prompts and notes as a file to print."""

from __future__ import annotations

from pathlib import Path

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.export import chosen, format_option, report
from studygroup.core.export import HANDOUT_FORMATS


@click.command(name="handout")
@click.argument("reading", metavar="READING")
@format_option(HANDOUT_FORMATS)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to; default: handouts/READING.FORMAT in the study.",
)
@pass_context
def command(context: Context, reading: str, format_: str | None, output: Path | None) -> None:
    """Write READING with its prompts and notes to a file to print before a meeting.

    Section by section: the text with numbered paragraphs, the prompts with room to write, and
    every reader's notes. A Markdown file keeps what people wrote in it, as the write-up does.

    Example: studygroup handout anatomy --format html
    """
    format_ = chosen(format_, output, HANDOUT_FORMATS)
    report(*context.workspace.handout(reading, format_, output))
