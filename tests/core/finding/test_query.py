from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.finding.query import MAX_WORDS, Asked, Clause, Query, Term, parse


def shape(query: Query) -> tuple[list[list[str]], list[str]]:
    return [[_show(t) for t in group] for group in query.wanted], [_show(t) for t in query.unwanted]


def _show(term: Clause) -> str:
    if isinstance(term, Asked):
        return f"{term.name}:{term.value}" + ("…" if term.begun else "")
    mark = ("*" if term.prefix else "") + ("~" if term.near else "")
    text = ("-" if term.hyphenated else " ").join(term.words) + mark
    return f"“{text}”" if term.exact and not (term.prefix and len(term.words) == 1) else text


def _terms(query: Query) -> list[Term]:
    return [*query.terms, *(one for one in query.unwanted if isinstance(one, Term))]


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
        ("roda~", [["roda~"]], []),
        ("road by:ana", [["road"], ["by:ana"]], []),
        ("BY:ana -in:notes", [["by:ana"]], ["in:notes"]),
        ("by:ana OR said:ben", [["by:ana", "said:ben"]], []),
        ('section:"dead end" road', [["section:dead end"], ["road"]], []),
        ("-section:“dead end” road", [["road"]], ["section:dead end"]),
        ('by: "dead end"', [["“dead end”"]], []),
        ("12:30 other:ana", [["“12 30”"], ["“other ana”"]], []),
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
        ("road by:", "road"),
        ('road section:"', "road"),
        ('road section:"dead end', 'road section:"dead end"'),
        ("road ~", "road"),
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
    assert shape(parse("road by:an", typing=True)) == ([["road"], ["by:an…"]], [])
    assert shape(parse("by:an road", typing=True)) == ([["by:an"], ["road*"]], [])
    assert shape(parse('section:"what th', typing=True)) == ([["section:what th…"]], [])


def test_long_queries_count_up_to_their_limits() -> None:
    assert sum(len(t.words) for t in parse("word " * 40).terms) == MAX_WORDS
    assert len(parse('"' + "a " * 40).terms[0].words) == MAX_WORDS
    assert parse("x" * 1000).text == "x" * 200


def test_every_word_knows_where_it_was_typed() -> None:
    text = 'one "two three" -four five-six*'
    query = parse(text)
    for term in _terms(query):
        for word, start in zip(term.words, term.starts, strict=True):
            assert text[start : start + len(word)] == word


@given(st.text(max_size=250), st.booleans())
def test_anything_typed_is_a_query(text: str, typing: bool) -> None:
    query = parse(text, typing=typing)
    terms = _terms(query)
    assert all(group for group in query.wanted)
    assert sum(len(t.words) for t in terms) <= MAX_WORDS
    assert all(word in text for t in terms for word in t.words)
