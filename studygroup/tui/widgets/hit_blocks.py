"""How hits of a search look as blocks: one by one where they are few, by section where many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from studygroup.core.finding.grouping import MANY, HitGroup, by_section
from studygroup.core.finding.labels import LABEL_HELP
from studygroup.core.finding.query import SYNTAX
from studygroup.core.finding.search import Document, Hit, is_place
from studygroup.tui.widgets.blocks import Block, Run

HEAD = "muted"
"""The style of a hit's first line."""
MORE = "more"
"""The key of the line that stands for hits that are not listed yet."""
_EXAMPLE_WIDTH = 20
_NARROW_EXAMPLE = 16


class Listing:
    """Hits as they are listed: `hits` in that order, `blocks` keyed by their places in it.

    `titles` are the readings' by slug, `total` counts all hits there are, `recorded` are the keys
    of documents that were recorded just now.
    """

    def __init__(self, hits: Sequence[Hit], total: int, titles: Mapping[str, str]) -> None:
        groups = by_section(hits)
        self._grouped = len(hits) >= MANY and len(groups) < len(hits)
        self._groups = groups
        self._rest = total - len(hits)
        self._titles = titles
        self.hits = tuple(hit for group in groups for hit in group.hits) if self._grouped else hits

    def blocks(self, recorded: Collection[str], *, grows: bool) -> list[Block]:
        """Return the blocks; `grows` tells that more hits are listed as one goes on."""
        blocks = list(self._by_section(recorded) if self._grouped else self._singly(recorded))
        if self._rest > 0:
            then = "they come as you go on" if grows else "another word, or Tab, narrows it"
            blocks.append(Block(f"and {self._rest:,} more: {then}", "faint"))
        return blocks

    def _singly(self, recorded: Collection[str]) -> Iterable[Block]:
        for number, hit in enumerate(self.hits):
            what, place = _what(hit.document), self._place(hit.document)
            text = f"{what}  {place}{_done(hit.document, recorded)}"
            runs = (Run(0, len(what), "label"),)
            yield Block(text, HEAD, runs=runs, key=number, gap=1 if number else 0)
            yield Block(hit.snippet, runs=_marks(hit), key=number, gap=0)

    def _by_section(self, recorded: Collection[str]) -> Iterable[Block]:
        number = 0
        for group in self._groups:
            hits = group.hits
            title = self._title(group, number)
            yield title._replace(gap=1 if number else 0)
            if title.key is not None:  # the title itself is the best hit
                number, hits = number + 1, hits[1:]
            for hit in hits:
                yield _under_title(number, hit, _done(hit.document, recorded))
                number += 1

    def _title(self, group: HitGroup, number: int) -> Block:
        """Return a section's title with how many hits there are; it can be the first hit itself."""
        first = group.hits[0]
        is_hit = first.document.kind == "text" and first.document.paragraph is None
        title = first.snippet if is_hit else first.document.section_title
        # While not everything is listed, nobody knows how many more a section has.
        count = f"{len(group.hits)}{'+' if self._rest > 0 else ''}" if group.hits[1:] else ""
        reading = self._titles.get(group.reading, group.reading)
        named = group.section and len(self._titles) > 1 and reading != title
        place = f"{title} · {reading}" if named else title
        text = f"{place}  {count}".rstrip()
        look = "title" if is_hit else "strong"
        runs = (Run(0, len(place), look), *(_marks(first) if is_hit else ()))
        return Block(text, "muted", runs=runs, key=number if is_hit else None)

    def _place(self, document: Document) -> str:
        paragraph = f" ¶{document.paragraph}" if document.paragraph else ""
        place = f"{document.section_title}{paragraph}"
        title = self._titles.get(document.reading, document.reading)
        if document.section and len(self._titles) > 1 and title != document.section_title:
            place = f"{place} · {title}"
        return place


def _under_title(number: int, hit: Hit, done: str) -> Block:
    """Return a hit in one block: what it is, then its words."""
    document = hit.document
    paragraph = f"¶{document.paragraph}" if document.paragraph else ""
    is_text = document.kind == "text" and paragraph
    what = " ".join(part for part in ("" if is_text else _what(document), paragraph) if part)
    shift = len(what) + 2
    text = f"{what}  {hit.snippet}{done}"
    end = shift + len(hit.snippet)
    runs = (Run(0, len(what), "label"), *_marks(hit, shift), Run(end, len(text), "muted"))
    return Block(text, runs=runs, key=number, hang=2, gap=0)


def _what(document: Document) -> str:
    """Return what a document is, as a reader calls it, and by whom."""
    kind: str = document.kind
    if document.kind == "text" and document.paragraph is None:
        kind = "heading" if document.section else "reading"
    return " · ".join(part for part in (kind, document.by or "") if part)


def _done(document: Document, recorded: Collection[str]) -> str:
    if document.key not in recorded:
        return ""
    return "  ✓ taken up" if is_place(document) else "  ✓ recorded"


def _marks(hit: Hit, shift: int = 0) -> tuple[Run, ...]:
    return tuple(Run(start + shift, end + shift, "hit") for start, end in hit.marks)


def syntax_blocks() -> list[Block]:
    """Return what can be typed, shortly."""
    return [Block("What you can type", "label"), *_rows(SYNTAX, _NARROW_EXAMPLE)]


def help_blocks(keys: Iterable[tuple[str, str]]) -> list[Block]:
    """Return all that can be typed, words and labels, and the `keys` of the search."""
    return [
        Block("What you can type", "label"),
        *_rows(SYNTAX, _EXAMPLE_WIDTH),
        Block("Labels, alone or beside words; -label leaves out", "label"),
        *_rows(LABEL_HELP, _EXAMPLE_WIDTH),
        Block("Keys", "label"),
        *_rows(keys, _EXAMPLE_WIDTH),
    ]


def _rows(rows: Iterable[tuple[str, str]], width: int) -> list[Block]:
    return [
        Block(meaning, "muted", indent=width, lead=f"{lead:<{width}}", lead_style="strong", gap=0)
        for lead, meaning in rows
    ]
