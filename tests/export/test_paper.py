"""PDF and DOCX: the same write-up and handout, for paper and for word processors."""

import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.errors import StudyError, UsageError
from studygroup.core.meeting.session import Session
from studygroup.export import export, hand_out
from studygroup.export.overrides import Own
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
    assert found[-2:] == [("List Bullet", "Ana: 2 min"), ("List Bullet", "Ben Okri: 1 min")]


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


def test_a_prompt_stays_with_its_lines_to_write_on_and_each_line_is_drawn() -> None:
    needs("docx")
    all_ = docx(hand_out("docx", WALK, STUDY, "", none).data).paragraphs
    asked = next(n for n, p in enumerate(all_) if p.text.startswith("Whose house is it?"))
    room = all_[asked + 1 : asked + 4]
    assert [p.text for p in room] == ["", "", ""]
    assert [len(p._p.xpath("w:pPr/w:pBdr/*")) for p in room] == [2, 2, 2]
    kept = [p.paragraph_format.keep_with_next for p in (all_[asked], *room)]
    assert kept == [True, True, True, None]
    told = docx(export("docx", MEETING, STUDY, "", none).data).paragraphs
    assert not any(p.paragraph_format.keep_with_next for p in told if "Bullet" in p.style.name)


def test_links_in_a_word_processor_lead_to_the_web_only() -> None:
    needs("docx")
    document = docx(export("docx", MEETING, STUDY, "", none).data)
    relations = document.part.rels.values()
    assert [r.target_ref for r in relations if r.is_external] == [WALK.source]


def test_what_people_write_is_set_as_they_wrote_it_on_paper() -> None:
    told = session(("said", {"by": "ana", "text": TYPST_MARKUP, **AT_LOCK}), title=TYPST_MARKUP)
    assert f"Ana: {TYPST_MARKUP}" in pdf(told)


ALTERED = session(
    (
        "quoted",
        {
            "text": "Water finds its new level",
            "verdict": "altered",
            "citation": "§1",
            "target": {"reading": WALK.slug, "section": "1", "words": "Water finds its own level"},
            **AT_LOCK,
        },
    )
)


def test_changed_words_of_a_quotation_are_struck_and_underlined_in_a_word_processor() -> None:
    needs("docx")
    document = docx(export("docx", ALTERED, STUDY, "", none).data)
    (paragraph,) = (p for p in document.paragraphs if "“Water" in p.text)
    assert [r.text for r in paragraph.runs if r.font.strike] == ["own", "only in the text"]
    underlined = [r.text for r in paragraph.runs if r.font.underline]
    assert underlined == ["new", "only in the quotation"]


def test_a_long_quotation_stays_on_the_page_of_its_reader_and_its_source() -> None:
    needs("docx")
    long = {"by": "ana", "text": "word " * 40, "verdict": "exact", "citation": "C", **AT_LOCK}
    told = session(("quoted", long), ("said", {"by": "ana", "text": "So."}))
    found = docx(export("docx", told, STUDY, "", none).data).paragraphs
    (at,) = (n for n, p in enumerate(found) if p.text == "Ana: quoted:")
    kept = [p.paragraph_format.keep_with_next for p in found[at : at + 4]]
    assert kept == [True, True, None, None]


def test_a_word_processor_gets_the_times_of_prompts_and_the_whole_names_of_places() -> None:
    topic = "A topic with a name that is longer than the forty-four characters of a chart"
    place = {"reading": "", "topic": topic}
    told = session(
        ("took_up", {**AT_LOCK, "prompt": "house"}), ("took_up", place), ("said", {"text": "a"})
    )
    texts = [text for _, text in paragraphs(told)]
    assert "Asked: Whose house is it?  19:04" in texts
    assert f"topic “{topic}”: 1 min" in texts


def override(name: str, text: str) -> Own:
    return {name: text.encode()}.get


def test_a_study_lays_its_paper_out_itself_or_only_changes_the_look() -> None:
    needs("typst")
    look = """#let faint = black
#let look(given, body) = { set page(width: 9cm, height: 6cm); [OURS]; body }"""
    small = pages(export("pdf", MEETING, STUDY, "", override("style.typ", look)).data)
    assert len(small) > len(pages(export("pdf", MEETING, STUDY, "", none).data))
    assert_in_order(" ".join(small), ["OURS", *ORDER])
    whole = """#import "style.typ": look
#let given = json("document.json")
= #given.title
#given.parts.len() parts, #given.charts.len() charts"""
    (page,) = pages(export("pdf", MEETING, STUDY, "", override("document.typ", whole)).data)
    assert page.startswith("Canal *night* 4 parts, 2 charts")


def test_the_look_shown_in_the_file_format_works() -> None:
    needs("typst")
    guide = Path(__file__).parents[2] / "docs" / "file-format.md"
    shown = guide.read_text(encoding="utf-8").partition("```typst\n")[2].partition("```")[0]
    text = " ".join(pages(export("pdf", MEETING, STUDY, "", override("style.typ", shown)).data))
    assert_in_order(text, ORDER)


@pytest.mark.parametrize(
    ("template", "line", "why"),
    [
        ("\n#let = 1", 2, "expected pattern"),
        ("\n\n#panic(1)", 3, "panicked"),
        ('#read("/etc/passwd")', 1, "file not found"),
        ('#read("../../etc/passwd")', 1, "escape"),
        ('#read("pyproject.toml")', 1, "file not found"),
        ('\n#import "@preview/cetz:0.4.0"', 2, "not allowed"),
        ('#let from = "@preview/cetz:0.4.0"; #include from', 1, "not allowed"),
        ('#eval("1")', 1, "not allowed"),
        ('#dictionary(std).at("ev" + "al")("1")', 1, "not allowed"),
    ],
)
def test_a_layout_that_is_broken_or_reaches_out_is_named_with_its_line(
    template: str, line: int, why: str
) -> None:
    needs("typst")
    with pytest.raises(StudyError, match=why) as error:
        export("pdf", MEETING, STUDY, "", override("document.typ", template))
    assert str(error.value.place) == f"templates/document.typ:{line}"


def test_a_look_that_defines_too_little_is_named() -> None:
    needs("typst")
    with pytest.raises(StudyError, match="unresolved import") as error:
        export("pdf", MEETING, STUDY, "", override("style.typ", "#let faint = black"))
    assert str(error.value.place) == "templates/style.typ"


def own_document(change: Callable[[Any], object]) -> Own:
    document = needs("docx").Document()
    change(document)
    file = BytesIO()
    document.save(file)
    return {"document.docx": file.getvalue()}.get


def test_a_document_of_the_study_gives_its_styles_and_page_but_none_of_its_words() -> None:
    def change(document: Any) -> None:
        document.add_paragraph("Draft, do not read")
        document.styles["Quote"].font.name = "Georgia"
        document.sections[0].page_width = 4_000_000

    made = docx(export("docx", MEETING, STUDY, "", own_document(change)).data)
    texts = [p.text for p in made.paragraphs]
    assert_in_order("\n".join(texts), ORDER)
    assert "Draft" not in "".join(texts)
    assert made.styles["Quote"].font.name == "Georgia"
    assert round(made.sections[0].page_width, -4) == 4_000_000


def test_nothing_but_looks_comes_from_a_document_of_the_study() -> None:
    def change(document: Any) -> None:
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        header = document.sections[0].header.part
        header.relate_to("https://example.org/x.png", f"{office}/image", is_external=True)
        away = f"{office}/attachedTemplate"
        document.part.relate_to("https://example.org/x.dotm", away, is_external=True)

    data = export("docx", MEETING, STUDY, "", own_document(change)).data
    made = docx(data).part.package
    away = [r.target_ref for p in made.iter_parts() for r in p.rels.values() if r.is_external]
    assert away == [WALK.source]


def test_a_document_of_the_study_that_cannot_be_used_is_named() -> None:
    needs("docx")
    with pytest.raises(StudyError, match="no document of a word processor") as error:
        export("docx", MEETING, STUDY, "", override("document.docx", "hello"))
    assert str(error.value.place) == "templates/document.docx"

    def change(document: Any) -> None:
        document.styles["Quote"].delete()

    with pytest.raises(StudyError, match="no style “Quote”"):
        export("docx", MEETING, STUDY, "", own_document(change))


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


def test_no_text_changes_the_shape_of_a_word_processors_document() -> None:
    plain = [style for style, _ in paragraphs(meeting("plain"))]

    @given(hostile)
    @settings(max_examples=30, deadline=None)
    def check(said: str) -> None:
        assert [style for style, _ in paragraphs(meeting(said))] == plain

    check()


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
