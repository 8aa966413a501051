"""Every reader's notes on the section being read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from studygroup.core.note import SUMMARY, Note, NoteBlock
from studygroup.core.quotation import MARKS, Match
from studygroup.tui.widgets.blocks import Block, Line, flow, unread_notice
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
        self._unread = 0
        self._stands: Mapping[str, tuple[int, ...]] = {}
        self._verdicts: Mapping[str, str] = {}
        self._here: Collection[str] = ()

    def show_notes(
        self, notes: Sequence[Note], whole: Sequence[Note], hint: str, *, unread: int = 0
    ) -> None:
        """Show a section's notes, then those on the `whole` reading.

        `hint` says how to write one, where there is none; `unread` files of notes can't be read.
        """
        self._unread = unread
        self.notes, self._whole, self._hint = (*notes, *whole), tuple(whole), hint
        self._stands, self._verdicts, self._here = {}, {}, ()
        self.show(self._blocks())

    def set_places(
        self, stands: Mapping[str, tuple[int, ...]], verdicts: Mapping[str, str]
    ) -> None:
        """Say on which paragraphs each note stands, and what came of its quotations.

        Both by the note's id; see `verdict_line`.
        """
        self._stands, self._verdicts = stands, verdicts
        self.restyle(self._blocks())

    def set_here(self, notes: Collection[str]) -> None:
        """Mark the notes (by id) that stand on the paragraph being read, and bring one into view.

        That is the selected one, if it is among them, else the first.
        """
        self._here = frozenset(notes)
        first = next((n.id for n in self.notes if n.id in self._here), None)
        if self.selected is not None and self.selected.id in self._here:
            first = self.selected.id
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

    def margin(self, line: Line, pointed: bool) -> Sequence[Piece]:
        """Return the pointer, or the bar of a note that stands on the paragraph being read."""
        here = line.block is not None and line.block.key in self._here
        bar = ("▌" if here else " ", "bar")
        return [("›" if pointed else " ", "pointer"), bar]

    def _blocks(self) -> list[Block]:
        own = self.notes[: len(self.notes) - len(self._whole)]
        blocks = [b for n, note in enumerate(own) for b in self._note(note, first=n == 0)]
        if self._whole:
            blocks.append(Block("On the whole reading", "label", gap=2 if blocks else 0))
            blocks += [b for note in self._whole for b in self._note(note, first=False)]
        notice = unread_notice(self._unread)
        nothing = [] if notice else [Block(NOTHING, "muted"), Block(self._hint, "faint", gap=0)]
        return [*notice, *(blocks or nothing)]

    def _note(self, note: Note, first: bool) -> Iterable[Block]:
        where = ", ".join(f"¶{n}" for n in self._stands.get(note.id, ()))
        head = " · ".join(part for part in (note.kind, note.reader, where) if part)
        look = "note" if note.kind == SUMMARY else "label"
        yield Block(head, look, key=note.id, gap=0 if first else 1)
        if note.title:
            yield Block(note.title, "strong", key=note.id, gap=0)
        for number, block in enumerate(note.blocks):
            yield _body(note, block, gap=0 if number == 0 or block.kind == "item" else 1)
        verdicts = self._verdicts.get(note.id)
        if verdicts:
            yield Block(verdicts, "note", key=note.id, gap=0)


def verdict_line(matches: Iterable[Match], reading: str, section: str) -> str:
    """Return what came of a note's quotations: `quotes ¶3 =, ¶5 ≈ altered`.

    Each with its verdict's sign, in words too where it is not exact; seen from a section.
    """
    found = [f"{_whither(m, reading, section)} {_said(m)}".strip() for m in matches]
    return f"quotes {', '.join(found)}" if found else ""


def _whither(match: Match, reading: str, section: str) -> str:
    anchor = match.anchor
    if anchor is None:
        return ""
    if (anchor.reading, anchor.section) == (reading, section):
        return f"¶{anchor.paragraph}"
    where = anchor.section if anchor.reading == reading else f"{anchor.reading}, {anchor.section}"
    return f"{where} ¶{anchor.paragraph}"


def _said(match: Match) -> str:
    sign = MARKS[match.verdict]
    match match.verdict:
        case "exact":
            return sign
        case "ambiguous":
            return f"{sign} in {len(match.candidates)} places"
        case "missing":
            return f"{sign} not in the readings"
        case word:
            return f"{sign} {word}"


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
