import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studygroup.files.loader import SETTLED, Loader
from studygroup.files.parsed import ParsedFiles
from tests import builders

_opened: list[str] | None = None


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened is not None:
        _opened.append(str(arguments[0]))


sys.addaudithook(_listen)  # it can't be taken away again; it costs nothing while nobody listens


@contextmanager
def opened_in(root: Path) -> Iterator[list[str]]:
    """Collect the files below `root` that are opened meanwhile, by their paths in it."""
    global _opened
    _opened = []
    found: list[str] = []
    try:
        yield found
        found += [str(Path(p).relative_to(root)) for p in _opened if Path(p).is_relative_to(root)]
    finally:
        _opened = None


def later() -> int:
    """Tell the time, a while from now: by then the files of a test have come to rest."""
    return time.time_ns() + 2 * SETTLED


def library(root: Path, readings: int) -> Path:
    """Write a study of that many readings, each with notes by two readers and with prompts."""
    for number in range(readings):
        name = f"walk-{number}"
        builders.write_study(
            root,
            {
                f"readings/{name}.md": builders.WALK,
                f"readings/{name}/ana.md": builders.WALK_NOTES,
                f"readings/{name}/ben.md": builders.WALK_NOTES.replace("easy", "hard"),
                f"questions/{name}.yaml": builders.WALK_PROMPTS.replace("walk", name),
            },
        )
    return root


@pytest.fixture(params=[2, 20])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Studies of two sizes: what is done after one edit is the same in both."""
    return library(tmp_path / "study", request.param)


@pytest.fixture
def loader(root: Path, tmp_path: Path) -> Loader:
    return Loader(root, ParsedFiles(tmp_path / "kept"), later)


def test_where_nothing_changed_no_file_is_opened(root: Path, loader: Loader) -> None:
    before = loader.load()
    with opened_in(root) as opened:
        assert loader.load() == before
    assert opened == []


def test_after_one_edit_that_file_is_read_and_all_else_is_as_it_was(
    root: Path, loader: Loader
) -> None:
    before = loader.load()
    with (root / "readings/walk-1/ben.md").open("a", encoding="utf-8") as file:
        file.write("\n# The bridge\nOne note more.\n")
    with opened_in(root) as opened:
        after = loader.load()
    assert opened == ["readings/walk-1/ben.md"]
    assert len(after.notes) == len(before.notes) + 1
    pairs = zip(after.note_files, before.note_files, strict=True)
    assert [new.path for new, old in pairs if new is not old] == opened
    assert all(new is old for new, old in zip(after.readings, before.readings, strict=True))
    assert all(new is old for new, old in zip(after.prompts, before.prompts, strict=True))


def test_with_a_reading_what_hangs_on_it_is_paired_again_and_nothing_else(
    root: Path, loader: Loader
) -> None:
    before = loader.load()
    text = builders.WALK.replace("# 1 The Lock", "# 1 The Lock {#gate}")
    (root / "readings/walk-1.md").write_text(text, encoding="utf-8")
    with opened_in(root) as opened:
        after = loader.load()
    own = {"readings/walk-1.md", "readings/walk-1/ana.md", "readings/walk-1/ben.md"}
    assert set(opened) == {*own, "questions/walk-1.yaml"}
    assert len(after.notes_of("walk-1", "gate")) == 4
    assert [p.id for p in after.prompts_of("walk-1", "gate")] == ["lock-why"]
    pairs = zip(after.note_files, before.note_files, strict=True)
    assert {new.path for new, old in pairs if new is not old} == own - {"readings/walk-1.md"}
    others = zip(after.prompts, before.prompts, strict=True)
    assert {new.reading for new, old in others if new is not old} == {"walk-1"}


def test_prompts_of_several_files_stay_apart_when_one_changes(root: Path, loader: Loader) -> None:
    more = root / "questions/more.yaml"
    more.write_text("reading: walk-1\nprompts: [Who pays for what?]\n", encoding="utf-8")
    before = loader.load()
    more.write_text("reading: walk-1\nprompts: [Who?, Who pays for what?]\n", encoding="utf-8")
    after = loader.load()
    new = [p.id for p in after.prompts if p.place.path == "questions/more.yaml"]
    assert [p.id for p in before.prompts if p.place.path == "questions/more.yaml"] == new[1:]
    ids = [(p.reading, p.id) for p in after.prompts]
    assert len(set(ids)) == len(ids)


def test_a_file_that_was_just_written_is_read_again_whatever_it_looks_like(root: Path) -> None:
    """Two edits within one tick of a file system's clock leave the same times."""
    loader = Loader(root, ParsedFiles(root.parent / "kept"), time.time_ns)
    loader.load()
    with opened_in(root) as opened:
        loader.load()
    assert len(opened) == sum(p.is_file() for p in root.rglob("*"))


def test_a_file_from_the_future_is_read_again_each_time(root: Path, loader: Loader) -> None:
    ahead = later() + 3_600 * 10**9
    os.utime(root / "readings/walk-0.md", ns=(ahead, ahead))
    loader.load()
    with opened_in(root) as opened:
        loader.load()
    assert opened == ["readings/walk-0.md"]


def test_an_edit_whose_time_was_set_back_is_seen(root: Path, loader: Loader) -> None:
    path = root / "readings/walk-0.md"
    loader.load()
    stamp = path.stat()
    path.write_text(builders.WALK.replace("Boats", "Ships"), encoding="utf-8")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    study = loader.load()
    assert "Ships wait here" in study.readings[0].sections[1].text


def test_a_file_put_in_place_of_another_is_seen(root: Path, loader: Loader) -> None:
    path = root / "readings/walk-0.md"
    loader.load()
    other = root.parent / "other.md"
    other.write_text(builders.WALK.replace("Boats", "Ships"), encoding="utf-8")
    stamp = path.stat()
    os.utime(other, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    other.replace(path)
    assert "Ships wait here" in loader.load().readings[0].sections[1].text
