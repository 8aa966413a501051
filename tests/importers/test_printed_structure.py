"""What a printed text tells of its structure: its contents, its numbers, where its lines end."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

import pytest

from studygroup.core.draft import Draft
from studygroup.importers.detect import FORMATS, detect
from tests.importers.documents import sentences

PROSE = (
    "The boats wait here for hours, and talking is the only traffic that is left to them. Nobody "
    "who lives on the bank can say when it began, or what it was that they used to wait for. Some "
    "of them have asked the keeper, who is old."
)


def read(text: str) -> Draft:
    return FORMATS[detect(text)](text, "untitled")


def headings(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks if block.kind == "heading"]


def wrapped(text: str, width: int = 66) -> str:
    return textwrap.fill(text, width)


def page(*blocks: str) -> str:
    """Printed lines without blank lines between paragraphs, as text taken from a PDF has them."""
    return "\n".join(wrapped(block) for block in blocks) + "\n\f"


NAMES = ["The Lock", "The Weir", "The Mill", "The Ferry", "The Bridge", "The Quay"]
CHAPTERS = "".join(
    f"\n\n\n{name.upper()}\n\n{wrapped(PROSE)}\n\n{wrapped(PROSE)}" for name in NAMES
)


def test_lines_that_printed_contents_do_not_name_are_no_headings() -> None:
    contents = "\n".join(f"{name.upper():<50}{at * 7}" for at, name in enumerate(NAMES, 1))
    song = CHAPTERS.replace(
        "\n\n\nTHE FERRY", f"\n\nDIRGE OF THE FERRYMAN\n\n{wrapped(PROSE)}\n\n\nTHE FERRY"
    )
    text = f"Of Rivers\n\n{wrapped(PROSE)}\n\n\nCONTENTS\n\n{contents}{song}\n"
    assert headings(read(text)) == [name.upper() for name in NAMES]
    without = f"Of Rivers\n\n{wrapped(PROSE)}{song}\n"
    assert "DIRGE OF THE FERRYMAN" in headings(read(without))


def test_lines_of_a_table_are_not_joined() -> None:
    rows = "\n".join(
        f"{name} {'.' * (40 - len(name))} {at * 7}" for at, name in enumerate(NAMES, 1)
    )
    draft = read(f"Of Rivers\n\n{wrapped(PROSE * 2)}\n\n{rows}\n\n{wrapped(PROSE * 2)}\n")
    lines = [line for block in draft.blocks for line in block.text.split("\n")]
    assert sum(line.startswith("The ") and line[-1].isdigit() for line in lines) == 6


@pytest.mark.parametrize(
    "names",
    [("1 Of Locks", "2 Of Weirs", "3 Of Mills"), ("Abstract", "Introduction", "Conclusion")],
)
def test_a_heading_is_found_between_lines_that_nothing_sets_apart(names: tuple[str, ...]) -> None:
    ends = ["so.", "and what for, as far as anybody on the bank knows.", "who knows."]
    blocks = [
        block
        for name, end in zip(names, ends, strict=True)
        for block in (name, f"{PROSE} {PROSE} It is {end}")
    ]
    text = "Of Rivers\n" + page(*blocks[:3]) + page(*blocks[3:])
    assert headings(read(text)) == list(names)


def test_what_a_browser_prints_on_every_page_is_furniture() -> None:
    head, foot = "Of Rivers 15/Jun/2009 10:48 AM", "http://example.org/rivers.html Page {} of 3"
    pages = "".join(
        f"{head}\n{foot.format(n)}\n{wrapped(sentences(8, word))}\n\f"
        for n, word in enumerate(("canal", "ferry", "weir"), 1)
    )
    draft = read(pages)
    assert draft.repairs["page_furniture"] == 6
    assert not any("Page" in block.text or "Jun" in block.text for block in draft.blocks)


def test_numbers_alone_that_begin_again_in_each_chapter_are_headings() -> None:
    parts = "".join(f"\n\n\n{n}\n\n{wrapped(PROSE)}" for n in ("I", "II"))
    text = "Of Rivers" + "".join(
        f"\n\n\nCHAPTER {n}\n\n{wrapped(PROSE)}{parts}" for n in ("I", "II")
    )
    assert headings(read(text)) == ["CHAPTER I", "I", "II", "CHAPTER II", "I", "II"]


def test_a_line_of_a_program_is_no_heading() -> None:
    lines = "\n\n".join(f"{wrapped(PROSE)}\n\nY = A{n}" for n in range(2))
    assert headings(read(f"Of Rivers\n\n{lines}\n\n{wrapped(PROSE)}\n")) == []


def noted(*numbers: str) -> str:
    """Three pages with notes of these numbers below the first and the second."""
    one, two, three = numbers
    first = PROSE.replace("hours,", f"hours,{one}")
    second, third = PROSE.replace("left", f"left{two}"), PROSE.replace("bank", f"bank{three}")
    pages = (
        [wrapped(first), wrapped(PROSE), f"{one} In summer, and only by day."],
        [wrapped(second), wrapped(PROSE), wrapped(third)],
        [f"{two}Or was, before the weir was built,", "as the keeper and his wife like to say."],
        [f"{three} See above."],
        [wrapped(PROSE)],
    )
    lines = ["\n".join(page) for page in pages]
    return f"Of Rivers\n{lines[0]}\n\f{lines[1]}\n{lines[2]}\n{lines[3]}\n\f{lines[4]}\n"


def test_plain_digits_at_the_foot_of_a_page_are_notes_where_they_are_called() -> None:
    draft = read(noted("1", "2", "3"))
    notes = {block.label: block.text for block in draft.blocks if block.kind == "footnote"}
    assert notes == {
        "1": "In summer, and only by day.",
        "2": "Or was, before the weir was built, as the keeper and his wife like to say.",
        "3": "See above.",
    }
    body = " ".join(block.text for block in draft.blocks if block.kind != "footnote")
    assert [body.count(call) for call in ("hours,[^1]", "left[^2]", "bank[^3]")] == [1, 1, 1]


def test_notes_that_count_from_1_on_each_page_are_told_apart() -> None:
    draft = read(noted("1", "1", "2"))
    notes = [(block.label, block.text[:6]) for block in draft.blocks if block.kind == "footnote"]
    assert notes == [("1", "In sum"), ("2", "Or was"), ("3", "See ab")]


def test_a_list_at_the_foot_of_a_page_that_nothing_calls_is_no_note() -> None:
    text = noted("1", "2", "3")
    for called, plain in (("hours,1", "hours,"), ("left2", "left"), ("bank3", "bank")):
        text = text.replace(called, plain)
    draft = read(text)
    assert not any(block.kind == "footnote" for block in draft.blocks)
    assert "3 See above." in " ".join(block.text for block in draft.blocks)


@pytest.mark.parametrize("text", ["The bridge is closed today\n", "Of Bridges\n\nby Ana Smith\n"])
def test_a_text_that_is_but_a_title_is_text_as_well(text: str) -> None:
    draft = read(text)
    assert draft.title == text.splitlines()[0]
    assert draft.blocks[0].text.startswith(draft.title)


def columns(left: str, right: str, between: int = 4) -> str:
    """Two texts side by side, as wide as columns of print are."""
    rows = [textwrap.wrap(text, 38) for text in (left, right)]
    pairs = zip_longest(*rows, fillvalue="")
    return "\n".join(f"{one:<38}{' ' * between}{two}".rstrip() for one, two in pairs)


def test_columns_that_stand_side_by_side_are_read_one_after_the_other() -> None:
    words = ("canal", "ferry", "weir", "quay")
    texts = [sentences(18, word) for word in words]
    pages = [columns(texts[0], texts[1]), columns(texts[2], texts[3])]
    head = f"{'A title that goes over both of the columns':^80}"
    draft = read(f"{head}\n\n{pages[0]}\n\f{pages[1]}\n")
    assert draft.title == head.strip()
    said = " ".join(block.text for block in draft.blocks)
    assert said == " ".join(texts)


def test_a_table_and_a_single_column_stay_as_they_are() -> None:
    table = "\n".join(f"{name:<40}{at * 7}" for at, name in enumerate(NAMES * 4, 1))
    draft = read(f"{wrapped(PROSE)}\n\n{table}\n\f{wrapped(PROSE)}\n")
    rows = [line for block in draft.blocks for line in block.text.split("\n")]
    assert sum(row.startswith("The ") and row[-1].isdigit() for row in rows) == 24
    prose = f"{wrapped(PROSE * 3)}\n\f{wrapped(PROSE * 3)}\n"
    assert read(prose).repairs["rejoined_lines"] > 10


def test_a_text_with_pages_is_no_markdown() -> None:
    axis = "\n".join(("# of boats", "1 2 3", "# of locks", "4 5 6"))
    assert detect(f"{wrapped(PROSE)}\n{axis}\n\f{wrapped(PROSE)}\n") == "extracted-text"
