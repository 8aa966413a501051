"""Opening a file at a line in the reader's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from textual.app import App, SuspendNotSupported

from studygroup.core.errors import UsageError

_FALLBACKS = ("sensible-editor", "nano", "vim", "vi")
_COLON_LINE = {"code", "codium", "cursor", "subl", "zed", "hx", "helix", "micro"}
_NEEDS_WAIT = {"code", "codium", "cursor", "subl", "zed"}


def command_line(editor: str, path: Path, line: int) -> list[str]:
    """Return the command that opens `path` at `line` in `editor`, a command with its arguments."""
    words = shlex.split(editor)
    name = Path(words[0]).stem
    if name not in _COLON_LINE:
        return [*words, f"+{line}", str(path)]
    if name in _NEEDS_WAIT and not {"-w", "--wait"} & set(words):
        words.append("--wait")
    goto = ["--goto"] if name in {"code", "codium", "cursor"} else []
    return [*words, *goto, f"{path}:{line}"]


def chosen_editor() -> str:
    """Return `$VISUAL`, `$EDITOR`, or an editor that is on this machine; raises UsageError."""
    for name in ("VISUAL", "EDITOR"):
        if os.environ.get(name, "").strip():
            return os.environ[name]
    for name in _FALLBACKS:
        if shutil.which(name):
            return name
    raise UsageError("no editor is known", hint="Name one: export EDITOR=nano")


def edit(app: App[object], path: Path, line: int) -> None:
    """Hand the terminal to the editor until it is done. Raises UsageError where that fails."""
    try:
        command = command_line(chosen_editor(), path, line)
    except (ValueError, IndexError) as error:
        raise UsageError(f"$EDITOR is no command: {error}") from error
    failed: OSError | None = None
    try:
        with app.suspend():
            # Nothing may be raised in here: the terminal would not be taken back.
            try:
                subprocess.run(command, check=False)
            except OSError as error:
                failed = error
    except SuspendNotSupported as error:
        raise UsageError(f"no editor can be opened here; the place is {path}:{line}") from error
    if failed is not None:
        what = f"the editor {command[0]} did not start: {failed.strerror}"
        raise UsageError(what, hint="Name another one: export EDITOR=nano")
