"""Narrowing a list of titles by a few typed letters."""

from studygroup.tui.narrowing import Kept, narrow

TITLES = ["1 The Lock", "2 The Bridge", "Its Builders", "Café by the Lock"]


def test_nothing_typed_keeps_everything_in_order() -> None:
    assert narrow("  ", TITLES) == [Kept(0), Kept(1), Kept(2), Kept(3)]


def test_every_word_typed_must_stand_in_the_title() -> None:
    assert [k.position for k in narrow("the lock", TITLES)] == [0, 3]
    assert [k.position for k in narrow("lock 1", TITLES)] == [0]


def test_the_beginning_of_a_word_counts_more_than_its_inside() -> None:
    assert [k.position for k in narrow("b", ["Club", "The Bridge", "Builders"])] == [2, 1, 0]


def test_case_and_accents_do_not_matter_and_what_fitted_is_told() -> None:
    assert narrow("cafe", TITLES) == [Kept(3, ((0, 4),))]


def test_a_misspelt_word_finds_what_is_spelt_alike() -> None:
    assert [k.position for k in narrow("brigde", TITLES)] == [1]
    assert narrow("zzzz", TITLES) == []
