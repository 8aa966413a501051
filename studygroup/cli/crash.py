"""What a user sees of an error nobody foresaw: one sentence, and where the details are."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from studygroup import __version__
from studygroup.cli.output import say_error

UNFORESEEN = 70
"""The exit code of an error inside the program (EX_SOFTWARE of sysexits.h)."""


def report(error: Exception) -> None:
    """Write the traceback of `error` to a file of the user's and say where it is."""
    from studygroup.bootstrap import crash_folder

    now = datetime.now(UTC)
    details = "".join(traceback.format_exception(error))
    path = crash_folder() / f"crash-{now:%Y%m%dT%H%M%S%f}.txt"
    sentence = f"something went wrong inside the program ({type(error).__name__})"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"studygroup {__version__}\n{details}", encoding="utf-8", errors="replace")
    except OSError:
        say_error(f"{sentence}, and its details could not be saved")
    else:
        say_error(f"{sentence}. What is recorded is safe; the details are in {path}")
