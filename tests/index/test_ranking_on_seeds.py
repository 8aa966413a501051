"""What people look for in the real documents, and where it has to stand in the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from studygroup.bootstrap import open_workspace
from studygroup.core.importing import ImportRequest
from studygroup.core.workspace import Workspace

ANATOMY, ALTERNATIVE = "anatomy-of-the-micro-sect", "alternative-to-the-micro-sect"
ROAD_MAPS, COMMENTS = "road-maps-dead-ends", "road-maps-comments"
CAMPAIGNS = "divisive-forms-of-organization-weaken-all-campaigns"

SAID = (
    "ana: does he ever say what a real movement would look like",
    "ben: the phone tree has nothing to do with it",
    "? who is Shachtman talking to",
)


@pytest.fixture(scope="module")
def study(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The real documents as a study, with a reader's notes and a short session."""
    root = tmp_path_factory.mktemp("seeds")
    (root / "readings").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDYGROUP_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("STUDYGROUP_READER", "ana")
        workspace = open_workspace(root)
        for slug in (ANATOMY, ALTERNATIVE, ROAD_MAPS, COMMENTS):
            workspace.import_reading(ImportRequest(seeds / f"{slug}.txt", slug=slug))
        workspace.import_notes(seeds / "anatomy-reader-notes.md", ANATOMY, "ben", replace=False)
        with workspace.sessions.start([ANATOMY], attendance=["ana", "ben"]) as recording:
            for line in SAID:
                recording.record(line)
        yield workspace
        workspace.finder.close()


def best(study: Workspace, query: str, many: int, near: str = ANATOMY) -> list[str]:
    """Return the best hits, each as `kind reading#section ¶n`."""
    found = study.finder.search(query, limit=many, near=near)
    places = []
    for document in (hit.document for hit in found.hits):
        paragraph = f" ¶{document.paragraph}" if document.paragraph else ""
        places.append(f"{document.kind} {document.reading}#{document.section}{paragraph}")
    return places


FIRST = {
    # A quote from memory, or a part of one.
    "“will o' the wisp”": f"text {ANATOMY}#5-the-rut-we-are-in ¶2",
    "all-inclusive sect": f"text {ANATOMY}#5-the-rut-we-are-in ¶2",
    "definition of sect": f"note {ANATOMY}#introduction",
    "civil rights movement": f"text {ROAD_MAPS}#{CAMPAIGNS} ¶7",
    "trotskyist tradition": f"text {ANATOMY}#3-the-classic-sect ¶1",
    # A heading, the very word and another form of it.
    "road forward": f"text {ANATOMY}#1-the-road-forward",
    "rut": f"text {ANATOMY}#5-the-rut-we-are-in",
    "fragmenting": f"text {ANATOMY}#2-fragmentation",
    "small business": f"text {ROAD_MAPS}#small-business-mentality",
    "ISL": f"text {ALTERNATIVE}#7-the-wp-isl-experience",
    # A title; a hyphenated word written as one.
    "fresh ground": f"text {ROAD_MAPS}#",
    "microsect": f"text {ANATOMY}#",
    # A footnote.
    "castro made": f"text {ANATOMY}#2-fragmentation ¶5",
    "strengths of the new left": f"text {ANATOMY}#4-sects-and-trade-unions ¶9",
    # Only in the minutes.
    "phone tree": f"minutes {ANATOMY}#introduction",
    "what a real movement": f"minutes {ANATOMY}#introduction",
    "talk Shachtman": f"minutes {ANATOMY}#introduction",
    # With a label.
    "in:notes sect definition": f"note {ANATOMY}#introduction",
}


@pytest.mark.parametrize("query", FIRST)
def test_what_is_looked_for_is_the_first_hit(study: Workspace, query: str) -> None:
    assert best(study, query, 1) == [FIRST[query]]


AMONG_THREE = {
    # In British spelling.
    "labour lieutenants": f"text {ANATOMY}#3-the-classic-sect ¶2",
    "political centre": f"text {ANATOMY}#7-the-political-center",
    "sects and unions": f"text {ANATOMY}#4-sects-and-trade-unions",
    "Lenin on Iskra": f"text {ANATOMY}#6-what-then ¶8",
    "Hal Draper": f"text {ANATOMY}#",
    "Bolshevik party split": f"text {ALTERNATIVE}#4-well-what-about-the-bolsheviks ¶6",
}


@pytest.mark.parametrize("query", AMONG_THREE)
def test_what_is_looked_for_is_among_the_first_three(study: Workspace, query: str) -> None:
    assert AMONG_THREE[query] in best(study, query, 3)


def test_of_two_titles_that_answer_alike_that_of_the_open_reading_is_first(
    study: Workspace,
) -> None:
    for near, other in ((ANATOMY, ALTERNATIVE), (ALTERNATIVE, ANATOMY)):
        assert best(study, "micro sect", 2, near) == [f"text {near}#", f"text {other}#"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Shactman", "shachtman"), ("Lassale", "lassallean"), ("Isrka", "iskra")]
)
def test_a_misspelt_name_is_answered_with_the_right_one(
    study: Workspace, typed: str, meant: str
) -> None:
    assert study.finder.search(typed).suggestion == meant


def test_words_that_stand_there_as_typed_are_not_doubted(study: Workspace) -> None:
    assert study.finder.search("phone tree").suggestion is None


def test_phrases_that_a_line_break_of_the_source_cuts_are_found(
    study: Workspace, seeds: Path
) -> None:
    lines = (seeds / f"{ROAD_MAPS}.txt").read_text(encoding="utf-8").splitlines()
    printed = [line for line in lines if line.strip()]
    word = re.compile(r"[a-z]{3,}")
    cut = [
        f"{above.split()[-1]} {below.split()[0]}"
        for above, below in pairwise(printed)
        if word.fullmatch(above.split()[-1]) and word.fullmatch(below.split()[0])
    ]
    assert len(cut) > 100
    missed = [pair for pair in cut if not study.finder.search(f'"{pair}"').total]
    assert missed == []
