"""Documents of the kinds that groups bring in, each dirty in its own way, come in as meant.

The samples and what they should give stand beside this file; `>` marks a heading below another.
"""

import csv
import re
from pathlib import Path

import pytest

from studygroup.core.draft import Draft
from studygroup.importers.detect import read
from studygroup.importers.render import render_body
from tests.word_account import account

DATA = Path(__file__).parent / "data"
with (DATA / "expected.tsv").open(encoding="utf-8") as table:
    EXPECTED = {row["file"]: row for row in csv.DictReader(table, delimiter="\t")}
SAMPLES = sorted(EXPECTED)
LABELS = ("by", "von", "and", "Source", "Notes")
"""Words that only name what stands after them, which became front matter or footnotes."""


def sample(name: str) -> Draft:
    return read(DATA / name)


def sections(draft: Draft) -> str:
    shown = [
        "> " * (block.level - 1) + block.text for block in draft.blocks if block.kind == "heading"
    ]
    preface = [draft.title] if draft.blocks[0].kind != "heading" else []
    return " | ".join([*preface, *shown])


def kinds(draft: Draft, kind: str) -> list[str]:
    return [block.text for block in draft.blocks if block.kind == kind]


def test_every_sample_is_listed_with_what_it_should_give() -> None:
    assert {path.name for path in DATA.iterdir()} - {"expected.tsv"} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_format_facts_and_sections_are_recognised(name: str) -> None:
    draft, row = sample(name), EXPECTED[name]
    found = (draft.format, draft.title, "; ".join(draft.author), str(draft.year or ""))
    assert found == (row["format"], row["title"], row["author"], row["year"])
    assert sections(draft) == row["sections"]


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in SAMPLES
        if EXPECTED[name]["format"] == "plain-text"
        and name not in ("gutenberg-style.txt", "western-1252.txt", "mojibake.txt")
    ],
)
def test_no_word_of_a_sample_is_lost_or_invented(name: str) -> None:
    heads = ["The Mill and Its Shadow"] if name == "pdf-copy.txt" else []
    found = account((DATA / name).read_text(encoding="utf-8-sig"), sample(name), heads)
    assert [word for word in found.lost if word not in LABELS] == []
    assert found.invented == []


def test_a_licence_frame_and_a_table_of_contents_are_set_aside() -> None:
    draft = sample("gutenberg-style.txt")
    body = render_body(draft)
    assert "VANILLA" not in body
    assert "CONTENTS" not in body
    assert len(draft.warnings) == 1
    assert "frame" in draft.warnings[0]


def test_verse_keeps_its_lines_and_underscores_their_emphasis() -> None:
    draft = sample("gutenberg-style.txt")
    (verse,) = kinds(draft, "verse")
    assert verse.split("\n")[0] == "Oh, the river is wide and the fare it is high,"
    assert len(verse.split("\n")) == 4
    assert "a _pretence_, and" in render_body(draft)


def test_points_of_a_list_stay_points_and_numbered_paragraphs_keep_their_numbers() -> None:
    report = sample("underlined-report.txt")
    assert len(kinds(report, "item")) == 6
    assert [block.marker for block in report.blocks if block.kind == "item"][3:] == [
        "1.",
        "2.",
        "3.",
    ]
    theses = render_body(sample("theses.txt"))
    assert re.findall(r"(?m)^(\d)\\\. ", theses) == list("1234567")


def test_words_broken_at_line_ends_are_whole_and_compounds_keep_their_hyphen() -> None:
    body = render_body(sample("pdf-copy.txt"))
    assert {"counting", "witnesses", "people"} <= set(re.findall(r"\w+", body))
    assert "counting-house" in body
    assert "verkaufen" in render_body(sample("german.txt"))


def test_page_numbers_and_running_heads_are_gone_and_their_paragraphs_whole() -> None:
    draft = sample("pdf-copy.txt")
    body = render_body(draft)
    assert "The Mill and Its Shadow" not in body
    assert "whether the walls would bear them." in body
    assert "answered that he had always been told" in body
    assert draft.repairs["page_furniture"] == 5


def test_a_paragraph_that_a_footnote_cut_in_two_is_whole() -> None:
    body = render_body(sample("footnotes-wrapped.txt"))
    assert "for the sake of the pay, and that nobody did." in body
    assert "had a reason.[^1] Some called" in body
    assert "[^2]: Or, in another version" in body


def test_notes_in_brackets_become_footnotes_and_their_empty_heading_goes() -> None:
    body = render_body(sample("underlined-report.txt"))
    assert "not much longer[^1]." in body
    assert "[^2]: They asked not to be named." in body
    assert "# Notes" not in body


def test_what_a_comment_quotes_is_a_block_quotation_however_it_was_marked() -> None:
    for name, quotes in (
        ("wordpress-thread.txt", 1),
        ("forum-posts.txt", 3),
        ("mail-archive.txt", 1),
        ("names-above-dates.txt", 1),
    ):
        assert len(kinds(sample(name), "quote")) == quotes, name


def test_leftover_tags_and_entities_of_comments_become_markdown() -> None:
    body = render_body(sample("wordpress-thread.txt"))
    assert "*Nobody*. The farmer told us so in writing, and **twice**." in body
    assert "[look at the map](http://www.example.org/floods)" in body
    assert "the strip by the stream – and that strip floods" in body
    assert "the same talk & the same stream" in body
    assert "Reply" not in body


def test_a_title_in_the_count_of_comments_is_found_and_the_line_kept_as_a_note() -> None:
    draft = sample("wordpress-thread.txt")
    assert draft.facts()["note"].startswith("18 Responses to")  # type: ignore[union-attr]


def test_western_bytes_and_mojibake_give_the_same_text() -> None:
    mended, western = sample("mojibake.txt"), sample("western-1252.txt")
    assert render_body(mended) == render_body(western)
    assert "“Here,” she used to say" in render_body(mended)


def test_markdown_keeps_callouts_tables_links_and_other_front_matter_as_written() -> None:
    draft = sample("obsidian.md")
    body = render_body(draft)
    assert "> [!info] Sources\n> Mostly the [[School Diary]]." in body
    assert "| 1901 | 14     |" in body
    assert "[[Latin|a little Latin]].[^1]" in body
    assert "[^1]: The Latin was on the anchor." in body
    assert "wrapped by an editor" in body
    assert draft.facts()["tags"] == ["school", "harbour"]


def test_dates_salutations_signatures_and_questions_are_no_headings() -> None:
    paragraphs = kinds(sample("letters-no-headings.txt"), "paragraph")
    assert {"12 November 1902", "Dear Miss Hale,", "Yours ever,", "C. W."} <= set(paragraphs)
    assert "Was it worth the money?" in kinds(sample("speech.txt"), "paragraph")
