"""Correcting an outline, writing it down, and finding it again in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studygroup.core.draft import Block, Reason
from studygroup.core.outlining.fitting import fit_outline
from studygroup.core.outlining.outline_text import Wanted, parse_outline, written_outline
from studygroup.core.outlining.revision import Revision, Row, key_of

FAINT = (Reason("short", 1, "is short"),)

CANAL = (
    Block("paragraph", "A preface that nobody asked for."),
    Block("heading", "The Lock", 1, reasons=FAINT),
    Block("paragraph", "The keeper's house stands empty since the spring."),
    Block("paragraph", "Two towns", reasons=FAINT),
    Block("paragraph", "From the bridge one sees both towns, the older one and the newer one."),
    Block("heading", "CHAPTER", 1),
    Block("heading", "Its builders[^1]", 1),
    Block("paragraph", "Nobody remembers who built it."),
    Block("footnote", "It was sold twice.", label="1"),
)


def outline(revision: Revision) -> list[tuple[int, str]]:
    """Return level and words of each heading."""
    return [(revision.rows[n].block.level, revision.rows[n].block.text) for n in revision.headings]


def replayed(revision: Revision) -> Revision:
    """Return the outline of the same text, taken from the outline that was written down."""
    found, missing = fit_outline(CANAL, parse_outline(written_outline(revision, "A Walk")))
    assert missing == []
    return found


def test_sections_are_counted_with_the_text_before_the_first_heading() -> None:
    revision = Revision.of(CANAL)
    assert revision.sections == 4
    assert Revision.of(CANAL[1:]).sections == 3
    assert Revision.of(CANAL[:1]).sections == 1
    assert Revision().sections == 0
    assert revision.blocks == CANAL


def test_a_line_becomes_a_heading_as_deep_as_the_one_before_and_text_again() -> None:
    revision, _ = Revision.of(CANAL).deepened(1, 1)
    revision, at = revision.accepted(3)
    assert outline(revision)[:2] == [(2, "The Lock"), (2, "Two towns")]
    assert not revision.rows[at].is_doubtful
    revision, _ = revision.rejected(3)
    assert revision.rows[3].block.kind == "paragraph"
    assert not revision.rows[3].is_doubtful
    assert revision.blocks[2:] == CANAL[2:]


def test_two_headings_in_a_row_are_merged_and_any_other_joins_the_section_before() -> None:
    revision, at = Revision.of(CANAL).merged(7)
    assert outline(revision)[-1] == (1, "CHAPTER Its builders[^1]")
    assert at == 5
    revision, _ = revision.merged(2)
    assert outline(revision) == [(1, "CHAPTER Its builders[^1]")]


def test_a_heading_made_of_two_lines_becomes_these_again() -> None:
    merged, at = Revision.of(CANAL).merged(7)
    rejected, _ = merged.rejected(at)
    assert [b.text for b in rejected.blocks[5:7]] == ["CHAPTER", "Its builders[^1]"]
    assert {b.kind for b in rejected.blocks[5:7]} == {"paragraph"}


def test_a_section_is_split_and_a_heading_that_ran_into_the_text_taken_out() -> None:
    split, at = Revision.of(CANAL).split(4, "Views")
    assert split.rows[at].is_new
    assert [block.text for block in split.blocks[4:6]] == ["Views", CANAL[4].text]
    split, at = Revision.of(CANAL).split(4, "From the bridge")
    assert [b.text for b in split.blocks[4:6]] == [
        "From the bridge",
        "one sees both towns, the older one and the newer one.",
    ]
    assert split.rejected(at)[0].rows[4].block.kind == "paragraph"


def test_levels_stay_within_those_of_markdown() -> None:
    revision = Revision.of(CANAL)
    for _ in range(9):
        revision, _ = revision.deepened(1, 1)
    assert revision.rows[1].block.level == 6
    for _ in range(9):
        revision, _ = revision.deepened(1, -1)
    assert revision.rows[1].block.level == 1


@pytest.mark.parametrize("at", [-1, 2, 99])
def test_what_is_no_heading_is_neither_moved_nor_renamed(at: int) -> None:
    revision = Revision.of(CANAL)
    assert revision.deepened(at, 1)[0] == revision
    assert revision.renamed(at, "Otherwise")[0] == revision


def test_what_was_corrected_is_had_again_from_the_outline_that_was_written() -> None:
    revision, _ = Revision.of(CANAL).merged(6)
    revision, _ = revision.split(4, "Views")
    revision, _ = revision.accepted(3)
    revision, _ = revision.renamed(1, "At the lock, in spring")
    revision, _ = revision.deepened(3, 1)
    again = replayed(revision)
    assert outline(again) == outline(revision)
    assert again.blocks == revision.blocks


STEPS = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "deeper", "merge", "split"]), st.integers(0, 9)),
    max_size=8,
)


@given(STEPS)
@example([("accept", 0), ("merge", 1), ("reject", 0), ("split", 0)])
def test_no_word_is_lost_whatever_is_done_and_it_can_be_replayed(
    steps: list[tuple[str, int]],
) -> None:
    revision = Revision.of(CANAL)
    added: Counter[str] = Counter()
    for name, at in steps:
        if name == "split":
            revision, _ = revision.split(at, f"Newly {len(added)}")
        else:
            steps_known: dict[str, Callable[[int], tuple[Revision, int]]] = {
                "accept": revision.accepted,
                "reject": revision.rejected,
                "merge": revision.merged,
                "deeper": partial(revision.deepened, count=1),
            }
            revision, _ = steps_known[name](at)
        added = Counter(
            word for row in revision.rows if row.is_new for word in key_of(row.block.text).split()
        )
    counted = Counter(word for b in revision.blocks for word in key_of(b.text).split())
    assert counted - added == Counter(word for b in CANAL for word in key_of(b.text).split())
    assert outline(replayed(revision)) == outline(revision)


def test_an_outline_is_read_by_marks_by_indents_and_without_its_comments() -> None:
    assert parse_outline("// about\n\n# One\n## Two\n<!-- so -->\n# Three\n") == (
        Wanted("One", 1, 3),
        Wanted("Two", 2, 4),
        Wanted("Three", 1, 6),
    )
    assert [w.level for w in parse_outline("One\n  Two\n    Three\n  Four\nFive\n")] == [
        *(1, 2, 3, 2, 1)
    ]
    assert [w.text for w in parse_outline("- One\n\t- 1. Two\n")] == ["One", "1. Two"]


def test_headings_are_found_in_order_and_nearly_so() -> None:
    found, missing = fit_outline(
        CANAL, parse_outline("THE LOCKE\n1. two towns\nChapter its builders\n")
    )
    assert missing == []
    assert [text for _, text in outline(found)] == [
        "THE LOCKE",
        "1. two towns",
        "Chapter its builders",
    ]
    assert found.rows[1].was == "The Lock"


def test_a_line_like_a_later_heading_leads_nowhere_else_astray() -> None:
    blocks = [Block("paragraph", text) for text in ("Winter", "Spring", "Text.", "Winter", "More.")]
    found, missing = fit_outline(blocks, parse_outline("Spring\nWinter\n"))
    assert missing == []
    assert found.headings == (1, 3)


def test_a_heading_that_ran_into_its_paragraph_is_taken_out() -> None:
    blocks = [
        Block("paragraph", "Of Locks The keeper is gone."),
        Block("paragraph", "Of locks more."),
    ]
    found, missing = fit_outline(blocks, parse_outline("Of Locks\n"))
    assert missing == []
    assert [b.text for b in found.blocks] == ["Of Locks", "The keeper is gone.", "Of locks more."]


def test_a_heading_that_is_not_there_is_named_with_what_is_most_like_it() -> None:
    found, (missing,) = fit_outline(CANAL, parse_outline("The Lock\nThree towns\n"))
    assert (missing.wanted.line, missing.near) == (2, "Two towns")
    assert found.headings == (1,)
    assert isinstance(found.rows[3], Row)
    assert not found.rows[3].is_heading


def test_a_heading_of_any_length_is_had_again() -> None:
    long = Block("heading", " ".join(f"word{n}" for n in range(300)), 2)
    blocks = [Block("paragraph", "Before."), long, Block("paragraph", "After.")]
    written = written_outline(Revision.of(blocks), "A Walk")
    found, missing = fit_outline(blocks, parse_outline(written))
    assert missing == []
    assert found.blocks == tuple(blocks)
