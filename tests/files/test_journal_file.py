"""Journals on disk: appended durably, read whatever happened to them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studygroup.core.errors import CannotWrite, StudyError, UsageError
from studygroup.core.meeting.journal import Event
from studygroup.core.problem import Problem
from studygroup.files.journal_folder import JournalFolder
from studygroup.files.journal_line import decode, encode

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


@pytest.fixture
def journals(tmp_path: Path) -> JournalFolder:
    return JournalFolder(tmp_path / "study", tmp_path / "home")


@pytest.fixture
def journal(tmp_path: Path, journals: JournalFolder) -> Path:
    """The path of ana's journal in a session that holds three remarks."""
    (tmp_path / "study").mkdir()
    session = journals.create("evening")
    writer = journals.open(session, "ana")
    for text in ("one", "two", "three"):
        writer.append(NOW, "said", {"by": "ana", "text": text})
    writer.close()
    return tmp_path / "study" / "sessions" / session / "ana.jsonl"


def read(journals: JournalFolder, session: str = "evening") -> tuple[list[Event], list[Problem]]:
    """Return what Ana wrote, and what could not be read in any journal."""
    found, problems = journals.follow(session).read()
    return found.get("ana", []), list(problems)


def texts(journals: JournalFolder) -> list[object]:
    return [e.fields["text"] for e in read(journals)[0]]


def add(journals: JournalFolder, text: str) -> Event:
    writer = journals.open("evening", "ana")
    try:
        return writer.append(NOW, "said", {"text": text})
    finally:
        writer.close()


def test_a_line_is_json_with_a_number_a_time_a_name_and_a_checksum(journal: Path) -> None:
    first = json.loads(journal.read_bytes().splitlines()[0])
    assert list(first) == ["seq", "at", "event", "by", "text", "crc"]
    assert (first["seq"], first["event"], first["text"]) == (1, "said", "one")
    assert datetime.fromisoformat(first["at"]) == NOW


def test_events_come_back_as_they_were_written(journals: JournalFolder, journal: Path) -> None:
    events, damages = read(journals)
    assert [(e.seq, e.at, e.name, e.recorder) for e in events] == [
        (n, NOW, "said", "ana") for n in (1, 2, 3)
    ]
    assert damages == []


@given(st.dictionaries(st.sampled_from("abc"), st.text() | st.integers() | st.lists(st.text())))
def test_any_fields_survive_a_line_of_the_journal(fields: dict[str, object]) -> None:
    event = Event(7, NOW, "said", fields, "ana")
    line = encode(event)
    assert line.count(b"\n") == 1
    assert decode(line[:-1], "ana") == event


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_torn_at_any_byte_loses_only_the_torn_line_and_is_written_on(
    journals: JournalFolder, journal: Path, data: st.DataObject
) -> None:
    lines = [encode(Event(n, NOW, "said", {"text": f"é {n}"}, "ana")) for n in range(1, 6)]
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    journal.write_bytes(whole[:cut])
    ends = list(accumulate(map(len, lines)))
    # A line is whole once all of it but its newline is there.
    kept = [f"é {n}" for n, end in enumerate(ends, 1) if cut >= end - 1]
    assert texts(journals) == kept
    add(journals, "after")
    assert texts(journals) == [*kept, "after"]
    assert journal.read_bytes().startswith(whole[:cut])
    torn = cut not in {0, *ends, *(end - 1 for end in ends)}
    assert len(read(journals)[1]) == int(torn)


@given(position=st.integers(0, 400), byte=st.integers(0, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_costs_at_most_the_lines_it_touches_and_is_reported(
    journals: JournalFolder, journal: Path, position: int, byte: int
) -> None:
    whole = b"".join(encode(Event(n, NOW, "said", {"text": f"{n}"}, "ana")) for n in range(1, 5))
    at = position % len(whole)
    changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
    journal.write_bytes(changed)
    events, damages = read(journals)
    assert len(events) >= 2
    assert all(e.fields["text"] == str(e.seq) for e in events)
    lost = 4 - len(events)
    assert bool(damages) == bool(lost)
    assert all(d.place.path == "sessions/evening/ana.jsonl" and d.place.line for d in damages)


def test_a_merge_conflict_in_the_file_is_reported_and_both_sides_are_read(
    journals: JournalFolder, journal: Path
) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    sides = [b"<<<<<<< ours\n", lines[1], b"=======\n", lines[2], b">>>>>>> theirs\n"]
    journal.write_bytes(b"".join([lines[0], *sides]))
    assert texts(journals) == ["one", "two", "three"]
    assert [d.place.line for d in read(journals)[1]] == [2, 4, 6]


def test_a_sync_programs_copy_is_reported_and_not_read(
    journals: JournalFolder, journal: Path
) -> None:
    (journal.parent / "ana (conflicted copy).jsonl").write_bytes(journal.read_bytes())
    events, damages = read(journals)
    assert len(events) == 3
    assert "conflict" in damages[0].what


def test_a_session_name_is_made_unique(journals: JournalFolder, journal: Path) -> None:
    assert journals.create("evening") == "evening-2"
    assert journals.create("evening") == "evening-3"
    # Only sessions that something was recorded in are listed.
    assert journals.sessions() == ("evening",)


def test_the_same_recorder_twice_is_refused_and_another_is_not(
    journals: JournalFolder, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.files.journal_folder._PATIENCE", 0.0)
    first = journals.open("evening", "Ana")
    with pytest.raises(UsageError, match="already recording evening"):
        journals.open("evening", "ana")
    journals.open("evening", "ben").close()
    first.close()
    journals.open("evening", "ana").close()


HOLDER = """
import sys, time
from pathlib import Path
from studygroup.files.journal_folder import JournalFolder
writer = JournalFolder(Path(sys.argv[1]), Path(sys.argv[2])).open("evening", "ana")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_recorder_that_was_killed_is_taken_over(
    tmp_path: Path, journals: JournalFolder, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.files.journal_folder._PATIENCE", 0.0)
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "study"), str(tmp_path / "home")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(UsageError):
            journals.open("evening", "ana")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        journals.open("evening", "ana").close()


@pytest.mark.parametrize("torn", [False, True], ids=["taken back", "left torn"])
def test_a_short_write_is_an_error_and_the_next_try_is_whole(
    journals: JournalFolder, journal: Path, monkeypatch: pytest.MonkeyPatch, torn: bool
) -> None:
    real, before = os.write, journal.read_bytes()
    writer = journals.open("evening", "ana")
    with monkeypatch.context() as broken:
        broken.setattr("os.write", lambda handle, line: real(handle, line[:20]))
        if torn:
            broken.setattr("os.ftruncate", refuse)
        with pytest.raises(CannotWrite, match="could not be recorded"):
            writer.append(NOW, "said", {"text": "four"})
    assert (journal.read_bytes() == before) is not torn
    writer.append(NOW, "said", {"text": "four"})
    writer.close()
    assert texts(journals) == ["one", "two", "three", "four"]
    assert len(read(journals)[1]) == torn


def refuse(*_: object) -> None:
    raise OSError(5, "Input/output error")


def test_an_event_whose_sync_failed_is_not_read_until_it_is_written_again(
    journals: JournalFolder, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = journals.open("evening", "ana")
    with monkeypatch.context() as broken:
        broken.setattr("studygroup.files.journal_file.os.fsync", refuse)
        with pytest.raises(CannotWrite, match="Input/output error"):
            writer.append(NOW, "said", {"text": "four"})
    assert texts(journals) == ["one", "two", "three"]
    writer.append(NOW, "said", {"text": "four"})
    writer.close()
    assert texts(journals) == ["one", "two", "three", "four"]


def test_a_line_is_synced_before_append_returns(
    journals: JournalFolder, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []

    def sync(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").resolve().read_bytes())

    monkeypatch.setattr("studygroup.files.journal_file.os.fsync", sync)
    add(journals, "four")
    assert len(synced) == 1
    assert b'"text":"four"' in synced[0]
    assert synced[0] == journal.read_bytes()


def test_a_new_journals_folder_is_synced_too(
    journals: JournalFolder, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("studygroup.files.journal_file.sync_folder", synced.append)
    writer = journals.open("evening", "ben")
    writer.append(NOW, "said", {"text": "x"})
    writer.append(NOW, "said", {"text": "y"})
    writer.close()
    assert synced == [journal.parent]


@pytest.mark.parametrize("name", ["../evening", "Evening", "", "no-such"])
def test_a_name_that_is_no_session_is_refused(
    journals: JournalFolder, journal: Path, name: str
) -> None:
    with pytest.raises(UsageError, match="no session"):
        journals.open(name, "ana")
    with pytest.raises(UsageError, match="no session"):
        journals.follow(name)


def test_a_link_out_of_the_study_is_not_written_through(
    tmp_path: Path, journals: JournalFolder, journal: Path
) -> None:
    outside = tmp_path / "outside.jsonl"
    outside.write_text("")
    (journal.parent / "ben.jsonl").symlink_to(outside)
    writer = journals.open("evening", "ben")
    with pytest.raises(CannotWrite):
        writer.append(NOW, "said", {"text": "x"})
    writer.close()
    assert outside.read_text() == ""
    (problem,) = read(journals)[1]
    assert problem.place.path == "sessions/evening/ben.jsonl"
    assert "symbolic link" in problem.what


@pytest.mark.parametrize("name", ["2026-11-22-Walden", "our_evening", "вечер"])
def test_a_session_whose_folder_somebody_named_is_read_and_written_on(
    journals: JournalFolder, journal: Path, name: str
) -> None:
    journal.parent.rename(journal.parent.with_name(name))
    assert journals.sessions() == (name,)
    journals.open(name, "ana").append(NOW, "said", {"text": "four"})
    assert len(read(journals, name)[0]) == 4
    assert journals.problems() == ()


@pytest.mark.parametrize("name", ["evening (conflicted copy)", "my evening", "a.b", "x\x1b[2J"])
def test_a_folder_with_journals_that_is_no_session_is_reported(
    journals: JournalFolder, journal: Path, name: str
) -> None:
    journal.parent.rename(journal.parent.with_name(name))
    (journal.parents[1] / "photos of us").mkdir()
    (problem,) = journals.problems()
    assert journals.sessions() == ()
    assert problem.place.path == f"sessions/{name}".replace("\x1b", "␛")
    assert "no session's name" in problem.what


def test_links_among_the_sessions_are_reported(
    tmp_path: Path, journals: JournalFolder, journal: Path
) -> None:
    (journal.parents[1] / "other").symlink_to(journal.parent)
    assert [p.place.path for p in journals.problems()] == ["sessions/other"]
    journal.parents[1].rename(tmp_path / "elsewhere")
    journal.parents[1].symlink_to(tmp_path / "elsewhere")
    assert [p.place.path for p in journals.problems()] == ["sessions"]
    assert journals.sessions() == ()


@pytest.fixture
def locked_away(journal: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A second session whose folder the system lets nobody list, and its id."""
    folder = journal.parents[1] / "locked"
    folder.mkdir()
    real = Path.iterdir

    def listed(path: Path) -> Iterator[Path]:
        if path == folder:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", listed)
    return folder.name


def test_a_folder_that_cannot_be_listed_is_a_sentence_and_hinders_no_other(
    journals: JournalFolder, locked_away: str
) -> None:
    assert journals.sessions() == ("evening", locked_away)
    for look in (journals.stamp, lambda name: journals.follow(name).read()):
        with pytest.raises(StudyError, match="sessions/locked: cannot be read: Permission denied"):
            look(locked_away)
    assert texts(journals) == ["one", "two", "three"]


def test_a_file_that_goes_while_the_folder_is_listed_is_passed_over(
    journals: JournalFolder, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes = journal.with_name("ben.jsonl")
    goes.write_bytes(journal.read_bytes())
    real = Path.iterdir

    def listed(path: Path) -> Iterator[Path]:
        yield from [*real(path), goes]
        goes.unlink(missing_ok=True)

    whole = journals.stamp("evening")
    monkeypatch.setattr(Path, "is_file", lambda path: True)
    monkeypatch.setattr(Path, "iterdir", listed)
    assert journals.stamp("evening") != whole
    assert texts(journals) == ["one", "two", "three"]


def test_a_journal_that_cannot_be_read_is_not_held(
    journals: JournalFolder, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.files.journal_folder._PATIENCE", 0.0)
    kept = journal.read_bytes()
    journal.unlink()
    journal.mkdir()
    with pytest.raises(StudyError, match=r"sessions/evening/ana\.jsonl: cannot be read"):
        journals.open("evening", "ana")
    journal.rmdir()
    journal.write_bytes(kept)
    add(journals, "four")
    assert texts(journals) == ["one", "two", "three", "four"]


def test_a_line_is_refused_in_a_sentence_when_the_sessions_folder_is_gone(
    journals: JournalFolder, journal: Path
) -> None:
    writer = journals.open("evening", "ana")
    journal.unlink()
    journal.parent.rmdir()
    with pytest.raises(CannotWrite, match="this could not be recorded: No such file"):
        writer.append(NOW, "said", {"text": "four"})
    writer.close()
