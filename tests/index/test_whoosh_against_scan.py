"""The index finds exactly what reading every document finds."""

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.finding.finder import EVERYTHING
from studygroup.core.finding.labels import Label
from studygroup.core.finding.search import HIT_KINDS, Document, Filters, Source
from studygroup.index.whoosh_index import WhooshSearchIndex
from tests.brute_index import BruteIndex
from tests.sources import together

WORDS = """
    plan plans planning planned map maps mapped the of and to be not road roads end ends
    dead-end dead-ends deadend café cafe don’t dont James's James will-o’-the-wisp wisp
    night-walker nightwalkers walks walking 1973 3.10 Æon naïve coöperate re-read
"""
VOCABULARY = WORDS.split()
READERS = [None, "ana", "ben"]
LABELS = ["in:notes", "in:text", "by:ana", "by:an", "type:criticism", "reading:walk"]
LABELS += ["reading:way", 'section:"long way"', "section:lo", "tag:none", "in:n", "IN:Prompt"]
MARKS = [" ", " ", " ", " ", ", ", ". ", "—", "\n", " “", "” ", " (", ") ", ".", "-", "/"]


def text(chance: random.Random, size: int) -> str:
    return "".join(chance.choice(VOCABULARY) + chance.choice(MARKS) for _ in range(size))


def documents(chance: random.Random, count: int) -> dict[str, Document]:
    return {f"d{n}": document(chance, f"d{n}") for n in range(count)}


def document(chance: random.Random, key: str) -> Document:
    title = text(chance, chance.choice([0, 0, 2]))
    body = text(chance, chance.randrange(12))
    kind = chance.choice(HIT_KINDS)
    by = chance.choice(READERS)
    reading = chance.choice(["walk", "long-way"])
    labels: list[Label] = [("in", kind), ("reading", reading), ("section", "The Long Way")]
    if by:
        labels += [("by", by), ("type", chance.choice(["criticism", "question"]))]
    return Document(
        key, kind, reading, "s", "S", body, "p", 1, title=title, by=by, labels=tuple(labels)
    )


def query(chance: random.Random) -> str:
    clauses = []
    for _ in range(chance.choice([1, 1, 2, 2, 3])):
        word = chance.choice(VOCABULARY)
        clauses.append(
            chance.choice(
                [
                    word,
                    word.upper(),
                    f'"{word} {chance.choice(VOCABULARY)}"',
                    f'"{word}"',
                    f"{word} OR {chance.choice(VOCABULARY)}",
                    f"-{word}",
                    word[: chance.randrange(1, 4)] + "*",
                    f'"{chance.choice(VOCABULARY)} {word[:2]}*"',
                    word + "*",
                    word + "~",
                    chance.choice(LABELS),
                    "-" + chance.choice(LABELS),
                    f"{word} OR {chance.choice(LABELS)}",
                ]
            )
        )
    return " ".join(clauses)


def some_filters(chance: random.Random) -> Filters:
    return Filters(
        frozenset(chance.sample(HIT_KINDS, chance.choice([0, 0, 1, 2]))),
        chance.choice([None, None, "walk"]),
        chance.choice([None, None, "Ana"]),
    )


def grouped(held: dict[str, Document]) -> list[Source]:
    """Five documents to a source, by their keys."""
    groups: dict[int, list[Document]] = {}
    for key, one in held.items():
        groups.setdefault(int(key[1:]) // 5, []).append(one)
    return [together(f"s{number}", documents) for number, documents in groups.items()]


def check_same(
    index: WhooshSearchIndex,
    brute: BruteIndex,
    asked: str,
    *,
    typing: bool,
    filters: Filters = EVERYTHING,
) -> int:
    ours = index.search(asked, filters=filters, limit=10_000, typing=typing)
    plain = brute.search(asked, filters=filters, limit=10_000, typing=typing)
    found = sorted(hit.document.key for hit in ours.hits)
    assert found == sorted(hit.document.key for hit in plain.hits), asked
    assert ours.total == plain.total
    assert ours.counts == plain.counts
    assert ours.readings == plain.readings
    assert ours.readers == plain.readers
    return len(found)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_the_same_documents_are_found_as_by_reading_them_all(seed: int) -> None:
    chance = random.Random(seed)
    held = grouped(documents(chance, 40))
    brute = BruteIndex()
    brute.refresh(held)
    with tempfile.TemporaryDirectory() as folder:
        index = WhooshSearchIndex(Path(folder))
        index.refresh(held)
        for _ in range(60):
            typing, filters = chance.random() < 0.3, some_filters(chance)
            check_same(index, brute, query(chance), typing=typing, filters=filters)
        index.close()


def test_they_agree_after_many_updates_and_in_a_fresh_process(tmp_path: Path) -> None:
    chance = random.Random(7)
    held = documents(chance, 60)
    brute, index = BruteIndex(), WhooshSearchIndex(tmp_path / "index")
    hits = 0
    for turn in range(100):
        for _ in range(chance.randrange(3)):
            key = f"d{chance.randrange(80)}"
            if chance.random() < 0.3:
                held.pop(key, None)
            else:
                held[key] = document(chance, key)
        now = grouped(held)
        assert index.refresh(now) == brute.refresh(now), turn
        if turn % 30 == 0:  # another process would find the same on disk
            index.close()
            index = WhooshSearchIndex(tmp_path / "index")
            assert index.refresh(now) == 0
        for _ in range(5):
            hits += check_same(index, brute, query(chance), typing=chance.random() < 0.3)
    index.close()
    assert hits > 1000
