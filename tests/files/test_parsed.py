import marshal
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.study import Study
from studygroup.files.folder import StudyFolder
from tests import builders

BROKEN = {
    "readings/walk/ben.md": "# Elsewhere\nA note that says “Water finds its own level”.\n",
    "readings/bad.md": "---\nyear: x\n---\n",
    "questions/gone.yaml": "prompts: [Why?, Why?]",
    "questions/more.yaml": "reading: walk\nprompts: [{ask: Who?, section: nowhere, id: lock-why}]",
    "study.yaml": "title: Tuesday group\ntitel: x\n",
}
"""Something wrong of every kind: problems are kept as well."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return builders.write_study(builders.walk_study(tmp_path / "study"), BROKEN)


@pytest.fixture
def kept(home: Path) -> Path:
    return home / "cache" / "parsed"


def load(root: Path, kept: Path) -> Study:
    """Return the study as a new run of the program reads it."""
    return StudyFolder(root, root.parent / "state", kept).load()


def test_a_later_run_sees_the_same_study(root: Path, kept: Path, tmp_path: Path) -> None:
    fresh = load(root, tmp_path / "other")
    assert len(fresh.problems) >= len(BROKEN)
    assert load(root, kept) == fresh
    assert load(root, kept) == fresh


def test_what_is_kept_is_what_was_parsed(root: Path, kept: Path) -> None:
    """A value that is changed in what is kept, with its checksum, is what a later run shows."""
    load(root, kept)
    changed = 0
    for path in kept.iterdir():
        stamp, shown, digest, on, value, problems = marshal.loads(path.read_bytes()[32:])
        if shown == "study.yaml":
            data = marshal.dumps((stamp, shown, digest, on, ("Kept", *value[1:]), problems))
            path.write_bytes(sha256(data).digest() + data)
            changed += 1
    assert changed == 1
    assert load(root, kept).title == "Kept"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("readings/walk.md", "# 1 The Lock", "# 1 The Sluice"),
        ("readings/walk.md", "Boats wait", "Ships wait"),
        ("readings/walk/ana.md", "Too easy", "Too quick"),
        ("questions/walk.yaml", "1-the-lock", "2-the-bridge"),
        ("study.yaml", "Tuesday", "Monday"),
    ],
)
def test_an_edit_between_two_runs_is_seen(
    root: Path, kept: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    before = load(root, kept)
    path = root / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    after = load(root, kept)
    assert after != before
    assert after == load(root, tmp_path / "other")


def test_a_reading_that_appears_or_goes_takes_its_notes_along(
    root: Path, kept: Path, tmp_path: Path
) -> None:
    load(root, kept)
    text = (root / "readings/walk.md").read_text(encoding="utf-8")
    (root / "readings/gone.md").write_text(text, encoding="utf-8")
    (root / "readings/walk.md").unlink()
    after = load(root, kept)
    assert after == load(root, tmp_path / "other")
    assert "there is no reading “walk” for these notes" in "\n".join(map(str, after.problems))


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def other_program(data: bytes) -> bytes:
    _, *rest = marshal.loads(data[32:])
    body = marshal.dumps(("another", *rest[:3], None, ()))
    return sha256(body).digest() + body


@pytest.mark.parametrize("damage", [cut, other_program, lambda _: b""])
def test_what_cannot_be_read_back_is_parsed_again(
    root: Path, kept: Path, damage: Callable[[bytes], bytes]
) -> None:
    fresh = load(root, kept)
    for path in kept.iterdir():
        path.write_bytes(damage(path.read_bytes()))
    assert load(root, kept) == fresh


@settings(max_examples=60)
@given(data=st.data())
def test_no_damage_on_disk_reaches_a_study(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    root, kept = builders.walk_study(folder / "study"), folder / "kept"
    fresh = load(root, kept)
    path = data.draw(st.sampled_from(sorted(kept.iterdir())))
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert load(root, kept) == fresh


def test_no_more_is_kept_than_the_study_has_files(root: Path, kept: Path) -> None:
    load(root, kept)
    (root / "questions/more.yaml").unlink()
    (root / "study.yaml").write_text("title: Less\n", encoding="utf-8")
    (kept / "left-behind.tmp").write_bytes(b"by a program that was killed")
    load(root, kept)
    files = [p for p in root.rglob("*") if p.is_file()]
    assert len(list(kept.iterdir())) == len(files)


@pytest.mark.skipif(os.name == "nt", reason="folders there have no such modes")
def test_a_folder_that_others_may_use_is_not_used(root: Path, kept: Path) -> None:
    fresh = load(root, kept)
    kept.chmod(0o770)
    for path in kept.iterdir():
        path.write_bytes(b"theirs")
    assert load(root, kept) == fresh
    assert {path.read_bytes() for path in kept.iterdir()} == {b"theirs"}


def test_a_study_is_read_where_nothing_can_be_kept(root: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text("a file where the folder should be", encoding="utf-8")
    assert load(root, kept).reading("walk") is not None


@pytest.mark.skipif(os.name == "nt", reason="folders there have no such modes")
def test_what_is_kept_is_the_users_alone(root: Path, kept: Path) -> None:
    load(root, kept)
    assert kept.stat().st_mode & 0o777 == 0o700
