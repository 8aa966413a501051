import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.text import clean, fold, heading_key, slug, words


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("5 The Rut We Are In", "5-the-rut-we-are-in"),
        ("1. Let’s go back ...", "1-lets-go-back"),
        ("Où est-il ? Déjà là", "ou-est-il-deja-la"),
        ("Road maps, dead ends, & more", "road-maps-dead-ends-more"),
        ("…", "untitled"),
    ],
)
def test_a_slug_is_plain_and_readable(title: str, expected: str) -> None:
    assert slug(title) == expected


@given(st.text())
def test_a_slug_is_always_a_safe_file_name(title: str) -> None:
    found = slug(title)
    assert 0 < len(found) <= 80
    assert all(c.isalnum() or c == "-" or unicodedata.combining(c) for c in found)
    assert slug(found) == found


def test_letters_of_every_script_are_kept() -> None:
    assert slug("Платон: Государство") == "платон-государство"
    assert slug("論語 第一") == "論語-第一"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5. The rut we are in", "5 The Rut We Are In"),
        ("the rut we are in", "§5 The Rut We Are In"),
        ("IV. What then?", "What then"),
        ("8. What is a “political center”?", "What is a 'political center'"),
    ],
)
def test_headings_are_compared_without_number_case_and_punctuation(one: str, other: str) -> None:
    assert heading_key(one) == heading_key(other)


def test_a_heading_that_is_only_a_number_keeps_it() -> None:
    assert heading_key("12") == "12"
    assert heading_key("12") != heading_key("13")
    assert heading_key("Chapter 3") != heading_key("Chapter 4")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CHAPTER III. THE NATURE OF RIVERS", "3. The nature of rivers"),
        ("Chapter 4: Ferries", "IV. Ferries"),
        ("Chapter Two – Who Pays", "Who pays"),
        ("Kapitel 2. Die Fähre", "2 Die Fähre"),
    ],
)
def test_a_chapter_s_number_is_no_part_of_its_name(one: str, other: str) -> None:
    assert heading_key(one) == heading_key(other)


def test_a_division_s_name_without_a_number_is_a_word() -> None:
    assert heading_key("Part of the river") == "part of the river"
    assert heading_key("Book lovers") == "book lovers"


@pytest.mark.parametrize(
    "heading", ["Civil liberties", "Civil: a word", "3D printing", "1984 and after"]
)
def test_what_only_looks_like_a_number_is_kept(heading: str) -> None:
    assert heading_key(heading) == " ".join(w.folded for w in words(heading))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("don't", "don’t"), ('"so"', "“so”"), ("naive", "naïve"), ("coop", "co\u00adop")],
)
def test_typography_and_accents_fold_away(typed: str, printed: str) -> None:
    assert fold(typed) == fold(printed)


@given(st.text())
def test_words_know_where_they_stand(text: str) -> None:
    last = 0
    for word in words(text):
        assert last <= word.start < word.end <= len(text)
        assert text[word.start : word.end].strip() != ""
        last = word.end


@given(st.text(st.characters()))
def test_clean_text_hides_nothing_and_keeps_its_lines(text: str) -> None:
    cleaned = clean(text)
    hidden = [c for c in cleaned if (ord(c) < 32 and c not in "\t\n") or 0x7F <= ord(c) < 0xA0]
    assert hidden == []
    assert not set(cleaned) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u200b\ufeff")
    assert cleaned.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    cleaned.encode("utf-8")


def test_an_escape_sequence_is_made_visible() -> None:
    assert clean("\x1b]52;c;cm0=\x07") == "␛]52;c;cm0=␇"
