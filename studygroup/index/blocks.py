"""Blocks: many small values in few postings, with a table of where each block begins.

Whoosh takes as long to write a posting of ten bytes as one of ten thousand, and nearly as long to
find it. Neighbours are often read together: the words that begin alike are in one block or two.
"""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

FULL = 8_192
"""A block of so many bytes is full; a value that is larger has one to itself."""


class Block(NamedTuple):
    """Values by key, as bytes: `first` is the first of the keys."""

    first: str
    packed: bytes


def in_blocks(values: Iterable[tuple[str, bytes]]) -> Iterator[Block]:
    """Yield blocks of `values`, which are keys and bytes, in the order of the keys."""
    block: dict[str, bytes] = {}
    size = 0
    for key, value in sorted(values):
        if block and size + len(value) > FULL:
            yield Block(next(iter(block)), pickle.dumps(block))
            block, size = {}, 0
        block[key] = value
        size += len(key) + len(value)
    if block:
        yield Block(next(iter(block)), pickle.dumps(block))


class Blocks:
    """Reads values out of blocks: `firsts` are their first keys, `read` gets a block's bytes.

    The block last read is kept.
    """

    def __init__(self, firsts: Sequence[str], read: Callable[[int], bytes]) -> None:
        self._firsts = firsts
        self._read = read
        self._last = -1
        self._values: dict[str, bytes] = {}

    def value(self, key: str) -> bytes:
        """Return the value of `key`, nothing where there is none."""
        at = bisect_right(self._firsts, key) - 1
        if at < 0:
            return b""
        if at != self._last:
            self._values = pickle.loads(self._read(at))
            self._last = at
        return self._values.get(key, b"")
