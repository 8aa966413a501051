from pathlib import Path

import pytest

from studygroup.files.state import MOST_SEARCHES, StateFile


def test_recent_searches_come_back_newest_first_and_each_once(tmp_path: Path) -> None:
    state = StateFile(tmp_path / "home")
    assert state.searches() == ()
    for query in ("lock", "“two towns”", "lock  ", "bridge", "lock"):
        state.remember_search(query)
    assert StateFile(tmp_path / "home").searches() == ("lock", "bridge", "“two towns”")


def test_of_many_searches_the_oldest_are_dropped(tmp_path: Path) -> None:
    state = StateFile(tmp_path)
    for number in range(MOST_SEARCHES + 3):
        state.remember_search(f"word {number}")
    kept = state.searches()
    assert len(kept) == MOST_SEARCHES
    assert (kept[0], kept[-1]) == (f"word {MOST_SEARCHES + 2}", "word 3")


def test_nothing_but_white_space_is_not_remembered(tmp_path: Path) -> None:
    state = StateFile(tmp_path)
    state.remember_search(" \n ")
    assert state.searches() == ()


@pytest.mark.parametrize("held", [b"", b"{", b'{"a": 1}', b"[1, null]", b"\xff\xfe"])
def test_a_file_that_is_not_understood_holds_no_searches_and_is_written_anew(
    tmp_path: Path, held: bytes
) -> None:
    (tmp_path / "searches.json").write_bytes(held)
    state = StateFile(tmp_path)
    assert state.searches() == ()
    state.remember_search("lock")
    assert state.searches() == ("lock",)
