"""Notes: what a reader writes beside a section, as callouts or as a running summary."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from studygroup.core.errors import Place
from studygroup.core.reading import Span

SUMMARY = "summary"
"""The kind of a note that is plain text under a heading and not a callout."""


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """One paragraph or list item of a note, as plain text with its spans (see `Paragraph`).

    `line` is where it begins in the file, from 1; `breaks` are the offsets in `text` at which
    further lines of the file begin.
    """

    text: str
    spans: tuple[Span, ...] = ()
    kind: str = "text"
    marker: str = ""
    depth: int = 0
    quotation: int = 0
    line: int = 0
    breaks: tuple[int, ...] = ()

    def line_at(self, offset: int) -> int:
        """Return the line of the file on which a character of its text stands."""
        return self.line + bisect_right(self.breaks, offset)


@dataclass(frozen=True, slots=True)
class Note:
    """A reader's note: one callout, or one run of plain paragraphs under a heading.

    `kind` is the callout's type in lower case (`criticism`), or `summary`. `title` is the callout's
    own title, without the place (`¶3 “first words …”`) that a note on a paragraph carries in it:
    that is `paragraph` and `cue`. `heading` is the heading it stands under, as written; `section`
    the id of the section it was paired with, None where it belongs to the whole reading.
    `markdown` is the body as it stands in the file, without callout marks.
    """

    id: str
    reading: str
    reader: str
    kind: str
    title: str
    blocks: tuple[NoteBlock, ...]
    markdown: str
    place: Place
    heading: str = ""
    section: str | None = None
    paragraph: int | None = None
    cue: str = ""

    @property
    def text(self) -> str:
        """The note's plain text, its paragraphs joined by a blank line."""
        return "\n\n".join(b.text for b in self.blocks)


@dataclass(frozen=True, slots=True)
class NoteHeading:
    """A heading of a reader's notes file, and the section it mirrors (None: the whole reading).

    `anchor` is an explicit id or wikilink target in the heading (`{#id}`, `[[reading#Heading]]`);
    `paired` tells how the section was found: `title`, `id`, `heading`, `number`, `similar`,
    `order`, `quotations`, or "" where nothing tells.
    """

    reading: str
    reader: str
    text: str
    level: int
    place: Place
    anchor: str = ""
    section: str | None = None
    paired: str = ""


@dataclass(frozen=True, slots=True)
class NoteFile:
    """One reader's notes on one reading: its headings and notes in the order of the file."""

    reading: str
    reader: str
    path: str
    digest: str
    headings: tuple[NoteHeading, ...]
    notes: tuple[Note, ...]
