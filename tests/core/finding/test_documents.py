from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from studygroup.core.finding.documents import Sources
from studygroup.core.finding.search import Document
from studygroup.core.meeting.session import Entry, Session, Spot
from studygroup.core.study import Study
from tests import builders


def documents(study: Study, sessions: Iterable[Session] = ()) -> list[Document]:
    return [d for source in Sources().of(study, sessions) for d in source.documents()]


def by_key(study: Study, *sessions: Session) -> dict[str, Document]:
    made = documents(study, sessions)
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


def test_what_stands_in_a_thread_is_by_the_one_whose_comment_it_is() -> None:
    text = "---\ntitle: Talk\nkind: thread\nauthor: Cleo\n---\n\nFirst.\n\n# Ben Ray\n\nNo.\n"
    talk = builders.reading(text)
    made = by_key(Study("S", readings=(talk,)))
    said = {d.body or d.title: {v for name, v in d.labels if name == "by"} for d in made.values()}
    assert said["No."] == said["Ben Ray"] == {"Ben Ray"}
    assert said["First."] == said["Cleo"] == {"Cleo"}


def test_what_becomes_a_thread_changes() -> None:
    talk = builders.reading("# Ben Ray\n\nNo.\n")
    kinds = (talk, replace(talk, kind="thread"))
    before, after = (Sources().of(Study("S", readings=(one,)))[0].digest for one in kinds)
    assert before != after


def test_only_the_sources_of_an_edited_file_change(tmp_path: Path) -> None:
    study = walk(tmp_path)
    sources = Sources()
    before = {source.key: source for source in sources.of(study)}
    path = tmp_path / "readings/walk.md"
    text = path.read_text(encoding="utf-8").replace("both towns.", "three towns.\n\nNew.")
    path.write_text(text, encoding="utf-8")
    after = {s.key: s for s in sources.of(builders.open_study(tmp_path).study)}
    assert (
        before.keys()
        == after.keys()
        == {"reading:walk", "prompts:walk", "notes:readings/walk/ana.md"}
    )
    changed = {key for key in before if before[key].digest != after[key].digest}
    assert changed == {"reading:walk"}
    bodies = {d.body for d in after["reading:walk"].documents()}
    assert {"From the bridge one sees three towns.", "New."} <= bodies


def test_a_source_is_the_very_same_while_its_parts_are(tmp_path: Path) -> None:
    study = walk(tmp_path)
    sources = Sources()
    for one, other in zip(sources.of(study), sources.of(study), strict=True):
        assert one is other


def test_an_edit_in_a_long_reading_changes_the_source_of_its_section_alone() -> None:
    parts = [f"## Part {n}\n\nWhat stands in part {n}.\n" for n in range(100)]

    def digests(parts: list[str]) -> dict[str, str]:
        reading = builders.reading("# Long\n\n" + "\n".join(parts))
        return {s.key: s.digest for s in Sources().of(Study.build("t", [reading], [], []))}

    before = digests(parts)
    assert len(before) > 5
    edited = digests([*parts[:50], parts[50].replace("What", "All that"), *parts[51:]])
    assert before.keys() == edited.keys()
    assert sum(before[key] != edited[key] for key in before) == 1
    longer = digests([*parts[:50], "## A new part\n\nAnd more.\n", *parts[50:]])
    assert sum(before.get(key) != longer.get(key) for key in before.keys() | longer.keys()) <= 3


def test_a_new_entry_changes_only_the_last_of_a_sessions_sources() -> None:
    at = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
    entries = tuple(Entry("ana", n, at, "remark", f"Word {n}") for n in range(250))
    session = Session("2026-11-22-walk", "Walk", ("walk",), at, entries=entries)
    later = replace(session, entries=(*entries, Entry("ana", 250, at, "remark", "New")))

    def digests(session: Session) -> list[str]:
        return [s.digest for s in Sources().of(Study("t"), [session])]

    assert len(digests(session)) == 3
    assert digests(session)[:2] == digests(later)[:2]
    assert digests(session)[2] != digests(later)[2]


def test_documents_carry_the_labels_that_a_search_is_narrowed_by(tmp_path: Path) -> None:
    made = by_key(walk(tmp_path))
    note = next(d for d in made.values() if d.title == "Too easy")
    assert {("in", "note"), ("by", "ana"), ("reading", "walk")} <= set(note.labels)
    assert ("reading", "A Walk by the Canal") in note.labels
    assert {name for name, _ in note.labels} >= {"section", "type"}
    prompt = next(d for d in made.values() if d.kind == "prompt")
    assert "kind" in {name for name, _ in prompt.labels}


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
