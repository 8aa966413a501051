"""Why a line was taken for a heading or left in the text, as the draft carries it."""

from __future__ import annotations

from pathlib import Path

from studygroup.core.draft import ENOUGH
from studygroup.importers.detect import read
from studygroup.importers.headings import WEIGHTS
from studygroup.importers.plain_text import read as read_text
from studygroup.importers.reasons import reasons_of

SENTENCE = "The boats wait here for hours, and talking is the only traffic that is left to them. "
TEXT = f"""\
A Walk

{SENTENCE * 3}

Small Locks

{SENTENCE * 3}

“Water finds its own level”

{SENTENCE * 3}
"""


def test_every_feature_is_put_into_words_the_weightiest_first() -> None:
    reasons = reasons_of(WEIGHTS)
    assert {(reason.name, reason.weight) for reason in reasons} == set(WEIGHTS.items())
    assert all(reason.said and reason.said[0].islower() for reason in reasons)
    assert abs(reasons[0].weight) == max(map(abs, WEIGHTS.values()))


def test_a_draft_carries_why_lines_were_taken_and_why_not() -> None:
    draft = read_text(TEXT, "walk")
    assert draft.is_judged
    by_text = {block.text: block for block in draft.blocks}
    taken, left = by_text["Small Locks"], by_text["“Water finds its own level”"]
    assert taken.kind == "heading"
    assert taken.score >= ENOUGH
    assert taken.is_doubtful
    assert left.kind != "heading"
    assert left.score < ENOUGH
    assert "quoted" in {reason.name for reason in left.reasons}
    assert not by_text[(SENTENCE * 3).strip()].reasons


def test_what_marks_its_headings_leaves_nothing_to_doubt(tmp_path: Path) -> None:
    path = tmp_path / "walk.md"
    path.write_text("# One\n\nText.\n\n# Two\n\nText.\n", encoding="utf-8")
    draft = read(path)
    assert not draft.is_judged
    assert not any(block.is_doubtful for block in draft.blocks)


def test_in_a_real_essay_every_heading_and_every_lookalike_says_why(seeds: Path) -> None:
    draft = read(seeds / "road-maps-dead-ends.txt")
    headings = [block for block in draft.blocks if block.kind == "heading"]
    assert len(headings) == 9
    assert all(block.reasons for block in headings)
    lookalikes = [b for b in draft.blocks if b.kind != "heading" and b.is_doubtful]
    assert {"credit", "byline"} <= {r.name for block in lookalikes for r in block.reasons}
