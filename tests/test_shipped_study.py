"""The study that comes with the program: whole, paired, and true to its own text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from studygroup.bootstrap import copy_demo, open_workspace, shipped_study
from studygroup.core.prompt import KINDS, PHASES
from studygroup.core.study import Study
from tests.shell import run

GUIDE = "anatomy-of-the-micro-sect"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("STUDYGROUP_HOME", str(tmp_path))
    return open_workspace(shipped_study()).study


def test_nothing_in_it_is_broken_or_missing(study: Study) -> None:
    assert study.problems == ()
    assert study.readiness() == []


def test_its_prompts_are_of_every_kind_and_phase(study: Study) -> None:
    assert {p.kind for p in study.prompts} == set(KINDS)
    assert {p.phase for p in study.prompts} == set(PHASES)


def test_every_passage_of_a_prompt_stands_in_its_section_word_for_word(study: Study) -> None:
    for prompt in study.prompts:
        if prompt.passage is not None:
            match = study.locate(prompt.passage, prompt.reading, prompt.section)
            assert match.verdict == "exact", prompt.id
            assert match.anchor is not None
            assert match.anchor.section == prompt.section, prompt.id


def test_its_notes_show_elided_passages_and_one_misquoted_among_exact_ones(study: Study) -> None:
    verdicts = Counter(q.match.verdict for note in study.notes for q in study.quotations_in(note))
    assert verdicts["elided"] > 1
    assert verdicts["altered"] == 1
    assert set(verdicts) == {"exact", "elided", "altered"}


def test_one_passage_is_criticised_by_both_readers(study: Study) -> None:
    noted = study.marks_of(GUIDE, "5-the-rut-we-are-in")[2]
    assert {n.reader for n in noted if n.kind == "criticism"} == {"ana", "ben"}


def test_two_readers_criticise_the_same_words_of_the_essay(study: Study) -> None:
    noted = study.notes_of("road-maps-dead-ends", "small-business-mentality")
    words = "A firm that advertised its competitors would not last"
    critics = {n.reader for n in noted if n.kind == "criticism" and words in n.markdown}
    assert critics == {"ana", "ben"}


def test_each_readers_file_says_that_it_is_a_sample(study: Study) -> None:
    for file in study.note_files:
        assert file.notes[0].title == "Sample notes"


def test_the_texts_imported_over_the_guides_leave_prompts_and_notes_where_they_were(
    seeds: Path, tmp_path: Path, study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    copy_demo(folder)
    for slug in [reading.slug for reading in study.readings]:
        given = (str(seeds / f"{slug}.txt"), "--as", slug, "--replace")
        assert run(capsys, "--study", str(folder), "import", *given)[0] == 0
    after = open_workspace(folder).study
    assert {r.kind for r in after.readings} == {"text", "thread"}
    assert after.problems == ()
    assert places(after) == places(study)


def places(study: Study) -> list[tuple[str, str, str | None]]:
    prompts = [(p.reading, p.id, p.section) for p in study.prompts]
    return prompts + [(n.reading, f"{n.reader}:{n.place.line}", n.section) for n in study.notes]
