"""The study: all readings, prompts and notes in one immutable value, paired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from studygroup.core.errors import UsageError
from studygroup.core.hanging import (
    Prompts,
    Twins,
    hang_notes,
    hang_prompts,
    missing_section,
    section_hint,
)
from studygroup.core.note import Note, NoteFile, NoteHeading
from studygroup.core.problem import Problem
from studygroup.core.prompt import Prompt
from studygroup.core.quoting.memory import Memory
from studygroup.core.reading import Reading, Section, SectionKey
from studygroup.core.section_names import find_section
from studygroup.core.text import slug

if TYPE_CHECKING:
    # Loaded when quotations are asked for: an outline asks for none.
    from studygroup.core.anchoring.quotation import Match
    from studygroup.core.meeting.session import Entry, Session
    from studygroup.core.quoting.audit import Audit, Quotation
    from studygroup.core.quoting.auditor import Auditor


@dataclass(frozen=True)
class Study:
    """Everything in a study folder, paired; a reload makes a new one.

    `readings` are in the order that `study.yaml` gives, else by slug; `prompts` in
    the order of their files; `note_files` by reading and reader. `problems` are all that was found
    broken while reading and pairing. `memory` is what is known of quotations from before. `demo`
    tells that it is the study that comes with the program, which offers a tour.
    """

    title: str
    readings: tuple[Reading, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    note_files: tuple[NoteFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    members: tuple[str, ...] = ()
    memory: Memory = field(default_factory=Memory, repr=False, compare=False)
    demo: bool = False

    @staticmethod
    def build(
        title: str,
        readings: Iterable[Reading],
        prompts: Iterable[Prompt],
        note_files: Iterable[NoteFile],
        problems: Iterable[Problem] = (),
        members: Iterable[str] = (),
    ) -> Study:
        """Return the study made of these parts: prompts and notes paired with their sections."""
        by_slug = {r.slug: r for r in readings}
        files: dict[tuple[str, str], list[Prompt]] = defaultdict(list)
        for prompt in prompts:
            files[prompt.place.path, prompt.reading].append(prompt)
        hung = [hang_prompts(tuple(f), by_slug.get(slug)) for (_, slug), f in files.items()]
        paired = [hang_notes(f, by_slug.get(f.reading)) for f in note_files]
        told, twins = Twins().tell_apart([prompts for prompts, _ in hung])
        strays = chain.from_iterable(found for _, found in (*hung, *paired))
        found = [*problems, *strays, *twins]
        return Study.of(title, by_slug.values(), told, [f for f, _ in paired], found, members)

    @staticmethod
    def of(
        title: str,
        readings: Iterable[Reading],
        prompts: Iterable[Prompts],
        note_files: Iterable[NoteFile],
        problems: Iterable[Problem],
        members: Iterable[str],
        memory: Memory | None = None,
        *,
        demo: bool = False,
    ) -> Study:
        """Return the study made of parts that are paired already (see `core.hanging`)."""
        return Study(
            title,
            tuple(readings),
            tuple(chain.from_iterable(prompts)),
            tuple(note_files),
            tuple(sorted(problems, key=lambda p: (p.place.path, p.place.line or 0))),
            tuple(members),
            memory or Memory(),
            demo,
        )

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Every reader's notes, by reading and reader, in the order of the files."""
        return tuple(note for file in self.note_files for note in file.notes)

    @cached_property
    def readers(self) -> tuple[str, ...]:
        """The group's members: those named in `study.yaml`, then whoever wrote notes or prompts."""
        writers = {f.reader for f in self.note_files} | {p.by for p in self.prompts if p.by}
        return (*self.members, *sorted(writers - set(self.members)))

    def reading(self, slug: str) -> Reading | None:
        """Return the reading with that slug, or None."""
        return self._readings.get(slug)

    def find_reading(self, wanted: str) -> Reading:
        """Return the reading meant by a slug, or by a beginning or part of it that only it has.

        Raises UsageError naming the readings there are.
        """
        exact = self.reading(wanted)
        if exact is not None:
            return exact
        part = slug(wanted, wanted)
        for fits in (str.startswith, str.__contains__):
            found = [r.slug for r in self.readings if fits(slug(r.slug, r.slug), part)]
            if len(found) == 1:
                return self._readings[found[0]]
            if found:
                what = f"“{wanted}” fits several readings: {', '.join(found)}"
                raise UsageError(what, hint="Write more of the one you mean.")
        names = ", ".join(r.slug for r in self.readings) or "none yet"
        raise UsageError(f"no reading “{wanted}”", hint=f"The readings here: {names}.")

    def find_section(self, reading: Reading, wanted: str) -> Section:
        """Return the section of `reading` meant by an id or heading; raises UsageError."""
        section = find_section(wanted, reading)
        if section is None:
            raise _no_section(reading, wanted)
        return section

    def prompts_of(self, reading: str, section: str | None) -> tuple[Prompt, ...]:
        """Return the prompts on a section (None: on the whole reading), in the file's order."""
        return self._prompts(reading).get(section, ())

    def notes_of(self, reading: str, section: str | None) -> tuple[Note, ...]:
        """Return the notes on a section (None: on the whole reading), by reader, in file order."""
        return self._notes(reading).get(section, ())

    def note_headings_of(self, reading: str, section: str) -> tuple[NoteHeading, ...]:
        """Return the headings of notes files that mirror a section."""
        return tuple(
            h
            for file in self._note_files.get(reading, ())
            for h in file.headings
            if h.section == section
        )

    @cached_property
    def audit(self) -> Audit:
        """Every quotation of the readings, prompts and notes, located and judged.

        The first use may take seconds with a large study that nobody asked for quotations before;
        after an edit only what that can have changed is judged anew.
        """
        return self.audit_with(())

    def audit_with(self, sessions: Iterable[Session], *, terms: bool = False) -> Audit:
        """Return `audit` with the quotations in the minutes of these sessions at its end.

        Single `terms` are among them only where they are asked for.
        """
        return self._auditor.audit(self.prompts, self.notes, sessions, terms=terms)

    def quotations_in(self, host: Note | Prompt) -> tuple[Quotation, ...]:
        """Return what a note or prompt quotes, in its order.

        This is a part of `audit`, and asks for no more than that part.
        """
        auditor = self._auditor
        return auditor.note(host) if isinstance(host, Note) else auditor.prompt(host)

    def quotations_said(self, session: Session, entry: Entry) -> tuple[Quotation, ...]:
        """Return what an entry of the minutes quotes, in its order."""
        return self._auditor.entry(session, entry)

    def paragraph_of(self, note: Note) -> int | None:
        """Return the paragraph of its section that a note is on: where it says, else it quotes."""
        if note.section is None:
            return None
        place = (note.reading, note.section)
        if note.cue:
            match = self.locate(note.cue, *place)
            if match.anchor is not None and match.anchor.section == note.section:
                return match.anchor.paragraph
        if note.paragraph is not None:
            return note.paragraph
        for quotation in self.quotations_in(note):
            anchor = quotation.match.anchor
            if anchor is not None and (anchor.reading, anchor.section) == place:
                return anchor.paragraph
        return None

    def marks_of(self, reading: str, section: str) -> Mapping[int, tuple[Note, ...]]:
        """Return which notes stand on which paragraph of a section, by paragraph number.

        A note stands where it says so and at every passage of the section that it quotes.
        """
        found: dict[int, list[Note]] = defaultdict(list)
        for note in self.notes_of(reading, section):
            for number in self.paragraphs_of(note):
                found[number].append(note)
        return {number: tuple(notes) for number, notes in found.items()}

    def paragraphs_of(self, note: Note) -> tuple[int, ...]:
        """Return all paragraphs of its section that a note is on, in order (see `marks_of`)."""
        anchors = [q.match.anchor for q in self.quotations_in(note)]
        numbers = {self.paragraph_of(note)} | {
            a.paragraph
            for a in anchors
            if a is not None and (a.reading, a.section) == (note.reading, note.section)
        }
        return tuple(sorted(n for n in numbers if n is not None))

    def readiness(self) -> list[tuple[str, str, list[str]]]:
        """Return what sections lack before a meeting: reading, section id, `prompts` / `notes`."""
        found = []
        for reading in self.readings:
            for section in reading.sections:
                lacks = [
                    name
                    for name, there in (
                        ("prompts", self.prompts_of(reading.slug, section.id)),
                        ("notes", self.notes_of(reading.slug, section.id)),
                    )
                    if not there
                ]
                if lacks:
                    found.append((reading.slug, section.id, lacks))
        return found

    def locate(
        self,
        quote: str,
        reading: str | None = None,
        section: str | None = None,
        *,
        prefix: str = "",
        suffix: str = "",
        not_in: SectionKey | None = None,
        only: str | None = None,
    ) -> Match:
        """Say where the words of `quote` stand; the reading and section given are preferred.

        `prefix` and `suffix` are the words around it where it is quoted, `not_in` is a reading or
        section that is left out, `only` the one reading to look in.
        """
        from studygroup.core.quoting.locating import Ask

        near = None if reading is None else (reading, section)
        ask = Ask(quote, near, prefix, suffix, not_in)
        return self._auditor.locate(ask, only)

    @cached_property
    def _auditor(self) -> Auditor:
        from studygroup.core.quoting.auditor import Auditor

        return Auditor(self.readings, self.memory)

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {r.slug: r for r in self.readings}

    def _notes(self, reading: str) -> Mapping[str | None, tuple[Note, ...]]:
        """Return the notes on each section of a reading; the first use of a reading groups them."""
        found = self._grouped_notes.get(reading)
        if found is None:
            own = self._note_files.get(reading, ())
            found = _by_section(note for file in own for note in file.notes)
            self._grouped_notes[reading] = found
        return found

    def _prompts(self, reading: str) -> Mapping[str | None, tuple[Prompt, ...]]:
        """Return the prompts on each section of a reading, as `_notes` does."""
        found = self._grouped_prompts.get(reading)
        if found is None:
            own = self._prompts_on.get(reading, ())
            found = self._grouped_prompts[reading] = _by_section(own)
        return found

    @cached_property
    def _note_files(self) -> dict[str, list[NoteFile]]:
        return _by_reading(self.note_files)

    @cached_property
    def _prompts_on(self) -> dict[str, list[Prompt]]:
        return _by_reading(self.prompts)

    @cached_property
    def _grouped_notes(self) -> dict[str, Mapping[str | None, tuple[Note, ...]]]:
        return {}

    @cached_property
    def _grouped_prompts(self) -> dict[str, Mapping[str | None, tuple[Prompt, ...]]]:
        return {}


_Hung = TypeVar("_Hung", Note, Prompt)
_OnReading = TypeVar("_OnReading", NoteFile, Prompt)


def _by_section(hung: Iterable[_Hung]) -> dict[str | None, tuple[_Hung, ...]]:
    grouped: dict[str | None, list[_Hung]] = defaultdict(list)
    for one in hung:
        grouped[one.section].append(one)
    return {section: tuple(group) for section, group in grouped.items()}


def _by_reading(parts: Iterable[_OnReading]) -> dict[str, list[_OnReading]]:
    grouped: dict[str, list[_OnReading]] = defaultdict(list)
    for part in parts:
        grouped[part.reading].append(part)
    return dict(grouped)


def _no_section(reading: Reading, wanted: str) -> UsageError:
    return UsageError(
        missing_section(reading, wanted, f" in {reading.slug}"),
        hint=section_hint(reading, wanted),
    )
