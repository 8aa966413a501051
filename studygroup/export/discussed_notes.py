"""The readers' notes that were marked as discussed at a session, for its write-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from studygroup.core.meeting.noted import note_marks
from studygroup.core.meeting.session import Session, Spot
from studygroup.core.note import SUMMARY, Note
from studygroup.core.study import Study
from studygroup.core.text import one_line
from studygroup.export.flow import Block, em, item, label, strong
from studygroup.export.names import person

WORDS = 14
"""How many of its words stand for a note without a title."""


def discussed_notes(session: Session, study: Study) -> Mapping[Spot, Sequence[Note]]:
    """Return the notes that were marked, by the section they hang on, in the order of the study.

    A note that was recorded stands among what was said, and one that has changed since is not told.
    """
    recorded = {e.note for e in session.standing}
    marks = note_marks(session)
    told: dict[Spot, list[Note]] = {}
    for note in study.notes if marks else ():
        mark = marks.get(note.id)
        if mark is not None and mark.discussed and note.id not in recorded:
            told.setdefault(Spot(note.reading, note.section or ""), []).append(note)
    return told


def list_notes(notes: Sequence[Note], study: Study) -> Iterator[Block]:
    """List notes by reader, with their kind, paragraph, and title or first words."""
    if notes:
        yield label("Notes discussed")
    for note in notes:
        paragraph = study.paragraph_of(note)
        facts = [note.kind] if note.kind != SUMMARY else []
        facts += [f"¶{paragraph}"] if paragraph is not None else []
        about = (" ", em(f"({', '.join(facts)})")) if facts else ()
        yield item(strong(f"{person(note.reader)}:"), " ", _words(note), *about)


def _words(note: Note) -> str:
    words = one_line(note.text).split(" ")
    return note.title or " ".join(words[:WORDS]) + ("…" if len(words) > WORDS else "")
