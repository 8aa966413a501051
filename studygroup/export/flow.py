"""A document as it flows, whatever the format: named parts of blocks, each of runs of plain text.

Every renderer is given the same flow, and no run is ever markup: what a person wrote reaches the
page as the characters it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from studygroup.core.text import clean

Style = Literal["", "strong", "em", "code", "ins", "del"]
"""How a run is set. `ins` and `del` mark words that were put in and left out."""

BlockKind = Literal[
    "heading", "text", "item", "task", "quote", "passage", "label", "byline", "room"
]
"""What a block is.

`heading` and `text` are what they say; `item` belongs to a list, `task` to one with boxes to tick;
`quote` is a block quotation; `passage` is a paragraph of a reading with its number as marker;
`label` names what follows, below the headings, and `byline` says a word on it, such as whose it is;
`room` is `level` empty lines to write on.
"""

_LISTS = ("item", "task")
_JOINED = (*_LISTS, "quote")
_NOT_SHOWN = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"`{}|\\^\x00-\x20\x7f-\x9f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a newline in it is a line break. `href` makes it a link."""

    text: str
    style: Style = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece of a document.

    `level` is a heading's depth from 1, an item's or quotation's depth from 0, and the number of
    lines of a `room`. `marker` is what stands before a passage, and quietly beside a label.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        """The block's text without styles."""
        return "".join(r.text for r in self.runs)


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a document; the name has no spaces and is unique in it."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A block, and what stands below it in a list."""

    block: Block
    below: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together: the items of one list, or a single block of another kind."""

    kind: str
    nodes: tuple[Node, ...]


def runs(*pieces: Run | str) -> tuple[Run, ...]:
    """Return runs made of pieces, strings being plain: safe to show, neighbours alike joined."""
    made: list[Run] = []
    for piece in pieces:
        run = Run(piece) if isinstance(piece, str) else piece
        text = shown(run.text)
        if not text:
            continue
        last = made[-1] if made else None
        if last is not None and (last.style, last.href) == (run.style, run.href):
            made[-1] = Run(last.text + text, run.style, run.href)
        else:
            made.append(Run(text, run.style, run.href))
    return tuple(made)


def shown(text: str) -> str:
    """Return text as every format can show it: nothing hidden in it, no character without form."""
    return _NOT_SHOWN.sub("\ufffd", clean(text))


def strong(text: str) -> Run:
    """Return text that stands out."""
    return Run(text, "strong")


def em(text: str) -> Run:
    """Return text that is stressed."""
    return Run(text, "em")


def heading(level: int, *pieces: Run | str) -> Block:
    """Return a heading."""
    return Block("heading", runs(*pieces), level)


def text(*pieces: Run | str) -> Block:
    """Return a paragraph."""
    return Block("text", runs(*pieces))


def item(*pieces: Run | str, level: int = 0) -> Block:
    """Return an item of a list."""
    return Block("item", runs(*pieces), level)


def label(*pieces: Run | str, marker: str = "") -> Block:
    """Return a line that names what follows."""
    return Block("label", runs(*pieces), marker=marker)


def part(name: str, blocks: Iterable[Block]) -> Part:
    """Return a part without the blocks that have nothing to show."""
    return Part(name, tuple(b for b in blocks if b.runs or b.kind == "room"))


def joined(pieces: Sequence[Run | str], between: str) -> Iterator[Run | str]:
    """Yield the pieces with `between` between them."""
    for number, piece in enumerate(pieces):
        if number:
            yield between
        yield piece


def grouped(blocks: Sequence[Block], level: int = 0) -> tuple[Group, ...]:
    """Return blocks as documents nest them: items in lists, deeper ones below their item."""
    groups: list[Group] = []
    position = 0
    while position < len(blocks):
        block = blocks[position]
        end = position + 1
        if block.kind in _LISTS:
            while end < len(blocks) and _is_below(blocks[end], level):
                end += 1
        node = Node(block, grouped(blocks[position + 1 : end], level + 1))
        if groups and block.kind in _JOINED and groups[-1].kind == block.kind:
            groups[-1] = Group(block.kind, (*groups[-1].nodes, node))
        else:
            groups.append(Group(block.kind, (node,)))
        position = end
    return tuple(groups)


def _is_below(block: Block, level: int) -> bool:
    return block.kind in (*_LISTS, "quote") and block.level > level


def safe_link(address: str) -> str:
    """Return a web or mail address that a document may link to, "" for any other."""
    return address if _LINK.fullmatch(address) else ""
