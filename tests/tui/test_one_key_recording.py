"""Recording with one key during a session: hits of a search, passages of the text, notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection
from textual.widgets import TextArea

from studygroup.bootstrap import open_workspace
from studygroup.core.meeting.session import Entry, Session, Spot
from studygroup.tui.screens.search import SearchScreen
from tests.tui.driving import OpenApp, settle, shown

WIDE, SMALL, NARROW, LOW = (140, 40), (80, 24), (60, 20), (40, 8)


@pytest.fixture(autouse=True)
def session(root: Path) -> None:
    """A session of Ana and Ben that is open."""
    at = Spot("walk", "1-the-lock")
    with open_workspace(root).sessions.start(["walk"], attendance=["ben"], at=at):
        pass


def on_disk(root: Path) -> Session:
    (session,) = open_workspace(root).sessions.all()
    return session


def entries(root: Path) -> list[Entry]:
    return list(on_disk(root).entries)


def flat(pilot: Pilot[None]) -> str:
    return " ".join(shown(pilot).replace("│", " ").split())


async def at_rest(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def go_on(pilot: Pilot[None]) -> None:
    """Go on with the session, and back to the text."""
    await settle(pilot)
    await pilot.press("colon")
    await settle(pilot)
    await pilot.press("escape")
    await settle(pilot)


async def search(pilot: Pilot[None], query: str, *keys: str) -> None:
    await pilot.press("slash")
    await pilot.pause()
    await pilot.press(*("space" if c == " " else c for c in query))
    await at_rest(pilot)
    for key in keys:
        await pilot.press(key)
        await at_rest(pilot)


@pytest.mark.parametrize("size", [WIDE, SMALL, NARROW, LOW])
async def test_a_hit_in_the_text_is_recorded_as_its_whole_sentence_and_one_goes_on_searching(
    open_app: OpenApp, root: Path, size: tuple[int, int]
) -> None:
    async with open_app().run_test(size=size) as pilot:
        await go_on(pilot)
        await search(pilot, "asked")
        assert "^r quotes it" in flat(pilot) or size == LOW
        await pilot.press("ctrl+r")
        await at_rest(pilot)
        (entry,) = entries(root)
        assert (entry.kind, entry.by, entry.text) == ("quotation", "", "Nobody has asked why.")
        assert entry.cited is not None
        assert entry.cited.citation == "A Walk by the Canal, §1 The Lock ¶1"
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "✓ Recorded: “Nobody has" in flat(pilot)
        await pilot.press("ctrl+r")
        await at_rest(pilot)
        assert len(entries(root)) == 1
        await pilot.press(*(["backspace"] * 5), *"sees")
        await at_rest(pilot)
        await pilot.press("ctrl+r")
        await at_rest(pilot)
        assert entries(root)[1].text == "From the bridge one sees both towns."


async def test_a_note_that_was_found_is_quoted_with_its_reader_and_counts_as_discussed(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await go_on(pilot)
        await search(pilot, "people", "tab", "tab", "tab", "ctrl+r")
        (entry,) = entries(root)
        assert entry.text == "“Water finds its own level, and so do people.” Does it?"
        assert "§1 The Lock ¶2, ana’s note" in flat(pilot)
        assert "✓ recorded" in flat(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "✓ criticism · ana · ¶2" in flat(pilot)


async def test_a_prompt_or_a_heading_that_was_found_is_taken_up(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await go_on(pilot)
        await search(pilot, "pays for what")
        assert "^r takes it up" in flat(pilot)
        await pilot.press("ctrl+r")
        await at_rest(pilot)
        assert "✓ taken up" in flat(pilot)
        assert entries(root) == []
        spot = on_disk(root).spot
        assert spot.section == "2-the-bridge"
        assert spot.prompt
        await pilot.press("escape")
        await settle(pilot)
        assert screen.section is not None
        assert screen.section.id == "2-the-bridge"
        await search(pilot, "lock", "tab", "ctrl+r")
        assert on_disk(root).spot.section == "1-the-lock"


async def test_minutes_that_were_found_are_quoted_with_speaker_and_day(
    open_app: OpenApp, root: Path
) -> None:
    sessions = open_workspace(root).sessions
    with sessions.record(sessions.all()[0].id) as recording:
        recording.record("ben: The herons had left by then.")
    async with open_app().run_test(size=WIDE) as pilot:
        await go_on(pilot)
        await search(pilot, "heron", "ctrl+r")
        before, entry = entries(root)
        assert entry.text == before.text
        assert entry.by == ""
        assert entry.cited is not None
        assert entry.cited.citation.startswith("ben in the minutes of ")


async def test_without_a_session_nothing_is_offered_and_the_key_says_why(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE) as pilot:
        await settle(pilot)
        await search(pilot, "asked")
        assert "^r" not in shown(pilot)
        await pilot.press("ctrl+r")
        await at_rest(pilot)
        assert "No session is running here" in flat(pilot)
    assert entries(root) == []


async def test_a_hit_that_cannot_be_written_is_not_said_to_be_recorded_and_waits(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    async with open_app().run_test(size=WIDE) as pilot:
        await go_on(pilot)
        with monkeypatch.context() as broken:
            broken.setattr("studygroup.files.journal_file.os.write", full)
            await search(pilot, "asked", "ctrl+r")
            assert "✗ Not recorded: " in flat(pilot)
            assert "✓" not in shown(pilot).split("Not recorded")[0].split("Minutes")[1]
            await pilot.press("ctrl+r")
            await at_rest(pilot)
        assert entries(root) == []
        await pilot.press("ctrl+r")
        await at_rest(pilot)
        assert "✓ Recorded" in flat(pilot)
    assert [e.text for e in entries(root)] == ["Nobody has asked why."]


async def test_lines_typed_before_a_hit_is_recorded_stand_before_it(
    open_app: OpenApp, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app().run_test(size=SMALL) as pilot:
        await go_on(pilot)
        await pilot.press("colon", *"ana: one", "enter", *"ben: two", "enter", "escape")
        await search(pilot, "asked", "ctrl+r")
    assert [e.text for e in entries(root)] == ["one", "two", "Nobody has asked why."]


async def test_in_the_text_one_key_records_the_paragraph_or_the_sentence_that_was_found(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app(paragraph=2).run_test(size=SMALL) as pilot:
        screen = await settle(pilot)
        await go_on(pilot)
        await pilot.press("greater_than_sign")
        await settle(pilot)
        assert entries(root)[-1].text == "Water finds its own level, and so do men."
        assert "✓ Recorded: “Water finds" in shown(pilot)
        await search(pilot, "asked", "enter")
        await settle(pilot)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert entries(root)[-1].text == "Nobody has asked why."
        assert screen.focused is screen.text


async def test_in_the_text_one_key_records_the_words_that_are_selected(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app(paragraph=1).run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await go_on(pilot)
        row, _ = screen.text.lines.places[2]
        screen.selections = {screen.text: Selection(Offset(0, row), Offset(20, row))}
        await pilot.press("greater_than_sign")
        await settle(pilot)
        (entry,) = entries(root)
        assert entry.text == "Water finds its own"
        assert entry.cited is not None
        assert entry.cited.citation == "A Walk by the Canal, §1 The Lock ¶2"
        assert not screen.selections


async def test_a_note_is_quoted_from_the_panel_and_a_prompt_is_not(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app().run_test(size=WIDE, notifications=True) as pilot:
        await go_on(pilot)
        await pilot.press("tab", "greater_than_sign")
        await settle(pilot)
        assert "A prompt is not quoted" in flat(pilot)
        await pilot.press("tab", "j", "greater_than_sign")
        await settle(pilot)
        (entry,) = entries(root)
        assert entry.note


async def test_without_a_session_what_is_quoted_begins_a_note(
    open_app: OpenApp, root: Path
) -> None:
    async with open_app(paragraph=2).run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("greater_than_sign")
        await settle(pilot)
        typed = pilot.app.screen.query_one(TextArea).text
        cited = "(A Walk by the Canal, §1 The Lock ¶2)"
        assert typed == f"“Water finds its own level, and so do men.” {cited} "
    assert entries(root) == []
