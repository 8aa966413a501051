from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from studygroup.core.documents import documents
from studygroup.core.search import Document
from studygroup.core.session import Entry, Session, Spot
from studygroup.core.study import Study
from tests import builders


def by_key(study: Study, *sessions: Session) -> dict[str, Document]:
    made = list(documents(study, sessions))
    keyed = {d.key: d for d in made}
    assert len(keyed) == len(made), "keys are unique"
    return keyed


def walk(tmp_path: Path) -> Study:
    return builders.open_study(builders.walk_study(tmp_path)).study


def test_every_paragraph_heading_prompt_and_note_is_a_document(tmp_path: Path) -> None:
    study = walk(tmp_path)
    made = by_key(study).values()
    assert [d.title for d in made if d.kind == "text" and d.paragraph is None] == [
        "A Walk by the Canal",
        "1 The Lock",
        "2 The Bridge",
        "Its Builders",
    ]
    paragraphs = [d for d in made if d.kind == "text" and d.paragraph is not None]
    assert [d.body for d in paragraphs] == [
        p.text for s in study.readings[0].sections for p in s.paragraphs
    ]
    assert {d.by for d in made if d.kind == "note"} == {"ana"}
    assert "Too easy" in {d.title for d in made if d.kind == "note"}
    assert "Why does nobody ask?\nWho could?" in {d.body for d in made if d.kind == "prompt"}


def test_a_document_knows_its_place_in_the_study_and_on_disk(tmp_path: Path) -> None:
    made = by_key(walk(tmp_path))
    waits = next(d for d in made.values() if "crews talk" in d.body)
    assert (waits.reading, waits.section, waits.section_title) == (
        "walk",
        "1-the-lock",
        "1 The Lock",
    )
    assert waits.paragraph == 3
    lines = (tmp_path / waits.path).read_text(encoding="utf-8").splitlines()
    assert "Boats wait here" in lines[waits.line - 1]
    whole = next(d for d in made.values() if d.body == "A quiet text.")
    assert (whole.section, whole.section_title) == ("", "A Walk by the Canal")


def test_a_digest_changes_with_the_words_and_a_key_does_not(tmp_path: Path) -> None:
    before = by_key(walk(tmp_path))
    path = tmp_path / "readings/walk.md"
    text = path.read_text(encoding="utf-8").replace("both towns.", "three towns.\n\nNew.")
    path.write_text(text, encoding="utf-8")
    after = by_key(builders.open_study(tmp_path).study)
    assert before.keys() < after.keys()
    changed = [after[k].body for k in before if before[k].digest != after[k].digest]
    assert changed[0] == "From the bridge one sees three towns."
    assert len(changed) <= 3, "only paragraphs after it in its section have new numbers"


def test_prompts_and_notes_without_their_reading_are_found_too(tmp_path: Path) -> None:
    builders.walk_study(tmp_path)
    (tmp_path / "readings/walk.md").unlink()
    made = by_key(builders.open_study(tmp_path).study).values()
    assert {d.kind for d in made} == {"prompt", "note"}
    assert {(d.reading, d.section, d.section_title) for d in made} == {("walk", "", "walk")}


def test_the_minutes_are_what_was_recorded_and_not_struck(tmp_path: Path) -> None:
    at = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
    said = Entry("ana", 3, at, "remark", "We all wait.", by="ben", spot=Spot("walk", "1-the-lock"))
    struck = replace(said, seq=4, text="Never mind.", struck=True)
    task = replace(said, seq=5, kind="action", text="Ask.", by="", owner="chi", spot=Spot())
    session = Session("2026-11-22-walk", "Walk", ("walk",), at, entries=(said, struck, task))
    minutes = [d for d in documents(walk(tmp_path), [session]) if d.kind == "minutes"]
    assert [(d.body, d.by, d.section) for d in minutes] == [
        ("We all wait.", "ben", "1-the-lock"),
        ("Ask.", "chi", ""),
    ]
    assert {(d.reading, d.session) for d in minutes} == {("walk", "2026-11-22-walk")}
    assert minutes[0].path == "sessions/2026-11-22-walk/ana.jsonl"
