import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.quoting.extract import (
    Piece,
    Quoted,
    extract,
    pieces_of,
    quoted,
    quoted_in_section,
)
from tests import builders


def in_note(markdown: str) -> list[Quoted]:
    """What the first note of a notes file quotes, without a look at any reading."""
    note = builders.notes(markdown).notes[0]
    return quoted(note.text, pieces_of(note))


def shown(found: list[Quoted]) -> list[tuple[str, str]]:
    return [(q.form, q.text) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He says “we all went home” then.", ["we all went home"]),
        ('He says "we all went home" then.', ["we all went home"]),
        ("He says ‘we don’t all go home’ then.", ["we don’t all go home"]),
        ("He says 'we don't all go home' then.", ["we don't all go home"]),
        ("Il dit « nous rentrons tous enfin » là.", ["nous rentrons tous enfin"]),
        ("Sie sagt »wir gehen alle heim«.", ["wir gehen alle heim"]),
        ("Sie sagt „wir gehen alle heim“ und ‚sie gehen auch heim‘.", 2),
        ("Hon sade ”vi gick alla hem” sedan.", ["vi gick alla hem"]),
        ('Mixed: “we all went home" and "they stayed out there”.', 2),
        ('He says " we all went home" then.', ["we all went home"]),
        ("(“we all went home”)—“they stayed out there”—", 2),
        ("the dogs' bowl, 'the dogs' bowl is empty', the cats' too", ["the dogs' bowl is empty"]),
        ("'Tis the '90s and rock 'n' roll is the workers' own", []),
        ("Thanks ,'of and by the people', he said", ["of and by the people"]),
        ('A 12" pipe, 6\' 2" tall, 40° 26′ 46″ north', []),
        ('"The 12" pipe is mine" she said', ['The 12" pipe is mine']),
    ],
)
def test_every_kind_of_mark_is_paired(text: str, expected: list[str] | int) -> None:
    found = [q.text for q in extract(text) if not q.is_term]
    assert len(found) == expected if isinstance(expected, int) else found == expected
    assert not any(q.open for q in extract(text))


def test_a_quotation_goes_on_where_the_next_paragraph_opens_anew_or_closes() -> None:
    anew = "“It began in spring.\n\n“It ended in autumn,” she wrote.\n\nNot so."
    assert [q.text for q in extract(anew)] == ["It began in spring.\n\n“It ended in autumn,"]
    once = "“It began in spring.\n\nIt ended in autumn,” she wrote."
    assert [q.text for q in extract(once)] == ["It began in spring.\n\nIt ended in autumn,"]
    assert [q.text for q in extract('“It began in spring.\n\nA 12" pipe.')] == [
        "It began in spring."
    ]
    items = "- “It began in the spring\n- It ended in the autumn”\n"
    assert shown(in_note(items)) == [("marks", "It began in the spring\n\nIt ended in the autumn")]


def test_a_missing_mark_costs_no_more_than_the_sentence() -> None:
    found = extract("So. He says “we all went home. Then she says “they stayed out there”.")
    assert [(q.text, q.open) for q in found] == [
        ("we all went home.", True),
        ("they stayed out there", False),
    ]
    (found_before,) = extract("Nothing. We all went home again” is what he says.")
    assert (found_before.text, found_before.open) == ("We all went home again", True)


def test_the_outer_quotation_counts_and_a_long_one_in_it_too() -> None:
    text = "He writes “she said ‘we all went home again’ and ‘so’ it was”."
    assert [q.text for q in extract(text)] == [
        "she said ‘we all went home again’ and ‘so’ it was",
        "we all went home again",
    ]


def test_terms_and_titles_are_told_from_quotations() -> None:
    (term,) = extract("What he calls a “big tent” is small.")
    assert term.form == "term"
    (hyphened,) = extract("A “soul-torn difficulty” it is.")
    assert hyphened.is_term
    found = in_note(
        "He cites “*A Short History of the Canal*” and “the house *stands empty* now”.\n"
    )
    assert [q.form for q in found] == ["term", "marks"]


def test_block_quotations_are_one_each_without_who_wrote_them() -> None:
    text = (
        "Before.\n\n> Water finds its own level,\n> and so do men.\n>\n> — N. N., A Walk, p. 12\n\n"
        "> Nobody has asked why. (p. 3)\n\n> “It was sold twice.”\n> — M. M.\n\nAfter.\n"
    )
    assert shown(in_note(text)) == [
        ("block", "Water finds its own level, and so do men."),
        ("block", "Nobody has asked why."),
        ("block", "It was sold twice."),
    ]


def test_a_block_of_two_paragraphs_is_one_quotation() -> None:
    (found,) = in_note("> Water finds its own level.\n>\n> […]\n>\n> And so do men.\n")
    assert found.text == "Water finds its own level.\n\n[…]\n\nAnd so do men."


def test_a_list_in_a_block_and_a_block_in_a_list_are_quoted() -> None:
    found = in_note("> - the older one\n> - the newer one\n\n- my own\n  > Nobody has asked why\n")
    assert shown(found) == [
        ("block", "the older one\n\nthe newer one"),
        ("block", "Nobody has asked why"),
    ]


def test_a_callout_that_quotes_is_a_block_unless_marks_tell_what_is_quoted() -> None:
    plain = in_note("> [!quote] On water\n> Water finds its own level.\n>\n> — N. N.\n")
    assert shown(plain) == [("block", "Water finds its own level.")]
    marked = in_note("> [!quote]\n> “Water finds its own level.” (p. 2)\n>\n> I doubt that.\n")
    assert shown(marked) == [("marks", "Water finds its own level.")]


def test_code_quotes_nothing_and_links_and_emphasis_are_quoted_as_read() -> None:
    text = (
        '`print("we all went home")` and “the [[Canal|water]] *finds* its level[^1]”.\n\n[^1]: x\n'
    )
    assert shown(in_note(text)) == [("marks", "the water finds its level")]


def test_a_section_s_blocks_and_marks_are_found_with_their_context() -> None:
    section = builders.reading().sections[1]
    (found,) = quoted_in_section(section)
    assert (found.form, found.text) == ("block", "Water finds its own level, and so do men.")
    assert section.text[found.start : found.end] == found.text
    assert section.text[: found.start].endswith(found.prefix)
    assert section.text[found.end :].startswith(found.suffix)
    assert "Nobody has asked why" in found.prefix


MARKS_AND_WORDS = st.text(st.sampled_from("ab .,\n\n1—(“”\"„‘’'«»‹›*`>-"), max_size=80)


@given(MARKS_AND_WORDS)
def test_offsets_give_back_the_words_of_any_text(text: str) -> None:
    for found in extract(text):
        assert text[found.start : found.end] == found.text == found.text.strip()
        assert found.text


@given(st.lists(st.tuples(MARKS_AND_WORDS, st.sampled_from(["text", "item", "quote", "code"]))))
def test_offsets_give_back_the_words_of_any_pieces(parts: list[tuple[str, str]]) -> None:
    pieces, start = [], 0
    for text, kind in parts:
        pieces.append(Piece(start, text, kind))
        start += len(text) + 2
    whole = "\n\n".join(text for text, _ in parts)
    for found in quoted(whole, pieces):
        assert whole[found.start : found.end] == found.text


@given(st.lists(st.sampled_from(["alpha", "beta", "don’t", "gamma’s", "delta"]), min_size=3))
def test_what_stands_between_marks_is_found_whatever_they_are(own: list[str]) -> None:
    inside = " ".join(own)
    for opening, closing in ("“”", '""', "«»", "„“", "‘’"):
        (found,) = extract(f"He says {opening}{inside}{closing} here.")
        assert found.text == inside


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ('"', 100_000),
        ("“", 100_000),
        *((p, 10_000) for p in ("” ", "“a ‘b ", 'a" ', " 'a", '«”‘"', "“a. ", "“a.\n\n", '("a ')),
    ],
)
def test_a_hundred_thousand_marks_take_no_longer_than_their_number(piece: str, times: int) -> None:
    # Quadratic time would take minutes here; nothing is measured.
    for found in extract(piece * times + "”" * 1000):
        assert found.text


def test_deep_nesting_is_given_up() -> None:
    assert len(extract("“a b c d e f “g " * 5_000 + "h” " * 10_000)) < 10
