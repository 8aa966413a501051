"""The `studygroup` command: finds the command asked for, and turns errors into sentences."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from studygroup import __version__
from studygroup.cli.context import Context
from studygroup.cli.output import say_error
from studygroup.core.errors import StudygroupError, UsageError, sentence

COMMANDS = {
    "demo": "Copy the shipped study and open it.",
    "init": "Make a folder a study.",
    "import": "Bring texts or a reader's notes into the study.",
    "read": "Open the app, at a reading or section if you like.",
    "outline": "List sections with words, prompts and notes.",
    "search": "Find words in texts, prompts, notes and minutes.",
    "quotes": "List quotations, where their words stand and how exact they are.",
    "locate": "Say where words stand in the readings, as a citation.",
    "check": "List what is broken or missing in the study.",
    "handout": "Write a reading with its prompts and notes to a file to print.",
    "session": "Start, record, list, show and close sessions.",
    "export": "Write a session's write-up to a file.",
}
"""Every command and its line of help, in the order of `--help`; each lives in the module of its
name (`import` in `import_`), as the click command `command`, and is loaded when it is used."""


class _Commands(click.Group):
    """Loads a command's module only when that command is used; help needs none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"studygroup.cli.{'import_' if name == 'import' else name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="studygroup %(version)s")
@click.option("--study", metavar="DIR", help="The study, if it is not in this folder or above.")
@click.pass_context
def cli(ctx: click.Context, study: str | None) -> None:
    """Read a text together: sections, prompts, notes, search and minutes on one screen.

    Alone, it opens the study found here.

    Example: studygroup demo
    """
    ctx.obj = Context(study)
    if ctx.invoked_subcommand is None:
        from studygroup.cli.read import open_app

        open_app(ctx.obj)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; no traceback reaches a user."""
    try:
        code = cli.main(arguments, prog_name="studygroup", standalone_mode=False)
    except StudygroupError as error:
        say_error(str(error))
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        say_error("stopped")
        sys.exit(130)
    except click.ClickException as error:
        say_error(_usage(error))
        sys.exit(UsageError.exit_code)
    except Exception as error:  # noqa: BLE001 - the last line: nobody is shown a traceback
        from studygroup.cli import crash

        crash.report(error)
        sys.exit(crash.UNFORESEEN)
    sys.exit(code if isinstance(code, int) else 0)


def _usage(error: click.ClickException) -> str:
    ctx = getattr(error, "ctx", None)
    hint = f"See: {ctx.command_path} --help" if ctx else None
    return sentence(error.format_message().rstrip("."), None, hint)
