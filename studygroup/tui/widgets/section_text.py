"""The text of the section being read: numbered paragraphs at a reading measure."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal

from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection

from studygroup.core.reading import Section
from studygroup.tui.widgets.blocks import Block, Flow, Line, Run, flow, footnote_signs
from studygroup.tui.widgets.markers import Marker, Passage
from studygroup.tui.widgets.section_blocks import NEXT_SECTION, section_blocks
from studygroup.tui.widgets.selecting import selected_part
from studygroup.tui.widgets.sheet import Piece, Sheet
from studygroup.tui.widgets.wrapping import Stretch, cells, clusters

MEASURE = 72
Noted = Literal["note", "quoted"]
"""Why a bar stands beside a paragraph: a note is on it, or it is quoted elsewhere."""

_NUMBERS_FROM = 40


class SectionText(Sheet):
    """One section's text, drawn by lines.

    Paragraphs are its items, keyed by their number. In the gutter stand the numbers, a bar where
    somebody's note stands (`▌`) or the paragraph is quoted elsewhere (`▎`), and a pointer at the
    current paragraph.
    """

    @dataclass
    class ParagraphReached(Message):
        """Another paragraph became the current one, by key or click."""

        number: int

    @dataclass
    class ParagraphChosen(Message):
        """Enter was pressed on a paragraph."""

        number: int

    @dataclass
    class PassageChosen(Message):
        """A passage that is marked as a quotation was clicked."""

        link: Hashable

    @dataclass
    class NextChosen(Message):
        """The line that leads to the next section was chosen."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._noted: Mapping[int, Noted] = {}
        self._passages: Sequence[Passage] = ()
        self._marker: Marker | None = None
        self._plain: tuple[Block, ...] = ()
        self._flows: dict[int, Flow] = {}
        self._signs: dict[str, str] = {}
        self._section: Section | None = None
        self._next_title: str | None = None

    def show_section(
        self,
        section: Section,
        *,
        about: str,
        paragraph: int | None = None,
        following: str | None = None,
    ) -> None:
        """Show a section from its top, or from `paragraph` on.

        `about` is a line under the title, `following` the title of the next section.
        """
        self._section = section
        self._noted, self._passages = {}, ()
        self._signs = footnote_signs(section.paragraphs)
        self._flows = {p.number: flow(p.text, p.spans, self._signs) for p in section.paragraphs}
        self._plain = section_blocks(
            section, self._flows, self._signs, about=about, following=following
        )
        number = paragraph if paragraph and section.paragraph(paragraph) else 1
        self.show(self._marked(), current=number)
        if number != 1:
            self.reveal(number)

    def show_message(self, blocks: Sequence[Block]) -> None:
        """Show something other than a section: why there is nothing to read."""
        self._section, self._plain, self._flows = None, tuple(blocks), {}
        self._noted, self._passages = {}, ()
        self.show(self._plain)

    def set_noted(self, why: Mapping[int, Noted]) -> None:
        """Say beside which paragraphs a bar stands, and why."""
        self._noted = why
        self.refresh()

    def mark_passages(self, passages: Sequence[Passage]) -> None:
        """Mark what quotes and is quoted in the text; nothing ends it."""
        if passages or self._passages:
            self._passages = passages
            if self._section is not None:
                self.restyle(self._marked())

    def highlight(self, marker: Marker | None) -> None:
        """Highlight what `marker` finds in each paragraph; None ends it."""
        if marker is None and self._marker is None:
            return
        self._marker = marker
        if self._section is not None:
            self.restyle(self._marked())

    @property
    def paragraph(self) -> int | None:
        """The number of the current paragraph; None where there is none."""
        if isinstance(self.current, int):
            return self.current
        return len(self._flows) or None

    def reveal_hit(self) -> None:
        """Bring the current paragraph's first highlighted place into view, if it has one."""
        first, last = self.lines.places.get(self.current, (0, 0))
        for index in range(first, last):
            line = self.lines.lines[index]
            runs = line.block.runs if line.block else ()
            if any(r.style == "hit" and line.start <= r.start < line.end for r in runs):
                if not self.top <= index < self.top + self.height:
                    self.scroll_to(y=max(0, index - self.height // 3), animate=False)
                return

    def hit_paragraphs(self) -> list[int]:
        """Return the paragraphs in which something is highlighted, once per highlight, in order."""
        if self._marker is None or self._section is None:
            return []
        return [p.number for p in self._section.paragraphs for _ in self._marker(p.text)]

    def hits_in(self, number: int) -> tuple[Stretch, ...]:
        """Return what is highlighted in a paragraph, as offsets in its text, in order."""
        paragraph = self._section.paragraph(number) if self._section is not None else None
        if self._marker is None or paragraph is None:
            return ()
        return tuple(sorted(self._marker(paragraph.text)))

    def selected_stretch(self, selection: Selection) -> Stretch | None:
        """Return what is selected as offsets in the section's text; None where none of it is."""
        section, found = self._section, list[int]()
        for index, line in enumerate(self.lines.lines if section is not None else ()):
            number = line.block.key if line.block is not None else None
            paragraph = section.paragraph(number) if section and isinstance(number, int) else None
            start, end = selected_part(line, selection.get_span(index))
            if paragraph is not None and start < end:
                shown = self._flows[paragraph.number]
                found += [paragraph.start + shown.plain(at) for at in (start, end)]
        return (found[0], found[-1]) if found and found[0] < found[-1] else None

    def chosen(self, key: Hashable) -> None:
        """Tell which paragraph Enter was pressed on; its line leads on to the next section."""
        if key == NEXT_SECTION:
            self.post_message(self.NextChosen())
        elif isinstance(key, int):
            self.post_message(self.ParagraphChosen(key))

    def clicked(self, key: Hashable, at: Offset) -> None:
        """Tell that a marked passage was clicked; elsewhere a click only goes to the paragraph."""
        if not isinstance(key, int):
            self.chosen(key)
            return
        place = self._character_at(at)
        under = [
            (end - start, passage.link)
            for passage in self._passages
            for number, start, end in self._parts(passage)
            if number == key and place is not None and start <= place < end
        ]
        if under:
            self.post_message(self.PassageChosen(min(under, key=itemgetter(0))[1]))

    def _character_at(self, at: Offset) -> int | None:
        """Return which character of its block's text stands at a place in the view."""
        index = at.y + self.top
        line = self.lines.lines[index] if index < len(self.lines.lines) else None
        if line is None or line.block is None:
            return None
        column = at.x - self.frame(self.scrollable_content_region.width)[0] - line.block.indent
        for first, last in clusters(line.block.text, line.start, line.end):
            wide = cells(line.block.text[first:last])
            if 0 <= column < wide:
                return first
            column -= wide
        return None

    def _parts(self, passage: Passage) -> Iterator[tuple[int, int, int]]:
        """Yield where a passage stands: paragraph numbers, stretches of the text as shown."""
        for p in self._section.paragraphs if self._section is not None else ():
            start, end = max(passage.start, p.start), min(passage.end, p.start + len(p.text))
            if start < end:
                yield p.number, *self._flows[p.number].shown(start - p.start, end - p.start)

    def reached(self, key: Hashable) -> None:
        """Tell which paragraph is current now."""
        if isinstance(key, int):
            self.post_message(self.ParagraphReached(key))

    def step(self, count: int) -> None:
        """Move by paragraphs, but through a paragraph higher than the view by pages."""
        first, last = self.lines.places.get(self.current, (0, 0))
        bottom = self.top + self.height
        if count > 0 and first < bottom < last - 1 and first <= self.top + 1:
            self.scroll_to(y=min(self.top + self.height - 2, last - self.height), animate=False)
        elif count < 0 and first < self.top and self.top < last <= bottom:
            self.scroll_to(y=max(first - 1, self.top - self.height + 2), animate=False)
        else:
            super().step(count)

    def frame(self, width: int) -> tuple[int, int]:
        """Return the edge and measure: about 72 columns, in the middle, gutter hanging left."""
        gutter = self._gutter(width)
        measure = max(2, min(MEASURE, width - gutter - (2 if width >= _NUMBERS_FROM else 0)))
        return max(gutter, (width - measure) // 2), measure

    def _gutter(self, width: int) -> int:
        if width < _NUMBERS_FROM:
            return 3
        return 4 + len(str(len(self._flows)))

    def margin(self, line: Line, pointed: bool) -> Sequence[Piece]:
        """Return pointer, paragraph number and the bar of a note."""
        width = self.scrollable_content_region.width
        left, _ = self.frame(width)
        key = None if line.block is None else line.block.key
        why = self._noted.get(key) if isinstance(key, int) else None
        bar = {"note": ("▌", "bar"), "quoted": ("▎", "edge"), None: (" ", "bar")}[why]
        if key is None or not line.first:
            return [(" " * (left - 2), "number"), bar, (" ", "text")]
        pointer = "›" if pointed else " "
        if not isinstance(key, int) or width < _NUMBERS_FROM:
            return [(pointer.rjust(left - 2), "pointer"), bar, (" ", "text")]
        number = f"¶{key}"
        space = " " * (left - 2 - len(number) - len(pointer))
        look = "pointer" if pointed else "number"
        return [(space, "number"), (pointer, "pointer"), (number, look), bar, (" ", "text")]

    def _marked(self) -> tuple[Block, ...]:
        """Return the blocks with the quotations that are marked, and what is highlighted now."""
        section = self._section
        if section is None or (self._marker is None and not self._passages):
            return self._plain
        runs: dict[Hashable, list[Run]] = {p.number: [] for p in section.paragraphs}
        for passage in self._passages:
            for number, start, end in self._parts(passage):
                runs[number].append(Run(start, end, passage.look))
        for p in section.paragraphs:
            hits = self._marker(p.text) if self._marker is not None else ()
            runs[p.number] += self._hit_runs(p.number, hits)
        return tuple(
            b._replace(runs=(*b.runs, *runs[b.key])) if isinstance(b.key, int) else b
            for b in self._plain
        )

    def _hit_runs(self, number: int, hits: Sequence[Stretch]) -> list[Run]:
        return [Run(*self._flows[number].shown(start, end), "hit") for start, end in hits]
