"""Quotations in words: where one stands, what it changed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from studygroup.core.anchoring.quotation import Anchor, Match
from studygroup.core.problem import Problem
from studygroup.core.quoting.audit import Audit, Host, Quotation
from studygroup.core.quoting.differences import Difference, differences
from studygroup.core.quoting.drift import Drift
from studygroup.core.reading import cite
from studygroup.core.study import Study
from studygroup.core.text import one_line

AROUND = 4
"""How many words are shown beside a change; of longer stretches the middle is left out."""
MOST_PLACES = 5
"""Of so many places an ambiguous quotation's are all named."""
LONGEST = 12
"""How many words of a quotation are enough to know which one is meant."""

Styled = Callable[[str], str]


def citation(study: Study, anchor: Anchor) -> str:
    """Return the citation of a place in a reading; its ids where the reading is gone."""
    reading = study.reading(anchor.reading)
    section = None if reading is None else reading.section(anchor.section)
    if reading is None or section is None:
        return f"{anchor.reading}#{anchor.section} ¶{anchor.paragraph}"
    return cite(reading, section, anchor.paragraph)


def cited(study: Study, match: Match) -> str:
    """Return the citation of what was found, of several places all or the first few; or ""."""
    if match.anchor is not None:
        return citation(study, match.anchor)
    places = [citation(study, anchor) for anchor in match.candidates]
    more = [f"{len(places) - MOST_PLACES} more"] if len(places) > MOST_PLACES else []
    return " | ".join(places[:MOST_PLACES] + more)


def changed(quote: str, match: Match, dropped: Styled = str, added: Styled = str) -> str:
    """Return an altered quotation with the words that it left out and put in; "" for any other.

    These stand as `[-left out-]` and `{+put in+}`, legible without a style, too.
    """
    if match.verdict != "altered" or match.anchor is None:
        return ""
    return " ".join(_pieces(differences(quote, match.anchor.words), dropped, added))


def _pieces(found: tuple[Difference, ...], dropped: Styled, added: Styled) -> Iterator[str]:
    last = len(found) - 1
    for index, difference in enumerate(found):
        if difference.op == "same":
            yield _shortened(difference.quote, AROUND * (index > 0), AROUND * (index < last))
            continue
        if difference.source:
            yield dropped(f"[-{difference.source}-]")
        if difference.quote:
            yield added(f"{{+{difference.quote}+}}")


def _shortened(text: str, head: int, tail: int) -> str:
    """Return as many words of a text's beginning and end, and what is left out between as …."""
    words = text.split(" ")
    if len(words) <= head + tail + 2:
        return text
    return " ".join([*words[:head], "…", *words[len(words) - tail :]])


def shortened(quote: str) -> str:
    """Return a quotation on one line, of a long one the beginning and end."""
    return _shortened(one_line(quote), LONGEST * 2 // 3, LONGEST // 3)


def what_became(study: Study, change: Drift) -> str:
    """Say as a sentence what became of a quotation since it was last found."""
    was = citation(study, change.was.anchor)
    match change.kind:
        case "moved":
            return f"It stood in {was} when it was last found."
        case "drifted":
            return f"The words in {was} have changed since it was found there."
        case "lost":
            return f"It stood in {was} when it was last found, and is gone from there."


class Findings(NamedTuple):
    """What is to be said of a study's quotations: what is `broken`, and what is worth a look."""

    broken: tuple[Problem, ...]
    told: tuple[Problem, ...]


def findings(study: Study, audit: Audit) -> Findings:
    """Return what is wrong with the quotations of notes, prompts and minutes, and what moved.

    A note's quotations and the passages of prompts are broken when their words were altered or are
    in no reading: whoever wrote them can set them right. Words that nothing sets off may be meant
    as the reader's own, minutes record what was said, and a text may quote works that the study has
    not: of the first two it is told, of texts only what became of it. What somebody put right in
    the same minutes needs nobody's look.
    """
    broken: list[Problem] = []
    told: list[Problem] = []
    for quotation in audit.quotations:
        what, change = _wrong(study, quotation), quotation.drift
        if what is not None and _was_put_right(quotation, audit):
            what = None
        if what is None and change is None:
            continue
        hint = "" if change is None else what_became(study, change)
        words = what or f"“{shortened(quotation.quote)}” is now in {cited(study, quotation.match)}"
        problem = Problem(quotation.host.place, words, hint)
        (broken if what is not None and _can_be_set_right(quotation) else told).append(problem)
    return Findings(tuple(broken), tuple(told))


def _wrong(study: Study, quotation: Quotation) -> str | None:
    match = quotation.match
    if quotation.host.kind == "text" and (quotation.drift is None or match.verdict == "ambiguous"):
        return None
    if match.verdict == "altered":
        where = cited(study, match)
        return f"not word for word: “{changed(quotation.quote, match)}” ({where})"
    quote = shortened(quotation.quote)
    if match.verdict == "missing":
        return f"these words stand in no reading: “{quote}”"
    if match.verdict == "ambiguous":
        return f"“{quote}” stands in several places: {cited(study, match)}"
    return None


def _was_put_right(quotation: Quotation, audit: Audit) -> bool:
    """Whether altered words of the minutes are followed there by what the text has in that place.

    The right words must take in all of the passage that the altered ones are for.
    """
    host, anchor = quotation.host, quotation.match.anchor
    if host.kind != "minutes" or quotation.match.verdict != "altered" or anchor is None:
        return False
    return any(
        _follows(right.host, host)
        and right.match.verdict == "exact"
        and right.match.anchor.start <= anchor.start
        and right.match.anchor.end >= anchor.end
        for right in audit.quoted_in(anchor.reading, anchor.section)
        if right.match.anchor is not None
    )


def _follows(host: Host, other: Host) -> bool:
    """Whether an entry was recorded after another one, by the same recorder of the same session."""
    after = (host.place.line or 0) > (other.place.line or 0)
    return host.kind == "minutes" and host.place.path == other.place.path and after


def _can_be_set_right(quotation: Quotation) -> bool:
    kind, form, verdict = quotation.host.kind, quotation.form, quotation.match.verdict
    claims = form == "passage" if kind == "prompt" else kind == "note" and form != "unmarked"
    return claims and verdict in ("altered", "missing")
