"""Quotations in a write-up: the words with what they changed, where they stand, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from studygroup.core.meeting.session import Cited, Entry, Session
from studygroup.core.quoting.differences import Difference, differences
from studygroup.core.quoting.telling import citation
from studygroup.core.reading import cite
from studygroup.core.study import Study
from studygroup.export.flow import Block, Run, em, item, joined, runs
from studygroup.export.names import section_number

_CLOSING = frozenset("\"”“’'»«›")
LONG_QUOTATION = 30
"""From how many words on a quotation is set as a block of its own."""


def quotation(entry: Entry, by: Sequence[Run | str], place: str) -> Iterator[Block]:
    """Yield a quotation that was recorded, `by` its reader: an item of a list, long words below it.

    `place` is how it is cited. In one with changed words, what it left out of the text and what it
    put in are marked as such.
    """
    said, source = _words(entry), _source(entry.cited, place)
    if len(entry.text.split()) < LONG_QUOTATION:
        yield item(*by, "“", *said, "”", " " if source else "", *source)
        return
    yield item(*by, em("quoted:"))
    yield Block("quote", runs(*said), 1)
    if source:
        yield Block("quote", runs(*source), 1)


def said(session: Session, study: Study, entry: Entry) -> list[Run | str]:
    """Return the words of an entry, with the citation behind each quotation between marks in them.

    Changed words are marked as they are in a quotation that was recorded. What is in no reading
    stays as it is: people also quote each other.
    """
    told: list[Run | str] = []
    text, at = entry.text, 0
    for quotation in study.quotations_said(session, entry):
        host, match = quotation.host, quotation.match
        if match.anchor is None or host.start < at:
            continue
        cited = Cited(match.verdict, match.similarity, citation(study, match.anchor), match.anchor)
        quoted = replace(entry, text=quotation.quote, cited=cited)
        end = host.end + (text[host.end : host.end + 1] in _CLOSING)
        told += [text[at : host.start], *_words(quoted), text[host.end : end], " "]
        told += _source(cited, cited_from(session, study, quoted))
        at = end
    return [run for run in (*told, text[at:]) if run != ""]


def _words(entry: Entry) -> list[Run | str]:
    cited = entry.cited
    if cited is None or cited.verdict != "altered" or cited.anchor is None:
        return [entry.text]
    marked = [r for d in differences(entry.text, cited.anchor.words) for r in _marked(d)]
    return list(joined(marked, " "))


def changes(quote: str, source: str) -> list[Run | str]:
    """Return only the words that a quotation changed, as they are marked in it."""
    changed: list[Run | str] = []
    for difference in differences(quote, source):
        if difference.op != "same":
            changed += [", "] if changed else []
            changed += joined(_marked(difference), " ")
    return changed


def _marked(difference: Difference) -> list[Run | str]:
    if difference.op == "same":
        return [difference.quote]
    changed = [Run(difference.source, "del"), Run(difference.quote, "ins")]
    return [run for run in changed if run.text]


def cited_from(session: Session, study: Study, entry: Entry) -> str:
    """Return how a quotation is cited below the heading of its entry.

    That is `¶1` for the section of the heading, `§2 ¶1` for another one of the same reading, and
    all of the citation for what stands elsewhere, or where the reading is no longer as it was.
    """
    if entry.cited is None:
        return ""
    full, anchor = entry.cited.citation, entry.cited.anchor
    alone = session.readings[0] if len(session.readings) == 1 else ""
    reading = study.reading(entry.spot.reading or alone)
    if reading is None or (anchor is not None and anchor.reading != reading.slug):
        return full
    quoted = [s for s in reading.sections if anchor is None or s.id == anchor.section]
    cited = [(s, full.removeprefix(cite(reading, s))) for s in quoted]
    found = [(s, rest) for s, rest in cited if rest != full and rest[:2] in ("", " ¶", ", ")]
    if not found:
        return full
    section, rest = min(found, key=lambda pair: len(pair[1]))
    if section.id == entry.spot.section and rest:
        return rest.lstrip(" ,")
    return f"§{section_number(reading, section) or section.title}{rest}"


def _source(cited: Cited | None, place: str) -> list[Run | str]:
    """Return the citation in brackets, with the verdict where the words are not the source's.

    The marks of changed words are explained by themselves.
    """
    if cited is None:
        return []
    if cited.verdict == "altered" and cited.anchor is not None:
        put_in = Run("only in the quotation", "ins")
        left_out = Run("only in the text", "del")
        return [f"({place}; ≈ not word for word: ", left_out, ", ", put_in, ")"]
    if cited.verdict == "altered":
        return [f"({place}; ≈ not word for word)"]
    if cited.verdict == "missing":
        return ["(✗ not found in the readings)"]
    if cited.verdict == "ambiguous":
        return ["(? these words stand in several places)"]
    return [f"({place})"] if place else []
