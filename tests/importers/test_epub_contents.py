"""Books whose contents and text say different things come in as their readers see them."""

import pytest

from studygroup.core.draft import Draft
from studygroup.importers import epub
from studygroup.importers.render import render_body
from tests.importers import documents
from tests.importers.documents import sentences, titles

TEXT = f"<p>{sentences(9)}</p>"


def entry(href: str, title: str, below: str = "") -> str:
    inner = f"<ol>{below}</ol>" if below else ""
    return f'<li><a href="{href}">{title}</a>{inner}</li>'


def book(chapters: dict[str, str], contents: str) -> Draft:
    return epub.read(documents.epub(chapters, contents), "file")


def chapters(count: int, inside: str = "{}") -> tuple[dict[str, str], str]:
    """Members of one chapter each, their bodies put into `inside`, and the contents of them."""
    names = [f"The {word} House" for word in ("Red", "Low", "Far", "Old", "New")][:count]
    members = {
        f"{at}.xhtml": inside.format(f"<h2>{name}</h2>{TEXT}") for at, name in enumerate(names)
    }
    return members, "".join(entry(f"{at}.xhtml", name) for at, name in enumerate(names))


def test_a_list_of_the_books_own_parts_is_no_text_of_it() -> None:
    members, contents = chapters(4)
    links = "".join(f'<li><a href="{at}.xhtml">Go to {at}</a></li>' for at in range(4))
    members["0.xhtml"] += f"<h3>In this book</h3><ul>{links}</ul>"
    listed = "".join(f"<p>{name} . . . {at}1</p>" for at, name in enumerate(("A", "B", "C", "D")))
    members["1.xhtml"] += listed
    draft = book(members, contents)
    assert len(titles(draft.blocks)) == 4
    assert "Go to" not in render_body(draft)
    assert "A . . . 01" in render_body(draft)
    assert draft.warnings == ("Left out: lists of its parts.",)


def test_printed_contents_are_known_by_the_titles_without_a_link() -> None:
    members, contents = chapters(5)
    names = ["The Red House", "The Low House", "The Far House", "The Old House", "The New House"]
    front = TEXT * 3 + "<h2>What is in it</h2>" + "".join(f"<p>{name}</p>" for name in names)
    draft = book({"front.xhtml": front, **members}, contents)
    assert [title for _, title in titles(draft.blocks)] == names
    assert "What is in it" not in render_body(draft)


def test_what_most_members_end_with_is_left_out() -> None:
    members, contents = chapters(5, "{}<div><p>© 1931 by the house of nobody</p></div>")
    draft = book(members, contents)
    assert "nobody" not in render_body(draft)
    assert "what stands on every page" in draft.warnings[0]


def test_the_bar_for_turning_pages_is_left_out_where_it_is_marked() -> None:
    bar = '<div class="related"><h3>Navigation</h3><a href="0.xhtml">next</a></div>'
    members, contents = chapters(2, bar + "{}")
    draft = book(members, contents)
    assert "Navigation" not in render_body(draft)
    assert len(titles(draft.blocks)) == 2


@pytest.mark.parametrize("is_titled", [True, False])
def test_a_link_that_leads_nowhere_is_mended_by_title_or_by_what_no_other_leads_to(
    is_titled: bool,
) -> None:
    members, _ = chapters(3)
    if not is_titled:
        members["1.xhtml"] = TEXT
    contents = (
        entry("0.xhtml", "The Red House")
        + entry("gone.xhtml", "The Low House")
        + entry("2.xhtml", "The Far House")
    )
    draft = book(members, contents)
    assert [t for _, t in titles(draft.blocks)] == [
        "The Red House",
        "The Low House",
        "The Far House",
    ]


def test_a_section_begins_with_its_heading_where_the_contents_lead_to_the_page() -> None:
    body = (
        f'<p id="p1">{sentences(20)}</p><h2>One</h2>{TEXT}<p id="p2">{sentences(9, "cart")}</p>'
        f"<h2>Two</h2>{TEXT}"
    )
    draft = book({"a.xhtml": body}, entry("a.xhtml#p1", "One") + entry("a.xhtml#p2", "Two"))
    assert titles(draft.blocks) == [(1, "One"), (1, "Two")]
    kinds = [block.text if block.kind == "heading" else block.kind for block in draft.blocks]
    assert kinds == ["paragraph", "One", "paragraph", "paragraph", "Two", "paragraph"]


def test_what_the_contents_say_twice_of_one_place_is_one_section() -> None:
    members, _ = chapters(1)
    contents = entry("0.xhtml", "The Red House", entry("0.xhtml", "The Red House"))
    assert titles(book(members, contents).blocks) == [(1, "The Red House")]


def test_the_name_of_a_part_that_has_no_text_stays() -> None:
    members, contents = chapters(1)
    part = {"part.xhtml": "<p>Part I: Houses</p>"}
    draft = book({**part, **members}, entry("part.xhtml", "Part I: Houses") + contents)
    assert titles(draft.blocks) == [(1, "Part I: Houses"), (1, "The Red House")]


def test_a_number_in_the_contents_and_the_name_below_it_are_one_heading() -> None:
    members = {f"{n}.xhtml": f"<h1>{n}</h1><h2>House {n} of us</h2>{TEXT}" for n in "12"}
    draft = book(members, entry("1.xhtml", "Chapter 1") + entry("2.xhtml", "Chapter 2"))
    assert titles(draft.blocks) == [
        (1, "Chapter 1. House 1 of us"),
        (1, "Chapter 2. House 2 of us"),
    ]


@pytest.mark.parametrize(
    "below", ["<h3>Bo Smith</h3>", "<h3>by Bo Smith</h3>", "<hr/><h3>Kin</h3>"]
)
def test_a_line_below_a_title_is_no_section(below: str) -> None:
    members = {"a.xhtml": f"<h1>Houses</h1>{below}{TEXT}", "b.xhtml": f"<h1>Roofs</h1>{TEXT}"}
    draft = book(members, entry("a.xhtml", "Houses") + entry("b.xhtml", "Roofs"))
    assert titles(draft.blocks) == [(1, "Houses"), (1, "Roofs")]
    assert "**" in render_body(draft)


def test_a_heading_with_nothing_below_it_keeps_its_words() -> None:
    body = f"<h1>Houses</h1><h3>Ada and Bo</h3><h2>Doors</h2>{TEXT}<h2>Walls</h2>{TEXT}"
    draft = book({"a.xhtml": body}, entry("a.xhtml", "Houses"))
    assert titles(draft.blocks) == [(1, "Houses"), (2, "Doors"), (2, "Walls")]
    assert "**Ada and Bo**" in render_body(draft)


def test_headings_over_notes_alone_go_with_them_in_any_language() -> None:
    call = '<a epub:type="noteref" href="n.xhtml#n{0}">{0}</a>'
    members = {
        f"{n}.xhtml": f"<h2>House {n}</h2><p>{sentences(9)}{call.format(n)}</p>" for n in (1, 2)
    }
    note = '<h3>To house {0}</h3><aside epub:type="footnote" id="n{0}"><p>{0}. So.</p></aside>'
    members["n.xhtml"] = "<h2>Huomautukset</h2>" + note.format(1) + note.format(2)
    contents = "".join(entry(f"{n}.xhtml", f"House {n}") for n in (1, 2))
    draft = book(members, contents + entry("n.xhtml", "Huomautukset"))
    assert titles(draft.blocks) == [(1, "House 1"), (1, "House 2")]
    assert draft.repairs == {"footnotes": 2}


def test_an_index_is_set_aside_with_its_letters() -> None:
    members, contents = chapters(2)
    members["index.xhtml"] = "".join(
        f'<h3 id="{a}">{a}</h3><p>{a}le, 1, 2</p><p>{a}pe, 3</p>' for a in "AB"
    )
    letters = "".join(entry(f"index.xhtml#{a}", a) for a in "AB")
    draft = book(members, contents + entry("index.xhtml", "Index", letters))
    assert len(titles(draft.blocks)) == 2
    assert "Index" in draft.warnings[0]


def test_an_imprint_is_known_by_what_it_says() -> None:
    members, contents = chapters(2)
    members = {"i.xhtml": "<h2>Oikeudet</h2><p>© 1931. ISBN 0-00</p>", **members}
    draft = book(members, entry("i.xhtml", "Oikeudet") + contents)
    assert "ISBN" not in render_body(draft)


def test_the_title_of_a_box_is_no_section() -> None:
    box = f'<div class="tip"><h3>Tip</h3><p>{sentences(1)}</p></div>'
    members, contents = chapters(2, "{}" + box)
    draft = book(members, contents)
    assert len(titles(draft.blocks)) == 2
    assert "**Tip**" in render_body(draft)
