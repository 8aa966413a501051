"""Readings: one text in sections of numbered paragraphs, and how a place in it is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from studygroup.core.text import Word, count_words, heading_key, words

if TYPE_CHECKING:
    from studygroup.core.anchoring.word_table import WordTable
    from studygroup.core.quoting.runs import RunTable

ParagraphKind = Literal["text", "quote", "item", "verse", "code", "footnote"]
SpanKind = Literal["em", "strong", "code", "link", "wikilink", "footnote"]
ReadingKind = Literal["text", "guide", "thread"]

SectionKey = tuple[str, str | None]
"""A reading's slug and the id of one of its sections, None for the reading as a whole."""
PARAGRAPH_GAP = "\n\n"
"""What stands between two paragraphs in a section's plain text."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph's plain text that is marked: half-open character offsets in it.

    `target` is a link's address, a wikilink's page, or a footnote's label. A footnote reference
    covers no characters (`start == end`): its mark is drawn there and is no part of the text.
    """

    start: int
    end: int
    kind: SpanKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a section.

    `number` counts from 1 within the section; footnotes stand after the section that refers to
    them and are numbered on. `text` is plain text with Markdown marks removed, `spans` say where
    they were. `start` is the offset of `text` in the section's plain text. `line` is where it
    begins in the file, from 1. `depth` is the nesting of a quotation or list, `marker` a list
    item's own mark or a footnote's label. `quotation` is the block quotation it stands in, counted
    from 1 in the file; 0 for none. Items inside one keep their kind.
    """

    number: int
    text: str
    start: int
    line: int
    kind: ParagraphKind = "text"
    spans: tuple[Span, ...] = ()
    depth: int = 0
    marker: str = ""
    quotation: int = 0


@dataclass(frozen=True)
class Section:
    """A part of a reading under one heading: the key on which prompts, notes and minutes hang.

    `id` is stable and unique in its reading. `level` is the heading's depth from 1. `line` is the
    heading's line in the file (the first paragraph's, for a preface without a heading).
    """

    id: str
    title: str
    level: int
    line: int
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def text(self) -> str:
        """The section's plain text: its paragraphs joined by a blank line."""
        return PARAGRAPH_GAP.join(p.text for p in self.paragraphs)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the section's text, folded, with their offsets in it."""
        return tuple(words(self.text))

    @cached_property
    def word_count(self) -> int:
        """How many words the section's text has."""
        return count_words(self.text)

    @cached_property
    def folded(self) -> str:
        """The folded words in one string, each with a space before it and one after the last."""
        return " ".join(["", *(w.folded for w in self.words), ""])

    def paragraph_at(self, offset: int) -> Paragraph:
        """Return the paragraph that covers character `offset` of the section's text.

        An offset in a gap belongs to the paragraph before it. Raises LookupError where the section
        has no paragraphs.
        """
        found: Paragraph | None = None
        for paragraph in self.paragraphs:
            if found is not None and paragraph.start > offset:
                break
            found = paragraph
        if found is None:
            raise LookupError(f"section {self.id} has no paragraphs")
        return found

    def paragraph(self, number: int) -> Paragraph | None:
        """Return the paragraph with that number, or None."""
        if 1 <= number <= len(self.paragraphs):
            return self.paragraphs[number - 1]
        return None


@dataclass(frozen=True)
class Reading:
    """One text of the study.

    `slug` is its id and its file's name; `path` is relative to the study, with forward slashes.
    `digest` is the SHA-256 of the file it was read from, in hexadecimal.
    """

    slug: str
    title: str
    sections: tuple[Section, ...]
    path: str
    digest: str = ""
    author: tuple[str, ...] = ()
    year: int | None = None
    source: str | None = None
    kind: ReadingKind = "text"
    language: str = "en"
    tags: tuple[str, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, int]:
        return {section.id: index for index, section in enumerate(self.sections)}

    @cached_property
    def run_table(self) -> RunTable:
        """Its words and where groups of them stand, for finding what other texts share with it."""
        from studygroup.core.quoting.runs import RunTable  # only quotations need it

        return RunTable(self.sections)

    @cached_property
    def word_table(self) -> WordTable:
        """The words of all its sections in one row, for locating quotations."""
        from studygroup.core.anchoring.word_table import WordTable  # only quotations need it

        return WordTable(self.sections)

    @cached_property
    def by_heading(self) -> Mapping[str, tuple[Section, ...]]:
        """The sections under each heading, in order, by the heading's `heading_key`."""
        found: dict[str, tuple[Section, ...]] = {}
        for section in self.sections:
            key = heading_key(section.title)
            found[key] = (*found.get(key, ()), section)
        return found

    @cached_property
    def by_former_heading(self) -> Mapping[str, tuple[Section, ...]]:
        """The sections by the heading from which each has its id, in the same way."""
        found: dict[str, tuple[Section, ...]] = {}
        for section in self.sections:
            key = heading_key(section.id.replace("-", " "))
            found[key] = (*found.get(key, ()), section)
        return found

    def section(self, section_id: str) -> Section | None:
        """Return the section with that id, or None."""
        index = self._by_id.get(section_id)
        return None if index is None else self.sections[index]

    def index_of(self, section_id: str) -> int:
        """Return the position of a section, from 0. Raises KeyError for an unknown id."""
        return self._by_id[section_id]

    @property
    def byline(self) -> str:
        """Author and year as they are shown beside a title: “Hal Draper, 1973”."""
        parts = [", ".join(self.author), str(self.year) if self.year is not None else ""]
        return ", ".join(p for p in parts if p)


def cite(reading: Reading, section: Section | None, paragraph: int | None = None) -> str:
    """Return the citation of a place: `Reading, §section ¶n`, as far as it is known."""
    if section is None:
        return reading.title
    place = f"{reading.title}, §{section.title}"
    return place if paragraph is None else f"{place} ¶{paragraph}"
