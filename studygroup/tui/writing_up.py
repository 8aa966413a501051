"""Writing a session up from the screen: beside its journal, and said with where it went."""

from __future__ import annotations

from textual.dom import DOMNode

from studygroup.core.workspace import Workspace
from studygroup.tui.happened import Happened
from studygroup.tui.work import beside


def write_up(node: DOMNode, workspace: Workspace, session: str) -> None:
    """Write a session's write-up in Markdown and say where, and what was left alone."""

    def export() -> str:
        path, exported = workspace.export(session, "md", None)
        kept = ", ".join(exported.kept)
        return f"Written: {path}." + (f" Left alone, because edited: {kept}." if kept else "")

    def written(sentence: str) -> None:
        node.app.notify(sentence, markup=False)
        node.app.post_message(Happened("export"))

    beside(node, export, written, group="export")
