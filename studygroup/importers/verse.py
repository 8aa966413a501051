"""Lines of verse: blocks of printed lines that all begin with a capital, however long they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studygroup.importers.layout import Layout
from studygroup.importers.lines import Line, ends_sentence, starts_low
from studygroup.importers.shapes import LIST_ITEM, NUMBERED, is_capitals

_SURE = 4
"""Lines from which a block is verse by their capitals alone: prose begins a line so by chance."""

_MOSTLY = 0.9


@dataclass(frozen=True, slots=True)
class Verse:
    """The places of printed lines that begin a line of verse, and of those that go on with one."""

    begins: frozenset[int] = frozenset()
    goes_on: frozenset[int] = frozenset()


def verse_lines(lines: Sequence[Line], layout: Layout) -> Verse:
    """Find the verse in a document that sets its paragraphs apart by blank lines.

    A stanza of two or three lines is verse where it stands in, next to a longer one, or in a book
    of verse. A line that begins small and stands farther in goes on with the one before.
    """
    if layout.spacing is None or not layout.explicit:
        return Verse()
    begins: set[int] = set()
    goes_on: set[int] = set()
    blocks = [(block, _heads(lines, block)) for block in _blocks(lines, layout)]
    sure = [_is_verse(lines, heads, layout, _SURE) for _, heads in blocks]
    poems = sum(len(block) for (block, _), yes in zip(blocks, sure, strict=True) if yes)
    for at, (block, heads) in enumerate(blocks):
        beside = poems * 2 > len(lines) or sure[max(0, at - 1)] or sure[min(at + 1, len(sure) - 1)]
        set_in = all(lines[place].indent > layout.margin + 1 for place in heads)
        short = all(layout.fill(lines[place]) < 0.75 for place in heads)
        fewest = 2 if beside or (set_in and short) else 3
        if sure[at] or ((beside or short) and _is_verse(lines, heads, layout, fewest)):
            begins |= set(heads)
            goes_on |= set(block) - set(heads)
    return Verse(frozenset(begins), frozenset(goes_on))


def _blocks(lines: Sequence[Line], layout: Layout) -> Iterator[range]:
    """The runs of lines without a blank line between them, beyond those between all lines."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].gap > (layout.spacing or 0):
            yield range(start, at)
            start = at


def _heads(lines: Sequence[Line], block: range) -> list[int]:
    """The lines of a block that go on with none before."""
    heads = [block.start]
    for at in block[1:]:
        low_and_in = starts_low(lines[at].text) and lines[at].indent > lines[heads[-1]].indent
        if not low_and_in:
            heads.append(at)
    return heads


def _is_verse(lines: Sequence[Line], heads: Sequence[int], layout: Layout, fewest: int) -> bool:
    texts = [lines[at].text for at in heads]
    if len(texts) < fewest or any(lines[at].quoted for at in heads):
        return False
    firsts = [text.lstrip("“\"‘'(—–-[ ")[:1] for text in texts]
    raised = [
        first.isupper() or text.isdecimal() for first, text in zip(firsts, texts, strict=True)
    ]
    listed = sum(1 for text in texts if LIST_ITEM.match(text) or NUMBERED.match(text))
    stops = sum(1 for text in texts[:-1] if ends_sentence(text))
    return (
        sum(raised) >= _MOSTLY * len(texts)
        and listed * 2 < len(texts)
        and stops * 2 <= len(texts)
        and sum(map(is_capitals, texts)) * 2 < len(texts)
    )
