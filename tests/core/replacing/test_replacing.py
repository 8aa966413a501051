"""What becomes of prompts, notes and sessions when a better copy of a reading comes in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studygroup.core.importing import ImportRequest
from studygroup.core.replacing.replaced import with_ids
from studygroup.core.replacing.successors import successors
from studygroup.core.workspace import Workspace
from tests import builders

LOCK = (
    "The lock-keeper's house stands empty since the spring. Nobody has asked why. "
    "Boats wait here for hours; the crews talk, and talking is the only traffic left."
)
BRIDGE = (
    "From the bridge one sees both towns, the older one upstream and the newer which pays for it."
)
BUILDERS = "Nobody remembers who built it, or for whom, or what they were paid for their trouble."

OLD = f"# The Lock\n\n{LOCK}\n\n# The Bridge\n\n{BRIDGE}\n\n# Its Builders\n\n{BUILDERS}\n"

PROMPTS = """\
reading: walk
prompts:
  - section: the-lock
    ask: Why does nobody ask?
  - section: The bridge
    ask: Who pays for what?
  - section: its-builders
    ask: Who remembers them?
    passage: nobody remembers who built it
"""

NOTES = """\
# The lock
Read twice.

# Its builders
They are said to be forgotten: “or what they were paid for their trouble”.
"""


@pytest.fixture
def workspace(tmp_path: Path, home: Path) -> Workspace:
    """A study whose three sections have prompts, notes and a session."""
    files = {
        "readings/walk.md": f"---\ntitle: A Walk\n---\n{OLD}",
        "readings/walk/ana.md": NOTES,
        "questions/walk.yaml": PROMPTS,
    }
    workspace = builders.open_study(builders.write_study(tmp_path / "study", files))
    with workspace.sessions.start(["walk"], minutes=30, title="Tuesday"):
        pass
    return workspace


def bring(
    workspace: Workspace, tmp_path: Path, text: str, *, dry_run: bool = False
) -> ImportRequest:
    """Write a new copy of the reading and return the request that replaces the old one by it."""
    path = tmp_path / "walk.md"
    path.write_text(f"---\ntitle: A Walk\n---\n{text}", encoding="utf-8")
    return ImportRequest(path, replace=True, dry_run=dry_run)


def test_each_section_is_known_again_by_id_by_heading_or_by_its_words() -> None:
    old = builders.reading(OLD)
    new = builders.reading(
        f"# The bridge {{#bridge}}\n\n{BRIDGE}\n\n# Of keepers\n\n{LOCK}\n\n"
        "# Its Builders\n\nNew.\n"
    )
    became = successors(old, new)
    assert {s: (b.section, b.how) for s, b in became.items()} == {
        "the-lock": ("of-keepers", "words"),
        "the-bridge": ("bridge", "heading"),
        "its-builders": ("its-builders", "id"),
    }


def test_a_section_that_is_only_called_the_same_is_not_taken_for_the_old_one() -> None:
    old = builders.reading(f"# Winter\n\n{LOCK}\n\n# Winter\n\n{BRIDGE}\n")
    new = builders.reading(
        f"# Winter\n\n{BUILDERS}\n\n# Winter\n\n{LOCK}\n\n# Winter\n\n{BRIDGE}\n"
    )
    became = successors(old, new)
    assert {s: b.section for s, b in became.items()} == {
        "winter": "winter-2",
        "winter-2": "winter-3",
    }


def test_a_heading_that_changed_keeps_the_id_on_which_things_hang(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = {p.ask: p.section for p in workspace.study.prompts}
    text = OLD.replace("# The Lock", "# I. Of an empty house")
    imported = workspace.import_reading(bring(workspace, tmp_path, text))
    assert "# I. Of an empty house {#the-lock}" in workspace.files.path_of(
        "readings/walk.md"
    ).read_text(encoding="utf-8")
    assert {p.ask: p.section for p in workspace.study.prompts} == before
    assert [n.section for n in workspace.study.notes] == ["the-lock", "its-builders"]
    assert workspace.problems() == ()
    report = imported.replaced
    assert report is not None
    assert (report.moved, report.lost) == ((), ())
    assert [(r.section, r.after) for r in report.renamed] == [("the-lock", "I. Of an empty house")]
    assert report.kept == 3 + 2 + 3
    assert report.backup is not None
    assert report.backup.exists()


def test_what_hung_on_a_section_that_is_gone_moves_with_its_passage_or_is_reported_lost(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = f"# The Lock\n\n{LOCK}\n\n{BUILDERS}\n\n# Other towns\n\nNot the same words at all.\n"
    imported = workspace.import_reading(bring(workspace, tmp_path, text))
    report = imported.replaced
    assert report is not None
    moved = {(c.hung.kind, c.before.id, c.after.id) for c in report.moved if c.after}
    assert moved == {("prompt", "its-builders", "the-lock"), ("note", "its-builders", "the-lock")}
    lost = [(c.hung.kind, str(c.hung.place), c.before.title) for c in report.lost]
    session = workspace.sessions.all()[0].id
    assert lost == [
        ("prompt", "questions/walk.yaml:5", "The Bridge"),
        ("session", f"sessions/{session}", "Its Builders"),
        ("session", f"sessions/{session}", "The Bridge"),
    ]
    assert report.lost[1].now is not None
    assert report.lost[1].now.id == "the-lock"
    assert {p.ask: p.section for p in workspace.study.prompts} == {
        "Why does nobody ask?": "the-lock",
        "Who pays for what?": None,
        "Who remembers them?": "the-lock",
    }


def test_a_dry_run_tells_the_same_and_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = f"# The Lock\n\n{LOCK}\n"
    path = workspace.files.path_of("readings/walk.md")
    before = path.read_bytes()
    tried = workspace.import_reading(bring(workspace, tmp_path, text, dry_run=True)).replaced
    assert path.read_bytes() == before
    done = workspace.import_reading(bring(workspace, tmp_path, text)).replaced
    assert tried is not None
    assert done is not None
    assert tried == replace(done, backup=None)


def test_the_same_text_again_leaves_everything_in_place(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = workspace.import_reading(bring(workspace, tmp_path, OLD)).replaced
    assert report is not None
    assert (report.moved, report.lost, report.renamed) == ((), (), ())
    assert "{#" not in workspace.files.path_of("readings/walk.md").read_text(encoding="utf-8")


def test_ids_are_put_at_headings_without_one_and_nowhere_else() -> None:
    text = "# One\n\nText.\n\n# Two {#b}\n"
    assert with_ids(text, {1: "a", 3: "c", 5: "d"}) == "# One {#a}\n\nText.\n\n# Two {#b}\n"


def test_sections_of_one_name_keep_their_ids_when_another_comes_before_them(
    tmp_path: Path, home: Path
) -> None:
    text = f"# Winter\n\n{LOCK}\n\n# Winter\n\n{BRIDGE}\n"
    prompts = "prompts:\n  - {section: winter, ask: Why?}\n  - {section: winter-2, ask: Who?}\n"
    files = {"readings/walk.md": text, "questions/walk.yaml": prompts}
    workspace = builders.open_study(builders.write_study(tmp_path / "study", files))
    new = f"# Winter\n\n{BUILDERS}\n\n{text}"
    report = workspace.import_reading(bring(workspace, tmp_path, new)).replaced
    assert report is not None
    assert (report.kept, report.moved, report.lost) == (2, (), ())
    reading = workspace.study.find_reading("walk")
    by_id = {section.id: section.text for section in reading.sections}
    assert by_id["winter"] == LOCK
    assert by_id["winter-2"] == BRIDGE
