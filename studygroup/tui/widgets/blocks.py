"""What a panel shows, as blocks of styled text, and their layout into lines; pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from studygroup.core.reading import Paragraph, Span
from studygroup.tui.widgets.wrapping import wrap

_SUPERSCRIPT = str.maketrans("0123456789*abcdeiklmnoprtuvx", "⁰¹²³⁴⁵⁶⁷⁸⁹*ᵃᵇᶜᵈᵉⁱᵏˡᵐⁿᵒᵖʳᵗᵘᵛˣ")
_RAISABLE = set("0123456789*abcdeiklmnoprtuvx")


class Run(NamedTuple):
    """A stretch of a block's text, half-open character offsets, drawn in a named style."""

    start: int
    end: int
    style: str


class Block(NamedTuple):
    """One paragraph, heading or label as it is shown.

    `key` says what a click on it means (None: nothing); blocks of one item share a key. `indent`
    and `inset` are cells kept free at the left and right, `hang` is how much further in all lines
    but the first begin; `lead` stands in the indent before the first line, `edge` before every
    line. `gap` is how many blank lines stand above it.
    """

    text: str
    style: str = "text"
    runs: tuple[Run, ...] = ()
    key: Hashable = None
    indent: int = 0
    inset: int = 0
    hang: int = 0
    lead: str = ""
    lead_style: str = "muted"
    edge: str = ""
    gap: int = 1


class Line(NamedTuple):
    """One line on screen: a stretch of a block's text. `block` is None on a blank line."""

    block: Block | None
    start: int = 0
    end: int = 0
    first: bool = False


BLANK = Line(None)


def unread_notice(files: int) -> list[Block]:
    """Return what a panel says when `files` of what it shows can't be read."""
    if not files:
        return []
    what = "1 file can't be read" if files == 1 else f"{files} files can't be read"
    return [Block(f"{what}: press ! to see why.", "strong")]


@dataclass(frozen=True)
class Layout:
    """Blocks laid out in lines of a width; `places` gives each key's half-open range of lines."""

    lines: tuple[Line, ...] = ()
    places: dict[Hashable, tuple[int, int]] = field(default_factory=dict)

    def key_at(self, line: int) -> Hashable:
        """Return the key of the block on a line, or None where there is none."""
        if not 0 <= line < len(self.lines):
            return None
        block = self.lines[line].block
        return None if block is None else block.key

    def next_key(self, key: Hashable, count: int) -> Hashable:
        """Return the key `count` items after `key` (before it, if negative), within the ends."""
        keys = list(self.places)
        if not keys:
            return None
        if key not in self.places:
            return keys[0 if count > 0 else -1]
        return keys[min(len(keys) - 1, max(0, keys.index(key) + count))]


def lay_out(blocks: Iterable[Block], width: int) -> Layout:
    """Return `blocks` in lines of at most `width` cells."""
    lines: list[Line] = []
    places: dict[Hashable, tuple[int, int]] = {}
    for block in blocks:
        if lines:
            lines.extend([BLANK] * block.gap)
        top = len(lines)
        room = width - block.indent - block.inset - block.hang
        for start, end in wrap(block.text, room):
            lines.append(Line(block, start, end, first=len(lines) == top))
        if block.key is not None:
            first, _ = places.get(block.key, (top, top))
            places[block.key] = (first, len(lines))
    return Layout(tuple(lines), places)


class Flow(NamedTuple):
    """A paragraph's text as it is shown: footnote marks stand in it, spans have become runs.

    `marks` are the offsets in the plain text at which a mark was put, with each mark's length.
    """

    text: str
    runs: tuple[Run, ...]
    marks: tuple[tuple[int, int], ...] = ()

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """Return where the plain text's stretch `start`–`end` stands in the shown text."""
        before = sum(length for at, length in self.marks if at <= start)
        inside = sum(length for at, length in self.marks if start < at < end)
        return start + before, end + before + inside

    def plain(self, at: int) -> int:
        """Return which offset of the plain text the offset `at` of the shown text is."""
        before = 0
        for mark, length in self.marks:
            if at <= mark + before:
                break
            if at < mark + before + length:
                return mark
            before += length
        return at - before


def flow(text: str, spans: Sequence[Span], signs: Mapping[str, str] | None = None) -> Flow:
    """Return `text` with its footnote marks put in and its other spans as runs.

    `signs` are the marks to show by the footnotes' labels; without, the labels are shown.
    """
    signs = signs or {}
    notes = sorted((s for s in spans if s.kind == "footnote"), key=lambda s: s.start)
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    runs: list[Run] = []
    done = shift = 0
    for note in notes:
        mark = signs.get(note.target) or raised(note.target)
        pieces += [text[done : note.start], mark]
        runs.append(Run(note.start + shift, note.start + shift + len(mark), "mark"))
        marks.append((note.start, len(mark)))
        done, shift = note.start, shift + len(mark)
    shown = Flow("".join([*pieces, text[done:]]).replace("\t", " "), (), tuple(marks))
    runs += [
        Run(*shown.shown(span.start, span.end), span.kind)
        for span in spans
        if span.kind != "footnote" and span.end > span.start
    ]
    return Flow(shown.text, tuple(runs), shown.marks)


def footnote_signs(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """Return the marks of a section's footnotes by their labels.

    Where all labels are short enough to be raised they are shown as they are, so that they are
    those of the source; where some are words, all are numbered in the order they are referred to.
    """
    paragraphs = tuple(paragraphs)
    referred = [s.target for p in paragraphs for s in p.spans if s.kind == "footnote"]
    labels = dict.fromkeys([*referred, *(p.marker for p in paragraphs if p.kind == "footnote")])
    if any(raised(label).startswith("[") for label in labels):
        return {label: raised(str(number)) for number, label in enumerate(labels, 1)}
    return {label: raised(label) for label in labels}


def raised(label: str) -> str:
    """Return a footnote's label as a raised mark: superscript where there are such characters."""
    lower = label.casefold()
    if lower and len(lower) <= 3 and set(lower) <= _RAISABLE:
        return lower.translate(_SUPERSCRIPT)
    return f"[{label}]"


def cut_runs(runs: Sequence[Run], start: int, end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Split `start`–`end` where a run begins or ends; return each part with the styles over it."""
    cuts = sorted({start, end, *(p for r in runs for p in (r.start, r.end) if start < p < end)})
    return [
        (a, b, tuple(r.style for r in runs if r.start <= a and r.end >= b))
        for a, b in pairwise(cuts)
    ]
