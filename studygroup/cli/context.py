"""What commands share: the study that is meant, opened when a command first needs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from studygroup.core.meeting.recording import Recording
    from studygroup.core.quoting.audit import Audit
    from studygroup.core.workspace import Workspace


class Context:
    """What commands share: the study asked for, opened when a command first needs it."""

    def __init__(self, study: str | None) -> None:
        self.study = study
        self._workspace: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace of the study asked for. Raises StudyError where there is none."""
        if self._workspace is None:
            from studygroup.bootstrap import locate_study, open_workspace

            self._workspace = open_workspace(locate_study(self.study))
        return self._workspace

    def record(self, session: str, recorder: str) -> Recording:
        """Return a recording of a session (see `open_recording`), without opening the study."""
        from studygroup.bootstrap import locate_study, open_recording

        return open_recording(locate_study(self.study), session, recorder)


pass_context: Callable[[Callable[..., Any]], Callable[..., Any]]
pass_context = click.make_pass_decorator(Context)


def keep_found(workspace: Workspace, audit: Audit, *, accept: bool = False) -> None:
    """Remember where quotations stand (see `Workspace.keep_found`); say it where that fails."""
    from studygroup.cli.output import warn
    from studygroup.core.errors import CannotWrite

    try:
        workspace.keep_found(audit, accept=accept)
    except CannotWrite as error:
        warn(f"Where quotations stand could not be remembered: {error}")
