"""A scrolling panel of blocks of text, drawn by lines: the ground of every panel on the screen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from studygroup.tui.widgets.blocks import BLANK, Block, Layout, Line, Run, cut_runs, lay_out
from studygroup.tui.widgets.looks import looks
from studygroup.tui.widgets.selecting import selected_part, selected_text
from studygroup.tui.widgets.wrapping import cells

Piece = tuple[str, str]
"""A bit of a line and the name of the style it is drawn in."""

SELECTED = "selected"
"""The look of what the mouse selected."""


class Sheet(ScrollView, can_focus=True, inherit_bindings=False):
    """Blocks of text that scroll; one item (all blocks of one key) is the current one.

    Laid out once per width; only the lines in view are drawn. A subclass says what its items mean
    by overriding `chosen` (click or Enter) and `reached` (the current item moved), and draws its
    own left margin with `margin`.
    """

    LEFT = 2
    RIGHT = 1
    CONTEXT = 1
    ALWAYS_TINTED = False
    """Whether the current item is tinted without focus too."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.blocks: tuple[Block, ...] = ()
        self.layout_of_width = (0, Layout())
        self.current: Hashable = None
        self._to_reveal: Hashable = None
        self._to_step = 0
        self._looks: dict[str, Style] = {}
        self._grounded: dict[str, Style] = {}

    # What a subclass says.

    def chosen(self, key: Hashable) -> None:
        """React to Enter on the item, or a click on it."""

    def clicked(self, key: Hashable, at: Offset) -> None:
        """React to a click on the item, `at` a place in the view."""
        self.chosen(key)

    def reached(self, key: Hashable) -> None:
        """React to the current item having become this one by key or click."""

    def margin(self, line: Line, pointed: bool) -> Sequence[Piece]:
        """Return what stands left of a line, exactly as wide as the text's left edge.

        `pointed` is true on the first line of the current item.
        """
        return [("› " if pointed else "  ", "pointer")]

    def frame(self, width: int) -> tuple[int, int]:
        """Return the text's left edge and its measure, in cells, on a panel of `width` cells."""
        return self.LEFT, max(2, width - self.LEFT - self.RIGHT)

    # Content.

    @property
    def lines(self) -> Layout:
        """The layout at the present width."""
        return self.layout_of_width[1]

    def show(self, blocks: Iterable[Block], *, current: Hashable = None, top: bool = True) -> None:
        """Show these blocks from the top (or where the view stands), `current` being current."""
        self.blocks = tuple(blocks)
        self.current = current
        self.layout_of_width = (0, Layout())
        self._lay_out_again()
        if top:
            self.scroll_to(y=0, animate=False)
        self.refresh(layout=self.styles.is_auto_height)

    def restyle(self, blocks: Iterable[Block]) -> None:
        """Show the same items with other runs; neither the view nor the current item moves."""
        self.show(blocks, current=self.current, top=False)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the blocks take at a width (for panels as high as their text)."""
        return len(lay_out(self.blocks, self.frame(width)[1]).lines)

    def _lay_out_again(self) -> None:
        width = self.scrollable_content_region.width
        if width < 1 or width == self.layout_of_width[0]:
            return
        anchor = self._line_at(round(self.scroll_y))
        layout = lay_out(self.blocks, self.frame(width)[1])
        self.layout_of_width = (width, layout)
        self.virtual_size = Size(width, len(layout.lines))
        if self.has_focus:
            self._point()
        if self._to_reveal is not None:
            key, self._to_reveal = self._to_reveal, None
            self.call_after_refresh(self.reveal, key)
        elif anchor is not None and anchor.block is not None:
            self._scroll_to_anchor(anchor)
        if self._to_step:
            count, self._to_step = self._to_step, 0
            self.call_after_refresh(self.step, count)

    def _scroll_to_anchor(self, anchor: Line) -> None:
        for index, line in enumerate(self.lines.lines):
            if line.block is anchor.block and line.end >= anchor.start:
                self.scroll_to(y=index, animate=False)
                return

    def _line_at(self, index: int) -> Line | None:
        lines = self.lines.lines
        return lines[index] if 0 < index < len(lines) else None

    def on_resize(self) -> None:
        """Wrap anew when the width changed; what stood at the top stays there."""
        self._lay_out_again()

    # Moving.

    @property
    def allow_vertical_scroll(self) -> bool:
        """Text that is laid out can be scrolled, also in the moment before its bar is shown."""
        return True

    @property
    def height(self) -> int:
        """How many lines are in view."""
        return max(1, self.scrollable_content_region.height)

    @property
    def top(self) -> int:
        """The first line in view."""
        return round(self.scroll_y)

    def set_current(self, key: Hashable, *, reveal: bool = True) -> None:
        """Make the item with this key the current one, and bring it into view."""
        self.current = key
        if reveal:
            self.reveal(key)
        self.refresh()

    def reveal(self, key: Hashable) -> None:
        """Scroll as little as needed to show the item, its beginning above all."""
        if key not in self.lines.places:
            self._to_reveal = key if not self.lines.lines else None
            return
        first, last = self.lines.places[key]
        first = max(0, first - self.CONTEXT)
        if first < self.top or last - first >= self.height:
            self.scroll_to(y=first, animate=False)
        elif last > self.top + self.height:
            self.scroll_to(y=min(first, last + self.CONTEXT - self.height), animate=False)

    def step(self, count: int) -> None:
        """Move `count` items on (back, if negative), from the current one or what is in view."""
        if not self.lines.lines:
            self._to_step += count  # a pane that is just being turned to has no lines yet
            return
        layout = self.lines
        key = layout.next_key(self._from_view(count), count)
        if key is not None and key != self.current:
            self.set_current(key)
            self.reached(key)

    def _from_view(self, count: int) -> Hashable:
        """Return the current key; once scrolled away from it, the key from which a step enters."""
        places = self.lines.places
        first, last = places.get(self.current, (0, 0))
        bottom = self.top + self.height
        if self.current in places and last > self.top and first < bottom:
            return self.current
        seen = [key for key, (a, b) in places.items() if b > self.top and a < bottom]
        if not seen:
            return self.current
        return self.lines.next_key(seen[0] if count > 0 else seen[-1], -count)

    def to_end(self, last: bool) -> None:
        """Make the first item current, or the last one."""
        places = list(self.lines.places)
        if not places:
            self.scroll_to(y=self.max_scroll_y if last else 0, animate=False)
            return
        self.set_current(places[-1 if last else 0])
        if not last:
            self.scroll_to(y=0, animate=False)
        self.reached(self.current)

    def page(self, count: int) -> bool:
        """Turn a page on or back; False when that end was in view already."""
        target = self.top + count * max(1, self.height - 2)
        target = int(min(max(0, target), self.max_scroll_y))
        if target == self.top:
            return False
        self.scroll_to(y=target, animate=False)
        self._follow(target)
        return True

    def _follow(self, top: int) -> None:
        """Make the first item that begins in view the current one."""
        for key, (first, last) in self.lines.places.items():
            if first >= top or last > top + self.height // 2:
                self.current = key
                self.reached(key)
                break
        self.refresh()

    def choose(self) -> None:
        """Choose the current item, as Enter does."""
        if self.current is not None:
            self.chosen(self.current)

    def on_click(self, event: events.Click) -> None:
        """Make the item under the mouse the current one and choose it."""
        at = event.get_content_offset_capture(self)
        key = self.lines.key_at(at.y + self.top)
        if key is not None:
            self.set_current(key, reveal=False)
            self.reached(key)
            self.clicked(key, at)

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width = self.scrollable_content_region.width
        index = y + round(self.scroll_y)
        lines = self.lines.lines
        line = lines[index] if index < len(lines) else BLANK
        first, last = self.lines.places.get(self.current, (0, 0))
        current = first <= index < last
        _, measure = self.frame(width)
        tint = self._tint() if current else Style.null()
        margin = [
            Segment(t, self._look(n)) for t, n in self.margin(line, current and index == first)
        ]
        lead = self._lead(line, tint)
        words = self._words(line, tint, self._selected(index))
        used = sum(cells(piece.text) for piece in (*lead, *words))
        rest = Segment(" " * max(0, measure - used), self._look("text") + tint)
        # The mouse finds its place in the text by these: x counts the line's own characters.
        before = sum(len(piece.text) for piece in (*margin, *lead))
        strip = Strip([*margin, *lead, *words, rest]).apply_offsets(-before, index)
        return strip.adjust_cell_length(width, self._look("text"))

    def _lead(self, line: Line, tint: Style) -> list[Segment]:
        """Return what stands between the margin and a line's words."""
        block = line.block
        if block is None:
            return []
        lead = (block.lead if line.first else "").rjust(block.indent - cells(block.edge))
        hang = "" if line.first else " " * block.hang
        pieces = [
            Segment(block.edge, self._look("edge") + tint),
            Segment(lead[: block.indent] + hang, self._look(block.lead_style) + tint),
        ]
        return [piece for piece in pieces if piece.text]

    def _words(self, line: Line, tint: Style, selected: Run) -> list[Segment]:
        """Return a line's words in their styles."""
        block = line.block
        if block is None:
            return []
        pieces = []
        for start, end, names in cut_runs((*block.runs, selected), line.start, line.end):
            style = self._look(block.style)
            for name in names:
                if name != SELECTED:
                    style += self._of_look(name)
            style += Style.null() if "hit" in names else tint
            if SELECTED in names:
                style += self._of_look(SELECTED)
            pieces.append(Segment(block.text[start:end], style))
        return [piece for piece in pieces if piece.text]

    def _look(self, name: str) -> Style:
        """Return a look on the sheet's own ground."""
        style = self._grounded.get(name)
        if style is None:
            style = self._grounded[name] = self.rich_style + self._of_look(name)
        return style

    def _of_look(self, name: str) -> Style:
        if not self._looks:
            self._looks = looks(self.app.theme_variables)
        return self._looks[name]

    def _tint(self) -> Style:
        tinted = self.has_focus or self.ALWAYS_TINTED
        return self._of_look("current") if tinted else Style.null()

    def notify_style_update(self) -> None:
        """Take the colours from the theme anew."""
        self._looks, self._grounded = {}, {}
        super().notify_style_update()

    def on_focus(self) -> None:
        """Tint the current item."""
        self._point()
        self.refresh()

    def _point(self) -> None:
        """Have a current item: the first one, where none is."""
        if self.current not in self.lines.places:
            self.current = next(iter(self.lines.places), self.current)

    def on_blur(self) -> None:
        """Take the tint off."""
        self.refresh()

    # Selecting with the mouse.

    def _selected(self, index: int) -> Run:
        lines, selection = self.lines.lines, self.text_selection
        if selection is None or index >= len(lines):
            return Run(0, 0, SELECTED)
        return Run(*selected_part(lines[index], selection.get_span(index)), SELECTED)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected words, as they stand in the text."""
        return selected_text(self.lines.lines, selection.get_span), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()
