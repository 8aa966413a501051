"""Adding up numbers for many places at once: places are the bits of long numbers.

Each bit of all the sums is one number (“vertical counters”: Knuth, The Art of Computer Programming,
volume 4A, 7.1.3), so that adding costs a few operations on numbers however many places there are.
"""

from __future__ import annotations


class Sums:
    """The sums of `size` places, all 0 at first."""

    def __init__(self, size: int) -> None:
        self._all = (1 << size) - 1
        self._planes: list[int] = []

    def add(self, places: int, amount: int) -> None:
        """Add `amount`, 0 or more, at the places that are the bits of a number."""
        planes, at = self._planes, 0
        while amount:
            if amount & 1:
                carry, plane = places, at
                while carry:
                    while plane >= len(planes):
                        planes.append(0)
                    planes[plane], carry = planes[plane] ^ carry, planes[plane] & carry
                    plane += 1
            amount >>= 1
            at += 1

    def most(self) -> int:
        """Return the largest sum of all."""
        largest, left = 0, self._all
        for plane in range(len(self._planes) - 1, -1, -1):
            if here := left & self._planes[plane]:
                largest, left = largest | 1 << plane, here
        return largest

    def at_least(self, amount: int) -> int:
        """Return the places whose sum is `amount` or more, as the bits of a number."""
        if amount >> len(self._planes):
            return 0
        above, equal = 0, self._all
        for plane in range(len(self._planes) - 1, -1, -1):
            here = equal & self._planes[plane]
            if amount >> plane & 1:
                equal = here
            else:
                above, equal = above | here, equal ^ here
        return above | equal
