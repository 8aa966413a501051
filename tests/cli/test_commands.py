"""The commands as a user runs them: output, JSON, sentences and exit codes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import builders
from tests.shell import run

ROOT = Path(__file__).resolve().parent.parent.parent


def test_check_says_once_that_a_whole_reading_lacks_prompts(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "readings/plain.md").write_text("# One\n\nText.\n\n# Two\n\nText.\n", encoding="utf-8")
    _, out, _ = run(capsys, "check")
    assert "plain has no prompts and no notes yet\n" in out
    assert "plain#" not in out


def test_outline_json_has_all_that_others_rely_on(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "outline", "walk", "--json")
    assert (code, err) == (0, "")
    (reading,) = json.loads(out)["readings"]
    assert (reading["reading"], reading["author"]) == ("walk", ["N. N.", "M. M."])
    assert reading["kind"] == "text"
    lock = reading["sections"][1]
    assert lock == {
        "id": "1-the-lock",
        "title": "1 The Lock",
        "level": 1,
        "paragraphs": 4,
        "words": 44,
        "prompts": 1,
        "notes": 2,
        "note_headings": [{"heading": "The lock", "reader": "ana", "line": 7}],
        "discussed": None,
    }


def test_outline_for_people_is_a_table_for_pipes(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "outline")
    assert code == 0
    assert "1 The Lock\t44\t1\t2\t·\t1-the-lock" in out
    assert "\x1b" not in out


def test_a_part_of_a_name_is_enough_and_a_wrong_one_lists_what_there_is(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "outline", "wal")[0] == 0
    code, out, err = run(capsys, "outline", "walden")
    assert (code, out) == (2, "")
    assert err == "studygroup: no reading “walden”. The readings here: walk.\n"


def test_a_name_that_fits_several_readings_says_so(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.write_study(root, {"readings/walking.md": "Text.\n"})
    code, _, err = run(capsys, "outline", "wal")
    assert code == 2
    assert "“wal” fits several readings: walk, walking" in err


def test_a_pipe_whose_reader_went_away_is_no_error(root: Path) -> None:
    program = "from studygroup.cli.main import main; main(['outline', '--json'])"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", program],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_check_is_1_when_something_is_broken(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.quote_faithfully(root)
    assert run(capsys, "check")[0] == 0
    path = root / "questions/walk.yaml"
    path.write_text(builders.WALK_PROMPTS.replace("THE BRIDGE", "The Tunnel"), encoding="utf-8")
    code, out, _ = run(capsys, "check")
    assert code == 1
    assert "questions/walk.yaml:11: no section “The Tunnel”" in out
    code, out, _ = run(capsys, "check", "--json")
    assert code == 1
    found = json.loads(out)
    assert found["problems"][0]["line"] == 11
    lacking = {r["section"]: r["lacks"] for r in found["readiness"]}
    assert lacking["its-builders"] == ["prompts", "notes"]


def test_check_names_each_misquotation_with_its_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prompts = (
        builders.WALK_PROMPTS + "  - ask: Who waits?\n    passage: Ships wait for days there\n"
    )
    (root / "questions/walk.yaml").write_text(prompts, encoding="utf-8")
    notes = builders.WALK_NOTES + "\nHe adds that “nothing of this is true” and “has asked why”.\n"
    (root / "readings/walk/ana.md").write_text(notes, encoding="utf-8")
    (root / "readings/road.md").write_text("# A\n\nFor “all of this is elsewhere” now.\n", "utf-8")
    code, out, _ = run(capsys, "check")
    assert code == 1
    broken = [line for line in out.splitlines() if ": " in line]
    changed = "“… level, and so do [-men-] {+people.+}” (A Walk by the Canal, §1 The Lock ¶2)"
    assert broken == [
        "questions/walk.yaml:14: these words stand in no reading: “Ships wait for days there”",
        f"readings/walk/ana.md:11: not word for word: {changed}",
        "readings/walk/ana.md:17: these words stand in no reading: “nothing of this is true”",
    ]


def test_check_tells_what_moved_once_and_is_content(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.quote_faithfully(root)
    run(capsys, "quotes")
    path = root / "readings/walk.md"
    text = path.read_text(encoding="utf-8").replace(
        "> Water finds its own level, and so do men.", ""
    )
    path.write_text(text + "\nWater finds its own level, and so do men.\n", encoding="utf-8")
    code, out, _ = run(capsys, "check", "--json")
    (remark,) = json.loads(out)["remarks"]
    assert code == 0
    assert (remark["path"], remark["line"]) == ("readings/walk/ana.md", 11)
    assert "is now in A Walk by the Canal, §Its Builders ¶2" in remark["what"]
    assert remark["hint"] == (
        "It stood in A Walk by the Canal, §1 The Lock ¶2 when it was last found."
    )
    assert json.loads(run(capsys, "check", "--json")[1])["remarks"] == []


@pytest.mark.parametrize("arguments", [["nosuch"], ["outline", "--nosuch"], ["import"]])
def test_wrong_usage_is_2_with_a_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("studygroup: ")
    assert "--help" in err
    assert err.count("\n") == 1


def test_outside_any_study_the_way_in_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "outline")
    assert code == 3
    assert "studygroup init" in err
    assert "studygroup demo" in err


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    _, listing, _ = run(capsys, "--help")
    names = [line.split()[0] for line in listing.split("Commands:")[1].splitlines() if line.strip()]
    assert len(names) > 5
    for name in names:
        code, out, _ = run(capsys, name, "--help")
        assert code == 0
        assert "Example" in out or "Commands:" in out, name


def test_an_error_nobody_foresaw_is_a_sentence_and_a_file(
    root: Path,
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr("studygroup.files.folder.StudyFolder.load", broken)
    code, out, err = run(capsys, "outline")
    assert (code, out) == (70, "")
    assert err.count("\n") == 1
    (details,) = (home / "state").glob("crash-*.txt")
    assert str(details) in err
    assert "nobody foresaw this" in details.read_text(encoding="utf-8")


def test_init_makes_a_study_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "init", "new", "--title", "Mine")[0] == 0
    assert (tmp_path / "new/readings").is_dir()
    code, _, err = run(capsys, "init", "new")
    assert code == 2
    assert "is a study already" in err


def test_import_brings_a_text_in_and_says_what_it_did(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "Harbour.md"
    source.write_text("# First\n\nOne *word*.\n\n# Second\n\nTwo.\n", encoding="utf-8")
    code, out, _ = run(capsys, "import", str(source), "--title", "Harbour", "--dry-run", "--json")
    assert code == 0
    assert not (root / "readings/harbour.md").exists()
    code, out, _ = run(capsys, "import", str(source), "--title", "Harbour", "--json")
    assert code == 0
    (imported,) = json.loads(out)["imported"]
    assert imported["path"] == "readings/harbour.md"
    assert [s["id"] for s in imported["sections"]] == ["first", "second"]
    assert set(imported["repairs"]) >= {
        "rejoined_lines",
        "dehyphenated",
        "page_breaks",
        "footnotes",
    }
    text = (root / "readings/harbour.md").read_text(encoding="utf-8")
    assert "sha256:" in text
    assert "One *word*." in text
    code, _, err = run(capsys, "import", str(source))
    assert code == 2
    assert "--replace" in err


def test_one_bad_file_does_not_stop_the_others(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good = tmp_path / "good.md"
    good.write_text("# One\n\nText.\n", encoding="utf-8")
    code, out, err = run(capsys, "import", str(tmp_path / "gone.txt"), str(good))
    assert code == 4
    assert "good.md" in out
    assert "gone.txt" in err


def test_notes_are_taken_byte_for_byte(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "theirs.md"
    source.write_bytes(builders.WALK_NOTES.replace("\n", "\r\n").encode())
    arguments = ["import", str(source), "--notes-of", "walk", "--reader", "Ben"]
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert "The brigde  → §2 The Bridge" in out
    assert (root / "readings/walk/ben.md").read_bytes() == source.read_bytes()
    assert run(capsys, *arguments)[0] == 2


def test_the_demo_is_copied_once_and_then_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "demo"
    code, out, _ = run(capsys, "demo", str(target))
    assert (code, f"The demo is in {target}" in out) == (0, True)
    assert "studygroup import FILE --as anatomy-of-the-micro-sect --replace" in out
    (target / "study.yaml").write_text("title: Mine\n", encoding="utf-8")
    code, out, _ = run(capsys, "demo", str(target))
    assert (code, f"There is a study in {target} already" in out) == (0, True)
    assert (target / "study.yaml").read_text(encoding="utf-8") == "title: Mine\n"
    full = tmp_path / "full"
    full.mkdir()
    (full / "thesis.txt").write_text("mine", encoding="utf-8")
    code, _, err = run(capsys, "demo", str(full))
    assert code == 2
    assert "is not empty" in err


@pytest.mark.parametrize(
    ("typed", "opened"),
    [("o", "demo"), ("", "demo"), ("nonsense\ncopy", "demo-2"), ("q", None), (None, None)],
)
def test_at_a_terminal_the_demo_asks_what_to_do_about_a_study_that_is_there(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str | None,
    opened: str | None,
) -> None:
    target = tmp_path / "demo"
    run(capsys, "demo", str(target))
    (target / "study.yaml").write_text("title: Mine\n", encoding="utf-8")
    apps: list[tuple[str | None, str | None]] = []
    monkeypatch.setattr(
        "studygroup.cli.read.open_app", lambda context, place: apps.append((context.study, place))
    )
    terminal = Terminal("" if typed is None else f"{typed}\n")
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run(capsys, "demo", str(target))[0] == 0
    begins = "anatomy-of-the-micro-sect#5-the-rut-we-are-in"
    assert apps == ([] if opened is None else [(str(tmp_path / opened), begins)])
    assert (tmp_path / "demo-2").exists() == (opened == "demo-2")
    assert (target / "study.yaml").read_text(encoding="utf-8") == "title: Mine\n"


class Terminal(io.StringIO):
    """A terminal at which words were typed ahead."""

    def isatty(self) -> bool:
        return True


def test_a_name_that_the_system_refuses_is_no_study(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "--study", "a" * 300, "outline")
    assert (code, out) == (3, "")
    assert "this is not a study" in err


def test_words_that_nothing_sets_off_are_told_and_not_broken(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Boats wait there for hours; the crews talk, and talking is the traffic left"
    (root / "readings/walk/ana.md").write_text(f"# The lock\n- {words}\n", encoding="utf-8")
    code, out, _ = run(capsys, "check", "--json")
    found = json.loads(out)
    assert (code, found["problems"]) == (0, [])
    (remark,) = found["remarks"]
    assert (remark["line"], remark["what"][:17]) == (2, "not word for word")
