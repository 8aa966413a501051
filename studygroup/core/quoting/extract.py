"""What a text quotes: the words between quotation marks and in block quotations, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from studygroup.core.note import Note
from studygroup.core.quoting.attribution import is_attribution, words_end, words_start
from studygroup.core.quoting.audit import Form
from studygroup.core.quoting.marks import Pair, Stretch, pairs
from studygroup.core.reading import PARAGRAPH_GAP, Section, Span
from studygroup.core.text import count_ideographs, count_words

CONTEXT = 32
"""How many characters of its host's text a quotation brings with it on either side."""
QUOTED_FROM = 3
"""From this many words on, what stands between marks is a quotation and not a term.

Words between spaces are meant: “soul-torn” is one.
"""
QUOTED_IDEOGRAPHS = 8
"""The same for characters of Chinese and Japanese, which have no spaces between words."""
INNER_FROM = 5
"""From this many words on, a quotation within a quotation is one of its own."""
DEEPEST = 4
"""How many quotations and blocks may stand in one another; what is deeper is left out."""
QUOTING_CALLOUTS = frozenset({"quote", "cite"})
"""The callouts whose text is a quotation (Obsidian's names for it)."""

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s|\Z)")
_GAP = re.compile(r"\n[ \t]*\n\s*")
_OPENING, _CLOSING = "\"“„‟”«»'‘‚‹›", "\"”“‟»«'’‘›‹"
_LONGEST_SENTENCE = 2000


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that a text quotes, without the marks, and where they stand in its plain text.

    `text` is what stands from `start` to `end` (half-open character offsets), in one paragraph or
    several. `form` says how the words are set off (see `Quotation`). `prefix` and `suffix` are up
    to `CONTEXT` characters before and after it. Of an `open` one a mark is missing: it is as much
    as the sentence allows.
    """

    text: str
    start: int
    end: int
    form: Form = "marks"
    prefix: str = ""
    suffix: str = ""
    open: bool = False

    @property
    def is_term(self) -> bool:
        """Whether it is a single term, a title or a scare quote rather than a quotation."""
        return self.form == "term"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or list item of a host's plain text, and where it begins there."""

    start: int
    text: str
    kind: str = "text"
    quotation: int = 0
    spans: tuple[Span, ...] = ()

    @property
    def end(self) -> int:
        """Where it ends in the host's text."""
        return self.start + len(self.text)


def extract(text: str) -> list[Quoted]:
    """Return what stands between quotation marks in `text`, in order, without the marks.

    Paragraphs are separated by blank lines. Terms are among it; `Quoted.is_term` tells them.
    """
    starts = [0, *(m.end() for m in _GAP.finditer(text))]
    ends = [*(m.start() for m in _GAP.finditer(text)), len(text)]
    return quoted(text, [Piece(a, text[a:b]) for a, b in zip(starts, ends, strict=True)])


def quoted_in_section(section: Section) -> list[Quoted]:
    """Return what a section of a reading quotes, by marks or as a block, in order."""
    pieces = [Piece(p.start, p.text, p.kind, p.quotation, p.spans) for p in section.paragraphs]
    return quoted(section.text, pieces)


def pieces_of(note: Note) -> list[Piece]:
    """Return a note's paragraphs and list items, with offsets in `note.text`.

    In a callout that quotes (`[!quote]`), all of them are one block quotation; but where one of
    them stands between marks, these tell what is quoted, and the rest is the reader's own.
    """
    pieces, start = [], 0
    for block in note.blocks:
        pieces.append(Piece(start, block.text, block.kind, block.quotation, block.spans))
        start += len(block.text) + len(PARAGRAPH_GAP)
    if note.kind not in QUOTING_CALLOUTS or any(p.quotation for p in pieces):
        return pieces
    if any(_is_enclosed(p.text[: words_end(p.text)]) for p in pieces):
        return pieces
    return [Piece(p.start, p.text, p.kind, 1, p.spans) for p in pieces]


def quoted(text: str, pieces: Sequence[Piece]) -> list[Quoted]:
    """Return what the pieces of a plain text quote, in order; terms are among it."""
    blocks = list(_blocks(text, pieces))
    stretches = [Stretch(p.start, _without_code(p), p.kind == "item") for p in pieces]
    between = [p for pair in pairs(stretches) if (p := _trimmed(text, pair)) is not None]
    spans = [(b.start, b.end) for b in blocks]
    titles = [(p.start + s.start, p.start + s.end) for p in pieces for s in p.spans if _names(s)]
    found = [*blocks, *_by_marks(text, between, spans, titles)]
    return sorted(found, key=lambda q: (q.start, -q.end))


def quoting(text: str, start: int, end: int, form: Form, *, open: bool = False) -> Quoted:
    """Return the quotation that stands from `start` to `end` in a plain text."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Quoted(text[start:end], start, end, form, before, after, open)


def _blocks(text: str, pieces: Iterable[Piece]) -> Iterator[Quoted]:
    """Yield each block quotation, without who it is by; that may also part one from the next."""

    def which(piece: Piece) -> int:
        inside = piece.quotation or -(piece.kind == "quote")
        return inside if piece.kind != "code" else 0

    for inside, group in groupby(pieces, which):
        if not inside:
            continue
        for by, run in groupby(group, lambda p: is_attribution(p.text)):
            if by:
                continue
            members = _without_name(list(run))
            first, last = members[0], members[-1]
            start = first.start + words_start(first.text)
            end = last.start + words_end(last.text)
            if start < end and _is_enclosed(text[start:end]):
                start, end = start + 1, end - 1
            start, end = _tight(text, start, end)
            if count_words(text[start:end]):
                yield quoting(text, start, end, "block")


def _without_name(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of a block without a bare name at its end, behind words between marks."""
    if len(pieces) > 1 and _is_enclosed(pieces[-2].text) and not _is_enclosed(pieces[-1].text):
        name = pieces[-1].text.strip()
        if len(name) < 80 and name[-1:] not in ".!?…" and name[:1].isupper():
            return pieces[:-1]
    return pieces


def _is_enclosed(text: str) -> bool:
    """Whether one pair of marks encloses all of a text (its inner paragraphs may open anew)."""
    shown = text.strip()
    if len(shown) < 3 or shown[0] not in _OPENING or shown[-1] not in _CLOSING:
        return False
    stretches = [Stretch(m.start(), m.group()) for m in re.finditer(r".+(?:\n(?!\n).*)*", shown)]
    return any(p.start == 1 and p.end == len(shown) - 1 for p in pairs(stretches) if not p.missing)


def _by_marks(
    text: str,
    between: Sequence[Pair],
    blocks: Sequence[tuple[int, int]],
    titles: Sequence[tuple[int, int]],
) -> Iterator[Quoted]:
    """Yield what is between marks: the outermost, and what is long within it or within a block."""
    ordered = sorted([*between, *(Pair(a, b) for a, b in blocks)], key=lambda p: (p.start, -p.end))
    around = set(blocks)
    named = set(titles)
    outer: list[tuple[int, int]] = []
    for pair in ordered:
        span = (pair.start, pair.end)
        while outer and outer[-1][1] < pair.end:
            outer.pop()
        inner = bool(outer)
        same = inner and _same(span, outer[-1])
        outer.append(span)
        # Deeper than that nobody quotes, and counting words at every depth takes quadratic time.
        if span in around or same or len(outer) > DEEPEST or (inner and pair.missing):
            continue
        count = count_words(text[pair.start : pair.end])
        if not count or (inner and count < INNER_FROM):
            continue
        is_term = _is_short(text[pair.start : pair.end]) or (count < 9 and span in named)
        form: Form = "term" if is_term else "marks"
        yield quoting(text, pair.start, pair.end, form, open=bool(pair.missing))


def _is_short(text: str) -> bool:
    """Whether words are a term: they claim nothing of a reading."""
    spaced = len(text.split(None, QUOTED_FROM))
    return spaced < QUOTED_FROM and count_ideographs(text) < QUOTED_IDEOGRAPHS


def _same(span: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Whether two spans differ by no more than marks and spaces at their ends."""
    return span[0] - outer[0] < 4 and outer[1] - span[1] < 4


def _names(span: Span) -> bool:
    """Whether a span looks like a title's: emphasised, or linked to a page."""
    return span.kind in ("em", "wikilink", "link")


def _without_code(piece: Piece) -> str:
    """Return a piece's text with every character of code made a letter: it quotes nothing."""
    if piece.kind == "code":
        return "x" * len(piece.text)
    text = piece.text
    for span in piece.spans:
        if span.kind == "code":
            text = text[: span.start] + "x" * (span.end - span.start) + text[span.end :]
    return text


def _trimmed(text: str, pair: Pair) -> Pair | None:
    """Bring a pair to the words in it: no space around, one sentence if a mark is missing."""
    start, end = pair.start, pair.end
    if pair.missing == "closing":
        stop = _SENTENCE_END.search(text, start, min(end, start + _LONGEST_SENTENCE))
        end = stop.end() if stop else end
    elif pair.missing == "opening":
        before = max(start, end - _LONGEST_SENTENCE)
        stops = [m.end() for m in _SENTENCE_END.finditer(text, before, end)]
        start = next((s for s in reversed(stops) if text[s:end].strip()), start)
    start, end = _tight(text, start, end)
    return Pair(start, end, pair.missing) if start < end else None


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
