import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.anchoring.anchoring import locate
from studygroup.core.quoting.extract import extract
from studygroup.core.reading import Reading
from tests import builders

TWICE = """\
# One
The tide came in before noon and took the chairs.

# Two
By evening it was said again that the tide came in before noon, and nobody objected.
"""


@pytest.fixture
def walk() -> Reading:
    return builders.reading()


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("stands empty since the spring", "exact"),
        ("The Lock-keeper’s house stands EMPTY", "exact"),
        ("lock keeper's house", "exact"),
        ("Boats wait here … the only traffic left", "elided"),
        ("Boats wait [there] for hours", "elided"),
        ("the crews talk, and talking is now the only traffic", "altered"),
        ("Water finds its own level, and so do people", "altered"),
        ("nobody has ever asked the mayor of either town", "missing"),
        ("only traffics", "missing"),
        ("…", "missing"),
    ],
)
def test_verdicts(walk: Reading, quote: str, verdict: str) -> None:
    assert locate(quote, [walk]).verdict == verdict


def test_an_anchor_gives_the_very_words_and_their_place(walk: Reading) -> None:
    anchor = locate("talking is the only traffic left", [walk]).anchor
    assert anchor is not None
    section = walk.section(anchor.section)
    assert section is not None
    assert (anchor.section, anchor.paragraph) == ("1-the-lock", 3)
    assert anchor.words == "talking is the only traffic left"
    assert section.text[anchor.start : anchor.end] == anchor.words
    assert anchor.prefix.endswith("the crews talk, and ")


def test_words_that_stand_twice_are_told_apart_by_where_they_are_quoted() -> None:
    twice = builders.reading(TWICE, "twice")
    quote = "the tide came in before noon"
    undecided = locate(quote, [twice])
    assert undecided.verdict == "ambiguous"
    assert {a.section for a in undecided.candidates} == {"one", "two"}
    near = locate(quote, [twice], near=("twice", "two"))
    assert near.verdict == "exact"
    assert near.anchor is not None
    assert near.anchor.section == "two"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_run_of_words_is_found_where_it_was_taken(data: st.DataObject) -> None:
    walk = builders.reading()
    section = data.draw(st.sampled_from(walk.sections))
    first = data.draw(st.integers(0, len(section.words) - 1))
    last = data.draw(st.integers(first, min(len(section.words) - 1, first + 12)))
    quote = section.text[section.words[first].start : section.words[last].end]
    shuffled = "".join(random.Random(first).choice([c.lower(), c.upper()]) for c in quote)
    match = locate(shuffled, [walk], near=(walk.slug, section.id))
    spans = [(a.section, a.start, a.end) for a in match.candidates]
    wanted = (section.id, section.words[first].start, section.words[last].end)
    assert match.verdict in {"exact", "ambiguous"}
    assert wanted in spans


def test_quotations_are_taken_from_between_their_marks() -> None:
    text = "He says “so be it” and \"never 'mind' it\", which isn’t ‘what we all meant by it’."
    found = [q.text for q in extract(text)]
    assert found == ["so be it", "never 'mind' it", "what we all meant by it"]
    for quoted in extract(text):
        assert text[quoted.start : quoted.end] == quoted.text


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (
            "the crews talk, and talking is now the only traffic left",
            "the crews talk, and talking is the only traffic left",
        ),
        (
            "for hours; the crews talk, and talking is the traffic left",
            "for hours; the crews talk, and talking is the only traffic left",
        ),
        ("From the bridge one always sees both", "From the bridge one sees both"),
        (
            "Water finds its own level, and so do people.",
            "Water finds its own level, and so do men",
        ),
        ("asked why people wait", "missing"),
    ],
)
def test_changed_words_are_anchored_from_the_first_to_the_last_that_answers(
    walk: Reading, quote: str, words: str
) -> None:
    match = locate(quote, [walk])
    assert (match.anchor.words if match.anchor else match.verdict) == words


COMMITTEES = """\
# Minutes
The choir became a crew of self-important tenors, and left the hall in May.

In its place came a small crew of Perpetual Organists, who played on until the autumn.

The village kept the hall, the piano and the debts, and nobody sang there for years after.
"""


@pytest.mark.parametrize("near", [None, ("choir", "minutes")])
def test_of_two_places_the_one_with_the_rare_words_is_meant(
    near: tuple[str, str] | None,
) -> None:
    choir = builders.reading(COMMITTEES, "choir")
    match = locate("a crew of Perpetual Organists", [choir], near)
    assert match.verdict == "altered"
    assert match.anchor is not None
    assert match.anchor.paragraph == 2
    assert match.anchor.words.endswith("crew of Perpetual Organists")


def test_few_words_are_a_passage_only_if_both_their_ends_are_found_again(walk: Reading) -> None:
    assert locate("From the bridge everyone sees both", [walk]).verdict == "altered"
    assert locate("sees both from the bridge of sighs", [walk]).verdict == "missing"
