"""The whole job on real documents, from the shell, with plain commands and no hints."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from studygroup.cli.main import main
from studygroup.core.text import heading_key

ROOT = Path(__file__).resolve().parent.parent
TEXTS = (
    "anatomy-of-the-micro-sect",
    "alternative-to-the-micro-sect",
    "road-maps-dead-ends",
    "road-maps-comments",
)
NOTES = "anatomy-reader-notes"


@pytest.fixture
def study(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study made of the real documents by `init` and five imports."""
    monkeypatch.chdir(tmp_path)
    succeed("init", "my-study")
    monkeypatch.chdir(tmp_path / "my-study")
    for name in TEXTS:
        succeed("import", str(seeds / f"{name}.txt"))
    succeed("import", str(seeds / f"{NOTES}.md"), "--notes-of", TEXTS[0], "--reader", "ana")
    return tmp_path / "my-study"


def succeed(*arguments: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert left.value.code == 0


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    succeed(*arguments)
    return capsys.readouterr().out


def true_outlines(seeds: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with (seeds / "outlines.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found[row["document"]].append(row["section"])
    return found


def test_the_outline_is_the_true_one(
    study: Path, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = true_outlines(seeds)
    readings = json.loads(printed(capsys, "outline", "--json"))["readings"]
    found = {r["reading"]: [s["title"] for s in r["sections"]] for r in readings}
    assert found == {name: truth[name] for name in TEXTS}


def test_every_heading_of_the_notes_falls_on_the_section_it_mirrors(
    study: Path, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(capsys, "outline", TEXTS[0], "--json")
    sections = json.loads(out)["readings"][0]["sections"]
    mirrored = [
        (heading_key(s["title"]), h["heading"]) for s in sections for h in s["note_headings"]
    ]
    wanted = true_outlines(seeds)[NOTES]
    assert [heading for _, heading in mirrored] == wanted
    assert [key for key, _ in mirrored] == [heading_key(h) for h in wanted]


def test_nothing_is_broken_after_the_imports(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert json.loads(printed(capsys, "check", "--json"))["problems"] == []


def test_a_term_is_found_in_two_readings(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hits = json.loads(printed(capsys, "search", "shibboleth", "--json"))["hits"]
    assert {h["reading"] for h in hits if h["kind"] == "text"} == {TEXTS[0], TEXTS[3]}


def test_every_paragraph_of_every_reading_is_in_its_handout(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readings = json.loads(printed(capsys, "outline", "--json"))["readings"]
    for reading in readings:
        succeed("handout", reading["reading"], "--format", "html")
        page = (study / "handouts" / f"{reading['reading']}.html").read_text(encoding="utf-8")
        assert page.count('class="number">¶') == sum(s["paragraphs"] for s in reading["sections"])
        assert page.count('<section id="section:') == len(reading["sections"])
        assert "<script" not in page


def test_twenty_entries_survive_two_kills_and_are_exported(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(capsys, "session", "start", TEXTS[0], "--with", "ana,ben", "--no-open", "--json")
    session = json.loads(out)["id"]
    for number in range(1, 21):
        if number in (7, 14):
            kill_while_recording(session)
        succeed("session", "add", session, f"ben: remark number {number}")
    succeed("export", session)
    write_up = (study / "sessions" / session / "write-up.md").read_text(encoding="utf-8")
    missing = [n for n in range(1, 21) if f"remark number {n}" not in write_up]
    assert missing == []


def kill_while_recording(session: str) -> None:
    """Start a recording process that dies, without a chance to tidy up, after its first line."""
    program = (
        "import os, signal, sys\n"
        "from studygroup.cli.main import main\n"
        "try:\n"
        "    main(['session', 'add', sys.argv[1], 'ana: last words'])\n"
        "except SystemExit:\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, session],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
