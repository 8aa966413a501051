"""The frame of a library of free texts around a book that is one page, set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studygroup.importers.frames import without_frame
from studygroup.importers.html_blocks import Piece
from studygroup.importers.title_block import Facts

_START = re.compile(r"\*{3} ?START OF (?:THE|THIS) ")
_END = re.compile(r"\*{3} ?END OF (?:THE|THIS) |End of (?:the )?Project Gutenberg")
_RECORD = 200
"""Pieces from the top among which the line stands that ends the record."""


def outside_frame(pieces: Sequence[Piece]) -> tuple[list[Piece], Facts, int]:
    """The pieces inside such a frame, what its record tells, and how many words it has; all of the
    pieces where there is none.
    """
    start = next((n for n, p in enumerate(pieces[:_RECORD]) if _START.search(p.words)), None)
    if start is None:
        return list(pieces), Facts(), 0
    end = next((n for n in range(start + 1, len(pieces)) if _END.search(pieces[n].words)), None)
    record = without_frame("\n".join(piece.words for piece in pieces[: start + 1]))
    kept = [p for n, p in enumerate(pieces) if start < n < (len(pieces) if end is None else end)]
    dropped = sum(len(p.words.split()) for p in pieces) - sum(len(p.words.split()) for p in kept)
    return kept, record.facts, dropped
