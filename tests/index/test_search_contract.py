"""What every search index promises, tried on Whoosh and on the one that reads everything."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studygroup.core.finding.search import Document, Filters, HitKind, SearchIndex
from studygroup.index.whoosh_index import WhooshSearchIndex
from tests.brute_index import BruteIndex
from tests.sources import each, together


def document(key: str, body: str, *, title: str = "", kind: HitKind = "text") -> Document:
    return Document(
        key=key,
        kind=kind,
        reading="lanterns",
        section="the-long-way",
        section_title="The long way",
        body=body,
        path="readings/lanterns.md",
        line=3,
        title=title,
    )


BODIES = {
    "union": "We spoke of the state of the union at the well.",
    "states": "Unions of many states keep lanterns lit.",
    "plan": "The plan was plain: no planning after dusk.",
    "will": "A will o’ the wisp — nothing else — led them; they didn’t follow.",
    "cafe": "At the café an “all-inclusive” club of night-walkers met.",
    "night": "Nightwalkers walk by night. The walk is long.",
    "emph": "An _underlined_ word.The next sentence had no space before it.",
    "wolf": "Æsir and wolves; the coöperative’s cat.",
    "stop": "To be or not to be",
    "grade": "Two F’s in a row.",
    "disk": "An FS is a file system.",
    "james": "James’s lamp stood on the sill.",
}


@pytest.fixture(params=["whoosh", "brute"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    made: SearchIndex = (
        WhooshSearchIndex(tmp_path / "index") if request.param == "whoosh" else BruteIndex()
    )
    made.refresh(each(document(key, body) for key, body in BODIES.items()))
    yield made
    made.close()


def found(index: SearchIndex, query: str, *, typing: bool = False) -> set[str]:
    results = index.search(query, filters=Filters(), limit=100, typing=typing)
    assert results.total == len(results.hits) == sum(results.counts.values())
    return {hit.document.key for hit in results.hits}


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("lanterns", {"states"}),
        ("lantern lit", {"states"}),
        ("lantern well", set()),
        ("planning", {"plan"}),
        ('"planned"', set()),
        ("state", {"union", "states"}),
        ('"state of the union"', {"union"}),
        ('"state union"', set()),
        ("to be or not to be", {"stop"}),
        ('"to be or not to be"', {"stop"}),
        ("the", {"union", "plan", "will", "cafe", "night", "emph", "wolf", "james"}),
        ("lantern OR café", {"states", "cafe"}),
        ("state -lanterns", {"union"}),
        ("-lanterns", set()),
        ("lan*", {"states"}),
        ("didn't", {"will"}),
        ("didnt", {"will"}),
        ("didn’t", {"will"}),
        ("will o' the wisp", {"will"}),
        ('"will o’ the wisp"', {"will"}),
        ("CAFE", {"cafe"}),
        ("all-inclusive", {"cafe"}),
        ("allinclusive", {"cafe"}),
        ("inclusive", {"cafe"}),
        ('"all inclusive club"', {"cafe"}),
        ("night-walker", {"cafe", "night"}),
        ("nightwalker", {"cafe", "night"}),
        ("night", {"cafe", "night"}),
        ("underlined", {"emph"}),
        ('"word the next"', {"emph"}),
        ("aesir", {"wolf"}),
        ("cooperative", {"wolf"}),
        ("James", {"james"}),
        ("james's", {"james"}),
        ("lamp", {"james"}),
        ("fs", {"disk"}),
        ("f", {"grade"}),
        ("nowhere", set()),
    ],
)
def test_the_query_finds_what_it_means(index: SearchIndex, query: str, keys: set[str]) -> None:
    assert found(index, query) == keys


@pytest.mark.parametrize("query", ["", " ", '"', "*", "[", "((", "-", "OR", "\x00", "’", "a" * 500])
def test_any_text_is_a_query(index: SearchIndex, query: str) -> None:
    assert found(index, query) == set()


def test_a_word_being_typed_finds_what_begins_so_and_its_relatives(index: SearchIndex) -> None:
    assert found(index, "lan", typing=True) == {"states"}
    assert found(index, "plann", typing=True) == {"plan"}
    assert found(index, "walking", typing=True) == {"night"}
    assert found(index, '"state of the uni', typing=True) == {"union"}
    assert found(index, "lan ", typing=True) == set()


def test_a_title_is_searched_apart_from_the_body(index: SearchIndex) -> None:
    index.refresh(each([document("a", "under the hill", title="The fox")]))
    assert found(index, "fox hill") == {"a"}
    assert found(index, '"the fox"') == {"a"}
    assert found(index, '"fox under"') == set()


def test_marks_are_the_words_that_were_found(index: SearchIndex) -> None:
    (hit,) = index.search("lantern state", filters=Filters(), limit=9).hits
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["states", "lanterns"]
    text = "A lantern, LANTERNS, and no lantern-light"
    assert [text[a:b] for a, b in index.marks("lanterns", text)] == [
        "lantern",
        "LANTERNS",
        "lantern",
    ]


def test_results_say_which_query_they_answer(index: SearchIndex) -> None:
    assert index.search(" lantern*", filters=Filters(), limit=1).query == " lantern*"


def test_as_many_hits_are_given_as_are_asked_for(index: SearchIndex) -> None:
    many = [document(f"d{n}", f"lantern {n % 7} and lantern {n % 3}") for n in range(3000)]
    index.refresh([together("many", many)])
    for limit in (1, 1500, 2999, 5000):
        results = index.search("lantern and", filters=Filters(), limit=limit)
        assert (len(results.hits), results.total) == (min(limit, 3000), 3000)
        assert len({hit.document.key for hit in results.hits}) == len(results.hits)


def test_kinds_narrow_the_hits_and_leave_the_counts(index: SearchIndex) -> None:
    index.refresh(
        each(
            [
                document("t", "a lantern"),
                document("n1", "my lantern", kind="note"),
                document("n2", "his lantern", kind="note"),
                document("p", "which lantern?", kind="prompt"),
            ]
        )
    )
    results = index.search("lantern", filters=Filters(kinds=frozenset({"note"})), limit=1)
    assert results.total == 2
    assert len(results.hits) == 1
    assert results.counts == {"text": 1, "prompt": 1, "note": 2, "minutes": 0}


def test_a_search_keeps_to_a_reading_and_to_a_reader(index: SearchIndex) -> None:
    by_ana = replace(document("n", "lantern", kind="note"), by="ana")
    elsewhere = replace(document("o", "lantern"), reading="other")
    index.refresh(each([by_ana, elsewhere]))

    def keys(filters: Filters) -> set[str]:
        results = index.search("lantern", filters=filters, limit=9)
        assert results.total == sum(results.counts.values())
        return {hit.document.key for hit in results.hits}

    assert keys(Filters(reading="other")) == {"o"}
    assert keys(Filters(reader="Ana")) == {"n"}
    assert keys(Filters(reading="other", reader="ana")) == set()


def test_a_refresh_touches_only_what_changed(index: SearchIndex) -> None:
    documents = [document(key, body) for key, body in BODIES.items()]
    assert index.refresh(each(documents)) == 0
    documents[0] = document("union", "Only a heron.")
    assert index.refresh(each(documents[:-1])) == 2
    assert found(index, "heron") == {"union"}
    assert found(index, "well") == found(index, "lamp") == set()
    assert index.refresh([]) == len(documents) - 1
    assert found(index, "heron") == set()


def test_a_hit_carries_the_document_as_it_was_last_given(index: SearchIndex) -> None:
    moved = replace(document("states", BODIES["states"]), line=99)
    assert index.refresh(each([moved, moved])) == len(BODIES) - 1
    (hit,) = index.search("lanterns", filters=Filters(), limit=9).hits
    assert hit.document.line == 99


def test_many_threads_may_search_while_it_is_refreshed(index: SearchIndex) -> None:
    wrong: list[object] = []

    def look() -> None:
        for _ in range(20):
            results = index.search("lanterns", filters=Filters(), limit=5)
            if [hit.document.key for hit in results.hits] != ["states"]:
                wrong.append(results)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(8):
        changing = document("extra", f"heron {number}")
        index.refresh(each([*(document(k, b) for k, b in BODIES.items()), changing]))
    for thread in threads:
        thread.join()
    assert wrong == []
