"""`quotes` and `locate` as a user, and as another program, runs them."""

import io
import json
from pathlib import Path

import pytest

from tests import builders
from tests.shell import run

ROAD = "# Towns\n\nHere “nobody remembers who built it” is said, and “nobody pays any more”.\n"
LEVEL = "Water finds its own level, and so do people."


@pytest.fixture
def road(root: Path) -> Path:
    return builders.write_study(root, {"readings/road.md": ROAD})


def ask(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, *more: str
) -> tuple[int, list[dict[str, object]], str]:
    """Run `locate --json` with `text` on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    code, out, err = run(capsys, "locate", "--json", *more)
    return code, [json.loads(line) for line in out.splitlines()], err


def test_quotes_json_has_all_that_others_rely_on(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "quotes", "--json", "--reader", "Ana", "--verdict", "altered")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["counts"] == {"exact": 0, "elided": 0, "altered": 1, "ambiguous": 0, "missing": 0}
    (quotation,) = found["quotations"]
    assert 0.8 < quotation["similarity"] < 1
    target = quotation["target"]
    text = "Water finds its own level, and so do men"
    assert target["words"] == text
    assert target["end"] - target["start"] == len(text)
    assert target["prefix"].endswith("asked why.\n\n")
    assert (target["reading"], target["section"]) == ("walk", "1-the-lock")
    assert (target["paragraph"], target["suffix"]) == (2, ".\n\nBoats wait here for hours; th")
    assert quotation["quote"] == LEVEL
    assert quotation["candidates"] == 1
    assert quotation["differences"] == [{"op": "change", "quote": "people.", "source": "men"}]
    host = quotation["in"]
    assert {k: host[k] for k in ("kind", "reading", "section", "by", "path", "line")} == {
        "kind": "note",
        "reading": "walk",
        "section": "1-the-lock",
        "by": "ana",
        "path": "readings/walk/ana.md",
        "line": 11,
    }


def test_quotes_for_a_pipe_is_one_line_each(road: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "quotes", "road")
    assert code == 0
    assert [line.split("\t") for line in out.splitlines()] == [
        [
            "readings/road.md:3",
            "exact",
            "1.00",
            "A Walk by the Canal, §Its Builders ¶1",
            "nobody remembers who built it",
            "",
            "",
        ],
        ["readings/road.md:3", "missing", "0.00", "", "nobody pays any more", "", ""],
    ]


def test_changed_words_are_shown_without_colour(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "quotes", "--verdict", "altered")
    assert out.endswith("\t… level, and so do [-men-] {+people.+}\t\n")


def test_strict_is_1_unless_all_are_word_for_word(
    road: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "quotes", "--strict")[0] == 1
    assert run(capsys, "quotes", "--strict", "--verdict", "exact")[0] == 0
    assert run(capsys, "quotes")[0] == 0


def test_terms_are_left_out_unless_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = builders.WALK_NOTES + "\nWhat is a “lock-keeper” here?\n"
    (root / "readings/walk/ana.md").write_text(notes, encoding="utf-8")
    assert "lock-keeper" not in run(capsys, "quotes")[1]
    assert "lock-keeper" in run(capsys, "quotes", "--terms")[1]


def test_locate_prints_the_citation(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "locate", "crews", "talk,", "and")
    assert (code, err) == (0, "")
    assert out == "= A Walk by the Canal, §1 The Lock ¶3  (exact)\n  “crews talk, and”\n"
    assert run(capsys, "locate", "nothing of that kind")[1] == "✗ not found in the readings\n"


def test_locate_lists_the_places_of_what_stands_in_several(
    road: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "locate", "nobody")
    assert "4 places:\n  Towns, §Towns ¶1\n" in out
    _, out, _ = run(capsys, "locate", "nobody", "--reading", "road", "--json")
    found = json.loads(out)
    assert (found["verdict"], found["target"], found["candidates"]) == ("ambiguous", None, 2)
    assert [place["section"] for place in found["places"]] == ["towns", "towns"]


def test_locate_answers_lines_of_json(
    road: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        {"id": 1, "quote": "nobody remembers who built it", "not_in": "walk"},
        {"id": "b", "quote": "nobody remembers who built it", "not_in": "road#Towns"},
        {"id": None, "quote": "nobody remembers who built it", "near": "road#towns"},
        {"quote": LEVEL, "prefix": "He says: ", "suffix": " Does it?"},
    ]
    lines = "\n".join(map(json.dumps, asked)) + "\n\n"
    code, found, err = ask(capsys, monkeypatch, lines)
    assert (code, err) == (0, "")
    assert [f["id"] for f in found] == [1, "b", None, None]
    assert [f["target"]["reading"] for f in found] == ["road", "walk", "road", "walk"]  # type: ignore[index]
    assert [f["verdict"] for f in found] == ["exact", "exact", "exact", "altered"]
    assert [f["candidates"] for f in found] == [1, 1, 1, 1]


def test_a_line_that_cannot_be_understood_is_named_and_the_others_are_answered(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = ['{"id": 1', "[1]", '{"id": 2}', '{"quote": 3}', '{"quote": "a", "near": "nosuch"}']
    good = '{"id": 9, "quote": "the crews talk"}'
    code, found, err = ask(capsys, monkeypatch, "\n".join([*bad, good]))
    assert code == 2
    assert [f["id"] for f in found] == [9]
    assert err.splitlines() == [
        "studygroup: standard input:1: this line is not JSON",
        "studygroup: standard input:2: this line is no JSON object",
        "studygroup: standard input:3: “quote” is missing",
        "studygroup: standard input:4: “quote” is no text",
        "studygroup: standard input:5: no reading “nosuch”. The readings here: walk.",
    ]


def test_locate_without_words_says_how(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "locate")
    assert code == 2
    assert err == "studygroup: which words? Or --json, and JSON lines on standard input.\n"
