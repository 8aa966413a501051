"""Auditing a study: every quotation of its notes, prompts and texts, located and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from studygroup.core.anchoring.quotation import Anchor, Match
from studygroup.core.errors import Place
from studygroup.core.meeting.session import Entry, Session
from studygroup.core.note import Note
from studygroup.core.prompt import Prompt
from studygroup.core.quoting.audit import Audit, Host, Quotation
from studygroup.core.quoting.hosts import Sought, in_entry, in_note, in_prompt, in_section
from studygroup.core.quoting.locating import Ask, Locating, words_of
from studygroup.core.quoting.memory import Memory
from studygroup.core.quoting.reuse import COVERED, Reuse, reuse
from studygroup.core.quoting.unmarked import quoted_in_note
from studygroup.core.reading import Reading, Section, SectionKey


class Reused(NamedTuple):
    """What of each section stands in another reading too, with these readings.

    `told` has each passage as a quotation, with the sections of both its ends.
    """

    readings: tuple[Reading, ...]
    by_section: Mapping[SectionKey, tuple[Quotation, ...]]
    told: Mapping[Reuse, tuple[Section, Section, Quotation]]


_Key = tuple[str, ...]
_Seek = Callable[[], Iterable[Sought]]

LONGEST_CHAIN = 8
"""Through so many texts a quotation is followed to its source."""
KEPT_AGAIN = 50
"""Answers are kept for later runs when more than one in so many of them are new."""
SPARE = 1_000
"""So many answers more than are needed are kept before any is forgotten."""


class Judged(NamedTuple):
    """What one note, prompt or section (`host`) quotes, and the verdicts with these readings."""

    host: object
    sought: tuple[Sought, ...]
    readings: tuple[Reading, ...] | None
    quotations: tuple[Quotation, ...]


class Auditor:
    """Says what the notes, prompts and texts of one study quote: of one at a time, or of all.

    What `memory` knows from an earlier state of the study, or from being asked before, is not
    sought again. Safe to use from several threads.
    """

    def __init__(self, readings: tuple[Reading, ...], memory: Memory) -> None:
        self._locating = Locating(readings, memory)
        self._memory = memory

    def locate(self, ask: Ask, only: str | None = None) -> Match:
        """Say where words stand: in all readings, or in the one with the slug `only`."""
        return self._locating.seek(ask, only)

    def note(self, note: Note, *, terms: bool = False) -> tuple[Quotation, ...]:
        """Return what a note quotes, in its order."""
        known = self._memory.judged.get(("note", note.id))
        if known is not None and self._are_others_unmarked(note, known):
            self._memory.judged.pop(("note", note.id), None)
        readings = self._locating.readings
        return self._of(("note", note.id), note, lambda: in_note(note, readings), terms)

    def prompt(self, prompt: Prompt, *, terms: bool = False) -> tuple[Quotation, ...]:
        """Return what a prompt quotes: its passage, then what its questions do."""
        key = ("prompt", prompt.reading, prompt.id)
        return self._of(key, prompt, lambda: in_prompt(prompt), terms)

    def section(
        self, reading: Reading, section: Section, *, terms: bool = False
    ) -> tuple[Quotation, ...]:
        """Return what the text of a section quotes, in its order."""
        key = ("text", reading.slug, section.id)
        return self._of(key, section, lambda: in_section(reading, section), terms)

    def entry(
        self, session: Session, entry: Entry, *, terms: bool = False
    ) -> tuple[Quotation, ...]:
        """Return what an entry of a session quotes, in its order."""
        key = ("minutes", session.id, entry.key)
        return self._of(key, entry, lambda: in_entry(session, entry), terms)

    def audit(
        self,
        prompts: Iterable[Prompt],
        notes: Iterable[Note],
        sessions: Iterable[Session] = (),
        *,
        terms: bool = False,
    ) -> Audit:
        """Return all that the readings, these prompts, notes and minutes quote, in this order.

        Single terms are left out, and not looked for, unless they are asked for.
        """
        found: list[Quotation] = []
        reused = self._reused()
        for reading in self._locating.readings:
            for section in reading.sections:
                own = self.section(reading, section, terms=terms)
                others = reused.get((reading.slug, section.id), ())
                found += _joined(own, others) if others else own
        for prompt in prompts:
            found += self.prompt(prompt, terms=terms)
        for note in notes:
            found += self.note(note, terms=terms)
        for session in sessions:
            for entry in session.standing:
                found += self.entry(session, entry, terms=terms)
        if len(self._memory.answers) > 2 * len(found) + SPARE:
            self._forget()
        self._keep()
        return Audit(tuple(found))

    def _keep(self) -> None:
        """Keep for later runs what was found out, when that is a part of it that counts."""
        memory, readings = self._memory, self._locating.readings
        if memory.kept is None or memory.new <= len(memory.answers) // KEPT_AGAIN:
            return
        answers = {ask: a.match for ask, a in memory.answers.items() if a.readings is readings}
        memory.kept.put(words_of(readings), answers)
        memory.new = 0

    def _are_others_unmarked(self, note: Note, known: Judged) -> bool:
        """Whether a note may quote other words without marks than it did with other readings."""
        if known.readings is None or known.readings is self._locating.readings:
            return False
        changes = self._locating.since(known.readings)
        if any(slug == note.reading for slug, _ in changes.gone):
            return True
        unmarked = [q for q in known.quotations if q.form == "unmarked"]
        if any(changes.touches(q.match) for q in unmarked):
            return True
        new = changes.new
        if not new.shares(self._memory.grams_of(note)):
            return False
        return quoted_in_note(note, new.readings) != quoted_in_note(note, ())

    def _reused(self) -> Mapping[SectionKey, tuple[Quotation, ...]]:
        """Return the passages of each section that stand in another reading too."""
        known = self._memory.reused
        if known is None or known.readings is not self._locating.readings:
            before = {} if known is None else known.told
            together: dict[SectionKey, tuple[Quotation, ...]] = {}
            told: dict[Reuse, tuple[Section, Section, Quotation]] = {}
            for one in reuse(self._locating.readings):
                key = one.quoting.reading, one.quoting.section
                (reading, quoting), (_, quoted) = map(self._locating.section, one.ends)
                same = before.get(one)
                if same is None or same[0] is not quoting or same[1] is not quoted:
                    same = quoting, quoted, self._as_quotation(one, reading, quoting)
                told[one] = same
                together[key] = (*together.get(key, ()), same[2])
            known = self._memory.reused = Reused(self._locating.readings, together, told)
        return known.by_section

    def _as_quotation(self, reuse: Reuse, reading: Reading, section: Section) -> Quotation:
        """Return a passage of a section that another has as well, judged as all quotations are."""
        quoting = reuse.quoting
        line = section.paragraph_at(quoting.start).line
        host = Host(
            "text",
            quoting.reading,
            quoting.section,
            Place(reading.path, line),
            paragraph=quoting.paragraph,
            start=quoting.start,
            end=quoting.end,
        )
        ask = Ask(quoting.words, None, quoting.prefix, quoting.suffix)
        match = self._locating.match_at(ask, reuse.quoted)
        found = match if match.anchor is not None else reuse.match
        return Quotation(quoting.words, reuse.form, host, found)

    def _of(self, key: _Key, host: object, seek: _Seek, terms: bool) -> tuple[Quotation, ...]:
        known = self._sought(key, host, seek)
        if known.readings is not self._locating.readings:
            judged = (self._judge(s) for s in known.sought if s.form != "term")
            quotations = tuple(q for q in judged if not _is_nothing(q))
            known = Judged(host, known.sought, self._locating.readings, quotations)
            self._memory.judged[key] = known
        if not terms:
            return known.quotations
        found = [self._judge(sought) for sought in known.sought if sought.form == "term"]
        return tuple(sorted([*known.quotations, *found], key=lambda q: q.host.start))

    def _sought(self, key: _Key, host: object, seek: _Seek) -> Judged:
        known = self._memory.judged.get(key)
        if known is None or known.host != host:
            known = self._memory.judged[key] = Judged(host, tuple(seek()), None, ())
        return known

    def _judge(self, sought: Sought) -> Quotation:
        is_text = sought.host.kind == "text"
        match = self._followed(sought) if is_text else self._locating.match(sought.ask)
        return Quotation(sought.ask.quote, sought.form, sought.host, match)

    def _said_before(self, sought: Sought) -> Match:
        """Return where a text has its quotation from: in a thread, from no later comment.

        What a section repeats of what it said before counts where it is said nowhere else.
        """
        own = (sought.host.reading, sought.host.section or "")
        match = self._locating.match(sought.ask)
        if self._locating.has_later(match, own):
            match = self._locating.match(sought.ask._replace(before=own))
        if match.verdict == "missing":
            return self._locating.earlier(sought.ask, own, sought.host.start) or match
        return match

    def _followed(self, sought: Sought) -> Match:
        """Return where a text has its quotation from, at the end of the chain of who quotes whom.

        It is followed as long as the words are those of the source, too.
        """
        match = self._said_before(sought)
        own = (sought.host.reading, sought.host.section)
        for _ in range(LONGEST_CHAIN):
            source = None if match.anchor is None else self._source_of(match.anchor)
            if source is None or (source.reading, source.section) == own:
                break
            further = self._locating.match_at(sought.ask, source)
            if further.verdict not in ("exact", "elided"):
                break
            match = further
        return match

    def _source_of(self, place: Anchor) -> Anchor | None:
        """Return what is quoted where a place stands within a quotation, if that is known."""
        reading, section = self._locating.section(place)
        key = ("text", reading.slug, section.id)
        for sought in self._sought(key, section, lambda: in_section(reading, section)).sought:
            host = sought.host
            if host.start <= place.start and place.end <= host.end:
                return self._said_before(sought).anchor
        return None

    def _forget(self) -> None:
        """Let go of what was known of notes, prompts and sections that are no more as they were."""
        judged, readings = self._memory.judged, self._locating.readings
        for key in [k for k, known in judged.items() if known.readings is not readings]:
            judged.pop(key, None)
        asked = {sought.ask for known in judged.values() for sought in known.sought}
        for ask in self._memory.answers.keys() - asked:
            self._memory.answers.pop(ask, None)


def _joined(own: Iterable[Quotation], reused: Iterable[Quotation]) -> list[Quotation]:
    """Return what a section quotes and what it has in common with others, each passage once."""
    spans = [(q.host.start, q.host.end) for q in own]
    new = [q for q in reused if not any(_covers(span, q.host) for span in spans)]
    return sorted([*own, *new], key=lambda q: (q.host.start, -q.host.end))


def _covers(span: tuple[int, int], host: Host) -> bool:
    shared = min(span[1], host.end) - max(span[0], host.start)
    return shared >= COVERED * (host.end - host.start)


def _is_nothing(quotation: Quotation) -> bool:
    """Whether words that nothing sets off are no reading's either: then they are no quotation."""
    return quotation.form == "unmarked" and quotation.match.verdict == "missing"
