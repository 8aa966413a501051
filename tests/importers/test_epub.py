"""An EPUB comes in with the sections of its own table of contents."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.errors import CannotImport
from studygroup.importers import archives, epub
from studygroup.importers.containers import container
from studygroup.importers.render import render_body
from tests.importers import documents
from tests.importers.documents import archive, sentences, titles

CHAPTERS = {
    "title.xhtml": '<section epub:type="titlepage"><h1>The Book</h1><p>Ana Writer</p></section>',
    "one.xhtml": '<h2 id="p">Part One</h2><h3 id="c">I</h3><p class="t">The Road</p>'
    f'<p>{sentences(9)}<a epub:type="noteref" href="notes.xhtml#n1" id="r1">1</a></p>'
    f"<p>{sentences(9, 'cart')}</p><h4>At dusk</h4><p>{sentences(9, 'owl')}</p>",
    "two.xhtml": f"<h3>2</h3><p>{sentences(9, 'mill')}</p><hr/><p>{sentences(3, 'wheel')}</p>",
    "notes.xhtml": '<section epub:type="endnotes"><h2>Notes</h2><ol><li id="n1">'
    '<p>On carts. <a href="one.xhtml#r1" epub:type="backlink">↩</a></p></li></ol></section>',
    "colophon.xhtml": '<body epub:type="backmatter"><section epub:type="colophon"><h2>Colophon</h2>'
    "<p>Set in type by nobody.</p></section></body>",
}
CONTENTS = (
    '<li><a href="title.xhtml">Title page</a></li>'
    '<li><a href="one.xhtml#p">Part One</a><ol><li><a href="one.xhtml#c">I: The Road</a></li>'
    '<li><a href="two.xhtml">The Mill</a></li></ol></li>'
    '<li><a href="notes.xhtml">Notes</a></li><li><a href="colophon.xhtml">Colophon</a></li>'
)
NCX = (
    "<navPoint><navLabel><text>Part One</text></navLabel><content src='one.xhtml#p'/>"
    "<navPoint><navLabel><text>I: The Road</text></navLabel><content src='one.xhtml#c'/></navPoint>"
    "<navPoint><navLabel><text>The&nbsp;Mill</text></navLabel><content src='two.xhtml'/></navPoint>"
    "</navPoint>"
)
EXPECTED = [(1, "Part One"), (2, "I: The Road"), (3, "At dusk"), (2, "The Mill")]


@pytest.mark.parametrize(("contents", "ncx"), [(CONTENTS, ""), ("", NCX), (CONTENTS, NCX)])
def test_sections_are_those_of_the_contents(contents: str, ncx: str) -> None:
    draft = epub.read(documents.epub(CHAPTERS, contents, ncx), "file")
    assert [(level, " ".join(t.split())) for level, t in titles(draft.blocks)] == EXPECTED


def test_notes_become_footnotes_and_the_rest_is_set_aside_and_said() -> None:
    draft = epub.read(documents.epub(CHAPTERS, CONTENTS), "file")
    body = render_body(draft)
    assert f"{sentences(9)}[^1]\n" in body
    assert body.endswith("[^1]: On carts.\n")
    assert "nobody" not in body
    assert draft.repairs == {"footnotes": 1}
    assert draft.warnings == ("Left out: Title page, Colophon.",)


def test_facts_come_from_the_package() -> None:
    metadata = (
        "<dc:title>The Book</dc:title><dc:language>de</dc:language><dc:date>1931-04-01</dc:date>"
        '<dc:creator opf:role="aut" xmlns:opf="x">Writer, Ana</dc:creator>'
        '<dc:creator opf:role="trl" xmlns:opf="x">Ben Turner</dc:creator>'
    )
    draft = epub.read(documents.epub(CHAPTERS, CONTENTS, metadata=metadata), "file")
    assert (draft.title, draft.author, draft.year) == ("The Book", ("Ana Writer",), 1931)
    assert draft.extra == {"language": "de"}


def test_the_year_of_a_library_edition_is_not_taken_for_the_text() -> None:
    metadata = (
        "<dc:title>T</dc:title><dc:publisher>Project Gutenberg</dc:publisher>"
        "<dc:date>2004</dc:date>"
    )
    assert epub.read(documents.epub(CHAPTERS, CONTENTS, metadata=metadata), "file").year is None


def test_a_library_frame_is_left_out() -> None:
    chapter = (
        "<p>This eBook is for anyone.</p><p>*** START OF THE PROJECT GUTENBERG EBOOK X ***</p>"
        f"<h2>One</h2><p>{sentences(9)}</p><p>*** END OF THE PROJECT GUTENBERG EBOOK X ***</p>"
        "<p>Updated editions will replace the previous one.</p>"
    )
    draft = epub.read(documents.epub({"a.xhtml": chapter}), "file")
    assert render_body(draft) == f"# One\n\n{sentences(9)}\n"
    assert draft.warnings == ("Left out: the library's frame.",)


def test_a_book_without_contents_has_the_headings_of_its_text() -> None:
    draft = epub.read(documents.epub(CHAPTERS), "file")
    assert titles(draft.blocks)[0] == (1, "Part One")


def _locked(data: bytes) -> bytes:
    raw = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 1)
    return bytes(raw)


PROTECTED = (
    "<encryption><EncryptedData><CipherData><CipherReference URI='OPS/one.xhtml'/></CipherData>"
    "</EncryptedData></encryption>"
)
BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><package>&b;</package>"
BOOK = documents.epub(CHAPTERS, CONTENTS)
BAD = {
    "truncated": (BOOK[: len(BOOK) // 2], "damaged or incomplete"),
    "encrypted": (_locked(BOOK), "encrypted"),
    "protected": (
        documents.epub(CHAPTERS, CONTENTS, extra={"META-INF/encryption.xml": PROTECTED}),
        "copy protection",
    ),
    "bomb": (
        documents.epub({"a.xhtml": "<p>x</p>" + " " * 5_000_000}),
        "too large when it is unpacked",
    ),
    "entities": (documents.epub(CHAPTERS, extra={"OPS/book.opf": BOMB}), "XML entities"),
    "entities in UTF-16": (
        documents.epub(CHAPTERS, extra={"OPS/book.opf": BOMB.encode("utf-16")}),
        "XML entities",
    ),
    "odd encoding": (
        documents.epub(
            CHAPTERS,
            extra={
                "OPS/book.opf": b"<?xml version='1.0' encoding='cp037'?>" + BOMB.encode("cp037")
            },
        ),
        "unknown encoding",
    ),
    "no package": (archive({"META-INF/container.xml": "<container/>"}), "no OPF file"),
    "no spine": (documents.epub({}), "no text in its reading order"),
    "no words": (documents.epub({"a.xhtml": "<img src='x'/>"}), "no words"),
    "a book inside a book": (
        documents.epub({"../../../inner.xhtml": "<p>out</p>"}, extra={"inner.epub": BOOK}),
        "no text in its reading order",
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_books_are_refused_in_a_sentence(name: str) -> None:
    data, reason = BAD[name]
    with pytest.raises(CannotImport, match=reason) as refused:
        epub.read(data, "file")
    assert "\n" not in refused.value.what
    assert refused.value.exit_code == 4


def test_the_bounds_of_an_archive_hold_for_all_members_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "LARGEST_TEXTS", 2_000)
    with pytest.raises(CannotImport, match="too large when it is unpacked"):
        epub.read(documents.epub(CHAPTERS, CONTENTS), "file")
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with pytest.raises(CannotImport, match="too many files"):
        epub.read(documents.epub(CHAPTERS, CONTENTS), "file")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_books_are_read_or_refused(data: st.DataObject) -> None:
    packed = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    plain = zipfile.ZipFile(io.BytesIO(BOOK))
    book = bytearray(archive({n: plain.read(n) for n in plain.namelist()}, packed))
    for _ in range(data.draw(st.integers(1, 10))):
        at = data.draw(st.integers(0, len(book) - 1))
        book[at] = data.draw(st.integers(0, 255))
    with suppress(CannotImport):
        assert render_body(epub.read(bytes(book), "file")).strip()


def test_a_book_is_known_by_its_members() -> None:
    assert container(BOOK) == "epub"
