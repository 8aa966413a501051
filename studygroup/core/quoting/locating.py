"""Locating many quotations in a study's readings, and again only what an edit can have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from studygroup.core.anchoring.anchoring import locate
from studygroup.core.anchoring.quotation import Anchor, Match
from studygroup.core.anchoring.replaced_term import MOST as TERM_MOST
from studygroup.core.quoting.memory import Memory
from studygroup.core.quoting.novelty import SAME, Novelty, Said, said_in
from studygroup.core.reading import Paragraph, Reading, Section, SectionKey
from studygroup.core.text import words


class Ask(NamedTuple):
    """What is sought, and what tells one place from another (see `anchoring.locate`).

    Of the reading of `before` only what stands before that section counts.
    """

    quote: str
    near: SectionKey | None = None
    prefix: str = ""
    suffix: str = ""
    not_in: SectionKey | None = None
    before: tuple[str, str] | None = None


Words = Mapping[str, Mapping[str, bytes]]
"""A fingerprint of the words of each section, by the reading's slug and the section's id."""


class Answer(NamedTuple):
    """Where something stands in these very readings; what it says, once that was asked for."""

    readings: tuple[Reading, ...]
    match: Match
    said: Said | None = None


@dataclass(frozen=True)
class Changes:
    """From some readings to others: the sections that are `gone` or have other words, and the new.

    `new` has the sections that are new or have other words. Those beside them are among both, since
    a quotation may run over from one into the next.
    """

    gone: frozenset[tuple[str, str]]
    new: Novelty

    def touches(self, match: Match) -> bool:
        """Whether one of the places of a match is gone, or has other words."""
        return any(
            a.reading in self._readings and (a.reading, a.section) in self.gone
            for a in places_of(match)
        )

    @cached_property
    def _readings(self) -> frozenset[str]:
        return frozenset(slug for slug, _ in self.gone)

    def is_new(self, section: SectionKey | None) -> bool:
        """Whether a section is new, or has other words."""
        return section is not None and any(
            r.slug == section[0] and any(s.id == section[1] for s in r.sections)
            for r in self.new.readings
        )


NOTHING = Changes(frozenset(), Novelty(()))


class _Past(tuple[Reading, ...]):
    """Stands for the readings of an earlier run, of which only fingerprints are known."""

    __slots__ = ()


class Locating:
    """Says where quotations stand in `readings`, as `anchoring.locate` does.

    What `memory` knows from other readings holds for these too where no section that it stands in
    is gone or has other words, and nothing new can hold it as well.
    """

    def __init__(self, readings: tuple[Reading, ...], memory: Memory) -> None:
        self.readings = memory.same(readings)
        self._by_slug = {r.slug: r for r in readings}
        self._memory = memory
        self._changes: dict[int, tuple[tuple[Reading, ...], Changes]] = {}
        self._recall()

    def seek(self, ask: Ask, only: str | None = None) -> Match:
        """Return the verdict on what is asked for, and where it stands; nothing is remembered.

        It is sought in all readings, or in the one with the slug `only`.
        """
        return _located(ask, tuple(r for r in self.readings if only in (None, r.slug)))

    def match(self, ask: Ask) -> Match:
        """Return what `seek` does, and remember it."""
        known = self._memory.answers.get(ask)
        if known is not None and known.readings is self.readings:
            return known.match
        if known is not None:
            known = known._replace(said=known.said or said_in(ask.quote))
        if known is None or not self._holds(ask, known):
            known = Answer(self.readings, _located(ask, self.readings), known and known.said)
            self._memory.new += 1
        self._memory.answers[ask] = known._replace(readings=self.readings)
        return known.match

    def match_at(self, ask: Ask, place: Anchor) -> Match:
        """Return the verdict on what is asked for in the section of one of its places."""
        reading, section = self.section(place)
        return _located(ask, (replace(reading, sections=(section,)),))

    def has_later(self, match: Match, own: tuple[str, str]) -> bool:
        """Whether a match has a place in a later section than `own` of the same thread."""
        slug, section = own
        reading = self._by_slug[slug]
        if reading.kind != "thread":
            return False
        after = reading.index_of(section)
        return any(
            place.reading == slug and reading.index_of(place.section) > after
            for place in places_of(match)
        )

    def earlier(self, ask: Ask, own: tuple[str, str], before: int) -> Match | None:
        """Return where the section `own` says, before an offset, what is asked for; or None.

        Only the same words count.
        """
        reading = self._by_slug[own[0]]
        section = reading.sections[reading.index_of(own[1])]
        key = " ".join(w.folded for w in words(ask.quote))
        if not key or section.folded.count(f" {key} ") < 2:
            return None
        said = replace(section, paragraphs=tuple(_until(before, section.paragraphs)))
        match = locate(ask.quote, [replace(reading, sections=(said,))])
        return match if match.verdict == "exact" else None

    def section(self, place: Anchor) -> tuple[Reading, Section]:
        """Return the reading and section of a place. Raises LookupError where it is gone."""
        reading = self._by_slug[place.reading]
        return reading, reading.sections[reading.index_of(place.section)]

    def _holds(self, ask: Ask, known: Answer) -> bool:
        """Whether what was found in other readings is what would be found in these."""
        changes, match, said = self.since(known.readings), known.match, known.said
        assert said is not None
        if changes.touches(match) or (len(said.words) <= TERM_MOST and changes.is_new(ask.near)):
            return False
        if not changes.new.may_change(said, match.verdict):
            return True
        found = _located(ask, changes.new.readings).verdict
        return found == "missing" or (found == "altered" and match.verdict in SAME)

    def since(self, before: tuple[Reading, ...]) -> Changes:
        """Return what has changed from other readings to these."""
        found = self._changes.get(id(before))
        if found is None:
            same = {id(r) for r in before} & {id(r) for r in self.readings}
            old = words_of(r for r in before if id(r) not in same)
            changes = _changes(old, [r for r in self.readings if id(r) not in same])
            found = self._changes[id(before)] = before, changes
        return found[1]

    def _recall(self) -> None:
        """Take over what an earlier run of the program kept."""
        kept = self._memory.recall()
        if kept is None:
            return
        words, answers = kept
        changes = _changes(words, self.readings)
        readings = self.readings if changes == NOTHING else _Past()
        self._changes[id(readings)] = readings, changes
        for ask, match in answers.items():
            self._memory.answers.setdefault(ask, Answer(readings, match))


def places_of(match: Match) -> tuple[Anchor, ...]:
    """Return every place of a match: its candidates, or its one anchor."""
    return match.candidates or (() if match.anchor is None else (match.anchor,))


def _until(offset: int, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield what stands before an offset in a section; the last paragraph may be cut."""
    for paragraph in paragraphs:
        if paragraph.start < offset:
            yield replace(paragraph, text=paragraph.text[: offset - paragraph.start])


def _located(ask: Ask, readings: tuple[Reading, ...]) -> Match:
    return locate(
        ask.quote,
        readings if ask.before is None else [_cut(r, *ask.before) for r in readings],
        ask.near,
        prefix=ask.prefix,
        suffix=ask.suffix,
        not_in=ask.not_in,
    )


def _cut(reading: Reading, slug: str, section: str) -> Reading:
    """Return a reading without the section of that id and what follows, if it is the one meant."""
    if reading.slug != slug or reading.section(section) is None:
        return reading
    return replace(reading, sections=reading.sections[: reading.index_of(section)])


def _changes(before: Words, after: Iterable[Reading]) -> Changes:
    old = dict(before)
    gone: set[tuple[str, str]] = set()
    new: list[Reading] = []
    for reading in after:
        sections = dict(old.pop(reading.slug, {}))
        changed = [sections.pop(s.id, None) != _fingerprint(s) for s in reading.sections]
        gone |= {(reading.slug, id) for id in sections}
        beside = [
            section
            for index, section in enumerate(reading.sections)
            if any(changed[max(0, index - 1) : index + 2])
        ]
        gone |= {(reading.slug, s.id) for s in beside}
        if beside:
            new.append(replace(reading, sections=tuple(beside)))
    gone |= {(slug, id) for slug, sections in old.items() for id in sections}
    return Changes(frozenset(gone), Novelty(tuple(new)))


def words_of(readings: Iterable[Reading]) -> Words:
    """Return fingerprints of the words in the sections of some readings."""
    return {r.slug: {s.id: _fingerprint(s) for s in r.sections} for r in readings}


def _fingerprint(section: Section) -> bytes:
    text = "\0".join(paragraph.text for paragraph in section.paragraphs)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
