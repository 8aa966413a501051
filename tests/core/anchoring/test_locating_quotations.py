"""Where quotations of every kind stand, and the verdict on them."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.anchoring.anchoring import locate
from studygroup.core.anchoring.quotation import Match
from studygroup.core.reading import Reading
from tests import builders

HARBOUR = """\
---
title: The Harbour Book
---
# The Quay

Whoever keeps the ledger of a small harbour learns patience sooner than arithmetic. The ships
come when the wind lets them, and the clerk who counts barrels before breakfast counts them again
at noon. Nothing in the micro-climate of the quay rewards a hasty pen; a self-taught clerk knows it.

No rule of the port was ever made by those who unload the cargo[^1], and yet every rule is kept by
them.

# The Strike

In the second winter the porters laid down their hooks for eleven days. The owners called it
“mutiny”, the parish called it a pity, and the porters called it Tuesday. What they asked was bread
at the old price; what they were offered was a sermon about thrift, with tea.

No rule of the port was ever made by those who unload the cargo, the pamphlets said.

# Verses for the Keeper

Light the lamp and leave it lit,
The tide has more to say than wit,
And he who reads the water well
Needs neither almanac nor bell;
But he who trusts the printed hour
Shall find the rocks beneath the tower.

# Ébauche

Celui qui tient le registre du port apprend la patience avant le calcul, et l’hiver lui donne
raison.

[^1]: The cargo in those years was mostly salt, and the salt was mostly wet.
"""


@pytest.fixture
def harbour() -> Reading:
    return builders.reading(HARBOUR, "harbour")


def words_of(match: Match) -> str:
    return match.anchor.words if match.anchor is not None else match.verdict


@pytest.mark.parametrize(
    "quote",
    [
        "a small harbour learns PATIENCE sooner than arithmetic.",
        "Nothing in the microclimate of the quay",
        "the micro climate of the quay",
        "a selftaught clerk",
        "counts bar-\nrels before breakfast",
        "the owners called it 'mutiny', the parish called it a pity",
        "those who unload the cargo[^1], and yet",
        "those who unload the cargo¹, and yet every rule",
        "the [[Porters|porters]] called it *Tuesday*",
        "the <i>porters</i> called it Tuesday",
        "… laid down their hooks for eleven days …",
        "at noon. Nothing in the micro-climate",
        "knows it. No rule of the port",
        "The cargo in those years was mostly salt",
        "apprend la patience avant le calcul, et l'hiver",
        "leave it lit, / The tide has more to say than wit",
    ],
)
def test_typography_changes_no_word(harbour: Reading, quote: str) -> None:
    assert locate(quote, [harbour]).verdict == "exact"


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (
            "Whoever keeps the ledger … counts barrels … at noon",
            ("Whoever keeps the ledger", "at noon"),
        ),
        (
            "the clerk [who counts] before breakfast counts them [once more] at noon",
            ("the clerk", "at noon"),
        ),
        ("[N]othing in the micro-climate of the quay", ("Nothing", "quay")),
        ("the parish call[s] it a pity", ("the parish", "pity")),
        ("the porters laid down (their) tools [sic] for eleven days", ("", "")),
        ("What they asked [for] was bread at the old price", ("What they", "price")),
        (
            "Light the lamp and leave it lit,\n. . . . . .\nShall find the rocks beneath the tower",
            ("Light the lamp", "the tower"),
        ),
        (
            "Light the lamp and leave it lit,\n* * *\nNeeds neither almanac nor bell",
            ("Light the lamp", "bell"),
        ),
        (
            "Whoever keeps the ledger of a small harbour … and yet every rule is kept by them",
            ("Whoever", "kept by them"),
        ),
    ],
)
def test_honest_cuts_and_brackets_are_elided(
    harbour: Reading, quote: str, words: tuple[str, str]
) -> None:
    match = locate(quote, [harbour])
    first, last = words
    if not first:  # a word was changed as well
        assert match.verdict == "altered"
        return
    assert match.verdict == "elided"
    assert words_of(match).startswith(first)
    assert words_of(match).endswith(last)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (
            "learns patience faster than arithmetic",
            "learns patience sooner than arithmetic",
        ),
        (
            "the porters called it a pity, the parish called it Monday",
            "",
        ),
        ("tlie clerk who counis barrels bef0re breakfast",
         "the clerk who counts barrels before breakfast"),
        ("The ships come when the wind lets them, and counts them again at noon", ""),
        ("who trusts the printed hour … will find the rocks beneath the tower",
         "who trusts the printed hour\nShall find the rocks beneath the tower"),
        ("Celui qui tient le livre du port apprend la patience",
         "Celui qui tient le registre du port apprend la patience"),
        # a word is wrong next to the end, and the rest stands in one run
        ("his aded, counts barrels before breakfast counts them",
         "clerk who counts barrels before breakfast counts them"),
        ("porters laid down thier hooks", "porters laid down their hooks"),
        ("lt called the parish a pity and rny porters called it Tuesday", ""),
        ("what they asked was bread ln the", "What they asked was bread\nat the"),
    ],
)  # fmt: skip
def test_changed_words_are_altered(harbour: Reading, quote: str, words: str) -> None:
    match = locate(quote, [harbour])
    assert match.verdict == "altered"
    if words:
        assert " ".join(words_of(match).split()) == " ".join(words.split())


@pytest.mark.parametrize(
    "quote",
    [
        "The Ledger of a Great House",
        "a small boat learns",
        "the price of bread and circuses",
        "every rule is made to be broken",
        "the clerk called it noon and the wind called it winter",
        "patience is a virtue",
        "called it mutiny on the high seas",
        "wooden hooks",
        "Whoever … them",
        "the … it … the",
        "[…]",
        "",
    ],
)
def test_what_only_resembles_a_passage_is_missing(harbour: Reading, quote: str) -> None:
    match = locate(quote, [harbour])
    assert (match.verdict, match.anchor, match.candidates) == ("missing", None, ())


@pytest.mark.parametrize(
    "quote", ["a sermon [12] about thrift", "a sermon about thrift, with tea.[3]"]
)
def test_a_footnotes_mark_in_brackets_is_no_word(harbour: Reading, quote: str) -> None:
    assert locate(quote, [harbour]).verdict == "exact"


def test_a_number_in_brackets_that_the_source_has_is_quoted_with_it() -> None:
    reading = builders.reading("# Tolls\n\nThe toll was doubled,[12] and nobody paid it twice.\n")
    assert locate("was doubled,[12] and nobody paid", [reading]).verdict == "exact"
    assert locate("toll was doubled,[12] and … twice", [reading]).verdict == "elided"


@pytest.mark.parametrize("quote", ["one or two", "words that stand in no reading at all", "a … b"])
def test_where_there_is_nothing_to_read_all_is_missing(quote: str) -> None:
    for readings in ([], [builders.reading("# Blank\n", "blank")]):
        assert locate(quote, readings).verdict == "missing"


def test_a_phrase_in_two_sections_is_told_apart_by_what_is_near_or_around(harbour: Reading) -> None:
    quote = "No rule of the port was ever made by those who unload the cargo"
    assert locate(quote, [harbour]).verdict == "ambiguous"
    assert len(locate(quote, [harbour]).candidates) == 2
    near = locate(quote, [harbour], ("harbour", "the-strike")).anchor
    behind = locate(quote, [harbour], suffix=", and yet every rule is ke").anchor
    beside = locate(quote, [harbour], suffix=", the pamphlets said.").anchor
    elsewhere = locate(quote, [harbour], not_in=("harbour", "the-strike")).anchor
    assert [a.section for a in (near, behind, beside, elsewhere) if a] == [
        "the-strike",
        "the-quay",
        "the-strike",
        "the-quay",
    ]


def test_a_passage_is_not_found_in_itself(harbour: Reading) -> None:
    quote = "laid down their hooks for eleven days"
    assert locate(quote, [harbour], not_in=("harbour", None)).verdict == "missing"
    assert locate(quote, [harbour], not_in=("harbour", "the-strike")).verdict == "missing"
    anchor = locate(quote, [harbour]).anchor
    assert anchor is not None
    itself = ("harbour", "the-strike", anchor.start, anchor.end)
    assert locate(quote, [harbour], not_in=itself).verdict == "missing"


def test_a_quotation_of_the_passage_is_not_its_source(harbour: Reading) -> None:
    review = builders.reading(
        "# Review\n\nIt says: “the porters laid down their hooks for eleven days. The owners”.\n",
        "review",
    )
    anchor = locate("laid down their hooks for eleven days", [review, harbour]).anchor
    assert anchor is not None
    assert anchor.reading == "harbour"


def test_the_very_words_elsewhere_are_preferred_to_changed_ones_nearby() -> None:
    twins = builders.reading(
        "# One\n\nThe bell rings twice when fog comes over the outer mole.\n\n"
        "# Two\n\nThe bell rings thrice when fog comes over the outer mole.\n",
        "twins",
    )
    match = locate("rings thrice when fog comes over the outer mole", [twins], ("twins", "one"))
    assert match.verdict == "exact"
    assert match.anchor is not None
    assert match.anchor.section == "two"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_honest_cut_is_elided_and_a_changed_word_never_passes(data: st.DataObject) -> None:
    harbour = builders.reading(HARBOUR, "harbour")
    section = data.draw(st.sampled_from([s for s in harbour.sections if len(s.words) > 30]))
    first = data.draw(st.integers(0, len(section.words) - 25))
    own = section.words[first : first + 25]
    said = [section.text[w.start : w.end] for w in own]
    cut = data.draw(st.integers(8, 14))
    honest = locate(" ".join([*said[:8], "…", *said[cut + 1 :]]), [harbour])
    assert honest.verdict == "elided"
    assert honest.anchor is not None
    assert (honest.anchor.start, honest.anchor.end) == (own[0].start, own[-1].end)
    changed = data.draw(st.integers(0, 24))
    said[changed] = "zeppelin"
    match = locate(" ".join(said), [harbour])
    assert match.verdict == "altered"
    assert match.anchor is not None
    assert match.anchor.section == section.id


def test_words_in_no_order_are_missing() -> None:
    harbour = builders.reading(HARBOUR, "harbour")
    pool = [w.folded for s in harbour.sections for w in s.words]
    runs = set(pairwise(pool))
    verdicts: Counter[str] = Counter()
    for seed in range(1000):
        shuffled = random.Random(seed).sample(pool, 4 + seed % 17)
        if not runs & set(pairwise(shuffled)):
            verdicts[locate(" ".join(shuffled), [harbour]).verdict] += 1
    # All are words of two hundred that stand there: one in some thousands comes in order by chance.
    assert verdicts["missing"] >= verdicts.total() - 1


@pytest.mark.parametrize("quote", ["The Strike", "Verses for the Keeper", "verses for the keeper"])
def test_a_heading_is_found_at_the_beginning_of_its_section(harbour: Reading, quote: str) -> None:
    match = locate(quote, [harbour])
    assert match.verdict == "exact"
    assert match.anchor is not None
    assert match.anchor.words.casefold() == quote.casefold()
    assert (match.anchor.start, match.anchor.end) == (0, 0)


def test_the_same_question_has_the_same_answer(harbour: Reading) -> None:
    quotes = ["learns patience faster than arithmetic", "Whoever keeps … at noon", "the porters"]
    before = [locate(q, [harbour]) for q in quotes]
    for quote in reversed(quotes):
        locate(quote, [builders.reading(), harbour])
    assert [locate(q, [harbour]) for q in quotes] == before
