"""Passages that two readers or more criticise are topics for the agenda."""

from __future__ import annotations

from pathlib import Path

import pytest

from studygroup.core.meeting.session import AgendaItem, Spot
from tests.builders import WALK, WALK_NOTES, open_study, write_study

OTHERS = """\
# The lock
> [!criticism]
> “Water finds its own level, and so do men” is no argument.

> [!criticism] ¶3 “Boats wait here for hours”
> Nobody waits for hours.

# The bridge
> [!question] ¶1 “From the bridge one sees both towns”
> Which?
"""


def topics(root: Path, **notes: str) -> tuple[AgendaItem, ...]:
    files = {f"readings/walk/{name}.md": text for name, text in notes.items()}
    study = open_study(write_study(root, {"readings/walk.md": WALK, **files}))
    draft = study.sessions.propose(["walk"], 60)
    return tuple(i for i in draft.items if i.kind == "topic")


def test_a_passage_that_two_readers_criticise_is_proposed_with_place_names_and_minutes(
    tmp_path: Path,
) -> None:
    (topic,) = topics(tmp_path, ana=WALK_NOTES, ben=OTHERS)
    assert topic.title == "ana and ben criticise §1 The Lock ¶2"
    assert topic.spot == Spot("walk", "1-the-lock", topic=topic.title)
    assert topic.minutes


@pytest.mark.parametrize("name", ["note", "question"])
def test_only_criticism_counts_and_only_by_different_readers(tmp_path: Path, name: str) -> None:
    assert topics(tmp_path, ana=WALK_NOTES) == ()
    assert topics(tmp_path, ana=WALK_NOTES, ben=OTHERS.replace("criticism", name)) == ()


def test_two_passages_of_a_section_are_two_topics_and_all_critics_are_named(
    tmp_path: Path,
) -> None:
    chi = OTHERS.replace("Nobody waits", "None of them waits")
    found = topics(tmp_path, ana=WALK_NOTES, ben=OTHERS, chi=chi)
    assert [t.title for t in found] == [
        "ana, ben and chi criticise §1 The Lock ¶2",
        "ben and chi criticise §1 The Lock ¶3",
    ]
