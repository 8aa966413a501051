"""Comments of a document become notes on what they are on."""

from __future__ import annotations

from dataclasses import replace

from studygroup.core.draft import Remark
from studygroup.core.remarks import as_notes, by_reader, unwritten
from tests import builders

WALK = builders.reading(builders.WALK, "walk")
LOCK = "The lock-keeper's house stands empty since the spring. Nobody has asked why."


def placed(*remarks: Remark, part: bool = False) -> list[tuple[str | None, int | None]]:
    notes = as_notes(remarks, WALK, part=part)
    return [(note.section.id if note.section else None, note.paragraph) for note in notes]


def test_a_remark_goes_to_the_paragraph_or_the_heading_with_its_words() -> None:
    paragraph = Remark("Ana", "So?", beside=LOCK)
    heading = Remark("Ana", "So?", beside="Its Builders")
    assert placed(paragraph, heading) == [("1-the-lock", 1), ("its-builders", None)]


def test_else_below_its_heading_and_else_to_the_whole_reading_unless_that_is_a_part() -> None:
    near = Remark("Ana", "So?", beside="a cell of a table", under="1 The Lock")
    lost = Remark("Ana", "So?", beside="nowhere")
    assert placed(near, lost) == [("1-the-lock", None), (None, None)]
    assert placed(near, lost, part=True) == [("1-the-lock", None)]


def test_of_paragraphs_that_are_alike_the_next_one_is_meant() -> None:
    text = "# One\n\nYes.\n\n# Two\n\nYes.\n\nNo.\n\n# Three\n\nYes.\n"
    reading = builders.reading(text)
    remarks = [Remark("Ana", "!", beside=words) for words in ("Yes.", "No.", "Yes.", "Yes.")]
    notes = as_notes(remarks, reading, part=False)
    sections = [note.section.id for note in notes if note.section]
    assert sections == ["one", "two", "three", "three"]


def test_readers_are_named_for_files_and_nobody_is_unnamed() -> None:
    remarks = [Remark(by, "!") for by in ("Ana Example", "", "../Иван", "Ana Example")]
    found = by_reader(as_notes(remarks, WALK, part=False))
    assert {reader: len(notes) for reader, notes in found.items()} == {
        "ana-example": 2,
        "unnamed": 1,
        "иван": 1,
    }


def test_a_note_says_what_it_is_on_and_whom_it_answers() -> None:
    remark = Remark("Bo", "No.\n\nNever.", "2011-05-17", "Ana", "stands empty", LOCK)
    (note,) = as_notes([remark], WALK, part=False)
    assert note.text == "> stands empty\n\n↳ Ana\n\nNo.\n\nNever."
    assert (note.kind, note.title) == ("comment", "2011-05-17")


def test_what_stands_in_a_readers_notes_is_not_written_again() -> None:
    notes = as_notes([Remark("Ana", "A quiet text."), Remark("Ana", "More.")], WALK, part=False)
    there = builders.notes(builders.WALK_NOTES).notes
    assert [note.text for note in unwritten(notes, there)] == ["More."]
    assert unwritten([*notes, replace(notes[0])], there) == [notes[1], notes[0]]
