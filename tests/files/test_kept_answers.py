"""Where quotations stand is kept between runs, and is what a first run finds."""

from pathlib import Path

import pytest

from studygroup.core.quoting.audit import Audit
from tests import builders

ROAD = "# Towns\n\nHere “nobody remembers who built it” is said, and “nobody pays any more”.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return builders.write_study(builders.walk_study(tmp_path / "study"), {"readings/road.md": ROAD})


def audit(root: Path) -> Audit:
    """The audit of a new run of the program."""
    return builders.open_study(root).study.audit


def kept(home: Path) -> Path:
    (folder,) = home.glob("cache/parsed/*-quotations")
    (file,) = folder.iterdir()
    return file


def test_a_later_run_finds_the_same(root: Path, home: Path) -> None:
    first = audit(root)
    assert kept(home).stat().st_mode & 0o077 == 0 or kept(home).parent.stat().st_mode & 0o077 == 0
    assert audit(root) == first


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stands *empty* since the spring", "stands *empty* since the summer"),
        ("Nobody remembers who built it.", "Somebody may remember."),
        ("From the bridge", "The house stands empty since the spring. From the bridge"),
        ("# 1 The Lock", "# 1 The Sluice"),
        ("# 2 The Bridge", "# 2 The Weir\n\nNobody pays any more, it is said.\n\n# 3 The Bridge"),
    ],
)
def test_what_was_edited_between_two_runs_is_sought_anew(
    root: Path, home: Path, old: str, new: str
) -> None:
    assert audit(root).quotations
    (root / "readings/walk.md").write_text(builders.WALK.replace(old, new), encoding="utf-8")
    after = audit(root)
    kept(home).unlink()
    assert after == audit(root)


@pytest.mark.parametrize("damage", [b"", b"nothing of the kind", b"\x00" * 100])
def test_what_is_damaged_is_sought_anew(root: Path, home: Path, damage: bytes) -> None:
    first = audit(root)
    kept(home).write_bytes(damage)
    assert audit(root) == first
