"""What is new in a study's readings, and whether a quotation may stand there: told by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from studygroup.core.anchoring.claim import CUT
from studygroup.core.anchoring.quotation import Verdict
from studygroup.core.anchoring.shelf import shelf_of
from studygroup.core.anchoring.word_table import HYPHEN
from studygroup.core.quoting.runs import NO_GRAM, every_gram
from studygroup.core.reading import Reading
from studygroup.core.text import words

SAME = ("exact", "elided", "ambiguous")
"""The verdicts on words that stand somewhere as they are quoted."""
_PUT_IN = re.compile(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>|&\w+;")


class Said(NamedTuple):
    """The words of a quotation.

    Its source may lack `unsure` of them: what stands in brackets, and what hyphens join. `has_own`
    says that some are in square brackets, which are no words of a source.
    """

    words: tuple[str, ...]
    unsure: int
    has_cuts: bool
    has_own: bool


def said_in(quote: str) -> Said:
    """Return what a quotation says."""
    own = tuple(w.folded for w in words(quote))
    put_in = sum(len(words(m.group())) for m in _PUT_IN.finditer(quote))
    joined = sum(2 for _ in HYPHEN.finditer(quote))
    return Said(own, put_in + joined, CUT.search(quote) is not None, "[" in quote)


class Novelty:
    """Sections that are new, or were edited, as `readings` that have nothing else."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self.readings = readings
        self._shelf = shelf_of(readings)
        tables = [r.word_table for r in readings]
        self._words = frozenset().union(
            *(t.postings.keys() | t.title_words | t.compounds.keys() for t in tables)
        )

    def may_change(self, said: Said, verdict: Verdict) -> bool:
        """Whether these sections may have what would change the verdict on a quotation.

        The very words of a quotation count for more than changed ones, wherever these stand.
        """
        if not self.readings:
            return False
        have = sum(map(self._words.__contains__, said.words))
        if have >= len(said.words) - said.unsure:
            return True
        if verdict in SAME:
            return False
        return said.has_own or self._shelf.may_have_changed(said.words, has_cuts=said.has_cuts)

    def shares(self, found: Iterable[int]) -> bool:
        """Whether one of these hashed groups of words (see `runs.grams`) stands there."""
        return not self._grams.isdisjoint(found)

    @cached_property
    def _grams(self) -> frozenset[int]:
        return frozenset().union(*(every_gram(r.run_table) for r in self.readings)) - {NO_GRAM}
