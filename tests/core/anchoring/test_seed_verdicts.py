"""Every quotation of the real documents gets its verdict and its place."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from studygroup.bootstrap import open_workspace
from studygroup.cli.main import main
from studygroup.core.anchoring.anchoring import locate
from studygroup.core.anchoring.choosing import Excluded
from studygroup.core.anchoring.quotation import Match
from studygroup.core.reading import Reading, SectionKey
from studygroup.core.text import heading_key, words

TEXTS = (
    "anatomy-of-the-micro-sect",
    "alternative-to-the-micro-sect",
    "road-maps-dead-ends",
    "road-maps-comments",
)
FORMS = ("quote", "blockquote", "quote-single", "unbalanced")
LONG_UNMARKED = "q138"
OF_ITS_OWN_SECTION = "q124"
TOLD_BY_CONTEXT = "q136"
OTHER_SECTION = {"q084"}
"""Rows whose section in the table is not the one under whose heading the words stand."""


def imported(seeds: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Reading]:
    monkeypatch.chdir(root)
    for arguments in (["init", "."], *(["import", str(seeds / f"{n}.txt")] for n in TEXTS)):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 0
    return {r.slug: r for r in open_workspace(root).study.readings}


def section_id(reading: Reading, name: str) -> str | None:
    if comment := re.match(r"comment (\d+):", name):
        return reading.sections[int(comment[1]) - 1].id
    if name == "(preamble)":
        return reading.sections[0].id
    named = (s.id for s in reading.sections if heading_key(s.title) == heading_key(name))
    return next(named, None)


def context(seeds: Path, row: dict[str, str]) -> tuple[str, str]:
    """What stands around a quotation on its line of the reader's notes."""
    if row["id"] != TOLD_BY_CONTEXT:
        return "", ""
    notes = (seeds / f"{row['quoted_in']}.md").read_text(encoding="utf-8").splitlines()
    before, _, behind = notes[int(row["line"]) - 1].partition(row["quote"])
    return before[-48:], behind[:32]


def test_every_row_has_its_verdict_and_place(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = imported(seeds, tmp_path, monkeypatch)
    with (seeds / "quotations.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = []
    for row in rows:
        if row["form"] not in FORMS and row["id"] != LONG_UNMARKED:
            continue
        host, near, not_in = row["quoted_in"], None, None
        if host in readings:
            not_in = where_not(readings[host], row)
        else:
            near = beside(readings[TEXTS[0]], row)
        prefix, suffix = context(seeds, row)
        match = locate(
            row["quote"], readings.values(), near, prefix=prefix, suffix=suffix, not_in=not_in
        )
        place = (match.anchor.reading, match.anchor.section) if match.anchor else None
        wanted: tuple[str, str | None] | None = None
        if row["source"]:
            wanted = row["source"], section_id(readings[row["source"]], row["source_section"])
        right_place = place == wanted or row["id"] in OTHER_SECTION
        if match.verdict != row["verdict"] or not right_place or not covers(match, row):
            wrong.append((row["id"], row["verdict"], match.verdict))
    assert wrong == []


def covers(match: Match, row: dict[str, str]) -> bool:
    """Whether the words of an altered quotation's anchor are those that the table has for it."""
    if row["verdict"] != "altered" or match.anchor is None:
        return True
    found, wanted = (
        Counter(w.folded for w in words(t)) for t in (match.anchor.words, row["source_words"])
    )
    return 2 * (found & wanted).total() >= 1.2 * max(found.total(), wanted.total())


def where_not(host: Reading, row: dict[str, str]) -> Excluded:
    section = host.section(section_id(host, row["section"]) or "")
    assert section is not None
    if row["id"] != OF_ITS_OWN_SECTION:
        return host.slug, section.id
    words = row["source_words"]
    start = section.text.rindex(words)
    return host.slug, section.id, start, start + len(words)


def beside(reading: Reading, row: dict[str, str]) -> SectionKey:
    return reading.slug, section_id(reading, row["section"])
