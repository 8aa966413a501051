"""British and American spellings of a word are one word to a search."""

from __future__ import annotations

import pytest

from studygroup.index.analysis import form

PAIRS = (
    "organise organize, organisational organizational, organisations organization,"
    "organising organizing, organiser organizer,"
    "criticise criticize, politicised politicized, collectivisation collectivization,"
    "legitimise legitimize, theorising theorizing, summarised summarized, realise realize,"
    "recognisable recognizable, analyse analyze, analysing analyzing, paralysed paralyzed,"
    "labour labor, labourers laborer, labouring labor, colourful color, favourite favorite,"
    "honourable honorable, behavioural behavioral, neighbourhood neighborhood, humour humor,"
    "centre center, centres centers, centred centered, theatre theater, metres meters,"
    "defence defense, defenceless defenseless, licence license, programme program,"
    "programmes program, judgement judgment, practise practice, sceptical skeptical"
)


@pytest.mark.parametrize("pair", [pair.strip() for pair in PAIRS.split(",")])
def test_both_spellings_have_one_stem(pair: str) -> None:
    british, american = pair.split()
    assert form(british).stem == form(american).stem
    assert form(british).word == british, "what was typed comes first all the same"


@pytest.mark.parametrize(
    "words",
    [
        ("our", "or"),
        ("four", "for"),
        ("hour", "hor"),
        ("tour", "tor"),
        ("paradise", "parade"),
        ("chastise", "chaste"),
        ("timbre", "timber"),
        ("wise", "wize"),
        ("acre", "acer"),
        ("crises", "crizes"),
    ],
)
def test_words_that_only_look_so_stay_apart(words: tuple[str, str]) -> None:
    one, other = words
    assert form(one).stem != form(other).stem


@pytest.mark.parametrize(
    ("word", "relative"),
    [
        ("revise", "revision"),
        ("precise", "precision"),
        ("supervised", "supervision"),
        ("promise", "promising"),
        ("surprise", "surprisingly"),
        ("raise", "raising"),
        ("rise", "rising"),
        ("advertise", "advertisement"),
        ("enterprise", "enterprises"),
        ("advise", "advisable"),
        ("course", "courses"),
    ],
)
def test_words_with_one_spelling_keep_their_relatives(word: str, relative: str) -> None:
    assert form(word).stem == form(relative).stem


def test_other_languages_are_not_touched() -> None:
    assert form("amour", "fr").stem != form("amor", "fr").stem
