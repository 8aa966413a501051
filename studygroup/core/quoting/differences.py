"""What a quotation with changed words left out of its source, and what it put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from studygroup.core.anchoring.claim import CUT, LETTERS, plain
from studygroup.core.text import Word, one_line, words


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch in which a quotation and its source agree (`same`), or do not.

    `drop` has words of the `source` alone, `add` words of the `quote` alone, `change` both. Texts
    are on one line and keep the punctuation behind their words.
    """

    op: Literal["same", "drop", "add", "change"]
    quote: str
    source: str


def differences(quote: str, source: str) -> tuple[Difference, ...]:
    """Return how `quote` gets from the words of `source` to its own, as stretches in order.

    Words are compared as `core.text.words` folds them, and aligned by the longest stretches that
    are the same (Ratcliff and Obershelp's algorithm, as difflib has it). What an honest cut stands
    for, an ellipsis or brackets in the quotation, is no difference.
    """
    quote = LETTERS.sub(r"\1\2", plain(quote))
    cuts = [match.span() for match in CUT.finditer(quote)]
    own = [w for w in words(quote) if not any(start <= w.start < end for start, end in cuts)]
    theirs = words(source)
    aligned = SequenceMatcher(
        None, [w.folded for w in theirs], [w.folded for w in own], autojunk=False
    )
    found = []
    for tag, begin, end, start, stop in aligned.get_opcodes():
        said, has = _piece(quote, own, start, stop), _piece(source, theirs, begin, end)
        if tag == "equal":
            found.append(Difference("same", said, has))
        elif tag == "replace":
            found.append(Difference("change", said, has))
        elif tag == "insert":
            found.append(Difference("add", said, ""))
        elif not CUT.search(_piece(quote, own, start - 1, start)):
            found.append(Difference("drop", "", has))
    return tuple(found)


def _piece(text: str, among: Sequence[Word], first: int, end: int) -> str:
    """Return a text from its word `first` until its word `end`; what is before the first counts."""
    start = among[first].start if 0 < first < len(among) else 0 if first <= 0 else len(text)
    stop = among[end].start if end < len(among) else len(text)
    return one_line(text[start:stop])
