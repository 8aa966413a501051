"""Sessions from the shell: started, recorded line by line, killed, shown, closed and exported."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studygroup.core.errors import CannotWrite
from studygroup.core.meeting.journal import EventName
from studygroup.files.journal_folder import JournalFolder
from tests.shell import run

WRITE_UP = "write-up.md"


@pytest.fixture
def session(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    code, out, _ = run(
        capsys, "session", "start", "walk", "--with", "ana,ben", "--minutes", "60", "--json"
    )
    assert code == 0
    return str(json.loads(out)["id"])


def show(capsys: pytest.CaptureFixture[str], session: str) -> dict[str, object]:
    code, out, err = run(capsys, "session", "show", session, "--json")
    assert (code, err) == (0, "")
    found: dict[str, object] = json.loads(out)
    return found


def test_start_opens_a_session_with_an_agenda_and_says_how_to_record(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "session", "start", "walk", "--no-open", "--title", "Canal night")
    assert (code, err) == (0, "")
    assert "-canal-night: Canal night, 90 min" in out
    assert "studygroup session add" in out
    (folder,) = (root / "sessions").iterdir()
    assert [f.name for f in folder.iterdir()] == ["ana.jsonl"]


def test_a_dry_run_shows_the_agenda_with_its_sum_and_starts_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "session", "start", "walk", "--minutes", "60", "--dry-run")
    assert (code, err) == (0, "")
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows[0] == ["min", "kind", "place", ""]
    assert [row[1:] for row in rows[2:4]] == [
        ["section", "", "1 The Lock"],
        ["prompt", "§1 The Lock", "  Why does nobody ask?"],
    ]
    assert rows[-1] == ["60 of 60 min"]
    assert not (root / "sessions").exists()


def test_a_dry_run_in_json_has_the_lines_and_their_sum(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "session", "start", "walk", "--dry-run", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["planned_minutes"], told["total_minutes"], told["left_out"]) == (90, 90, [])
    assert told["agenda"][1]["section"] == "1-the-lock"
    assert not (root / "sessions").exists()


def test_the_agenda_is_shown_on_a_terminal_with_what_was_discussed_before(
    session: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "session", "add", session, "--at", "#the lock", "ana: so")
    run(capsys, "session", "close", session)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, _ = run(capsys, "session", "start", "walk", "--no-open")
    assert code == 0
    assert "↩ Why does nobody ask?" in out
    assert "↩ left over from an earlier session" in out
    assert "90 of 90 min" in out
    assert "Left out, because discussed before: §1 The Lock" in out
    assert "Started" in out


def test_each_form_of_the_line_is_recorded_and_said_back(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed, said in (
        ("ben: it is empty", "ben: it is empty"),
        ("? who sold it", "open question: who sold it"),
        ("! we go and see", "decision: we go and see"),
        ("+ana", "floor: ben → ana"),
        ("-ana", "floor: ben"),
        ("> nobody has asked why", "§1 The Lock ¶1)"),
    ):
        code, out, err = run(capsys, "session", "add", session, typed)
        assert (code, err) == (0, "")
        assert said in out
    entries = show(capsys, session)["entries"]
    assert isinstance(entries, list)
    assert [e["kind"] for e in entries] == ["remark", "question", "decision", "quotation"]
    assert entries[-1]["citation"] == "A Walk by the Canal, §1 The Lock ¶1"
    assert entries[-1]["verdict"] == "exact"


def test_words_without_quotes_and_a_shortened_id_do(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "session", "add", session[:10], "ana:", "two", "words", "--json")
    assert code == 0
    assert json.loads(out)["entry"]["text"] == "two words"


def test_a_section_can_be_taken_up_first_and_stays_taken_up(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "session", "add", session, "--at", "#the bridge", "ana: two towns")
    run(capsys, "session", "add", session, "ana: still here")
    entries = show(capsys, session)["entries"]
    assert isinstance(entries, list)
    assert [e["section"] for e in entries] == ["2-the-bridge", "2-the-bridge"]


def test_list_and_show_tell_people_where_things_stand(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "session", "add", session, "ben: ? who sold it")
    code, out, _ = run(capsys, "session", "list")
    assert code == 0
    row = out.splitlines()[1].split("\t")
    assert (row[0], row[2:5]) == (session, ["running", "1", "1"])
    code, out, _ = run(capsys, "session", "show", session)
    assert code == 0
    for expected in ("A Walk by the Canal", "Present: ana, ben", "open question (ben): who sold"):
        assert expected in out


def test_list_json_counts_entries_and_open_questions(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "session", "add", session, "? who")
    (listed,) = json.loads(run(capsys, "session", "list", "--json")[1])["sessions"]
    assert (listed["id"], listed["entries"], listed["open_questions"]) == (session, 1, 1)
    assert listed["closed"] is None


def test_show_json_has_all_that_others_rely_on(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "session", "add", session, "ana: hello")
    found = show(capsys, session)
    assert {"id", "title", "readings", "opened", "closed", "attendance", "agenda", "entries"} <= {
        *found
    }
    assert {"open_questions", "actions", "floor_seconds"} <= {*found}
    entries = found["entries"]
    assert isinstance(entries, list)
    assert {"seq", "at", "kind", "by", "text", "section", "citation"} <= set(entries[0])
    assert found["attendance"] == ["ana", "ben"]


def test_close_ends_it_once_and_a_later_line_is_still_kept(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "session", "close", session)
    assert (code, "0 entries, 0 open questions" in out) == (0, True)
    code, out, _ = run(capsys, "session", "close", session)
    assert (code, "closed already" in out) == (0, True)
    code, out, err = run(capsys, "session", "add", session, "ana: one more thing")
    assert (code, out) == (0, "ana: one more thing\n")
    assert "was closed at" in err
    found = show(capsys, session)
    assert found["closed"] is not None
    assert isinstance(found["entries"], list)
    assert len(found["entries"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["session", "show", "walden"], 2, "no session “walden”"),
        (["session", "add", "walden", "x"], 2, "no session “walden”"),
        (["session", "start", "walden"], 2, "no reading “walden”"),
        (["session", "start"], 2, "Missing argument"),
        (["export", "walden"], 2, "no session “walden”"),
        (["session", "start", "walk", "--minutes", "0"], 2, "--minutes"),
    ],
)
def test_a_wrong_use_gets_one_sentence_and_its_exit_code(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    sentence: str,
) -> None:
    got, out, err = run(capsys, *arguments)
    assert (got, out) == (code, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_a_blank_line_is_refused(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "session", "add", session, "  ")[0] == 2


def test_a_mistyped_command_gets_a_sentence_that_ends_once(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, err = run(capsys, "session", "shwo", session)
    assert "?." not in err
    assert "See: studygroup session --help" in err


def test_words_that_stand_nowhere_are_said_back_in_words(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "session", "add", session, "> zebras rule the waves")
    assert "(✗ not found in the readings)" in out


def test_a_mark_alone_is_refused_and_a_strangers_words_come_with_a_notice(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "session", "add", session, "! ")[0] == 2
    code, out, err = run(capsys, "session", "add", session, "carla: Hello")
    assert (code, out) == (0, "carla: Hello\n")
    assert "+carla" in err
    entries = show(capsys, session)["entries"]
    assert isinstance(entries, list)
    assert [(e["by"], e["text"]) for e in entries] == [(None, "carla: Hello")]


def test_a_folder_that_cannot_be_written_is_said_with_exit_code_5(
    session: str, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, line: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("studygroup.files.journal_file.os.write", full)
    code, _, err = run(capsys, "session", "add", session, "ana: lost?")
    assert code == CannotWrite.exit_code
    assert f"sessions/{session}/ana.jsonl" in err
    assert "No space left" in err


def test_a_damaged_line_is_a_problem_that_check_reports(
    session: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "session", "add", session, "ana: hello")
    journal = root / "sessions" / session / "ana.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"hello", b"hallo"))
    code, out, _ = run(capsys, "check", "--json")
    problems = json.loads(out)["problems"]
    assert code == 1
    assert [(p["path"], p["line"]) for p in problems if "sessions/" in p["path"]] == [
        (f"sessions/{session}/ana.jsonl", len(journal.read_bytes().splitlines()))
    ]


def test_check_reports_a_folder_of_journals_that_is_no_session(
    session: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "sessions" / session).rename(root / "sessions" / "Our evening")
    code, out, _ = run(capsys, "check")
    assert code == 1
    assert "sessions/Our evening" in out


def test_what_a_journal_of_others_holds_never_commands_the_terminal(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "\x1b]52;c;cm0=\x07\x9b31m\u202e"
    topic = {"kind": "topic", "title": f"topic{bad}", "reading": "", "topic": f"topic{bad}"}
    told: list[tuple[EventName, dict[str, object]]] = [
        ("opened", {"title": f"night{bad}", "readings": [f"walk{bad}"], "agenda": [topic]}),
        ("joined", {"reader": f"ben{bad}"}),
        ("took_up", {"reading": f"lost{bad}", "section": f"part{bad}"}),
        ("said", {"by": f"ana{bad}", "text": f"hello{bad}"}),
        ("quoted", {"text": f"words{bad}", "verdict": "exact", "citation": f"there{bad}"}),
        ("action", {"text": f"bread{bad}", "owner": f"ben{bad}", "due": f"then{bad}"}),
        ("topic", {"text": f"new{bad}"}),
        ("asked", {"text": f"why{bad}"}),
        ("floor", {"action": "join", "reader": f"chi{bad}"}),
    ]
    journals = JournalFolder(root, root.parent / "theirs")
    with closing(journals.open(journals.create("evening"), "dana")) as writer:
        for name, fields in told:
            writer.append(datetime.now(UTC), name, fields)
    shown = ""
    for command in (["show", "evening"], ["list"], ["add", "evening", "+ben"]):
        code, out, err = run(capsys, "session", *command)
        assert (code, err) == (0, "")
        shown += out
    assert not set("\x1b\x07\x9b\u202e") & set(shown)
    for word in ("night", "ana", "hello", "words", "there", "bread", "new", "why", "chi"):
        assert word in shown


def test_outline_says_when_a_section_was_discussed(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "session", "add", session, "--at", "#the lock", "ana: hello")
    (found,) = json.loads(run(capsys, "outline", "--json")[1])["readings"]
    discussed = {s["id"]: s["discussed"] for s in found["sections"]}
    assert discussed["1-the-lock"] == session[:10]
    assert discussed["2-the-bridge"] is None


def test_export_writes_beside_the_journal_and_keeps_what_people_wrote(
    session: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "session", "add", session, "ana: it is empty")
    run(capsys, "session", "add", session, "! we go")
    code, out, err = run(capsys, "export", session)
    assert (code, out, err) == (0, f"Wrote sessions/{session}/{WRITE_UP}\n", "")
    path = root / "sessions" / session / WRITE_UP
    text = path.read_text().replace("it is empty", "it is quite empty")
    path.write_text("Dear all,\n" + text)
    run(capsys, "session", "add", session, "* ben: buy bread")
    code, _, err = run(capsys, "export", session)
    assert code == 0
    assert err.startswith("left alone, because it was edited: section:walk")
    written = path.read_text()
    assert written.startswith("Dear all,")
    assert "it is quite empty" in written
    assert "- [ ] **Ben:** buy bread" in written


def test_export_goes_where_it_is_told_and_in_the_format_asked_for(
    session: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "session", "add", session, "ana: hello")
    code, out, _ = run(capsys, "export", session, "--format", "json", "-o", "out.json")
    assert (code, out) == (0, "Wrote out.json\n")
    assert json.loads((root / "out.json").read_text())["entries"][0]["text"] == "hello"


@pytest.mark.parametrize("name", ["My Essay", "Платон", "what--> now = then"])
def test_a_reading_whose_file_is_called_anything_is_met_on_and_written_up_once(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (root / "readings" / f"{name}.md").write_text("# Part\n\nSome words.\n", encoding="utf-8")
    code, out, err = run(capsys, "session", "start", name, "--no-open", "--json")
    assert (code, err) == (0, "")
    session = json.loads(out)["id"]
    assert run(capsys, "session", "add", session, "--at", "#part", "ana: hello")[0] == 0
    path = root / "sessions" / session / WRITE_UP
    written = set()
    for _ in range(3):
        assert run(capsys, "export", session)[0] == 0
        written.add(path.read_text(encoding="utf-8"))
    assert [text.count("hello") for text in written] == [1]


def here() -> dict[str, str]:
    """The environment of a fresh process that runs this very code."""
    return os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


def test_recording_a_line_loads_neither_screen_nor_search_nor_study(session: str) -> None:
    code = (
        "import sys\nfrom studygroup.cli.main import main\n"
        f"try:\n    main(['session', 'add', {session!r}, 'ana: quick'])\n"
        "except SystemExit as left:\n    assert left.code == 0\n"
        "heavy = {'textual', 'whoosh', 'rich', 'rapidfuzz', 'yaml', 'studygroup.core.study',\n"
        "    'studygroup.core.meeting.history', 'studygroup.core.meeting.agenda_draft'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=here())
    assert done.stdout.splitlines()[-1] == "[]"


def add_in_process(session: str, line: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "studygroup", "session", "add", session, line]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=here())


def test_twenty_entries_added_with_two_kills_in_the_middle_are_all_exported(
    session: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(20):
        if number in (7, 13):
            with add_in_process(session, f"ana: killed {number}") as killed:
                killed.send_signal(signal.SIGKILL)
        with add_in_process(session, f"ana: remark {number}.") as adding:
            assert adding.wait() == 0
    entries = show(capsys, session)["entries"]
    assert isinstance(entries, list)
    kept = [e["text"] for e in entries if e["text"].startswith("remark")]
    assert kept == [f"remark {n}." for n in range(20)]
    run(capsys, "export", session)
    written = (root / "sessions" / session / WRITE_UP).read_text()
    assert all(f"- **Ana:** remark {n}.\n" in written for n in range(20))
