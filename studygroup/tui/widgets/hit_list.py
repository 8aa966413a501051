"""What a search found, as a list to choose from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from studygroup.core.query import SYNTAX
from studygroup.core.search import Document, Hit, Results
from studygroup.tui.widgets.blocks import Block, Line, Run
from studygroup.tui.widgets.sheet import Piece, Sheet

SUGGESTION = "suggestion"
"""The key of the line that offers another query."""
HEAD = "muted"
"""The style of an item's first line."""
_EXAMPLE_WIDTH = 16


class HitList(Sheet, can_focus=False):
    """Hits, best first; items are keyed by their place in the list. Typing goes on elsewhere."""

    ALWAYS_TINTED = True

    @dataclass
    class HitChosen(Message):
        """A hit was clicked, or chosen with Enter."""

        hit: Hit

    @dataclass
    class SuggestionChosen(Message):
        """Another query was chosen instead of the one that found nothing."""

        query: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.results = Results("")

    def show_help(self) -> None:
        """Say what can be typed."""
        self.results = Results("")
        self.show([Block("What you can type", "label"), *_examples()])

    def show_waiting(self) -> None:
        """Say that the first search takes a moment."""
        self.show([Block("Reading the study for the first search…", "muted")])

    def show_results(self, results: Results, titles: Mapping[str, str], at: int = 0) -> None:
        """Show results with the `at`-th one current; `titles` are the readings' by slug."""
        self.results = results
        if not results.hits:
            self._show_nothing(results)
            return
        blocks = [b for n, hit in enumerate(results.hits) for b in _hit(n, hit, titles)]
        rest = results.total - len(results.hits)
        if rest > 0:
            blocks.append(Block(f"and {rest} more: another word narrows it", "faint"))
        at = min(at, len(results.hits) - 1)
        self.show(blocks, current=at)
        self.reveal(at)

    def _show_nothing(self, results: Results) -> None:
        blocks = [Block(f"Nothing found for {results.query.strip()}", "muted")]
        elsewhere = sum(results.counts.values())
        if results.suggestion:
            text = f"Did you mean {results.suggestion} ?"
            start = len("Did you mean ")
            end = start + len(results.suggestion)
            runs = (Run(start, end, "strong"),)
            blocks.append(Block(text, HEAD, runs=runs, key=SUGGESTION))
        elif elsewhere:
            blocks.append(Block(f"Among everything: {elsewhere}. Tab goes there.", "faint", gap=0))
        else:
            blocks.append(Block("Fewer words find more. Also:", "faint"))
            blocks += _examples()
        self.show(blocks, current=SUGGESTION if results.suggestion else None)

    def margin(self, line: Line, current: bool) -> Sequence[Piece]:
        """Return the pointer, at the first line of the current hit."""
        at_head = line.first and line.block is not None and line.block.style == HEAD
        return [("› " if current and at_head else "  ", "pointer")]

    def chosen(self, key: Hashable) -> None:
        """Tell what was chosen."""
        if isinstance(key, int):
            self.post_message(self.HitChosen(self.results.hits[key]))
        elif key == SUGGESTION and self.results.suggestion:
            self.post_message(self.SuggestionChosen(self.results.suggestion))


def _name(document: Document) -> str:
    """Return what a document is, as a reader calls it."""
    if document.kind == "text" and document.paragraph is None:
        return "heading" if document.section else "reading"
    return document.kind


def _examples() -> list[Block]:
    return [
        Block(
            meaning,
            "muted",
            indent=_EXAMPLE_WIDTH,
            lead=f"{example:<{_EXAMPLE_WIDTH}}",
            lead_style="strong",
            gap=0,
        )
        for example, meaning in SYNTAX
    ]


def _hit(number: int, hit: Hit, titles: Mapping[str, str]) -> Iterable[Block]:
    document = hit.document
    what = " · ".join(part for part in (_name(document), document.by or "") if part)
    paragraph = f" ¶{document.paragraph}" if document.paragraph else ""
    place = f"{document.section_title}{paragraph}"
    title = titles.get(document.reading, document.reading)
    if document.section and len(titles) > 1 and title != document.section_title:
        place = f"{place} · {title}"
    head = f"{what}  {place}"
    runs = (Run(0, len(what), "label"),)
    yield Block(head, HEAD, runs=runs, key=number, gap=1 if number else 0)
    marks = tuple(Run(start, end, "hit") for start, end in hit.marks)
    yield Block(hit.snippet, runs=marks, key=number, gap=0)
