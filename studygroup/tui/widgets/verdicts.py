"""How quotations are told on the screen: verdicts, short citations, differences; pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from studygroup.core.anchoring.quotation import MARKS, Anchor, Match
from studygroup.core.quoting.audit import Host, Quotation
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study
from studygroup.core.text import one_line
from studygroup.tui.widgets.blocks import Block, Run
from studygroup.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    # Loaded by the dialog that shows them.
    from studygroup.core.quoting.differences import Difference

_MARKS = '“”"\u2018\u2019'
LONGEST_TITLE = 30
"""How many cells of a title stand in a short citation."""


class Quoted(NamedTuple):
    """What a note or prompt quotes, and its line there: `altered, ¶5 “Water finds its…”`."""

    quotation: Quotation
    said: str

    def block(self, key: Hashable) -> Block:
        """Return the line with the verdict's sign before it."""
        sign = MARKS[self.quotation.match.verdict]
        return Block(self.said, "note", key=key, indent=2, lead=f"{sign} ", gap=0)


def found_at(study: Study, match: Match, reading: str = "", section: str = "") -> str:
    """Return where quoted words stand, as seen from a section, and how they differ there.

    `¶3`, `altered, §5 ¶2`, `in 3 places`, `not in the readings`: a verdict in words, if not exact.
    """
    if match.verdict == "ambiguous":
        return f"in {len(match.candidates)} places"
    if match.anchor is None:
        return "not in the readings"
    where = whither(study, match.anchor, reading, section)
    return where if match.verdict == "exact" else f"{match.verdict}, {where}"


def short_section(section: Section) -> str:
    """Return a section in few words: by its number, where it has one."""
    number = section.title.partition(" ")[0].rstrip(".:")
    return f"§{number}" if number.isdecimal() else f"§{shorten(section.title, LONGEST_TITLE)}"


def whither(study: Study, anchor: Anchor, reading: str = "", section: str = "") -> str:
    """Return where words stand, in short and as seen from a section: `¶3`, `§5 ¶2`, or more."""
    return _short(study, anchor.reading, anchor.section, anchor.paragraph, (reading, section))


def whence(study: Study, host: Host, reading: str = "", section: str = "") -> str:
    """Return what quotes, in short and as seen from a section: `ana’s note on §5`, `§8 ¶4`."""
    place = _short(study, host.reading, host.section, host.paragraph, (reading, section))
    match host.kind:
        case "text":
            return place
        case "minutes":
            who = f"{host.by} in the minutes" if host.by else "the minutes"
            return f"{who} of {_session(host.id)}"
        case kind:
            what = f"{host.by}’s {kind}" if host.by else f"a {kind}"
            return f"{what} on {place}" if place else what


def _session(id: str) -> str:
    """Return which session an entry is of: by its day, else by its id."""
    name = id.partition("/")[0]
    try:
        day = date.fromisoformat(name[:10])
    except ValueError:
        return name
    return f"{day.day} {day:%b %Y}"


def _short(
    study: Study, slug: str, id: str | None, paragraph: int | None, seen_from: tuple[str, str]
) -> str:
    reading = study.reading(slug)
    section = reading.section(id) if reading is not None and id is not None else None
    parts: list[str] = []
    if slug != seen_from[0]:
        parts.append(slug if reading is None else shorten(reading.title, LONGEST_TITLE))
    if section is not None and (slug, id) != seen_from:
        parts.append(short_section(section))
    place = ", ".join(parts)
    return f"{place} ¶{paragraph}".strip() if paragraph is not None else place


def words_of(quote: str, width: int) -> str:
    """Return how a quotation begins, between marks, in at most about `width` cells."""
    return f"“{shorten(one_line(quote).strip(_MARKS), width - 2)}”"


def difference_block(found: Sequence[Difference]) -> Block:
    """Return a quotation beside its source: `[-left out-]` struck, `{+put in+}` underlined.

    The brackets say it where neither shows.
    """
    text, runs = "", list[Run]()
    for piece, look in difference_pieces(found):
        if text and not text.endswith(" "):
            text += " "
        runs += [Run(len(text), len(text) + len(piece), look)] if look else []
        text += piece
    return Block(text, runs=tuple(runs))


def difference_pieces(found: Iterable[Difference]) -> Iterable[tuple[str, str]]:
    """Yield the pieces of a quotation, each with its look: "" where it is as its source."""
    for difference in found:
        if difference.op == "same":
            yield difference.quote, ""
            continue
        if difference.source:
            yield f"[-{difference.source}-]", "dropped"
        if difference.quote:
            yield f"{{+{difference.quote}+}}", "added"


def passage_paragraphs(reading: Reading | None, anchor: Anchor) -> tuple[int, ...]:
    """Return the numbers of all paragraphs that an anchor's words stand in."""
    section = reading.section(anchor.section) if reading is not None else None
    if section is None:
        return ()
    return tuple(
        p.number
        for p in section.paragraphs
        if p.start < anchor.end and anchor.start < p.start + len(p.text)
    )
