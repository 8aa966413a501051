from dataclasses import replace
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from studygroup.core.finding.query import parse
from studygroup.core.finding.search import Document, Filters
from studygroup.index.matching import Matching
from studygroup.index.snippets import Snippets
from studygroup.index.store import Made, Store
from studygroup.index.whoosh_index import WhooshSearchIndex
from tests.sources import each

FILLER = "Along the towpath nobody was in any hurry and the barges went by. " * 4


def document(key: str, body: str, title: str = "") -> Document:
    return Document(key, "text", "r", "s", "S", body, "readings/r.md", 1, title=title)


def ranked(folder: Path, query: str, *documents: Document, typing: bool = False) -> list[str]:
    index = WhooshSearchIndex(folder)
    others = [document(f"filler{n}", FILLER) for n in range(8)]
    index.refresh(each([*others, *documents]))
    results = index.search(query, filters=Filters(), limit=9, typing=typing)
    index.close()
    return [hit.document.key for hit in results.hits]


def test_the_word_itself_comes_before_its_relatives(tmp_path: Path) -> None:
    relatives = document("relatives", "Planned plans, planned plans: planning.")
    itself = document("itself", FILLER + "plan " + FILLER)
    assert ranked(tmp_path, "plan", relatives, itself) == ["itself", "relatives"]


def test_words_together_come_before_words_scattered(tmp_path: Path) -> None:
    scattered = document("scattered", "Map of road, road of map, map, road.")
    together = document("together", FILLER + "the road map " + FILLER)
    assert ranked(tmp_path, "road map", scattered, together) == ["together", "scattered"]


def test_a_title_comes_before_a_body(tmp_path: Path) -> None:
    body = document("body", "A heron stood in the reeds.")
    title = document("title", "Something stood in the reeds.", title="The heron")
    assert ranked(tmp_path, "heron", body, title) == ["title", "body"]


def test_a_passage_comes_before_what_was_said_of_it(tmp_path: Path) -> None:
    said = replace(document("said", "The heron again!"), kind="minutes")
    passage = document("passage", FILLER + "A heron stood in the reeds.")
    assert ranked(tmp_path, "heron", said, passage) == ["passage", "said"]


def test_a_rare_word_counts_for_more_than_a_common_one(tmp_path: Path) -> None:
    common = document("common", "the barges, the barges")
    rare = document("rare", "the heron, and one barge")
    assert ranked(tmp_path, "heron OR barges", common, rare)[0] == "rare"


def test_while_typing_the_finished_word_comes_first(tmp_path: Path) -> None:
    longer = document("longer", "Sectional sections, sectarian.")
    itself = document("itself", FILLER + "sect " + FILLER)
    assert ranked(tmp_path, "sect", longer, itself, typing=True) == ["itself", "longer"]


def test_equals_keep_the_order_of_the_study(tmp_path: Path) -> None:
    twins = [document(key, "A heron stood.") for key in "zebra"]
    assert ranked(tmp_path, "heron", *twins) == list("zebra")


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("hernn", "heron"),
        ("reeds hernn", "reeds heron"),
        ('"a hernn" reedz', '"a heron" reeds'),
        ("qqqqqq", None),
        ("heron", None),
        ("heron barges", None),
        ("", None),
    ],
)
def test_a_misspelling_that_finds_nothing_is_answered_with_one_that_does(
    tmp_path: Path, typed: str, suggested: str | None
) -> None:
    index = WhooshSearchIndex(tmp_path)
    index.refresh(each([document("a", "A heron stood in the reeds."), document("b", FILLER)]))
    assert index.search(typed, filters=Filters(), limit=9).suggestion == suggested
    index.close()


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        # One word of a passage is remembered wrongly, or comes from elsewhere.
        ("heron stood among tall reeds", "heron stood reeds"),
        ("lantern heron stood reeds", "heron stood reeds"),
        # The words are right, but not one after the other.
        ('"heron in reeds"', "heron in reeds"),
        ('stood "in his reeds"', "stood in reeds"),
        ("heron stood among reeds -cat", "heron stood reeds -cat"),
        # Too little of it stands anywhere.
        ("heron qqqqqq", None),
        ("heron qqqqqq wwwwww vvvvvv", None),
        ("heron OR cat vvvvvv wwwwww", None),
        ("lantern heron qqqqqq", None),
    ],
)
def test_a_passage_remembered_in_part_is_answered_with_the_words_it_has(
    tmp_path: Path, typed: str, suggested: str | None
) -> None:
    index = WhooshSearchIndex(tmp_path)
    index.refresh(each([document("a", "A heron stood in the reeds."), document("b", "A lantern.")]))
    assert index.search(typed, filters=Filters(), limit=9).suggestion == suggested
    index.close()


def test_a_passage_with_only_the_commonest_of_the_words_is_not_what_was_meant(
    tmp_path: Path,
) -> None:
    index = WhooshSearchIndex(tmp_path)
    common = (document(f"d{n}", "Some of it.") for n in range(20))
    index.refresh(each([*common, document("y", "Years of it."), document("h", "A heron.")]))
    assert index.search("heron of years qqqqqq", filters=Filters(), limit=9).suggestion is None
    index.close()


def test_short_words_and_words_that_stand_there_are_not_taken_for_others_far_from_them(
    tmp_path: Path,
) -> None:
    index = WhooshSearchIndex(tmp_path)
    many = (document(f"d{n}", "It can be for all of us.") for n in range(40))
    index.refresh(each([*many, document("c", "The Cuban shop.")]))
    for typed in ("Cuban shop", "floor"):
        assert index.search(typed, filters=Filters(), limit=9).suggestion is None
    index.close()


def test_while_typing_the_beginning_of_the_last_word_is_enough_for_a_suggestion(
    tmp_path: Path,
) -> None:
    index = WhooshSearchIndex(tmp_path)
    index.refresh(each([document("a", "A heron answered the reeds.")]))
    typed = index.search("hernn answ", filters=Filters(), limit=9, typing=True)
    assert typed.suggestion == "heron answ"
    index.close()


def shown(query: str, body: str, title: str = "") -> tuple[str, list[str]]:
    text, spans = Snippets(parse(query)).of(document("k", body, title))
    return text, [text[a:b] for a, b in spans]


def test_a_short_text_is_shown_whole() -> None:
    assert shown("heron", "The heron,\nat last.") == ("The heron, at last.", ["heron"])


def test_a_long_text_is_cut_at_words_around_the_matches() -> None:
    text, marked = shown("heron reed", FILLER + "a heron in a reed bed " + FILLER)
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert marked == ["heron", "reed"]
    assert set(text.strip("… ").split()) <= set((FILLER + "a heron in a reed bed").split())
    assert len(text) <= 170


def test_the_stretch_with_most_matches_is_shown() -> None:
    text, marked = shown("heron reed", "heron " + FILLER + "reed, heron and reed " + FILLER)
    assert marked == ["reed", "heron", "reed"]
    assert text.startswith("… ")


def test_a_phrase_is_marked_as_one_and_its_scattered_words_are_not() -> None:
    _, marked = shown('"will o\' the wisp"', "Will, will o’ the wisp, the wisp")
    assert marked == ["will o’ the wisp"]


def test_parts_and_wholes_of_hyphenated_words_are_marked() -> None:
    assert shown("walker", "a night-walker")[1] == ["walker"]
    assert shown("nightwalkers", "a night-walker")[1] == ["night-walker"]
    assert shown("night-walker", "a nightwalker by night")[1] == ["nightwalker"]


def test_a_match_in_the_title_alone_shows_the_title() -> None:
    assert shown("heron", "It stood.", "The heron") == ("The heron · It stood.", ["heron"])
    assert shown("heron", "", "The heron") == ("The heron", ["heron"])


def test_an_endless_word_is_cut() -> None:
    text, marked = shown("heron", "x" * 5000 + " heron " + "y" * 5000)
    assert "heron" in marked
    assert len(text) < 200


def test_a_search_out_of_time_answers_with_what_it_has(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.prepare()
    store.create()
    made = each(document(f"d{n}", f"lantern{n} towpath") for n in range(200))
    store.add(Made(source, source.documents()) for source in made)
    (leaf,) = store.leaves()
    query = parse("lantern77~ towpath")
    hurried = Matching(leaf, query, deadline=0).documents()
    unhurried = Matching(leaf, query, deadline=monotonic() + 60).documents()
    assert 0 < len(hurried) < len(unhurried)
    store.close()


@pytest.mark.parametrize(
    "query",
    [
        " ".join(f"{letter}*" for letter in "abcdefghijklmnop"),
        '"a b c d e f g h i j k l m n o p*"',
        " OR ".join("abcdefghijklmnop"),
        "-" * 200,
        "a-" * 100,
        '"' * 200,
        "’" * 200,
        "a'" * 100,
    ],
)
def test_no_query_takes_long(tmp_path: Path, query: str) -> None:
    words = [f"{a}{b}{c}" for a in "abcdefghijklmnop" for b in "aeiou" for c in "lmnrst"]
    chance = Random(5)
    index = WhooshSearchIndex(tmp_path)
    index.refresh(each(document(f"d{n}", " ".join(chance.sample(words, 60))) for n in range(300)))
    assert index.search(query, filters=Filters(), limit=50, typing=True).took_ms < 1000
    index.close()
