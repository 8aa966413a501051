"""`studygroup import`: several files, outlines from files, and readings that are replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.importers import documents
from tests.shell import run
from tests.terminal import Terminal

SENTENCE = "The boats wait here for hours, and talking is the only traffic that is left to them. "
TEXT = "\n\n".join(
    ["Small Locks", SENTENCE * 4, "Of a bridge", SENTENCE * 3, "the end of it", SENTENCE * 3]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two good files, one of them further down, an empty one and a hidden one."""
    folder = tmp_path / "texts"
    (folder / "more").mkdir(parents=True)
    (folder / "a.md").write_text("# One\n\nText.\n\n# Last\n\nText.\n", encoding="utf-8")
    (folder / "b.md").write_bytes(b"")
    (folder / "more/c.md").write_text("# Two\n\nText.\n\n# Last\n\nText.\n", encoding="utf-8")
    (folder / ".hidden.md").write_text("# Three\n\nText.\n\n# Last\n\nText.\n", encoding="utf-8")
    return folder


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A text without marks for its headings."""
    path = tmp_path / "harbour.txt"
    path.write_text(f"Harbour\n\nA preface. {SENTENCE * 3}\n\n{TEXT}", encoding="utf-8")
    return path


def test_a_folder_is_imported_and_what_fails_is_told_at_the_end(
    root: Path, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, out, err = run(capsys, "import", str(folder))
    assert code == 4
    assert [line.split(" as ")[1] for line in out.splitlines()] == [
        "readings/a.md (markdown, 2 sections)",
        "readings/c.md (markdown, 2 sections)",
    ]
    assert err.count("studygroup: ") == 1
    assert str(folder / "b.md") in err
    assert not (root / "readings/hidden.md").exists()


def test_json_of_several_files_lists_what_failed_beside_what_was_imported(
    root: Path, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, out, _ = run(capsys, "import", str(folder), str(folder / "gone.md"), "--json")
    told = json.loads(out)
    assert code == 4
    assert [one["path"] for one in told["imported"]] == ["readings/a.md", "readings/c.md"]
    assert [one["file"] for one in told["failed"]] == [
        str(folder / "b.md"),
        str(folder / "gone.md"),
    ]
    assert all(one["error"] for one in told["failed"])


def test_two_files_of_one_name_do_not_replace_each_other(
    root: Path, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "more/a.md").write_text("# Another\n\nText.\n\n# Last\n\nText.\n", encoding="utf-8")
    code, _, err = run(capsys, "import", str(folder), "--replace")
    assert code == 4
    assert f"as {folder / 'a.md'} did" in err
    assert "# One" in (root / "readings/a.md").read_text(encoding="utf-8")


def test_an_empty_folder_is_a_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "none").mkdir()
    code, out, err = run(capsys, "import", str(tmp_path / "none"))
    assert (code, out) == (4, "")
    assert "no file in this folder" in err


def titles(out: str) -> list[tuple[int, str]]:
    """Return level and title of the sections in a JSON document of one reading."""
    (imported,) = json.loads(out)["imported"]
    return [(section["level"], section["title"]) for section in imported["sections"]]


def test_headings_are_taken_from_a_file_and_one_not_found_is_told_with_its_line(
    root: Path, capsys: pytest.CaptureFixture[str], text: Path, tmp_path: Path
) -> None:
    outline = tmp_path / "headings.txt"
    outline.write_text(
        "// mine\nSmall locks\n  The end of it\nA chapter that is not there\n", encoding="utf-8"
    )
    code, out, _ = run(capsys, "import", str(text), "--outline", str(outline), "--json")
    assert code == 0
    assert titles(out)[1:] == [(1, "Small locks"), (2, "The end of it")]
    (warning,) = json.loads(out)["imported"][0]["warnings"]
    assert warning.startswith(f"{outline}:4: no line “A chapter that is not there”")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such outline"),
        ("// nothing\n", "names no heading"),
        ("Moon\n", "no heading of"),
        ("Locks\n" * 10_001, "more than 10,000 headings"),
        ("\0" * 3_000_000, "larger than"),
    ],
)
def test_an_outline_that_is_of_no_use_leaves_the_study_untouched(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    text: Path,
    tmp_path: Path,
    content: str | None,
    said: str,
) -> None:
    outline = tmp_path / "headings.txt"
    if content is not None:
        outline.write_text(content, encoding="utf-8")
    code, out, err = run(capsys, "import", str(text), "--outline", str(outline))
    assert (code, out) == (4, "")
    assert said in err
    assert str(outline) in err
    assert not (root / "readings/harbour.md").exists()


def test_an_outline_that_was_written_gives_the_same_reading_again(
    root: Path, capsys: pytest.CaptureFixture[str], text: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("# Locks [in the text: small locks]\n## The end of it\n", encoding="utf-8")
    given = ("import", str(text), "--write-outline", "--json")
    _, out, _ = run(capsys, *given, "--outline", str(mine))
    written = root / json.loads(out)["imported"][0]["outline"]
    assert written == root / "readings/harbour.outline.txt"
    first = (root / "readings/harbour.md").read_bytes()
    code, _, _ = run(capsys, *given, "--outline", str(written), "--replace")
    assert code == 0
    assert (root / "readings/harbour.md").read_bytes() == first
    assert run(capsys, "check")[0] in (0, 1)
    assert "outline.txt" not in run(capsys, "check")[1]


def test_replacing_reports_what_moved_and_what_lost_its_place(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    new = (root / "readings/walk.md").read_text(encoding="utf-8")
    new = new.replace("# 1 The Lock", "# Of an empty house").replace("# 2 The Bridge\n", "")
    path = tmp_path / "walk.md"
    path.write_text(new, encoding="utf-8")
    assert run(capsys, "import", str(path))[0] == 2
    code, out, _ = run(capsys, "import", str(path), "--replace")
    assert code == 0
    assert "§1 The Lock is headed “Of an empty house” now; its id is 1-the-lock as before" in out
    assert "lost its place: prompt “Who pays for what?” (questions/walk.yaml:11)" in out
    assert "§2 The Bridge is gone; its words stand in §Of an empty house (1-the-lock)" in out
    assert "the file it replaces is kept in" in out


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal at which whoever reviews leaves; the list has the titles of what was reviewed."""
    reviewed: list[str] = []

    def review(draft: object, literal: object) -> None:
        reviewed.append(getattr(draft, "title", ""))

    monkeypatch.setattr("studygroup.tui.review", review)
    monkeypatch.setattr("studygroup.cli.import_._at_terminal", lambda: True)
    return reviewed


def test_a_text_is_reviewed_at_a_terminal_and_leaving_says_that_nothing_changed(
    root: Path, capsys: pytest.CaptureFixture[str], text: Path, at_terminal: list[str]
) -> None:
    before = sorted((root / "readings").iterdir())
    code, out, err = run(capsys, "import", str(text))
    assert (code, out) == (4, "")
    assert "nothing was imported; the study is as it was" in err
    assert at_terminal == ["Harbour"]
    assert sorted((root / "readings").iterdir()) == before


@pytest.mark.parametrize("option", ["--yes", "-y", "--json", "--dry-run"])
def test_the_review_is_skipped_where_nobody_asks_for_it(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    text: Path,
    at_terminal: list[str],
    option: str,
) -> None:
    assert run(capsys, "import", str(text), option)[0] == 0
    assert at_terminal == []


def test_headings_that_a_format_states_are_not_reviewed_nor_is_what_cannot_be_written(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    text: Path,
    at_terminal: list[str],
) -> None:
    stated = tmp_path / "stated.md"
    stated.write_text("# One\n\nText.\n\n# Two\n\nText.\n", encoding="utf-8")
    assert run(capsys, "import", str(stated))[0] == 0
    assert run(capsys, "import", str(text), "--as", "walk")[0] == 2
    assert at_terminal == []


def test_the_review_on_a_real_terminal_imports_with_enter_and_leaves_with_q(
    root: Path, text: Path
) -> None:
    terminal = Terminal(root, "import", str(text))
    try:
        terminal.until("doubtful")
        terminal.type("q")
        terminal.until("nothing was imported")
        assert terminal.ended() == 4
    finally:
        terminal.end()
    assert not (root / "readings/harbour.md").exists()
    terminal = Terminal(root, "import", str(text))
    try:
        terminal.until("doubtful")
        terminal.type("x\r")
        terminal.until("Imported Harbour")
        assert terminal.ended() == 0
    finally:
        terminal.end()
    assert "\nSmall Locks\n" in (root / "readings/harbour.md").read_text(encoding="utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of two parts in two chapters each, with a note in each part."""
    chapters = {
        f"{part}{chapter}.xhtml": f'<h2 id="a">{part.title()} {chapter}</h2><p>{SENTENCE * 3}'
        f'<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n"><p>'
        f"A note on {part} {chapter}.</p></aside>"
        for part in ("road", "mill")
        for chapter in (1, 2)
    }
    contents = "".join(
        f'<li><a href="{part}1.xhtml">The {part.title()}</a><ol>'
        f'<li><a href="{part}1.xhtml#a">One</a></li>'
        f'<li><a href="{part}2.xhtml">Two</a></li></ol></li>'
        for part in ("road", "mill")
    )
    path = tmp_path / "long-book.epub"
    path.write_bytes(documents.epub(chapters, contents))
    return path


def test_a_part_of_a_book_comes_in_alone_with_its_notes(
    root: Path, capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    code, out, _ = run(capsys, "import", str(book), "--part", "2", "--json")
    assert code == 0
    told = json.loads(out)["imported"][0]
    assert (told["reading"], told["title"]) == ("long-book-2", "The Book: The Mill")
    assert [one["title"] for one in told["sections"] if one["level"] == 1] == ["The Mill"]
    assert told["repairs"]["footnotes"] == 2
    text = (root / "readings/long-book-2.md").read_text(encoding="utf-8")
    assert "A note on mill 2." in text
    assert "road" not in text.lower()
    assert "part: 2" in text


def test_a_part_that_a_book_does_not_have_is_said(
    root: Path, capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    code, _, err = run(capsys, "import", str(book), "--part", "3")
    assert code == 4
    assert "there is no part 3: this document has 2 parts" in err
    assert not list((root / "readings").glob("long-book*"))
    code, _, err = run(capsys, "import", str(book), str(book), "--part", "1")
    assert code == 2
    assert "--part" in err
