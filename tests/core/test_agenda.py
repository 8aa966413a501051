"""The agenda: what is carried over, then the text in order, with timeboxes that add up."""

from collections.abc import Mapping
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.agenda import propose
from studygroup.core.errors import Place
from studygroup.core.journal import Event, agenda_fields
from studygroup.core.prompt import PHASES, Phase, Prompt
from studygroup.core.replay import replay
from studygroup.core.session import AgendaItem, Session, Spot
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
    items = propose([WALK], prompts, 90)
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
    items = propose([WALK], [prompt("a", LOCK, 10), prompt("b", LOCK, 20)], 0)
    minutes = {i.title: i.minutes for i in items}
    assert (minutes["a"], minutes["b"], minutes["1 The Lock"]) == (10, 20, 30)


def test_timeboxes_are_scaled_to_the_planned_length() -> None:
    items = propose([WALK], [prompt("a", LOCK, 10), prompt("b", BRIDGE, 30)], 90)
    minutes = {i.title: i.minutes or 0 for i in items}
    assert 20 <= minutes["a"] <= 23
    assert 60 <= minutes["b"] <= 68


def test_a_section_without_prompts_gets_minutes_by_its_length() -> None:
    long, short = "word " * 1800, "word " * 50
    text = f"---\ntitle: T\n---\n\n# Long\n\n{long}\n\n# Short\n\n{short}\n\n# Asked\n\n{short}\n"
    walk = reading(text)
    items = propose([walk], [prompt("a", "asked", 10)], 90)
    minutes = {i.title: i.minutes or 0 for i in items}
    assert 1 <= minutes["Short"] <= 2
    assert 30 <= minutes["Long"] <= 45
    assert 45 <= minutes["a"] <= 60
    assert [i.minutes for i in propose([walk], [], 0)] == [7, 1, 1]


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
    items = propose([WALK], prompts, planned)
    with_prompts = {i.spot.section for i in items if i.kind == "prompt"}
    counted = [i for i in items if i.kind == "prompt" or i.spot.section not in with_prompts]
    assert sum(i.minutes or 0 for i in counted) == planned
    assert {i.spot.prompt for i in items if i.kind == "prompt"} == {p.id for p in prompts}


def test_prompts_not_reached_come_first_next_time_and_only_once() -> None:
    prompts = [prompt("a", LOCK), prompt("b", BRIDGE), prompt("c", BRIDGE)]
    first = held(
        "2026-11-01-walk",
        propose([WALK], prompts, 60),
        ("took_up", {"reading": "walk", "section": LOCK, "prompt": "a"}),
        ("settled", {"reading": "walk", "prompt": "c", "how": "skipped"}),
    )
    items = propose([WALK], prompts, 60, [first])
    assert (items[0].title, items[0].carried_from) == ("b", first.id)
    assert titles(items).count("b") == 1
    assert [i.title for i in items if i.carried_from] == ["b"]


def test_a_prompt_that_no_longer_exists_is_not_carried_over() -> None:
    first = held("2026-11-01-walk", propose([WALK], [prompt("gone", LOCK)], 60))
    assert "gone" not in titles(propose([WALK], [], 60, [first]))


def test_a_question_is_carried_over_until_some_later_session_answers_it() -> None:
    first = held("2026-11-01-walk", (), ("asked", {"text": "Who pays?"}))
    items = propose([WALK], [], 60, [first])
    assert (items[0].kind, items[0].title, items[0].of) == (
        "question",
        "Who pays?",
        "2026-11-01-walk/ana#2",
    )
    second = held("2026-11-08-walk", items)
    again = propose([WALK], [], 60, [first, second])
    assert [(i.title, i.carried_from) for i in again if i.of] == [("Who pays?", first.id)]
    answer = {"text": "Ben.", "of": "2026-11-01-walk/ana#2"}
    third = held("2026-11-15-walk", again, ("answered", answer))
    assert [i for i in propose([WALK], [], 60, [first, second, third]) if i.of] == []


def test_a_topic_is_carried_over_until_it_is_taken_up() -> None:
    first = held("2026-11-01-a", (), ("topic", {"text": "Money"}))
    (carried, *_) = propose([WALK], [], 0, [first])
    assert (carried.kind, carried.title, carried.carried_from) == ("topic", "Money", first.id)
    again = held("2026-11-02-b", (carried,))
    (carried, *_) = propose([WALK], [], 0, [first, again])
    assert (carried.title, carried.carried_from) == ("Money", first.id)
    talked = held("2026-11-02-b", (carried,), ("took_up", {"reading": "", "topic": "Money"}))
    assert "Money" not in titles(propose([WALK], [], 0, [first, talked]))


def test_what_was_left_over_on_other_readings_stays_there() -> None:
    other = held("2026-11-01-x", (), ("asked", {"text": "Elsewhere?"}))
    assert titles(propose([reading(slug="other")], [], 60, [other]))[0] != "Elsewhere?"


def test_the_next_prompt_is_sought_here_then_further_on_then_from_the_top() -> None:
    prompts = [prompt("a", LOCK), prompt("b", BRIDGE), prompt("c", "its-builders")]
    agenda = propose([WALK], prompts, 60)

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
