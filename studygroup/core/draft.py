"""What an importer hands over: a document as blocks of Markdown, with what was repaired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from studygroup.core.outlining.revision import Revision

BlockKind = Literal[
    "heading", "paragraph", "quote", "item", "verse", "code", "rule", "footnote", "raw"
]

ENOUGH = 4
"""The sum of weights from which a line is taken for a heading."""
SURE = 8
"""The sum from which there is no doubt that it is one."""
UNLIKELY = -3
"""The least sum at which one may wonder whether a line that was left in the text is one."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a line's being a heading (a `weight` above 0) or against it (below).

    `name` is the feature's own, `said` puts it into words that follow the line: “all letters are
    capitals”.
    """

    name: str
    weight: int
    said: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document.

    `text` is Markdown inline text without line prefixes: the words of a heading, one whole
    paragraph, one paragraph of a block quotation, one list item. `level` is the depth of a heading
    (1 to 6), of a block quotation or of a list (from 1). `marker` is a list item's own mark (`-`,
    `3.`); `label` is a footnote's label, referred to as `[^label]` in other blocks.
    A `raw` block is Markdown of any kind, as its document wrote it. `reasons` are those by which an
    importer judged whether the line is a heading, none where it had not to judge.
    """

    kind: BlockKind
    text: str
    level: int = 1
    marker: str = ""
    label: str = ""
    reasons: tuple[Reason, ...] = field(default=(), compare=False)

    @property
    def score(self) -> int:
        """The sum of what speaks for its being a heading and against it."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def is_doubtful(self) -> bool:
        """Whether its importer was not sure that it is a heading, or that it is none."""
        if not self.reasons:
            return False
        return self.score < SURE if self.kind == "heading" else self.score >= UNLIKELY


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wrote beside a document, in the file itself: a comment.

    `by` is who, as named there; `text` Markdown, one line a paragraph; `when` a date, with the time
    where it is known; `answers` names whose remark it answers. `quoted` is Markdown of the words it
    is on, empty where that is a whole block. `beside` has the plain words of that block (a
    paragraph or a heading), `under` those of the heading above.
    """

    by: str
    text: str
    when: str = ""
    answers: str = ""
    quoted: str = ""
    beside: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as an importer understood it, before it becomes a reading in a study.

    `format` is the importer's name (`plain-text`, `extracted-text`, `thread`, `markdown`).
    `repairs` counts what was mended, by name: `rejoined_lines`, `dehyphenated`, `page_breaks`,
    `footnotes`, and others an importer wishes to report. `warnings` are sentences for the user.
    `digest` is the SHA-256 of the file as it came, in hexadecimal.
    `extra` is front matter the document had that has no field here.
    `note` is what somebody who passed the document on wrote above it, outside every section.
    `is_judged` says that the document doesn't state its headings, so that its importer had to judge
    which lines are some; `outline` is the outline that a person gave or corrected, if one did.
    `part` is the number of the part of its document that this is, None for the whole. `remarks` are
    those of the whole document, in the order of what they are on.
    """

    format: str
    title: str
    blocks: tuple[Block, ...]
    author: tuple[str, ...] = ()
    year: int | None = None
    source: str | None = None
    kind: Literal["text", "thread"] = "text"
    repairs: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    note: str = ""
    digest: str = ""
    extra: Mapping[str, str | list[str]] = field(default_factory=dict)
    is_judged: bool = False
    outline: Revision | None = None
    part: int | None = None
    remarks: tuple[Remark, ...] = ()

    def facts(self) -> dict[str, str | int | list[str]]:
        """What the front matter of the reading says of it, in the order it is written there.

        Keys are those of the reading's file; a fact the document does not give is left out, and
        a single author is a string.
        """
        facts: dict[str, str | int | list[str]] = {"title": self.title}
        if self.author:
            facts["author"] = self.author[0] if len(self.author) == 1 else list(self.author)
        if self.year is not None:
            facts["year"] = self.year
        if self.source:
            facts["source"] = self.source
        facts["kind"] = self.kind
        if self.note:
            facts["note"] = self.note
        for key, value in self.extra.items():
            facts.setdefault(key, value)
        return facts
