"""`studygroup export` as a user runs it: files, templates, sentences and exit codes."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from tests import builders
from tests.shell import run


@pytest.fixture
def session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """A closed session on the walk; its study is the current folder."""
    monkeypatch.chdir(builders.walk_study(tmp_path / "study"))
    out = run(capsys, "session", "start", "walk", "--with", "ana,ben", "--no-open", "--json")[1]
    name: str = json.loads(out)["id"]
    for typed in ("ben: Nobody's house.", "? Who pays", "> Nobody has asked why"):
        assert run(capsys, "session", "add", name, typed)[0] == 0
    assert run(capsys, "session", "close", name)[0] == 0
    return name


def test_a_page_is_written_beside_the_journal_or_where_one_says(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "export", session, "--format", "html")
    assert (code, out) == (0, f"Wrote sessions/{session}/write-up.html\n")
    page = Path(f"sessions/{session}/write-up.html").read_text(encoding="utf-8")
    assert "“Nobody has asked why” (§1 ¶1)" in page
    assert run(capsys, "export", session, "-o", "there.html")[0] == 0
    assert Path("there.html").read_text(encoding="utf-8") == page


def test_a_style_of_the_study_is_used(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("templates").mkdir()
    Path("templates/style.css").write_text("body { color: rebeccapurple }", encoding="utf-8")
    assert run(capsys, "export", session, "--format", "html", "-o", "page.html")[0] == 0
    assert "rebeccapurple" in Path("page.html").read_text(encoding="utf-8")


def test_a_broken_template_is_a_sentence_and_leaves_the_old_page(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("page.html").write_text("the old one", encoding="utf-8")
    Path("templates").mkdir()
    Path("templates/write-up.html").write_text("\n{% for %}", encoding="utf-8")
    code, out, err = run(capsys, "export", session, "--format", "html", "-o", "page.html")
    assert (code, out) == (3, "")
    assert err.startswith("studygroup: templates/write-up.html:2: this template cannot be used: ")
    assert Path("page.html").read_text(encoding="utf-8") == "the old one"


def test_a_template_that_is_a_link_out_of_the_study_is_not_read(
    session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "private.css").write_text("a secret", encoding="utf-8")
    Path("templates").mkdir()
    Path("templates/style.css").symlink_to(tmp_path / "private.css")
    code, _, err = run(capsys, "export", session, "--format", "html")
    assert code == 3
    assert "templates/style.css: is not an ordinary file" in err


def test_a_handout_is_written_into_the_study_or_where_one_says(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "handout", "wal") == (0, "Wrote handouts/walk.md\n", "")
    handout = Path("handouts/walk.md")
    handout.write_text(handout.read_text(encoding="utf-8").replace("Boats", "Barges"), "utf-8")
    code, _, err = run(capsys, "handout", "walk")
    assert (code, err) == (0, "left alone, because it was edited: section:1-the-lock\n")
    assert "Barges" in handout.read_text(encoding="utf-8")
    assert run(capsys, "handout", "walk", "--format", "html", "-o", "walk.html")[0] == 0
    assert "Why does nobody ask?" in Path("walk.html").read_text(encoding="utf-8")
    assert run(capsys, "handout", "walden")[0] == 2
    assert run(capsys, "check", "--json")[1].count("handouts") == 0


def test_the_format_is_the_one_named_or_what_the_file_ends_in_or_markdown(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, begins in (
        (["-o", "a.JSONLD"], '{\n  "@context"'),
        (["-o", "a.html", "--format", "json"], '{\n  "id"'),
        (["-o", "a.txt"], "<!-- studygroup:begin heading"),
    ):
        assert run(capsys, "export", session, *arguments)[0] == 0
        assert Path(arguments[1]).read_text(encoding="utf-8").startswith(begins)
    assert run(capsys, "export", session, "--format", "rtf")[0] == 2


def test_a_page_that_somebody_edited_is_kept_in_an_archive_when_it_is_written_anew(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Path("page.html")
    for _ in range(2):
        assert run(capsys, "export", session, "-o", "page.html") == (0, "Wrote page.html\n", "")
    page.write_text("edited by hand", encoding="utf-8")
    code, _, err = run(capsys, "export", session, "-o", "page.html")
    assert code == 0
    with zipfile.ZipFile(err.rstrip("\n").partition("is kept in ")[2]) as archive:
        assert archive.read("page.html") == b"edited by hand"
    assert "Who pays?" in page.read_text(encoding="utf-8")
    assert run(capsys, "export", session, "-o", "page.html")[2] == ""


def test_what_is_no_ordinary_file_is_not_replaced(
    session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "export", session, "--format", "html", "-o", os.devnull)
    assert code == 5
    assert "is not an ordinary file" in err


@pytest.mark.parametrize("format_", ["md", "html", "json"])
def test_a_minus_prints_what_the_file_would_hold_and_writes_none(
    session: str, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "export", session, "--format", format_, "-o", "-")
    assert (code, err) == (0, "")
    assert not Path("-").exists()
    assert run(capsys, "export", session, "-o", f"there.{format_}")[0] == 0
    assert Path(f"there.{format_}").read_text(encoding="utf-8") == out


def test_a_handout_is_printed_too(session: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "handout", "walk", "-o", "-")
    assert (code, err) == (0, "")
    assert "Why does nobody ask?" in out
    assert not Path("-").exists()
    assert not Path("handouts").exists()


@pytest.mark.parametrize("command", [("export", "20"), ("handout", "walk")])
def test_a_folder_that_is_not_there_is_not_made(
    session: str, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *command, "-o", "notse/there.md")
    assert (code, out) == (2, "")
    assert "there is no folder notse" in err
    assert not Path("notse").exists()
