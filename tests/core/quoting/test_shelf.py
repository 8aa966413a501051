"""What a shelf of readings leaves out is nowhere that a quotation could be from."""

import random
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.anchoring.anchoring import locate, locate_on
from studygroup.core.anchoring.changed_words import Candidate
from studygroup.core.anchoring.choosing import Around
from studygroup.core.anchoring.claim import Claim
from studygroup.core.anchoring.shelf import shelf_of
from studygroup.core.reading import Reading
from tests import builders

STOCK = """\
    the of and to a in that is was he it for with as his not but tide harbour lantern ledger
    microclimate micro climate quay patience arithmetic bridge bargain keeper keepers ferry rope
    storm stormy weather market baker’s bread well-to-do welltodo follower follovver morning
"""


class EveryReading:
    """Leaves nothing out."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings = tuple(readings)

    def with_same(self, claims: object) -> Iterable[Reading]:
        return self.readings

    with_headings = with_same

    def with_changed(self, claim: Claim, floor: object) -> Iterator[Candidate]:
        return (Candidate(index, None, 1.0) for index in range(len(self.readings)))


def text(rng: random.Random) -> str:
    parts = [f"# {' '.join(rng.choices(STOCK.split(), k=3))} {n}" for n in range(3)]
    for n in range(3):
        sentences = [" ".join(rng.choices(STOCK.split(), k=rng.randint(5, 30))) for _ in range(6)]
        parts[n] += "\n\n" + ".\n\n".join(sentences)
    return "\n\n".join(parts)


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    rng = random.Random(4)
    return [builders.reading(text(rng), f"reading-{n}") for n in range(8)]


def changed(quote: list[str], rng: random.Random) -> str:
    for _ in range(rng.randint(0, 1 + len(quote) // 3)):
        at = rng.randrange(len(quote))
        quote[at] = rng.choice(
            [rng.choice(STOCK.split()), quote[at] + "s", "…", "", f"[{quote[at]}]"]
        )
    return " ".join(quote)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_answer_is_as_if_every_reading_were_looked_at(
    readings: list[Reading], seed: int
) -> None:
    rng = random.Random(seed)
    said = rng.choice(readings).sections[rng.randrange(3)].text.split()
    begin = rng.randrange(len(said) - 4)
    quote = changed(said[begin : begin + rng.randint(2, 25)], rng)
    near = rng.choice([None, ("reading-3", None)])
    around = Around(near, " ".join(said[max(0, begin - 5) : begin]) if seed % 2 else "", "", None)
    everywhere = locate_on(quote, EveryReading(readings), around)
    assert locate(quote, readings, near, prefix=around.prefix) == everywhere


def test_a_reading_that_was_edited_is_looked_at_as_it_is_now(readings: list[Reading]) -> None:
    quote = "a comet over the ropewalk frightened nobody but the geese"
    assert locate(quote, readings).verdict == "missing"
    edited = builders.reading(f"# Sky\n\n{quote.capitalize()}.\n", "reading-2")
    after = [edited if r.slug == edited.slug else r for r in readings]
    match = locate(quote, after)
    assert match.anchor is not None
    assert match.anchor.reading == "reading-2"
    assert locate(quote, readings).verdict == "missing"


def test_readings_that_stay_the_same_are_one_shelf(readings: list[Reading]) -> None:
    assert shelf_of(tuple(readings)) is shelf_of(tuple(readings))
    assert shelf_of(tuple(readings)) is not shelf_of(tuple(readings[1:]))
