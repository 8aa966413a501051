"""What a note quotes, with marks and without: words of a reading that nobody set off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from studygroup.core.anchoring.anchoring import CUT
from studygroup.core.note import Note
from studygroup.core.quoting.attribution import is_attribution, words_end, words_start
from studygroup.core.quoting.extract import Piece, Quoted, pieces_of, quoted, quoting
from studygroup.core.quoting.runs import (
    GRAM,
    MARKED_CUT,
    Joining,
    RunTable,
    Shared,
    aligned,
    every_gram,
    fingerprints_of,
    grams,
)
from studygroup.core.reading import Reading
from studygroup.core.text import Word, words

STRETCH_FROM = 8
"""From this many words on, words of a reading inside a sentence are a quotation without marks."""
WHOLE_FROM = 5
"""From this many words on, a list item or paragraph that is all a reading's words is one."""
ALIKE = 0.75
"""What part of the words of a long stretch inside a sentence has to be the reading's."""
SHORT_ALIKE = 0.9
"""The same, of one below `LONG` words."""
LONG = 14
AT_ONCE = 16
"""How many readings are asked together whether they have any of a note's words."""
_DOUBLE = ('"', "“", "”", "„", "‟", "«", "»", "‹", "›")
LEAST_BITS = 60.0
"""What the words of a stretch have to say at least: a stock phrase says less."""
BITS_A_WORD = 7.0
"""The same, of each on average."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage of a piece that stands in a reading: word indices in the piece."""

    shared: Shared
    bits: float


def quoted_in_note(note: Note, readings: Iterable[Reading]) -> list[Quoted]:
    """Return all that a note quotes, in order: between marks, as a block, and without either.

    Words of the `readings` that nobody set off are `unmarked`. A quotation of which a mark is
    missing begins, or ends, where the reading's words do. Offsets are in `note.text`.
    """
    pool = list(readings)
    pieces, text = pieces_of(note), note.text
    marked = quoted(text, pieces)
    found: list[Quoted] = []
    for piece in pieces:
        inside = [q for q in marked if piece.start <= q.start < piece.end]
        if piece.kind == "code" or is_attribution(piece.text):
            continue
        if piece.quotation or any(q.form == "block" for q in inside):
            continue
        own = words(piece.text)
        if len(own) < WHOLE_FROM:
            continue
        cuts = [m.start() for m in CUT.finditer(piece.text)]
        marked_cuts = {next((i for i, w in enumerate(own) if w.start > c), len(own)) for c in cuts}
        joining = Joining(gap=3, cut=10, marked=frozenset(marked_cuts), either=False)
        passages = list(_passages(own, pool, note.reading, joining))
        closed = [_closed(q, piece, own, passages, text) for q in inside if q.open]
        marked = [q for q in marked if not (q.open and q in inside)]
        marked += [q for q in closed if q is not None]
        set_off = [(q.start, q.end) for q in marked if not q.is_term]
        found += _set_free(text, piece, own, passages, set_off)
    return sorted([*marked, *found], key=lambda q: (q.start, -q.end))


def grams_in_note(note: Note) -> set[int]:
    """Return the hashed groups of words (see `runs.grams`) of all that may be a quotation."""
    found: set[int] = set()
    for piece in pieces_of(note):
        found.update(grams([word.folded for word in words(piece.text)]))
    return found


def _passages(
    own: Sequence[Word], pool: Sequence[Reading], home: str, joining: Joining
) -> Iterator[_Found]:
    """Yield what a piece of a note shares with readings: the one it is on, then the others."""
    folded = [word.folded for word in own]
    keys = grams(folded)
    sought = set(keys)
    at = next((i for i, reading in enumerate(pool) if reading.slug == home), None)
    if at is not None:
        table = pool[at].run_table
        yield from _shared(folded, keys, table, every_gram(table), joining)
    for begin in range(0, len(pool), AT_ONCE):
        tables = tuple(reading.run_table for reading in pool[begin : begin + AT_ONCE])
        if fingerprints_of(tables).isdisjoint(sought):
            continue
        for reading, table in zip(pool[begin:], tables, strict=False):
            if reading.slug != home and not table.fingerprints.keys().isdisjoint(sought):
                yield from _shared(folded, keys, table, table.fingerprints, joining)


def _shared(
    own: Sequence[str],
    keys: Sequence[int],
    table: RunTable,
    places: Mapping[int, Sequence[int]],
    joining: Joining,
) -> Iterator[_Found]:
    seeds = [(i, at) for i, key in enumerate(keys) for at in places.get(key, ())]
    for shared in aligned(own, table.words, seeds, joining):
        shared = _over_cuts(shared, own, table.words, joining.marked)
        yield _Found(shared, table.bits(own[shared.first : shared.end]))


def _over_cuts(
    shared: Shared, own: Sequence[str], theirs: Sequence[str], cuts: frozenset[int]
) -> Shared:
    """Return a passage with the few words that stand beyond a marked cut at either of its ends."""
    if shared.end in cuts:
        rest = own[shared.end : min((c for c in cuts if c > shared.end), default=len(own))]
        at = _find(rest, theirs[shared.at_end : shared.at_end + MARKED_CUT])
        if at is not None:
            end, at_end = shared.end + len(rest), shared.at_end + at + len(rest)
            shared = replace(shared, end=end, at_end=at_end, same=shared.same + len(rest))
    if shared.first in cuts:
        rest = own[max((c for c in cuts if c < shared.first), default=0) : shared.first]
        begin = max(0, shared.at - MARKED_CUT)
        at = _find(rest, theirs[begin : shared.at])
        if at is not None:
            first, start = shared.first - len(rest), begin + at
            shared = replace(shared, first=first, at=start, same=shared.same + len(rest))
    return shared


def _find(sought: Sequence[str], words: Sequence[str]) -> int | None:
    """Return where a few words stand among others; None where they don't, or are only one."""
    size = len(sought)
    if size < 2:
        return None
    wanted = list(sought)
    places = (i for i, word in enumerate(words) if word == wanted[0])
    return next((i for i in places if list(words[i : i + size]) == wanted), None)


def _set_free(
    text: str,
    piece: Piece,
    own: Sequence[Word],
    passages: Iterable[_Found],
    set_off: Sequence[tuple[int, int]],
) -> Iterator[Quoted]:
    """Yield the passages of a piece that are quotations though nothing sets them off."""
    start, end = words_start(piece.text), words_end(piece.text)
    core = [i for i, word in enumerate(own) if start <= word.start < end]
    if not core:
        return
    taken: list[tuple[int, int]] = list(set_off)
    for one in sorted(passages, key=lambda f: -f.shared.same):
        shared = one.shared
        whole = _is_whole(shared, core[0], core[-1] + 1)
        if not whole and not _is_stretch(one):
            continue
        first, last = (core[0], core[-1]) if whole else (shared.first, shared.end - 1)
        begin, stop = piece.start + own[first].start, piece.start + own[last].end
        if whole:
            begin, stop = piece.start + start, piece.start + end
        if any(a < stop and begin < b for a, b in taken):
            continue
        taken.append((begin, stop))
        yield quoting(text, begin, stop, "unmarked")


def _is_whole(shared: Shared, first: int, end: int) -> bool:
    """Whether a passage is all of a list item or paragraph, give or take a word or two."""
    size = end - first
    if size < WHOLE_FROM or shared.end - shared.first < 0.85 * size:
        return False
    wanted = 1.0 if size < STRETCH_FROM else 0.75 if size < 12 else 0.65
    return shared.same >= wanted * size


def _is_stretch(found: _Found) -> bool:
    shared = found.shared
    if shared.same < STRETCH_FROM or found.bits < LEAST_BITS:
        return False
    if found.bits < BITS_A_WORD * (shared.end - shared.first):
        return False
    alike = ALIKE if shared.same >= LONG else SHORT_ALIKE
    return shared.same >= alike * max(shared.end - shared.first, 0.8 * (shared.at_end - shared.at))


def _closed(
    open: Quoted, piece: Piece, own: Sequence[Word], passages: Iterable[_Found], text: str
) -> Quoted | None:
    """Return a quotation of which a mark is missing as the reading's words bound it.

    None where a mark that opens nothing has no words of a reading before it: it is then none.
    """
    start, end = open.start - piece.start, open.end - piece.start
    best: tuple[int, int, int] | None = None
    for one in passages:
        shared = one.shared
        begin, stop = own[shared.first].start, own[shared.end - 1].end
        near = begin <= end + 20 and start - 20 <= stop
        if near and shared.same >= GRAM and (best is None or shared.same > best[0]):
            best = (shared.same, begin, stop)
    opens = piece.text[:start].rstrip().endswith(_DOUBLE)
    closes = piece.text.startswith(_DOUBLE, end)
    if best is None:
        return open if opens or not closes else None
    if opens and not closes:
        end = max(best[2], start + 1)
    elif closes:
        start = min(best[1], start) if opens else best[1]
    if start >= end:
        return open
    return quoting(text, piece.start + start, piece.start + end, "marks", open=True)
