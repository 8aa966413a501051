"""The study: all readings, prompts and notes in one immutable value, paired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from studygroup.core.anchoring import locate
from studygroup.core.errors import Place, UsageError
from studygroup.core.note import Note, NoteFile, NoteHeading
from studygroup.core.pairing import close_sections, find_section, pair_notes
from studygroup.core.problem import Problem
from studygroup.core.prompt import Prompt
from studygroup.core.quotation import Match, Quoted, extract
from studygroup.core.reading import Reading, Section, SectionKey
from studygroup.core.text import heading_key, slug


@dataclass(frozen=True)
class Study:
    """Everything in a study folder, paired; a reload makes a new one.

    `readings` are in the order that `study.yaml` gives, else by slug; `prompts` in
    the order of their files; `note_files` by reading and reader. `problems` are all that was found
    broken while reading and pairing.
    """

    title: str
    readings: tuple[Reading, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    note_files: tuple[NoteFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    members: tuple[str, ...] = ()

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
        found = list(problems)
        by_slug = {r.slug: r for r in readings}
        paired_prompts = [
            _pair_prompt(p, by_slug, found) for p in _tell_twins_apart(prompts, found)
        ]
        _report_homeless(paired_prompts, by_slug, found)
        paired_notes = [_pair_file(f, by_slug, found) for f in note_files]
        return Study(
            title,
            tuple(by_slug.values()),
            tuple(paired_prompts),
            tuple(paired_notes),
            tuple(sorted(found, key=lambda p: (p.place.path, p.place.line or 0))),
            tuple(members),
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
        return self._prompts.get((reading, section), ())

    def notes_of(self, reading: str, section: str | None) -> tuple[Note, ...]:
        """Return the notes on a section (None: on the whole reading), by reader, in file order."""
        return self._notes.get((reading, section), ())

    def note_headings_of(self, reading: str, section: str) -> tuple[NoteHeading, ...]:
        """Return the headings of notes files that mirror a section."""
        return tuple(
            h
            for file in self.note_files
            if file.reading == reading
            for h in file.headings
            if h.section == section
        )

    def quotations_in(self, note: Note) -> tuple[tuple[Quoted, Match], ...]:
        """Return what a note quotes (single terms left out), each with its verdict and place."""
        found = self._located.get(note.id)
        if found is None:
            found = self._located[note.id] = self._locate_all(note.text, note.reading, note.section)
        return found

    def paragraph_of(self, note: Note) -> int | None:
        """Return the paragraph of its section that a note is on: where it says, else it quotes."""
        if note.section is None:
            return None
        if note.cue:
            match = self.locate(note.cue, note.reading, note.section)
            if match.anchor is not None and match.anchor.section == note.section:
                return match.anchor.paragraph
        if note.paragraph is not None:
            return note.paragraph
        for _, match in self.quotations_in(note):
            if match.anchor is not None and _at(match) == (note.reading, note.section):
                return match.anchor.paragraph
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
        numbers = {self.paragraph_of(note)} | {
            match.anchor.paragraph
            for _, match in self.quotations_in(note)
            if match.anchor is not None and _at(match) == (note.reading, note.section)
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

    def locate(self, quote: str, reading: str | None = None, section: str | None = None) -> Match:
        """Say where the words of `quote` stand; the place given is preferred.

        The reading given is searched first, and the others only where the very words are not in it.
        """
        own = None if reading is None else self.reading(reading)
        near = None if reading is None else (reading, section)
        if own is not None:
            match = locate(quote, [own], near)
            if match.verdict in ("exact", "elided", "ambiguous"):
                return match
        return locate(quote, self.readings, near)

    def _locate_all(
        self, text: str, reading: str, section: str | None
    ) -> tuple[tuple[Quoted, Match], ...]:
        return tuple(
            (quoted, self.locate(quoted.text, reading, section))
            for quoted in extract(text)
            if not quoted.is_term
        )

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {r.slug: r for r in self.readings}

    @cached_property
    def _prompts(self) -> dict[SectionKey, tuple[Prompt, ...]]:
        grouped: dict[SectionKey, list[Prompt]] = defaultdict(list)
        for prompt in self.prompts:
            grouped[prompt.reading, prompt.section].append(prompt)
        return {key: tuple(group) for key, group in grouped.items()}

    @cached_property
    def _notes(self) -> dict[SectionKey, tuple[Note, ...]]:
        grouped: dict[SectionKey, list[Note]] = defaultdict(list)
        for note in self.notes:
            grouped[note.reading, note.section].append(note)
        return {key: tuple(group) for key, group in grouped.items()}

    @cached_property
    def _located(self) -> dict[str, tuple[tuple[Quoted, Match], ...]]:
        return {}


def _at(match: Match) -> tuple[str, str] | None:
    return None if match.anchor is None else (match.anchor.reading, match.anchor.section)


def _no_section(reading: Reading, wanted: str) -> UsageError:
    return UsageError(
        _missing_section(reading, wanted, f" in {reading.slug}"),
        hint=_section_hint(reading, wanted),
    )


def _missing_section(reading: Reading, wanted: str, where: str = "") -> str:
    same = reading.by_heading.get(heading_key(wanted), ())
    if len(same) > 1:
        ids = ", ".join(s.id for s in same)
        return f"several sections are headed “{wanted}”{where}: {ids}"
    return f"no section “{wanted}”{where}"


def _section_hint(reading: Reading, wanted: str) -> str:
    near = close_sections(wanted, reading)
    meant = f"Did you mean “{near[0]}”? " if near else ""
    return f"{meant}Sections are listed by: studygroup outline {reading.slug}"


def _pair_prompt(prompt: Prompt, readings: Mapping[str, Reading], found: list[Problem]) -> Prompt:
    reading = readings.get(prompt.reading)
    if reading is None or not prompt.wanted:
        return prompt
    section = find_section(prompt.wanted, reading)
    if section is None:
        what = _missing_section(reading, prompt.wanted)
        found.append(Problem(prompt.place, what, _section_hint(reading, prompt.wanted)))
        return prompt
    return replace(prompt, section=section.id)


def _tell_twins_apart(prompts: Iterable[Prompt], found: list[Problem]) -> list[Prompt]:
    """Make ids unique in a reading: made ones get a number, given ones are a problem."""
    first: dict[tuple[str, str], Prompt] = {}
    result = []
    for prompt in prompts:
        number, own = 1, prompt.id
        while prompt.made_id and (prompt.reading, prompt.id) in first:
            number += 1
            prompt = replace(prompt, id=f"{own}-{number}")
        twin = first.setdefault((prompt.reading, prompt.id), prompt)
        if twin is not prompt:
            what = f"two prompts have the id “{prompt.id}”"
            found.append(Problem(prompt.place, what, f"The other one: {twin.place}"))
        result.append(prompt)
    return result


def _report_homeless(
    prompts: Iterable[Prompt], readings: Mapping[str, Reading], found: list[Problem]
) -> None:
    """Report once per file that there is no reading for its prompts."""
    for path, name in dict.fromkeys((p.place.path, p.reading) for p in prompts):
        if name not in readings:
            what = f"there is no reading “{name}” for these prompts"
            found.append(Problem(Place(path), what, f"Import it as: {name}"))


def _pair_file(file: NoteFile, readings: Mapping[str, Reading], found: list[Problem]) -> NoteFile:
    reading = readings.get(file.reading)
    if reading is None:
        what = f"there is no reading “{file.reading}” for these notes"
        found.append(Problem(Place(file.path), what, f"Import it as: {file.reading}"))
        return file
    paired = pair_notes(file, reading)
    for heading in paired.headings:
        if not heading.paired and _has_strays(heading, paired):
            what = f"no section “{heading.text}”, so its notes hang on the whole reading"
            found.append(Problem(heading.place, what, _section_hint(reading, heading.text)))
    return paired


def _has_strays(heading: NoteHeading, file: NoteFile) -> bool:
    """Whether a note under this very heading was left on the whole reading, or it has no note."""
    own = [n for n in file.notes if n.heading == heading.text]
    return not own or any(n.section is None for n in own)
