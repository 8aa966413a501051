"""A Word document comes in with the headings that its styles state, in any language."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
_REMARKED = '<w:r><w:commentReference w:id="7"/></w:r>'
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
    "comments": f'<w:comment w:id="7" w:author="Ben Reader">{para("Is this so?")}</w:comment>',
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


def test_notes_quotations_and_comments_are_kept() -> None:
    draft = docx.read(LETTER, "file")
    body = render_body(draft)
    assert f"> {sentences(2, 'boat')}" in body
    assert "[^1]: From the map.\n" in body
    assert f"{sentences(2, 'bridge')}[^comment-1]\n" in body
    assert "[^comment-1]: Comment by Ben Reader: Is this so?\n" in body
    assert draft.warnings == ("1 comment by Ben Reader became footnotes.",)


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


BAD = {
    "truncated": (LETTER[: len(LETTER) // 2], "damaged or incomplete"),
    "no text part": (archive({"word/styles.xml": "<x/>"}), "no text part"),
    "bomb": (documents.docx(para("x") + " " * 5_000_000), "too large when it is unpacked"),
    "entities": (
        archive({"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
        "XML entities",
    ),
    "no XML": (archive({"word/document.xml": "words"}), "its XML cannot be read"),
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
