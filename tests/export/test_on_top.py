"""What stands on top of a write-up: decisions, questions open and answered, actions."""

from datetime import timedelta

import pytest

from studygroup.core.meeting.history import across
from studygroup.core.meeting.journal import Event
from studygroup.core.meeting.replay import replay
from studygroup.export.blocks import merge
from studygroup.export.markdown import generated
from studygroup.export.write_up import write_up
from tests.export.meetings import AT_BRIDGE, AT_LOCK, START, STUDY, session, text


def test_questions_that_were_answered_stand_on_top_with_their_answers() -> None:
    taken = {**AT_LOCK, "question": "x/b#2"}
    carried = {"kind": "question", "title": "Who pays", **taken, "of": "x/b#2"}
    told = [
        ("answered", {"by": "ana", "text": "The town.", "of": "x/b#2", **AT_LOCK}),
        ("asked", {"text": "Which town", **AT_BRIDGE}),
        ("answered", {"by": "ben okri", "text": "Ours.", "of": "ana#5"}),
        ("answered", {"text": "Both.", "of": "ana#5"}),
        ("asked", {"text": "Why", **AT_LOCK}),
    ]
    written = merge("", generated(write_up(session(*told, agenda=[carried]), STUDY))).text
    top = written[: written.index("## 1 The Lock")]
    assert "## Open questions\n\n- Why? — §1 The Lock\n" in top
    answered = "## Questions answered\n\n- Who pays? — **Ana:** The town. (§1 The Lock)\n"
    several = "- Which town? (§2 The Bridge)\n    - **Ben Okri:** Ours.\n    - Both.\n"
    assert answered + several in top


def test_a_question_answered_since_says_on_which_day() -> None:
    asked = session(("asked", {"text": "Who pays", **AT_LOCK}))
    day = START + timedelta(days=7)
    fields = {"text": "All.", "by": "ana", "of": "2026-11-23-walk/ana#4"}
    later = replay("2026-11-30-walk", [Event(1, day, "answered", fields, "ben")])
    first, _ = across([asked, later])
    written = merge("", generated(write_up(first, STUDY))).text
    assert "Who pays? — *on Monday, 30 November 2026:* **Ana:** All. (§1 The Lock)" in written
    assert "## Open questions" not in written


def test_an_answered_question_is_told_with_its_answer_and_left_open_no_more() -> None:
    asked = ("asked", {"text": "Who pays?", **AT_LOCK})
    written = text(asked, ("answered", {"by": "ana", "text": "Everybody.", "of": "ana#4"}))
    assert "- *asked:* Who pays?\n    - **Ana:** *answered:* Everybody." in written
    assert "Open questions" not in written
    assert "## Open questions\n\n- Who pays? — §1 The Lock" in text(asked)


def test_actions_have_owner_and_due_date() -> None:
    written = text(
        ("action", {"text": "copy it", "owner": "ana", "due": "fri", "due_on": "2026-11-27"}),
        ("action", {"text": "bring tea"}),
    )
    assert "- [ ] **Ana:** copy it — by Friday, 27 November\n- [ ] bring tea" in written


def test_decisions_are_gathered_on_top_with_their_place() -> None:
    written = text(("took_up", AT_LOCK), ("decided", {"by": "ana", "text": "We meet weekly."}))
    assert "## Decisions\n\n- **Ana:** We meet weekly. (§1 The Lock)" in written
    assert written.index("## Decisions") < written.index("## 1 The Lock")


@pytest.mark.parametrize("many", [0, 1, 15])
def test_everything_is_on_top_however_much_there_is_and_no_heading_stands_over_nothing(
    many: int,
) -> None:
    told = [("asked", {"text": f"Why {n}", **AT_LOCK}) for n in range(many)]
    told += [("action", {"text": f"do {n}", "owner": "ana", **AT_LOCK}) for n in range(many)]
    told += [("decided", {"text": f"rule {n}", **AT_LOCK}) for n in range(many)]
    top = text(("said", {"text": "a", **AT_LOCK}), *told).partition("## 1 The Lock")[0]
    for title, line in (("Open questions", "- Why "), ("Actions", "- [ ] "), ("Decisions", "- r")):
        assert (f"## {title}\n" in top) == bool(many)
        assert top.count(line) == many
    assert "## Questions answered" not in top
