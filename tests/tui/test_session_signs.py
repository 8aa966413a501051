"""What the screen says of a session, for as long as it is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.session import Spot
from studygroup.tui.session_commands import LINE_FORMS
from studygroup.tui.widgets.session_bar import HINTS
from tests.tui.driving import OpenApp, flat, settle, shown

WIDE, SMALL = (140, 40), (80, 24)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_an_open_session_is_shown_as_long_as_it_is_not_recorded_here(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        session = recording.id
    async with open_app().run_test(size=size) as pilot:
        screen = await settle(pilot)
        first, *_, last = shown(pilot).splitlines()
        assert "a session is open" in first
        assert last.startswith(" : go on with the session")
        await pilot.press("colon")
        await settle(pilot)
        assert "a session is open" not in shown(pilot)
        screen.desk.leave()
    with open_workspace(root).sessions.record(session) as recording:
        recording.close()
    async with open_app().run_test(size=size) as pilot:
        await settle(pilot)
        assert "a session is open" not in shown(pilot)


async def test_a_session_opened_in_another_window_is_shown_after_reading_again(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        with open_workspace(root).sessions.start(["walk"]):
            await pilot.press("R")
            await settle(pilot)
            assert "a session is open" in shown(pilot)


async def test_reading_elsewhere_than_the_session_is_said_with_the_key_that_takes_it_up(
    open_app: OpenApp, root: Path
) -> None:
    with open_workspace(root).sessions.start(["walk"]):
        pass
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert "t takes up" not in shown(pilot)
        screen.open("notices", "rules")
        await settle(pilot)
        assert "session is at §" in shown(pilot)
        assert "t takes up this section" in shown(pilot)
        await pilot.press("escape", "t")
        await settle(pilot)
        assert "t takes up" not in shown(pilot)


async def test_going_on_with_a_session_opens_what_it_is_about(
    open_app: OpenApp, root: Path
) -> None:
    with open_workspace(root).sessions.start(["walk"]):
        pass
    async with open_app("notices", "rules").run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert screen.reading is not None
        assert screen.reading.slug == "walk"


async def test_who_is_refused_is_told_what_works_in_the_app(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.files.journal_folder._PATIENCE", 0.0)
    with open_workspace(root).sessions.start(["walk"]):
        async with open_app().run_test(size=WIDE, notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("colon")
            await settle(pilot)
            assert "STUDYGROUP_READER" in flat(shown(pilot))


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_notice_never_lies_over_what_is_recorded(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    with open_workspace(root).sessions.start(["walk"]):
        pass
    async with open_app().run_test(size=size, notifications=True) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        screen.app.notify("One sentence. " * 12)
        await settle(pilot)
        (toast,) = screen.query(Toast)
        assert toast.region.y <= 2
        assert toast.region.right >= size[0] - 3
        assert toast.region.bottom < screen.query_one("#session").region.y


async def test_the_line_says_once_whose_words_it_takes(open_app: OpenApp, root: Path) -> None:
    with open_workspace(root).sessions.start(["walk"], attendance=["ana", "ben"]) as recording:
        recording.record("ben: nobody asks")

    async with open_app().run_test(size=SMALL) as pilot:
        screen = await settle(pilot)

        def foot() -> str:
            return shown(pilot).splitlines()[screen.query_one("#recorder").region.y].strip()

        await pilot.press("colon")
        await settle(pilot)
        assert foot().startswith("ben: what is said")
        await pilot.press(*"ana: no")
        await settle(pilot)
        assert foot().startswith(": ana: no")
        await pilot.press("ctrl+u")
        screen.query_one("#session").line.last_entry = screen.desk.session.entries[0]  # type: ignore[union-attr, attr-defined]
        await pilot.press("up")
        await settle(pilot)
        assert foot().startswith("amend: ben: nobody asks")


async def test_a_tiny_terminal_shows_the_line_that_is_typed(open_app: OpenApp, root: Path) -> None:
    with open_workspace(root).sessions.start(["walk"]):
        pass
    async with open_app().run_test(size=(20, 5)) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon", *"here")
        await settle(pilot)
        *_, status, line = shown(pilot).splitlines()
        assert status.startswith(" ●")
        assert line.endswith("here")
        assert screen.text.region.height == 3


async def test_the_keys_that_end_a_session_and_strike_stand_on_a_small_screen(
    open_app: OpenApp, root: Path
) -> None:
    with open_workspace(root).sessions.start(["walk"]):
        pass
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        keys = shown(pilot).splitlines()[-1]
        assert "u strike" in keys
        assert "S session" in keys


async def test_a_session_that_is_recorded_here_is_not_said_to_wait(
    open_app: OpenApp, root: Path
) -> None:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        section = recording.session.spot.section
    async with open_app("walk", section).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert "● 00:00" in shown(pilot)
        assert "a session is open" not in shown(pilot)


@pytest.mark.parametrize(("height", "rows"), [(18, 0), (24, 3), (34, 5), (50, 6)])
async def test_a_taller_terminal_shows_more_of_what_was_said(
    open_app: OpenApp, root: Path, height: int, rows: int
) -> None:
    with open_workspace(root).sessions.start(["walk"], attendance=["ana"]) as recording:
        for number in range(9):
            recording.record(f"ana: remark {number}")
    async with open_app().run_test(size=(100, height)) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        said = [row.strip() for row in shown(pilot).splitlines() if "ana: remark" in row]
        assert said == [f"ana: remark {number}" for number in range(9 - rows, 9)]


async def test_what_was_said_last_is_shown_in_full_with_the_judgement_on_a_quotation(
    open_app: OpenApp, root: Path
) -> None:
    words = " ".join(f"word{number}" for number in range(24))
    with open_workspace(root).sessions.start(["walk"], attendance=["ana"]) as recording:
        recording.record(f"ana: {words}")
    async with open_app().run_test(size=(100, 34)) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert f"ana: {words}" in flat(shown(pilot))
        assert screen.desk.session is not None
        await pilot.press(*"> nobody said this, that much is sure", "enter")
        await settle(pilot)
        before, last, status, *_ = shown(pilot).splitlines()[-5:]
        assert before.strip().startswith("ana: word0")
        assert before.strip().endswith("…")
        assert last.rstrip().endswith("✗ not found in the readings")
        assert "●" in status


async def test_without_a_session_the_bottom_line_names_the_key_that_starts_one(
    open_app: OpenApp,
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "S session" in shown(pilot).splitlines()[-1]


async def test_a_small_screen_shows_how_a_long_quotation_was_judged_and_its_paragraph(
    open_app: OpenApp, root: Path
) -> None:
    words = "Boats wait here for hours; the crews talk, and talking is the only traffic left."
    with open_workspace(root).sessions.start(["walk"], attendance=["ana"]) as recording:
        recording.record(f"ana: > {words}")
        recording.record("ana: so much for traffic")
    async with open_app().run_test(size=(50, 24)) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        quoted = next(row for row in shown(pilot).splitlines() if "ana: >" in row)
        assert "… = §1 The Lock ¶3" in quoted


async def test_the_keys_of_a_session_come_first_while_one_runs_and_every_form_of_the_line_is_told(
    open_app: OpenApp, root: Path
) -> None:
    with open_workspace(root).sessions.start(["walk"]):
        pass
    async with open_app().run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        await pilot.press("escape", "?")
        await settle(pilot)
        keys = shown(pilot)
        assert keys.index("Next prompt") < keys.index("In the line for recording")
        await pilot.press("space")
        await settle(pilot)
        keys += shown(pilot)
        for form, _ in LINE_FORMS:
            assert form in keys
        assert keys.index(LINE_FORMS[-1][1]) < keys.index("Next paragraph")


async def test_an_action_shows_the_day_that_was_understood(open_app: OpenApp, root: Path) -> None:
    with open_workspace(root).sessions.start(["walk"], attendance=["ana", "ben"]) as recording:
        recording.record("* ben by 2031-05-07: ask at the town hall")
        recording.record("* ben by the thaw: ask again")
    async with open_app().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert "* ben by 2031-05-07 (7 May): ask at the town hall" in shown(pilot)
        assert "* ben by the thaw (no date): ask again" in shown(pilot)


async def test_the_foot_of_the_screen_follows_the_size_of_the_terminal(
    open_app: OpenApp, root: Path
) -> None:
    with open_workspace(root).sessions.start(["walk"], attendance=["ana"]) as recording:
        for number in range(9):
            recording.record(f"ana: remark {number}")
    async with open_app().run_test(size=(100, 40)) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        assert shown(pilot).count("ana: remark") == 6
        await pilot.resize_terminal(70, 24)
        screen.desk.tick()
        await settle(pilot)
        assert shown(pilot).count("ana: remark") == 3


@pytest.mark.parametrize("width", [44, 80, 140])
async def test_the_empty_line_names_as_many_forms_as_fit_and_cuts_none(
    open_app: OpenApp, root: Path, width: int
) -> None:
    with open_workspace(root).sessions.start(["walk"]):
        pass
    async with open_app().run_test(size=(width, 24)) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        row = shown(pilot).splitlines()[screen.query_one("#recorder").region.y]
        said = re.split(r" {3,}", row.removeprefix(" : ").strip())
        assert said[0] == "what is said"
        assert set(said) <= set(HINTS)
        assert ("next speaks" in said) == (width == 140)


async def test_going_on_with_an_open_session_is_offered_before_starting_another(
    open_app: OpenApp, root: Path
) -> None:
    with open_workspace(root).sessions.start(["walk"]) as recording:
        session = recording.id
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await pilot.press("S")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.desk.session is not None
        assert screen.desk.session.id == session


async def test_a_long_prompt_takes_two_rows_where_there_is_room(
    open_app: OpenApp, root: Path
) -> None:
    ask = " ".join(f"word{number}" for number in range(14))
    prompts = f"reading: walk\nprompts:\n  - {{id: long, section: 1 The Lock, ask: {ask}}}\n"
    (root / "questions/walk.yaml").write_text(prompts, encoding="utf-8")
    with open_workspace(root).sessions.start(["walk"]) as recording:
        recording.take_up(Spot("walk", "1-the-lock", "long"))
    async with open_app().run_test(size=(80, 30)) as pilot:
        screen = await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        foot = screen.query_one("#session").region.y
        assert f"▸ {ask}" in flat("\n".join(shown(pilot).splitlines()[foot:]))


async def test_the_study_is_made_ready_for_searching_when_a_session_begins(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studygroup.tui.screens.reading.PREPARE_AFTER", 600)
    with open_workspace(root).sessions.start(["walk"]):
        pass
    app = open_app()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.workspace.finder.share == 0
        await pilot.press("colon")
        await settle(pilot)
        while app.workspace.finder.share < 1:
            await pilot.pause(0.05)
