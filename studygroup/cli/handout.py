"""`studygroup handout`: a reading with its prompts and notes as a file to print."""

from __future__ import annotations

from pathlib import Path

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.export import STANDARD_OUTPUT, chosen, format_option, output_option, report
from studygroup.cli.output import say_file
from studygroup.core.export import HANDOUT_FORMATS


@click.command(name="handout")
@click.argument("reading", metavar="READING")
@format_option(HANDOUT_FORMATS)
@output_option("handouts/READING.FORMAT in the study")
@pass_context
def command(context: Context, reading: str, format_: str | None, output: Path | None) -> None:
    """Write READING with its prompts and notes to a file to print before a meeting.

    Section by section: the text with numbered paragraphs, the prompts with room to write, and
    every reader's notes. A Markdown file keeps what people wrote in it, as the write-up does.

    Example: studygroup handout anatomy --format html
    """
    format_ = chosen(format_, output, HANDOUT_FORMATS)
    if output == STANDARD_OUTPUT:
        say_file(context.workspace.hand_out(reading, format_).data)
        return
    report(*context.workspace.handout(reading, format_, output))
