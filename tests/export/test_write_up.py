"""The write-up: what a group reads after a session, and what survives its being exported again."""

from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from studygroup.core.meeting.journal import Event
from studygroup.core.meeting.replay import replay
from studygroup.export import export
from studygroup.export.blocks import merge
from studygroup.export.markdown import generated, inline, line
from studygroup.export.names import person
from studygroup.export.write_up import write_up
from tests.export.meetings import ASK, AT_BRIDGE, AT_LOCK, START, STUDY, WALK, session, text


def test_it_begins_with_title_day_people_and_reading() -> None:
    written = text(("closed", {}))
    assert "# Canal \\*night\\*" in written
    assert "Monday, 23 November 2026, 19:00–19:04 (4 min of 90 planned)" in written
    assert "**Present:** Ana and Ben Okri  \n**Recorded by:** Ana  \n**Read:** N. N." in written
    assert "*[A Walk by the Canal](<https://example.org/walk>)* (1911)" in written


def test_each_section_says_what_was_asked_said_decided_and_left_open() -> None:
    written = text(
        ("took_up", AT_BRIDGE),
        ("said", {"by": "ana", "text": "Two towns."}),
        ("took_up", {**AT_LOCK, "prompt": "house"}),
        ("said", {"by": "ben okri", "text": "Nobody's."}),
        ("decided", {"text": "We ask the town hall."}),
        ("asked", {"by": "ana", "text": "Who pays"}),
    )
    lock = written.index("## 1 The Lock")
    assert lock < written.index("## 2 The Bridge")
    part = written[lock : written.index("## 2 The Bridge")]
    told = (
        "Ben Okri:** Nobody's.",
        "Decided:** We ask the town hall.",
        "Ana:** *asked:* Who pays?",
    )
    assert f"**Asked: {ASK}** 19:06\n\n- **" + "\n- **".join(told) + " *(left open)*" in part
    assert "- **Ana:** Two towns." in written[written.index("## 2 The Bridge") :]


def no_template(name: str) -> None:
    """The study has no templates of its own."""


def quoted(verdict: str, **place: object) -> tuple[str, Mapping[str, object]]:
    cited = {"verdict": verdict, "citation": "A Walk by the Canal, §1 The Lock ¶2", **place}
    return ("quoted", {"by": "ana", "text": "Water finds its level", **cited, **AT_LOCK})


def test_a_quotation_carries_its_citation_and_an_altered_one_what_it_changed() -> None:
    assert "“Water finds its level” (¶2)" in text(quoted("exact"))
    target = {"reading": WALK.slug, "section": "1-the-lock", "words": "Water finds\nits own level"}
    altered = text(quoted("altered", target=target))
    assert "“Water finds its ~~own~~ level”" in altered
    assert "≈ not word for word: ~~only in the text~~, **only in the quotation**)" in altered
    assert "≈ not word for word)" in text(quoted("altered"))
    assert "(✗ not found in the readings)" in text(quoted("missing"))
    assert "stand in several places" in text(quoted("ambiguous"))


def test_a_long_altered_quotation_shows_each_changed_word_and_the_passage_only_once() -> None:
    source = " ".join(f"w{n}" for n in range(40))
    words_ = source.replace("w7 ", "").replace("w20", "new *one*").replace("w33", "w33 more")
    target = {"reading": WALK.slug, "section": "1-the-lock", "words": source}
    told = ("quoted", {"text": words_, "verdict": "altered", "target": target, "citation": "C"})
    written = text(told)
    assert "w6 ~~w7~~ w8" in written
    assert "w19 ~~w20~~ **new \\*one\\*** w21" in written
    assert "w33 **more** w34" in written
    assert written.count("w39") == 1


def test_a_quotation_is_cited_from_where_it_stands_in_the_write_up() -> None:
    def cited(place: Mapping[str, object], section: str, citation: str) -> str:
        target = {"reading": WALK.slug, "section": section, "paragraph": 2, "words": "w"}
        fields = {"verdict": "exact", "citation": citation, "target": target, **place}
        written = text(("quoted", {"text": "Water finds its level", **fields}))
        return written.partition("level” (")[2].partition(")\n")[0]

    lock = "A Walk by the Canal, §1 The Lock ¶2"
    assert cited(AT_LOCK, "1-the-lock", lock) == "¶2"
    assert cited(AT_BRIDGE, "1-the-lock", lock) == "§1 ¶2"
    assert cited({"reading": "", "topic": "Money"}, "1-the-lock", lock) == "§1 ¶2"
    assert cited(AT_LOCK, "1-the-lock", f"{lock}, ana’s note") == "¶2, ana’s note"
    assert cited(AT_LOCK, "gone", lock) == lock
    assert cited(AT_LOCK, "1-the-lock", "An Older Title, §1 The Lock ¶2").startswith("An Older")


def test_what_is_still_to_do_stands_on_top_and_what_was_not_reached_at_the_end() -> None:
    item = {"kind": "prompt", "title": ASK, **AT_LOCK, "prompt": "house", "minutes": 5}
    later = {"kind": "prompt", "title": "Which towns?", **AT_BRIDGE, "prompt": "towns"}
    events = [
        Event(1, START, "opened", {"readings": [WALK.slug], "agenda": [item, later]}, "ana"),
        Event(2, START, "joined", {"reader": "ana"}, "ana"),
        Event(3, START, "took_up", {**AT_LOCK, "prompt": "house"}, "ana"),
        Event(4, START, "asked", {"text": "Who pays?"}, "ana"),
        Event(5, START, "action", {"text": "copy it"}, "ana"),
    ]
    written = merge("", generated(write_up(replay("s", events), STUDY))).text
    order = [
        "**Present:** Ana",
        "## Open questions\n\n- Who pays? — §1 The Lock",
        "## Actions\n\n- [ ] copy it (§1 The Lock)",
        "## 1 The Lock",
        "## Not reached\n\n- Which towns? — §2 The Bridge",
    ]
    places = [written.index(words_) for words_ in order]
    assert places == sorted(places)


def agenda_item(kind: str, title: str, place: Mapping[str, str]) -> Mapping[str, object]:
    return {"kind": kind, "title": title, **place}


HOUSE = {**AT_LOCK, "prompt": "house"}
AGENDA = (
    agenda_item("section", "1 The Lock", AT_LOCK),
    agenda_item("prompt", ASK, HOUSE),
    agenda_item("section", "2 The Bridge", AT_BRIDGE),
    agenda_item("prompt", "Which towns?", {**AT_BRIDGE, "prompt": "towns"}),
)
PUT_OFF = ("settled", {"reading": WALK.slug, "prompt": "house", "how": "deferred"})


def with_agenda(*told: tuple[str, Mapping[str, object]]) -> str:
    return merge("", generated(write_up(session(*told, agenda=AGENDA), STUDY))).text


def test_a_prompt_that_was_put_off_stands_once_under_what_is_left() -> None:
    written = with_agenda(("took_up", HOUSE), PUT_OFF, ("took_up", AT_LOCK))
    assert written.count(ASK) == 1
    assert f"## Left for next time\n\n- {ASK} — §1 The Lock" in written
    assert "(Nothing was recorded.)" not in written


def test_what_was_said_to_a_prompt_before_it_was_put_off_is_told() -> None:
    said = ("said", {"by": "ana", "text": "Hard to say."})
    written = with_agenda(("took_up", HOUSE), said, PUT_OFF)
    assert (
        f"**Asked: {ASK}** 19:04\n\n- **Ana:** Hard to say.\n\n*(Left for next time.)*" in written
    )
    assert f"## Left for next time\n\n- {ASK}" in written


def test_sections_and_topics_that_were_never_opened_are_not_reached() -> None:
    topic = ("topic", {"text": "Money", **AT_LOCK})
    written = with_agenda(("took_up", HOUSE), ("said", {"text": "Hm."}), topic)
    end = "## Not reached\n\n- §2 The Bridge\n    - Which towns?\n- *topic:* Money\n"
    assert end in written
    taken_up = with_agenda(topic, ("took_up", {"reading": "", "topic": "Money"}))
    assert "*topic:* Money" not in taken_up


def test_of_very_many_sections_the_first_are_named_and_the_others_counted() -> None:
    places = [{"reading": WALK.slug, "section": f"part-{n}"} for n in range(30)]
    agenda = [agenda_item("section", f"Part {n}", place) for n, place in enumerate(places)]
    written = merge("", generated(write_up(session(agenda=agenda), STUDY))).text
    assert "- §part-0\n" in written
    assert "- *and 21 more sections*" in written


def test_a_session_in_which_nothing_was_recorded_says_so() -> None:
    assert "*Nothing was recorded at this session.*" in text(("closed", {}))
    assert "Nothing was recorded" not in text(("said", {"text": "One word."}))


def test_what_was_struck_is_not_told() -> None:
    said = ("said", {"by": "ana", "text": "a slip of the tongue", **AT_LOCK})
    assert "slip" not in text(said, ("struck", {"of": "ana#4"}))


def test_a_question_carried_over_says_since_when_and_its_answer_to_what() -> None:
    item = {"kind": "question", "title": "Who pays", "carried_from": "2026-11-01-x", "of": "x/b#2"}
    opened = Event(1, START, "opened", {"title": "T", "agenda": [item]}, "ana")
    still_open = replay("s", [opened])
    assert (
        "Who pays? (left open since Sunday, 1 November 2026)"
        in merge("", generated(write_up(still_open, STUDY))).text
    )
    answer = Event(2, START, "answered", {"text": "Ben.", "of": "x/b#2"}, "ana")
    answered = merge("", generated(write_up(replay("s", [opened, answer]), STUDY))).text
    assert "*answered the question left open before, “Who pays?”:* Ben." in answered
    assert "left open since" not in answered


def test_what_was_said_to_a_question_left_open_before_stands_under_it() -> None:
    taken = {**AT_LOCK, "question": "x/b#2"}
    carried = {**agenda_item("question", "Who pays", taken), "of": "x/b#2"}
    told = [("took_up", taken), ("said", {"by": "ana", "text": "The town."})]
    written = merge("", generated(write_up(session(*told, agenda=[carried]), STUDY))).text
    assert "**Asked: Who pays? (left open before)** 19:04\n\n- **Ana:** The town." in written
    told.append(("answered", {"by": "ana", "text": "So the town.", "of": "x/b#2"}))
    answered = merge("", generated(write_up(session(*told, agenda=[carried]), STUDY))).text
    assert "- **Ana:** The town.\n- **Ana:** *answered:* So the town." in answered


def test_who_did_not_stay_is_said_and_what_was_taken_on_stands_where_it_was() -> None:
    action = ("action", {"text": "copy it", "owner": "ben okri, ana", "by": "ana", **AT_LOCK})
    written = text(action, ("left", {"reader": "ben okri"}))
    assert "**Present:** Ana and Ben Okri (left early)" in written
    assert "- **Ana:** *action for Ben Okri and Ana:* copy it" in written


def test_very_many_prompts_that_were_not_asked_are_counted_by_their_place() -> None:
    prompts = [agenda_item("prompt", f"{n}?", {**AT_LOCK, "prompt": f"p{n}"}) for n in range(9)]
    more = [agenda_item("prompt", f"{n}?", {**AT_BRIDGE, "prompt": f"q{n}"}) for n in range(3)]
    agenda = [AGENDA[0], *prompts, AGENDA[2], *more]
    told = session(("took_up", {**AT_LOCK, "prompt": "p0"}), agenda=agenda)
    written = merge("", generated(write_up(told, STUDY))).text
    assert "- §2 The Bridge (3 prompts)\n- *prompts not asked:* 8 on §1 The Lock\n" in written


def test_notes_that_were_marked_as_discussed_stand_in_their_section() -> None:
    note = next(n for n in STUDY.notes if n.section == "1-the-lock" and n.title)
    marked = ("marked", {"note": note.id, "how": "discussed"})
    written = text(marked)
    assert (
        f"**Notes discussed**\n\n- **{person(note.reader)}:** {note.title} *({note.kind}" in written
    )
    assert "## 1 The Lock" in written
    assert "Nothing was recorded" not in written
    assert "Notes discussed" not in text(marked, ("marked", {"note": note.id, "how": "open"}))
    assert "Notes discussed" not in text(marked, ("said", {"text": "a", "note": note.id}))
    assert "Notes discussed" not in text(("marked", {"note": "gone", "how": "discussed"}))


def shown(markdown: str) -> str:
    """The characters a reader of the rendered Markdown sees."""
    (token,) = (t for t in MarkdownIt().parse(markdown) if t.type == "inline")
    assert token.children is not None
    assert {c.type for c in token.children} <= {"text", "text_special"}
    return "".join(c.content for c in token.children)


@pytest.mark.parametrize(
    "typed",
    [
        "*stars* and _bars_ and snake_case",
        "<b>bold</b> <!-- studygroup:end -->",
        "[a link](http://x) and [brackets]",
        "![picture](x)",
        "`code` \\ and &amp; & co",
        "# no heading",
        "1. no list",
        "1) no list",
        "- no list",
        "> no quotation",
        "+ no list",
        "===",
        "---",
        "~~~ no fence",
        "~~~",
        "~~struck~~ ==marked== %%hidden%%",
        "since 2026-11-01)",
        "a line -",
        "$5 and $6",
    ],
)
def test_what_people_say_is_never_markup(typed: str) -> None:
    assert shown(line(typed)) == typed
    assert shown(f"x {inline(typed)}") == f"x {typed}"


words = st.text(alphabet="ab $*_`[]()<>!&#;\\-+=~1.:\"'“", min_size=1, max_size=30)


@given(words)
def test_any_line_is_shown_as_it_was_typed(typed: str) -> None:
    said = " ".join(typed.split())
    if said:
        assert shown(line(said)) == said


typed_lines = st.text(alphabet="ab *_`[]()<>!&#;\\-+=~1.:\"'\n/", min_size=1, max_size=30)


@example(said="\n=", name="1")
@example(said="[\n](a)", name="[\n]()")
@example(said="a|b\n-|-\n", name="1")
@given(typed_lines, typed_lines)
@settings(max_examples=60, deadline=None)
def test_nothing_that_people_write_changes_what_a_write_up_is_made_of(said: str, name: str) -> None:
    def kinds(said: str, name: str) -> list[str]:
        told = (
            ("said", {"by": f"x{name}x", "text": f"x{said}x", **AT_LOCK}),
            ("quoted", {"text": f"x{said} " * 31, "verdict": "exact", "citation": name, **AT_LOCK}),
            ("asked", {"text": f"x{said}x", "reading": "", "topic": f"x{name}x"}),
            ("action", {"text": f"x{said}x", "owner": f"x{name}x", "due": f"x{name}x"}),
        )
        tokens = MarkdownIt().parse(text(*told))
        inner = [c.type for t in tokens for c in t.children or [] if c.type.startswith(_MARKUP)]
        return [t.type for t in tokens] + inner

    assert kinds(said, name) == kinds("said", "name")


_MARKUP = ("html", "link", "image", "code")


def test_names_in_small_letters_get_capitals_and_others_stay() -> None:
    assert [person(n) for n in ("ana", "ben okri", "bell hooks III", "d'arcy")] == [
        "Ana",
        "Ben Okri",
        "bell hooks III",
        "D'Arcy",
    ]


def test_every_block_of_a_write_up_has_a_name_of_its_own() -> None:
    told = session(
        ("said", {"text": "a"}),
        ("said", {"text": "b", **AT_LOCK}),
        ("said", {"text": "c", "reading": WALK.slug}),
        ("said", {"text": "d", "reading": "", "topic": "Money!"}),
        ("said", {"text": "e", "reading": "gone", "section": "lost"}),
    )
    names = [b.name for b in write_up(told, STUDY)]
    assert len(names) == len(set(names))
    assert not any(" " in name for name in names)
    whole = merge("", generated(write_up(told, STUDY))).text
    assert all(f"- {said}\n" in whole for said in "abcde")


def test_topics_that_are_called_nearly_alike_all_keep_their_minutes_in_the_order_of_use() -> None:
    topics = ("Time", "C#", "C++", "C", "C-2", "Деньги", "Время", "All else")
    told = session(
        *(("said", {"text": f"on {t}", "reading": "", "topic": t}) for t in topics),
        ("said", {"text": "again", "reading": "", "topic": "Time"}),
    )
    parts = write_up(told, STUDY)
    assert len({p.name for p in parts}) == len(parts)
    written = merge("", generated(parts)).text
    headings = [written.index(f"## {inline(t)}\n") for t in topics]
    assert headings == sorted(headings)
    assert all(inline(f"on {t}") in written for t in topics)
    assert merge(written, generated(parts)).text == written


def test_a_topic_keeps_its_block_when_one_called_nearly_alike_is_added() -> None:
    told = [("said", {"text": "old", "reading": "", "topic": "C#"})]
    before = generated(write_up(session(*told), STUDY))
    told.append(("said", {"text": "new", "reading": "", "topic": "C++"}))
    assert set(before[1:]) < set(generated(write_up(session(*told), STUDY)))


def test_topics_that_are_written_alike_keep_their_blocks_wherever_they_are_told() -> None:
    told = session(
        ("took_up", AT_BRIDGE),
        ("said", {"text": "late in the text", "reading": "", "topic": "C#"}),
        ("took_up", AT_LOCK),
        ("said", {"text": "early in the text", "reading": "", "topic": "C++"}),
    )
    parts = write_up(told, STUDY)
    assert [p.name for p in parts][1:] == ["topic:c-2", "topic:c"]
    assert "late in the text" in parts[2].blocks[-1].text


def test_the_sections_of_two_lost_readings_stay_together() -> None:
    places = [("gone", "a"), ("lost", "b"), ("gone", "c"), ("lost", "d")]
    told = session(*(("said", {"text": s, "reading": r, "section": s}) for r, s in places))
    names = [p.name for p in write_up(told, STUDY)][1:]
    assert names == ["section:gone#a", "section:gone#c", "section:lost#b", "section:lost#d"]


def test_json_has_full_citations_and_the_words_that_an_altered_quotation_changed() -> None:
    import json

    target = {"reading": WALK.slug, "section": "1-the-lock", "words": "Water finds its own level"}
    for verdict, differences in (
        ("altered", [{"op": "drop", "quote": "", "source": "own"}]),
        ("exact", []),
    ):
        told = session(quoted(verdict, target=target))
        (entry,) = json.loads(export("json", told, STUDY, "", no_template).text)["entries"]
        assert entry["differences"] == differences
        assert entry["citation"] == "A Walk by the Canal, §1 The Lock ¶2"


def test_json_has_what_other_programs_rely_on() -> None:
    import json

    data = json.loads(export("json", session(quoted("exact")), STUDY, "", no_template).text)
    assert {"id", "title", "readings", "opened", "closed", "attendance", "agenda"} <= set(data)
    assert {"entries", "open_questions", "actions", "floor_seconds"} <= set(data)
    (entry,) = data["entries"]
    assert entry["kind"] == "quotation"
    assert entry["citation"] == "A Walk by the Canal, §1 The Lock ¶2"
    assert {"seq", "at", "kind", "by", "text", "section", "citation"} <= set(entry)


def test_what_is_quoted_in_what_was_said_carries_its_citation() -> None:
    told = text(
        ("took_up", AT_LOCK),
        ("said", {"by": "ana", "text": "Is “the crews talk” the point?", **AT_LOCK}),
        ("decided", {"text": "Keep “the newer one, which pays for it” in mind.", **AT_LOCK}),
        ("asked", {"text": "Why “Water finds its level, and so do men”", **AT_LOCK}),
        ("said", {"by": "ben", "text": "She said “let us all go home now”.", **AT_LOCK}),
    )
    assert "Is “the crews talk” (¶3) the point?" in told
    assert "Keep “the newer one, which pays for it” (§2 ¶3) in mind." in told
    assert "Why “Water finds its ~~own~~ level, and so do men” (¶2; ≈ not word for word:" in told
    assert "She said “let us all go home now”." in told
