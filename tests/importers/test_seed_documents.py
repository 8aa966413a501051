"""The four real texts come in whole: their sections, their paragraphs, every word."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from studygroup.core.draft import Draft
from studygroup.importers.detect import read
from studygroup.importers.hyphens import Hyphens, ends_in_hyphen
from studygroup.importers.lines import printed_lines
from studygroup.importers.render import render_body
from studygroup.importers.repair import repair
from tests.word_account import account

TEXTS = (
    "anatomy-of-the-micro-sect",
    "alternative-to-the-micro-sect",
    "road-maps-dead-ends",
    "road-maps-comments",
)


def outline(draft: Draft) -> list[str]:
    """The sections that a draft makes: text before the first heading is one named as the title."""
    headings = [block.text for block in draft.blocks if block.kind == "heading"]
    return headings if draft.blocks[0].kind == "heading" else [draft.title, *headings]


def true_sections(seeds: Path, name: str) -> list[str]:
    with (seeds / "outlines.tsv").open(encoding="utf-8") as rows:
        table = csv.DictReader(rows, delimiter="\t")
        return [row["section"] for row in table if row["document"] == name]


def seed(seeds: Path, name: str) -> Draft:
    return read(seeds / f"{name}.txt")


@pytest.mark.parametrize("name", TEXTS)
def test_the_sections_are_the_true_ones_in_order(seeds: Path, name: str) -> None:
    assert outline(seed(seeds, name)) == true_sections(seeds, name)


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_lost_or_invented(seeds: Path, name: str) -> None:
    source = (seeds / f"{name}.txt").read_text(encoding="utf-8")
    found = account(source, seed(seeds, name))
    assert (found.lost, found.invented) == ([], [])


@pytest.mark.parametrize("name", TEXTS)
def test_every_paragraph_ends_as_one(seeds: Path, name: str) -> None:
    """One that ends in a word would have been cut; unless it announces a quotation, ends in an
    address, or is a point of a list that another point follows.
    """
    blocks = seed(seeds, name).blocks
    unfinished = [
        (block.text, following.kind)
        for block, following in zip(blocks, [*blocks[1:], blocks[-1]], strict=True)
        if block.kind in ("paragraph", "footnote") and len(block.text) > 100
        if re.search(r"[\w-]$", block.text) and not re.search(r"https?://\S+$", block.text)
    ]
    cut = [text for text, following in unfinished if following != "quote"]
    assert [text[-16:] for text in cut if "forum" not in text] == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_paragraph_begins_in_the_middle_of_a_sentence(seeds: Path, name: str) -> None:
    draft = seed(seeds, name)
    small = [
        block.text[:60]
        for block in draft.blocks
        if block.kind == "paragraph" and block.text[0].islower()
    ]
    assert [text for text in small if not text.startswith(("erg.", "about 3 years"))] == []


def test_all_ten_hyphens_at_line_ends_are_real(seeds: Path) -> None:
    kept = []
    for name in TEXTS:
        path = seeds / f"{name}.txt"
        lines = [line.text for line in printed_lines(repair(path.read_bytes(), name).text)]
        hyphens = Hyphens.of(lines)
        kept += [
            hyphens.is_real(line, following)
            for line, following in pairwise(lines)
            if ends_in_hyphen(line)
        ]
    assert kept == [True] * 10


def test_title_author_year_and_source_are_recognised(seeds: Path) -> None:
    anatomy, alternative, road_maps, comments = (seed(seeds, name) for name in TEXTS)
    assert (anatomy.year, anatomy.author) == (1973, ("Hal Draper",))
    assert anatomy.title == "Anatomy of the Micro-Sect"
    assert (alternative.year, alternative.author) == (None, ("Hal Draper",))
    assert alternative.title == "The Alternative to the Micro-Sect"
    assert (road_maps.year, road_maps.author) == (2011, ("Dan Damage",))
    assert road_maps.title == "Road maps, dead ends, & the search for fresh ground"
    assert comments.kind == "thread"
    for found, last in ((road_maps, "socialist-movement/"), (comments, "socialist-movement")):
        assert found.source is not None
        assert found.source.startswith("http://kasamaproject.org/")
        assert found.source.endswith(last)
        assert " " not in found.source


def test_footnotes_are_called_where_they_were_and_none_is_left_over(seeds: Path) -> None:
    for name, count in (("anatomy-of-the-micro-sect", 4), ("alternative-to-the-micro-sect", 1)):
        body = render_body(seed(seeds, name))
        called = re.findall(r"\[\^(\d)\](?!:)", body)
        defined = re.findall(r"(?m)^\[\^(\d)\]: \S", body)
        assert called == defined == [str(number) for number in range(1, count + 1)]
        assert not re.search("[¹²³⁴•]", body)


def test_quotations_that_the_texts_set_off_are_block_quotations(seeds: Path) -> None:
    quotes = {
        name: sum(block.kind == "quote" for block in seed(seeds, name).blocks) for name in TEXTS
    }
    assert quotes == {
        "anatomy-of-the-micro-sect": 0,
        "alternative-to-the-micro-sect": 2,
        "road-maps-dead-ends": 26,
        "road-maps-comments": 11,
    }


def test_nothing_of_the_print_or_the_page_is_left(seeds: Path) -> None:
    for name in TEXTS:
        body = render_body(seed(seeds, name))
        assert not re.search(r"</?(?:i|strong|blockquote)>|&amp;|\[/?h\d\]|Guest -", body)
        assert not re.search(r"(?m)^ +\S| +$|  ", body)
