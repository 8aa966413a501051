"""Headings abbreviated, misspelt, numbered otherwise or cut short find their section, or none."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.heading_likeness import likeness
from studygroup.core.heading_number import number_of
from studygroup.core.note import NoteFile
from studygroup.core.pairing import pair_notes
from studygroup.core.reading import Reading
from studygroup.core.section_names import find_section
from tests import builders

BOOK = (
    "Preface",
    "Chapter I. The Ferry and Its Keeper",
    "Chapter II. What the River Takes",
    "Chapter III. A Ledger for Those Who Promised",
    "Chapter IV. On the Limits of Rope",
    "Chapter V. The Ferry Sold",
    "Conclusion",
)
WORDS = (
    "A preface is where one asks to be forgiven.",
    "The keeper rows at dawn, and the dawn pays nothing for it.",
    "Every spring it takes a meadow and gives back a fence.",
    "Those who promised were many; those who paid could be counted on one oar.",
    "Rope is longest before it is measured, the keeper used to say.",
    "It was sold to the man who had never crossed.",
    "Nobody rows now, and the river has not noticed.",
)


def reading_of(titles: tuple[str, ...] = BOOK, words: tuple[str, ...] = WORDS) -> Reading:
    text = "".join(
        f"{'#' * (1 + title.count('>'))} {title.lstrip('> ')}\n\n{said}\n\n"
        for title, said in zip(titles, words, strict=False)
    )
    return builders.reading(f"---\ntitle: The River\n---\n{text}")


def paired(notes: str, reading: Reading | None = None) -> NoteFile:
    return pair_notes(builders.notes(notes), reading or reading_of())


def sections(notes: str, reading: Reading | None = None) -> list[str | None]:
    return [heading.section for heading in paired(notes, reading).headings]


IDS = [section.id for section in reading_of().sections]


@pytest.mark.parametrize(
    ("heading", "at"),
    [
        ("Ch. 3", 3),
        ("chapter three", 3),
        ("Kapitel 3", 3),
        ("Drittes Kapitel", 3),
        ("Chapitre III", 3),
        ("III", 3),
        ("3", 3),
        ("§ 3", 3),
        ("Three", 3),
        ("3. The ledger", 3),
        ("7. A ledger for those who promised", 3),
        ("Ledger for promised", 3),
        ("A ledger for those …", 3),
        ("The limits of rope", 4),
        ("Lim. of rope", 4),
        ("Waht the rvier takes", 2),
        ("The ferry & its keeper", 1),
        ("Pref.", 0),
        ("Concl.", 6),
        ("Ch. 9", None),
        ("The ferry", None),  # two chapters begin so
        ("Questions for Tuesday", None),
        ("12 questions", None),
        ("I think not", None),
        ("1914", None),
    ],
)
def test_a_heading_alone_finds_the_one_section_that_it_can_mean(
    heading: str, at: int | None
) -> None:
    assert sections(f"# {heading}\nwords\n") == [None if at is None else IDS[at]]


def test_a_heading_between_two_that_are_known_needs_to_say_less() -> None:
    notes = "# Ch. 1\na\n\n# The river, and me\nb\n\n# Ch. 3\nc\n"
    file = paired(notes)
    assert [heading.section for heading in file.headings] == IDS[1:4]
    assert file.headings[1].paired == "order"
    assert sections("# The river, and me\nb\n") == [None]


def test_a_heading_of_the_reader_s_own_between_two_that_are_known_stays_one() -> None:
    notes = "# Ch. 1\na\n\n# My river\nb\n\n# Why all this?\nc\n\n# Ch. 3\nd\n"
    assert sections(notes) == [IDS[1], None, None, IDS[3]]


def test_a_name_that_two_sections_begin_with_is_told_by_order_or_by_quotations() -> None:
    assert sections("# Ch. 4\na\n\n# The ferry\nb\n") == [IDS[4], IDS[5]]
    quoting = "# The ferry\n“sold to the man who had never crossed”, “It was sold to the man”\n"
    file = paired(quoting)
    assert [(heading.section, heading.paired) for heading in file.headings] == [
        (IDS[5], "quotations")
    ]


def test_quotations_of_several_sections_pair_no_heading() -> None:
    notes = "# Week two\n“the dawn pays nothing for it”\n\n“has not noticed” “gives back a fence”\n"
    assert sections(notes) == [None]


def test_a_heading_for_several_sections_takes_each_note_where_it_quotes() -> None:
    notes = (
        "# 2–3\nA note on both.\n\n> [!note]\n> “could be counted on one oar”\n\n"
        "> [!note]\n> “has not noticed”\n"
    )
    file = paired(notes)
    assert file.headings[0].section == IDS[2]
    assert [note.section for note in file.notes] == [IDS[2], IDS[3], IDS[2]]


@pytest.mark.parametrize("heading", ["Ch. 2 & 3", "II-III", "Chapters 2 and 3", "2/3", "2 to 3"])
def test_several_numbers_are_read_however_they_are_joined(heading: str) -> None:
    file = paired(f"# {heading}\n“could be counted on one oar”\n")
    assert file.notes[0].section == IDS[3]


PARTS = ("Part One", "> 1. Oars", "> 2. Ropes", "Part Two", "> 1. Bells", "> 2. Ledgers")


def test_numbers_that_start_again_count_below_the_part_they_stand_in() -> None:
    reading = reading_of(PARTS)
    ids = [section.id for section in reading.sections]
    assert sections("# Part 2\na\n\n## 1\nb\n\n## 2\nc\n", reading) == ids[3:]
    assert sections("# 1\nb\n", reading) == [None]


def test_a_section_of_a_name_that_others_have_is_the_next_in_order() -> None:
    reading = reading_of(("Ana", "Ben", "Ana", "Chi", "Ana"))
    assert sections("# Ben\na\n\n# Ana\nb\n\n# Ana\nc\n", reading) == ["ben", "ana-2", "ana-3"]


def test_a_day_is_not_the_next_one_misspelt() -> None:
    reading = reading_of(("Ana · 2011-05-17", "Ben · 2011-05-18"))
    assert sections("# Ana 2011-05-19\na\n", reading) == [None]


def test_a_prompt_finds_its_section_by_number() -> None:
    found = find_section("Ch. 2", reading_of())
    assert found is not None
    assert found.id == IDS[2]
    assert find_section("Ch. 9", reading_of()) is None


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_a_shortened_misspelt_or_numbered_heading_is_never_paired_wrongly(
    seed: int, letters: int
) -> None:
    """Whatever is done to headings that share only small words, each finds its own or none."""
    chance = random.Random(seed)
    names = ["bell", "cargo", "dolphin", "estuary", "fathom", "gangway", "harbour", "island"]
    chance.shuffle(names)
    titles = [f"{at}. The {name} and its story" for at, name in enumerate(names, 1)]
    reading = reading_of(tuple(titles), tuple(f"Said of {name}." for name in names))
    lines, truth = [], []
    for at, name in enumerate(names):
        if chance.random() < 0.3:
            continue
        forms = [name, f"Ch. {at + 1}", str(at + 1), f"{at + 1}: {name[:letters]}.", f"on {name}"]
        swapped = name[1] + name[0] + name[2:]
        lines.append(f"# {chance.choice([*forms, f'The {swapped} and its story', 'Aside'])}\nw\n")
        truth.append(reading.sections[at].id)
    for found, right in zip(sections("\n".join(lines), reading), truth, strict=True):
        assert found in (right, None)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_headings_can_be_compared(heading: str, title: str) -> None:
    like = likeness(heading, title)
    assert 0 <= like.said <= 1.001
    assert 0 <= like.covered <= 1.001
    number = number_of(heading)
    assert number is None or number.first <= number.last


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="aeIV123.–-&/ chprt", max_size=14), max_size=12))
def test_any_headings_are_paired_with_sections_that_there_are(headings: list[str]) -> None:
    found = sections("\n".join(f"# {heading}\nw\n" for heading in headings))
    assert set(found) <= {None, *IDS}


@pytest.mark.parametrize(
    ("heading", "at"),
    [
        ("Notes on the limits of rope", 4),
        ("Summary: On the limits of rope", 4),
        ("On the limits of rope (pp. 40–52)", 4),
        ("On the limits of rope, p. 40", 4),
        ("On the limits of rope – notes", 4),
        ("On the limits of rope #reread", 4),
        ("Week 3: On the limits of rope", 4),
        ("Thoughts on IV (link)", 4),
        ("Measuring: the limits of rope", 4),
        ("Takes the river", 2),
        ("The ferry, its keeper", 1),
        ("A ledger for those who never crossed", None),
    ],
)
def test_what_readers_write_around_a_name_or_turn_in_it_does_not_hide_it(
    heading: str, at: int | None
) -> None:
    assert sections(f"# {heading}\nwords\n") == [None if at is None else IDS[at]]


MANUAL = (
    "Ropes",
    "> Kinds of hemp",
    "> Basic knots of the trade",
    "> Ropes and weather",
    "Bells",
    "> Casting a bell",
    "> Hanging one",
    "Accounts",
    "> What is owed",
    "> Knots and splices",
)


def test_a_subheading_is_looked_for_below_the_section_that_it_stands_under() -> None:
    reading = reading_of(MANUAL, ("words",) * len(MANUAL))
    ids = [section.id for section in reading.sections]
    notes = "# Ropes\na\n\n## Basics\nb\n\n# Bells\nc\n\n## Basics\nd\n\n## Cast\ne\n"
    assert sections(notes, reading) == [ids[0], ids[2], ids[4], ids[4], ids[5]]


def test_a_short_name_far_from_where_it_must_be_is_the_reader_s_own() -> None:
    reading = reading_of(("Ropes", "> Kinds", "Bells", "> Casting"), ("words",) * 4)
    notes = "# Ropes\na\n\n# Bells\nb\n\n## Kinds\nc\n"
    assert sections(notes, reading) == ["ropes", "bells", "bells"]


def test_one_word_below_a_heading_of_the_reader_s_own_is_no_section_s_name() -> None:
    titles = ("Hemp", "An example of a rope that held", "Bells", "Accounts")
    reading = reading_of(titles, ("words",) * 4)
    notes = "# Hemp\na\n\n# How I would do it\nb\n\n## Example\nc\n\n# Bells\nd\n"
    assert sections(notes, reading) == ["hemp", None, None, "bells"]
    alone = "# Hemp\na\n\n# Example\nc\n\n# Bells\nd\n"
    assert sections(alone, reading)[1] == "an-example-of-a-rope-that-held"


def test_a_word_that_a_section_and_all_below_it_have_means_that_section() -> None:
    titles = ("Hemp", "The use of ropes", "> Old ropes", "> New ropes", "Bells")
    reading = reading_of(titles, ("words",) * 5)
    assert sections("# Hemp\na\n\n# Ropes\nb\n", reading) == ["hemp", "the-use-of-ropes"]


def test_a_name_that_several_sections_have_is_told_by_one_quotation_or_not_at_all() -> None:
    reading = reading_of(
        ("Ropes", "> Summary", "Bells", "> Summary", "Oars", "> Summary"),
        ("a", "Hemp lasts longest when nobody trusts it.", "b", "A bell is a debt.", "c", "So."),
    )
    assert sections("# Summary\nNothing.\n\n# Oars\nb\n", reading)[0] != "summary-3"
    quoting = "# Summary\n“lasts longest when nobody trusts it”\n"
    assert sections(quoting, reading) == ["summary"]
    assert sections("# Bells\na\n\n# Summary\nb\n", reading) == ["bells", "summary-2"]
    three = "# Summary\na\n\n# Summary\nb\n\n# Summary\nc\n"
    assert sections(three, reading) == ["summary", "summary-2", "summary-3"]


def test_what_stands_under_the_title_of_the_reading_is_about_the_whole_of_it() -> None:
    reading = builders.reading("---\ntitle: The River\n---\nA preface.\n\n# Ropes\n\nHemp.\n")
    assert sections("# The River\na\n\n## Questions\nb\n\n## Ropes\nc\n", reading) == [
        "the-river",
        None,
        "ropes",
    ]


def test_chapters_are_counted_in_chinese_too() -> None:
    reading = reading_of(("第一章：绳子", "第二章：钟", "第十二章：账"), ("甲", "乙", "丙"))
    ids = [section.id for section in reading.sections]
    assert sections("# 绳子\na\n\n# 第二章\nb\n\n# 第12章\nc\n", reading) == ids


def test_many_headings_are_paired_with_many_sections_in_time() -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghiklmnoprstu", k=6)) for _ in range(900)]
    titles = tuple(" ".join(chance.choices(words, k=5)) for _ in range(700))
    reading = reading_of(titles, ("w",) * 700)
    cut = "".join(f"# {' '.join(title.split()[:3])}\nw\n\n" for title in titles)
    begin = time.process_time()
    found = sections(cut, reading)
    assert time.process_time() - begin < 20
    assert sum(found[at] == section.id for at, section in enumerate(reading.sections)) > 600


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("5. The Mud We Are In", "The mud we're in"),
        ("The Mud We're In", "5. The mud we are in"),
        ("What It Is Not", "What it isn't"),
    ],
)
def test_words_may_be_drawn_together(title: str, heading: str) -> None:
    reading = reading_of(("Elsewhere", title, "We Are There"))
    assert sections(f"# {heading}\nWhy?\n", reading) == [reading.sections[1].id]
