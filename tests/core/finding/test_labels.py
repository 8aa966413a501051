import pytest

from studygroup.core.finding.labels import LABEL_HELP, LABEL_NAMES, LabelName, is_met_by


@pytest.mark.parametrize(
    ("name", "asked", "value"),
    [
        ("by", "ana", "ana"),
        ("by", "ANA", "ana"),
        ("by", "moreau", "Édith Moreau"),
        ("by", "edith", "Édith Moreau"),
        ("in", "notes", "note"),
        ("in", "note", "note"),
        ("in", "minutes", "minutes"),
        ("reading", "canal", "A Walk by the Canal"),
        ("reading", "walk canal", "A Walk by the Canal"),
        ("reading", "can", "a-walk-by-the-canal"),
        ("section", "what then", "6 What then?"),
        ("section", "6", "6 What then?"),
        ("on", "2026-11", "2026-11-22"),
        ("on", "2026", "2026-11-22"),
    ],
)
def test_a_label_is_met(name: LabelName, asked: str, value: str) -> None:
    assert is_met_by(name, asked, value)


@pytest.mark.parametrize(
    ("name", "asked", "value"),
    [
        ("by", "an", "ana"),
        ("in", "not", "note"),
        ("reading", "ca", "A Walk by the Canal"),
        ("reading", "canal lock", "A Walk by the Canal"),
        ("section", "6", "60 What then?"),
        ("on", "11", "2026-11-22"),
        ("type", "critic", "criticism"),
    ],
)
def test_a_label_is_not_met(name: LabelName, asked: str, value: str) -> None:
    assert not is_met_by(name, asked, value)


def test_while_its_value_is_typed_the_beginning_is_enough() -> None:
    assert is_met_by("by", "an", "ana", begun=True)
    assert is_met_by("type", "critic", "criticism", begun=True)
    assert is_met_by("reading", "walk c", "A Walk by the Canal", begun=True)
    assert not is_met_by("by", "en", "ben", begun=True)


def test_help_shows_every_label() -> None:
    assert {example.partition(":")[0] for example, _ in LABEL_HELP} == set(LABEL_NAMES)
