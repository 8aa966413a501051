"""After an edit what is known is kept only where looking again would find the same."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.quoting.locating import Ask, Locating
from studygroup.core.quoting.memory import Memory
from studygroup.core.reading import Reading
from tests import builders

SYLLABLES = ("ba", "ko", "mi", "tru", "lan", "esh", "vor", "pi", "gund", "wal")


def words(rng: random.Random, count: int) -> list[str]:
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(count)]


def reading(paragraphs: list[str], number: int) -> Reading:
    return builders.reading("# One\n\n" + "\n\n".join(paragraphs), f"reading-{number}")


def asked(rng: random.Random, said: list[str]) -> Ask:
    """What somebody quotes of a paragraph: as it stands, with a cut, or with a word changed."""
    begin = rng.randrange(len(said) - 6)
    quote = said[begin : begin + rng.randint(3, 20)]
    at = rng.randrange(len(quote))
    quote[at] = rng.choice([quote[at], "…", words(rng, 1)[0], f"[{quote[at]}]"])
    return Ask(" ".join(quote), rng.choice([None, ("reading-1", None)]))


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_the_answers_after_an_edit_are_those_of_a_new_start(seed: int) -> None:
    rng = random.Random(seed)
    texts = [[" ".join(words(rng, 25)) for _ in range(4)] for _ in range(3)]
    texts[2][1] = texts[0][1]  # some words stand in two readings
    before = tuple(reading(text, number) for number, text in enumerate(texts))
    asks = [asked(rng, rng.choice(rng.choice(texts)).split()) for _ in range(10)]
    memory = Memory()
    known = [Locating(before, memory).match(ask) for ask in asks]
    assert any(match.verdict != "missing" for match in known)

    number, at = rng.randrange(3), rng.randrange(4)
    edited = list(texts[number])
    edited[at : at + 1] = rng.choice(
        [
            [],
            [" ".join(words(rng, 12))],
            [edited[at], "They say: " + rng.choice(asks).quote.replace("[", "").replace("]", "")],
            [edited[at].replace(" ", " and ", 2)],
        ]
    )
    after = tuple(reading(edited, n) if n == number else r for n, r in enumerate(before))
    again = Locating(after, memory)
    anew = Locating(after, Memory())
    assert [again.match(ask) for ask in asks] == [anew.match(ask) for ask in asks]
