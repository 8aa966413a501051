"""The quotations that have to do with one section's text: what quotes it, and what it quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from studygroup.core.quoting.audit import Audit, HostKind, Quotation
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study
from studygroup.tui.widgets.verdicts import passage_paragraphs

Numbered = Mapping[int, tuple[Quotation, ...]]
"""Quotations by the number of a paragraph."""


Shown = tuple[HostKind, str, str]
"""A note or prompt: its kind, its reading's slug, its id."""


@dataclass(frozen=True)
class Linked:
    """The quotations of a section.

    `quoted_in` is what quotes the section from elsewhere: other texts and sections, notes and
    prompts on them, and the minutes of sessions, in the order of the passages. `quotes` is what its
    own text quotes. `on` and `by` have, by paragraph, all that quotes it and all that it quotes.
    """

    quoted_in: tuple[Quotation, ...] = ()
    quotes: tuple[Quotation, ...] = ()
    on: Numbered = field(default_factory=dict)
    by: Numbered = field(default_factory=dict)


def linked(
    study: Study,
    reading: Reading,
    section: Section,
    shown: Collection[Shown],
    said: Iterable[Quotation] = (),
) -> Linked:
    """Return the quotations of a section beside which these notes and prompts are `shown`.

    What those quote is on its paragraphs, but not quoted from elsewhere; what was `said` of it at
    sessions is. All quotations of the study are looked up when it is asked for the first time.
    """
    audit: Audit = study.audit
    here = (reading.slug, section.id)
    to_here = sorted((*audit.quoted_in(*here), *said), key=_where_quoted)
    quotes = audit.quoted_by(*here)
    on: dict[int, list[Quotation]] = defaultdict(list)
    by: dict[int, list[Quotation]] = defaultdict(list)
    for quotation in to_here:
        anchor = quotation.match.anchor
        for number in passage_paragraphs(reading, anchor) if anchor is not None else ():
            on[number].append(quotation)
    for quotation in quotes:
        by[quotation.host.paragraph or 1].append(quotation)
    return Linked(
        tuple(q for q in to_here if (q.host.kind, q.host.reading, q.host.id) not in shown),
        quotes,
        {number: tuple(found) for number, found in on.items()},
        {number: tuple(found) for number, found in by.items()},
    )


def _where_quoted(quotation: Quotation) -> int:
    anchor = quotation.match.anchor
    return anchor.start if anchor is not None else 0
