"""However a document was printed, its paragraphs, headings and title come back as they were."""

import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from studygroup.core.draft import Block, BlockKind, Draft
from studygroup.importers.detect import FORMATS, detect
from studygroup.importers.render import render_body
from tests.dirty_documents import FORMS, PRINTERS, document, extracted, paged, wrapped
from tests.word_account import words_as_read, words_of

READABLE = ("paragraph", "quote", "item", "verse")


def imported(text: str) -> Draft:
    return FORMATS[detect(text)](text, "untitled")


def paragraphs(draft: Draft) -> list[str]:
    """The paragraphs, without the words that a printer added to end a line early."""
    texts = [block.text.replace("\\", "") for block in draft.blocks if block.kind in READABLE]
    return [re.sub(r"( again)+(\W*)$", r"\2", text) for text in texts]


def headings(draft: Draft) -> list[str]:
    return [block.text.replace("\\", "") for block in draft.blocks if block.kind == "heading"]


CASES = [
    (form, printer)
    for form in FORMS
    for printer in PRINTERS
    if (form, printer) != ("bare", "paged")
]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.sampled_from(CASES), st.integers(5, 8))
def test_printed_in_any_way_a_document_comes_back(
    seed: int, case: tuple[str, str], sections: int
) -> None:
    form, printer = case
    doc = document(seed, sections, form)
    draft = imported(PRINTERS[printer](doc))
    assert headings(draft) == doc.headings
    assert paragraphs(draft) == doc.paragraphs
    assert (draft.title, draft.author, draft.year) == (doc.title, (doc.author,), doc.year)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.floats(20.0, 40.0), st.integers(20, 60))
def test_a_page_of_any_width_and_height_gives_the_same_paragraphs(
    seed: int, width: float, height: int
) -> None:
    doc = document(seed)
    draft = imported(extracted(doc, width, height))
    assert (headings(draft), paragraphs(draft)) == (doc.headings, doc.paragraphs)


@pytest.mark.parametrize("width", [60, 70, 72, 78])
@pytest.mark.parametrize("underline", ["", "=", "-", "~"])
def test_wrapped_at_any_column_and_underlined_or_not(width: int, underline: str) -> None:
    doc = document(width)
    draft = imported(wrapped(doc, width, underline))
    assert (headings(draft), paragraphs(draft)) == (doc.headings, doc.paragraphs)


def test_form_feeds_between_pages_are_page_ends_and_not_paragraph_ends() -> None:
    doc = document(3)
    text = paged(doc)
    fed = re.sub(r"\n\n(\d+)\n\n", r"\n\n\1\n\f", text)
    assert fed != text
    draft = imported(fed)
    assert paragraphs(draft) == doc.paragraphs
    assert "page_furniture" in draft.repairs


def test_a_preface_may_begin_with_a_short_paragraph() -> None:
    doc = document(4)
    preface = "Preface\n\nThese pages were not meant to be read."
    draft = imported(wrapped(doc).replace("1931\n", f"1931\n\n{preface}\n", 1))
    assert headings(draft) == ["Preface", *doc.headings]


AWKWARD = st.text(
    st.sampled_from("ab Z1.()[]{}<>#*_`~|\\!&;:=+-–“”\"'^/$@%éß" + "  "), min_size=1, max_size=60
)


@settings(max_examples=100, deadline=None)
@given(st.lists(AWKWARD, min_size=1, max_size=4))
def test_no_word_is_lost_to_a_mark_that_markdown_would_read(texts: list[str]) -> None:
    lines = [" ".join(f"Here {text} there".split()) for text in texts]
    source = "\n\n".join(f"{line} and then the sentence simply went on." for line in lines)
    text = f"A long first paragraph stands above, for once. It says nothing much.\n\n{source}"
    draft = imported(text)
    body, notes = words_as_read(render_body(draft))
    assert [*body, *(word for note in notes for word in note)] == words_of(text.replace("_", " "))


@pytest.mark.parametrize(
    "start",
    [
        *("1. ", "12) ", "# ", "#", "> ", "- ", "+ ", "* ", "*", "_", "| ", "[x] ", "[^1] "),
        *("[a]: ", "~~~ ", "``` ", "---", "=== ", "<b", "<!-- ", "&amp; ", "\\", "![a](b) "),
        *("[[x]] ", "    ", "{#a} ", "^[1] "),
    ],
)
def test_a_paragraph_reads_as_its_own_words_whatever_it_begins_with(start: str) -> None:
    block = Block("paragraph", _inline(f"{start}words that follow"))
    tokens = MarkdownIt("commonmark").parse(render_body(Draft("plain-text", "x", (block,))))
    kinds = [token.type for token in tokens]
    assert kinds == ["paragraph_open", "inline", "paragraph_close"]
    shown = "".join(child.content for child in tokens[1].children or ())
    assert shown.split() == f"{start}words that follow".split()


def _inline(text: str) -> str:
    from studygroup.importers.inline import to_markdown

    return to_markdown(text.strip())


def test_every_kind_of_block_is_rendered_apart_from_its_neighbours() -> None:
    kinds = [kind for kind in get_args(BlockKind) if kind != "footnote"]
    blocks = [Block(kind, "" if kind == "rule" else f"{kind} text", marker="-") for kind in kinds]
    body = render_body(Draft("plain-text", "x", (*blocks, Block("footnote", "a note", label="1"))))
    for kind in kinds:
        assert kind == "rule" or f"{kind} text" in body
    assert body.endswith("[^1]: a note\n")
    assert "\n\n\n" not in body
