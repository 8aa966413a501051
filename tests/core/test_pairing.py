import pytest

from studygroup.core.pairing import pair_notes
from studygroup.core.section_names import close_sections, find_section
from tests import builders

THREAD = "# Ana\nfirst\n\n# Ben\nsecond\n\n# Ana\nthird\n"


@pytest.mark.parametrize(
    ("heading", "section", "how"),
    [
        ("1 The Lock", "1-the-lock", "heading"),
        ("the lock", "1-the-lock", "heading"),
        ("The brigde", "2-the-bridge", "similar"),
        ("My own thoughts {#2-the-bridge}", "2-the-bridge", "id"),
        ("On [[walk#Its Builders]]", "its-builders", "id"),
        ("Something else altogether", None, ""),
    ],
)
def test_a_heading_finds_its_section(heading: str, section: str | None, how: str) -> None:
    file = pair_notes(builders.notes(f"# {heading}\nwords\n"), builders.reading())
    assert (file.headings[0].section, file.headings[0].paired) == (section, how)
    assert file.notes[0].section == section


def test_the_reading_s_own_title_stands_for_the_whole_reading() -> None:
    text = builders.WALK.replace("A preface that stands before every heading.\n", "")
    file = pair_notes(builders.notes(), builders.reading(text))
    assert file.headings[0].paired == "title"
    assert file.notes[0].section is None


def test_a_subheading_belongs_where_its_parent_does() -> None:
    file = pair_notes(
        builders.notes("# The lock\none\n\n## Why I disagree\ntwo\n"), builders.reading()
    )
    assert [n.section for n in file.notes] == ["1-the-lock", "1-the-lock"]


def test_notes_under_a_strange_heading_go_where_their_quotations_stand() -> None:
    text = "# Week 3\nI keep thinking of “talking is the only traffic left” here.\n"
    file = pair_notes(builders.notes(text), builders.reading())
    assert file.notes[0].section == "1-the-lock"


def test_sections_of_one_name_are_taken_in_turn() -> None:
    thread = builders.reading(THREAD, "thread")
    file = pair_notes(builders.notes("# Ana\na\n\n# Ben\nb\n\n# Ana\nc\n", "thread"), thread)
    assert [n.section for n in file.notes] == ["ana", "ben", "ana-2"]


def test_a_heading_that_several_sections_share_is_not_guessed_for_a_prompt() -> None:
    thread = builders.reading(THREAD, "thread")
    assert find_section("ana", thread) == thread.sections[0]  # its id
    assert find_section("ANA!", thread) is None


def test_a_near_miss_is_suggested() -> None:
    assert close_sections("the bridges", builders.reading())[0] == "2-the-bridge"
