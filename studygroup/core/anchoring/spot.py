"""A place that may be a quotation's source: its section, its anchor, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from studygroup.core.anchoring.evidence import Changed
from studygroup.core.anchoring.quotation import Anchor
from studygroup.core.anchoring.word_table import WordTable
from studygroup.core.reading import Reading, Section, SectionKey

_OPENING, _CLOSING = "“‘„«‹\"'", "”’“»›\"'"
_BETWEEN = 6


@dataclass(frozen=True)
class Spot:
    """A place in a reading: its first and last word, counted as the reading's word table does.

    `verdict` is what it would make the quotation; `changed` the alignment, for changed words.
    """

    reading: Reading
    first: int
    last: int
    verdict: str
    changed: Changed | None = None

    @property
    def table(self) -> WordTable:
        """The words of its reading."""
        return self.reading.word_table

    @cached_property
    def index(self) -> int:
        """Which section it stands in; of two, the one with more of its words."""
        begin, end = self.table.section_at(self.first), self.table.section_at(self.last)
        edge = self.table.first[end]
        return end if begin != end and edge - self.first < self.last + 1 - edge else begin

    @property
    def section(self) -> Section:
        """The section it stands in."""
        return self.reading.sections[self.index]

    @property
    def key(self) -> SectionKey:
        """Its reading's slug and its section's id."""
        return self.reading.slug, self.section.id

    @cached_property
    def span(self) -> tuple[int, int]:
        """Its half-open character offsets in the text of its section.

        Words at either end that a quotation changed, one for one, belong to it, as far as the
        paragraph goes.
        """
        words, begin = self.section.words, self.table.first[self.index]
        first = max(0, self.first - begin)
        last = min(len(words) - 1, self.last - begin)
        if self.changed is not None:
            first = _step(self.section, first, -self.changed.opening)
            last = _step(self.section, last, self.changed.closing)
        return words[first].start, words[last].end

    @cached_property
    def is_between_marks(self) -> bool:
        """Whether it is itself all that stands between two quotation marks."""
        text, (start, end) = self.section.text, self.span
        before, behind = text[:start].rstrip()[-1:], text[end : end + 3].lstrip(" .,;:!?…")[:1]
        return bool(before and behind and before in _OPENING and behind in _CLOSING)

    @cached_property
    def is_quoted(self) -> bool:
        """Whether it stands itself in a quotation: in a block of them, or between marks."""
        start, end = self.span
        paragraph = self.section.paragraph_at(start)
        if paragraph.kind == "quote":
            return True
        text = paragraph.text
        before, behind = text[: start - paragraph.start], text[end - paragraph.start :]
        if before.rfind("“") > before.rfind("”"):
            return True
        return before.count('"') % 2 == 1 and '"' in behind

    def anchor(self) -> Anchor:
        """Return where it is, as an anchor."""
        return Anchor.at(self.reading.slug, self.section, *self.span)


def shared_around(one: Spot, other: Spot) -> int:
    """Return how many words around two places are the same, outwards, with one miss allowed."""
    left, right = one.table.words, other.table.words
    count = 0
    for away in (-1, 1):
        here, there = (one.first, other.first) if away < 0 else (one.last, other.last)
        missed = 0
        for step in range(1, 2 * _BETWEEN + 1):
            a, b = here + away * step, there + away * step
            if not (0 <= a < len(left) and 0 <= b < len(right)):
                break
            if left[a] != right[b]:
                missed += 1
                if missed > 1:
                    break
            else:
                count += 1
    return count


def _step(section: Section, word: int, step: int) -> int:
    """Return the word `step` words on from `word`, or the last one that way in its paragraph."""
    paragraph = section.paragraph_at(section.words[word].start)
    start, end = paragraph.start, paragraph.start + len(paragraph.text)
    away = 1 if step > 0 else -1
    for _ in range(abs(step)):
        nearby = word + away
        if not (0 <= nearby < len(section.words) and start <= section.words[nearby].start < end):
            break
        word = nearby
    return word
