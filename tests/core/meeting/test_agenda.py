"""The agenda: what is carried over, then the text in order, with timeboxes that add up."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.errors import Place
from studygroup.core.meeting.agenda import propose
from studygroup.core.meeting.journal import Event, agenda_fields
from studygroup.core.meeting.replay import replay
from studygroup.core.meeting.session import AgendaItem, Session, Spot
from studygroup.core.prompt import PHASES, Phase, Prompt
from studygroup.core.reading import Reading
from tests.builders import reading

WALK = reading()
SECTIONS = [s.id for s in WALK.sections]
LOCK, BRIDGE = "1-the-lock", "2-the-bridge"


def prompt(
    name: str, section: str | None, minutes: int | None = None, phase: Phase = "core"
) -> Prompt:
    place = Place("questions/walk.yaml", 1)
    return Prompt(
        name, "walk", section or "", name, place, phase=phase, minutes=minutes, section=section
    )


def proposed(
    readings: Sequence[Reading],
    prompts: Sequence[Prompt],
    planned: int,
    earlier: Sequence[Session] = (),
    topics: Sequence[AgendaItem] = (),
) -> tuple[AgendaItem, ...]:
    return propose(readings, prompts, planned, earlier, topics).items


def titles(items: tuple[AgendaItem, ...]) -> list[str]:
    return [i.title for i in items]


def held(
    session: str, agenda: tuple[AgendaItem, ...], *told: tuple[str, dict[str, str]]
) -> Session:
    at = datetime(2026, 11, 1, 19, tzinfo=UTC)
    opened = {"readings": ["walk"], "agenda": [agenda_fields(i) for i in agenda]}
    events: list[tuple[str, Mapping[str, object]]] = [("opened", opened), *told]
    return replay(session, (Event(n, at, e, f, "ana") for n, (e, f) in enumerate(events, 1)))


def test_sections_come_in_reading_order_each_with_its_prompts_by_phase() -> None:
    prompts = [
        prompt("last", LOCK, phase="closing"),
        prompt("second", LOCK),
        prompt("first", LOCK, phase="opening"),
        prompt("bridge", BRIDGE),
        prompt("before", None, phase="opening"),
        prompt("after", None),
        prompt("end", None, phase="closing"),
    ]
    items = proposed([WALK], prompts, 90)
    assert titles(items) == [
        "before",
        "A Walk by the Canal",
        "1 The Lock",
        "first",
        "second",
        "last",
        "2 The Bridge",
        "bridge",
        "Its Builders",
        "after",
        "end",
    ]


def test_a_sections_timebox_is_that_of_its_prompts() -> None:
    items = proposed([WALK], [prompt("a", LOCK, 10), prompt("b", LOCK, 20)], 0)
    minutes = {i.title: i.minutes for i in items}
    assert (minutes["a"], minutes["b"], minutes["1 The Lock"]) == (10, 20, 30)


def test_timeboxes_are_scaled_to_the_planned_length() -> None:
    items = proposed([WALK], [prompt("a", LOCK, 10), prompt("b", BRIDGE, 30)], 90)
    minutes = {i.title: i.minutes or 0 for i in items}
    assert 20 <= minutes["a"] <= 23
    assert 60 <= minutes["b"] <= 68


def test_a_section_without_prompts_gets_minutes_by_its_length() -> None:
    long, short = "word " * 1800, "word " * 50
    text = f"---\ntitle: T\n---\n\n# Long\n\n{long}\n\n# Short\n\n{short}\n\n# Asked\n\n{short}\n"
    walk = reading(text)
    items = proposed([walk], [prompt("a", "asked", 10)], 90)
    minutes = {i.title: i.minutes or 0 for i in items}
    assert 1 <= minutes["Short"] <= 2
    assert 30 <= minutes["Long"] <= 45
    assert 45 <= minutes["a"] <= 60
    assert [i.minutes for i in proposed([walk], [], 0)] == [7, 1, 1]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*SECTIONS, None]),
            st.none() | st.integers(1, 60),
            st.sampled_from(PHASES),
        ),
        max_size=12,
    ),
    st.integers(1, 300),
)
def test_timeboxes_add_up_to_the_planned_length(
    drawn: list[tuple[str | None, int | None, Phase]], planned: int
) -> None:
    prompts = [prompt(f"p{n}", s, m, p) for n, (s, m, p) in enumerate(drawn)]
    items = proposed([WALK], prompts, planned)
    with_prompts = {i.spot.section for i in items if i.kind == "prompt"}
    counted = [i for i in items if i.kind == "prompt" or i.spot.section not in with_prompts]
    assert sum(i.minutes or 0 for i in counted) == planned
    assert {i.spot.prompt for i in items if i.kind == "prompt"} == {p.id for p in prompts}
    assert len({(i.kind, i.spot) for i in items}) == len(items)
    assert [i.spot.section for i in items if i.kind == "section"] == SECTIONS


AT_LOCK = ("took_up", {"reading": "walk", "section": LOCK, "prompt": "a"})
TOPIC = AgendaItem("topic", "ana and ben criticise it", Spot("walk", LOCK, topic="criticised"), 5)


def test_prompts_not_reached_of_a_section_that_was_opened_come_first_next_time_and_only_once() -> (
    None
):
    prompts = [prompt("a", LOCK), prompt("b", LOCK), prompt("c", BRIDGE), prompt("d", LOCK)]
    skipped = ("settled", {"reading": "walk", "prompt": "d", "how": "skipped"})
    first = held("2026-11-01-walk", proposed([WALK], prompts, 60), AT_LOCK, skipped)
    items = proposed([WALK], prompts, 60, [first])
    assert (items[0].title, items[0].carried_from) == ("b", first.id)
    assert [i.title for i in items if i.carried_from] == ["b"]
    assert titles(items) == ["b", "A Walk by the Canal", "2 The Bridge", "c", "Its Builders"]


def test_prompts_of_a_section_that_nobody_came_to_stay_in_their_place() -> None:
    prompts = [prompt("a", LOCK), prompt("b", BRIDGE), prompt("c", "its-builders")]
    leafed = ("took_up", {"reading": "walk", "section": BRIDGE})
    first = held("2026-11-01-walk", proposed([WALK], prompts, 60), AT_LOCK, leafed)
    items = proposed([WALK], prompts, 60, [first])
    assert [i.title for i in items if i.carried_from] == []
    assert titles(items)[-4:] == ["2 The Bridge", "b", "Its Builders", "c"]


def test_a_deferred_prompt_is_carried_over_until_it_is_asked() -> None:
    prompts = [prompt("a", LOCK), prompt("b", BRIDGE)]
    deferred = ("settled", {"reading": "walk", "prompt": "a", "how": "deferred"})
    first = held("2026-11-01-walk", proposed([WALK], prompts, 60), AT_LOCK, deferred)
    (again, *_) = items = proposed([WALK], prompts, 60, [first])
    assert (again.title, again.carried_from) == ("a", first.id)
    second = held("2026-11-08-walk", items)
    assert proposed([WALK], prompts, 60, [first, second])[0].carried_from == first.id
    third = held("2026-11-15-walk", items, AT_LOCK)
    assert "a" not in titles(proposed([WALK], prompts, 60, [first, second, third]))


def test_what_was_discussed_is_left_out_until_something_new_is_asked_there() -> None:
    prompts = [prompt("a", LOCK), prompt("b", BRIDGE)]
    first = held("2026-11-01-walk", proposed([WALK], prompts, 60), AT_LOCK)
    draft = propose([WALK], prompts, 60, [first])
    assert titles(draft.left_out) == ["1 The Lock", "a"]
    assert {line.discussed for line in draft.lines if not line.kept} == {"2026-11-01"}
    newer = [*prompts, prompt("new", LOCK)]
    items = proposed([WALK], newer, 60, [first])
    assert titles(items)[-2:] == ["1 The Lock", "new"]
    assert sum(i.minutes or 0 for i in items if i.title in ("new", "1 The Lock")) > 0


def test_a_text_that_was_discussed_whole_is_proposed_once_more_without_what_was_dropped() -> None:
    prompts = [prompt("a", LOCK), prompt("b", BRIDGE)]
    told = [("took_up", {"reading": "walk", "section": s.id}) for s in WALK.sections]
    said = [("said", {"text": "so", "reading": "walk", "section": s.id}) for s in WALK.sections]
    asked = ("took_up", {"reading": "walk", "section": BRIDGE, "prompt": "b"})
    dropped = ("settled", {"reading": "walk", "prompt": "b", "how": "skipped"})
    agenda = proposed([WALK], prompts, 60)
    first = held("2026-11-01-walk", agenda, AT_LOCK, *told, *said, asked, dropped)
    items = proposed([WALK], prompts, 60, [first])
    assert titles(items) == [
        "A Walk by the Canal",
        "1 The Lock",
        "a",
        "2 The Bridge",
        "Its Builders",
    ]


def test_a_criticised_passage_stands_behind_its_sections_prompts_until_it_is_taken_up() -> None:
    prompts = [prompt("a", LOCK, 10)]
    items = proposed([WALK], prompts, 0, topics=[TOPIC])
    assert titles(items)[1:4] == ["1 The Lock", "a", TOPIC.title]
    assert [i.minutes for i in items[1:4]] == [10, 10, 5]
    opened = held("2026-11-01-walk", items, AT_LOCK)
    (left, *_) = proposed([WALK], prompts, 0, [opened], [TOPIC])
    assert (left.title, left.carried_from) == (TOPIC.title, opened.id)
    assert TOPIC.title not in titles(proposed([WALK], prompts, 0, [opened]))
    taken = ("took_up", {"reading": "walk", "section": LOCK, "topic": "criticised"})
    talked = held("2026-11-08-walk", items, AT_LOCK, taken)
    again = proposed([WALK], prompts, 0, [opened, talked], [TOPIC])
    assert TOPIC.title not in titles(again)


def test_a_prompt_that_no_longer_exists_is_not_carried_over() -> None:
    first = held("2026-11-01-walk", proposed([WALK], [prompt("gone", LOCK)], 60))
    assert "gone" not in titles(proposed([WALK], [], 60, [first]))


def test_a_question_is_carried_over_until_some_later_session_answers_it() -> None:
    first = held("2026-11-01-walk", (), ("asked", {"text": "Who pays?"}))
    items = proposed([WALK], [], 60, [first])
    assert (items[0].kind, items[0].title, items[0].of) == (
        "question",
        "Who pays?",
        "2026-11-01-walk/ana#2",
    )
    second = held("2026-11-08-walk", items)
    again = proposed([WALK], [], 60, [first, second])
    assert [(i.title, i.carried_from) for i in again if i.of] == [("Who pays?", first.id)]
    answer = {"text": "Ben.", "of": "2026-11-01-walk/ana#2"}
    third = held("2026-11-15-walk", again, ("answered", answer))
    assert [i for i in proposed([WALK], [], 60, [first, second, third]) if i.of] == []


def test_a_topic_is_carried_over_until_it_is_taken_up() -> None:
    first = held("2026-11-01-a", (), ("topic", {"text": "Money"}))
    (carried, *_) = proposed([WALK], [], 0, [first])
    assert (carried.kind, carried.title, carried.carried_from) == ("topic", "Money", first.id)
    again = held("2026-11-02-b", (carried,))
    (carried, *_) = proposed([WALK], [], 0, [first, again])
    assert (carried.title, carried.carried_from) == ("Money", first.id)
    talked = held("2026-11-02-b", (carried,), ("took_up", {"reading": "", "topic": "Money"}))
    assert "Money" not in titles(proposed([WALK], [], 0, [first, talked]))


def test_what_was_left_over_on_other_readings_stays_there() -> None:
    other = held("2026-11-01-x", (), ("asked", {"text": "Elsewhere?"}))
    assert titles(proposed([reading(slug="other")], [], 60, [other]))[0] != "Elsewhere?"


def test_the_next_prompt_is_sought_here_then_further_on_then_from_the_top() -> None:
    prompts = [prompt("a", LOCK), prompt("b", BRIDGE), prompt("c", "its-builders")]
    agenda = proposed([WALK], prompts, 60)

    def following(*told: tuple[str, dict[str, str]]) -> str | None:
        item = held("s", agenda, *told).next_prompt()
        return None if item is None else item.title

    at_bridge = ("took_up", {"reading": "walk", "section": BRIDGE})
    asked_b = ("took_up", {"reading": "walk", "section": BRIDGE, "prompt": "b"})
    asked_c = ("took_up", {"reading": "walk", "section": "its-builders", "prompt": "c"})
    assert following() == "a"
    assert following(at_bridge) == "b"
    assert following(at_bridge, asked_b) == "c"
    assert following(asked_b, asked_c) == "a"
    settled = ("settled", {"reading": "walk", "prompt": "a", "how": "deferred"})
    assert following(asked_b, asked_c, settled) is None


def test_a_spot_without_its_prompt_is_its_place() -> None:
    assert Spot("walk", LOCK, "a").place == Spot("walk", LOCK)
