"""Lines on their way to the journal: each is written once, in order, or kept for the next start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest

from studygroup.bootstrap import open_workspace
from studygroup.core.errors import CannotWrite
from studygroup.core.meeting.recording import Recording
from studygroup.core.meeting.session import Question
from studygroup.core.workspace import State
from studygroup.files.journal_file import JournalFile
from studygroup.tui.kept_lines import Typed
from studygroup.tui.line_queue import LineQueue


@pytest.fixture
def recording(root: Path) -> Iterator[Recording]:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        yield recording


@pytest.fixture
def state(root: Path) -> State:
    return open_workspace(root).state


@pytest.fixture
def queue(recording: Recording, state: State) -> LineQueue:
    return LineQueue(recording, state)


def texts(recording: Recording) -> list[str]:
    return [e.text for e in recording.session.entries]


class Disk:
    """A disk on which journals can be made slow (until `gate` is set) or full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gate, self.reached = Signal(), Signal()
        self.full = False
        real = JournalFile.append

        def append(journal: JournalFile, at: datetime, name: object, fields: object) -> object:
            self.reached.set()
            self.gate.wait(60)
            if self.full:
                raise CannotWrite("no space left")
            return real(journal, at, name, fields)  # type: ignore[arg-type]

        monkeypatch.setattr(JournalFile, "append", append)


@pytest.fixture
def disk(queue: LineQueue, monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_lines_are_written_in_the_order_in_which_they_came(
    queue: LineQueue, recording: Recording
) -> None:
    queue.add("ana: one")
    queue.add("two")
    assert queue.write_first()
    assert texts(recording) == ["one"]
    assert queue.write_first()
    assert not queue.write_first()
    assert texts(recording) == ["one", "two"]


def test_a_line_may_replace_an_entry(queue: LineQueue, recording: Recording) -> None:
    entry = recording.record("ana: furst").entry
    assert entry is not None
    queue.add("ana: first", amends=entry.key)
    queue.write_first()
    assert texts(recording) == ["first"]


def test_a_line_that_cannot_be_written_stays_first(
    queue: LineQueue, recording: Recording, disk: Disk
) -> None:
    disk.gate.set()
    disk.full = True
    queue.add("one")
    queue.add("two")
    with pytest.raises(CannotWrite):
        queue.write_first()
    disk.full = False
    queue.finish()
    assert texts(recording) == ["one", "two"]


def test_a_line_that_is_just_being_written_is_written_once_when_all_is_finished(
    queue: LineQueue, recording: Recording, disk: Disk
) -> None:
    queue.add("one")
    queue.add("two")
    writing = Thread(target=queue.write_first)
    writing.start()
    assert disk.reached.wait(60)
    finishing = Thread(target=queue.finish)
    finishing.start()
    disk.gate.set()
    writing.join()
    finishing.join()
    assert texts(recording) == ["one", "two"]


def test_what_could_not_be_written_is_kept_with_what_is_in_the_line(
    queue: LineQueue, recording: Recording, state: State, disk: Disk
) -> None:
    disk.gate.set()
    disk.full = True
    queue.add("one")
    queue.add("two")
    queue.typed = "half a li"
    with pytest.raises(CannotWrite):
        queue.finish()
    disk.full = False
    later = LineQueue(recording, state)
    assert later.restore() == "half a li"
    later.finish()
    assert texts(recording) == ["one", "two"]


def test_a_line_that_was_kept_still_knows_what_it_answers_or_amends(
    queue: LineQueue, recording: Recording, state: State
) -> None:
    first, second = recording.record("? Why").entry, recording.record("? Who").entry
    assert first is not None
    assert second is not None
    (question, _) = recording.session.open_questions
    queue.add("= because", answers=question)
    queue.add("? Who else", amends=second.key)
    queue.keep()
    later = LineQueue(recording, state)
    assert later.restore() == ""
    assert later.waiting[0] == Typed("= because", answers=Question(first.key, "Why"))
    later.finish()
    assert [q.text for q in recording.session.open_questions] == ["Who else"]


def test_lines_that_wait_are_kept_while_the_program_runs(
    queue: LineQueue, recording: Recording, state: State
) -> None:
    queue.add("one")
    queue.keep()
    later = LineQueue(recording, state)
    assert later.restore() == ""
    assert later.waiting == (Typed("one"),)
    queue.write_first()
    queue.keep()
    assert state.line(recording.id, "ana") == ""


def test_the_line_entered_last_can_be_taken_back_until_it_is_written(
    queue: LineQueue, recording: Recording, disk: Disk
) -> None:
    queue.add("one")
    queue.add("two")
    queue.add("three")
    assert queue.take_back() == Typed("three")
    writing = Thread(target=queue.write_first)
    writing.start()
    assert disk.reached.wait(60)
    assert queue.take_back() == Typed("two")
    assert queue.take_back() is None
    disk.gate.set()
    writing.join()
    queue.add("four")
    assert queue.take_back() == Typed("four")
    queue.finish()
    assert texts(recording) == ["one"]


def killed_after(queue: LineQueue, lines: int) -> None:
    """Keep what waits, then write some lines: the program dies before it can keep what is left."""
    queue.keep()
    for _ in range(lines):
        queue.write_first()


def test_what_was_written_after_it_was_kept_is_not_offered_again(
    queue: LineQueue, recording: Recording, state: State
) -> None:
    recording.record("ana: yes")
    for line in ("yes", "+ben", "ben: > words", "no", "yes"):
        queue.add(line)
    queue.typed = "half"
    killed_after(queue, 3)
    later = LineQueue(recording, state)
    assert later.restore() == "half"
    assert [line.text for line in later.waiting] == ["no", "yes"]
    later.finish()
    assert texts(recording) == ["yes", "yes", "words", "no", "yes"]


@pytest.mark.parametrize("kept", ["ana: all of it", "ana: all", "an"])
def test_a_line_kept_while_it_was_typed_is_not_offered_once_it_was_recorded(
    queue: LineQueue, recording: Recording, state: State, kept: str
) -> None:
    queue.typed = kept
    queue.keep()
    queue.add("ana: all of it")
    queue.write_first()
    assert LineQueue(recording, state).restore() == ""


def test_the_same_words_said_once_more_are_offered_again(
    queue: LineQueue, recording: Recording, state: State
) -> None:
    queue.add("ana: yes")
    queue.write_first()
    queue.add("ana: yes")
    queue.typed = "ana: yes"
    queue.keep()
    later = LineQueue(recording, state)
    assert later.restore() == "ana: yes"
    assert later.waiting == (Typed("ana: yes"),)


def test_words_whose_entry_to_amend_is_gone_are_recorded_all_the_same(
    queue: LineQueue, recording: Recording
) -> None:
    queue.add("ana: first", amends="ana-99")
    queue.write_first()
    assert texts(recording) == ["first"]
