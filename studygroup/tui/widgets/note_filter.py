"""What the note panel is narrowed to: a kind of note, what is not discussed yet, or both; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from studygroup.core.note import Note

NOT_DISCUSSED = "not discussed yet"
DISCUSSED, OPEN = "✓", "○"
"""The signs before a note that was discussed, and before one that was not."""


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes are shown: those of a `kind` ("" for any), and of them only the `open` ones."""

    kind: str = ""
    open: bool = False

    @property
    def name(self) -> str:
        """The filter in words, "" for the one that keeps every note."""
        return ", ".join(part for part in (self.kind, NOT_DISCUSSED if self.open else "") if part)

    @property
    def short_name(self) -> str:
        """The same in less room."""
        if not self.open:
            return self.kind
        return f"{self.kind} {OPEN}" if self.kind else "not discussed"

    def keeps(self, note: Note, discussed: Collection[str]) -> bool:
        """Tell whether a note is shown; `discussed` are the ids of those that were discussed."""
        return self.kind in ("", note.kind) and not (self.open and note.id in discussed)

    def of(self, notes: Iterable[Note], discussed: Collection[str]) -> tuple[Note, ...]:
        """Return those of `notes` that are shown."""
        return tuple(note for note in notes if self.keeps(note, discussed))


EVERY = NoteFilter()


class Offer(NamedTuple):
    """A filter that can be chosen, and how many notes it keeps: here, and in the whole reading."""

    filter: NoteFilter
    here: int
    all: int


def offers(
    here: Sequence[Note], reading: Sequence[Note], discussed: Collection[str]
) -> list[Offer]:
    """Return the filters that keep something of a reading's notes, the kind met most often first.

    `here` are the notes on the open section. That a kind is not discussed yet is offered only where
    some of it was.
    """
    kinds = [kind for kind, _ in Counter(note.kind for note in reading).most_common()]
    filters = [EVERY, NoteFilter(open=True)]
    for kind in kinds:
        both = {note.id in discussed for note in reading if note.kind == kind}
        filters += [NoteFilter(kind), *([NoteFilter(kind, open=True)] if len(both) > 1 else [])]
    return [Offer(f, len(f.of(here, discussed)), len(f.of(reading, discussed))) for f in filters]
