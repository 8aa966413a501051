"""Recording a session: what is typed becomes entries, and sessions start, stop and go on."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studygroup.core.errors import Place, StudyError, UsageError
from studygroup.core.meeting.journal import EVENT_NAMES, Event
from studygroup.core.meeting.recorder import as_typed, parse
from studygroup.core.meeting.recording import Recording
from studygroup.core.meeting.session import Spot
from studygroup.core.meeting.sessions import Sessions
from studygroup.core.prompt import Phase, Prompt
from studygroup.core.reading import PARAGRAPH_GAP, Paragraph, Reading, Section
from studygroup.core.study import Study
from studygroup.files.journal_folder import JournalFolder
from studygroup.files.journal_line import encode

START = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def section(title: str, *paragraphs: str) -> Section:
    made, start = [], 0
    for number, text in enumerate(paragraphs, 1):
        made.append(Paragraph(number, text, start, number))
        start += len(text) + len(PARAGRAPH_GAP)
    return Section(title.lower(), title, 1, 1, tuple(made))


ROAD = Reading(
    "road",
    "The Road",
    (
        section("Soil", "Nothing grows on stone.", "A gardener works with what the ground gives."),
        section("Seed", "Every seed was once carried by somebody who was going elsewhere."),
    ),
    "readings/road.md",
)


def prompt(name: str, where: str | None, phase: Phase = "core", minutes: int = 5) -> Prompt:
    place = Place("questions/road.yaml", 1)
    return Prompt(
        name, "road", where or "", f"{name}?", place, phase=phase, minutes=minutes, section=where
    )


STUDY = Study.build(
    "Gardens",
    [ROAD],
    [prompt("who", "soil"), prompt("why", "soil"), prompt("whence", "seed")],
    [],
    members=["ana", "ben"],
)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def forward(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_sessions(tmp_path: Path, clock: Clock) -> Callable[[str], Sessions]:
    (tmp_path / "study").mkdir()
    store = JournalFolder(tmp_path / "study", tmp_path / "home")
    return lambda me: Sessions(store, lambda: STUDY, me, clock)


@pytest.fixture
def sessions(open_sessions: Callable[[str], Sessions]) -> Sessions:
    return open_sessions("ana")


@pytest.fixture
def recording(sessions: Sessions) -> Iterator[Recording]:
    with sessions.start(["road"], minutes=30, attendance=["Ben", "chi"]) as recording:
        yield recording


def test_a_session_starts_with_id_title_people_agenda_and_its_first_section(
    recording: Recording,
) -> None:
    session = recording.session
    assert session.id == "2026-11-23-road"
    assert (session.title, session.readings, session.planned) == ("The Road", ("road",), 30)
    assert session.attendance == ("ana", "ben", "chi")
    assert session.spot == Spot("road", "soil")
    assert [i.title for i in session.agenda] == ["Soil", "who?", "why?", "Seed", "whence?"]


def test_a_second_session_of_a_day_gets_an_id_of_its_own(
    sessions: Sessions, recording: Recording
) -> None:
    with sessions.start(["road"]) as second:
        assert second.id == "2026-11-23-road-2"
    with sessions.start(["road"], title="Once more!") as third:
        assert third.id == "2026-11-23-once-more"


def test_every_form_of_the_line_becomes_an_entry_that_a_new_program_reads(
    sessions: Sessions, recording: Recording
) -> None:
    for typed in (
        "ben: stones matter",
        "do they?",
        "> a gardener works with what the ground gives",
        "! we plant",
        "? who waters",
        "= ben does",
        "* chi by friday: buy seed",
        "# frost",
    ):
        recording.record(typed)
    entries = sessions.find(recording.id).entries
    assert [(e.kind, e.by, e.text) for e in entries] == [
        ("remark", "ben", "stones matter"),
        ("remark", "ben", "do they?"),
        ("quotation", "ben", "a gardener works with what the ground gives"),
        ("decision", "", "we plant"),
        ("question", "", "who waters"),
        ("answer", "ben", "ben does"),
        ("action", "", "buy seed"),
        ("topic", "", "frost"),
    ]
    assert {e.spot for e in entries} == {Spot("road", "soil")}
    assert (entries[6].owner, entries[6].due_on) == ("chi", "2026-11-27")
    assert entries[5].answers == entries[4].key


def test_a_quotation_is_cited_where_it_stands(recording: Recording) -> None:
    recording.take_up(Spot("road", "seed"))
    recorded = recording.record("> A gardener works with what the ground gives.")
    assert recorded.entry is not None
    cited = recorded.entry.cited
    assert cited is not None
    assert (cited.verdict, cited.citation) == ("exact", "The Road, §Soil ¶2")
    anchor = cited.anchor
    assert anchor is not None
    assert (anchor.reading, anchor.section, anchor.paragraph) == ("road", "soil", 2)
    assert anchor.words == ROAD.sections[0].text[anchor.start : anchor.end]
    assert recorded.entry.spot == Spot("road", "seed")


def test_words_that_stand_nowhere_are_kept_as_missing(recording: Recording) -> None:
    recorded = recording.record("> a sentence that nobody in these pages ever wrote down")
    assert recorded.entry is not None
    assert recorded.entry.cited is not None
    assert (recorded.entry.cited.verdict, recorded.entry.cited.citation) == ("missing", "")


def test_a_remark_without_a_name_is_by_whoever_has_the_floor(recording: Recording) -> None:
    recording.record("ana: first")
    assert recording.record("+ben, chi").said == "floor: ana → ben, chi"
    assert recording.record("next").said == "floor: ben → chi"
    entry = recording.record("mine").entry
    assert entry is not None
    assert entry.by == "ben"


def test_who_neither_waits_nor_has_the_floor_is_taken_off_the_list_by_a_minus(
    recording: Recording,
) -> None:
    recording.record("ben: one thing more")
    recording.record("+ben")
    assert recording.record("-ben").said == "floor: ben"
    assert "ben" in recording.session.present
    assert recording.record("-ben").said == "gone: ben; floor: nobody"
    assert recording.session.present == ("ana", "chi")
    assert recording.session.attendance == ("ana", "ben", "chi")
    assert recording.record("-ben").said == "floor: nobody"
    recording.record("+ben")
    assert set(recording.session.present) == {"ana", "ben", "chi"}


def test_nobody_waits_for_the_floor_that_they_have(recording: Recording) -> None:
    recording.record("ben: one thing more")
    assert recording.record("+ben").said == "floor: nobody → ben"
    assert recording.record("next").said == "floor: ben"
    assert recording.record("+ben").said == "floor: ben"


def test_an_amended_entry_that_reads_like_the_queue_is_a_remark_as_typed(
    recording: Recording,
) -> None:
    entry = recording.record("ana: first").entry
    assert entry is not None
    amended = recording.amend(entry.key, " +ben,\u200b  ana ").entry
    assert amended is not None
    assert (amended.kind, amended.text) == ("remark", "+ben, ana")


def test_a_newcomer_is_a_speaker_from_then_on(recording: Recording) -> None:
    assert [recording.record("dee: hello").entry.by] == [""]  # type: ignore[union-attr]
    recording.record("+dee")
    entry = recording.record("dee: hello").entry
    assert entry is not None
    assert (entry.by, entry.text) == ("dee", "hello")
    assert "dee" in recording.session.attendance


def test_the_words_of_somebody_unknown_are_put_in_nobodys_mouth(recording: Recording) -> None:
    recording.record("ben: first")
    late = recording.record("cleo: Hello, I am late")
    assert late.entry is not None
    assert (late.entry.by, late.entry.text) == ("", "cleo: Hello, I am late")
    assert any("+cleo" in notice for notice in late.notices)
    then = recording.record("and I have not read it").entry
    assert then is not None
    assert then.by == ""
    recording.record("+cleo")
    again = recording.amend(late.entry.key, as_typed(late.entry)).entry
    assert again is not None
    assert (again.by, again.text) == ("cleo", "Hello, I am late")


def test_an_entry_changed_to_an_unknown_persons_words_is_its_speakers_no_more(
    recording: Recording,
) -> None:
    entry = recording.record("ben: first").entry
    assert entry is not None
    changed = recording.amend(entry.key, "cleo: Hello")
    assert changed.entry is not None
    assert changed.entry.by == ""
    assert changed.notices


def test_a_first_name_that_several_have_is_nobodys_and_the_notice_names_them(
    recording: Recording,
) -> None:
    recording.record("+Dana Li, Dana Roy")
    notices = recording.record("dana: which one?").notices
    assert any("Dana Li or Dana Roy" in notice for notice in notices)


def test_a_line_that_names_two_people_is_by_neither_and_the_notice_says_why(
    recording: Recording,
) -> None:
    recording.record("+Dana Li, Eve")
    recording.record("eve: alone")
    both = recording.record("eve and Dana Li: yes!")
    assert both.entry is not None
    assert (both.entry.by, both.entry.text) == ("", "eve and Dana Li: yes!")
    assert any("by one person" in notice for notice in both.notices)


def test_an_answer_goes_to_the_question_chosen_or_the_last_one_here(recording: Recording) -> None:
    first = recording.record("? first").entry
    recording.record("? second")
    recording.take_up(Spot("road", "seed"))
    recording.record("? third")
    recording.take_up(Spot("road", "soil"))
    recording.record("= to the second")
    assert first is not None
    recording.record("= to the first", question=first.key)
    assert [q.text for q in recording.session.open_questions] == ["third"]


def test_striking_takes_back_the_last_entry_of_ones_own(
    recording: Recording, open_sessions: Callable[[str], Sessions]
) -> None:
    recording.record("one")
    recording.record("two")
    with open_sessions("ben").record(recording.id) as other:
        other.record("not mine")
    recording.refresh()
    assert recording.strike().said == "struck: two"
    assert recording.strike().said == "struck: one"
    with pytest.raises(UsageError, match="no entry of yours"):
        recording.strike()
    assert [e.text for e in recording.session.standing] == ["not mine"]
    assert len(recording.session.entries) == 3


def test_an_entry_gets_new_words_and_keeps_its_place_and_speaker(recording: Recording) -> None:
    entry = recording.record("ben: stonse").entry
    assert entry is not None
    recording.take_up(Spot("road", "seed"))
    amended = recording.amend(entry.key, "> nothing grows on stone").entry
    assert amended is not None
    assert (amended.kind, amended.by, amended.at) == ("quotation", "ben", entry.at)
    assert amended.spot == Spot("road", "soil")
    assert amended.cited is not None
    assert amended.cited.verdict == "exact"


@pytest.mark.parametrize(
    "typed",
    [
        "plain",
        "ben: named",
        "> nothing grows on stone",
        "ben: > nothing grows on stone",
        "! decided",
        "? asked",
        "* chi by friday: do it",
        "* just do it",
        "* ben: do it",
        "ben: * do it",
        "# topic",
        "= answer",
    ],
)
def test_an_entry_can_be_typed_again_as_it_was(recording: Recording, typed: str) -> None:
    entry = recording.record(typed).entry
    assert entry is not None
    today = START.date()
    names = recording.session.names
    assert parse(as_typed(entry), names, today) == parse(typed, names, today)


def test_the_next_prompt_is_the_first_one_open_here_then_further_on(recording: Recording) -> None:
    asked = []
    while (spot := recording.take_up_next_prompt()) is not None:
        asked.append((spot.section, spot.prompt))
    assert asked == [("soil", "who"), ("soil", "why"), ("seed", "whence")]
    assert recording.session.spot == Spot("road", "seed", "whence")


def test_a_settled_prompt_is_not_taken_up(recording: Recording) -> None:
    recording.settle("road", "who", "skipped")
    assert recording.take_up_next_prompt() == Spot("road", "soil", "why")


def test_taking_up_where_one_is_writes_nothing(recording: Recording, sessions: Sessions) -> None:
    before = recording.session
    recording.take_up(before.spot)
    assert recording.session is before


def test_a_session_goes_on_where_it_stopped_in_a_new_program(
    recording: Recording, sessions: Sessions, clock: Clock
) -> None:
    recording.take_up(Spot("road", "seed"))
    recording.record("ben: so")
    recording.leave()
    with sessions.resume("2026-11-23") as resumed:
        assert resumed.session.spot == Spot("road", "seed")
        entry = resumed.record("and on").entry
    assert entry is not None
    assert (entry.by, entry.spot.section) == ("ben", "seed")
    assert [e.text for e in sessions.find(recording.id).entries] == ["so", "and on"]


def test_time_away_is_not_counted_after_a_pause_or_after_being_killed(
    recording: Recording, sessions: Sessions, clock: Clock
) -> None:
    clock.forward(10)
    recording.pause()
    recording.leave()
    clock.forward(1000)
    with sessions.resume(recording.id) as again:
        clock.forward(5)
        again.record("the last before the kill")
    clock.forward(1000)
    with sessions.resume(recording.id) as third:
        clock.forward(1)
        third.close()
        assert 16 * 60 <= third.session.elapsed(clock.now) <= 17 * 60


def test_the_time_through_which_the_machine_slept_is_a_pause(
    recording: Recording, clock: Clock
) -> None:
    clock.forward(10)
    assert recording.keep_time() == ""
    clock.forward(120)
    assert recording.keep_time() == (
        "This program stood still from 19:10 to 21:10: that time is not counted."
    )
    assert recording.keep_time() == ""
    clock.forward(0.5)
    recording.record("ana: and on")
    session = recording.session
    assert session.running
    assert 10 * 60 <= session.elapsed(clock.now) < 12 * 60
    assert sum(session.place_seconds.values()) < 12 * 60


def test_an_entry_that_is_quicker_than_the_next_look_at_the_clock_leaves_the_gap_out_too(
    recording: Recording, clock: Clock
) -> None:
    recording.keep_time()
    clock.forward(300)
    recording.record("ana: already back")
    assert recording.session.elapsed(clock.now) < 60
    assert "not counted" in recording.keep_time()


def test_a_session_that_another_goes_on_recording_is_not_paused_by_one_who_slept(
    recording: Recording, open_sessions: Callable[[str], Sessions], clock: Clock
) -> None:
    with open_sessions("ben").record(recording.id) as other:
        recording.keep_time()
        clock.forward(20)
        other.record("ben: on we go")
        clock.forward(20)
        assert recording.keep_time() == "This program stood still from 19:00 to 19:40."
    assert recording.session.elapsed(clock.now) >= 40 * 60


def test_a_clock_that_is_set_back_does_not_stop_the_sessions_time(
    recording: Recording, clock: Clock
) -> None:
    clock.forward(30)
    recording.keep_time()
    clock.forward(-60)
    assert recording.keep_time() == "The clock was set back from 19:30 to 18:30."
    for _ in range(10):
        clock.forward(0.5)
        assert recording.keep_time() == ""
    recording.record("ana: later")
    assert 35 * 60 <= recording.session.elapsed(clock.now) < 36 * 60
    assert recording.session.entries[-1].text == "later"


def test_a_closed_session_takes_late_entries_and_stays_closed_until_resumed(
    recording: Recording, sessions: Sessions
) -> None:
    closed = recording.close().closed
    late = recording.record("one more thing")
    assert any("was closed" in notice for notice in late.notices)
    assert recording.record("+ben").notices == late.notices
    assert recording.session.closed == closed
    assert recording.close().closed == closed
    recording.leave()
    with sessions.resume(recording.id) as again:
        assert again.session.closed is None


def test_two_recorders_see_each_others_entries(
    recording: Recording, open_sessions: Callable[[str], Sessions]
) -> None:
    with open_sessions("ben").record(recording.id) as other:
        recording.record("from ana")
        other.refresh()
        other.record("from ben")
        recording.refresh()
        assert [e.text for e in recording.session.entries] == ["from ana", "from ben"]
        assert recording.session.entries == other.session.entries
    assert recording.session.recorders == ("ana", "ben")


def calls_of(act: Callable[[], object]) -> int:
    """Count the function calls that something takes: work that doesn't depend on the machine."""
    count = 0

    def counting(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counting)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def test_an_entry_is_as_little_work_at_the_end_of_a_long_session_as_at_its_beginning(
    recording: Recording, open_sessions: Callable[[str], Sessions], clock: Clock, tmp_path: Path
) -> None:
    session = recording.id
    recording.leave()

    def cost(entries: int) -> dict[str, int]:
        kinds = ["said", "decided", "action", "quoted"]
        with (tmp_path / "study" / "sessions" / session / "chi.jsonl").open("wb") as journal:
            for n in range(1, entries + 1):
                fields = {"by": "chi", "text": f"remark {n}", "reading": "road"}
                journal.write(encode(Event(n, clock(), kinds[n % 4], fields, "chi")))
        ana, ben = (open_sessions(who).record(session) for who in ("ana", "ben"))
        with ana, ben:
            found = {
                "recording": calls_of(lambda: ana.record("ana: so")),
                "looking at one's own": calls_of(ana.refresh),
            }
            ben.record("ben: and so")
            found["looking at another's"] = calls_of(ana.refresh)
            ben.record("ben: at the same time")
            ana.record("ana: and so on")
            found["looking at one that came before one's own"] = calls_of(ana.refresh)
        assert len(ana.session.entries) > entries
        return found

    short, long = cost(200), cost(2000)
    assert {what: calls for what, calls in long.items() if calls > short[what] * 1.5} == {}


def test_a_session_whose_journals_vanish_keeps_what_it_had_and_says_so_once(
    recording: Recording, tmp_path: Path
) -> None:
    recording.record("ana: kept in mind")
    before = recording.session
    folder = tmp_path / "study" / "sessions"
    folder.rename(tmp_path / "away")
    with pytest.raises(StudyError, match="the session's journals are gone"):
        recording.refresh()
    assert recording.refresh() == before
    (tmp_path / "away").rename(folder)
    assert recording.refresh() == before
    recording.record("and on")
    folder.rename(tmp_path / "away")
    with pytest.raises(StudyError, match="are gone"):
        recording.refresh()
    (tmp_path / "away").rename(folder)
    assert [e.text for e in recording.refresh().entries] == ["kept in mind", "and on"]


def test_a_session_that_cannot_be_read_is_a_problem_and_not_the_end(
    recording: Recording, sessions: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = tmp_path / "study" / "sessions" / recording.id / "ana.jsonl"
    real = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path == journal:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    (problem,) = sessions.problems()
    assert problem.place.path == f"sessions/{recording.id}/ana.jsonl"
    assert problem.what == "cannot be read: Permission denied"


def test_a_blank_line_and_an_unknown_session_are_refused(
    recording: Recording, sessions: Sessions
) -> None:
    with pytest.raises(UsageError, match="blank"):
        recording.record("   ")
    with pytest.raises(UsageError, match="no session “walden”"):
        sessions.find("walden")
    with pytest.raises(UsageError, match="no reading"):
        sessions.start(["walden"])


def test_questions_and_deferred_prompts_are_carried_over_until_done(
    recording: Recording, sessions: Sessions, clock: Clock
) -> None:
    recording.take_up(Spot("road", "soil", "who"))
    recording.settle("road", "why", "deferred")
    question = recording.record("? who waters").entry
    recording.close()
    recording.leave()
    clock.forward(60 * 24)
    with sessions.start(["road"], minutes=30) as second:
        agenda = second.session.agenda
        assert [(i.kind, i.title) for i in agenda] == [
            ("question", "who waters"),
            ("prompt", "why?"),
            ("section", "Seed"),
            ("prompt", "whence?"),
        ]
        assert [i.carried_from for i in agenda] == [recording.id, recording.id, "", ""]
        assert question is not None
        assert second.session.open_questions[0].key == f"{recording.id}/{question.key}"
        second.record("= ben does")
        second.take_up(Spot("road", "soil", "why"))
        second.settle("road", "whence", "skipped")
    clock.forward(60 * 24)
    with sessions.start(["road"]) as third:
        assert [i.title for i in third.session.agenda if i.carried_from] == []


def test_questions_left_open_and_topics_are_taken_up_next_and_answered(
    recording: Recording, sessions: Sessions
) -> None:
    asked = recording.record("? Who pays").entry
    assert asked is not None
    recording.record("# Money")
    recording.close()
    recording.leave()
    with sessions.start(["road"], minutes=30) as later:
        first = later.take_up_next_prompt()
        assert first is not None
        assert (first.section, first.question) == ("soil", f"{recording.id}/{asked.key}")
        later.record("= everybody")
        assert later.session.open_questions == ()
        seen = []
        while (spot := later.take_up_next_prompt()) is not None:
            seen.append(spot.prompt or spot.topic)
        assert sorted(seen) == ["Money", "whence", "who", "why"]


def test_what_was_carried_over_is_taken_up_first_wherever_the_session_stands(
    recording: Recording, sessions: Sessions
) -> None:
    recording.take_up(Spot("road", "soil", "who"))
    recording.close()
    recording.leave()
    with sessions.start(["road"], minutes=30, at=Spot("road", "seed")) as later:
        seen = []
        while (spot := later.take_up_next_prompt()) is not None:
            seen.append(spot.prompt)
            later.settle("road", spot.prompt, "discussed")
            later.take_up(spot.place)
        assert seen == ["why", "whence"]


def test_the_agenda_given_is_the_one_that_the_session_has(sessions: Sessions) -> None:
    draft = sessions.propose(["road"], 30)
    edited, _ = draft.dropped(1).with_topic("Money", 0)
    with sessions.start(["road"], minutes=30, agenda=edited.items) as recording:
        titles = [i.title for i in recording.session.agenda]
        assert titles == [i.title for i in edited.items]
        assert "Money" in titles


def test_an_agenda_that_is_rearranged_is_the_agenda_of_everybody(
    recording: Recording, sessions: Sessions
) -> None:
    before = recording.session.agenda
    recording.rearrange(before[::-1][:-1], [before[0]])
    assert recording.session.agenda == before[::-1][:-1]
    assert sessions.find(recording.id).agenda == before[::-1][:-1]


def test_carried_prompts_of_a_section_off_the_agenda_have_their_own_minutes(
    recording: Recording, sessions: Sessions
) -> None:
    recording.take_up(Spot("road", "soil", "who"))
    recording.close()
    recording.leave()
    with sessions.start(["road"], minutes=30) as later:
        (carried, *_) = later.session.agenda
        assert carried.title == "why?"
        assert later.session.timebox(carried.spot) == carried.minutes


def test_sessions_that_still_run_are_known(sessions: Sessions, recording: Recording) -> None:
    assert [s.id for s in sessions.running()] == [recording.id]
    recording.close()
    assert sessions.running() == ()


def test_the_events_of_the_format_are_the_ones_known() -> None:
    entries = ["said", "quoted", "decided", "asked", "answered", "action", "topic"]
    people = ["joined", "left", "floor"]
    course = ["opened", "took_up", "settled", "rearranged", "amended", "struck", "paused", "marked"]
    course += ["resumed", "closed"]
    assert set(EVENT_NAMES) == {*entries, *people, *course}
