"""Replay: events become a session, whatever order the recorders' files come in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.meeting.journal import Event
from studygroup.core.meeting.replay import merge, replay
from studygroup.core.meeting.session import Entry, Spot
from studygroup.core.text import clean
from tests.core.drawn_events import Drawn, event_lists, made

START = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


class Told:
    """A recorder's journal in the making: one event a minute unless told."""

    def __init__(self, recorder: str = "ana") -> None:
        self.recorder = recorder
        self.events: list[Event] = []
        self._seq = count(1)
        self.minute = 0.0

    def __call__(self, name: str, minute: float | None = None, **fields: object) -> str:
        self.minute = self.minute + 1 if minute is None else minute
        at = START + timedelta(minutes=self.minute)
        self.events.append(Event(next(self._seq), at, name, fields, self.recorder))
        return f"{self.recorder}#{self.events[-1].seq}"


def opened(told: Told, **fields: object) -> None:
    told("opened", 0, title="The rut", readings=["rut"], minutes=90, **fields)


def test_an_opened_session_knows_its_title_readings_and_length() -> None:
    told = Told()
    opened(told, agenda=[{"kind": "section", "title": "One", "reading": "rut", "section": "one"}])
    session = replay("s", told.events)
    assert (session.title, session.readings, session.planned) == ("The rut", ("rut",), 90)
    assert session.opened == START
    assert session.closed is None
    assert [(i.kind, i.spot) for i in session.agenda] == [("section", Spot("rut", "one"))]


@given(st.text(max_size=9).map("\x1b]52;{}\x07\u202e".format))
def test_names_titles_and_words_are_made_safe_to_show(text: str) -> None:
    told = Told()
    told("opened", 0, title=text, readings=[text], readers=[text])
    told("joined", reader=text)
    told("took_up", reading=text, section=text, prompt=text, topic=text)
    told("quoted", by=text, text=text, verdict="exact", citation=text, target={"words": text})
    told("action", text=text, owner=text, due=text, due_on=text)
    session = replay("s", told.events)
    assert clean(text) == session.title == session.readings[0] == session.attendance[0]
    assert not {"\x1b", "\x07", "\u202e"} & set(
        "".join(str(value) for entry in session.entries for value in _values(entry))
    )


def _values(entry: Entry) -> Iterator[object]:
    yield from (entry.text, entry.by, entry.owner, entry.due, entry.due_on)
    yield from (entry.spot.reading, entry.spot.section, entry.spot.prompt, entry.spot.topic)
    if entry.cited is not None:
        yield entry.cited.citation


def test_entries_hang_on_the_section_and_prompt_taken_up_before_them() -> None:
    told = Told()
    opened(told)
    told("took_up", reading="rut", section="one", prompt="fair")
    told("said", by="ben", text="It is.")
    told("took_up", reading="rut", section="two")
    told("asked", text="Is it?")
    session = replay("s", told.events)
    assert [(e.kind, e.spot) for e in session.entries] == [
        ("remark", Spot("rut", "one", "fair")),
        ("question", Spot("rut", "two")),
    ]
    assert session.spot == Spot("rut", "two")
    assert session.reached("rut", "fair")
    assert not session.reached("rut", "other")


def test_a_question_is_open_until_a_standing_answer_comes() -> None:
    told = Told()
    opened(told)
    asked = told("asked", text="Who pays?")
    answer = told("answered", of=asked, text="Everybody.")
    assert replay("s", told.events).open_questions == ()
    told("struck", of=answer)
    session = replay("s", told.events)
    assert [q.text for q in session.open_questions] == ["Who pays?"]
    assert session.answers_to(asked) == ()


def test_a_carried_question_is_open_until_it_is_answered() -> None:
    told = Told()
    item = {"kind": "question", "title": "Who pays?", "carried_from": "old", "of": "old/ana#3"}
    opened(told, agenda=[item])
    assert [(q.key, q.session) for q in replay("s", told.events).open_questions] == [
        ("old/ana#3", "old")
    ]
    told("answered", of="old/ana#3", text="Ben does.")
    assert replay("s", told.events).open_questions == ()


def test_struck_and_amended_entries_stay_in_their_place() -> None:
    told = Told()
    opened(told)
    first = told("said", by="ana", text="Furst.")
    second = told("said", by="ben", text="Second.")
    told("amended", None, **{"of": first, "as": "decided", "text": "First."})
    told("struck", of=second)
    entries = replay("s", told.events).entries
    assert [(e.kind, e.text, e.struck, e.seq) for e in entries] == [
        ("decision", "First.", False, 2),
        ("remark", "Second.", True, 3),
    ]
    assert entries[0].amended == START + timedelta(minutes=3)
    assert entries[0].at == START + timedelta(minutes=1)


def test_the_floor_goes_down_the_queue_and_a_nameless_remark_is_by_whoever_has_it() -> None:
    told = Told()
    opened(told)
    told("said", by="ana", text="I begin.")
    for reader in ("ben", "chi", "ben"):
        told("floor", action="join", reader=reader)
    assert replay("s", told.events).queue == ("ben", "chi")
    told("floor", action="next")
    told("said", by="ana", text="May I?")
    session = replay("s", told.events)
    assert (session.floor, session.queue, session.speaker) == ("ben", ("chi",), "ben")
    told("floor", action="leave", reader="chi")
    told("floor", action="next")
    session = replay("s", told.events)
    assert (session.floor, session.queue, session.speaker) == ("", (), "ben")


def test_who_waits_for_the_floor_and_speaks_waits_no_longer_unless_another_has_it() -> None:
    told = Told()
    opened(told)
    told("floor", action="join", reader="ben")
    told("floor", action="join", reader="chi")
    told("said", by="ben", text="I am on already.")
    session = replay("s", told.events)
    assert (session.speaker, session.queue) == ("ben", ("chi",))
    told("floor", action="join", reader="ben")
    told("floor", action="next")
    told("said", by="ben", text="A word between.")
    session = replay("s", told.events)
    assert (session.floor, session.queue) == ("chi", ("ben",))


def test_once_nobody_waits_the_floor_goes_to_whoever_is_named() -> None:
    told = Told()
    opened(told)
    for reader in ("ben", "chi"):
        told("floor", 1, action="join", reader=reader)
    told("floor", 2, action="next")
    told("said", 3, by="ana", text="A word between.")
    assert replay("s", told.events).floor == "ben"
    told("floor", 4, action="next")
    told("said", 5, by="chi", text="My turn.")
    assert replay("s", told.events).floor == "chi"
    told("said", 6, by="ana", text="Free talk again.")
    told("said", 8, by="ben", text="It is.")
    session = replay("s", told.events)
    assert (session.floor, session.speaker) == ("", "ben")
    assert session.floor_seconds == {"ben": 120.0, "chi": 120.0, "ana": 120.0}


def test_one_word_between_leaves_the_floor_where_it_is_and_a_second_takes_it() -> None:
    told = Told()
    opened(told)
    for reader in ("ben", "chi"):
        told("floor", action="join", reader=reader)
    told("floor", action="next")
    told("said", by="ana", text="A word between.")
    told("said", by="ben", text="As I was saying.")
    told("said", by="ana", text="Another one.")
    assert replay("s", told.events).floor == "ben"
    told("said", by="dov", text="And mine.")
    session = replay("s", told.events)
    assert (session.floor, session.queue, session.speaker) == ("", ("chi",), "dov")


def test_who_left_neither_has_the_floor_nor_says_the_next_remark() -> None:
    told = Told()
    opened(told)
    for reader in ("ben", "chi"):
        told("floor", action="join", reader=reader)
    told("floor", action="next")
    told("left", reader="Ben")
    told("said", text="who was it?")
    session = replay("s", told.events)
    assert (session.floor, session.queue, session.present) == ("", ("chi",), ("chi",))
    assert session.entries[-1].by == ""


def test_who_an_amended_remark_is_by_says_the_next_one_too_unless_another_spoke_since() -> None:
    told = Told()
    opened(told)
    wrong = told("said", by="ben", text="So.")
    told("amended", None, **{"of": wrong, "as": "said", "by": "cleo", "text": "So."})
    assert replay("s", told.events).speaker == "cleo"
    told("said", by="ana", text="No.")
    told("amended", None, **{"of": wrong, "as": "said", "by": "dora", "text": "So."})
    assert replay("s", told.events).speaker == "ana"
    told("struck", of=wrong)
    assert replay("s", told.events).speaker == "ana"


def test_floor_time_and_section_time_leave_pauses_and_cut_offs_out() -> None:
    told = Told()
    opened(told)
    told("took_up", 0, reading="rut", section="one")
    told("said", 1, by="ana", text="x")
    told("said", 3, by="ben", text="y")
    told("paused", 4)
    told("resumed", 34)
    told("took_up", 36, reading="rut", section="two")
    told("resumed", 500)
    told("closed", 501)
    session = replay("s", told.events)
    assert session.floor_seconds == {"ana": 120.0, "ben": 240.0}
    assert session.place_seconds == {Spot("rut", "one"): 360.0, Spot("rut", "two"): 60.0}
    assert session.elapsed(START + timedelta(minutes=900)) == 420.0


def test_time_runs_on_between_events() -> None:
    told = Told()
    opened(told)
    told("took_up", 2, reading="rut", section="one")
    session = replay("s", told.events)
    now = START + timedelta(minutes=5)
    assert session.elapsed(now) == 300.0
    assert session.used_at(Spot("rut", "one"), now) == 180.0
    assert session.used_at(Spot("rut", "two"), now) == 0.0


def test_a_section_has_the_time_of_all_its_prompts_and_of_every_visit() -> None:
    told = Told()
    opened(told)
    told("took_up", 0, reading="rut", section="one")
    told("took_up", 2, reading="rut", section="one", prompt="fair")
    told("took_up", 5, reading="rut", section="two")
    told("took_up", 9, reading="rut", section="one", prompt="fair")
    session = replay("s", told.events)
    now = START + timedelta(minutes=10)
    assert session.used_at(Spot("rut", "one"), now) == 360.0
    assert session.used_at(Spot("rut", "one", "fair"), now) == 240.0
    assert session.used_at(Spot("rut", "two"), now) == 240.0


MONEY = {"kind": "topic", "title": "Money", "reading": "", "topic": "Money", "minutes": 4}
ONE, TWO = (
    {"kind": "section", "title": name, "reading": "rut", "section": name} for name in ("one", "two")
)


def test_an_agenda_is_put_in_another_order_and_what_is_dropped_is_gone() -> None:
    told = Told()
    opened(told, agenda=[ONE, TWO])
    told("topic", text="Money")
    told("rearranged", agenda=[MONEY, {**TWO, "minutes": 7}], dropped=[ONE])
    agenda = replay("s", told.events).agenda
    assert [(i.title, i.minutes) for i in agenda] == [("Money", 4), ("two", 7)]


def test_a_topic_added_elsewhere_while_the_agenda_was_rearranged_stays() -> None:
    ana, ben = Told(), Told("ben")
    opened(ana, agenda=[ONE, TWO])
    ben("topic", 1, text="Money")
    ana("rearranged", 2, agenda=[TWO, ONE], dropped=[])
    agenda = replay("s", [*ana.events, *ben.events]).agenda
    assert [i.title for i in agenda] == ["two", "one", "Money"]


def test_a_topic_that_was_rearranged_is_amended_and_struck_like_any_other() -> None:
    told = Told()
    opened(told, agenda=[ONE])
    topic = told("topic", text="Money")
    told("rearranged", agenda=[MONEY, ONE], dropped=[])
    told("amended", of=topic, text="Rent")
    agenda = replay("s", told.events).agenda
    assert [(i.title, i.minutes) for i in agenda] == [("Rent", 4), ("one", None)]
    told("struck", of=topic)
    assert [i.title for i in replay("s", told.events).agenda] == ["one"]


def test_a_carried_question_that_is_dropped_is_no_question_of_this_session() -> None:
    told = Told()
    asked = {"kind": "question", "title": "Who?", "reading": "rut", "question": "e/ana#2"}
    opened(told, agenda=[{**asked, "of": "e/ana#2", "carried_from": "e"}, ONE])
    told("took_up", reading="rut", section="one")
    assert [q.key for q in replay("s", told.events).open_questions] == ["e/ana#2"]
    told("rearranged", agenda=[ONE], dropped=[asked])
    assert replay("s", told.events).open_questions == ()


def test_names_are_one_name_in_any_case_and_speaking_is_attending() -> None:
    told = Told()
    opened(told, readers=["Ana", "ben"])
    told("joined", reader="Ana")
    told("said", by="ana", text="x")
    told("said", by="Dee", text="y")
    told("left", reader="dee")
    session = replay("s", told.events)
    assert (session.attendance, session.present) == (("Ana", "Dee"), ("Ana",))
    assert session.names == ("Ana", "Dee", "ben")
    assert [e.by for e in session.entries] == ["Ana", "Dee"]


def test_topics_join_the_agenda_and_leave_it_when_struck() -> None:
    told = Told()
    opened(told)
    told("topic", text="Money")
    gone = told("topic", text="Hats")
    told("struck", of=gone)
    session = replay("s", told.events)
    assert [i.title for i in session.agenda] == ["Money"]


def test_events_of_later_versions_and_odd_fields_are_passed_over() -> None:
    told = Told()
    opened(told)
    told("applauded", by="ben")
    told("said", by=7, text=["no text"])
    told("settled", prompt="fair", how="dodged")
    session = replay("s", told.events)
    assert [(e.by, e.text) for e in session.entries] == [("", "")]
    assert session.settled == {}


def two_recorders() -> tuple[Told, Told]:
    ana, ben = Told("ana"), Told("ben")
    opened(ana)
    ana("said", 1, by="ana", text="one")
    ben("said", 2, by="ben", text="two")
    asked = ana("asked", 3, text="three?")
    ben("answered", 4, of=asked, text="four")
    ana("said", 5, by="ana", text="five")
    return ana, ben


def test_two_recorders_are_merged_by_time() -> None:
    ana, ben = two_recorders()
    session = replay("s", [*ben.events, *ana.events])
    assert [e.text for e in session.entries] == ["one", "two", "three?", "four", "five"]
    assert session.recorders == ("ana", "ben")
    assert session.open_questions == ()


def test_a_clock_that_is_behind_loses_no_answer_and_reorders_nobody() -> None:
    ana, ben = Told("ana"), Told("ben")
    opened(ana)
    asked = ana("asked", 10, text="three?")
    ben("answered", 2, of=asked, text="four")
    ben("struck", 3, of=asked)
    ana("said", 4, by="ana", text="after the clock was set back")
    session = replay("s", [*ana.events, *ben.events])
    assert session.open_questions == ()
    own = [e for e in session.entries if e.recorder == "ana"]
    assert [(e.seq, e.struck) for e in own] == [(2, True), (3, False)]


def test_an_event_written_again_after_a_failed_sync_counts_once() -> None:
    told = Told()
    opened(told)
    told("said", by="ana", text="x")
    again = told.events[-1]
    later = Event(again.seq, again.at + timedelta(seconds=5), again.name, again.fields, "ana")
    assert len(replay("s", [*told.events, later]).entries) == 1


@given(event_lists, st.randoms(use_true_random=False))
def test_replay_is_the_same_in_whatever_order_files_are_read(drawn: Drawn, random: Random) -> None:
    events = made(drawn)
    shuffled = list(events)
    random.shuffle(shuffled)
    assert replay("s", shuffled) == replay("s", events)


@given(event_lists)
def test_merging_drops_nothing_and_keeps_each_recorders_order(drawn: Drawn) -> None:
    events = made(drawn)
    merged = list(merge(events))
    assert len(merged) == len(events)
    for who in ("ana", "ben"):
        seqs = [e.seq for e in merged if e.recorder == who]
        assert seqs == sorted(seqs)


@given(event_lists)
def test_every_entry_recorded_is_in_the_session(drawn: Drawn) -> None:
    events = made(drawn)
    recorded = {"said", "quoted", "decided", "asked", "answered", "action", "topic"}
    session = replay("s", events)
    assert len(session.entries) == sum(e.name in recorded for e in events)
    assert all(seconds >= 0 for seconds in session.place_seconds.values())
