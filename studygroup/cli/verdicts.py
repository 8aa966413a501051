"""What `quotes` and `locate` print of a verdict: its mark, the citation, the changed words."""

from __future__ import annotations

from collections.abc import Iterator

from studygroup.cli.output import coloured, struck, underlined
from studygroup.core.quoting.differences import Difference, differences
from studygroup.core.quoting.quotation import MARKS, Anchor, Match, Verdict
from studygroup.core.reading import cite
from studygroup.core.study import Study

AROUND = 4
"""How many words are shown beside a change; of longer stretches the middle is left out."""
MOST_PLACES = 5
"""Of so many places an ambiguous quotation's are all named."""

_COLOURS: dict[Verdict, str] = {
    "exact": "green",
    "elided": "cyan",
    "altered": "yellow",
    "ambiguous": "magenta",
    "missing": "red",
}


def verdict_mark(verdict: Verdict) -> str:
    """Return the verdict's mark in its colour."""
    return coloured(MARKS[verdict], _COLOURS[verdict])


def cited(study: Study, match: Match) -> str:
    """Return the citation of what was found, of several places all or the first few; or ""."""
    if match.anchor is not None:
        return citation(study, match.anchor)
    places = [citation(study, anchor) for anchor in match.candidates]
    more = [f"{len(places) - MOST_PLACES} more"] if len(places) > MOST_PLACES else []
    return " | ".join(places[:MOST_PLACES] + more)


def citation(study: Study, anchor: Anchor) -> str:
    """Return the citation of a place in a reading; its ids where the reading is gone."""
    reading = study.reading(anchor.reading)
    if reading is None:
        return f"{anchor.reading}#{anchor.section} ¶{anchor.paragraph}"
    return cite(reading, reading.section(anchor.section), anchor.paragraph)


def changed(quote: str, match: Match) -> str:
    """Return an altered quotation with what it left out and put in; "" for any other."""
    if match.verdict != "altered" or match.anchor is None:
        return ""
    return " ".join(_pieces(differences(quote, match.anchor.words)))


def _pieces(found: tuple[Difference, ...]) -> Iterator[str]:
    """Yield what is the same, shortened, and what is not: legible without any style, too."""
    last = len(found) - 1
    for index, difference in enumerate(found):
        if difference.op == "same":
            yield _shortened(difference.quote, index > 0, index < last)
            continue
        if difference.source:
            yield struck(f"[-{difference.source}-]")
        if difference.quote:
            yield underlined(f"{{+{difference.quote}+}}")


def _shortened(text: str, after_change: bool, before_change: bool) -> str:
    words = text.split(" ")
    head, tail = AROUND * after_change, AROUND * before_change
    if len(words) <= head + tail + 2:
        return text
    return " ".join([*words[:head], "…", *words[len(words) - tail :]])
