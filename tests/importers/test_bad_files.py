"""A file that holds no text is refused in a sentence that names it; a hostile one does no harm."""

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.errors import CannotImport, UsageError
from studygroup.core.importing import IMPORT_FORMATS
from studygroup.importers import detect
from studygroup.importers.detect import BYTE_FORMATS, FORMATS, read
from studygroup.importers.render import render_body
from studygroup.importers.repair import LARGEST, LONGEST_TEXT, MOST_LINES, repair
from tests.importers import documents

BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "invisible.txt": "\u200b\u2060\ufeff\n".encode(),
    "nul.txt": b"Some words\0and more words\0of text",
    "binary.dat": bytes(range(1, 32)) * 40,
    "paper.pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "book.epub": b"PK\x03\x04\x14\x00rest",
    "letter.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(64),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_file_without_text_is_refused_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    with pytest.raises(CannotImport) as refused:
        read(path)
    sentence = str(refused.value)
    assert sentence.startswith(f"{path}: ")
    assert "\n" not in sentence
    assert refused.value.exit_code == 4


def test_a_folder_a_missing_file_and_one_not_permitted_are_refused(tmp_path: Path) -> None:
    locked = tmp_path / "locked.txt"
    locked.write_text("words", encoding="utf-8")
    locked.chmod(0)
    for path in (tmp_path, tmp_path / "none.txt", tmp_path / "odd\0name.txt"):
        with pytest.raises(CannotImport):
            read(path)
    try:
        locked.read_bytes()
    except PermissionError:
        with pytest.raises(CannotImport, match="locked"):
            read(locked)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(CannotImport, match="too large"):
        read(path)


@pytest.mark.parametrize("data", [b"a\n" * (MOST_LINES + 1), b"word " * (LONGEST_TEXT // 5 + 1)])
def test_more_text_than_a_reading_has_is_refused_at_once(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(data)
    begin = time.process_time()
    with pytest.raises(CannotImport, match="too much text for one reading"):
        read(path)
    assert time.process_time() - begin < 2


def test_an_unknown_format_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="plain-text, extracted-text, thread, markdown, pdf"):
        read(tmp_path / "any.txt", "papyrus")


def test_a_text_without_comments_cannot_be_read_as_a_thread(tmp_path: Path) -> None:
    path = tmp_path / "essay.txt"
    path.write_text("One paragraph.\n\nAnother paragraph.\n", encoding="utf-8")
    with pytest.raises(CannotImport, match=r"essay\.txt: no comments found"):
        read(path, "thread")


def test_a_named_format_is_used_whatever_the_content(tmp_path: Path) -> None:
    path = tmp_path / "vault.md"
    path.write_text("# One\n\ntext\n\n# Two\n\ntext\n", encoding="utf-8")
    assert read(path).format == "markdown"
    assert read(path, "plain-text").format == "plain-text"


def test_what_a_terminal_could_obey_does_not_come_through(tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_text(
        "A \x1b[31mred\x1b[0m word\x1b]0;owned\x07 and a \u202edrow\u202c\u200b back\x08wards.\n",
        encoding="utf-8",
    )
    draft = read(path)
    assert draft.title == "A red word and a drow backwards." or any(
        block.text == "A red word and a drow backwards." for block in draft.blocks
    )


def test_utf16_text_is_read_with_and_without_its_mark() -> None:
    text = "Café talk, nothing else.\n"
    for data in (text.encode("utf-16"), text.encode("utf-16-le"), text.encode("utf-16-be")):
        assert repair(data, "x").text == text


def test_utf32_text_is_read_with_and_without_its_mark() -> None:
    text = "Café talk, nothing else: żółw.\n"
    for encoding in ("utf-32", "utf-32-le", "utf-32-be"):
        assert repair(text.encode(encoding), "x").text == text


def test_other_alphabets_are_recognised() -> None:
    text = "Это длинный рассказ о реке, которая никуда не спешила и всё же опоздала.\n" * 4
    for encoding in ("utf-8", "koi8-r", "cp1251"):
        assert repair(text.encode(encoding), "x").text == text


def test_a_few_stray_bytes_in_good_utf8_spoil_only_themselves() -> None:
    data = "“Żółw” – ‘żaba’ – “ćma”\n".encode() * 3 + b"caf\xe9\n"
    repaired = repair(data, "x")
    assert repaired.text.endswith("café\n")
    assert "“Żółw”" in repaired.text
    assert repaired.warnings


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_come_in_or_be_refused(data: bytes) -> None:
    try:
        text = repair(data, "x").text
    except CannotImport:
        return
    assert render_body(FORMATS[detect.detect(text)](text, "x")).endswith("\n")


PIECES = (
    *("# ", "> ", "- ", "1. ", "2) ", "[1] ", "¹", "*", "**", "_", "`", "```", "<i>", "</i>", "“"),
    *(
        "”",
        '"',
        "<blockquote>",
        "</blockquote>",
        "[h1]",
        "[/h2]",
        "&amp;",
        "&#27;",
        "\\",
        "Guest - ",
    ),
    *("Ann says:", "---", "===", "* * *", "http://a.b/c-", "Chapter I", "1.1 ", "12", "By Ann Lee"),
    *(
        "word",
        "Word",
        "end.",
        "so,",
        "\n",
        "\n\n",
        "\n \n",
        "\f",
        "    ",
        "\u00ad\n",
        "-\n",
        "|",
        "~~~",
    ),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(sorted(FORMATS)))
def test_no_text_breaks_an_importer(pieces: list[str], name: str) -> None:
    text = " ".join(pieces)
    try:
        cleaned = repair(text.encode(), "x").text
        body = render_body(FORMATS[name](cleaned, "x"))
    except CannotImport:
        return
    assert body.endswith("\n")
    assert "\x1b" not in body
    assert "\ue000" not in body


HOSTILE = {
    "spaces": "# a" + " " * 2000 + "b",
    "a gap in a line": ("Ann" + " " * 60_000 + "x\n12 May 2013\nWords.\n\n") * 2,
    "one long line": "word " * 40_000,
    "one long word": "x" * 200_000,
    "asterisks": " *a" * 60_000,
    "tags": "<a " * 60_000,
    "quotation marks": "“" * 200_000,
    "brackets": "[1] " * 50_000,
    "addresses": "http://a " * 20_000,
    "short lines": "Abc\n\n" * 20_000,
    "numbers": "\n".join(str(number % 9999) for number in range(20_000)),
    "digits": ("Ann " + "1" * 100 + " x\n") * 200,
    "dates": ("Ann on " + "12 May " * 16 + "\n") * 200,
    "commas": ("a, b; c: d - " * 10 + "\n") * 400,
    "quoted": ("> " * 20 + "a\n") * 4_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_lines_take_time_in_proportion_to_their_length(name: str) -> None:
    text = HOSTILE[name]

    def seconds(sample: str) -> float:
        begin = time.process_time()
        cleaned = repair(sample.encode(), "x").text
        render_body(FORMATS[detect.detect(cleaned)](cleaned, "x"))
        return time.process_time() - begin

    part = seconds(text[: len(text) // 8])
    assert seconds(text) < max(1.0, 40 * part)


def test_random_lines_of_every_kind_are_read_to_the_end() -> None:
    chance = random.Random(7)
    text = "\n".join("".join(chance.choices(PIECES, k=chance.randint(0, 6))) for _ in range(3000))
    for name, importer in FORMATS.items():
        try:
            draft = importer(repair(text.encode(), "x").text, "x")
        except CannotImport:
            continue
        assert draft.blocks, name


def test_every_format_that_can_be_asked_for_has_an_importer() -> None:
    assert (*FORMATS, *BYTE_FORMATS) == IMPORT_FORMATS


def test_pictures_do_not_make_a_book_too_large(tmp_path: Path) -> None:
    chapters = {"a.xhtml": f"<h2>One</h2><p>{documents.sentences(9)}</p>"}
    small = zipfile.ZipFile(io.BytesIO(documents.epub(chapters)))
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w") as file:
        for name in small.namelist():
            file.writestr(name, small.read(name))
        with file.open("OPS/picture.jpg", "w", force_zip64=True) as picture:
            for _ in range(LARGEST // 2**20 + 1):
                picture.write(bytes(2**20))
    assert path.stat().st_size > LARGEST
    assert read(path).format == "epub"


def test_a_pdf_whose_words_lie_outside_its_page_is_refused(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    path = tmp_path / "outside.pdf"
    path.write_bytes(typst.compile(b"#place(dx: 3000pt, dy: 4000pt)[Nobody sees these words.]"))
    with pytest.raises(CannotImport, match="no text") as refused:
        read(path)
    assert refused.value.place is not None


def test_a_book_of_pictures_only_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pictures.epub"
    path.write_bytes(documents.epub({"a.xhtml": '<img src="a.png"/>'}))
    with pytest.raises(CannotImport, match="no words"):
        read(path)
