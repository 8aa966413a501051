"""What an importer hands over: a document as blocks of Markdown, with what was repaired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal[
    "heading", "paragraph", "quote", "item", "verse", "code", "rule", "footnote", "raw"
]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document.

    `text` is Markdown inline text without line prefixes: the words of a heading, one whole
    paragraph, one paragraph of a block quotation, one list item. `level` is the depth of a heading
    (1 to 6), of a block quotation or of a list (from 1). `marker` is a list item's own mark (`-`,
    `3.`); `label` is a footnote's label, referred to as `[^label]` in other blocks.
    A `raw` block is Markdown of any kind, as its document wrote it.
    """

    kind: BlockKind
    text: str
    level: int = 1
    marker: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as an importer understood it, before it becomes a reading in a study.

    `format` is the importer's name (`plain-text`, `extracted-text`, `thread`, `markdown`).
    `repairs` counts what was mended, by name: `rejoined_lines`, `dehyphenated`, `page_breaks`,
    `footnotes`, and others an importer wishes to report. `warnings` are sentences for the user.
    `digest` is the SHA-256 of the file as it came, in hexadecimal.
    `extra` is front matter the document had that has no field here.
    `note` is what somebody who passed the document on wrote above it, outside every section.
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
