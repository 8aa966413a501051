"""Which notes were discussed: the last word counts, from whatever session it comes."""

from pathlib import Path

import pytest

from studygroup.core.meeting.noted import note_marks
from studygroup.core.meeting.taking import from_note
from studygroup.core.workspace import Workspace
from tests import builders


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("STUDYGROUP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYGROUP_READER", "ana")
    return builders.open_study(builders.walk_study(tmp_path / "study"))


def discussed(workspace: Workspace) -> set[str]:
    return {id for id, mark in workspace.sessions.notes().items() if mark.discussed}


def test_a_note_is_discussed_once_it_is_marked_or_recorded_until_it_is_opened_again(
    workspace: Workspace,
) -> None:
    first, second, third = workspace.study.notes[1:4]
    with workspace.sessions.start(["walk"]) as recording:
        recording.mark(first, discussed=True)
        recording.mark(second, discussed=True)
        recording.quote(from_note(workspace.study, third))
        recording.mark(second, discussed=False)
    assert discussed(workspace) == {first.id, third.id}
    with workspace.sessions.start(["walk"]) as recording:
        recording.mark(third, discussed=False)
        recording.mark(second, discussed=True)
        assert set(note_marks(recording.session)) == {second.id, third.id}
        own = recording.session.id
    assert discussed(workspace) == {first.id, second.id}
    earlier = workspace.sessions.notes(but=own)
    assert {id for id, mark in earlier.items() if mark.discussed} == {first.id, third.id}


def test_a_note_whose_entry_is_struck_is_not_discussed(workspace: Workspace) -> None:
    note = workspace.study.notes[1]
    with workspace.sessions.start(["walk"]) as recording:
        recording.quote(from_note(workspace.study, note))
        assert discussed(workspace) == {note.id}
        recording.strike()
    assert discussed(workspace) == set()


def test_a_section_was_discussed_when_a_note_on_it_was(workspace: Workspace) -> None:
    note = workspace.study.notes_of("walk", "2-the-bridge")[0]
    with workspace.sessions.start(["walk"]) as recording:
        recording.mark(note, discussed=True)
        assert ("walk", "2-the-bridge") in workspace.sessions.discussed()
        recording.mark(note, discussed=False)
    assert ("walk", "2-the-bridge") not in workspace.sessions.discussed()


def test_a_note_that_was_changed_is_another_note(workspace: Workspace) -> None:
    note = next(n for n in workspace.study.notes if n.kind == "criticism")
    with workspace.sessions.start(["walk"]) as recording:
        recording.mark(note, discussed=True)
    path = workspace.absolute(note.place)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Does it?", "Does it really?"), encoding="utf-8")
    changed = next(n for n in workspace.load().notes if n.kind == "criticism")
    assert changed.id not in workspace.sessions.notes()
