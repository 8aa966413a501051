"""The real documents' labelled quotations are taken out of them, by form."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from studygroup.core.quoting.extract import Quoted, quoted_in_section
from studygroup.core.quoting.reuse import reuse
from studygroup.core.quoting.unmarked import quoted_in_note
from studygroup.core.reading import Reading
from studygroup.core.text import words
from studygroup.files.note_file import parse_notes
from studygroup.files.reading_file import parse_reading
from studygroup.importers.detect import read
from studygroup.importers.render import render_body

TEXTS = (
    "alternative-to-the-micro-sect",
    "anatomy-of-the-micro-sect",
    "road-maps-dead-ends",
    "road-maps-comments",
)
NOTES = "anatomy-reader-notes"
SET_OFF = {"quote", "quote-single", "blockquote"}


@pytest.fixture(scope="module")
def readings(seeds: Path) -> list[Reading]:
    made = []
    for slug in TEXTS:
        draft = read(seeds / f"{slug}.txt")
        kind = "kind: thread\n" if "comments" in slug else ""
        text = f"---\ntitle: {slug}\n{kind}---\n{render_body(draft)}"
        made.append(parse_reading(text, slug, f"readings/{slug}.md", ""))
    return made


@pytest.fixture(scope="module")
def found(seeds: Path, readings: list[Reading]) -> dict[str, list[Quoted]]:
    quoted = {r.slug: [q for s in r.sections for q in quoted_in_section(s)] for r in readings}
    text = (seeds / f"{NOTES}.md").read_text(encoding="utf-8")
    notes = parse_notes(text, "anatomy-of-the-micro-sect", "ana", "ana.md", "").notes
    quoted[NOTES] = [q for note in notes for q in quoted_in_note(note, readings)]
    return quoted


@pytest.fixture(scope="module")
def rows(seeds: Path) -> list[dict[str, str]]:
    with (seeds / "quotations.tsv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def key(text: str) -> tuple[str, ...]:
    linked = text.replace("[[USA|American]]", "American")  # a link shows its second half
    return tuple(w.folded for w in words(linked))


def overlap(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b))


def test_every_quotation_that_is_set_off_is_found_word_for_word(
    found: dict[str, list[Quoted]], rows: list[dict[str, str]]
) -> None:
    have: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for host, quoted in found.items():
        have[host] = {key(q.text) for q in quoted}
    lost = [
        row["id"]
        for row in rows
        if row["form"] in SET_OFF and key(row["quote"]) not in have[row["quoted_in"]]
    ]
    assert lost == []


def test_of_the_notes_unmarked_quotations_all_but_the_reworded_one_are_found(
    found: dict[str, list[Quoted]], rows: list[dict[str, str]]
) -> None:
    unmarked = [key(q.text) for q in found[NOTES] if q.form == "unmarked"]
    wanted = {r["id"]: key(r["quote"]) for r in rows if r["form"] == "unmarked"}
    hits = {id for id, words_ in wanted.items() if any(overlap(words_, u) > 0.75 for u in unmarked)}
    assert {"q139", "q140", "q141", "q142", "q144"} <= hits
    # What is found beside them would be passed off as a quotation that nobody made.
    assert len(unmarked) <= len(hits) + 1


def test_the_long_lift_is_one_passage(readings: list[Reading], rows: list[dict[str, str]]) -> None:
    row = next(r for r in rows if r["id"] == "q138")
    lifts = [r for r in reuse(readings) if r.form == "unmarked" and len(key(r.quoting.words)) > 100]
    (lift,) = lifts
    assert (lift.quoting.reading, lift.quoted.reading) == (row["quoted_in"], row["source"])
    assert overlap(key(lift.quoting.words), key(row["quote"])) > 0.98
    assert overlap(key(lift.quoted.words), key(row["source_words"])) > 0.98
