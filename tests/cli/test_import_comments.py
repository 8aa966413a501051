"""`studygroup import` of a Word document with comments: they become notes, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.importers import documents
from tests.importers.documents import para, style
from tests.shell import run

HOUSE = "The house stands empty and nobody has asked why it is so."
BRIDGE = "From the bridge one sees both towns and the road between them."
STYLES = style("h1", "heading 1", 0)


def on(number: int, words: str) -> str:
    return (
        f'<w:commentRangeStart w:id="{number}"/><w:r><w:t>{words}</w:t></w:r>'
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def comment(number: int, by: str, text: str) -> str:
    date = f"2011-05-1{number}T10:23:00Z"
    return f'<w:comment w:id="{number}" w:author="{by}" w:date="{date}">{para(text)}</w:comment>'


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document of two sections with three comments by two people."""
    body = (
        para("The Lock", "h1")
        + f"<w:p>{on(1, HOUSE)}<w:r><w:t> Boats wait.</w:t></w:r></w:p>"
        + para("The Bridge", "h1")
        + f"<w:p>{on(2, BRIDGE)}</w:p>"
        + para("Its builders", "h1", inside=on(3, " of old"))
        + para("Nobody knows.")
    )
    comments = (
        comment(1, "Ana", "Who says so?")
        + comment(2, "Bo Smith", "A fine view.")
        + comment(3, "Ana", "# Which ones?")
    )
    path = tmp_path / "harbour.docx"
    path.write_bytes(documents.docx(body, STYLES, {"comments": comments}))
    return path


ANA = """\
# The Lock

> [!comment] ¶1 “The house stands empty and nobody…” 2011-05-11 10:23
> > The house stands empty and nobody has asked why it is so.
>
> Who says so?

# Its builders of old

> [!comment] 2011-05-13 10:23
> > of old
>
> \\# Which ones?
"""


def test_comments_become_notes_of_whoever_made_them(
    root: Path, capsys: pytest.CaptureFixture[str], document: Path
) -> None:
    code, out, _ = run(capsys, "import", str(document))
    assert code == 0
    assert "2 comments by ana became notes: readings/harbour/ana.md\n" in out
    assert "1 comment by bo-smith became notes: readings/harbour/bo-smith.md\n" in out
    assert (root / "readings/harbour/ana.md").read_text(encoding="utf-8") == ANA
    assert "Who says" not in (root / "readings/harbour.md").read_text(encoding="utf-8")
    _, outline, _ = run(capsys, "outline", "harbour", "--json")
    (told,) = json.loads(outline)["readings"]
    assert [section["notes"] for section in told["sections"]] == [1, 1, 1]


def test_notes_that_are_there_stay_and_the_same_comments_come_in_once(
    root: Path, capsys: pytest.CaptureFixture[str], document: Path
) -> None:
    mine = root / "readings/harbour/ana.md"
    mine.parent.mkdir()
    before = "---\nrating: A\n---\n# the bridge\r\nMy own words.\n"
    mine.write_bytes(before.encode())
    run(capsys, "import", str(document))
    once = mine.read_bytes()
    assert once.endswith(b"# the bridge\r\nMy own words.\n" + once.split(b"My own words.\n")[1])
    assert once.count(b"[!comment]") == 2
    _, out, _ = run(capsys, "import", str(document), "--replace", "--json")
    assert mine.read_bytes() == once
    (told,) = json.loads(out)["imported"]
    assert told["notes"][0] == {
        "reader": "ana",
        "path": "readings/harbour/ana.md",
        "written": 0,
        "known": 2,
    }


def test_a_dry_run_says_which_notes_there_would_be_and_writes_none(
    root: Path, capsys: pytest.CaptureFixture[str], document: Path
) -> None:
    _, out, _ = run(capsys, "import", str(document), "--dry-run")
    assert "2 comments by ana would become notes: readings/harbour/ana.md" in out
    assert not (root / "readings/harbour").exists()


def test_comments_are_left_out_on_request_and_those_on_other_parts_always(
    root: Path, capsys: pytest.CaptureFixture[str], document: Path
) -> None:
    _, out, _ = run(capsys, "import", str(document), "--no-comments")
    assert "comment" not in out
    assert not (root / "readings/harbour").exists()
    _, out, _ = run(capsys, "import", str(document), "--part", "2")
    assert "1 comment by bo-smith" in out
    assert not (root / "readings/harbour-2/ana.md").exists()
