"""The screen: the app, its screens and panels. It knows the core only."""

from __future__ import annotations

from studygroup.core.workspace import Position, Workspace


def run(workspace: Workspace, open_at: Position | None = None, session: str = "") -> None:
    """Open the app on a workspace, at a place (where its reader last stood, unless told).

    With the id of a session, it goes on with that.
    """
    from studygroup.tui.app import StudygroupApp

    try:
        StudygroupApp(workspace, open_at, session).run()
    finally:
        workspace.finder.close()
