"""A small study on disk and the app on it, for the tests of the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from studygroup.bootstrap import open_workspace
from studygroup.core.workspace import Position
from studygroup.tui.app import StudygroupApp
from tests.builders import WALK, WALK_NOTES, WALK_PROMPTS, write_study
from tests.tui.driving import NOTICES, OpenApp
from tests.tui.rest import rest


@pytest.fixture(autouse=True)
def waits_no_longer_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and pauses of a pilot end when the app is at rest."""
    monkeypatch.setattr("textual.app.wait_for_idle", rest)
    monkeypatch.setattr("textual.pilot.wait_for_idle", rest)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the program keeps what it remembers; the reader is Ana."""
    monkeypatch.setenv("STUDYGROUP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYGROUP_READER", "ana")
    return tmp_path / "home"


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    """A study of two readings, with prompts and one reader's notes."""
    return write_study(
        tmp_path / "study",
        {
            "readings/walk.md": WALK,
            "readings/walk/ana.md": WALK_NOTES,
            "questions/walk.yaml": WALK_PROMPTS,
            "readings/notices.md": NOTICES,
        },
    )


@pytest.fixture
def open_app(root: Path) -> OpenApp:
    """Make the app on the study, opened at a place."""

    def make(
        reading: str | None = "walk", section: str = "1-the-lock", paragraph: int = 1
    ) -> StudygroupApp:
        position = None if reading is None else Position(reading, section, paragraph)
        return StudygroupApp(open_workspace(root), position)

    return make
