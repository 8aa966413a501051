import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.quoting.extract import Quoted
from studygroup.core.quoting.unmarked import quoted_in_note
from tests import builders

ORCHARD = """\
---
title: The Orchard
---
# Planting
A row of pear trees was planted along the southern wall before anybody had measured the shade.
The gardener objected, and the gardener was overruled by people who would never pick a pear.

# Harvest
In the third year the trees bore fruit on one side only, and the committee called it a success.
Whoever wants shade and fruit from the same tree must learn to want a little less of both.
It is on the other hand as well as can be said for all that it is.
"""


def in_note(markdown: str) -> list[tuple[str, str]]:
    note = builders.notes(markdown, "orchard").notes[0]
    found = quoted_in_note(note, [builders.reading(ORCHARD, "orchard"), builders.reading()])
    check(note.text, found)
    return [(q.form, q.text) for q in found]


def check(text: str, found: list[Quoted]) -> None:
    for quoted in found:
        assert text[quoted.start : quoted.end] == quoted.text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            "- The gardener objected, and the gardener was overruled (p. 3)\n- I would too\n",
            ["The gardener objected, and the gardener was overruled"],
        ),
        (
            "He says that in the third year the trees bore fruit on one side, which I doubt.\n",
            ["in the third year the trees bore fruit on one side"],
        ),
        (
            "- p. 7: must learn to want much less of both\n",
            ["must learn to want much less of both"],
        ),
        (
            "- A row of pear trees was planted … before anybody had measured the shade.\n",
            ["A row of pear trees was planted … before anybody had measured the shade."],
        ),
        ("- the committee called it a success\n", ["the committee called it a success"]),
        ("Boats wait here for hours; the crews talk, and talking is all.\n", 1),
    ],
)
def test_a_reading_s_words_are_found_though_nothing_sets_them_off(
    markdown: str, expected: list[str] | int
) -> None:
    found = in_note(markdown)
    assert {form for form, _ in found} == {"unmarked"}
    texts = [text for _, text in found]
    assert len(texts) == expected if isinstance(expected, int) else texts == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "The gardener was against it, but people overruled whoever would pick the pears.\n",
        "Shade and fruit from one tree: want less of both, he says.\n",
        "- the southern wall\n- pear trees\n",
        "I think it is on the other hand as well as can be.\n",
    ],
)
def test_a_paraphrase_a_term_and_a_stock_phrase_are_no_quotations(markdown: str) -> None:
    assert in_note(markdown) == []


def test_what_is_set_off_already_is_not_told_twice() -> None:
    marked = "“The gardener objected, and the gardener was overruled by people” is good.\n"
    assert [form for form, _ in in_note(marked)] == ["marks"]
    block = "> The gardener objected, and the gardener was overruled by people\n"
    assert [form for form, _ in in_note(block)] == ["block"]


def test_a_missing_mark_is_put_where_the_reading_s_words_begin_or_end() -> None:
    closing = "He says “the gardener was overruled by people who would never and so on he goes.\n"
    assert in_note(closing) == [("marks", "the gardener was overruled by people who would never")]
    opening = "He says the gardener was overruled by people who would never” and goes on.\n"
    assert in_note(opening) == [("marks", "the gardener was overruled by people who would never")]


@given(st.text(st.sampled_from("ab .\n-“”\"'>[!…]"), max_size=60), st.integers(0, 60))
def test_offsets_give_back_the_words_of_any_note(junk: str, at: int) -> None:
    text = ORCHARD.split("\n")[4]
    for note in builders.notes(text[:at] + junk + text[at:], "orchard").notes:
        check(note.text, quoted_in_note(note, [builders.reading(ORCHARD, "orchard")]))
