"""What was read and may be wanted again, up to a measure."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

T = TypeVar("T")


class Kept:
    """Keeps values by key, of about `room` bytes at most; what was not asked for lately goes first.

    There are two shelves: when the new one has half the room, the old one is emptied and they
    change places. What is found on the old one moves to the new one.
    """

    def __init__(self, room: int) -> None:
        self._half = room // 2
        self._new: dict[Hashable, tuple[object, int]] = {}
        self._old: dict[Hashable, tuple[object, int]] = {}
        self._size = 0

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """Return the value kept under `key`, else make it and keep it; `size` tells its bytes.

        A key always stands for values of one type.
        """
        found = self._new.get(key)
        if found is None:
            found = self._old.pop(key, None)
            if found is None:
                made = make()
                found = made, size(made)
            self._put(key, found)
        return found[0]  # type: ignore[return-value]  # one type for each key

    def drop(self, key: Hashable) -> None:
        """Keep nothing under `key`."""
        self._new.pop(key, None)
        self._old.pop(key, None)

    def _put(self, key: Hashable, found: tuple[object, int]) -> None:
        self._size += found[1]
        if self._size > self._half:
            self._old, self._new, self._size = self._new, {}, found[1]
        self._new[key] = found
