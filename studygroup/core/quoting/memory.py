"""What was found out about a study's quotations before, for the next reading of it to build on."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # An outline hands the memory on and asks for no quotation: nothing else is loaded for it.
    from studygroup.core.anchoring.quotation import Match
    from studygroup.core.note import Note
    from studygroup.core.quoting.auditor import Judged, Reused
    from studygroup.core.quoting.locating import Answer, Ask, Words
    from studygroup.core.reading import Reading


class Kept(Protocol):
    """The port to what is kept of answers between runs of the program: a cache."""

    def get(self) -> tuple[Words, Mapping[Ask, Match]] | None:
        """Return the answers kept, and the words of the readings for which they hold; or None."""
        ...

    def put(self, words: Words, answers: Mapping[Ask, Match]) -> None:
        """Keep answers in place of those before; nothing is kept where that is not possible."""
        ...


@dataclass
class Memory:
    """Shared by the studies that one folder gives, one after the other.

    `judged` has what each note, prompt and section quotes, `answers` where each quotation stands,
    `reused` what readings have in common, each with the readings in which it was sought: whoever
    finds that these are others seeks again only what that can have changed (see `Locating`).
    Threads may share it: its entries are immutable, and one that two threads make at a time is the
    same. `new` is how many answers were not known when they were last `kept`.
    `grams` has the hashed groups of words of each note, by its id. `open_kept` opens what keeps
    answers between runs, at their first use.
    """

    open_kept: Callable[[], Kept] | None = None
    judged: dict[object, Judged] = field(default_factory=dict)
    answers: dict[Ask, Answer] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    reused: Reused | None = None
    new: int = 0
    recalled: bool = False
    kept: Kept | None = None
    grams: dict[str, tuple[Note, array[int]]] = field(default_factory=dict)

    def grams_of(self, note: Note) -> array[int]:
        """Return the hashed groups of words of a note (see `unmarked.grams_in_note`)."""
        from studygroup.core.quoting.unmarked import grams_in_note

        known = self.grams.get(note.id)
        if known is None or known[0] is not note:
            known = self.grams[note.id] = note, array("q", grams_in_note(note))
        return known[1]

    def recall(self) -> tuple[Words, Mapping[Ask, Match]] | None:
        """Return what an earlier run kept, the first time that is asked for."""
        if self.recalled or self.open_kept is None:
            return None
        self.recalled = True
        self.kept = self.open_kept()
        return self.kept.get()

    def same(self, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """Return these readings as the very tuple that was given last, where they are the same."""
        known = self.readings
        if len(known) != len(readings) or any(
            a is not b for a, b in zip(known, readings, strict=True)
        ):
            self.readings = readings
        return self.readings
