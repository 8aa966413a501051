"""What is asked of a search and what is chosen from it: the values that its screens hand around."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from studygroup.core.finding.concordance import Line, Order
from studygroup.core.finding.finder import DEFAULT_LIMIT
from studygroup.core.finding.query import parse
from studygroup.core.finding.search import HIT_KINDS, Filters, Hit, HitKind, Results
from studygroup.tui.taking import Tell

MOST_HITS = 2_000
"""How many hits are listed at most: whoever has more narrows the search."""
MORE_AT_ONCE = 4
"""By how many times the list grows when its end is reached."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it stands in the line, what it is narrowed to, and how many hits are wanted.

    `kind` is a kind of hit, or `all`; `reading` is a slug and `reader` a name, "" for all.
    """

    query: str = ""
    kind: str = "all"
    reading: str = ""
    reader: str = ""
    limit: int = DEFAULT_LIMIT

    @property
    def filters(self) -> Filters:
        """What to look among."""
        kinds: list[HitKind] = [kind for kind in HIT_KINDS if kind == self.kind]
        return Filters(frozenset(kinds), self.reading or None, self.reader or None)

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of the study is searched."""
        return self.filters != Filters()

    @property
    def wants(self) -> bool:
        """Whether anything is asked for: there is a word, or a label, that is to be found."""
        return bool(parse(self.query, typing=True).wanted)

    def everywhere(self) -> Asked:
        """Return the same query, narrowed to nothing."""
        return Asked(self.query)

    def more(self) -> Asked | None:
        """Return the question for more of the hits; None where that would be too many."""
        limit = min(self.limit * MORE_AT_ONCE, MOST_HITS)
        return replace(self, limit=limit) if limit > self.limit else None


@dataclass(frozen=True, slots=True)
class Found:
    """What the reader chose: a hit, the `at`-th of `hits`, and what was asked.

    `is_all` tells that there are no other hits than these. In the order of `hits` one goes from one
    to the next if they are `in_order`, and else as they stand in the study.
    """

    asked: Asked
    hit: Hit
    at: int
    hits: tuple[Hit, ...]
    is_all: bool = True
    in_order: bool = False


Record = Callable[[Asked, Hit, Tell], None]
"""Records a hit; what came of it is told once it is on disk."""


def _no_lines(asked: Asked, order: Order) -> Sequence[Line]:
    return ()


@dataclass(frozen=True)
class Seeker:
    """What a search screen may ask of the program.

    `find` and `lines` (the concordance) may take long, and are called in threads. `titles` gives
    the readings' by slug. `record` is given while a session is recorded. `share` tells how much of
    the study can be searched already, from 0 to 1. `recent` are the last searches, newest first;
    `remember` keeps one. `foot` is how many lines at the bottom of the screen are to stay in view.
    """

    find: Callable[[Asked], Results]
    titles: Callable[[], Mapping[str, str]] = dict
    record: Record | None = None
    lines: Callable[[Asked, Order], Sequence[Line]] = _no_lines
    share: Callable[[], float] = lambda: 1.0
    recent: tuple[str, ...] = ()
    remember: Callable[[str], None] = lambda _: None
    foot: Callable[[], int] = lambda: 0
