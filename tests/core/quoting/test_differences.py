"""What a quotation changed: the words it left out, put in or replaced."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.quoting.differences import Difference, differences
from studygroup.core.text import words


@pytest.mark.parametrize(
    ("quote", "source", "expected"),
    [
        ("a rather long way", "a long way", [("add", "rather", "")]),
        ("a long way", "a more or less long way", [("drop", "", "more or less")]),
        ("so far as it goes", "so long as it lasts,", [("change", "far", "long"),
                                                      ("change", "goes", "lasts,")]),
        ("The “Lock”, it's shut", "the lock its shut", []),
        ("a … way and back", "a long way and over", [("change", "back", "over")]),
        ("[…] the way [sic] and back", "the way and out", [("change", "back", "out")]),
        ("…way", "a long way", []),
        ("[A]t the [[Road|long]] way", "at the short way", [("change", "long", "short")]),
        ("", "way", [("drop", "", "way")]),
    ],
)  # fmt: skip
def test_changed_words_are_told_and_honest_cuts_are_not(
    quote: str, source: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [(d.op, d.quote, d.source) for d in differences(quote, source)]
    assert [d for d in found if d[0] != "same"] == expected


texts = st.text(st.sampled_from("ab ,’\n"), max_size=24)


@given(texts, texts)
def test_both_texts_can_be_read_off_the_differences(quote: str, source: str) -> None:
    found = differences(quote, source)
    assert folded(d.quote for d in found) == folded([quote])
    assert folded(d.source for d in found) == folded([source])
    assert all(folded([d.quote]) == folded([d.source]) for d in found if d.op == "same")
    assert not any(d == Difference("same", "", "") for d in found)


def folded(pieces: Iterable[str]) -> list[str]:
    return [w.folded for piece in pieces for w in words(piece)]
