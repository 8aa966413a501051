"""The whole job on real documents, from the shell, with plain commands and no hints."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from studygroup.cli.main import main
from studygroup.core.text import heading_key, words
from tests.shell import run

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


def test_only_misquotations_are_broken_after_the_imports(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "check", "--json")
    problems = json.loads(out)["problems"]
    assert code == 1
    assert {p["path"] for p in problems} == {f"readings/{TEXTS[0]}/ana.md"}
    told = ("not word for word", "these words stand in no reading")
    assert [p for p in problems if not p["what"].startswith(told)] == []


def test_every_quotation_gets_its_verdict_and_its_place(
    study: Path, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outlined = json.loads(printed(capsys, "outline", "--json"))["readings"]
    titles = {(r["reading"], s["id"]): s["title"] for r in outlined for s in r["sections"]}
    audit = json.loads(printed(capsys, "quotes", "--terms", "--json"))["quotations"]
    wrong = [
        (row["id"], told)
        for row in quoted_rows(seeds)
        if (told := judged(row, audit, titles)) != (row["verdict"], row["source"], "in place")
    ]
    assert wrong == []


def quoted_rows(seeds: Path) -> list[dict[str, str]]:
    """The rows of the true quotations that an audit has to find, and the long unmarked one."""
    with (seeds / "quotations.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    forms = {"quote", "blockquote", "quote-single", "unbalanced"}
    for row in rows:
        if row["id"] == "q084":  # the outline has a heading of its own for it, the table has not
            row["source_section"] = "(elsewhere)"
    return [r for r in rows if r["form"] in forms]


def judged(
    row: dict[str, str], audit: list[dict[str, Any]], titles: dict[tuple[str, str], str]
) -> tuple[str, str, str]:
    """The verdict, the source, and whether its section is the true one, of a row's quotation.

    It is sought among what its document quotes, by its words.
    """
    notes = row["quoted_in"] == NOTES
    wanted = key(row["quote"])
    for quotation in audit:
        host = quotation["in"]
        if (host["kind"] == "note") != notes or not (notes or host["reading"] == row["quoted_in"]):
            continue
        said = key(quotation["quote"])
        if row["form"] == "unbalanced":  # where it begins, no mark tells
            said = said[-len(wanted) :]
        if said != wanted or (notes and host["line"] != int(row["line"])):
            continue
        target = quotation["target"]
        if target is None:
            return quotation["verdict"], "", "in place"
        title = titles[target["reading"], target["section"]]
        true = (
            row["source_section"].split(": ", 1)[-1] if is_comment(row) else row["source_section"]
        )
        fits = "in place" if heading_key(title) == heading_key(true) or true[0] == "(" else title
        return quotation["verdict"], target["reading"], fits
    return "not found", "", ""


def is_comment(row: dict[str, str]) -> bool:
    return row["source_section"].startswith("comment ")


def key(text: str) -> tuple[str, ...]:
    """The words of a text; of a link, those that it shows."""
    return tuple(w.folded for w in words(re.sub(r"\[\[[^\]|]*\|", "[[", text)))


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
