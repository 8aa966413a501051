"""Lines: nothing of a text is lost, nothing is wider than the measure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from studygroup.core.reading import Span
from studygroup.tui.widgets.blocks import Block, cut_runs, flow, lay_out, raised
from studygroup.tui.widgets.wrapping import any_lines, clusters, narrow_lines, shorten, wrap

SCRIPTS = st.text(
    st.one_of(
        st.sampled_from("abcdefghij -–—“”’.,\n\t"),
        st.sampled_from("漢字かなハングル한국어、。（）「」"),
        st.sampled_from("🙂👩👧🏽❤🇩🇪\u200d\ufe0f\u0301\u0308"),
        st.characters(exclude_categories=("Cc", "Cs")),
    ),
    max_size=200,
)
WIDTHS = st.integers(min_value=2, max_value=80)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@given(SCRIPTS, WIDTHS)
@settings(max_examples=100)
def test_only_white_space_stands_between_lines(text: str, width: int) -> None:
    at = 0
    for start, end in wrap(text, width):
        assert start >= at
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@given(SCRIPTS, WIDTHS)
@settings(max_examples=100)
def test_no_line_is_wider_than_the_measure(text: str, width: int) -> None:
    for start, end in wrap(text, width):
        one_character = len(list(clusters(text, start, end))) == 1
        assert one_character or cell_len(text[start:end]) <= width


@given(st.lists(st.sampled_from(["a", "bee", "ceee", "dddddd"]), max_size=40), st.integers(6, 80))
def test_a_line_ends_only_where_the_next_word_does_not_fit(words: list[str], width: int) -> None:
    for line, following in pairwise(lines(" ".join(words), width)):
        assert len(line) + 1 + len(following.split(" ")[0]) > width


@given(st.text("ab -–—“”’.,_1", max_size=120), WIDTHS)
@settings(max_examples=100)
def test_text_of_narrow_characters_is_wrapped_like_any_other(text: str, width: int) -> None:
    assert list(narrow_lines(text, width)) == list(any_lines(text, width))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("a well-meant remark", 8, ["a well-", "meant", "remark"]),
        ("a–b", 2, ["a–", "b"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("漢字は。読む", 6, ["漢字", "は。読", "む"]),
        ("漢字「引用」です", 6, ["漢字", "「引", "用」で", "す"]),
        ("👩‍👩‍👧👩‍👩‍👧", 2, ["👩‍👩‍👧", "👩‍👩‍👧"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("verse one\n  verse two", 40, ["verse one", "  verse two"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("", 5, [""]),
        ("ends with space ", 40, ["ends with space"]),
        ("kept\u00a0together here", 8, ["kept\u00a0tog", "ether", "here"]),
    ],
)
def test_lines_end_where_a_printer_would_end_them(
    text: str, width: int, expected: list[str]
) -> None:
    assert lines(text, width) == expected


def test_a_very_long_text_without_spaces_is_wrapped_quickly_enough_to_be_read() -> None:
    assert len(wrap("x" * 200_000, 70)) == 2858


@given(SCRIPTS, st.integers(min_value=0, max_value=60))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    short = shorten(text, width)
    assert cell_len(short) <= width
    assert short == text or short == "" or short.endswith("…")


def test_footnote_marks_are_raised_into_the_text_and_spans_keep_their_words() -> None:
    spans = (Span(4, 8, "em"), Span(8, 8, "footnote", "12"), Span(9, 13, "strong"))
    shown = flow("the word here", spans)
    assert shown.text == "the word¹² here"
    words = {run.style: shown.text[run.start : run.end] for run in shown.runs}
    assert words == {"em": "word", "mark": "¹²", "strong": "here"}


@given(st.text("abc ", min_size=1, max_size=30), st.data())
def test_a_stretch_of_the_text_is_found_again_among_footnote_marks(
    text: str, data: st.DataObject
) -> None:
    places = st.integers(0, len(text))
    notes = [Span(at, at, "footnote", "7") for at in data.draw(st.lists(places, max_size=4))]
    start, end = sorted((data.draw(places), data.draw(places)))
    shown = flow(text, notes)
    first, last = shown.shown(start, end)
    assert shown.text[first:last].replace("⁷", "") == text[start:end]


@pytest.mark.parametrize(
    ("label", "mark"),
    [("1", "¹"), ("*", "*"), ("a", "ᵃ"), ("bracke", "[bracke]"), ("1234", "[1234]")],
)
def test_labels_without_raised_characters_stand_in_brackets(label: str, mark: str) -> None:
    assert raised(label) == mark


def test_a_line_is_cut_where_styles_begin_and_end() -> None:
    shown = flow("plain both bold", (Span(6, 10, "em"), Span(6, 15, "strong")))
    assert cut_runs(shown.runs, 0, 15) == [
        (0, 6, ()),
        (6, 10, ("em", "strong")),
        (10, 15, ("strong",)),
    ]


def test_blocks_of_one_item_share_its_place() -> None:
    layout = lay_out(
        [
            Block("first words of item one", key=1),
            Block("more", key=1, gap=0),
            Block("item two", key=2, indent=4, inset=2),
        ],
        12,
    )
    assert layout.places == {1: (0, 3), 2: (4, 6)}
    assert layout.key_at(3) is None
    assert layout.next_key(1, 1) == 2
    assert layout.next_key(2, 5) == 2
