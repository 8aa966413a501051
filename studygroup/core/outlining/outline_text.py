"""An outline as a text that people write: one heading a line, its depth by `#` marks or indents.

    # First part
    ## A section             [in the text: a line that is called otherwise]
    ## Another one           [before: the words with which a paragraph begins]

What stands in brackets says where a heading is, if the text doesn't have its very words. Blank
lines and lines that begin with `//` or are comments of Markdown say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from studygroup.core.outlining.revision import DEEPEST, Revision, plain

_MARKS = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"[-*+•]\s+(?=\S)")
_WHERE = re.compile(r"\s\[(in the text|before):\s*(\S[^\n]*)\]$")
_COMMENTS = ("//", "<!--")
_BEGINNING = 12
"""How many words of a paragraph say which one is meant."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A heading that an outline names: its words, its depth from 1, and the line that names it.

    `where` are the words that the text has for it, "" for its own; with `is_new` they are the
    beginning of the paragraph that it stands before.
    """

    text: str
    level: int
    line: int
    where: str = ""
    is_new: bool = False


def parse_outline(text: str) -> tuple[Wanted, ...]:
    """Return the headings that an outline names, in order."""
    return tuple(_parsed(text))


def _parsed(text: str) -> Iterator[Wanted]:
    indents: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        if not words or words.startswith(_COMMENTS):
            continue
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        where, is_new = "", False
        if match := _WHERE.search(words):
            words, where = words[: match.start()].strip(), match.group(2).strip()
            is_new = match.group(1) == "before"
        if match := _MARKS.match(words):
            level, words = len(match.group(1)), words[match.end() :]
        else:
            while indents and indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            level = min(DEEPEST, len(indents))
            words = words[match.end() :] if (match := _BULLET.match(words)) else words
        if words:
            yield Wanted(words, level, number, where, is_new)


def written_outline(revision: Revision, title: str) -> str:
    """Return an outline as a text from which it can be had again."""
    lines = [f"// The outline of {plain(title)}: take it with --outline."]
    for at in revision.headings:
        row = revision.rows[at]
        where = f"  [in the text: {plain(row.was)}]" if row.is_renamed else ""
        if row.is_new:
            after = (row.block.text for row in revision.rows[at + 1 :] if not row.is_new)
            following = next(after, "")
            where = f"  [before: {' '.join(plain(following).split()[:_BEGINNING])}]"
        lines.append(f"{'#' * row.block.level} {plain(row.block.text)}{where}")
    return "\n".join(lines) + "\n"
