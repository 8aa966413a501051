"""The screen: the app, its screens and panels. It knows the core only."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from studygroup.core.workspace import Position, Workspace

if TYPE_CHECKING:
    from studygroup.core.draft import Draft


def run(
    workspace: Workspace,
    open_at: Position | None = None,
    session: str = "",
    *,
    say: Callable[[str], None],
) -> None:
    """Open the app on a workspace, at a place (where its reader last stood, unless told).

    With the id of a session, it goes on with that. What could not be recorded is handed to `say`
    in sentences once the terminal is free again. Raises SystemExit where the app did not end by
    the reader's own wish.
    """
    # What is made while the app starts stays: looking through it for garbage only takes time. The
    # app lets the collector work again once it has started.
    gc.disable()
    from studygroup.tui.app import StudygroupApp

    app = StudygroupApp(workspace, open_at, session)
    try:
        app.run()
    finally:
        gc.enable()
        workspace.finder.close()
        if app.left_behind:
            say(app.left_behind)
    if app.return_code:
        raise SystemExit(app.return_code)


def review(draft: Draft, literal: Callable[[str], str]) -> Draft | None:
    """Show the outline that a draft proposes; return the draft as corrected, None if it is left.

    `literal` makes Markdown of a heading that somebody typed. Raises SystemExit where the app did
    not end by the reviewer's own wish.
    """
    from studygroup.tui.review import ReviewApp

    app = ReviewApp(draft, literal)
    reviewed = app.run()
    if app.return_code:
        raise SystemExit(app.return_code)
    return reviewed
