"""How many documents answer a query: in all, and of each kind, reading and reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, MutableMapping, Sequence, Set
from typing import cast

from studygroup.core.finding.search import HIT_KINDS, Filters, HitKind
from studygroup.index.batch import GroupName, Scope
from studygroup.index.bits import Bits

NO_FILTERS = Filters()


class Tally:
    """Counts documents by their scopes.

    `total` is what passes `filters`, `everything` what there is without them. `kinds`, `readings`
    and `readers` are each counted as if they were not narrowed by themselves.
    """

    def __init__(self, filters: Filters) -> None:
        self._filters = filters
        self.total = self.everything = 0
        self.kinds: dict[HitKind, int] = dict.fromkeys(HIT_KINDS, 0)
        self.readings: defaultdict[str, int] = defaultdict(int)
        self.readers: defaultdict[str, int] = defaultdict(int)

    def add(self, scopes: Sequence[Scope], having: Mapping[int, int]) -> Set[int]:
        """Count a batch of these scopes, of which some are `having` so many documents.

        Return those that pass the filters.
        """
        self.everything += sum(having.values())
        if self._filters != NO_FILTERS:
            return {at for at, count in having.items() if self._passes(scopes[at], count)}
        # As many steps as there are scopes, for each letter typed: none of them a call.
        kinds, readings, readers = self.kinds, self.readings, self.readers
        for at, count in having.items():
            kind, reading, reader = scopes[at]
            kinds[kind] += count
            readings[reading] += count
            if reader:
                readers[reader] += count
        self.total = self.everything
        return having.keys()

    def add_all(self, groups: Mapping[tuple[GroupName, str], Bits], documents: Bits) -> None:
        """Count documents of a batch that has these groups, none of them left out by filters.

        That takes as many steps as there are groups: less, for many documents.
        """
        counts: Mapping[GroupName, MutableMapping[str, int]] = {
            "kind": cast("dict[str, int]", self.kinds),
            "reading": self.readings,
            "reader": self.readers,
        }
        for (name, value), having in groups.items():
            count = (having & documents).bit_count()
            if count:
                counts[name][value] += count
        self.everything += documents.bit_count()
        self.total = self.everything

    def _passes(self, scope: Scope, count: int) -> bool:
        """Count documents of one scope, and tell whether they pass the filters."""
        kind, reading, reader = scope
        filters = self._filters
        of_kind = not filters.kinds or kind in filters.kinds
        of_reading = filters.reading is None or reading == filters.reading
        of_reader = filters.reader is None or reader.casefold() == filters.reader.casefold()
        if of_reading and of_reader:
            self.kinds[kind] += count
        if of_kind and of_reader:
            self.readings[reading] += count
        if of_kind and of_reading and reader:
            self.readers[reader] += count
        passes = of_kind and of_reading and of_reader
        self.total += count * passes
        return passes
