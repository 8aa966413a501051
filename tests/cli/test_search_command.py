import json
import re
from pathlib import Path

import pytest

from tests import shell


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    return shell.run(capsys, "search", *arguments)


def hits(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    """Search with --json; return kind and section of each hit."""
    _, out, _ = run(capsys, *arguments, "--json")
    return [(hit["kind"], hit["section"]) for hit in json.loads(out)["hits"]]


def test_json_has_all_that_others_rely_on(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "crews", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found.pop("took_ms") >= 0
    assert found["hits"][0].pop("score") > 0
    snippet = found["hits"][0]["snippet"]
    (mark,) = found["hits"][0].pop("marks")
    assert snippet[mark[0] : mark[1]] == "crews"
    assert found == {
        "query": "crews",
        "suggestion": None,
        "total": 1,
        "counts": {"text": 1, "prompt": 0, "note": 0, "minutes": 0},
        "readings": {"walk": 1},
        "readers": {},
        "hits": [
            {
                "kind": "text",
                "reading": "walk",
                "section": "1-the-lock",
                "section_title": "1 The Lock",
                "paragraph": 3,
                "by": None,
                "session": None,
                "snippet": snippet,
                "path": "readings/walk.md",
                "line": 14,
            }
        ],
    }


def test_one_line_a_hit_in_a_pipe(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "easy")
    (line,) = out.splitlines()
    place, label, where, text = line.split("\t")
    assert code == 0
    assert place.startswith("readings/walk/ana.md:")
    assert (label, where) == ("note · ana", "A Walk by the Canal ▸ 1 The Lock")
    assert text.startswith("Too easy")


def test_the_words_of_the_command_line_are_one_query(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hits(capsys, "towns", "-house") == hits(capsys, "towns -house") != []
    assert hits(capsys, "talking OR builders") == hits(capsys, "talking", "OR", "builders")
    assert len(hits(capsys, '"the crews talk"')) == 1


def test_hits_are_narrowed_to_kinds_reading_and_reader(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {kind for kind, _ in hits(capsys, "spring OR pays")} == {"text", "prompt", "note"}
    assert {kind for kind, _ in hits(capsys, "spring OR pays", "--in", "prompts,notes")} == {
        "prompt",
        "note",
    }
    assert hits(capsys, "spring OR pays", "--reader", "Ana", "--in", "prompts") == [
        ("prompt", "2-the-bridge")
    ]
    assert hits(capsys, "spring", "--reading", "wal")
    assert len(hits(capsys, "the", "--limit", "2")) == 2


def test_nothing_found_is_said_with_a_suggestion(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "brigde") == (1, "", "Nothing found. Did you mean: bridge\n")
    code, out, err = run(capsys, "brigde", "--json")
    assert (code, err) == (1, "")
    assert json.loads(out)["suggestion"] == "bridge"


def test_nothing_found_where_it_is_narrowed_tells_what_there_is_elsewhere(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = json.loads(run(capsys, "spring", "--json")[1])["total"]
    said = f"Nothing found. Without --in, --reading and --reader: {many}.\n"
    assert run(capsys, "spring", "--in", "prompts") == (1, "", said)


@pytest.mark.parametrize("query", ["", '"', "*", "[/b]", "[@click=app.quit]", "OR", "--", "%s"])
def test_any_query_is_answered(root: Path, capsys: pytest.CaptureFixture[str], query: str) -> None:
    code, _, err = run(capsys, "--", query)
    assert code == 1
    no_word = "Nothing to search for: a query needs a word, as in: bridge, or bri*\n"
    assert err == (
        "Nothing found.\n" if any(c.isalpha() for c in query) and query != "OR" else no_word
    )


def test_an_unknown_kind_or_reading_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "lock", "--in", "songs")
    assert (code, err) == (
        2,
        "studygroup: --in knows no “songs”. It takes: text, prompts, notes, minutes.\n",
    )
    code, _, err = run(capsys, "lock", "--reading", "sea")
    assert code == 2
    assert "no reading “sea”" in err


def test_an_edited_file_is_found_as_it_is_now(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hits(capsys, "herons") == []
    path = root / "readings/walk.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nHerons.\n", encoding="utf-8")
    assert len(hits(capsys, "herons")) == 1


def test_the_index_is_kept_out_of_the_study(
    root: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(root.rglob("*"))
    run(capsys, "lock")
    assert sorted(root.rglob("*")) == before
    assert list(home.glob("cache/index/*/stamp.json"))


def test_a_concordance_has_each_place_on_a_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "the", "in:text", "--kwic", "--sort", "after")
    assert code == 0
    lines = [line.split("\t") for line in out.splitlines()]
    assert len(lines) > 1
    assert {term.casefold() for _, _, term, _ in lines} == {"the"}
    after = [re.findall(r"\w+", after.casefold()) for *_, after in lines]
    assert after == sorted(after)


def test_a_concordance_as_json_says_where_each_place_is(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "crews", "--kwic", "--json")
    found = json.loads(out)
    assert (found["query"], found["total"]) == ("crews", 1)
    (line,) = found["lines"]
    assert line["term"] == "crews"
    assert (line["reading"], line["section"], line["paragraph"]) == ("walk", "1-the-lock", 3)
    assert line["before"].endswith(" ")


def test_a_concordance_of_nothing_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "zeppelin", "--kwic")[0] == 1


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("in:notes", {"note"}),
        ("by:ana -in:prompts", {"note"}),
        ("in:prompts kind:evaluative OR kind:interpretive", {"prompt"}),
        ("boats -in:prompts", {"text"}),
        ("section:lock -in:prompts -in:notes", {"text"}),
    ],
)
def test_labels_narrow_a_search(
    root: Path, capsys: pytest.CaptureFixture[str], query: str, kinds: set[str]
) -> None:
    found = {kind for kind, _ in hits(capsys, query)}
    assert found
    assert found <= kinds
