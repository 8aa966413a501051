"""What the index finds in a large study is what reading every document finds.

STUDYGROUP_PROOF_SECTIONS says how large: 10000 takes some minutes and gigabytes.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import READERS, Corpus
from benchmarks.queries import Asked, Questions
from studygroup.core.finding.query import parse
from studygroup.core.finding.search import HIT_KINDS, Filters
from studygroup.index.whoosh_index import WhooshSearchIndex
from tests.brute_index import BruteIndex

SECTIONS = int(os.environ.get("STUDYGROUP_PROOF_SECTIONS", "60"))
MOST = 2_000
"""So many hits are compared one by one; of more, all are counted by kind, reading and reader."""


def narrowed(chance: random.Random, asked: Asked) -> Asked:
    """Add a label to a query, before or behind it, wanted or not."""
    label = chance.choice(
        [
            f"in:{chance.choice(HIT_KINDS)}s",
            f"by:{chance.choice(READERS)}",
            f"reading:reading-{chance.randrange(SECTIONS // 50 + 1)}",
            f"section:s{chance.randrange(SECTIONS)}",
        ]
    )
    label = chance.choice(["", "-"]) + label
    return Asked("with a label", chance.choice([f"{asked.text} {label}", f"{label} {asked.text}"]))


def test_hundreds_of_queries_find_what_a_scan_finds(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    corpus = Corpus(SECTIONS)
    chance = random.Random(7)
    questions = Questions(corpus)
    entered = questions.entered(20)
    typed = [asked for asked in questions.typed(60) if chance.random() < 0.1]
    labelled = [narrowed(chance, chance.choice(entered)) for _ in range(60)]
    index, brute = WhooshSearchIndex(tmp_path / "index"), BruteIndex()
    index.refresh(corpus.sources)
    brute.refresh(corpus.sources)
    found = 0
    for asked in (*entered, *typed, *labelled):
        ours = index.search(asked.text, filters=Filters(), limit=MOST, typing=asked.typing)
        scanned = brute.answering(parse(asked.text, typing=asked.typing))
        keys = {hit.document.key for hit in ours.hits}
        assert len(keys) == min(len(scanned), MOST), asked
        assert keys <= {document.key for document in scanned}, asked
        assert ours.total == len(scanned), asked
        assert +Counter(ours.counts) == Counter(d.kind for d in scanned), asked
        assert Counter(ours.readings) == Counter(d.reading for d in scanned), asked
        assert Counter(ours.readers) == Counter(d.by for d in scanned if d.by), asked
        found += ours.total
    index.close()
    queries = len(entered) + len(typed) + len(labelled)
    record_property(
        "told", f"{queries} queries on {SECTIONS} sections: {found} hits, the same as by a scan"
    )
    assert queries > 300
    assert found > 1000
