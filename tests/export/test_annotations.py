"""JSON-LD: notes and entries as annotations that keep the rules of the W3C's model."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.meeting.session import Session
from studygroup.export import export
from studygroup.export.jsonld import plain_text
from tests.export.annotation_model import violations
from tests.export.meetings import AT_LOCK, STUDY, WALK, session

WORDS = "Water finds its own level"
LOCK = WALK.sections[1]
START = LOCK.text.index(WORDS)
CITED = {
    "verdict": "exact",
    "citation": "A Walk by the Canal, §1 The Lock ¶2",
    "target": {
        "reading": WALK.slug,
        "section": LOCK.id,
        "paragraph": 2,
        "start": START,
        "end": START + len(WORDS),
        "words": WORDS,
        "prefix": LOCK.text[START - 9 : START],
        "suffix": LOCK.text[START + len(WORDS) :][:9],
    },
}


def written(told: Session) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(export("jsonld", told, STUDY, "", lambda _: None).text)
    return document


def items(told: Session) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = written(told)["first"]["items"]
    return found


MEETING = session(
    ("said", {"by": "ben okri", "text": "Nobody's.", **AT_LOCK}),
    ("quoted", {"by": "ana", "text": WORDS, **AT_LOCK, **CITED}),
    ("asked", {"by": "ana", "text": "Who pays?", **AT_LOCK}),
    ("answered", {"by": "ben okri", "text": "Everybody.", "of": "ana#6", **AT_LOCK}),
    ("action", {"text": "copy it"}),
    ("said", {"text": "struck", **AT_LOCK}),
    ("struck", {"of": "ana#9"}),
)


def test_it_keeps_every_rule_of_the_model() -> None:
    assert violations(written(MEETING)) == []


def test_a_quotation_is_selected_by_its_words_and_by_its_position_in_the_text() -> None:
    (quoted,) = (i for i in items(MEETING) if i["motivation"] == "highlighting")
    target = quoted["target"]
    assert target["source"] == "https://example.org/walk"
    by_words, by_position = target["selector"]
    assert by_words["exact"] == WORDS
    text = plain_text(WALK)
    assert text[by_position["start"] : by_position["end"]] == WORDS
    assert text[: by_position["start"]].endswith(by_words["prefix"])
    assert text[by_position["end"] :].startswith(by_words["suffix"])
    assert quoted["creator"]["nickname"] == "ana"
    assert quoted["created"] == "2026-11-23T19:05:00Z"


def test_a_position_is_left_out_where_the_text_has_changed_since() -> None:
    moved = {**CITED, "target": {**CITED["target"], "start": 0, "end": 25}}  # type: ignore[dict-item]
    told = session(("quoted", {"by": "ana", "text": WORDS, **AT_LOCK, **moved}))
    assert items(told)[0]["target"]["selector"]["type"] == "TextQuoteSelector"


def test_an_answer_replies_to_its_question_and_what_was_struck_is_left_out() -> None:
    found = items(MEETING)
    (question,) = (i for i in found if i["motivation"] == "questioning" and "created" in i)
    (answer,) = (i for i in found if i["motivation"] == "replying")
    assert answer["target"] == question["id"]
    assert answer["body"]["value"] == "Everybody."
    assert "struck" not in json.dumps(found)


def test_every_note_is_there_with_its_kind_and_the_passages_it_quotes() -> None:
    notes = [i for i in items(MEETING) if i["id"].startswith("urn:studygroup:note:")]
    assert len(notes) == len(STUDY.notes)
    (criticism,) = (n for n in notes if n["motivation"] == "assessing")
    said, kind = criticism["body"]
    assert said["value"].startswith("Too easy\n\n“Water finds its own level")
    assert (kind["value"], kind["purpose"]) == ("criticism", "tagging")
    by_words, by_position = criticism["target"]["selector"]
    assert plain_text(WALK)[by_position["start"] : by_position["end"]] == by_words["exact"]


def test_a_reading_without_an_address_is_named_by_its_slug() -> None:
    told = session(("said", {"text": "a", "reading": "gone", "section": "x"}))
    assert items(told)[0]["target"] == "urn:studygroup:session:2026-11-23-walk"
    lost = {**CITED, "target": {**CITED["target"], "reading": "gone"}}  # type: ignore[dict-item]
    told = session(("quoted", {"text": WORDS, **AT_LOCK, **lost}))
    assert items(told)[0]["target"]["source"] == "urn:studygroup:reading:gone"


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=12))
@settings(max_examples=30, deadline=None)
def test_whatever_people_write_the_rules_are_kept(said: str, name: str, title: str) -> None:
    told = session(
        ("said", {"by": name, "text": said, **AT_LOCK}),
        ("asked", {"by": name, "text": said, "reading": title, "section": said}),
        ("answered", {"text": said, "of": f"{title}/{name}#1"}),
        title=title,
    )
    assert violations(written(told)) == []


@pytest.mark.parametrize("key", ["@context", "id", "type", "target"])
def test_the_check_sees_an_annotation_that_lacks_what_it_must_have(key: str) -> None:
    broken = written(MEETING)
    del broken["first"]["items"][0][key]
    assert violations(broken)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["first", "items"], []),
        (["total"], -1),
        (["first", "items", 1, "target", "source"], "not an iri"),
        (["first", "items", 1, "target", "selector", 0, "exact"], ""),
        (["first", "items", 1, "target", "selector", 1, "end"], "7"),
        (["first", "items", 0, "body", "value"], None),
        (["first", "items", 0, "created"], "yesterday"),
        (["first", "items", 0, "motivation"], "shouting"),
    ],
)
def test_the_check_sees_what_is_broken(path: list[Any], value: object) -> None:
    broken: Any = written(MEETING)
    node = broken
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    assert violations(broken)


def test_a_note_that_was_quoted_keeps_its_words_and_is_about_where_the_session_was() -> None:
    told = session(
        (
            "quoted",
            {"text": "Does it?", "note": "n", **AT_LOCK, "verdict": "exact", "citation": "c"},
        )
    )
    assert violations(written(told)) == []
    (quoted,) = (i for i in items(told) if i["motivation"] == "highlighting")
    assert quoted["body"]["value"] == "Does it?"
