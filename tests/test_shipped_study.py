"""The study that comes with the program: whole, paired, and true to its own text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from studygroup.bootstrap import copy_demo, open_workspace, shipped_study
from studygroup.core.meeting.session import EntryKind, Session
from studygroup.core.prompt import KINDS, PHASES
from studygroup.core.study import Study
from tests.shell import run

GUIDE = "anatomy-of-the-micro-sect"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("STUDYGROUP_HOME", str(tmp_path))
    return open_workspace(shipped_study()).study


@pytest.fixture
def demo(tmp_path: Path, study: Study) -> Path:
    return copy_demo(tmp_path / "demo")[0]


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


def test_it_says_of_itself_that_it_is_the_demo(study: Study) -> None:
    assert study.demo


def test_of_all_that_it_quotes_check_lists_the_planted_misquotation_alone(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "--study", str(demo), "check")
    assert code == 1
    assert len(out.splitlines()) == 1
    assert out.startswith("readings/alternative-to-the-micro-sect/ben.md:")
    assert "[-tends to turn-] {+turns+}" in out


@pytest.fixture
def session(demo: Path) -> Session:
    (found,) = open_workspace(demo).sessions.all()
    return found


def test_its_session_shows_every_kind_of_entry_and_what_can_become_of_one(session: Session) -> None:
    assert {e.kind for e in session.standing} == set(get_args(EntryKind))
    assert 35 <= len(session.standing) <= 65
    assert sum(e.struck for e in session.entries) == 1
    assert sum(e.amended is not None for e in session.entries) == 1
    assert set(session.present) == {"ana", "ben", "chi"}
    assert len(session.open_questions) == 2
    assert all(a.owner and a.due_on for a in session.actions)
    assert {m.discussed for m in session.marked.values()} == {True}
    assert "sample" in session.title.lower()
    assert session.opened is not None
    assert session.closed is not None
    gone = (session.closed - session.opened).total_seconds() / 60
    assert 80 < gone < 100
    assert session.elapsed(session.closed) / 60 < gone - 5  # there was a pause


def test_what_its_session_quotes_stands_where_it_says_but_for_one_slip(session: Session) -> None:
    verdicts = Counter(e.cited.verdict for e in session.standing if e.cited is not None)
    assert verdicts == {"exact": verdicts["exact"], "altered": 1}
    assert verdicts["exact"] >= 5


def test_its_session_leaves_something_of_each_kind_to_the_next_one(demo: Path) -> None:
    sessions = open_workspace(demo).sessions
    (session,) = sessions.all()
    carried = [item for item in sessions.propose([GUIDE]).items if item.carried_from]
    assert {item.carried_from for item in carried} == {session.id}
    assert Counter(item.kind for item in carried) == {"question": 2, "topic": 1, "prompt": 4}


def test_its_write_up_is_what_the_program_writes_and_keeps_what_was_added_by_hand(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = demo.glob("sessions/*/write-up.md")
    before = path.read_text(encoding="utf-8")
    assert "**A sample.**" in before
    assert "≈ not word for word" in before
    assert run(capsys, "--study", str(demo), "export", path.parent.name)[0] == 0
    assert path.read_text(encoding="utf-8") == before


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
    assert open_workspace(folder).problems() == ()
    assert places(after) == places(study)
    (session,) = open_workspace(folder).sessions.all()
    for entry in session.entries:
        reading = after.reading(entry.spot.reading)
        assert reading is not None
        assert entry.spot.topic or reading.section(entry.spot.section) is not None
    # What the guides said is said to be gone; that is no fault of where things hang.
    for line in run(capsys, "--study", str(folder), "check")[1].splitlines():
        assert re.search(
            r": (these words stand in no reading|not word for word|“.+” stands in several)", line
        )


def places(study: Study) -> list[tuple[str, str, str | None]]:
    prompts = [(p.reading, p.id, p.section) for p in study.prompts]
    return prompts + [(n.reading, f"{n.reader}:{n.place.line}", n.section) for n in study.notes]
