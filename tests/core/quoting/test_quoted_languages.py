"""Quotations in other languages, in verse, and of what is no running text."""

import pytest

from studygroup.core.anchoring.anchoring import locate
from studygroup.core.quoting.extract import extract
from studygroup.core.reading import Reading
from tests import builders

PORTS = """\
# Die Hafenordnung
Wer die Schifffahrtsgesellschaft der Hafenverwaltung betritt, muss den
Hafen\u00admeister grüßen.[^1]

# L’heure du départ
Aujourd’hui, l’équipage de l’« Étoile » n’a pas voulu qu’on l’attende plus longtemps.

# Греческий берег
Никто не знает, почему лодки стоят у причала до самого вечера, и никто не спрашивает.

# Το λιμάνι
Κανείς δεν ξέρει γιατί τα πλοία μένουν δεμένα ώς το βράδυ, και κανείς δεν ρωτά.

# 港口
没有人知道为什么船只停在码头直到晚上，也没有人询问。港务长在日落时分关闭闸门，然后回家吃饭。

# Numbers and Notes
In 1911 the quay took 4,200 crates, 17 of them empty; by 1912 it took 5,300.

- salt for the winter
- rope of two kinds

The harbour-master said—and no one laughed—that fish can not read.

[^1]: Die Verordnung stammt aus dem Jahr des großen Sturms und wurde nie geändert.
"""
VERSE = """\
# Verse
The gulls went out before the light\\
and no man called them home,\\
the harbour bell was dumb all night\\
beneath a crust of foam.

And he who keeps the tally there\\
has numbered every wave.
"""


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [builders.reading(PORTS, "ports"), builders.reading(VERSE, "verse")]


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("den Hafen-\nmeister GRÜSSEN", "exact"),
        ("die Schiffahrtsgesellschaft der Hafenverwaltung", "altered"),
        ("l'équipage de l'\"Etoile\" n'a pas voulu qu'on l'attende", "exact"),
        ("l’équipage de l’Étoile n’avait pas voulu qu’on l’attende", "altered"),
        ("почему лодки стоят у причала", "exact"),
        ("почему корабли стоят у причала до самого вечера", "altered"),
        ("Никто не знает … и никто не спрашивает", "elided"),
        ("ΓΙΑΤΙ ΤΑ ΠΛΟΙΑ ΜΕΝΟΥΝ ΔΕΜΕΝΑ", "exact"),
        ("船只停在码头", "exact"),
        ("没有人知道……也没有人询问", "elided"),
        ("没有人知道为什么渔船停在码头直到晚上", "altered"),
        ("今天下午我们去了山里看花", "missing"),
        ("Die Verordnung stammt aus dem Jahr des großen Sturms", "exact"),
        ("salt for the winter, rope of two kinds", "exact"),
        ("took 4,300 crates, 17 of them empty", "altered"),
        ("the harbourmaster said - and no one laughed - that", "exact"),
        ("fish can not [sic] read", "elided"),
        ("Numbers and Notes", "exact"),
        ("The gulls went out before the light\n. . . . .\nbeneath a crust of foam.", "elided"),
        ("the light / and no man called them home", "exact"),
        ("The gulls … the harbour bell … night … foam … he who keeps", "elided"),
        ("[T]he harbour bell [of the town] was dumb … beneath [the] foam", "elided"),
        ("beneath a crust of foam. And he who keeps the tally", "exact"),
        ("the harbour bell was silent all night", "altered"),
        ("the gulls of the harbour town at night", "missing"),
    ],
)
def test_verdicts(readings: list[Reading], quote: str, verdict: str) -> None:
    assert locate(quote, readings).verdict == verdict


@pytest.mark.parametrize(
    ("text", "quote", "form"),
    [
        ("他说“没有人知道为什么船只停在码头”，对吗？", "没有人知道为什么船只停在码头", "marks"),
        ("他说「没有人知道『为什么』船只停在码头」。", "没有人知道『为什么』船只停在码头", "marks"),
        ("什么是“自由”？", "自由", "term"),
    ],
)
def test_quotations_are_told_from_terms_where_nothing_parts_words(
    text: str, quote: str, form: str
) -> None:
    assert [(q.text, q.form) for q in extract(text)] == [(quote, form)]


def test_a_place_among_characters_is_told_by_the_character(readings: list[Reading]) -> None:
    anchor = locate("船只停在码头", readings).anchor
    assert anchor is not None
    assert anchor.words == "船只停在码头"
