"""Who has spoken: a chart in the order of names, over a session that goes on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.history import Speaking
from studygroup.tui.screens.floor import FloorScreen
from studygroup.tui.widgets.blocks import lay_out
from studygroup.tui.widgets.floor_chart import chart_blocks
from tests.tui.driving import OpenApp, settle, shown

SIZES = [(140, 40), (80, 24), (40, 12), (20, 5)]
names = st.text("abcdeö漢 -", min_size=1, max_size=30)


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(Speaking, names, st.floats(0, 30_000), st.integers(0, 999)),
        max_size=6,
        unique_by=lambda who: who.reader,
    ),
    st.integers(40, 160),
)
def test_a_chart_has_a_line_for_each_reader_in_the_order_given(
    heard: list[Speaking], width: int
) -> None:
    blocks = chart_blocks(heard, width)
    lines = lay_out(blocks, width).lines
    assert len(lines) == len(blocks) == len(heard)
    for who, block in zip(heard, blocks, strict=True):
        assert f"{who.turns} turn" in block.text


def test_bars_are_as_long_as_the_time_and_figures_say_it_too() -> None:
    heard = [Speaking("ana", 600, 3), Speaking("ben", 300, 1), Speaking("cleo", 0, 0)]
    bars = [block.text.count("━") for block in chart_blocks(heard, 60)]
    assert bars[0] > 20
    assert abs(bars[0] - 2 * bars[1]) <= 1
    assert bars[2] == 0
    texts = [block.text.replace("━", "").strip() for block in chart_blocks(heard, 30)]
    assert [t.split(maxsplit=1)[0] for t in texts] == ["10", "5", "0"]
    assert texts[1].endswith("1 turn")


@pytest.mark.parametrize("size", SIZES)
async def test_the_chart_comes_and_goes_with_one_key_and_leads_to_the_line(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    sessions = open_workspace(root).sessions
    with sessions.start(["walk"], attendance=["dora", "ana", "ben"]) as recording:
        for line in ("dora: yes", "ana: no", "+ben", "next", "+dora", "+ana"):
            recording.record(line)
    async with open_app().run_test(size=size) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        await pilot.press("escape", "F")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 2
        if size[0] >= 40:
            text = shown(pilot)
            assert text.index("ana ") < text.index("ben ") < text.index("dora ")
            assert "Floor: ben · waiting: dora, ana" in text
        await pilot.press("F")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 1
        await pilot.press("F")
        await settle(pilot)
        await pilot.press("colon", *"so", "enter")
        await settle(pilot)
        assert screen.desk.session is not None
        assert [(e.by, e.text) for e in screen.desk.session.entries][-1] == ("ben", "so")


async def test_the_chart_goes_on_while_it_is_looked_at(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace(root).sessions.start(["walk"], attendance=["ana"]) as recording:
        recording.record("ana: so")
        recording.close()
    async with open_app().run_test(size=(80, 24)) as pilot:
        screen = await settle(pilot)
        screen.desk.open(recording.id)
        await settle(pilot)
        await pilot.press("escape", "F")
        await settle(pilot)
        floor = pilot.app.screen
        assert isinstance(floor, FloorScreen)
        assert "min" not in shown(pilot).partition("Who has spoken")[2].partition("turn")[0]
        real = floor._clock
        monkeypatch.setattr(floor, "_clock", lambda: real() + timedelta(minutes=7))
        floor._draw()
        await pilot.pause()
        assert "7 min · 1 turn" in shown(pilot)


async def test_without_a_session_nobody_has_spoken(open_app: OpenApp) -> None:
    async with open_app().run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("F")
        await settle(pilot)
        assert "No session is running here" in shown(pilot)
