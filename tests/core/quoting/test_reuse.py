from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.quoting.reuse import Reuse, reuse
from studygroup.core.reading import Reading
from tests import builders

LIFTED = (
    "A canal is dug by people who will never travel on it, paid for by people who will never dig, "
    "and praised by people who have seen neither the shovel nor the bill."
)
PAPER = f"""\
---
title: On Canals
year: 1873
---
# Work
Much has been written on this. {LIFTED} That was so in every country.

# Water
Whoever owns the lock owns the harvest of the upper valley and half of the lower one.
"""
ESSAY = f"""\
---
title: Against Canals
year: 1911
---
# Who pays
It is always the same story. {LIFTED} And so it goes on with railways.

# Else
> Whoever owns the lock owns the harvest of the upper valley … and half of the lower one.
"""
THREAD = f"""\
---
title: Comments
kind: thread
---
# Ana · 1912-01-01
You write: “{LIFTED}” But who wrote that first, may a reader of this journal ask the author?

# Ben · 1912-01-02
> But who wrote that first, may a reader of this journal ask the author?

Somebody older than us.
"""


def text(body: str, year: int, slug: str) -> Reading:
    return builders.reading(f"---\ntitle: {slug}\nyear: {year}\n---\n# One\n{body}\n", slug)


def study() -> list[Reading]:
    return [
        builders.reading(THREAD, "comments"),
        builders.reading(ESSAY, "essay"),
        builders.reading(PAPER, "paper"),
    ]


def pair(found: Reuse) -> tuple[str, str]:
    return (
        f"{found.quoting.reading}/{found.quoting.section}",
        f"{found.quoted.reading}/{found.quoted.section}",
    )


def test_a_passage_ends_with_a_last_word_that_only_a_dropped_one_parts_from_it() -> None:
    paper = text(f"{LIFTED[:-1]} of the lords. Nobody minds.", 1873, "paper")
    essay = text(f"{LIFTED[:-1]} of lords. So it goes on.", 1911, "essay")
    (found,) = reuse([paper, essay])
    assert found.quoting.words.endswith("of lords")
    assert found.quoted.words.endswith("of the lords")
    assert found.match.verdict == "altered"


def test_who_quotes_whom_is_told_with_and_without_marks() -> None:
    found = {pair(r): (r.form, r.told_by) for r in reuse(study())}
    assert found == {
        ("comments/ana-1912-01-01", "essay/who-pays"): ("marks", "thread"),
        ("comments/ana-1912-01-01", "paper/work"): ("marks", "thread"),
        ("comments/ben-1912-01-02", "comments/ana-1912-01-01"): ("block", "order"),
        ("essay/who-pays", "paper/work"): ("unmarked", "year"),
        ("essay/else", "paper/water"): ("block", "year"),
    }


def test_a_chain_is_followed_to_its_source() -> None:
    sources = {pair(r): r.source and r.source.reading for r in reuse(study())}
    assert sources["comments/ana-1912-01-01", "essay/who-pays"] == "paper"
    assert sources["comments/ana-1912-01-01", "paper/work"] is None
    assert sources["essay/who-pays", "paper/work"] is None


def test_anchors_give_back_the_words_on_both_sides() -> None:
    readings = {r.slug: r for r in study()}
    lifted = [r for r in reuse(readings.values()) if r.quoted.section == "work"]
    for one in lifted:
        for anchor in (one.quoting, one.quoted):
            section = readings[anchor.reading].section(anchor.section)
            assert section is not None
            assert section.text[anchor.start : anchor.end] == anchor.words
            assert section.text[: anchor.start].endswith(anchor.prefix)
            assert section.text[anchor.end :].startswith(anchor.suffix)
        assert one.quoted.words == LIFTED.rstrip(".")
        assert one.match.verdict == "exact"


def test_a_long_lift_with_changes_and_a_cut_is_one_passage() -> None:
    own = [f"word{n}" for n in range(200)]
    changed = [*own[:60], "other", *own[61:100], *own[118:160], "two", "more", *own[160:]]
    (found,) = reuse([text(" ".join(own), 1900, "old"), text(" ".join(changed), 1950, "new")])
    assert found.quoting.words.split() == changed
    assert found.quoted.words.split() == own
    assert found.match.verdict == "altered"
    assert 0.85 < found.similarity < 0.95


def test_stock_phrases_are_no_reuse() -> None:
    stock = "and it is on the other hand not the case that it was"
    few = [text(f"Alpha {stock} beta.", 1900, "a"), text(f"Gamma {stock} delta.", 1901, "b")]
    assert reuse(few) == ()
    formula = "respectfully submitted by your obedient humble servant at Michaelmas"
    many = [text(f"Number{n} {formula} end{n}.", 1900 + n, f"r{n}") for n in range(8)]
    assert reuse(many) == ()
    assert len(reuse(many[:2])) == 1


def test_a_passage_stays_within_a_section() -> None:
    split = "one two three four\n\n# Two\nfive six seven eight"
    whole = text("one two three four five six seven eight", 1900, "whole")
    assert reuse([whole, text(split, 1950, "split")]) == ()


def test_an_edited_reading_is_compared_again_and_the_others_are_not_lost() -> None:
    before = study()
    found = reuse(before)
    edited = [*before[:2], builders.reading(PAPER.replace(LIFTED, "Nothing."), "paper")]
    left = [r for r in found if r.quoted.section != "work"]
    assert [pair(r) for r in reuse(edited)] == [pair(r) for r in left]
    assert reuse(before) == found


WORDS = st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee"]), max_size=40)


@given(WORDS, WORDS, st.lists(st.integers(0, 10**6), min_size=8, max_size=40, unique=True))
def test_any_eight_words_in_common_are_noticed(
    before: list[str], behind: list[str], shared: list[int]
) -> None:
    passage = [f"n{number}" for number in shared]
    old = text(" ".join([*before, *passage, *behind]), 1900, "old")
    new = text(" ".join(["x", *behind, "y", *passage, "z", *before]), 1950, "new")
    wanted = " ".join(passage)
    found = reuse([old, new])
    assert any(wanted in r.quoted.words and wanted in r.quoting.words for r in found)
    for one in found:
        for reading, anchor in ((new, one.quoting), (old, one.quoted)):
            assert reading.sections[0].text[anchor.start : anchor.end] == anchor.words


def test_one_phrase_repeated_all_over_takes_no_longer_than_the_text() -> None:
    line = "the same old song goes on and on for ever and "
    assert len(reuse([text(line * 3000, 1900, "a"), text(line * 3000, 1901, "b")])) < 3000
