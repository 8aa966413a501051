"""Drafts of notes and prompts: kept as typed, dropped when empty, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from studygroup.bootstrap import open_workspace
from studygroup.core.workspace import State
from studygroup.tui.drafts import Drafts, NoteDraft, PromptDraft


@pytest.fixture
def state(root: Path) -> State:
    return open_workspace(root).state


def restored(state: State) -> Drafts:
    drafts = Drafts(state)
    drafts.restore()
    return drafts


def test_what_was_kept_is_there_again(state: State) -> None:
    drafts = Drafts(state)
    drafts.note = NoteDraft("half a “thought”\n漢字 \udce4", "question", done=True)
    drafts.prompt = PromptDraft("Who?", "factual", "closing", 7)
    drafts.keep()
    again = restored(state)
    assert again.note == NoteDraft("half a “thought”\n漢字 \udce4", "question")
    assert again.prompt == PromptDraft("Who?", "factual", "closing", 7)
    assert again.begun == ("note", "prompt")


def test_a_draft_without_words_is_dropped(state: State) -> None:
    drafts = Drafts(state)
    drafts.note = NoteDraft("half")
    drafts.keep()
    drafts.note = NoteDraft(" \n")
    drafts.keep()
    assert restored(state).begun == ()
    assert state.draft("note") == ""


def test_what_was_begun_before_the_disk_answered_stays(state: State) -> None:
    drafts = Drafts(state)
    drafts.note = NoteDraft("older")
    drafts.keep()
    later = Drafts(state)
    later.note = NoteDraft("newer")
    later.restore()
    assert later.note.text == "newer"
    later.keep()
    assert restored(state).note.text == "newer"


@pytest.mark.parametrize("kept", ["", "{", "[]", "7", '{"text": 3, "kind": null, "minutes": "x"}'])
def test_a_damaged_draft_stops_nothing(state: State, kept: str) -> None:
    state.keep_draft("note", kept)
    state.keep_draft("prompt", kept)
    assert restored(state).prompt == PromptDraft("")


def test_two_studies_do_not_share_their_drafts(state: State, tmp_path: Path) -> None:
    drafts = Drafts(state)
    drafts.note = NoteDraft("mine")
    drafts.keep()
    (tmp_path / "other" / "readings").mkdir(parents=True)
    assert restored(open_workspace(tmp_path / "other").state).begun == ()
