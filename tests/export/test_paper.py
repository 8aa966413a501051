"""PDF and DOCX: the same write-up and handout, for paper and for word processors."""

import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.errors import UsageError
from studygroup.core.session import Session
from studygroup.export import export, hand_out
from tests.export.meetings import AT_LOCK, STUDY, WALK, session

MEETING = session(
    ("took_up", {**AT_LOCK, "prompt": "house"}),
    ("said", {"by": "ben okri", "text": "Nobody's."}),
    ("asked", {"by": "ana", "text": "Who pays"}),
    ("action", {"text": "copy it", "owner": "ana"}),
    ("closed", {}),
)
TYPST_MARKUP = '#panic("x") $x$ *bold* = no heading @cite <label> [b] \\ // # { }'


def none(name: str) -> None:
    """The study has no templates of its own."""


def needs(module: str) -> Any:
    return pytest.importorskip(module, reason=f"needs the optional package {module}")


def pages(data: bytes) -> list[str]:
    """The text of each page of a PDF, its white space made one."""
    pdfium = needs("pypdfium2")
    document = pdfium.PdfDocument(data)
    texts = []
    for page in document:
        held = page.get_textpage()
        texts.append(" ".join(held.get_text_bounded().split()))
        held.close()
        page.close()
    document.close()
    return texts


def pdf(told: Session) -> str:
    needs("typst")
    return " ".join(pages(export("pdf", told, STUDY, "", none).data))


def docx(data: bytes) -> Any:
    return needs("docx").Document(BytesIO(data))


def paragraphs(told: Session) -> list[tuple[str, str]]:
    needs("docx")
    document = docx(export("docx", told, STUDY, "", none).data)
    return [(p.style.name, p.text) for p in document.paragraphs]


def assert_in_order(whole: str, parts: list[str]) -> None:
    places = [whole.index(part) for part in parts]
    assert places == sorted(places)


ORDER = [
    "Canal *night*",
    "Present: Ana and Ben Okri",
    "Open questions",
    "Who pays? — Ana, §1 The Lock",
    "Actions",
    "Ana: copy it",
    "Asked: Whose house is it?",
    "Ben Okri: Nobody's.",
]


def test_a_pdf_has_the_write_up_and_its_charts() -> None:
    text = pdf(MEETING)
    assert_in_order(text, [*ORDER, "Time per section", "Floor time"])


def test_a_word_processor_gets_the_write_up_in_its_own_styles() -> None:
    found = paragraphs(MEETING)
    assert_in_order("\n".join(text for _, text in found), ORDER)
    assert ("Title", "Canal *night*") in found
    assert ("Heading 1", "Open questions") in found
    assert ("List Bullet", "Ben Okri: Nobody's.") in found


def test_a_handout_has_text_prompts_and_notes_on_paper() -> None:
    needs("typst")
    data = hand_out("pdf", WALK, STUDY, "", none).data
    parts = [
        "¶1 The lock-keeper's house stands empty",
        "Whose house is it?",
        "Too easy",
        "2 The Br",
    ]
    assert_in_order(" ".join(pages(data)), parts)


def test_a_language_that_there_is_not_hinders_nothing() -> None:
    needs("typst")
    for wanted in ("Klingon, mostly", "de-AT"):
        data = hand_out("pdf", replace(WALK, language=wanted), STUDY, "", none).data
        assert data.startswith(b"%PDF-")


def test_a_handout_has_text_prompts_and_notes_in_a_word_processor() -> None:
    needs("docx")
    document = docx(hand_out("docx", WALK, STUDY, "", none).data)
    texts = [p.text for p in document.paragraphs]
    assert (
        "¶1\tThe lock-keeper's house stands empty since the spring.[1] Nobody has asked why."
        in texts
    )
    assert_in_order("\n".join(texts), ["Whose house is it?", "Too easy", "2 The Bridge"])


def test_links_in_a_word_processor_lead_to_the_web_only() -> None:
    needs("docx")
    document = docx(export("docx", MEETING, STUDY, "", none).data)
    relations = document.part.rels.values()
    assert [r.target_ref for r in relations if r.is_external] == [WALK.source]


def test_what_people_write_is_set_as_they_wrote_it_on_paper() -> None:
    told = session(("said", {"by": "ana", "text": TYPST_MARKUP, **AT_LOCK}), title=TYPST_MARKUP)
    assert f"Ana: {TYPST_MARKUP}" in pdf(told)


hostile = st.text(
    st.one_of(st.sampled_from("#$*_`=@<>[]{}\\/&;\"'- \x00\x1b\x85\ufffe\u202e"), st.characters()),
    min_size=1,
    max_size=24,
)


def meeting(said: str) -> Session:
    return session(
        ("said", {"by": "ana", "text": f"x{said}x", **AT_LOCK}),
        ("quoted", {"text": f"x{said}x", "verdict": "exact", "citation": f"x{said}x", **AT_LOCK}),
        ("action", {"text": f"x{said}x", "owner": "ana"}),
        title=f"x{said}x",
    )


@given(hostile)
@settings(max_examples=60, deadline=None)
def test_no_text_changes_the_shape_of_a_word_processors_document(said: str) -> None:
    assert [style for style, _ in paragraphs(meeting(said))] == [
        style for style, _ in paragraphs(meeting("plain"))
    ]


@given(hostile)
@settings(max_examples=25, deadline=None)
def test_no_text_keeps_a_document_from_being_set(said: str) -> None:
    needs("typst")
    assert export("pdf", meeting(said), STUDY, "", none).data.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("format", "module", "requirement"),
    [("pdf", "typst", '"typst>='), ("docx", "docx", '"python-docx>=')],
)
@pytest.mark.parametrize("make", ["write-up", "handout"])
def test_without_the_package_the_error_says_what_to_install(
    format: str, module: str, requirement: str, make: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)  # as if it were not installed
    exporter: Callable[[], object] = (
        (lambda: export(format, MEETING, STUDY, "", none))
        if make == "write-up"
        else (lambda: hand_out(format, WALK, STUDY, "", none))
    )
    with pytest.raises(UsageError) as error:
        exporter()
    assert f"-m pip install {requirement}" in str(error.value)
