"""Books with title pages, contents, epigraphs and notes, and threads as many sites print them."""

from __future__ import annotations

import pytest

from studygroup.core.draft import Draft
from studygroup.importers import plain_text, thread
from studygroup.importers.detect import detect

PROSE = (
    "The ferryman kept two ledgers, one for those who paid and one for those who\n"
    "promised, and in forty years he had never once confused them with each other.\n"
    "It was said along the river that the second was the longer of the two."
)


def book(text: str) -> Draft:
    """A text read as plain text, `PROSE` in place of each `~`."""
    return plain_text.read(text.replace("~", PROSE), "a book")


def headings(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks if block.kind == "heading"]


def texts(draft: Draft, kind: str = "paragraph") -> list[str]:
    return [block.text for block in draft.blocks if block.kind == kind]


def test_lines_that_the_contents_name_are_headings_and_the_contents_are_not() -> None:
    draft = book(
        "The River\n\nContents\n\n  The Ledger ..... 3\n  A Dry Year ..... 9\n"
        "  Who Pays ..... 14\n\n\nThe Ledger\n\n~\n\n\nA Dry Year\n\n~\n\n\nWho Pays\n\n~\n"
    )
    assert headings(draft) == ["The Ledger", "A Dry Year", "Who Pays"]
    assert draft.repairs["contents_lines"] == 4


def test_contents_are_known_by_their_lines_coming_again_whatever_stands_above_them() -> None:
    draft = book(
        "The River\n\nHerein is told\n\nThe Foreword\nI. Of the Ledger\nII. Of the Dry Year\n"
        "III. Of Those Who Pay\n\n\nThe Foreword\n\n~\n\n\nI\n\nOf the Ledger\n\n~\n\n\nII\n\n"
        "Of the Dry Year\n\n~\n\n\nIII\n\nOf Those Who Pay\n\n~\n\n~\n\n~\n"
    )
    assert headings(draft) == [
        "The Foreword",
        "I. Of the Ledger",
        "II. Of the Dry Year",
        "III. Of Those Who Pay",
    ]


def test_contents_that_spread_over_number_and_name_lines_are_not_headings_twice() -> None:
    draft = book(
        "The River\n\nCONTENTS.\n\nCHAPTER I.\n\n                PAGE\n\nTHE LEDGER    1\n\n"
        "CHAPTER II.\n\nA DRY YEAR    28\n\n\n\nCHAPTER I.\n\nTHE LEDGER.\n\n\n~\n\n~\n\n\n"
        "CHAPTER II.\n\nA DRY YEAR.\n\n\n~\n\n~\n"
    )
    assert headings(draft) == ["CHAPTER I. THE LEDGER.", "CHAPTER II. A DRY YEAR."]


def test_verses_that_come_again_are_no_contents() -> None:
    song = "Row the boat over\nRow it again\nNobody pays us\nFor rowing in rain\n"
    draft = book(f"The River\n\n{song}\n~\n\n~\n\n{song}\n~\n\n~\n")
    assert "contents_lines" not in draft.repairs
    assert not headings(draft)


def test_lines_of_a_title_page_are_no_headings() -> None:
    draft = book(
        "THE RIVER\n\nA CHRONICLE\n\nBY\n\nODILE FERRANT\n\nTHIRD EDITION\n\nBRUGES\n\nMCMIV\n\n\n"
        "CHAPTER I.\n\n~\n\n~\n\n\nCHAPTER II.\n\n~\n\n~\n\nTHE END.\n"
    )
    assert headings(draft) == ["CHAPTER I.", "CHAPTER II."]


def test_what_hangs_below_an_epigraph_or_ends_a_letter_is_no_heading() -> None:
    draft = book(
        "The River\n\n\n\nTHE LEDGER\n\n  No water asks\n  whose boat it bears.\n\n"
        "  ODILE FERRANT.\n\n\n~\n\nTHE CLERK\n\n\n\nA DRY YEAR\n\n~\n\nTHE CLERK\n\n\n\n"
        "WHO PAYS\n\n~\n\nTHE CLERK\n"
    )
    assert headings(draft) == ["THE LEDGER", "A DRY YEAR", "WHO PAYS"]


def test_headings_that_count_with_words_of_their_own_are_headings() -> None:
    days = [f"BULLETIN No. {day}\n\nMonday\n\nTO ALL WHO ROW:\n\n~\n\n~" for day in range(1, 6)]
    draft = book("Papers of the Ferry\n\n\n" + "\n\n\n".join(days) + "\n")
    assert headings(draft) == [f"BULLETIN No. {day}" for day in range(1, 6)]


def test_a_bracketed_footnote_becomes_one_with_all_its_paragraphs() -> None:
    draft = book(
        "The River\n\n~[A] So it went on.\n\nFOOTNOTES:\n\n[Footnote A: It may be that the third\n"
        "ledger was burnt.\n\nOthers deny it.]\n\n\nA DRY YEAR\n\n~\n"
    )
    notes = [block for block in draft.blocks if block.kind == "footnote"]
    assert [note.text for note in notes] == [
        "It may be that the third ledger was burnt. Others deny it."
    ]
    assert headings(draft) == ["A DRY YEAR"]
    assert "two.[^A] So" in texts(draft)[0]


def test_the_title_between_a_preface_and_the_first_chapter_is_no_section() -> None:
    draft = book(
        "The River\n\nPREFACE\n\n~\n\n~\n\n\nTHE RIVER\n\n\nCHAPTER I\n\n~\n\n\nCHAPTER II\n\n~\n"
    )
    assert headings(draft) == ["PREFACE", "CHAPTER I", "CHAPTER II"]


def test_lines_of_verse_stay_lines_however_long_and_broken_they_are() -> None:
    stanza = (
        "  I sing of the ferry that carries the clerk and the cattle together over the water,\n"
        "  Of the ledger that nobody reads, and the promise that nobody keeps or remembers in\n"
        "      the winter,\n"
        "  The rope and the pole and the bell,\n"
        "  Morning and evening the same.\n"
    )
    draft = book(f"The River\n\nA Song\n\n{stanza}\n{stanza}\n~\n\n~\n\n~\n\n~\n")
    first, second = texts(draft, "verse")
    assert first == second
    assert [line.split()[0] for line in first.split("\n")] == ["I", "Of", "The", "Morning"]
    assert first.split("\n")[1].endswith("in the winter,")


def test_running_heads_that_carry_the_page_number_go_wherever_they_stand() -> None:
    ends = enumerate(("did not", "never had", "would have", "went"), 2)
    pages = [f"~ And the clerk, who\n\fThe River {at}\n{end} home.\n~\n" for at, end in ends]
    text = "The River\n\n" + "".join(pages) + "He slept.\n\nThe River 6\n\n~\n~\n"
    draft = book(text)
    assert not any("The River" in block.text for block in draft.blocks)


THREADS = {
    "weblog footers": (
        (
            "On ferries\n\n2 Comments\n\n  1. The bank owns the boat.\n\n"
            "    Comment by Tilda — March 4, 2013 @ 9:15 pm\n\n  2. And the river?\n\n"
            "    Comment by Mo Okafor — March 5, 2013 @ 7:03 am\n"
        ),
        ["Tilda · 2013-03-04 21:15", "Mo Okafor · 2013-03-05 07:03"],
        ["1. The bank owns the boat.", "2. And the river?"],
    ),
    "ages with points": (
        (
            "On ferries (self.rivers)\n\nall 3 comments\n\n[–]tilda_k 4 points 5 years ago\n\n"
            "The bank owns the boat.\n\npermalink\nsave\nreply\n\n[–]mo 2 points 5 years ago\n\n"
            "And the river?\n\n[–]old_digger 1 point 4 years ago\n\nNobody does.\n"
        ),
        ["tilda_k · 5 years ago", "mo · 5 years ago", "old_digger · 4 years ago"],
        ["The bank owns the boat.", "And the river?", "Nobody does."],
    ),
    "said": (
        (
            "On ferries\n\nTilda said...\nThe bank owns the boat.\n\nMo Okafor said...\n"
            "And the river?\n\nRedheron said...\nNobody does.\n"
        ),
        ["Tilda", "Mo Okafor", "Redheron"],
        ["The bank owns the boat.", "And the river?", "Nobody does."],
    ),
    "a list's archive": (
        (
            "[rivers] The boat\n\nTilda Kern tk at ferry.example\nFri Jul 17 19:54:13 MDT 2015\n\n"
            "On 7/17/15 9:41 PM, Mo Okafor wrote:\n> Who owns it?\n\nThe bank owns the boat.\n\n\n"
            "[rivers] The boat\n\nMo Okafor mo at hill.example\nSat Jul 18 07:00:02 MDT 2015\n\n"
            "And the river?\n"
        ),
        ["Tilda Kern · 2015-07-17 19:54", "Mo Okafor · 2015-07-18 07:00"],
        ["On 7/17/15 9:41 PM, Mo Okafor wrote:", "The bank owns the boat.", "And the river?"],
    ),
    "pictures told in brackets": (
        (
            "On ferries\n\n 1. [pho] Tilda says:\n    March 4, 2013 at 9:15 pm\n\n"
            "    The bank owns the boat.\n\n    [grayarrow] Mo Okafor says:\n"
            "    March 5, 2013 at 7:03 am\n\n    And the river?\n\n 2. [s] Redheron says:\n"
            "    March 6, 2013 at 8:00 am\n\n    Nobody does.\n"
        ),
        ["Tilda · 2013-03-04 21:15", "Mo Okafor · 2013-03-05 07:03", "Redheron · 2013-03-06 08:00"],
        ["The bank owns the boat.", "And the river?", "Nobody does."],
    ),
    "names with more in brackets": (
        (
            "On ferries\n\n• Tilda (Ferry Board) on March 4, 2013 at 9:15 pm said:\n\n"
            "  The bank owns the boat.\n\n• Mo Okafor on March 5, 2013 at 7:03 am said:\n\n"
            "  And the river?\n"
        ),
        ["Tilda (Ferry Board) · 2013-03-04 21:15", "Mo Okafor · 2013-03-05 07:03"],
        ["The bank owns the boat.", "And the river?"],
    ),
    "a forum's posts": (
        (
            "On ferries\n\nRe: On ferries\nPost by Tilda » Wed May 03, 2006 3:35 pm\n\n"
            "The bank owns the boat.\n\nRe: On ferries\nPost by Mo Okafor » "
            "Thu May 04, 2006 12:51 am\n\nAnd the river?\n"
        ),
        ["Tilda · 2006-05-03 15:35", "Mo Okafor · 2006-05-04 00:51"],
        ["The bank owns the boat.", "And the river?"],
    ),
}


@pytest.mark.parametrize("site", THREADS)
def test_a_comment_stands_under_the_name_of_whoever_wrote_it(site: str) -> None:
    text, heads, said = THREADS[site]
    assert detect(text) == "thread"
    draft = thread.read(text, "a thread")
    assert headings(draft) == heads
    assert [block.text for block in draft.blocks if block.kind in ("paragraph", "item")] == said


@pytest.mark.parametrize(
    "text",
    [
        # A story: what people say stands below lines that end in “said:”.
        "\n\n".join(
            f"~ Then he\nturned round at last and said:\n\n“Now {word}.”" for word in "abcd"
        ),
        # A paper's numbers, each with where and when it was printed.
        "\n\n".join(
            f"For the Ferry Gazette. Saturday, October {day}, 1887\n\n~" for day in (1, 8, 15)
        ),
    ],
    ids=["a story", "a paper"],
)
def test_a_text_that_only_looks_like_one_is_no_thread(text: str) -> None:
    assert detect(text.replace("~", PROSE)) != "thread"


NESTED = {
    "set in": (
        "On ferries\n\nTilda · 3 March 2013\nThe bank owns the boat, and so it will be sold.\n\n"
        "    Mo Okafor · 4 March 2013\n    And who owns the river that it lies in?\n\n"
        "        Tilda · 5 March 2013\n        Nobody does.\n\n"
        "    Redheron · 6 March 2013\n    The bank has no oars.\n\n"
        "Old Digger · 7 March 2013\nSell it then.\n\n"
        "    Tilda · 8 March 2013\n    To whom?\n"
    ),
    "named": (
        "On ferries\n\nTilda says: 3 March 2013\nThe bank owns the boat.\n\n"
        "Mo Okafor > Tilda • 4 March 2013\nAnd the river?\n\n"
        "Redheron > Mo Okafor • 5 March 2013\nNobody does.\n\n"
        "Old Digger says: 6 March 2013\nIn reply to Tilda.\nSell it then.\n"
    ),
}


def _answers(text: str) -> list[tuple[int, str, str]]:
    """Each comment's level, whom it answers by its link, and its first words."""
    blocks = thread.read(text, "a thread").blocks
    found: list[tuple[int, str, str]] = []
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            below = blocks[at + 1]
            linked = below.kind == "raw"
            said = blocks[at + 1 + linked].text
            found.append((block.level, below.text if linked else "", said.split()[0]))
    return found


def test_numbers_of_other_widths_do_not_set_comments_in() -> None:
    said = [
        f"{at:>2}. Tilda says:\n    {at} March 2013\n\n    The bank owns boat {at}.\n\n"
        for at in range(8, 12)
    ]
    reply = "      1. Mo says:\n         9 March 2013\n\n         And the river?\n\n"
    assert _answers("On ferries\n\n" + said[0] + reply + "".join(said[1:])) == [
        (1, "", "The"),
        (2, "↳ [[#Tilda · 2013-03-08 · 8|Tilda]]", "And"),
        *[(1, "", "The")] * 3,
    ]


def test_comments_that_are_set_in_stand_below_what_they_answer() -> None:
    assert detect(NESTED["set in"]) == "thread"
    assert _answers(NESTED["set in"]) == [
        (1, "", "The"),
        (2, "↳ [[#Tilda · 2013-03-03|Tilda]]", "And"),
        (3, "↳ [[#Mo Okafor · 2013-03-04|Mo Okafor]]", "Nobody"),
        (2, "↳ [[#Tilda · 2013-03-03|Tilda]]", "The"),
        (1, "", "Sell"),
        (2, "↳ [[#Old Digger · 2013-03-07|Old Digger]]", "To"),
    ]


def test_comments_that_name_whom_they_answer_link_to_the_last_by_that_name() -> None:
    assert _answers(NESTED["named"]) == [
        (1, "", "The"),
        (1, "↳ [[#Tilda · 2013-03-03|Tilda]]", "And"),
        (1, "↳ [[#Mo Okafor · 2013-03-04|Mo Okafor]]", "Nobody"),
        (1, "↳ [[#Tilda · 2013-03-03|Tilda]]", "Sell"),
    ]


def test_a_name_that_ends_in_a_full_stop_below_a_numbered_line_is_its_heading() -> None:
    draft = book(
        "The River\n\n\nCHAPTER I.\n\nThe Ferryman.\n\n\n~\n\n~\n\n\n"
        "CHAPTER II.\n\nThe Ledger.\n\n\n~\n\n~\n"
    )
    assert headings(draft) == ["CHAPTER I. The Ferryman.", "CHAPTER II. The Ledger."]


def test_credits_pictures_and_rows_of_a_table_are_no_headings() -> None:
    draft = book(
        "The River\n\n\nTHE LEDGER\n\n~\n\n--ODILE FERRANT.\n\n~\n\n"
        "[Illustration: THE FERRY]\n\n~\n\n"
        "| PAID | OWED |\n\n~\n\n\nA DRY YEAR\n\n~\n"
    )
    assert headings(draft) == ["THE LEDGER", "A DRY YEAR"]


def test_a_library_s_frame_is_set_aside_where_its_line_is_broken() -> None:
    draft = plain_text.read(
        "Title: The Ferry\n\n***START OF THIS FREE EBOOK THE FERRY AND WHAT CAME\nOF IT***\n\n\n"
        f"THE LEDGER\n\n{PROSE}\n\n***END OF THIS FREE EBOOK THE FERRY AND WHAT CAME\nOF IT***\n\n"
        f"THE LICENSE\n\n{PROSE}\n",
        "a book",
    )
    assert headings(draft) == ["THE LEDGER"]
    assert len(draft.warnings) == 1
