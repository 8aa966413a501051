"""A Word document comes in with the headings that its styles state, in any language."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers import docx
from studygroup.importers.containers import container
from studygroup.importers.render import render_body
from tests.importers import documents
from tests.importers.documents import archive, para, sentences, style, titles

STYLES = (
    style("berschrift1", "Überschrift 1", 0)
    + style("berschrift2", "Überschrift 2", 1)
    + style("Eigen", "Ana's own", based_on="berschrift2")
    + style("Zitat", "Quote")
    + style("Titel", "Title")
)
_REVISED = (
    '<w:del w:author="b" w:id="1"><w:r><w:delText>struck </w:delText></w:r></w:del>'
    '<w:ins w:author="b" w:id="2"><w:r><w:t xml:space="preserve"> put in</w:t></w:r></w:ins>'
    '<w:moveFrom w:author="b" w:id="3"><w:r><w:t>moved from</w:t></w:r></w:moveFrom>'
    '<w:moveTo w:author="b" w:id="4"><w:r><w:t xml:space="preserve"> moved here</w:t></w:r>'
    "</w:moveTo>"
)
_NOTED = '<w:r><w:footnoteReference w:id="2"/></w:r>'
_REMARKED = (
    '<w:commentRangeStart w:id="7"/><w:r><w:t>which is old</w:t></w:r>'
    '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
)
BODY = (
    para("Über Flüsse", "Titel")
    + para("Der Anfang", "berschrift1")
    + para(sentences(2), inside=_REVISED + _NOTED)
    + para("Das Ufer", "berschrift2")
    + para(sentences(2, "boat"), "Zitat")
    + para("Die Brücke", "Eigen")
    + para(sentences(2, "bridge"), inside=_REMARKED)
)
PARTS = {
    "footnotes": f'<w:footnote w:id="2">{para("From the map.")}</w:footnote>',
    "comments": '<w:comment w:id="7" w:author="Ben Reader" w:date="2011-05-17T10:23:00Z">'
    f"{para('Is this so?')}</w:comment>",
}
CORE = "<dc:title>Other title</dc:title><dc:creator>Ana Writer</dc:creator>"
LETTER = documents.docx(BODY, STYLES, PARTS, CORE)


def test_headings_are_those_of_outline_levels_in_any_language() -> None:
    draft = docx.read(LETTER, "file")
    assert titles(draft.blocks) == [(1, "Der Anfang"), (2, "Das Ufer"), (2, "Die Brücke")]
    assert (draft.title, draft.author) == ("Über Flüsse", ("Ana Writer",))


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = render_body(docx.read(LETTER, "file"))
    assert f"{sentences(2)} put in moved here[^1]\n" in body
    assert "struck" not in body
    assert "moved from" not in body


def test_notes_and_quotations_are_kept() -> None:
    body = render_body(docx.read(LETTER, "file"))
    assert f"> {sentences(2, 'boat')}" in body
    assert "[^1]: From the map.\n" in body


def test_a_comment_is_a_remark_and_no_part_of_the_text() -> None:
    draft = docx.read(LETTER, "file")
    (remark,) = draft.remarks
    assert remark.by == "Ben Reader"
    assert remark.text == "Is this so?"
    assert remark.when == "2011-05-17 10:23"
    assert remark.quoted == "which is old"
    assert remark.beside == f"{sentences(2, 'bridge')}which is old"
    assert remark.under == "Die Brücke"
    assert "Is this so?" not in render_body(draft)
    assert draft.warnings == ()


def commented(body: str, comments: str, extended: str = "") -> Draft:
    parts = {"comments": comments}
    if extended:
        parts["commentsExtended"] = extended
    return docx.read(documents.docx(body, STYLES, parts), "file")


def span(number: int, inside: str) -> str:
    return (
        f'<w:commentRangeStart w:id="{number}"/>{inside}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def comment(number: int, by: str, text: str, identity: str = "") -> str:
    said = para(text).replace("<w:p>", f'<w:p w:paraId="{identity}">')
    return f'<w:comment w:id="{number}" w:author="{by}">{said}</w:comment>'


def test_a_comment_on_a_whole_paragraph_quotes_nothing_and_on_much_its_ends() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    long = sentences(12)
    body = (
        f"<w:p>{span(1, run.format(sentences(2)))}</w:p>"
        f"<w:p>{span(2, run.format(long))}{run.format(' And more.')}</w:p>"
    )
    draft = commented(body, comment(1, "Bo", "One.") + comment(2, "Bo", "Two."))
    assert [remark.quoted[:9] for remark in draft.remarks] == ["", "The river"]
    assert " … " in draft.remarks[1].quoted
    assert len(draft.remarks[1].quoted.split()) < 40


def test_a_comment_over_paragraphs_is_on_the_first_and_leaves_out_what_was_struck() -> None:
    struck = '<w:del w:id="9"><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>'
    body = (
        f'<w:commentRangeStart w:id="1"/>{para("First of two", inside=struck)}{para("Second")}'
        '<w:commentRangeEnd w:id="1"/><w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    (remark,) = commented(body, comment(1, "", "Both.")).remarks
    assert (remark.by, remark.beside, remark.quoted) == ("", "First of two", "First of two Second")


def test_an_answer_names_whom_it_answers() -> None:
    body = f"<w:p>{span(1, '')}{span(2, '')}<w:r><w:t>Words</w:t></w:r></w:p>"
    comments = comment(1, "Ana", "So?", "A1") + comment(2, "Bo", "No.", "B2")
    extended = '<w:commentEx w:paraId="A1"/><w:commentEx w:paraId="B2" w:paraIdParent="A1"/>'
    first, second = commented(body, comments, extended).remarks
    assert (first.answers, second.answers) == ("", "Ana")


def test_comments_that_nothing_calls_or_that_say_nothing_are_none() -> None:
    body = f"<w:p>{span(1, '')}{span(5, '')}<w:r><w:t>Words</w:t></w:r></w:p>"
    draft = commented(body, comment(1, "Ana", "") + comment(2, "Bo", "Lost."))
    assert draft.remarks == ()


def test_headings_are_known_by_the_names_of_publishers_styles() -> None:
    names = ("ChapterTitle", "HeadA", "HeadB", "C-Head", "BoxHeadA", "toc 1", "TOC Heading")
    styles = "".join(style(f"s{at}", name) for at, name in enumerate(names))
    body = "".join(para(f"Line {at}", f"s{at}") + para(sentences(3)) for at in range(7))
    draft = docx.read(documents.docx(body, styles), "file")
    assert draft.title == "Line 0"
    assert titles(draft.blocks) == [(1, "Line 1"), (2, "Line 2"), (3, "Line 3")]
    assert "Line 4" in render_body(draft)
    assert "Line 5" not in render_body(draft)
    assert "Line 6" not in render_body(draft)


def test_of_lines_in_bold_the_first_may_be_the_title_and_a_name_is_none() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    lines = bold.format("Of Boats and Bridges") + bold.format("Bo Smith")
    cell = f"<w:tbl><w:tr><w:tc>{bold.format('Column')}{para('x')}</w:tc></w:tr></w:tbl>"
    parts = [bold.format(t) + para(sentences(3)) * 2 for t in ("Boats", "Bridges")]
    draft = docx.read(documents.docx(lines + "".join(parts) + cell), "file")
    assert draft.title == "Of Boats and Bridges"
    assert titles(draft.blocks) == [(1, "Boats"), (1, "Bridges")]


def test_an_author_below_a_title_is_no_section() -> None:
    body = "".join(
        para(title, "berschrift1") + para("Ana Writer", "berschrift1") + para(sentences(3))
        for title in ("Das Ufer", "Der Fluss")
    )
    draft = docx.read(documents.docx(body, STYLES, {}, CORE), "file")
    assert titles(draft.blocks) == [(1, "Das Ufer"), (1, "Der Fluss")]
    assert "**Ana Writer**" in render_body(draft)


def test_a_paragraph_may_have_an_outline_level_of_its_own() -> None:
    heading = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Ahead</w:t></w:r></w:p>'
    body = f"{heading}{para(sentences(2))}{heading.replace('Ahead', 'Behind')}{para('End.')}"
    assert titles(docx.read(documents.docx(body), "file").blocks) == [(1, "Ahead"), (1, "Behind")]


def test_lines_in_bold_stand_for_headings_only_where_no_style_states_one() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    body = "".join(bold.format(t) + para(sentences(3)) * 2 for t in ("First", "Second"))
    draft = docx.read(documents.docx(body), "file")
    assert titles(draft.blocks) == [(1, "First"), (1, "Second")]
    assert "lines in bold were taken for headings" in draft.warnings[0]
    assert (
        titles(docx.read(documents.docx(BODY + body, STYLES), "file").blocks)[-1][1] == "Die Brücke"
    )


def with_part(name: str, text: str) -> bytes:
    """The letter with another part in the place of one."""
    with zipfile.ZipFile(io.BytesIO(LETTER)) as letter:
        parts = {one: letter.read(one).decode() for one in letter.namelist()}
    return archive({**parts, name: text})


BAD = {
    "truncated": (LETTER[: len(LETTER) // 2], "damaged or incomplete"),
    "no text part": (archive({"word/styles.xml": "<x/>"}), "no text part"),
    "bomb": (documents.docx(para("x") + " " * 5_000_000), "too large when it is unpacked"),
    "entities": (
        archive({"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
        "XML entities",
    ),
    "no XML": (archive({"word/document.xml": "words"}), "its XML cannot be read"),
    "kinds of parts that are no XML": (
        with_part("[Content_Types].xml", "<Types"),
        "its parts do not fit together",
    ),
    "no words": (documents.docx(para("")), "no words"),
    "nested without end": (
        documents.docx("<w:tbl><w:tr><w:tc>" * 2_000 + "</w:tc></w:tr></w:tbl>" * 2_000),
        "damaged|nested",
    ),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_documents_are_refused_in_a_sentence(name: str) -> None:
    data, reason = BAD[name]
    with pytest.raises(CannotImport, match=reason) as refused:
        docx.read(data, "file")
    assert "\n" not in refused.value.what
    assert refused.value.exit_code == 4


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_documents_are_read_or_refused(data: st.DataObject) -> None:
    body = bytearray(BODY.encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(32, 126))
    damaged = documents.docx(body.decode(errors="replace"), STYLES, PARTS, CORE)
    with suppress(CannotImport):
        assert render_body(docx.read(damaged, "file")).strip()


def test_a_word_document_is_known_by_its_members() -> None:
    assert container(LETTER) == "docx"
