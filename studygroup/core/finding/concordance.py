"""The concordance: every place of what is sought on a line of its own, aligned on the term.

Known as keyword in context (H. P. Luhn, “Key Word-in-Context Index for Technical Literature”,
1960): one sees how an author uses a word by what comes before and after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from studygroup.core.finding.search import Document, Spans
from studygroup.core.text import one_line, words

Order = Literal["study", "after", "before"]
ORDERS: tuple[Order, ...] = get_args(Order)
"""As the places stand in the study, by the words that follow, or by those that precede."""

MOST_PLACES = 2_000
"""How many documents a concordance is made of at most: more can't be read."""
WIDTH = 200
"""How many characters of text are kept on either side of the term."""


@dataclass(frozen=True, slots=True)
class Line:
    """One place: the term as it stands there, and the text around it, each on one line.

    `before` ends and `after` begins with the space or mark that stands beside the term.
    """

    document: Document
    before: str
    term: str
    after: str


def concordance(
    documents: Iterable[Document], marks: Callable[[Document], Spans], order: Order = "study"
) -> list[Line]:
    """Return the places in the bodies of `documents` that `marks` tells, in that order."""
    lines = [
        Line(
            document,
            _spaced(document.body[max(0, start - WIDTH) : start]),
            one_line(document.body[start:end]),
            _spaced(document.body[end : end + WIDTH]),
        )
        for document in documents
        for start, end in marks(document)
    ]
    if order == "after":
        lines.sort(key=lambda line: _folded(line.after))
    elif order == "before":
        lines.sort(key=lambda line: _folded(line.before)[::-1])
    return lines


def _spaced(text: str) -> str:
    """Return `text` on one line, with a space left at an end that has white space."""
    start = " " if text[:1].isspace() else ""
    end = " " if text[-1:].isspace() else ""
    return f"{start}{one_line(text)}{end}" if text.strip() else text[:1] and " "


def _folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]
