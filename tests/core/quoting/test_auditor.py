"""The audit of a study: what it finds, and what an edit makes it seek again."""

from pathlib import Path

import pytest

from studygroup.core.quoting.audit import Audit
from studygroup.core.quoting.telling import findings
from tests import builders

ROAD = """\
---
title: The Road
---
# Towns

A writer on canals says that water finds its own level, and so do men.

> Nobody has asked why, and nobody will ask it now.

He calls this “the only traffic left” of the town.

# Fields

Here “nobody remembers who built it” is said of a wall.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = builders.walk_study(tmp_path / "study")
    (root / "readings/road.md").write_text(ROAD, encoding="utf-8")
    return root


def told(audit: Audit) -> list[tuple[str, str, str, str | None]]:
    """Kind of the host, quotation, verdict, and the section in which it stands."""
    found: list[tuple[str, str, str, str | None]] = []
    for q in audit.quotations:
        anchor = q.match.anchor
        section = None if anchor is None else anchor.section
        found.append((q.host.kind, q.quote, q.match.verdict, section))
    return found


def test_notes_prompts_and_texts_are_audited(root: Path) -> None:
    prompts = builders.WALK_PROMPTS + (
        "  - ask: Is “both towns, the older one” meant?\n"
        "    passage: Boats wait here for hours\n"
        "    follow_ups: ['What of “talking is the only traffic”?']\n"
    )
    (root / "questions/walk.yaml").write_text(prompts, encoding="utf-8")
    found = told(builders.open_study(root).study.audit)
    assert ("text", "nobody remembers who built it", "exact", "its-builders") in found
    assert ("prompt", "Boats wait here for hours", "exact", "1-the-lock") in found
    assert ("prompt", "talking is the only traffic", "exact", "1-the-lock") in found
    assert ("note", "stands empty since the spring", "exact", "1-the-lock") in found
    altered = "Water finds its own level, and so do people."
    assert ("note", altered, "altered", "1-the-lock") in found


def test_words_are_looked_up_from_both_ends(root: Path) -> None:
    audit = builders.open_study(root).study.audit
    (quoting,) = audit.quoted_by("road", "fields")
    assert quoting in audit.quoted_in("walk", "its-builders")
    note = quoting.match.anchor
    assert note is not None
    assert (quoting.host.place.path, quoting.host.place.line) == ("readings/road.md", 14)


def test_a_text_is_never_found_in_its_own_quotation(root: Path) -> None:
    found = told(builders.open_study(root).study.audit)
    words = "Nobody has asked why, and nobody will ask it now."
    assert ("text", words, "missing", None) in found


def test_what_an_edit_leaves_alone_is_the_same_object(root: Path) -> None:
    workspace = builders.open_study(root)
    before = workspace.study.audit
    notes = root / "readings/walk/ana.md"
    notes.write_text(builders.WALK_NOTES + "\nAlso “the newer one, which pays”.\n", "utf-8")
    after = workspace.load().audit
    kept = [q for q in after.quotations if any(q is old for old in before.quotations)]
    assert len(kept) == len(before.quotations)
    assert len(after.quotations) == len(kept) + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stands *empty* since the spring", "stands *empty* since the summer"),
        ("Nobody remembers who built it.", "Somebody may remember."),
        ("From the bridge", "The house stands empty since the spring. From the bridge"),
        ("# 1 The Lock", "# 1 The Sluice"),
        ("A preface", "A preface, and the lock-keeper's house stands there.\n\nMore of it"),
    ],
)
def test_after_an_edit_of_a_reading_the_audit_is_that_of_a_new_start(
    root: Path, old: str, new: str
) -> None:
    workspace = builders.open_study(root)
    assert workspace.study.audit.quotations
    assert old in builders.WALK
    (root / "readings/walk.md").write_text(builders.WALK.replace(old, new), encoding="utf-8")
    assert workspace.load().audit == builders.open_study(root).study.audit


def test_an_edit_of_a_reading_leaves_what_stands_elsewhere_as_it_was_judged(root: Path) -> None:
    workspace = builders.open_study(root)
    before = {q.quote: q.match for q in workspace.study.audit.quotations}
    changed = builders.WALK.replace("Nobody remembers who", "Nobody remembers today who")
    (root / "readings/walk.md").write_text(changed, encoding="utf-8")
    after = {q.quote: q.match for q in workspace.load().audit.quotations}
    moved = {quote for quote, match in after.items() if match is not before[quote]}
    assert moved == {"nobody remembers who built it"}


def test_of_minutes_quotations_and_what_stands_between_marks_are_audited(root: Path) -> None:
    workspace = builders.open_study(root)
    recording = workspace.sessions.start(["walk"], attendance=["ana"])
    recording.record("> Boats wait here for hours")
    recording.record("ana: why “they were all at sea by then”?")
    recording.close()
    recording.leave()
    minutes = [t for t in told(workspace.quotations()) if t[0] == "minutes"]
    assert minutes == [
        ("minutes", "Boats wait here for hours", "exact", "1-the-lock"),
        ("minutes", "they were all at sea by then", "missing", None),
    ]


@pytest.mark.parametrize(
    ("lines", "told_of"),
    [
        (
            ["> boats wait here for hours", "> the crews talk, and talking is the only trade left"],
            1,
        ),
        (["> the crews talk, and talking is the only trade left", "> talking is the only"], 1),
        (
            [
                "> the crews talk, and talking is the only traffic left",
                "> the crews talk, and talking is the only trade left",
            ],
            1,
        ),
        (
            [
                "> the crews talk, and talking is the only trade left",
                "> the crews talk, and talking is the only traffic left",
            ],
            0,
        ),
    ],
)
def test_minutes_that_put_a_misquotation_right_need_no_look(
    root: Path, lines: list[str], told_of: int
) -> None:
    workspace = builders.open_study(root)
    with workspace.sessions.start(["walk"], attendance=["ana"]) as recording:
        for line in lines:
            recording.record(line)
    found = findings(workspace.study, workspace.quotations())
    assert (
        sum(p.place.path.startswith("sessions/") for p in (*found.broken, *found.told)) == told_of
    )


def test_each_quotation_of_a_note_is_on_its_own_line(root: Path) -> None:
    notes = (
        "---\nrating: A\n---\n# The lock\n\nFirst, “stands empty since the spring” it\n"
        "says, and “the crews talk and talk”\\\nand then, in a [link\nof two lines](a.md), “this is"
        " on line nine”\n\n> [!note]+\n>\n> “two towns, seen from a bridge”\n"
        "> - “an item on line 14”\n"
    )
    (root / "readings/walk/ana.md").write_text(notes, encoding="utf-8")
    found = [
        (notes.splitlines()[(q.host.place.line or 0) - 1], q.quote)
        for q in builders.open_study(root).study.audit.quotations
        if q.host.kind == "note"
    ]
    assert len(found) == 5
    assert [quote for line, quote in found if f"“{quote}”" not in line] == []


PAPER = (
    "# Of Bees\n\nNobody in the hive is in charge of anything, and honey is made all the same.\n"
)
ESSAY = """\
# Of Work

As a keeper wrote, “nobody in the hive is in charge of anything, and honey is made all the same.”

Others wrote: “nobody in the hive is in charge of much, and honey is made.”
"""
COMMENTS = """\
---
kind: thread
---
# Ana

She says “nobody in the hive is in charge of anything” and means it.

# Ben

On “nobody in the hive is in charge of much”: who is “in charge of much”?
"""


def test_of_several_places_the_source_is_taken_and_not_who_quotes_it(tmp_path: Path) -> None:
    files = {"paper": PAPER, "essay": ESSAY, "comments": COMMENTS}
    root = builders.write_study(tmp_path, {f"readings/{n}.md": t for n, t in files.items()})
    audit = builders.open_study(root).study.audit
    (ana,) = audit.quoted_by("comments", "ana")
    assert ana.match.verdict == "exact"
    assert ana in audit.quoted_in("paper", "of-bees")
    assert audit.chain(ana) == ()


def test_a_chain_leads_from_the_passage_that_is_quoted_to_its_source(tmp_path: Path) -> None:
    files = {"paper": PAPER, "essay": ESSAY, "comments": COMMENTS}
    root = builders.write_study(tmp_path, {f"readings/{n}.md": t for n, t in files.items()})
    audit = builders.open_study(root).study.audit
    ben = audit.quoted_by("comments", "ben")[0]
    assert ben in audit.quoted_in("essay", "of-work")
    (link,) = audit.chain(ben)
    assert link in audit.quoted_by("essay", "of-work")
    assert link in audit.quoted_in("paper", "of-bees")


def test_what_a_section_repeats_is_found_where_it_said_it_first(tmp_path: Path) -> None:
    text = "# A\n\nFirst: “so says the old song of them”.\n\nAgain “so says the old song” twice.\n"
    root = builders.write_study(tmp_path, {"readings/a.md": text})
    first, second = builders.open_study(root).study.audit.quotations
    assert first.match.verdict == "missing"
    assert second.match.anchor is not None
    assert (second.match.verdict, second.match.anchor.paragraph) == ("exact", 1)


def test_what_a_text_has_from_another_without_marks_is_shown_from_both_ends(
    tmp_path: Path,
) -> None:
    lifted = (
        "the keeper of the lower lock rose at four every winter morning, broke the ice along the"
        " gates with a long iron pole, and entered in a ledger how thick it had been"
    )
    source = f"---\nyear: 1911\n---\n# The Keeper\n\nIn those years {lifted}. He never said why.\n"
    changed = lifted.replace("iron", "wooden")
    late = f"---\nyear: 1950\n---\n# Of Ice\n\nIt is told that {changed}.\n"
    files = {"source": source, "late": late}
    root = builders.write_study(tmp_path, {f"readings/{n}.md": t for n, t in files.items()})
    audit = builders.open_study(root).study.audit
    (quoting,) = audit.quoted_in("source", "the-keeper")
    assert audit.quoted_by("late", "of-ice") == (quoting,)
    assert (quoting.form, quoting.match.verdict) == ("unmarked", "altered")
