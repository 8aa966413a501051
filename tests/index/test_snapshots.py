"""A snapshot made of the one before it is what it would be if it were made of nothing."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.finding.search import Document, Filters, Source
from studygroup.index.batch import invert
from studygroup.index.leaf import Leaf
from studygroup.index.schema import Held, turned
from studygroup.index.snapshot import Snapshot
from studygroup.index.whoosh_index import WhooshSearchIndex
from tests.sources import each

KEYS = st.sampled_from("abcd")
VERSIONS = st.dictionaries(KEYS, st.integers(0, 2), max_size=4)
STEPS = st.lists(st.tuples(st.lists(VERSIONS, max_size=2), VERSIONS, st.sets(st.integers(0, 3))))


def document(key: str, body: str) -> Document:
    return Document(key, "text", "r", "s", "S", body, "readings/r.md", 1)


def source(key: str, version: int) -> Source:
    return Source(key, str(version), lambda: (document(key, f"{key} {version}"),))


def leaf(versions: dict[str, int]) -> Leaf:
    held = [Held(key, str(version), 1) for key, version in versions.items()]
    batch = invert(document(key, f"{key} {version}") for key, version in versions.items())
    return Leaf("", turned(held, batch).head, lambda _: b"")


@given(STEPS)
def test_step_by_step_the_same_counts_as_at_once(
    steps: list[tuple[list[dict[str, int]], dict[str, int], set[int]]],
) -> None:
    now = Snapshot()
    for added, wanted, gone in steps:
        kept = [one for number, one in enumerate(now.leaves) if number not in gone]
        leaves = [*kept, *map(leaf, added)]
        sources = {key: source(key, version) for key, version in wanted.items()}
        now = now.then(leaves, sources)
        afresh = Snapshot().then(leaves, sources)
        assert [one.key for one in now.missing] == [one.key for one in afresh.missing]
        assert now.size == afresh.size == len(sources) - len(now.missing)
        for number in range(len(leaves)):
            assert now.living(number) == afresh.living(number)
        assert now.forsaken() == afresh.forsaken()


def test_an_edit_is_found_among_others_before_it_is_written(tmp_path: Path) -> None:
    index = WhooshSearchIndex(tmp_path / "index")
    documents = [document(f"d{n}", f"lantern {n} by the towpath") for n in range(30)]
    index.refresh(each(documents))
    written = sorted((tmp_path / "index").glob("*.toc"))
    documents[7] = document("d7", "lantern lantern lantern")
    found = []

    def look(_: float) -> None:
        best = index.search("lantern", filters=Filters(), limit=1).hits[0]
        old = index.search("7", filters=Filters(), limit=9).total
        found.append(
            (best.document.key, old, sorted((tmp_path / "index").glob("*.toc")) == written)
        )

    index.refresh(each(documents), look)
    assert found == [("d7", 0, True)]
    index.close()
