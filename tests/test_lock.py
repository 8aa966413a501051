"""The lock between programs: who keeps it is not waited for long, who passes it on is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studygroup import lock as module
from studygroup.lock import FileLock, locked


class Time:
    """Time that passes only while a lock is waited for; `meanwhile` is what others do then."""

    def __init__(self) -> None:
        self.now = 0.0
        self.meanwhile: Callable[[], None] = lambda: None

    def monotonic(self) -> float:
        return self.now

    def time_ns(self) -> int:
        return int(self.now * 1e9)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.meanwhile()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr(module, "time", time)
    return time


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "locks" / "ana.lock"


def test_one_who_keeps_the_lock_is_waited_for_no_longer_than_was_said(
    time: Time, path: Path
) -> None:
    with locked(path, 0), pytest.raises(TimeoutError), locked(path, 0.2):
        pass
    assert 0.2 <= time.now < 0.25


def test_a_lock_that_goes_from_hand_to_hand_is_waited_for(time: Time, path: Path) -> None:
    holder = FileLock(path)
    assert holder.acquire(0)
    turns = 0

    def pass_on() -> None:
        nonlocal holder, turns
        if time.now < turns * 0.1:
            return
        turns += 1
        holder.release()
        if turns < 10:
            holder = FileLock(path)
            assert holder.acquire(0)

    time.meanwhile = pass_on
    waiting = FileLock(path)
    assert waiting.acquire(0.15)
    assert time.now > 0.8
    assert not FileLock(path).acquire(0)
    waiting.release()
    assert FileLock(path).acquire(0)


def test_a_lock_is_free_again_after_an_error_in_its_holder(path: Path) -> None:
    with pytest.raises(KeyError), locked(path, 0):
        raise KeyError
    with locked(path, 0):
        assert not FileLock(path).acquire(0)
