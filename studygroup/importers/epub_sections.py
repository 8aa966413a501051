"""Pieces of a book → its sections, as the table of contents has them, each under one heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studygroup.importers.epub_aside import (
    LINKS,
    is_aside_title,
    is_division,
    is_imprint,
    is_list_title,
    letters,
)
from studygroup.importers.epub_package import Entry, Package
from studygroup.importers.html_blocks import Piece
from studygroup.importers.runs import Run
from studygroup.importers.shapes import BYLINE, is_person

_WORD = "chapter|part|book|section|letter|canto|act|scene|kapitel|chapitre|capítulo|capitolo|глава"
_NUMBER = re.compile(
    rf"(?:(?:{_WORD})(?:the)?)?(?:\d+|[ivxlcdm]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|twenty\w{0,6}|thirty\w{0,6}|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)",
    re.I,
)
_FRONT_WORDS = 150
"""Words before the first entry of the contents up to which they are a title page."""
_TEXT_WORDS = 20
"""Words of a paragraph from which it is text, and no part of a title."""
_REACH = 100
_LONGEST_LABEL = 60
KEPT = "kept"
"""The marker of a heading that stands in the contents and has no text of its own."""
_BELOW = 20
"""How much deeper a heading is put that the contents do not list."""


@dataclass(frozen=True, slots=True)
class _Section:
    entry: Entry | None
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        return sum(len(piece.words.split()) for piece in self.pieces)


def sections(pieces: Sequence[Piece], package: Package, aside: list[str]) -> list[Piece]:
    """Pieces with the headings of the book's contents over the sections that these name.

    What is set aside is added to `aside`. A heading of the text that the contents do not list
    stays, below them, unless it is only a line below a title.
    """
    out: list[Piece] = []
    entries = _single(package.entries)
    parents = parents_of(entries)
    listed = 0
    for section in _divided(pieces, entries):
        entry = section.entry
        if entry is not None and listed and entry.depth > listed:
            continue
        listed = entry.depth if entry is not None and is_list_title(entry.title) else 0
        parent = entry is not None and entry.key in parents
        out += _section(section, package, parent, aside, bool(out))
    return _with_text(out)


def parents_of(entries: Sequence[Entry]) -> set[str]:
    """The keys of entries that have others below them."""
    return {above.key for above, below in pairwise(entries) if below.depth > above.depth}


def _single(entries: Sequence[Entry]) -> list[Entry]:
    """Entries without those that say the same of the same place once more."""
    seen: set[tuple[str, str]] = set()
    out: list[Entry] = []
    for entry in entries:
        said = (entry.key, letters(entry.title))
        if said not in seen:
            seen.add(said)
            out.append(entry)
    return out


def _divided(pieces: Sequence[Piece], entries: Sequence[Entry]) -> list[_Section]:
    """Pieces divided where the table of contents says that a section begins."""
    at: dict[int, list[Entry]] = {}
    for entry, place in zip(entries, _places(pieces, entries), strict=True):
        if place is not None:
            at.setdefault(place, []).append(entry)
    found: list[_Section] = []
    current: Entry | None = None
    held: list[Piece] = []
    for number, piece in enumerate(pieces):
        for entry in at.get(number, ()):
            found.append(_Section(current, tuple(held)))
            current, held = entry, []
        held.append(piece)
    found.append(_Section(current, tuple(held)))
    return found


def _places(pieces: Sequence[Piece], entries: Sequence[Entry]) -> list[int | None]:
    """Where each entry's section begins, None where the book doesn't hold it.

    A heading with an entry's very words is where it begins, if it stands below the place that the
    entry leads to (the page, say) and before that of the next one. Where a link is broken it stands
    between those of the entries before and after; else it is taken for that of the one member
    between them that no other entry leads to. What leads to a whole member begins with it.
    """
    named: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        for key in piece.ids:
            named.setdefault(key, number)
    starts = [named.get(e.key, named.get(f"{e.key.partition('#')[0]}#")) for e in entries]
    ends = _next_places(starts, len(pieces))
    headed: dict[str, list[int]] = {}
    for number, piece in enumerate(pieces):
        if piece.kind == "heading":
            headed.setdefault(letters(piece.words), []).append(number)
    members = sorted(at for key, at in named.items() if key.endswith("#"))
    places: list[int | None] = []
    before = -1
    for start, end, entry in zip(starts, ends, entries, strict=True):
        first = before + 1 if start is None else start
        heading = _first_between(headed.get(letters(entry.title), []), first, end)
        whole = start is not None and entry.key.endswith("#")
        place = start
        if (
            heading is not None
            and not whole
            and (start is None or _has_text(pieces, start, heading))
        ):
            place = heading
        elif start is None:
            free = bisect_left(members, first)
            alone = bisect_left(members, end) - free == 1
            place = members[free] if alone else None
        places.append(place)
        before = place if place is not None and place > before else before
    return places


def _next_places(starts: Sequence[int | None], last: int) -> list[int]:
    """For each entry the next place after its own that an entry after it leads to."""
    found: list[int] = []
    later: list[int] = []
    for start in reversed(starts):
        while start is not None and later and later[-1] <= start:
            later.pop()
        found.append(later[-1] if later else last)
        if start is not None:
            later.append(start)
    return found[::-1]


def _first_between(places: Sequence[int], first: int, end: int) -> int | None:
    at = bisect_left(places, first)
    return places[at] if at < len(places) and places[at] < end else None


def _has_text(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Whether text stands between two places, as far as one need look."""
    near = pieces[start : min(end, start + _REACH)]
    return any(len(piece.words.split()) >= _TEXT_WORDS for piece in near)


def _section(
    section: _Section, package: Package, parent: bool, aside: list[str], begun: bool
) -> list[Piece]:
    """The pieces of a section under its heading from the contents; none for what is set aside."""
    entry = section.entry
    title = letters(package.facts.title)
    pieces = [piece for piece in section.pieces if piece.kind != LINKS]
    if entry is None:
        if package.entries and section.size < _FRONT_WORDS:
            if section.size:
                aside.append("title page")
            return []
        return [_below(piece) for piece in pieces if letters(piece.words) != title]
    noted = 2 * sum(bool(piece.note) for piece in pieces) > len(pieces)
    said = _repeating(pieces, entry.title, title)
    rest = [piece for at, piece in enumerate(pieces) if at not in said]
    listed = len(pieces) < len(section.pieces) and not rest and not parent
    left = listed and not is_division(entry.title)
    front = not begun and not parent and is_imprint(pieces)
    if (is_aside_title(entry.title) and not noted) or left or front:
        aside.append(entry.title)
        return []
    alone = not parent and letters(entry.title) == title
    if alone and not begun and section.size < _FRONT_WORDS:
        aside.append("title page")
        return []
    named = _NUMBER.fullmatch(letters(entry.title)) and _name(rest)
    words = f"{entry.title.rstrip(' .:')}. {rest[0].words}" if named else entry.title
    rest = _without_bylines(rest[1:] if named else rest)
    bare = bool(said) or is_division(entry.title) or not pieces
    marker = KEPT if bare and not any(piece.words for piece in rest) else ""
    heading = Piece("heading", (Run(words),), level=entry.depth, marker=marker)
    return [heading, *map(_below, rest)]


def _name(pieces: Sequence[Piece]) -> bool:
    """Whether a section, of which the contents have the number only, begins with its name."""
    if len(pieces) < 2 or pieces[0].kind != "heading" or pieces[1].kind == "heading":
        return False
    said = letters(pieces[0].words)
    return not re.fullmatch(_WORD, said) and not _NUMBER.fullmatch(said)


def _below(piece: Piece) -> Piece:
    """A heading that the contents do not list, under those that they do."""
    return replace(piece, level=piece.level + _BELOW) if piece.kind == "heading" else piece


def _without_bylines(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a section with the heading directly below its title as a line, when it is a
    name, or the only one: one part is no division.
    """
    out = list(pieces)
    at = next((at for at, piece in enumerate(out) if piece.kind != "rule"), 0)
    if out and out[at].kind == "heading":
        alone = sum(piece.kind == "heading" for piece in out) == 1
        said = " ".join(out[at].words.split())
        small = {word for piece in out for word in piece.words.split() if word.islower()}
        if alone or BYLINE.match(said) or is_person(said, small):
            out[at] = _as_line(out[at])
    return out


def _as_line(piece: Piece) -> Piece:
    """A heading that is none, as a line in bold."""
    runs = tuple(replace(run, strong=True) for run in piece.runs)
    return replace(piece, kind="paragraph", runs=runs, level=1)


def _repeating(pieces: Sequence[Piece], title: str, book: str) -> set[int]:
    """The places of pieces at the front that say no more than the section's title or its number.

    Up to three short ones between them (an author, a date) are passed over and stay.
    """
    wanted = letters(title)
    said, between = "", 0
    found: set[int] = set()
    for at, piece in enumerate(pieces[:8]):
        own = letters(piece.words)
        heading = piece.kind == "heading"
        if piece.kind == "rule" or not own:
            continue
        whole = own == wanted or (bool(said) and said + own == wanted)
        part = own in wanted or wanted in own or own == book or bool(_NUMBER.fullmatch(own))
        if whole or (heading and part and not between) or wanted.startswith(said + own):
            if said != wanted or heading:
                found.add(at)
                said += own if own in wanted else ""
        elif between == 3 or len(own) > 150 or (heading and not _labels(pieces, at, wanted)):
            break
        else:
            between += 1
    return found


def _labels(pieces: Sequence[Piece], at: int, wanted: str) -> bool:
    """Whether a heading is the line above the one that says the title, such as its number."""
    short = len(pieces[at].words) <= _LONGEST_LABEL
    return short and at + 1 < len(pieces) and letters(pieces[at + 1].words) == wanted


def _with_text(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which every heading has something below it.

    Of the contents' headings those go that have not, apart from the names of parts; one of the text
    becomes a line, for it is said there (an author, the second line of a title).
    """
    out: list[Piece] = []
    for piece, below in _pairs(pieces):
        bare = piece.kind == "heading" and (
            below is None or (below.kind == "heading" and below.level <= piece.level)
        )
        if not bare or piece.marker == KEPT:
            out.append(piece)
        elif piece.level > _BELOW:
            out.append(_as_line(piece))
    return out


def _pairs(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece | None]]:
    return zip(pieces, [*pieces[1:], None], strict=False)
