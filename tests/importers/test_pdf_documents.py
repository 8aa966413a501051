"""PDFs made at test time come in as what was set: sections, paragraphs, notes, no furniture."""

import random
import textwrap
import time
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers import pdf
from studygroup.importers.detect import read
from studygroup.importers.pdf_fonts import face_of
from studygroup.importers.render import render_body

TEXT = """river harbour lantern market bridge orchard winter letter window garden ladder kettle
morning evening valley station village corner shadow summer carpet mirror pocket basket candle
kitchen meadow paper silver copper wooden quiet narrow gentle distant early late open hidden
crossing counting measuring gathering remembering"""
WORDS = TEXT.split()


def sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(8, 16))
    return " ".join(words).capitalize() + "."


def prose(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(sentence(chance) for _ in range(chance.randint(3, 6))) for _ in range(count)]


def made(source: str) -> bytes:
    document = typst.compile(source.encode())
    assert isinstance(document, bytes)
    return document


PAGE = """#set page(width: 420pt, height: 600pt{page})
#set text(size: 10pt)
#set par(justify: true{par})
"""


def source(parts: list[tuple[str, list[str]]], page: str = "", par: str = "") -> str:
    """A document of headings, each with its paragraphs."""
    body = "\n\n".join(f"{head}\n\n" + "\n\n".join(paras) for head, paras in parts)
    return PAGE.format(page=page, par=par) + body


def titles(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks if block.kind == "heading"]


def paragraphs(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks if block.kind == "paragraph"]


NAMES = ["The crossing", "Counting lanterns", "A winter market", "What the river kept"]


def without_outline(text: str) -> str:
    return "#set heading(bookmarked: false)\n" + text


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("par", ["", ", first-line-indent: 12pt, spacing: 0.65em"])
def test_sections_and_whole_paragraphs_come_in(columns: int, par: str) -> None:
    parts = [(f"= {name}", prose(number, 7)) for number, name in enumerate(NAMES)]
    draft = pdf.read(made(without_outline(source(parts, f", columns: {columns}", par))), "name")
    assert titles(draft) == NAMES
    wanted = [para for _, paras in parts for para in paras]
    found = paragraphs(draft)
    whole = sum(para in found for para in wanted)
    assert whole >= len(wanted) * 0.93, [para for para in wanted if para not in found]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    parts = [(f"= {name}", prose(number, 9)) for number, name in enumerate(NAMES)]
    page = ', header: [_A running head_ #h(1fr) Lanterns], numbering: "1"'
    draft = pdf.read(made(source(parts, page)), "name")
    text = render_body(draft)
    assert "running head" not in text
    assert "Lanterns" not in text
    assert not [para for para in paragraphs(draft) if para.isdigit()]
    assert titles(draft) == NAMES


def test_footnotes_are_called_where_they_were() -> None:
    first, second = prose(1, 6), prose(2, 6)
    first[1] += "#footnote[A remark about ladders.]"
    second[4] = second[4].replace(".", "#footnote[Kettles were dear.].", 1)
    parts = [(f"= {NAMES[0]}", first), (f"= {NAMES[1]}", second)]
    draft = pdf.read(made(source(parts)), "name")
    notes = [(block.label, block.text) for block in draft.blocks if block.kind == "footnote"]
    assert notes == [("1", "A remark about ladders."), ("2", "Kettles were dear.")]
    called = [para for para in paragraphs(draft) if "[^" in para]
    assert called[0].endswith(".[^1]")
    assert "[^2]" in called[1]


def test_bold_headings_at_the_size_of_the_text_are_found() -> None:
    parts = [(f"*{name}*", prose(number, 4)) for number, name in enumerate(NAMES)]
    draft = pdf.read(made(source(parts, ", columns: 2")), "name")
    assert draft.title == NAMES[0] or titles(draft)[0] == NAMES[0]
    assert titles(draft)[-3:] == NAMES[1:]


def test_the_documents_own_outline_gives_headings_and_levels() -> None:
    quiet = "#show heading: it => text(size: 10pt, weight: 400, it.body)\n"
    parts = [
        ("= One thing", prose(1, 3)),
        ("== A part of it", prose(2, 3)),
        ("= Another thing", prose(3, 3)),
    ]
    draft = pdf.read(made(quiet + source(parts)), "name")
    found = [(block.text, block.level) for block in draft.blocks if block.kind == "heading"]
    assert found == [("One thing", 1), ("A part of it", 2), ("Another thing", 1)]


def test_a_printed_table_of_contents_is_no_row_of_headings() -> None:
    contents = "*Contents*\n\n" + "\n\n".join(
        f"*{number} {name} #h(1fr) {number + 3}*" for number, name in enumerate(NAMES, 1)
    )
    parts = [(f"= {number} {name}", prose(number, 4)) for number, name in enumerate(NAMES, 1)]
    draft = pdf.read(made(without_outline(contents + "\n\n" + source(parts))), "name")
    wanted = [f"{number} {name}" for number, name in enumerate(NAMES, 1)]
    assert [title for title in titles(draft) if title != "Contents"] == wanted


def test_a_table_of_contents_is_known_by_its_leaders() -> None:
    lines = "\n\n".join(
        f"*{number} {name} #h(1fr) {number + 3}*\n\n"
        + "\n\n".join(f"{number}.{part} A part of it {'. ' * 20} {number + 3}" for part in (1, 2))
        for number, name in enumerate(NAMES, 1)
    )
    parts = [(f"= {number} {name}", prose(number, 4)) for number, name in enumerate(NAMES, 1)]
    draft = pdf.read(made(without_outline(lines + "\n\n" + source(parts))), "name")
    assert titles(draft) == [f"{number} {name}" for number, name in enumerate(NAMES, 1)]


def test_numbered_headings_in_the_first_line_of_their_text_stand_apart() -> None:
    paras = prose(21, 6)
    text = "*1. Lanterns*\n\n" + paras[0] + "\n\n"
    for number, name in enumerate(NAMES, 1):
        text += f"1.{number}. *{name}.* {paras[number]}\n\n"
    draft = pdf.read(made("#set par(justify: true)\n" + text), "name")
    assert titles(draft)[-4:] == [f"1.{number}. {name}" for number, name in enumerate(NAMES, 1)]
    assert set(paras[1:5]) <= set(paragraphs(draft))


def test_headings_in_small_capitals_are_as_large_as_their_capitals() -> None:
    def small(text: str) -> str:
        words = (f"{word[0]}#text(size: 8pt)[{word[1:].upper()}]" for word in text.split())
        return "#align(center)[" + " ".join(words) + "]"

    names = ["Ferries", "Bridges And Their Keepers On Winter Evenings By Rivers"]
    text = "".join(
        f"{small(f'{number}. {name}')}\n\n" + "\n\n".join(prose(len(number), 4)) + "\n\n"
        for number, name in zip(("I", "II"), names, strict=True)
    )
    text += small("References") + "\n\n#text(size: 8pt)[\\[1\\] Ada Costa, Lanterns, 1923.]"
    page = "#set page(width: 420pt, height: 600pt, columns: 2)\n#set text(size: 10pt)\n"
    draft = pdf.read(made(page + text), "name")
    wanted = ["I. FERRIES", f"II. {names[1].upper()}", "REFERENCES"]
    assert titles(draft) == wanted


def test_labels_in_a_figure_are_no_headings() -> None:
    label = '#text(font: "New Computer Modern", size: 9.5pt)'
    figure = "\n\n".join(
        f"#v(8pt)#h({indent}pt){label}[{name}]"
        for indent, name in zip((90, 150, 210), NAMES, strict=False)
    )
    parts = [
        ("*One thing*", [*prose(1, 3), figure + "\n\n#v(8pt)", *prose(4, 2)]),
        ("*Another thing*", prose(2, 4)),
        ("*A third thing*", prose(3, 4)),
    ]
    draft = pdf.read(made(source(parts)), "name")
    assert not set(NAMES) & set(titles(draft))


def test_lines_in_one_type_without_text_between_are_a_list() -> None:
    listed = "\n\n".join(f"*{name}*" for name in [*NAMES, "A letter for Ada"])
    parts = [
        ("= One thing", [*prose(1, 3), listed, *prose(2, 3)]),
        ("= Another thing", prose(3, 4)),
    ]
    draft = pdf.read(made(without_outline(source(parts))), "name")
    assert titles(draft) == ["One thing", "Another thing"]


def chapters(numbered: str) -> bytes:
    """A book of chapters, each on a page of its own with its number above its name."""
    text = "#set page(width: 420pt, height: 600pt)\n#set text(size: 10pt)\n"
    for number, name in enumerate(NAMES, 1):
        above = numbered.format(number=number)
        text += f"#v(40pt)#text(size: 16pt)[{above}]\n\n#text(size: 22pt)[{name}]\n\n"
        text += "\n\n".join(prose(number, 14)) + "\n#pagebreak(weak: true)\n"
    return made(text)


@pytest.mark.parametrize("numbered", ["Chapter {number}", "{number}"])
def test_the_number_of_a_chapter_and_its_name_below_are_one_heading(numbered: str) -> None:
    draft = pdf.read(chapters(numbered), "name")
    wanted = [f"{numbered.format(number=number)}. {name}" for number, name in enumerate(NAMES, 1)]
    assert titles(draft) == wanted


def test_lines_of_a_title_page_are_no_headings() -> None:
    front = (
        "#align(center)[#v(60pt)#text(size: 18pt)[*Lanterns of the Valley*]\n\n"
        "#text(size: 14pt)[*Ann Lee*]\n\n*School of Rivers*]#pagebreak()\n"
    )
    parts = [
        (f"#text(size: 18pt)[*{name}*]", prose(number, 8)) for number, name in enumerate(NAMES)
    ]
    page, text = PAGE.format(page="", par=""), source(parts)
    draft = pdf.read(made(page + front + text.removeprefix(page)), "name")
    assert draft.title == "Lanterns of the Valley"
    assert titles(draft) == NAMES


def test_a_title_is_no_running_head_though_such_stand_on_its_height() -> None:
    front = (
        "#text(size: 22pt)[*Lanterns of the Valley \\ and of the River*]\n\nAnn Lee#pagebreak()\n"
    )
    body = "#pagebreak()\n".join(
        "#text(size: 22pt)[*Notes*]\n\n" + "\n\n".join(prose(number, 4)) for number in range(4)
    )
    draft = pdf.read(made(PAGE.format(page="", par="") + front + body), "name")
    assert draft.title == "Lanterns of the Valley and of the River"


def test_in_a_text_that_is_bold_throughout_weight_says_nothing() -> None:
    chance = random.Random(31)
    short = [" ".join(chance.choices(WORDS, k=5)).capitalize() for _ in range(5)]
    parts = [
        (f"#text(size: 15pt)[{name}]", [*prose(number, 4), line, *prose(number + 9, 2)])
        for number, (name, line) in enumerate(zip(NAMES, short, strict=False))
    ]
    page, text = PAGE.format(page="", par=""), source(parts)
    draft = pdf.read(made(page + "#set text(weight: 700)\n" + text.removeprefix(page)), "name")
    assert titles(draft) == NAMES
    assert sum(para in paragraphs(draft) for _, paras in parts for para in paras) > 20


def test_headings_of_small_text_at_the_end_are_as_large_as_that() -> None:
    parts = [(f"*{name}*", prose(number, 4)) for number, name in enumerate(NAMES)]
    ends = ["Competing interests", "What each of us did"]
    small = "\n\n".join(
        f"#text(size: 7.5pt)[*{name}*\n\n{prose(number, 1)[0]}]" for number, name in enumerate(ends)
    )
    draft = pdf.read(made(source(parts) + "\n\n" + small), "name")
    assert titles(draft)[-2:] == ends


def drawn(content: str) -> bytes:
    """A page on which `content` draws in Helvetica, in the encoding that has accents apart."""
    fonts = "/Resources<</Font<</F 5 0 R>>>>"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 600]/Contents 4 0 R{fonts}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/StandardEncoding>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj{part}endobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer<</Size {size}/Root 1 0 R>>"
    return f"{body}{table}\nstartxref\n{len(body)}\n%%EOF".encode("latin-1")


def test_an_accent_that_is_drawn_apart_belongs_to_the_letter_below_it() -> None:
    text = r"BT /F 10 Tf 50 500 Td [(A na) 80 (\310) 286 (\365ve lantern by the river.)] TJ ET"
    assert paragraphs(pdf.read(drawn(text), "name")) == ["A naïve lantern by the river."]


def test_letters_that_are_filled_and_outlined_are_bold() -> None:
    y, content = 570, "BT /F 10 Tf "
    for number, name in enumerate(NAMES):
        content += f"2 Tr 1 0 0 1 50 {y} Tm ({name}) Tj 0 Tr "
        for line in textwrap.wrap(prose(number, 1)[0], 60):
            y -= 13
            content += f"1 0 0 1 50 {y} Tm ({line}) Tj "
        y -= 26
    draft = pdf.read(drawn(content + "ET"), "name")
    assert [draft.title, *titles(draft)][-4:] == NAMES


def test_letters_that_stand_for_ligatures_are_spelt_out() -> None:
    paras = [para.replace("letter", "leƩer").replace("kettle", "keƩle") for para in prose(51, 4)]
    paras[0] += " RoboƟcs, and the Greek Ɵ."
    found = " ".join(paragraphs(pdf.read(made("\n\n".join(paras)), "name")))
    assert "Robotics, and the Greek Ɵ." in found
    assert "keƩle" not in found


def test_a_title_that_a_program_gave_is_none() -> None:
    text = '#set document(title: "PowerPoint Presentation")\n' + "\n\n".join(prose(52, 3))
    assert pdf.read(made(text), "name").title == "name"


def test_a_line_that_a_wide_gap_parts_goes_on_all_the_same() -> None:
    lines = ["The lanterns of the village went out early, from", "river to orchard,"]
    content, y = "BT /F 10 Tf ", 560
    for number in range(4):
        content += f"1 0 0 1 50 {y} Tm ({lines[0]}) Tj 1 0 0 1 50 {y - 12} Tm (bridge and) Tj "
        content += f"1 0 0 1 180 {y - 12} Tm ({lines[1]}) Tj "
        content += f"1 0 0 1 50 {y - 24} Tm (market until the winter number {number} was over.) Tj "
        y -= 48
    text = f"{lines[0]} bridge and {lines[1]} market until the winter number {{}} was over."
    wanted = [text.format(number) for number in range(4)]
    assert paragraphs(pdf.read(drawn(content + "ET"), "name")) == wanted


def test_a_numbered_heading_over_a_picture_is_one_too() -> None:
    names = [f"1.{number} {name}" for number, name in enumerate(NAMES, 1)]
    text = "#text(size: 14pt)[*1 Lanterns*]\n\n" + prose(1, 1)[0] + "\n\n"
    for number, name in enumerate(names):
        text += f"#text(size: 12pt)[*{name}*]\n\n"
        if number != 1:
            text += "\n\n".join(prose(number, 3)) + "\n\n"
        else:
            text += "#rect(width: 50pt, height: 30pt)\n\nFigure 1. A lantern\n\n"
    text += "#text(size: 14pt)[*2 Kettles*]\n\n" + prose(3, 1)[0]
    assert titles(pdf.read(made(text), "name"))[-6:] == ["1 Lanterns", *names, "2 Kettles"]


def test_the_number_of_a_heading_is_no_call_of_a_footnote() -> None:
    first = prose(1, 3)
    first[1] += "#footnote[A remark about ladders.]"
    parts = [(f"= 2.{number} {name}", first) for number, name in enumerate(NAMES[:1], 1)]
    parts += [
        (f"= 2.{number} {name}", prose(number, 3)) for number, name in enumerate(NAMES[1:], 2)
    ]
    draft = pdf.read(made(without_outline(source(parts))), "name")
    assert titles(draft) == [f"2.{number} {name}" for number, name in enumerate(NAMES, 1)]


def test_a_heading_on_top_of_a_page_stays_when_it_is_the_running_head_of_others() -> None:
    text = ""
    for number, name in enumerate(NAMES):
        header = f"header: align(center)[{name}]"
        text += f"#set page(width: 420pt, height: 600pt, {header})\n*{name}*\n\n"
        text += "\n\n".join(prose(number, 30)) + "\n"
    assert titles(pdf.read(made("#set text(size: 10pt)\n" + text), "name")) == NAMES


@pytest.mark.parametrize(
    ("name", "bold", "italic", "mono"),
    [
        ("ABCDEF+AdvOT3b30f6db.B", True, False, False),
        ("ABCDEF+AdvOT3b30f6db.I", False, True, False),
        ("Junicode", False, False, False),
        ("ArialUnicodeMS", False, False, False),
        ("SourceCodePro-Bold", True, False, True),
    ],
)
def test_the_names_of_typefaces_tell_what_they_look_like(
    name: str, bold: bool, italic: bool, mono: bool
) -> None:
    face = face_of(name, 400, 0)
    assert (face.bold, face.italic, face.mono) == (bold, italic, mono)


def test_the_name_of_a_typeface_of_tex_says_more_than_its_descriptor() -> None:
    assert not face_of("ABCDEF+CMR10", 700, 1 << 18).bold
    assert face_of("ABCDEF+CMBX10", 400, 0).bold


def test_title_author_and_year_are_read() -> None:
    front = (
        '#set document(title: "The Lantern Book", author: "Ann Lee")\n'
        "#align(center)[#text(size: 20pt)[*The Lantern Book*]\n\nAnn Lee\n\n1923]\n\n"
    )
    parts = [(f"= {name}", prose(number, 4)) for number, name in enumerate(NAMES)]
    draft = pdf.read(made(front + source(parts)), "name")
    assert (draft.title, draft.author, draft.year) == ("The Lantern Book", ("Ann Lee",), 1923)
    assert titles(draft) == NAMES


def test_articles_side_by_side_are_read_one_after_another() -> None:
    left, right = prose(1, 5), prose(2, 9)
    text = (
        "#set page(width: 800pt, height: 1400pt)\n#set text(size: 10pt)\n"
        "#set par(justify: true, first-line-indent: 10pt, spacing: 0.65em)\n"
        "#set heading(bookmarked: false)\n"
        "#grid(columns: (2fr, 1fr), gutter: 16pt,\n"
        f"[= {NAMES[0]}\n#columns(2, gutter: 12pt)[" + "\n\n".join(left + prose(3, 9)) + "]],\n"
        f"[= {NAMES[1]}\n\n" + "\n\n".join(right) + "])"
    )
    draft = pdf.read(made(text), "name")
    assert titles(draft) == NAMES[:2]
    found = [block.text for block in draft.blocks]
    second = found.index(NAMES[1])
    wanted = left + prose(3, 9)
    assert sum(para in found[:second] for para in wanted) >= len(wanted) * 0.9
    assert sum(para in found[second:] for para in right) == len(right)


def test_pages_that_are_pictures_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(made("#set page(width: 200pt, height: 200pt)\n#rect(width: 50pt)"))
    with pytest.raises(CannotImport, match=r"scan\.pdf: there is no text in this PDF") as refused:
        read(path)
    assert refused.value.exit_code == 4


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_a_file_that_was_cut_off_is_refused_or_read_in_part(tmp_path: Path, share: float) -> None:
    whole = made(source([("= One", prose(1, 30))]))
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: max(9, int(len(whole) * share))])
    try:
        sentence = str(len(read(path).blocks))
    except CannotImport as refused:
        sentence = str(refused)
    assert "PDF" in sentence or int(sentence) > 0


SMALL = made(source([("= One", prose(1, 2)), ("= Two", prose(2, 2))], ", columns: 2"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=6)), max_size=12
    )
)
def test_no_damage_does_anything_but_come_in_or_be_refused(
    changes: list[tuple[int, bytes]],
) -> None:
    data = bytearray(SMALL)
    for at, piece in changes:
        data[at : at + len(piece)] = piece
    try:
        body = render_body(pdf.read(bytes(data), "name"))
    except CannotImport:
        return
    assert body.endswith("\n")
    assert "\x1b" not in body


def test_a_book_of_many_pages_takes_seconds() -> None:
    paras = prose(5, 40)
    parts = [(f"= {NAMES[number % 4]} {number}", paras) for number in range(10)]
    data = made(source(parts))
    begin = time.perf_counter()
    draft = pdf.read(data, "name")
    assert len(titles(draft)) == 10
    assert time.perf_counter() - begin < 20
