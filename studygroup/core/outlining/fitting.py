"""Finding the headings of an outline in a text: in order, in their very words or nearly so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from studygroup.core.draft import Block
from studygroup.core.outlining.outline_text import Wanted
from studygroup.core.outlining.revision import (
    GAP,
    Revision,
    Row,
    key_of,
    plain,
    without_beginning,
)
from studygroup.core.text import heading_key

ALIKE = 82.0
"""Least rapidfuzz ratio (0–100) at which a line is a heading written differently."""
NEAR = 55.0
"""Least ratio of a line that is worth naming where a heading was not found."""
LONGEST = 40
"""How many words a line has at most that is compared with a heading."""
JOINED = 3
"""Over how many lines of the text one heading may go."""
LOOKED_AT = 600
"""How many characters of a paragraph are compared."""
EFFORT = 3_000_000
"""How many lines are compared in all, some seconds' worth: then only the very words count."""
MOST = 200
"""How many places of one heading are considered."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A heading of an outline that the text doesn't have, and the line there most like it."""

    wanted: Wanted
    near: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a heading may stand: its first row, over how many rows, and how well that fits.

    No rows: it is to be put before the row. `rest` is what a paragraph says after a heading that
    ran into it.
    """

    at: int
    rows: int
    fit: float
    rest: str = ""


def fit_outline(
    blocks: Iterable[Block], outline: Sequence[Wanted]
) -> tuple[Revision, list[Missing]]:
    """Return a document with the headings of an outline and no others, and those not found.

    Of all ways to find the outline's headings in their order, the one that fits best as a whole is
    taken (the heaviest increasing subsequence), so that a line that repeats, or is like a later
    heading, leads nowhere else astray.
    """
    before = Revision.of(blocks)
    keys = _Keys(before.rows)
    candidates = [keys.places(wanted) for wanted in outline]
    chosen = _in_order(candidates)
    missing = [
        Missing(wanted, keys.nearest(wanted))
        for number, wanted in enumerate(outline)
        if number not in chosen
    ]
    found: dict[int, list[tuple[Wanted, _Place]]] = defaultdict(list)
    for number, place in sorted(chosen.items()):
        found[place.at].append((outline[number], place))
    return replace(before, rows=tuple(_outlined(before, found))), missing


def _outlined(before: Revision, found: Mapping[int, Sequence[tuple[Wanted, _Place]]]) -> list[Row]:
    rows: list[Row] = []
    done = 0
    for at, row in enumerate(before.rows):
        for wanted, place in found.get(at, ()):
            rows += _headed(before.rows[at : at + place.rows], wanted, place)
            done = at + place.rows
        if at >= done:
            left = Revision((row,)).rejected(0)[0].rows
            rows += left
    return rows


def _headed(own: Sequence[Row], wanted: Wanted, place: _Place) -> list[Row]:
    """Return the rows that a heading and what it is made of become."""
    block = Block("heading", wanted.text, wanted.level)
    if not own:
        return [Row(block, is_new=True)]
    if place.rest:
        return [Row(block), Row(replace(own[0].block, text=place.rest, reasons=()))]
    was = GAP.join(row.block.text for row in own)
    if plain(was) == plain(wanted.text):
        text = was.replace(GAP, " ")
        return [Row(replace(block, text=text, reasons=own[0].block.reasons), was * (len(own) > 1))]
    return [Row(replace(block, reasons=own[0].block.reasons), was)]


class _Keys:
    """The rows of a text by their words."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._whole = [
            _key(row.block.text) if row.block.kind not in ("rule", "code", "raw") else ""
            for row in rows
        ]
        self._short: dict[int, str] = {}
        self._left = EFFORT
        self._by_key: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, key in enumerate(self._whole):
            joined = ""
            for count in range(1, JOINED + 1):
                part = self._whole[at + count - 1] if at + count <= len(rows) else ""
                joined = f"{joined} {part}".strip()
                if not part or (count > 1 and joined.count(" ") >= LONGEST):
                    break
                self._by_key[joined].append((at, count))
            if key and key.count(" ") < LONGEST:
                self._short[at] = key

    def places(self, wanted: Wanted) -> list[_Place]:
        """Return where a heading may stand, by place."""
        key = _key(wanted.where or wanted.text)
        if not key:
            return []
        if wanted.is_new:
            return [_Place(at, 0, 1.0) for at in self._begun(key)[:MOST]]
        found = [self._place(at, count, 1.0) for at, count in self._by_key.get(key, ())]
        return (found or self._alike(key) or self._run_in(wanted))[:MOST]

    def _begun(self, key: str) -> list[int]:
        """Return the rows that begin with these words."""
        rows = self._by_word.get(key.partition(" ")[0], ())
        self._left -= len(rows)
        if self._left < 0:
            return []
        return [at for at in rows if f"{self._whole[at]} ".startswith(f"{key} ")]

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        """The rows by their first word."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self._whole):
            found[key.partition(" ")[0]].append(at)
        return found

    @cached_property
    def _bare(self) -> dict[int, str]:
        """The short rows without their numbers."""
        return {at: heading_key(key) for at, key in self._short.items()}

    def nearest(self, wanted: Wanted) -> str:
        """Return the line of the text that is most like a heading, "" where none is."""
        if not self._can_compare():
            return ""
        from rapidfuzz import fuzz, process

        key = _key(wanted.where or wanted.text)
        found = process.extractOne(key, self._short, scorer=fuzz.ratio, score_cutoff=NEAR)
        return plain(self._rows[found[2]].block.text) if found else ""

    def _place(self, at: int, count: int, fit: float) -> _Place:
        likely = any(row.is_heading for row in self._rows[at : at + count])
        return _Place(at, count, fit + 0.02 * likely)

    def _can_compare(self) -> bool:
        """Whether all short rows may be looked at once more."""
        self._left -= 2 * len(self._short)
        return self._left >= 0

    def _alike(self, key: str) -> list[_Place]:
        if not self._can_compare():
            return []
        from rapidfuzz import fuzz, process

        found: dict[int, float] = {}
        for sought, keys in ((key, self._short), (heading_key(key) or key, self._bare)):
            near = process.extract(sought, keys, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST)
            for _, score, at in near:
                found[at] = max(found.get(at, 0.0), score / 100)
        return [self._place(at, 1, fit) for at, fit in sorted(found.items())]

    def _run_in(self, wanted: Wanted) -> list[_Place]:
        """Return the paragraphs that begin with the heading, and go on with a capital letter."""
        key = _key(wanted.text)
        places = []
        for at in self._begun(key):
            rest = without_beginning(self._rows[at].block.text, wanted.text)
            if rest and not rest.lstrip("“\"‘'([")[:1].islower():
                places.append(_Place(at, 1, 0.7, rest))
        return places


def _key(text: str) -> str:
    return key_of(text[:LOOKED_AT])


def _in_order(candidates: Sequence[Sequence[_Place]]) -> dict[int, _Place]:
    """Return the places, by the outline's lines, that follow each other and fit best together."""
    ends: list[int] = []  # of chains found so far: the first row that is free after them, …
    sums: list[float] = []  # … how well they fit, rising with it, …
    links: list[_Link] = []  # … and the last place of each
    for number, places in enumerate(candidates):
        grown: list[tuple[float, _Link]] = []
        for place in places:
            at = bisect_right(ends, place.at)
            before = links[at - 1] if at else None
            grown.append(((sums[at - 1] if at else 0.0) + place.fit, _Link(number, place, before)))
        for total, link in grown:
            _enter(ends, sums, links, total, link)
    chain = links[-1] if links else None
    found: dict[int, _Place] = {}
    while chain is not None:
        found[chain.number] = chain.place
        chain = chain.before
    return found


@dataclass(frozen=True, slots=True)
class _Link:
    number: int
    place: _Place
    before: _Link | None


def _enter(
    ends: list[int], sums: list[float], links: list[_Link], total: float, link: _Link
) -> None:
    """Keep a chain where none that ends sooner fits as well; let go of those it is better than."""
    end = link.place.at + link.place.rows
    at = bisect_left(ends, end)
    if (at and sums[at - 1] >= total) or (at < len(ends) and ends[at] == end and sums[at] >= total):
        return
    last = at
    while last < len(ends) and sums[last] <= total:
        last += 1
    ends[at:last], sums[at:last], links[at:last] = [end], [total], [link]
