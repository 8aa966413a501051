from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.query import MAX_WORDS, Query, Term, parse


def shape(query: Query) -> tuple[list[list[str]], list[str]]:
    return [[_show(t) for t in group] for group in query.wanted], [_show(t) for t in query.unwanted]


def _show(term: Term) -> str:
    text = ("-" if term.hyphenated else " ").join(term.words) + ("*" if term.prefix else "")
    return f"“{text}”" if term.exact and not (term.prefix and len(term.words) == 1) else text


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("road maps", [["road"], ["maps"]], []),
        ('"road maps" now', [["“road maps”"], ["now"]], []),
        ("“road maps”", [["“road maps”"]], []),
        ("«road maps»", [["“road maps”"]], []),
        ('"road"', [["“road”"]], []),
        ("road OR path OR way home", [["road", "path", "way"], ["home"]], []),
        ("road -path", [["road"]], ["path"]),
        ('road -"dead end"', [["road"]], ["“dead end”"]),
        ("road −path", [["road"]], ["path"]),
        ("roa*", [["roa*"]], []),
        ("-roa*", [], ["roa*"]),
        ("dead-end", [["dead-end"]], []),
        ("dead‑end*", [["“dead-end*”"]], []),
        ("it’s", [["it’s"]], []),
        ('"the road to en*"', [["“the road to en*”"]], []),
        ("and/or 3.10", [["“and or”"], ["“3 10”"]], []),
        ("road—map", [["road"], ["map"]], []),
        ("(road, map)", [["road"], ["map"]], []),
        ("or Or road", [["or"], ["Or"], ["road"]], []),
    ],
)
def test_each_form_of_the_syntax_has_its_meaning(
    text: str, wanted: list[Any], unwanted: list[str]
) -> None:
    assert shape(parse(text)) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ('"half a phrase', '"half a phrase"'),
        ('road "', "road"),
        ('road ""', "road"),
        ("*road", "road"),
        ("* road *", "road"),
        ("OR road", "road"),
        ("road OR", "road"),
        ("road OR OR map", "road OR map"),
        ("road - map", "road map"),
        ("--road", "road"),
        ("[road] {map}", "road map"),
        ("road OR -path", "road -path"),
        ("-path OR road", "-path road"),
    ],
)
def test_what_has_no_meaning_is_passed_over(text: str, same_as: str) -> None:
    assert shape(parse(text)) == shape(parse(same_as))


@pytest.mark.parametrize(
    "text", ["", "   ", '"', "“”", "*", "()", "-", "OR", "—", '-"', "[[", "\x00"]
)
def test_a_query_without_words_wants_nothing(text: str) -> None:
    assert parse(text).wanted == ()


def test_a_word_still_being_typed_also_stands_for_longer_ones() -> None:
    assert shape(parse("road ma", typing=True)) == ([["road"], ["ma*"]], [])
    assert shape(parse("road ma ", typing=True)) == ([["road"], ["ma"]], [])
    assert shape(parse('"road ma', typing=True)) == ([["“road ma*”"]], [])
    assert shape(parse('"road ma"', typing=True)) == ([["“road ma”"]], [])
    assert shape(parse("road -ma", typing=True)) == ([["road"]], ["ma"])
    assert not parse("road ma", typing=True).terms[1].exact


def test_long_queries_count_up_to_their_limits() -> None:
    assert sum(len(t.words) for t in parse("word " * 40).terms) == MAX_WORDS
    assert len(parse('"' + "a " * 40).terms[0].words) == MAX_WORDS
    assert parse("x" * 1000).text == "x" * 200


def test_every_word_knows_where_it_was_typed() -> None:
    text = 'one "two three" -four five-six*'
    query = parse(text)
    for term in (*query.terms, *query.unwanted):
        for word, start in zip(term.words, term.starts, strict=True):
            assert text[start : start + len(word)] == word


@given(st.text(max_size=250), st.booleans())
def test_anything_typed_is_a_query(text: str, typing: bool) -> None:
    query = parse(text, typing=typing)
    terms = [*query.terms, *query.unwanted]
    assert all(group for group in query.wanted)
    assert sum(len(t.words) for t in terms) <= MAX_WORDS
    assert all(word in text for t in terms for word in t.words)
