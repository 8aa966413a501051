"""How many documents answer a query: in all, and of each kind, reading and reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from studygroup.core.finding.search import HIT_KINDS, Filters, HitKind
from studygroup.index.batch import Scope

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
