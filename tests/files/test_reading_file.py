import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.errors import StudyError
from tests import builders


def test_sections_paragraphs_and_facts() -> None:
    walk = builders.reading()
    assert (walk.title, walk.author, walk.year) == ("A Walk by the Canal", ("N. N.", "M. M."), 1911)
    assert [(s.id, s.level) for s in walk.sections] == [
        ("a-walk-by-the-canal", 1),
        ("1-the-lock", 1),
        ("2-the-bridge", 1),
        ("its-builders", 2),
    ]
    lock = walk.sections[1]
    assert [(p.number, p.kind) for p in lock.paragraphs] == [
        (1, "text"),
        (2, "quote"),
        (3, "text"),
        (4, "footnote"),
    ]
    bridge = walk.sections[2]
    assert [(p.kind, p.marker, p.text) for p in bridge.paragraphs[1:]] == [
        ("item", "•", "the older one, upstream"),
        ("item", "•", "the newer one, which pays for it"),
    ]


def test_offsets_count_plain_text_and_spans_remember_the_marks() -> None:
    lock = builders.reading().sections[1]
    for paragraph in lock.paragraphs:
        assert lock.text[paragraph.start :].startswith(paragraph.text)
        assert lock.paragraph_at(paragraph.start) == paragraph
    first = lock.paragraphs[0]
    assert "*" not in first.text
    assert [(s.kind, first.text[s.start : s.end], s.target) for s in first.spans] == [
        ("em", "empty", ""),
        ("footnote", "", "1"),
    ]


def test_a_footnote_goes_to_the_section_that_refers_to_it_and_none_is_lost() -> None:
    walk = builders.reading(builders.WALK + "\n[^9]: Nothing refers to this.\n")
    assert walk.sections[1].paragraphs[-1].text == "It was sold twice in one year."
    assert walk.sections[1].paragraphs[-1].marker == "1"
    assert walk.sections[-1].paragraphs[-1].text == "Nothing refers to this."


def test_lines_lead_back_to_the_file() -> None:
    lines = builders.WALK.split("\n")
    for section in builders.reading().sections[1:]:
        assert section.title in lines[section.line - 1]
        for paragraph in section.paragraphs:
            assert paragraph.text.split()[0] in lines[paragraph.line - 1]


def test_the_one_top_heading_that_repeats_the_title_is_no_section() -> None:
    essay = builders.reading("# Essay\n\nPreface.\n\n## One\n\nText.\n", "essay")
    assert essay.title == "Essay"
    assert [s.title for s in essay.sections] == ["Essay", "One"]
    assert builders.reading("# Essay\n\n## One\nText.\n").sections[0].title == "One"


def test_ids_are_made_unique_and_explicit_ones_are_kept() -> None:
    text = "# Ana\n\n# Ana\n\n# Third {#ana-2}\n\n# Ana\n"
    assert [s.id for s in builders.reading(text).sections] == ["ana", "ana-3", "ana-2", "ana-4"]


def test_two_sections_with_one_explicit_id_are_an_error_with_its_line() -> None:
    with pytest.raises(StudyError, match=r"readings/walk\.md:1: two sections have the id “x”"):
        builders.reading("# One {#x}\n\n# Two {#x}\n")


@pytest.mark.parametrize(
    ("front", "sentence"),
    [
        ("year: long ago", r"walk\.md:3: “year” must be a whole number, not “long ago”"),
        ("kind: novel", r"walk\.md:3: “kind” must be one of text, guide, thread, not “novel”"),
        ("title: Again", r"walk\.md:3: the key “title” stands twice"),
        ("x: *y", r"walk\.md:3: YAML aliases"),
        ("x: [1", r"walk\.md:\d: not valid YAML"),
    ],
)
def test_bad_front_matter_is_an_error_with_file_and_line(front: str, sentence: str) -> None:
    with pytest.raises(StudyError, match=sentence):
        builders.reading(f"---\ntitle: T\n{front}\n---\ntext\n")


def test_values_that_yaml_would_change_stay_as_written() -> None:
    found = builders.reading("---\ntitle: 12:30\nauthor: no\n---\ntext\n")
    assert (found.title, found.author) == ("12:30", ("no",))


def test_html_and_wikilinks_in_a_hand_written_file_lose_no_words() -> None:
    found = builders.reading("See <i>this</i> [[Page|page]] and <span>that</span>.<!-- x -->\n")
    paragraph = found.sections[0].paragraphs[0]
    assert paragraph.text == "See this page and <span>that</span>."
    assert [(s.kind, s.target) for s in paragraph.spans] == [("em", ""), ("wikilink", "Page")]


@given(st.text())
def test_any_text_is_a_reading_whose_paragraphs_are_numbered(text: str) -> None:
    for section in builders.reading(f"# A heading\n\n{text}").sections:
        numbers = [p.number for p in section.paragraphs]
        assert numbers == list(range(1, len(numbers) + 1))
