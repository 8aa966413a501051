"""What a search found, as a list to choose from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from studygroup.core.query import SYNTAX
from studygroup.core.search import Document, Hit, Results, is_place
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

    class Moved(Message):
        """Another hit became the current one, or none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.results = Results("")
        self._titles: Mapping[str, str] = {}
        self._recorded: set[str] = set()

    @property
    def hit(self) -> Hit | None:
        """The hit that is the current item, if any."""
        return self.results.hits[self.current] if isinstance(self.current, int) else None

    def is_recorded(self, hit: Hit) -> bool:
        """Tell whether a hit was marked as recorded."""
        return hit.document.key in self._recorded

    def mark_recorded(self, hit: Hit) -> None:
        """Show from now on that a hit was recorded."""
        self._recorded.add(hit.document.key)
        if self.results.hits:
            self.restyle(self._blocks())

    def show_help(self, why: str = "") -> None:
        """Say what can be typed, and first `why` nothing is sought."""
        self.results = Results("")
        said = [Block(why, "strong")] if why else []
        self.show([*said, Block("What you can type", "label"), *_examples()])
        self.post_message(self.Moved())

    def show_waiting(self, *, to_open: bool) -> None:
        """Say that the first search takes a moment, and what Enter, if pressed, has asked for."""
        self.results = Results("")
        then = "The best hit opens when it is found; Esc goes back." if to_open else ""
        also = [Block(then, "muted", gap=0)] if then else []
        self.show([Block("Reading the study for the first search…", "muted"), *also])
        self.post_message(self.Moved())

    def show_failure(self) -> None:
        """Say that the search was not answered."""
        self.results = Results("")
        self.show([Block("This search could not be answered. Type on to ask again.", "strong")])
        self.post_message(self.Moved())

    def show_results(self, results: Results, titles: Mapping[str, str], at: int = 0) -> None:
        """Show results with the `at`-th one current; `titles` are the readings' by slug."""
        self.results, self._titles = results, titles
        if results.hits:
            at = min(at, len(results.hits) - 1)
            self.show(self._blocks(), current=at)
            self.reveal(at)
        else:
            self._show_nothing(results)
        self.post_message(self.Moved())

    def _blocks(self) -> list[Block]:
        results = self.results
        blocks = [
            block
            for number, hit in enumerate(results.hits)
            for block in _hit(number, hit, self._titles, recorded=self.is_recorded(hit))
        ]
        rest = results.total - len(results.hits)
        if rest > 0:
            blocks.append(Block(f"and {rest} more: another word narrows it", "faint"))
        return blocks

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

    def reached(self, key: Hashable) -> None:
        """Tell that another hit is the current one."""
        self.post_message(self.Moved())

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


def _hit(number: int, hit: Hit, titles: Mapping[str, str], *, recorded: bool) -> Iterable[Block]:
    document = hit.document
    what = " · ".join(part for part in (_name(document), document.by or "") if part)
    paragraph = f" ¶{document.paragraph}" if document.paragraph else ""
    place = f"{document.section_title}{paragraph}"
    title = titles.get(document.reading, document.reading)
    if document.section and len(titles) > 1 and title != document.section_title:
        place = f"{place} · {title}"
    done = "  ✓ taken up" if is_place(document) else "  ✓ recorded"
    head = f"{what}  {place}{done if recorded else ''}"
    runs = (Run(0, len(what), "label"),)
    yield Block(head, HEAD, runs=runs, key=number, gap=1 if number else 0)
    marks = tuple(Run(start, end, "hit") for start, end in hit.marks)
    yield Block(hit.snippet, runs=marks, key=number, gap=0)
