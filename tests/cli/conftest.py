"""Where commands are run: in the folder of a small study."""

from pathlib import Path

import pytest

from tests import builders


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study of one reading; it is the current folder."""
    root = builders.walk_study(tmp_path / "study")
    monkeypatch.chdir(root)
    return root
