"""Comments that came with a document → notes of whoever made them, beside what they are on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studygroup.core.draft import Remark
from studygroup.core.note import Note
from studygroup.core.reading import Reading, Section
from studygroup.core.study_files import NewNote
from studygroup.core.text import slug

KIND = "comment"
"""The type of the callouts that comments become."""
UNNAMED = "unnamed"
"""The reader whose notes comments are that name nobody."""


@dataclass(frozen=True, slots=True)
class TakenNotes:
    """Comments of one reader that became notes: how many were written to the file at `path` in the
    study, and how many stood there already.
    """

    reader: str
    path: str
    written: int
    known: int = 0


def as_notes(remarks: Sequence[Remark], reading: Reading, *, part: bool) -> list[NewNote]:
    """Return remarks as notes on the places of a reading that they are on, in their order.

    A remark goes to the paragraph, or the heading, that has the words of the block it stands
    beside, the next one where several have; else to the section of the heading above it. What is
    found nowhere is on the whole reading; with `part`, it is on another part, and left out.
    """
    places = _Places(reading)
    found: list[NewNote] = []
    for remark in remarks:
        place = places.of(remark)
        if place is None and part:
            continue
        section, paragraph = place or (None, None)
        reader = slug(remark.by, UNNAMED)
        note = NewNote(reading, section, reader, _text(remark), KIND, paragraph, remark.when)
        found.append(note)
    return found


def unwritten(new: Iterable[NewNote], there: Iterable[Note]) -> list[NewNote]:
    """Return those of new notes whose words stand in none of a reader's notes, one for one."""
    known = Counter(_letters(note.markdown) for note in there)
    left: list[NewNote] = []
    for note in new:
        words = _letters(note.text)
        if known[words]:
            known[words] -= 1
        else:
            left.append(note)
    return left


def by_reader(notes: Iterable[NewNote]) -> Mapping[str, list[NewNote]]:
    """Return notes by their reader, in the order in which readers come."""
    found: dict[str, list[NewNote]] = {}
    for note in notes:
        found.setdefault(note.reader, []).append(note)
    return found


def _text(remark: Remark) -> str:
    quoted = "\n".join(f"> {line}" for line in remark.quoted.split("\n")) if remark.quoted else ""
    answered = f"↳ {remark.answers}" if remark.answers else ""
    return "\n\n".join(part for part in (quoted, answered, remark.text) if part)


_Place = tuple[Section, int | None]


class _Places:
    """Where the words of a reading's paragraphs and headings stand; asked in the text's order."""

    def __init__(self, reading: Reading) -> None:
        self._places: dict[str, list[tuple[int, _Place]]] = {}
        self._headings: dict[str, list[tuple[int, _Place]]] = {}
        self._at = 0
        for at, (words, place) in enumerate(_blocks(reading)):
            into = self._headings if place[1] is None else self._places
            if words:
                into.setdefault(words, []).append((at, place))

    def of(self, remark: Remark) -> _Place | None:
        """The place of a remark, None where the reading has none for it."""
        beside = _letters(remark.beside)
        for known in (self._places, self._headings):
            if beside in known:
                return self._next(known[beside])
        above = self._headings.get(_letters(remark.under))
        return self._next(above) if above else None

    def _next(self, places: list[tuple[int, _Place]]) -> _Place:
        """The first of some places that is not before the last one given, else the first."""
        at, place = next((one for one in places if one[0] >= self._at), places[0])
        self._at = max(self._at, at)
        while len(places) > 1 and places[0][0] < self._at:
            places.pop(0)
        return place


def _blocks(reading: Reading) -> Iterator[tuple[str, _Place]]:
    for section in reading.sections:
        yield _letters(section.title), (section, None)
        for paragraph in section.paragraphs:
            yield _letters(paragraph.text), (section, paragraph.number)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
