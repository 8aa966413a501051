"""Passages that stand in two readings, with or without marks: who quotes whom, and from where.

After winnowing (Schleimer, Wilkerson, Aiken: “Winnowing: Local Algorithms for Document
Fingerprinting”, SIGMOD 2003): every run of eight words that two texts share is noticed, by a hash
of four words in it that both keep. What is noticed is grown and joined over small differences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from studygroup.core.anchoring.quotation import Anchor, Match
from studygroup.core.quoting.audit import Form
from studygroup.core.quoting.extract import quoted_in_section
from studygroup.core.quoting.runs import RunTable, Shared
from studygroup.core.reading import Reading, Section
from studygroup.core.text import words

SHARED_FROM = 8
"""From this many words on, what two readings share is told."""
ALIKE = 0.6
"""What part of a passage's words has to be the same in both."""
LEAST_BITS = 64.0
"""What the shared words have to say at least: a stock phrase says less."""
BITS_A_WORD = 6.5
"""The same, of each on average."""
STOCK_UNTIL = 14
"""Below this many words, what stands in `MANY` other readings too is a stock phrase."""
MANY = 4
EVERYWHERE = 0.25
"""What stands in more of the readings than this, however long, is no quotation: a notice."""
LAST_WORDS = 4
"""How many words until the end of its sentence still belong to a passage, where both end alike."""
COVERED = 0.6
"""What part of a passage marks, or another passage, must cover to be about the same words."""

_SENTENCE_END = re.compile(r"[.!?…]|\n")

ToldBy = Literal["order", "year", "thread", "marks", "place"]


@dataclass(frozen=True, slots=True)
class Reuse:
    """A passage that stands in two readings, or in two comments of a thread.

    `quoting` and `quoted` are where it stands on the side that quotes and the side that is quoted.
    `told_by` says how that is known: the `order` of comments in a thread, the `year` of the
    readings, that a `thread` talks about a text, `marks` on one side only; `place` means that
    nothing tells and the reading that comes first counts as quoted. `form` is how the quoting side
    sets the words off. `source` is where the quoted side has them from in its turn, at the end of
    the chain; None where it is the first that has them.
    """

    quoting: Anchor
    quoted: Anchor
    similarity: float
    form: Form
    told_by: ToldBy
    source: Anchor | None = None

    @property
    def ends(self) -> tuple[Anchor, Anchor]:
        """The quoting side and the quoted one."""
        return self.quoting, self.quoted

    @property
    def match(self) -> Match:
        """The verdict on the quoting words, and where they stand on the quoted side."""
        verdict: Literal["exact", "altered"] = "exact" if self.similarity == 1.0 else "altered"
        return Match(verdict, self.similarity, self.quoted, (self.quoted,))


class _Side(NamedTuple):
    """One of the two places of a passage: word places in a reading, by its order in the study."""

    order: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Passage:
    a: _Side
    b: _Side
    same: int


def reuse(readings: Iterable[Reading]) -> tuple[Reuse, ...]:
    """Return the passages of `SHARED_FROM` words and more that stand in two of the readings.

    In the order of the readings and their text, by the quoting side; in threads, passages that two
    comments share are among them. Stock phrases are left out: words that say little by their
    frequency, and short passages that stand in many readings. Each pair of readings is compared
    once, for as long as neither is parsed anew.
    """
    pool = list(readings)
    tables = [reading.run_table for reading in pool]
    passages = _without_stock(list(_passages(pool, tables)), len(pool))
    told = [_told(pool, _to_sentence_end(pool, passage)) for passage in passages]
    told.sort(key=lambda t: (t[0], t[1]))
    return tuple(_with_sources([_reuse(pool, *t) for t in told]))


def _passages(pool: Sequence[Reading], tables: Sequence[RunTable]) -> Iterator[_Passage]:
    sharing = _sharing(tables)
    for a, table in enumerate(tables):
        for b in range(a if pool[a].kind == "thread" else a + 1, len(tables)):
            nothing = sharing is not None and a != b and (a, b) not in sharing
            for shared in table.shared_with(tables[b], nothing=nothing):
                if _says_enough(shared, table, tables[b]):
                    mine = _Side(a, shared.first, shared.end)
                    yield _Passage(mine, _Side(b, shared.at, shared.at_end), shared.same)


def _sharing(tables: Sequence[RunTable]) -> set[tuple[int, int]] | None:
    """Return which readings have a fingerprint in common; None where few are new to each other.

    Comparing a new one with each of the others is quicker than going through all of them again.
    """
    new = sum(not table.knows(following) for table, following in pairwise(tables))
    if new < max(3, len(tables) // 8):
        return None
    first: dict[int, int] = {}
    more: dict[int, list[int]] = {}
    for index, table in enumerate(tables):
        for key in table.fingerprints:
            known = first.setdefault(key, index)
            if known != index:
                more.setdefault(key, [known]).append(index)
    few = [have for have in more.values() if len(have) <= _everywhere(len(tables))]
    return {(a, b) for have in few for i, b in enumerate(have) for a in have[:i]}


def _everywhere(readings: int) -> int:
    return max(2 * MANY, int(EVERYWHERE * readings))


def _says_enough(shared: Shared, mine: RunTable, theirs: RunTable) -> bool:
    if shared.same < SHARED_FROM or shared.likeness < ALIKE:
        return False
    if shared.same >= 2 * SHARED_FROM:
        return True
    said = mine.words[shared.first : shared.end]
    bits = min(mine.bits(said), theirs.bits(said))
    return bits >= max(LEAST_BITS, BITS_A_WORD * len(said))


def _without_stock(passages: list[_Passage], readings: int) -> list[_Passage]:
    """Leave out what too many readings have in common to be a quotation of one by another."""
    by_side: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for p in passages:
        by_side[p.a.order].append((p.a.first, p.a.end, p.b.order))
        by_side[p.b.order].append((p.b.first, p.b.end, p.a.order))
    for spans in by_side.values():
        spans.sort()
    many = max(MANY, readings // 20)

    def is_stock(p: _Passage) -> bool:
        limit = many if p.same < STOCK_UNTIL else _everywhere(readings)
        return any(_others(by_side[s.order], s) > limit for s in (p.a, p.b))

    return [p for p in passages if not is_stock(p)]


def _others(spans: Sequence[tuple[int, int, int]], side: _Side) -> int:
    """Return how many readings have most of the words of one side too."""
    begin = bisect_left(spans, (side.first - 400, 0, 0))
    found = set()
    for first, end, other in spans[begin:]:
        if first >= side.end:
            break
        if min(end, side.end) - max(first, side.first) >= COVERED * (side.end - side.first):
            found.add(other)
    return len(found)


def _to_sentence_end(pool: Sequence[Reading], passage: _Passage) -> _Passage:
    """Return the passage with the last words of its sentence, where both sides have the last one.

    What differs just before a sentence ends is followed by too little to be walked over.
    """
    a, b = passage.a, passage.b
    mine = _until_sentence_end(pool[a.order].run_table, a.end)
    theirs = _until_sentence_end(pool[b.order].run_table, b.end)
    same = 0
    while same < min(len(mine), len(theirs)) and mine[-1 - same] == theirs[-1 - same]:
        same += 1
    if not same:
        return passage
    a, b = a._replace(end=a.end + len(mine)), b._replace(end=b.end + len(theirs))
    return _Passage(a, b, passage.same + same)


def _until_sentence_end(table: RunTable, place: int) -> Sequence[str]:
    """Return the words from a place to the end of their sentence; none where these are many."""
    section, start, _ = table.span(place - 1, place)
    rest = section.text[start : start + 40 * (LAST_WORDS + 1)]
    sentence = _SENTENCE_END.search(rest)
    count = len(words(rest[: sentence.start()] if sentence else rest)) - 1
    return table.words[place : place + count] if 0 < count <= LAST_WORDS else ()


def _told(pool: Sequence[Reading], passage: _Passage) -> tuple[_Side, _Side, int, ToldBy]:
    """Return the quoting side, the quoted side, how many words are the same, and what tells."""
    a, b = passage.a, passage.b
    mine, theirs = pool[a.order], pool[b.order]
    if a.order == b.order:
        return b, a, passage.same, "order"
    if mine.year is not None and theirs.year is not None and mine.year != theirs.year:
        return (*((a, b) if mine.year > theirs.year else (b, a)), passage.same, "year")
    if (mine.kind == "thread") != (theirs.kind == "thread"):
        return (*((a, b) if mine.kind == "thread" else (b, a)), passage.same, "thread")
    marked, their_marked = _form(pool, a) != "unmarked", _form(pool, b) != "unmarked"
    if marked != their_marked:
        return (*((a, b) if marked else (b, a)), passage.same, "marks")
    return b, a, passage.same, "place"


def _form(pool: Sequence[Reading], side: _Side) -> Form:
    """Say how a reading sets off the words of a passage: the form that covers most of them."""
    table = pool[side.order].run_table
    section, start, end = table.span(side.first, side.end)
    for quoted in _quoted(table, section):
        over = min(end, quoted.end) - max(start, quoted.start)
        if quoted.form in ("marks", "block") and over >= COVERED * (end - start):
            return quoted.form
    return "unmarked"


class _QuotedSpan(NamedTuple):
    form: Form
    start: int
    end: int


def _quoted(table: RunTable, section: Section) -> Sequence[_QuotedSpan]:
    kept = table.quoted.get(section.id)
    if kept is None:
        spans = [_QuotedSpan(q.form, q.start, q.end) for q in quoted_in_section(section)]
        kept = table.quoted[section.id] = tuple(spans)
    return [_QuotedSpan(*span) for span in kept]


def _reuse(
    pool: Sequence[Reading], quoting: _Side, quoted: _Side, same: int, told_by: ToldBy
) -> Reuse:
    longer = max(quoting.end - quoting.first, quoted.end - quoted.first)
    similarity = 1.0 if same == longer else min(0.99, same / longer)
    form = _form(pool, quoting)
    return Reuse(_anchor(pool, quoting), _anchor(pool, quoted), similarity, form, told_by)


def _anchor(pool: Sequence[Reading], side: _Side) -> Anchor:
    reading = pool[side.order]
    return Anchor.at(reading.slug, *reading.run_table.span(side.first, side.end))


def _with_sources(found: Sequence[Reuse]) -> Iterator[Reuse]:
    """Yield each passage with the end of its chain: what the quoted side quotes, and so on."""
    by_quoting: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for one in found:
        by_quoting[one.quoting.reading, one.quoting.section].append(one)
    for one in found:
        source, seen = one.quoted, {_place(one.quoting), _place(one.quoted)}
        while (further := _quoted_by(source, by_quoting)) and _place(further) not in seen:
            source = further
            seen.add(_place(source))
        yield one if source is one.quoted else replace(one, source=source)


def _quoted_by(anchor: Anchor, by_quoting: dict[tuple[str, str], list[Reuse]]) -> Anchor | None:
    """Return where the words at a place are quoted from: of several, what covers most of them."""
    best: tuple[int, Anchor] | None = None
    for one in by_quoting.get((anchor.reading, anchor.section), ()):
        over = min(anchor.end, one.quoting.end) - max(anchor.start, one.quoting.start)
        if over >= COVERED * (anchor.end - anchor.start) and (best is None or over > best[0]):
            best = (over, one.quoted)
    return best[1] if best else None


def _place(anchor: Anchor) -> tuple[str, str, int]:
    return anchor.reading, anchor.section, anchor.start
