"""Where in one reading a quotation's very words stand: a function of these two alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from studygroup.core.anchoring.claim import Claim, readings_of
from studygroup.core.anchoring.same_words import Place, in_pieces
from studygroup.core.anchoring.word_table import WordTable
from studygroup.core.reading import Reading

_CUT_THERE = re.compile(r"…|\.\s?\.")


@dataclass
class Finding:
    """Where a quotation stands in one reading."""

    quote: str
    reading: Reading

    @property
    def table(self) -> WordTable:
        """The words of the reading."""
        return self.reading.word_table

    @cached_property
    def same(self) -> tuple[Literal["exact", "elided"], list[Place]]:
        """Where the very words stand, in one run or between honest cuts; maybe nowhere."""
        for claim in readings_of(self.quote):
            if not (places := in_pieces(claim, self.table)):
                continue
            if not claim.honest:
                return "exact", places
            if here := [p for p in places if self._has_marks(p)]:
                return "exact", here
            if honest := [p for p in places if self._is_honest(claim, p)]:
                return "elided", honest
        return "exact", []

    def _is_honest(self, claim: Claim, place: Place) -> bool:
        """Whether brackets that a quotation put in are not the source's own, with other words."""
        if not place.gaps:
            return True
        marks = [claim.gaps[begin] for begin, _ in claim.pieces()[1:]]
        return not any(
            gap.most is not None and ("(" if gap.aside else "[") in self._between(before, behind)
            for gap, (before, behind) in zip(marks, place.gaps, strict=True)
        )

    def _between(self, before: int, behind: int) -> str:
        """Return what stands between two words, in the section of the first."""
        index = self.table.section_at(before)
        section, begin = self.table.sections[index], self.table.first[index]
        end = behind - begin
        stop = section.words[end].start if end < len(section.words) else len(section.text)
        return section.text[section.words[before - begin].end : stop]

    def _has_marks(self, place: Place) -> bool:
        """Whether the marks of a quotation are the source's own at a place."""
        if place.cost > 0:
            return False
        index = self.table.section_at(place.first)
        section, first = self.table.sections[index], self.table.first[index]
        last = min(place.last - first, len(section.words) - 1)
        there = section.text[section.words[place.first - first].start : section.words[last].end + 1]
        inner = self.quote.strip(" .…")
        return (
            there.count("[") >= inner.count("[")
            and (there.count("(") >= inner.count("("))
            and len(_CUT_THERE.findall(there)) >= len(_CUT_THERE.findall(inner))
        )
