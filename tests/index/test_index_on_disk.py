"""The index survives what happens to files: damage, kills, other versions, other programs."""

import gc
import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studygroup.core.finding.query import parse
from studygroup.core.finding.search import Document, Filters
from studygroup.index import store
from studygroup.index.scan import scan
from studygroup.index.store import STAMP
from studygroup.index.whoosh_index import WhooshSearchIndex
from studygroup.lock import locked
from tests.sources import each

# Whoosh leaves files open when it meets damage; Python closes them, and says so.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _files_left_open_are_closed_here() -> Iterator[None]:
    yield
    gc.collect()


def document(number: int, body: str) -> Document:
    return Document(f"d{number}", "text", "r", "s", "S", body, "readings/r.md", 1)


DOCUMENTS = [document(n, f"lantern number {n} by the towpath") for n in range(30)]


def keys(index: WhooshSearchIndex, query: str) -> set[str]:
    return {hit.document.key for hit in index.search(query, filters=Filters(), limit=999).hits}


def all_keys(documents: Iterable[Document]) -> set[str]:
    return {d.key for d in documents}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index of DOCUMENTS in two segments, closed."""
    index = WhooshSearchIndex(tmp_path / "index")
    index.refresh(each(DOCUMENTS[:20]))
    index.refresh(each(DOCUMENTS))
    index.close()
    return tmp_path / "index"


def tables(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix in {".pst", ".trm", ".toc"})


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    chance = random.Random(3)
    for at in range(0, len(content), 7):
        content[at] = chance.randrange(256)
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [cut_in_half, empty, garble, Path.unlink])
@pytest.mark.parametrize("which", [0, 1, -1])
def test_a_damaged_file_makes_the_index_anew(
    folder: Path, harm: Callable[[Path], None], which: int
) -> None:
    harm(tables(folder)[which])
    index = WhooshSearchIndex(folder)
    index.refresh(each(DOCUMENTS))
    assert keys(index, "lantern") == all_keys(DOCUMENTS)
    assert keys(index, '"number 7 by"') == {"d7"}
    index.close()


def test_damage_that_shows_only_while_searching_is_mended_too(folder: Path) -> None:
    index = WhooshSearchIndex(folder)
    index.refresh(each(DOCUMENTS))
    for path in tables(folder):
        if path.suffix == ".pst":
            with path.open("r+b") as file:  # in place: the open index sees it
                file.write(b"\xff" * path.stat().st_size)
    assert keys(index, "lantern") == all_keys(DOCUMENTS)
    assert keys(index, "towp*") == all_keys(DOCUMENTS)
    index.close()


@pytest.mark.parametrize("stamp", [None, "", "[]", json.dumps({"schema": 0}), "\x00"])
def test_an_index_of_another_version_is_made_anew(folder: Path, stamp: str | None) -> None:
    if stamp is None:
        (folder / STAMP).unlink()
    else:
        (folder / STAMP).write_text(stamp)
    index = WhooshSearchIndex(folder)
    assert index.refresh(each(DOCUMENTS)) == len(DOCUMENTS)
    assert keys(index, "lantern") == all_keys(DOCUMENTS)
    index.close()


def test_only_what_changed_is_written_by_the_next_program(folder: Path) -> None:
    index = WhooshSearchIndex(folder)
    assert index.refresh(each([document(0, "a heron"), *DOCUMENTS[1:]])) == 1
    index.close()


def test_many_small_changes_leave_few_files(folder: Path) -> None:
    index = WhooshSearchIndex(folder)
    for number in range(40):
        index.refresh(each([*DOCUMENTS, document(99, f"heron {number}")]))
    assert keys(index, "heron") == {"d99"}
    index.close()
    assert len(tables(folder)) <= 12


def test_the_folder_is_closed_to_others(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    index = WhooshSearchIndex(folder)
    index.refresh(each(DOCUMENTS))
    index.close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_leftovers_of_a_killed_commit_are_removed(folder: Path) -> None:
    leftover = folder / "_MAIN_7.toc.1763850000.25"
    leftover.write_bytes(b"half")
    index = WhooshSearchIndex(folder)
    index.refresh(each(DOCUMENTS))
    index.close()
    assert not leftover.exists()


def test_nothing_but_the_index_is_thrown_away(folder: Path) -> None:
    mine = folder / "letter.txt"
    mine.write_text("keep")
    (folder / STAMP).unlink()
    index = WhooshSearchIndex(folder)
    index.refresh(each(DOCUMENTS))
    index.close()
    assert mine.read_text() == "keep"


def test_while_another_program_writes_everything_is_still_found(folder: Path) -> None:
    index = WhooshSearchIndex(folder, lock_wait=0)
    changed = each([document(0, "a heron"), *DOCUMENTS[1:]])
    with locked(folder / "lock", 0):
        index.refresh(changed)
        assert keys(index, "heron OR lantern") == all_keys(DOCUMENTS)
    assert index.refresh(changed) == 1, "and later it is written where it belongs"
    index.close()


def test_two_programs_on_one_study_do_not_disturb_each_other(folder: Path) -> None:
    first, second = WhooshSearchIndex(folder), WhooshSearchIndex(folder)
    first.refresh(each(DOCUMENTS))
    second.refresh(each([document(0, "a heron"), *DOCUMENTS[1:]]))
    assert keys(first, "lantern") == all_keys(DOCUMENTS)
    assert keys(second, "heron") == {"d0"}
    first.close()
    second.close()


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    index = WhooshSearchIndex(tmp_path / "file" / "index")
    index.refresh(each(DOCUMENTS))
    assert keys(index, "lantern") == all_keys(DOCUMENTS)
    index.close()


def test_a_search_before_the_first_refresh_finds_nothing(folder: Path) -> None:
    index = WhooshSearchIndex(folder)
    assert index.search("lantern", filters=Filters(), limit=9).total == 0


WRITER = """
import sys
from pathlib import Path
from studygroup.core.finding.search import Document, Source
from studygroup.index.whoosh_index import WhooshSearchIndex

index = WhooshSearchIndex(Path(sys.argv[1]))
turn = 0
while True:
    turn += 1
    bodies = [f"lantern {n} {turn if n % 3 == 0 else ''}" for n in range(120)]
    made = [
        Document(f"d{n}", "text", "r", "s", "S", body, "readings/r.md", 1)
        for n, body in enumerate(bodies)
    ]
    index.refresh(Source(d.key, d.body, lambda d=d: (d,)) for d in made)
    print(turn, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_program_killed_while_writing_leaves_a_working_search(tmp_path: Path) -> None:
    chance = random.Random(11)
    folder = tmp_path / "index"
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", WRITER, str(folder)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout is not None
        for _ in range(chance.randrange(1, 4)):
            writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):  # somewhere inside a commit
            writer.wait(chance.uniform(0.0, 0.08))
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        index = WhooshSearchIndex(folder)
        index.refresh(each(DOCUMENTS))
        assert keys(index, "lantern") == all_keys(DOCUMENTS)
        assert keys(index, '"number 7 by"') == {"d7"}
        index.close()


def test_while_a_first_index_is_written_everything_is_found_and_it_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_DOCUMENTS", 50)
    index = WhooshSearchIndex(tmp_path / "index")
    sources = each([document(n, f"lantern {n}") for n in range(100)])
    shares: list[float] = []
    found: list[tuple[float, int, set[str]]] = []

    def look(share: float) -> None:
        shares.append(share)
        results = index.search('"lantern 7" OR 99999', filters=Filters(), limit=5)
        found.append((results.indexed, results.total, {h.document.key for h in results.hits}))

    index.refresh(sources, look)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) == 2
    assert found == [(0.5, 1, {"d7"}), (1.0, 1, {"d7"})]
    index.close()


def test_what_is_not_in_the_index_yet_is_read() -> None:
    sources = each([*DOCUMENTS, replace(document(99, "a heron"), labels=(("by", "ana"),))])
    later = time.monotonic() + 60

    def keys(query: str) -> set[str]:
        return {d.key for d in scan(parse(query), Filters(), sources, later)}

    assert keys("herons") == keys("by:ana") == keys("heron -lantern") == {"d99"}
    assert keys('"number 7 by"') == {"d7"}
    assert keys("lantern OR heron") == all_keys([*DOCUMENTS, document(99, "")])
    assert keys("") == keys("-heron") == set()
    assert list(scan(parse("heron"), Filters(), sources, 0.0)) == []


def test_many_edits_leave_few_files_and_every_word_is_found_once(tmp_path: Path) -> None:
    index = WhooshSearchIndex(tmp_path)
    documents = list(DOCUMENTS)
    for number in range(30):
        documents[number] = document(number, f"beacon number {number} by the weir")
        index.refresh(each(documents))
        assert len(list(tmp_path.glob("*.pst"))) < 20
    found = index.search("beacon", filters=Filters(), limit=99)
    assert [hit.document.key for hit in found.hits] == [d.key for d in documents]
    assert found.total == 30
    assert keys(index, "lantern") == set()
