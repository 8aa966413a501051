"""Past sessions from the shell: questions answered across sessions, what was decided and to do."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from studygroup.bootstrap import open_workspace
from tests.shell import run

Held = Callable[..., str]


@pytest.fixture
def hold(root: Path, capsys: pytest.CaptureFixture[str]) -> Held:
    """Hold a session from the shell, its lines recorded one by one, and return its id."""

    def make(title: str, *lines: str, close: bool = True) -> str:
        arguments = ("walk", "--with", "ana,ben", "--title", title, "--no-open", "--json")
        session = str(json.loads(run(capsys, "session", "start", *arguments)[1])["id"])
        for line in lines:
            assert run(capsys, "session", "add", session, line)[0] == 0
        if close:
            assert run(capsys, "session", "close", session)[0] == 0
        return session

    return make


def show(capsys: pytest.CaptureFixture[str], session: str, *options: str) -> str:
    code, out, err = run(capsys, "session", "show", session, *options)
    assert (code, err) == (0, "")
    return out


def test_a_question_is_carried_over_and_answered_in_the_next_session_for_all(
    hold: Held, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = hold("First", "ben: ? who sold it")
    assert "Open questions\n  ben: who sold it\n" in show(capsys, first)
    second = hold("Second", close=False)
    carried = json.loads(show(capsys, second, "--json"))
    assert next((i["kind"], i["title"]) for i in carried["agenda"]) == ("question", "who sold it")
    assert f"ben: who sold it (left open in {first})" in show(capsys, second)
    code, out, err = run(capsys, "session", "add", second, "ana: = the town did")
    assert (code, err) == (0, "")
    assert out == "answer (ana): the town did (to “who sold it”)\n"
    run(capsys, "session", "close", second)

    shown = show(capsys, first)
    assert "Open questions" not in shown
    since = f"ben: who sold it (answered in {second} by ana: the town did)"
    assert f"Answered since\n  {since}\n" in shown
    told = json.loads(show(capsys, first, "--json"))
    assert told["open_questions"] == []
    (answered,) = told["answered_questions"]
    assert (answered["text"], answered["answer"]["session"]) == ("who sold it", second)
    assert answered["answer"]["text"] == "the town did"
    listed = json.loads(run(capsys, "session", "list", "--json")[1])["sessions"]
    assert [s["open_questions"] for s in listed] == [0, 0]
    assert [s["answered_questions"] for s in listed] == [1, 1]

    for session in (first, second):
        written = run(capsys, "export", session, "-o", "-")[1]
        assert "## Open questions" not in written
        assert "the town did" in written
    third = json.loads(show(capsys, hold("Third"), "--json"))
    assert [i for i in third["agenda"] if i["kind"] == "question"] == []


def test_an_open_question_of_any_session_is_answered_by_words_of_it(
    hold: Held, capsys: pytest.CaptureFixture[str]
) -> None:
    hold("First", "? who sold it", "? who lives there")
    second = hold("Second", "? what is a lock", close=False)
    said = ("= the keeper", "--question", "lives")
    code, out, _ = run(capsys, "session", "add", second, *said)
    assert (code, out) == (0, "answer: the keeper (to “who lives there”)\n")
    open_now = json.loads(show(capsys, second, "--json"))["open_questions"]
    assert [q["text"] for q in open_now] == ["who sold it", "what is a lock"]
    code, _, err = run(capsys, "session", "add", second, *said)
    assert (code, "no open question has “lives”" in err) == (2, True)


def test_an_answer_with_no_question_open_is_kept_and_says_so(
    hold: Held, capsys: pytest.CaptureFixture[str]
) -> None:
    session = hold("First", close=False)
    code, out, err = run(capsys, "session", "add", session, "= yes")
    assert (code, out) == (0, "answer: yes\n")
    assert "No question is open here" in err


def test_show_tells_decisions_actions_with_their_dates_and_what_was_not_reached(
    hold: Held, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("ana: ! we go and see", "* ben by 2020-01-02: buy bread", "* ana: ask", "ben: hm")
    shown = show(capsys, hold("First", *lines))
    assert "Decided\n  ana: we go and see\n" in shown
    assert "Actions\n  ben: buy bread (by 2020-01-02) overdue\n  ana: ask\n" in shown
    assert "  §2 The Bridge (1 prompt)\n" in shown
    assert "Speakers\n  ana: 0 min, 1 turn\n  ben: 0 min, 1 turn\n" in shown


def test_struck_entries_are_shown_struck_and_amended_ones_in_their_last_words(
    hold: Held, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = hold("First", "! we go", "ben: it is emty", close=False)
    with open_workspace(root).sessions.record(session) as recording:
        decision, remark = recording.session.entries
        recording.strike(decision.key)
        recording.amend(remark.key, "ben: it is empty")
    shown = show(capsys, session)
    assert "decision: we go (struck)\n" in shown
    assert "ben: it is empty (amended)\n" in shown
    assert "emty" not in shown
    assert "Decided" not in shown


def test_list_tells_for_a_pipe_what_each_session_left(
    hold: Held, capsys: pytest.CaptureFixture[str]
) -> None:
    session = hold("First", "! we go", "? why", "* ana: ask", "* ben: look")
    head, row = run(capsys, "session", "list")[1].splitlines()
    names, cells = head.split("\t"), row.split("\t")
    told = dict(zip(names, cells, strict=True))
    assert told["session"] == session
    assert (told["state"], told["entries"], told["open"]) == ("closed", "4", "1")
    assert (told["decided"], told["actions"], told["present"]) == ("1", "2", "ana,ben")


def test_a_session_whose_journal_cannot_be_read_hides_no_other(
    hold: Held, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, whole = hold("First", "? why"), hold("Second", "ana: hello", close=False)
    journal = root / "sessions" / broken / "ana.jsonl"
    journal.unlink()
    journal.mkdir()
    assert "ana: hello" in show(capsys, whole)
