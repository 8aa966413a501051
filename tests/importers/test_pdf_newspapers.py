"""Newspaper pages made at test time come in as they are read: headlines, kickers, columns."""

import random

from studygroup.importers import pdf
from tests.importers.test_pdf_documents import made, paragraphs, prose, sentence, titles

PAGE = """#set page(width: 600pt, height: 840pt, margin: 36pt{page})
#set text(size: 9pt, font: "Libertinus Serif")
#set par(justify: true, first-line-indent: 9pt, spacing: 0.65em)
"""


def columns(count: int, paras: list[str]) -> str:
    return f"#columns({count}, gutter: 12pt)[" + "\n\n".join(paras) + "]\n"


def headline(text: str, size: int = 20, *, bold: bool = False) -> str:
    weight = 700 if bold else 400
    face = f"size: {size}pt, weight: {weight}"
    return f"#par(first-line-indent: 0pt, justify: false)[#text({face})[{text}]]\n\n"


def page(body: str, settings: str = "") -> bytes:
    return made(PAGE.format(page=settings) + body)


def whole(wanted: list[str], data: bytes) -> float:
    found = paragraphs(pdf.read(data, "name"))
    return sum(para in found for para in wanted) / len(wanted)


def test_a_headline_needs_neither_weight_nor_others_like_it() -> None:
    text = prose(1, 6)
    data = page(headline("Ferry fares go up") + columns(3, text))
    draft = pdf.read(data, "name")
    assert "Ferry fares go up" in [draft.title, *titles(draft)]
    data = page(headline("The Lantern", 60) + headline("Ferry fares go up") + columns(3, text))
    assert titles(pdf.read(data, "name")) == ["Ferry fares go up"]


def test_a_byline_in_small_letters_does_not_make_a_headline_text() -> None:
    body = headline("The Lantern", 60)
    for number, name in enumerate(["Ferry fares go up", "Bridge stays shut"]):
        body += headline(name) + "#par(first-line-indent: 0pt)[di *Ada Costa*]\n\n"
        body += columns(3, prose(number, 5))
    assert titles(pdf.read(page(body), "name")) == ["Ferry fares go up", "Bridge stays shut"]


def test_kickers_above_headlines_are_text() -> None:
    body = headline("The Lantern", 60)
    names = ["Ferry fares go up", "Bridge stays shut", "Orchard sold"]
    for number, name in enumerate(names):
        body += headline("Harbour", 12, bold=True) + headline(name)
        body += columns(3, prose(number, 4))
    draft = pdf.read(page(body), "name")
    assert titles(draft) == names
    assert paragraphs(draft).count("Harbour") == len(names)


def test_kickers_stay_with_the_headline_below_them() -> None:
    kicker = '#text(size: 12pt, style: "italic")[Harbour]'
    over = "Ferry fares go up again in spring and bridge"
    names = ["Bridge stays shut", "Orchard sold", "Market day"]
    cells = ", ".join(
        f"[{headline(name, 16)}" + "\n\n".join(prose(number, 3)) + "]"
        for number, name in enumerate(names)
    )
    body = headline("The Lantern", 60) + f"#grid(columns: 3, gutter: 14pt, {cells})"
    body += f"#align(center)[{kicker}\n\n{headline(over, 22)}]" + columns(3, prose(5, 9))
    draft = pdf.read(page(body), "name")
    found = [block.text for block in draft.blocks]
    assert found.index("Harbour") + 1 == found.index(over)
    assert titles(draft) == [*names, over]


def test_headlines_may_begin_with_a_count_or_a_made_up_word_and_be_long() -> None:
    names = [
        "9 reasons to stay on the ferry",
        "iFerry comes to the village",
        "Ferry fares go up again in spring and bridge stays shut until the orchard is sold to Ada",
    ]
    body = headline("The Lantern", 60)
    for number, name in enumerate(names):
        body += headline(name, 15) + columns(3, prose(number, 4))
    assert titles(pdf.read(page(body), "name")) == names


def test_a_headline_may_stand_over_a_list_and_a_name_below_one_is_a_byline() -> None:
    listed = "\n\n".join(f"{number} lanterns" for number in range(3, 12))
    body = headline("The Lantern", 60)
    for number, name in enumerate(["Ferry fares", "Bridge shut"]):
        body += headline(name) + headline("Ada Costa", 11, bold=True) + columns(3, prose(number, 4))
    body += "#v(9pt)" + headline("What we counted") + columns(2, [listed])
    assert titles(pdf.read(page(body), "name")) == ["Ferry fares", "Bridge shut", "What we counted"]


def test_the_lines_of_a_centred_headline_stay_together() -> None:
    name = "Ferry fares go up again in spring#linebreak()and bridge"
    body = headline("The Lantern", 60) + f"#align(center)[{headline(name, 22)}]"
    body += columns(4, prose(3, 10))
    draft = pdf.read(page(body), "name")
    assert titles(draft) == ["Ferry fares go up again in spring and bridge"]


def test_words_of_a_headline_stay_together_over_the_gutters_below() -> None:
    name = "#text(spacing: 150%)[Old ferry to sail on in spring]"
    body = headline("The Lantern", 60) + headline(name, 40)
    body += columns(5, prose(4, 12))
    assert titles(pdf.read(page(body), "name")) == ["Old ferry to sail on in spring"]


def test_section_names_on_top_of_every_page_are_furniture() -> None:
    names = ["Ferry fares", "Bridge shut", "Orchard sold", "Market day"]
    sections = ["Harbour", "Valley", "Gardens", "Village"]
    header = "header: context align(center, text(size: 13pt, ("
    header += ", ".join(f'"{name}"' for name in sections)
    header += ").at(counter(page).get().first() - 1)))"
    body = "#pagebreak()".join(
        headline(name) + columns(3, prose(number, 12)) for number, name in enumerate(names)
    )
    draft = pdf.read(page(body, f", {header}"), "name")
    assert [draft.title, *titles(draft)] == ["name", *names]
    assert not set(sections) & set(paragraphs(draft))


def test_a_masthead_that_is_the_running_head_elsewhere_is_the_title() -> None:
    running = "#align(center, text(size: 12pt)[The Lantern])"
    header = f"header: context if counter(page).get().first() > 1 [{running}]"
    body = headline("The Lantern", 60) + headline("Ferry fares")
    body += columns(3, prose(5, 40))
    draft = pdf.read(page(body, f", {header}"), "name")
    assert draft.title == "The Lantern"
    assert titles(draft) == ["Ferry fares"]


def test_words_drawn_twice_come_in_once() -> None:
    name = "Ferry fares go up"
    twice = f"#place(dx: 1pt, dy: 0.6pt, text(size: 30pt)[{name}])#text(size: 30pt)[{name}]\n\n"
    body = headline("The Lantern", 60) + twice + columns(3, prose(6, 6))
    assert titles(pdf.read(page(body), "name")) == [name]


def test_a_paragraph_that_begins_bold_over_its_first_line_is_no_heading() -> None:
    chance = random.Random(7)
    bold = sentence(chance).rstrip(".")
    texts = [f"*{bold} {bold.lower()}:* {para}" for para in prose(7, 4)]
    body = headline("The Lantern", 60) + headline("Ferry fares") + columns(3, texts)
    assert titles(pdf.read(page(body), "name")) == ["Ferry fares"]


def test_text_set_larger_on_one_page_is_no_row_of_headings() -> None:
    small = headline("Ferry fares") + columns(3, prose(8, 60))
    large = "#set text(size: 10.5pt)\n" + headline("Bridge shut") + columns(3, prose(9, 14))
    draft = pdf.read(page(headline("The Lantern", 60) + small + "#pagebreak()\n" + large), "name")
    assert titles(draft) == ["Ferry fares", "Bridge shut"]
    assert whole(prose(9, 14), page(small + "#pagebreak()\n" + large)) > 0.9


def test_a_signature_at_the_right_is_no_heading() -> None:
    body = headline("The Lantern", 60)
    names = ["Ferry fares", "Bridge shut"]
    for number, name in enumerate(names):
        signed = "#v(9pt)#align(right)[*Ada Costa of the harbour*]#v(9pt)"
        body += headline(name)
        body += columns(2, [*prose(number, 6), signed, *prose(number + 9, 3)])
    assert titles(pdf.read(page(body), "name")) == names


def test_a_quotation_across_two_columns_does_not_cut_their_text() -> None:
    words = " ".join(prose(11, 6)).lower().replace(".", "").split()
    parts = [" ".join(words[number * 60 : number * 60 + 60]) for number in range(4)]
    quotation = "#text(size: 13pt)[" + " ".join(prose(12, 1)).replace(".", ",") + "]"
    across = f"grid.cell(colspan: 2)[{quotation}]"
    cells = f"[{parts[0]}], [{parts[2]}], {across}, [{parts[1]}], [{parts[3]}]"
    body = headline("The Lantern", 60) + headline("Ferry fares")
    body += f"#grid(columns: (1fr, 1fr), gutter: 14pt, {cells})"
    text = " ".join(paragraphs(pdf.read(page(body), "name")))
    assert f"{parts[0][-40:]} {parts[1][:40]}" in text
    assert f"{parts[2][-40:]} {parts[3][:40]}" in text


def test_a_narrow_column_keeps_its_own_measure() -> None:
    left, right = prose(12, 16), prose(13, 6)
    body = headline("The Lantern", 60) + (
        "#grid(columns: (3fr, 1fr), gutter: 14pt,\n"
        f"[{headline('Ferry fares')}" + "\n\n".join(left) + "],\n"
        f"[{headline('Bridge shut', 16)}" + "\n\n".join(right) + "])"
    )
    data = page(body)
    assert titles(pdf.read(data, "name")) == ["Ferry fares", "Bridge shut"]
    assert whole(left + right, data) > 0.9


def test_widely_spaced_lines_of_one_article_are_whole_paragraphs() -> None:
    text = prose(14, 5)
    body = headline("The Lantern", 60) + headline("Ferry fares") + columns(3, prose(15, 16))
    body += headline("Bridge shut") + "#columns(2)[#set par(leading: 1.1em, spacing: 1.1em)\n"
    body += "\n\n".join(text) + "]"
    assert whole(text, page(body)) > 0.9


def test_text_beside_a_picture_is_not_cut_at_every_line() -> None:
    """The lines beside the picture end before the edge of the column that goes on below it."""
    words = " ".join(prose(42, 2)).replace(".", "").split()
    names = " ".join(word.capitalize() for word in words)
    cell = f"#grid(columns: (1fr, 70pt), gutter: 10pt, [#h(9pt){names}], [])"
    body = headline("The Lantern", 60) + headline("Ferry fares")
    body += columns(2, [*prose(41, 1), cell, *prose(43, 6)])
    found = paragraphs(pdf.read(page(body), "name"))
    assert any(names[40:-60] in para for para in found)


def test_bold_lines_that_a_column_sets_far_apart_are_one_paragraph() -> None:
    mission = prose(44, 1)[0]
    apart = f"#set par(leading: 1.4em)\n*{mission}*"
    body = headline("The Lantern", 60) + headline("Ferry fares")
    body += (
        f"#grid(columns: (1fr, 3fr), gutter: 14pt, [{apart}], [" + "\n\n".join(prose(45, 9)) + "])"
    )
    assert mission in paragraphs(pdf.read(page(body), "name"))


def test_the_second_line_of_a_headline_may_stand_further_below_it() -> None:
    body = headline("The Lantern", 60)
    for number, name in enumerate(["Ferry fares", "Bridge shut"]):
        lines = f"#text(size: 16pt)[{name} #linebreak()again this spring]"
        body += f"#par(leading: 15pt, first-line-indent: 0pt)[{lines}]\n\n"
        body += columns(2, prose(number, 6))
    wanted = ["Ferry fares again this spring", "Bridge shut again this spring"]
    assert titles(pdf.read(page(body), "name")) == wanted


def test_a_masthead_below_much_small_type_is_the_title_all_the_same() -> None:
    box = "\n\n".join(f"Lantern {number}, {number} kettles" for number in range(1, 15))
    body = (
        f"#grid(columns: (1fr, 3fr), gutter: 14pt, [{box}], [#v(30pt){headline('The Lantern', 50)}"
    )
    body += headline("Ferry fares") + "\n\n".join(prose(46, 9)) + "])"
    draft = pdf.read(page(body, ""), "name")
    assert draft.title == "The Lantern"
    assert titles(draft) == ["Ferry fares"]
