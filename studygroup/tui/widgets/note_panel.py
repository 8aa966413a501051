"""Every reader's notes on the section being read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual.message import Message

from studygroup.core.note import SUMMARY, Note, NoteBlock
from studygroup.core.quoting.audit import Quotation
from studygroup.tui.widgets.blocks import Block, Line, flow, unread_notice
from studygroup.tui.widgets.note_filter import DISCUSSED, EVERY, OPEN, NoteFilter
from studygroup.tui.widgets.sheet import Piece, Sheet
from studygroup.tui.widgets.verdicts import Quoted
from studygroup.tui.widgets.wrapping import cells

NOTHING = "Nobody has written a note here yet."


class NoteQuotation(NamedTuple):
    """One of a note's quotations as an item of the panel: the note's id, and which it is."""

    note: str
    at: int


class NotePanel(Sheet):
    """Notes with their kind, reader and paragraph; items are keyed by the note's id.

    Each quotation of a note is an item of its own below it.
    """

    @dataclass
    class NoteChosen(Message):
        """A note was clicked, or chosen with Enter."""

        note: Note

    @dataclass
    class QuotationChosen(Message):
        """One of a note's quotations was clicked, or chosen with Enter."""

        quotation: Quotation

    class Narrowed(Message):
        """Other notes are shown, or their signs changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.notes: tuple[Note, ...] = ()
        self.filter = EVERY
        self.discussed: Collection[str] = frozenset()
        """The ids of the notes that were discussed."""
        self._signs = False
        self._whole: Collection[str] = ()
        self._hint = ""
        self._unread = 0
        self._stands: Mapping[str, tuple[int, ...]] = {}
        self._quoted: Mapping[str, Sequence[Quoted]] = {}
        self._here: Collection[str] = ()

    def show_notes(
        self, notes: Sequence[Note], whole: Sequence[Note], hint: str, *, unread: int = 0
    ) -> None:
        """Show a section's notes, then those on the `whole` reading, as far as the filter goes.

        `hint` says how to write one, where there is none; `unread` files of notes can't be read.
        """
        self._unread = unread
        self.notes, self._hint = (*notes, *whole), hint
        self._whole = frozenset(note.id for note in whole)
        self._stands, self._quoted, self._here = {}, {}, ()
        self.show(self._blocks())

    def set_quotations(
        self, stands: Mapping[str, tuple[int, ...]], quoted: Mapping[str, Sequence[Quoted]]
    ) -> None:
        """Say on which paragraphs each note stands, and what it quotes; both by the note's id."""
        self._stands, self._quoted = stands, quoted
        self.restyle(self._blocks())

    def set_discussed(self, discussed: Collection[str], *, signs: bool) -> None:
        """Say which notes (by id) were discussed; with `signs`, show of each whether it was.

        The current note gives way to the next one where the filter hides it now.
        """
        if (discussed, signs) != (self.discussed, self._signs):
            before = self.shown
            self.discussed, self._signs = discussed, signs
            self._show_others(before)

    def narrow(self, filter: NoteFilter) -> None:
        """Show only the notes that `filter` keeps, also of the sections shown from now on."""
        if filter != self.filter:
            before = self.shown
            self.filter = filter
            self._show_others(before)

    def _show_others(self, before: Sequence[Note]) -> None:
        """Show what is to be shown now, instead of the notes that were until now."""
        ids: list[Hashable] = [note.id for note in before]
        kept: set[Hashable] = {note.id for note in self.shown}
        current = _note_of(self.current)
        moved = current in ids and current not in kept
        if moved:
            at = ids.index(current)
            self.current = next((i for i in (*ids[at:], *ids[at::-1]) if i in kept), None)
        self.restyle(self._blocks())
        if moved:
            self.reveal(self.current)
        self.post_message(self.Narrowed())

    def set_current(self, key: Hashable, *, reveal: bool = True) -> None:
        """Make the note with this id the current one; a filter that hides it is lifted."""
        id = _note_of(key)
        if any(note.id == id for note in self.notes) and id not in {n.id for n in self.shown}:
            self.narrow(EVERY)
        super().set_current(key, reveal=reveal)

    def set_here(self, notes: Collection[str]) -> None:
        """Mark the notes (by id) that stand on the paragraph being read, and bring one into view.

        That is the selected one, if it is among them, else the first.
        """
        self._here = frozenset(notes)
        first = next((n.id for n in self.shown if n.id in self._here), None)
        if self.selected is not None and self.selected.id in self._here:
            first = self.selected.id
        if first is not None and not self.has_focus:
            self.reveal(first)
        self.refresh()

    def on_resize(self) -> None:
        """Keep the current note in view while the panels around take more room or less."""
        super().on_resize()
        if self.current is not None:
            self.call_after_refresh(self.reveal, self.current)

    @property
    def shown(self) -> tuple[Note, ...]:
        """The notes that the filter keeps."""
        return self.filter.of(self.notes, self.discussed)

    @property
    def summaries(self) -> tuple[str, ...]:
        """What there is to say over the panel, the longest first: each says the same in less.

        With a filter, what it keeps; else how many notes each reader has here, and how many of them
        were not discussed yet.
        """
        if self.filter != EVERY:
            shown, count = len(self.shown), len(self.notes)
            short = f"{self.filter.short_name} {shown}/{count}"
            return f"{self.filter.name}: {shown} of {count}", short, f"{shown}/{count}"
        counts = Counter(n.reader for n in self.notes)
        readers = "  ".join(f"{reader} {count}" for reader, count in counts.items())
        left = sum(note.id not in self.discussed for note in self.notes) if self._signs else 0
        if not left:
            return (readers,)
        return (
            f"{readers} · {OPEN} {left} not discussed",
            f"{OPEN} {left} not discussed",
            f"{OPEN} {left}",
        )

    @property
    def has_more_to_say(self) -> bool:
        """Whether the summary says what is not seen in the panel itself: filter or signs."""
        return self.filter != EVERY or (self._signs and bool(self.notes))

    @property
    def selected(self) -> Note | None:
        """The note that is the current item, if any."""
        return next((n for n in self.shown if n.id == _note_of(self.current)), None)

    def chosen(self, key: Hashable) -> None:
        """Tell which note was chosen, or which of its quotations."""
        if isinstance(key, NoteQuotation):
            quoted = self._quoted.get(key.note, ())
            if key.at < len(quoted):
                self.post_message(self.QuotationChosen(quoted[key.at].quotation))
        elif self.selected is not None:
            self.post_message(self.NoteChosen(self.selected))

    def margin(self, line: Line, pointed: bool) -> Sequence[Piece]:
        """Return the pointer, or the bar of a note that stands on the paragraph being read."""
        here = line.block is not None and _note_of(line.block.key) in self._here
        bar = ("▌" if here else " ", "bar")
        return [("›" if pointed else " ", "pointer"), bar]

    def _blocks(self) -> list[Block]:
        own = [note for note in self.shown if note.id not in self._whole]
        whole = [note for note in self.shown if note.id in self._whole]
        blocks = [b for n, note in enumerate(own) for b in self._note(note, first=n == 0)]
        if whole:
            blocks.append(Block("On the whole reading", "label", gap=2 if blocks else 0))
            blocks += [b for note in whole for b in self._note(note, first=False)]
        notice = unread_notice(self._unread)
        nothing = [] if notice and not self.notes else self._nothing()
        return [*notice, *(blocks or nothing)]

    def _nothing(self) -> list[Block]:
        """Say why no note is shown."""
        if not self.notes:
            return [Block(NOTHING, "muted"), Block(self._hint, "faint", gap=0)]
        count = "the one note" if len(self.notes) == 1 else f"all {len(self.notes)} notes"
        return [
            Block(f"None here: {self.filter.name}.", "muted"),
            Block(f"f shows {count}.", "faint", gap=0),
        ]

    def _note(self, note: Note, first: bool) -> Iterable[Block]:
        where = ", ".join(f"¶{n}" for n in self._stands.get(note.id, ()))
        head = " · ".join(part for part in (note.kind, note.reader, where) if part)
        if self._signs:
            head = f"{DISCUSSED if note.id in self.discussed else OPEN} {head}"
        look = "note" if note.kind == SUMMARY else "label"
        yield Block(head, look, key=note.id, gap=0 if first else 1)
        if note.title:
            yield Block(note.title, "strong", key=note.id, gap=0)
        for number, block in enumerate(note.blocks):
            yield _body(note, block, gap=0 if number == 0 or block.kind == "item" else 1)
        for at, quoted in enumerate(self._quoted.get(note.id, ())):
            yield quoted.block(NoteQuotation(note.id, at))


def _note_of(key: Hashable) -> Hashable:
    """Return the id of the note that an item is, or belongs to."""
    return key.note if isinstance(key, NoteQuotation) else key


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
