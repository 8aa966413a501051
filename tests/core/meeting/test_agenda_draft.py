"""An agenda that is edited: sections take their prompts along, and the minutes add up."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.meeting.agenda_draft import AgendaDraft, draft_of, share_out
from studygroup.core.meeting.session import AgendaItem, Spot


def section(name: str, minutes: int = 4) -> AgendaItem:
    return AgendaItem("section", name, Spot("walk", name), minutes)


def prompt(name: str, where: str, minutes: int = 5, carried: str = "") -> AgendaItem:
    return AgendaItem("prompt", name, Spot("walk", where, name), minutes, carried)


def topic(name: str) -> AgendaItem:
    return AgendaItem("topic", name, Spot(topic=name), 3)


ITEMS = (
    prompt("old", "lock", 3, "2026-11-01-walk"),
    section("lock"),
    prompt("a", "lock"),
    prompt("b", "lock"),
    topic("money"),
    section("bridge"),
    prompt("c", "bridge"),
)
DRAFT = draft_of(ITEMS, 20)


def names(draft: AgendaDraft) -> str:
    return " ".join(i.title for i in draft.items)


def test_a_section_is_moved_with_its_prompts_past_what_stands_next_to_it() -> None:
    draft, at = DRAFT.moved(1, 1)
    assert (names(draft), at) == ("old money lock a b bridge c", 2)
    draft, at = draft.moved(at, 1)
    assert (names(draft), at) == ("old money bridge c lock a b", 4)
    assert draft.moved(at, 1) == (draft, at)
    draft, at = draft.moved(at, -1)
    assert names(draft) == "old money lock a b bridge c"


def test_a_prompt_moves_within_its_section_and_at_the_edge_out_of_it_and_back() -> None:
    draft, at = DRAFT.moved(3, -1)
    assert (names(draft), at) == ("old lock b a money bridge c", 2)
    draft, at = draft.moved(at, -1)
    assert (names(draft), at) == ("old b lock a money bridge c", 1)
    assert draft.items[2].minutes == 5
    draft, at = draft.moved(at, 1)
    assert (names(draft), at) == ("old lock b a money bridge c", 2)
    assert draft.items[1].minutes == 10


def test_a_section_is_dropped_and_brought_back_with_its_prompts() -> None:
    dropped = DRAFT.dropped(1)
    assert names(dropped) == "old money bridge c"
    assert [i.title for i in dropped.left_out] == ["lock", "a", "b"]
    assert dropped.total == 11
    assert names(dropped.dropped(1)) == names(DRAFT)
    assert names(dropped.dropped(2)) == "old lock a money bridge c"


def test_a_prompt_that_is_dropped_takes_its_minutes_out_of_the_section() -> None:
    draft = DRAFT.dropped(2)
    assert names(draft) == "old lock b money bridge c"
    assert [i.minutes for i in draft.items[:3]] == [3, 5, 5]


def test_minutes_of_a_section_go_to_its_shortest_prompt_and_come_from_its_longest() -> None:
    draft = DRAFT.lengthened(2, 1)
    assert [draft.minutes_at(n) for n in (1, 2, 3)] == [11, 6, 5]
    draft = draft.lengthened(1, 1)
    assert [draft.minutes_at(n) for n in (1, 2, 3)] == [12, 6, 6]
    draft = draft.lengthened(1, -1)
    assert [draft.minutes_at(n) for n in (1, 2, 3)] == [11, 5, 6]
    assert draft.lengthened(1, 1, among={3}).minutes_at(3) == 7
    for _ in range(9):
        draft = draft.lengthened(0, -1)
    assert draft.minutes_at(0) == 1


def test_a_topic_is_added_behind_the_section_one_stands_in_and_only_once() -> None:
    draft, at = DRAFT.with_topic("Who pays", 2)
    assert (names(draft), at) == ("old lock a b Who pays money bridge c", 4)
    assert draft.items[4].spot == Spot(topic="Who pays")
    again, found = draft.dropped(at).with_topic("who pays", 0)
    assert (names(again), found) == (names(draft), at)
    empty, at = AgendaDraft().with_topic("First", 0)
    assert (names(empty), at) == ("First", 0)


def test_the_line_that_is_not_over_in_the_planned_time_is_known() -> None:
    assert (DRAFT.total, DRAFT.over_from()) == (21, 6)
    assert DRAFT.rescaled(20).over_from() is None
    assert draft_of(ITEMS, 0).over_from() is None


def test_only_what_is_told_shares_the_minutes_that_are_left() -> None:
    draft = DRAFT.rescaled(6, among={4, 6})
    assert [draft.minutes_at(n) for n in (0, 2, 3)] == [3, 5, 5]
    assert draft.minutes_at(4) + draft.minutes_at(6) == 6


@given(st.dictionaries(st.integers(0, 40), st.floats(0, 90), min_size=1), st.integers(1, 400))
def test_shared_minutes_add_up_and_everybody_gets_one_where_there_are_enough(
    weights: dict[int, float], planned: int
) -> None:
    minutes = share_out(weights, planned)
    assert sum(minutes.values()) == planned
    assert set(minutes) == set(weights)
    assert min(minutes.values()) >= (1 if planned >= len(weights) else 0)


EDITS = st.lists(
    st.tuples(st.sampled_from(["down", "up", "drop", "more", "less", "fit"]), st.integers(0, 6)),
    max_size=25,
)


@given(EDITS, st.integers(10, 200))
def test_whatever_is_edited_nothing_is_lost_or_doubled_and_the_minutes_add_up(
    edits: list[tuple[str, int]], planned: int
) -> None:
    draft = draft_of(ITEMS, planned)
    for what, at in edits:
        if what in ("down", "up"):
            line = draft.lines[at]
            draft, at = draft.moved(at, 1 if what == "down" else -1)
            assert draft.lines[at].item.spot == line.item.spot
        elif what == "drop":
            draft = draft.dropped(at)
        elif what == "fit":
            draft = draft.rescaled(planned)
            assert draft.total == (planned if draft.items else 0)
            assert draft.over_from() is None
        else:
            draft = draft.lengthened(at, 1 if what == "more" else -1)
        everything = [line.item.spot for line in draft.lines]
        assert Counter(everything) == Counter(i.spot for i in ITEMS)
        for n, line in enumerate(draft.lines):
            below = [m for m in draft.unit(n) if m != n and draft.lines[m].kept]
            if line.kept and line.item.kind == "section" and below:
                assert line.item.minutes == sum(map(draft.minutes_at, below))
