"""The command line that opens a reader's editor at a place."""

from pathlib import Path

import pytest

from studygroup.core.errors import UsageError
from studygroup.tui.editor import chosen_editor, command_line


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vim", ["vim", "+12", "notes.md"]),
        ("emacs -nw", ["emacs", "-nw", "+12", "notes.md"]),
        ("hx", ["hx", "notes.md:12"]),
        ("code", ["code", "--wait", "--goto", "notes.md:12"]),
        ("/usr/bin/subl -w", ["/usr/bin/subl", "-w", "notes.md:12"]),
    ],
)
def test_every_editor_is_told_the_line_in_its_own_way(editor: str, expected: list[str]) -> None:
    assert command_line(editor, Path("notes.md"), 12) == expected


def test_visual_is_preferred_to_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "one")
    monkeypatch.setenv("EDITOR", "two")
    assert chosen_editor() == "one"
    monkeypatch.setenv("VISUAL", " ")
    assert chosen_editor() == "two"


def test_without_any_editor_the_reader_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="export EDITOR="):
        chosen_editor()
