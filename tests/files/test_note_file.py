import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.pairing import pair_notes
from studygroup.core.study_files import NewNote
from studygroup.files.note_file import with_notes
from tests import builders

PATH = "readings/walk/ana.md"


def test_callouts_and_running_text_become_notes() -> None:
    file = builders.notes()
    assert [(n.kind, n.title, n.heading) for n in file.notes] == [
        ("summary", "", "A walk by the canal (1911)"),
        ("summary", "", "The lock"),
        ("criticism", "Too easy", "The lock"),
        ("question", "", "The brigde"),
    ]
    assert file.notes[2].text == "“Water finds its own level, and so do people.” Does it?"
    question = file.notes[3]
    assert (question.paragraph, question.cue) == (1, "From the bridge one sees")


def test_every_note_knows_its_line() -> None:
    lines = builders.WALK_NOTES.split("\n")
    for note in builders.notes().notes:
        first = lines[note.place.line - 1] if note.place.line else ""
        assert first.startswith("> [!") or note.text.startswith(first)


def test_any_callout_type_links_and_lists_are_kept() -> None:
    text = "> [!Strange thing]+ Title\n> [[Page|alias]] and *more*\n>\n> - item\n"
    note = builders.notes(text).notes[0]
    assert (note.kind, note.title) == ("strange thing", "Title")
    assert [b.text for b in note.blocks] == ["alias and more", "item"]
    assert note.blocks[0].spans[0].target == "Page"
    assert note.markdown == "[[Page|alias]] and *more*\n\n- item"


def test_headings_and_callouts_in_code_are_just_text() -> None:
    file = builders.notes("```\n# not a heading\n> [!note] no\n```\nafter\n")
    assert file.headings == ()
    assert len(file.notes) == 1


@given(st.lists(st.sampled_from("abc def # > [!note] ``` - \n"), max_size=60).map("".join))
def test_no_word_of_a_notes_file_is_lost(text: str) -> None:
    file = builders.notes(text)
    kept = "".join(n.markdown + n.kind + n.title for n in file.notes)
    kept += "".join(h.text for h in file.headings)
    for letter in "abcdef":
        assert kept.count(letter) >= text.count(letter)


def new_note(section: int, paragraph: int | None = 1, text: str = "Really?") -> NewNote:
    walk = builders.reading()
    return NewNote(walk, walk.sections[section], "ana", text, "question", paragraph)


def test_a_note_goes_under_its_section_s_heading_and_nothing_else_changes() -> None:
    after = with_notes(builders.WALK_NOTES, [new_note(1)], PATH)
    added = "> [!question] ¶1 “The lock-keeper's house stands empty since…”\n> Really?\n\n"
    assert after.replace(added, "") == builders.WALK_NOTES
    notes = pair_notes(builders.notes(after), builders.reading()).notes
    new = next(n for n in notes if n.text == "Really?")
    assert (new.section, new.paragraph, new.kind) == ("1-the-lock", 1, "question")


def test_a_missing_heading_is_made_in_the_order_of_the_reading() -> None:
    after = with_notes("# The lock\none\n\n# Its builders\nthree\n", [new_note(2)], PATH)
    file = builders.notes(after)
    assert [h.text for h in file.headings] == ["The lock", "2 The Bridge", "Its builders"]


def test_a_first_note_makes_the_file() -> None:
    after = with_notes("", [new_note(1, None, "one\n\ntwo")], PATH)
    assert after == "# 1 The Lock\n\n> [!question]\n> one\n>\n> two\n"


def test_a_note_on_the_whole_reading_comes_first() -> None:
    walk = builders.reading()
    after = with_notes("# The lock\none\n", [NewNote(walk, None, "ana", "All of it.")], PATH)
    file = pair_notes(builders.notes(after), walk)
    assert [(n.text, n.section) for n in file.notes][1] == ("one", "1-the-lock")
    assert file.notes[0].text == "All of it."


def test_windows_line_ends_are_kept() -> None:
    old = builders.WALK_NOTES.replace("\n", "\r\n")
    after = with_notes(old, [new_note(1)], PATH)
    assert after.count("\n") == after.count("\r\n")


@given(
    st.lists(
        st.sampled_from(["# The lock", "# Strange", "text", "", "> [!x] y", "> z"]), max_size=12
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.integers(0, 3),
)
def test_adding_is_one_insertion_and_the_note_is_found_again(
    lines: list[str], newline: str, ended: bool, section: int
) -> None:
    before = newline.join(lines) + (newline if ended else "")
    after = with_notes(before, [new_note(section)], PATH)
    size = len(after) - len(before)
    assert any(after[:i] + after[i + size :] == before for i in range(len(before) + 1))
    walk = builders.reading()
    notes = pair_notes(builders.notes(after), walk).notes
    mine = [n for n in notes if n.text == "Really?"]
    assert [n.section for n in mine] == [walk.sections[section].id]
    old = [n.text for n in builders.notes(before).notes]
    assert sorted(old) == sorted(n.text for n in notes if n.text != "Really?")


@pytest.mark.parametrize("hostile", ["```\n# x", "> [!note]\n# 1 The Lock", "a\u2028b\x1b[2J"])
def test_text_of_a_note_stays_in_the_note(hostile: str) -> None:
    after = with_notes(builders.WALK_NOTES, [new_note(1, 1, hostile)], PATH)
    before = builders.notes().headings
    assert [h.text for h in builders.notes(after).headings] == [h.text for h in before]


def test_a_note_that_begins_like_a_callout_stays_the_note_it_is() -> None:
    after = with_notes("", [new_note(1, 1, "[!tip] is a callout in Obsidian")], PATH)
    note = builders.notes(after).notes[0]
    assert (note.kind, note.text) == ("question", "[!tip] is a callout in Obsidian")


@pytest.mark.parametrize(
    ("link", "section"), [("[[walk#Its Builders]]", "its-builders"), ("[[other#The Lock]]", None)]
)
def test_a_link_in_a_heading_counts_only_when_it_is_to_this_reading(
    link: str, section: str | None
) -> None:
    file = pair_notes(builders.notes(f"# See {link}\nwords\n"), builders.reading())
    assert file.headings[0].section == section


def test_two_block_quotations_are_told_apart_and_lists_in_them_belong_to_them() -> None:
    text = "> one\n>\n> still one\n\n> two\n\nown words\n\n- item\n  > three\n\n> - four\n"
    blocks = builders.notes(text).notes[0].blocks
    assert [(b.text, b.quotation) for b in blocks] == [
        ("one", 1),
        ("still one", 1),
        ("two", 2),
        ("own words", 0),
        ("item", 0),
        ("three", 3),
        ("four", 4),
    ]
