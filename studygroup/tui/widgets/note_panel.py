"""Every reader's notes on the section being read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from studygroup.core.note import SUMMARY, Note, NoteBlock
from studygroup.tui.widgets.blocks import Block, Line, flow
from studygroup.tui.widgets.sheet import Piece, Sheet
from studygroup.tui.widgets.wrapping import cells

NOTHING = "Nobody has written a note here yet."


class NotePanel(Sheet):
    """Notes with their kind, reader and paragraph; items are keyed by the note's id."""

    @dataclass
    class NoteChosen(Message):
        """A note was clicked, or chosen with Enter."""

        note: Note

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.notes: tuple[Note, ...] = ()
        self._whole: tuple[Note, ...] = ()
        self._hint = ""
        self._stands: Mapping[str, tuple[int, ...]] = {}
        self._here: Collection[str] = ()

    def show_notes(self, notes: Sequence[Note], whole: Sequence[Note], hint: str) -> None:
        """Show a section's notes, then those on the `whole` reading.

        `hint` says how to write one, where there is none.
        """
        self.notes, self._whole, self._hint = (*notes, *whole), tuple(whole), hint
        self._stands, self._here = {}, ()
        self.show(self._blocks())

    def set_places(self, stands: Mapping[str, tuple[int, ...]]) -> None:
        """Say on which paragraphs each note stands, by the note's id."""
        self._stands = stands
        self.restyle(self._blocks())

    def set_here(self, notes: Collection[str]) -> None:
        """Mark the notes (by id) that stand on the paragraph being read, the first one in view."""
        self._here = frozenset(notes)
        first = next((n.id for n in self.notes if n.id in self._here), None)
        if first is not None and not self.has_focus:
            self.reveal(first)
        self.refresh()

    @property
    def summary(self) -> str:
        """How many notes each reader has here."""
        counts = Counter(n.reader for n in self.notes)
        return "  ".join(f"{reader} {count}" for reader, count in counts.items())

    @property
    def selected(self) -> Note | None:
        """The note that is the current item, if any."""
        return next((n for n in self.notes if n.id == self.current), None)

    def chosen(self, key: Hashable) -> None:
        """Tell which note was chosen."""
        if self.selected is not None:
            self.post_message(self.NoteChosen(self.selected))

    def margin(self, line: Line, current: bool) -> Sequence[Piece]:
        """Return the pointer, or the bar of a note that stands on the paragraph being read."""
        here = line.block is not None and line.block.key in self._here
        bar = ("▌" if here else " ", "bar")
        return [("›" if current and line.first else " ", "pointer"), bar]

    def _blocks(self) -> list[Block]:
        own = self.notes[: len(self.notes) - len(self._whole)]
        blocks = [b for n, note in enumerate(own) for b in self._note(note, first=n == 0)]
        if self._whole:
            blocks.append(Block("On the whole reading", "label", gap=2 if blocks else 0))
            blocks += [b for note in self._whole for b in self._note(note, first=False)]
        return blocks or [Block(NOTHING, "muted"), Block(self._hint, "faint", gap=0)]

    def _note(self, note: Note, first: bool) -> Iterable[Block]:
        where = ", ".join(f"¶{n}" for n in self._stands.get(note.id, ()))
        head = " · ".join(part for part in (note.kind, note.reader, where) if part)
        look = "note" if note.kind == SUMMARY else "label"
        yield Block(head, look, key=note.id, gap=0 if first else 1)
        if note.title:
            yield Block(note.title, "strong", key=note.id, gap=0)
        for number, block in enumerate(note.blocks):
            yield _body(note, block, gap=0 if number == 0 or block.kind == "item" else 1)


def _body(note: Note, block: NoteBlock, gap: int) -> Block:
    shown = flow(block.text, block.spans)
    if block.kind == "item":
        mark = block.marker if block.marker[:1].isdigit() else "•"
        indent = 2 * max(0, block.depth - 1) + cells(mark) + 1
        return Block(
            shown.text, runs=shown.runs, key=note.id, indent=indent, lead=f"{mark} ", gap=gap
        )
    if block.kind == "quote":
        return Block(
            shown.text, "quote", runs=shown.runs, key=note.id, indent=2, edge="│ ", gap=gap
        )
    return Block(shown.text, runs=shown.runs, key=note.id, gap=gap)
