"""What is told of quotations after a reading was edited: nothing moves silently."""

from pathlib import Path

import pytest

from studygroup.core.importing import ImportRequest
from studygroup.core.workspace import Workspace
from tests import builders

NOTES = """\
# The lock
“the crews talk, and talking is the only traffic left” he says.
"""
SPRING = "stands *empty* since the spring"
CREWS = "the crews talk, and talking is the only traffic left"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A study whose one note quotes the lock's third paragraph; where that is, is remembered."""
    root = builders.walk_study(tmp_path / "study")
    (root / "readings/walk/ana.md").write_text(NOTES, encoding="utf-8")
    return checked(builders.open_study(root))


def checked(workspace: Workspace, *, accept: bool = False) -> Workspace:
    """Look at the quotations, and remember where they are."""
    workspace.keep_found(workspace.quotations(), accept=accept)
    return workspace


def edited(workspace: Workspace, old: str, new: str) -> Workspace:
    """Change the reading by hand, and open the study anew."""
    path = workspace.files.path_of("readings/walk.md")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return builders.open_study(path.parent.parent)


def told(workspace: Workspace) -> list[tuple[str, str, str | None]]:
    """Verdict, what became of it, and the section where it was, of what notes and minutes quote."""
    return [
        (q.match.verdict, q.drift.kind, q.drift.was.anchor.section)
        if q.drift is not None
        else (q.match.verdict, "", None)
        for q in workspace.quotations().quotations
        if q.host.kind != "text"
    ]


def test_what_stands_as_it_did_is_not_told(workspace: Workspace) -> None:
    assert told(workspace) == [("exact", "", None)]
    other = edited(workspace, "Boats wait", "A new beginning.\n\nAnd a paragraph.\n\nBoats wait")
    assert told(other) == [("exact", "", None)]
    other = edited(other, "the crews talk, and", "the ‘crews’ *talk* and")
    assert told(other) == [("exact", "", None)]


def test_words_that_were_changed_in_the_reading_have_drifted(workspace: Workspace) -> None:
    other = edited(workspace, "the crews talk, and", "the crews talk much, and")
    assert told(other) == [("altered", "drifted", "1-the-lock")]


def test_words_that_are_gone_are_lost_until_the_note_is_changed(workspace: Workspace) -> None:
    other = edited(workspace, CREWS, "nothing is heard")
    assert told(checked(checked(other, accept=True))) == [("missing", "lost", "1-the-lock")]
    notes = other.files.path_of("readings/walk/ana.md")
    notes.write_text("# The lock\n“nothing at all was heard” he says.\n", encoding="utf-8")
    other.load()
    assert told(other) == [("missing", "", None)]


def test_words_that_moved_are_told_until_somebody_was_shown(workspace: Workspace) -> None:
    other = edited(workspace, CREWS, "it is quiet")
    other = edited(other, "Nobody remembers", f"Here {CREWS}. Nobody remembers")
    assert told(checked(other)) == [("exact", "moved", "1-the-lock")]
    assert told(checked(other)) == [("exact", "moved", "1-the-lock")]
    assert told(checked(other, accept=True)) == [("exact", "", None)]


def test_words_that_come_back_are_found_as_before(workspace: Workspace) -> None:
    other = checked(edited(workspace, CREWS, "nothing is heard"))
    assert told(other) == [("missing", "lost", "1-the-lock")]
    assert told(edited(other, "nothing is heard", CREWS)) == [("exact", "", None)]


def test_a_reading_that_is_imported_again_is_looked_at_before(tmp_path: Path) -> None:
    root = builders.walk_study(tmp_path / "study")
    (root / "readings/walk/ana.md").write_text(NOTES, encoding="utf-8")
    workspace = builders.open_study(root)
    document = tmp_path / "walk.md"
    document.write_text(builders.WALK.replace(CREWS, "all is still"), encoding="utf-8")
    workspace.import_reading(ImportRequest(document, slug="walk", replace=True))
    assert told(workspace) == [("missing", "lost", "1-the-lock")]


def test_minutes_carry_their_own_anchor(workspace: Workspace) -> None:
    recording = workspace.sessions.start(["walk"], attendance=["ana"])
    recording.record("> Nobody remembers who built it")
    recording.close()
    recording.leave()
    workspace.files.path_of("readings/walk/ana.md").unlink()
    workspace.load()
    assert told(workspace) == [("exact", "", None)]
    other = edited(workspace, "Nobody remembers who", "Nobody now remembers who")
    assert told(other) == [("altered", "drifted", "its-builders")]
    other = edited(other, "## Its Builders", "## The Builders")
    assert told(other)[0][1:] == ("moved", "its-builders")
    other = edited(other, "Nobody now remembers who built it.", "")
    assert told(other) == [("missing", "lost", "its-builders")]


def test_nothing_of_it_is_written_into_the_study(workspace: Workspace, home: Path) -> None:
    root = workspace.files.path_of("readings").parent
    assert {p.name for p in root.iterdir()} == {"study.yaml", "readings", "questions"}
    assert list(home.rglob("quotations.json"))


def test_a_damaged_memory_is_no_memory(workspace: Workspace, home: Path) -> None:
    (kept,) = home.rglob("quotations.json")
    for damage in ("", "[]", '{"a": 1}', '{"a": ["exact", {"nosuch": 1}]}', "\x00"):
        kept.write_text(damage, encoding="utf-8")
        assert told(builders.open_study(workspace.files.path_of("."))) == [("exact", "", None)]
