"""The recorder line's grammar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.meeting.recorder import Line, complete_name, due_date, find_name, parse

KNOWN = ("ana", "ben", "Chi Okafor", "Dana Li", "Dana Roy")
MONDAY = date(2026, 11, 23)


def read(typed: str) -> Line:
    line = parse(typed, KNOWN, MONDAY)
    assert line is not None
    return line


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a plain remark", Line("said", "a plain remark")),
        ("ana: well then", Line("said", "well then", by="ana")),
        ("ANA : well then", Line("said", "well then", by="ana")),
        ("chi: a first name does", Line("said", "a first name does", by="Chi Okafor")),
        ("dana: which Dana?", Line("said", "dana: which Dana?", stranger="dana")),
        ("dana roy: this one", Line("said", "this one", by="Dana Roy")),
        ("Note: a new word", Line("said", "Note: a new word", stranger="Note")),
        ("ana, ben: yes!", Line("said", "ana, ben: yes!", stranger="ana, ben")),
        ("Ana and BEN: no", Line("said", "Ana and BEN: no", stranger="Ana and BEN")),
        ("ana and eve saw it: twice", Line("said", "ana and eve saw it: twice")),
        ("eve: ! we go", Line("said", "eve: ! we go", stranger="eve")),
        ("Eve Adams: hello", Line("said", "Eve Adams: hello", stranger="Eve Adams")),
        ("not so fast: wait", Line("said", "not so fast: wait")),
        ("http://example.org", Line("said", "http://example.org")),
        ("19:30 it is", Line("said", "19:30 it is")),
        ("> the words", Line("quoted", "the words")),
        (">the words", Line("quoted", "the words")),
        ("> “the words”", Line("quoted", "the words")),
        ('> "one" and "two"', Line("quoted", '"one" and "two"')),
        ("ben: > the words", Line("quoted", "the words", by="ben")),
        ("! we meet weekly", Line("decided", "we meet weekly")),
        ("!we meet weekly", Line("decided", "we meet weekly")),
        ("? who pays", Line("asked", "who pays")),
        ("ana: ? who pays", Line("asked", "who pays", by="ana")),
        ("# the other text", Line("topic", "the other text")),
        ("#1 is the issue", Line("said", "#1 is the issue")),
        ("= nobody does", Line("answered", "nobody does")),
        ("=> so it follows", Line("said", "=> so it follows")),
        ("+ben", Line("floor", action="join", readers=("ben",))),
        ("+ Ben, chi", Line("floor", action="join", readers=("ben", "Chi Okafor"))),
        ("+Eve", Line("floor", action="join", readers=("Eve",))),
        ("+Eve Adams", Line("floor", action="join", readers=("Eve Adams",))),
        ("+nobody here", Line("said", "+nobody here", stranger="nobody here")),
        ("-eve", Line("said", "-eve", stranger="eve")),
        ("+1 to that", Line("said", "+1 to that")),
        ("+1", Line("said", "+1")),
        ("-ben", Line("floor", action="leave", readers=("ben",))),
        ("- a dash begins this", Line("said", "- a dash begins this")),
        ("next", Line("floor", action="next")),
        ("Next", Line("floor", action="next")),
        ("next time we read on", Line("said", "next time we read on")),
        ("???", Line("said", "???")),
        ("> …", Line("said", "> …")),
        ("  spaces\tand\nlines  ", Line("said", "spaces and lines")),
        ("bell\x07", Line("said", "bell␇")),
    ],
)
def test_each_form_records_what_the_table_says(typed: str, expected: Line) -> None:
    assert read(typed) == expected


@pytest.mark.parametrize(
    "typed", ["!", "* ", " ? ", ">", "+", "-", "ana:", "ana: !", "ana : #", "> ana:", "* BEN :"]
)
def test_a_mark_or_a_name_alone_records_nothing(typed: str) -> None:
    assert parse(typed, KNOWN, MONDAY) is None


@pytest.mark.parametrize(
    ("typed", "owner", "due", "due_on", "text"),
    [
        ("* ana by friday: copy it", "ana", "friday", "2026-11-27", "copy it"),
        ("* ana: copy it", "ana", "", "", "copy it"),
        ("* by tomorrow: copy it", "", "tomorrow", "2026-11-24", "copy it"),
        ("* copy it", "", "", "", "copy it"),
        ("* ana and ben by 3 dec: copy it", "ana, ben", "3 dec", "2026-12-03", "copy it"),
        ("* everyone by next time: read on", "everyone", "next time", "", "read on"),
        ("* remember: the door code", "", "", "", "remember: the door code"),
        ("ben: * copy it", "ben", "", "", "copy it"),
    ],
)
def test_an_action_has_an_owner_and_a_due_date_where_they_are_given(
    typed: str, owner: str, due: str, due_on: str, text: str
) -> None:
    line = read(typed)
    assert line.name == "action"
    assert (line.owner, line.due, line.due_on, line.text) == (owner, due, due_on, text)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-12-24", "2026-12-24"),
        ("monday", "2026-11-30"),
        ("Sun", "2026-11-29"),
        ("today", "2026-11-23"),
        ("next week", "2026-11-30"),
        ("december 1st", "2026-12-01"),
        ("5 january", "2027-01-05"),
        ("31 february", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_due_date_in_plain_words_becomes_a_date_where_it_can(due: str, expected: str) -> None:
    assert due_date(due, MONDAY) == expected


def test_names_are_found_in_any_case_and_completed_when_only_one_fits() -> None:
    assert find_name(" CHI okafor ", KNOWN) == "Chi Okafor"
    assert find_name("nobody", KNOWN) == ""
    assert complete_name("a", KNOWN) == "ana"
    assert complete_name("da", KNOWN) == ""
    assert complete_name("", KNOWN) == ""


def test_a_blank_line_records_nothing() -> None:
    assert parse(" \t\n", KNOWN, MONDAY) is None


@given(st.text(min_size=1, max_size=200))
def test_whatever_has_a_word_is_recordable_and_its_words_are_kept(typed: str) -> None:
    line = parse(typed, KNOWN, MONDAY)
    if line is None:
        parts = [part.strip().lstrip(">!?*#=") for part in typed.split(":")]
        assert not any(c.isalnum() for part in parts if not find_name(part, KNOWN) for c in part)
        return
    assert line.text or line.readers or line.action
    line.text.encode("utf-8")
