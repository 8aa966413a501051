"""The workspace: everything one can do with a study, each a method; all faces call it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Protocol

from studygroup.core.errors import CannotImport, Place, UsageError
from studygroup.core.meeting.sessions import Sessions
from studygroup.core.problem import Problem
from studygroup.core.prompt import LONGEST, Phase, PromptKind
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study

if TYPE_CHECKING:
    # Loaded by the methods below: `outline` needs a fraction of what can be done with a study.
    from studygroup.core.draft import Draft
    from studygroup.core.export import Exported, Exporter
    from studygroup.core.finding.finder import Finder
    from studygroup.core.finding.search import SearchIndex
    from studygroup.core.importing import Imported, ImportedNotes, Importer, ImportRequest
    from studygroup.core.meeting.journal import JournalStore
    from studygroup.core.meeting.recording import Clock
    from studygroup.core.quoting.audit import Audit
    from studygroup.core.quoting.drift import Found
    from studygroup.core.remarks import TakenNotes
    from studygroup.core.study_files import StudyFiles


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader stood: kept between runs, per study."""

    reading: str
    section: str
    paragraph: int = 1


class State(Protocol):
    """The port to what a program remembers about a study, outside of it."""

    def position(self) -> Position | None:
        """Return the last position, or None where none is known or it cannot be read."""
        ...

    def remember(self, position: Position) -> None:
        """Keep a position for the next run."""
        ...

    def line(self, session: str, recorder: str) -> str:
        """Return what a recorder typed for a session and did not enter, "" for nothing."""
        ...

    def keep_line(self, session: str, recorder: str, typed: str) -> None:
        """Keep what is typed until it is entered; "" drops it. Raises CannotWrite."""
        ...

    def draft(self, name: str) -> str:
        """Return what was kept as this draft (`note`, `prompt`), "" where there is nothing."""
        ...

    def keep_draft(self, name: str, text: str) -> None:
        """Keep a draft until it is saved; "" drops it. Raises CannotWrite."""
        ...

    def searches(self) -> tuple[str, ...]:
        """Return what was searched lately, the newest first, each once."""
        ...

    def remember_search(self, query: str) -> None:
        """Keep a query as the newest one; of many the oldest are dropped. Raises CannotWrite."""
        ...

    def tour(self) -> frozenset[str]:
        """Return what was kept of the tour of the demo; the empty set before it began."""
        ...

    def keep_tour(self, marks: Collection[str]) -> None:
        """Keep which steps of the tour are done, and whether it was closed. Raises CannotWrite."""
        ...

    def found(self) -> Mapping[str, Found]:
        """Return where quotations were found before, by their names (see `quoting.drift`)."""
        ...

    def keep_found(self, found: Mapping[str, Found]) -> None:
        """Keep where quotations are found, in place of what was kept before. Raises CannotWrite."""
        ...


class Workspace:
    """One study and what can be done with it.

    `me` is the reader who sits at this program; `sessions` are the study's meetings; `finder`
    searches all of it. Methods are safe to call from worker threads, one at a time each; what they
    return is immutable.
    """

    def __init__(
        self,
        files: StudyFiles,
        state: State,
        importer: Importer,
        journals: JournalStore,
        open_index: Callable[[], SearchIndex],
        exporter: Exporter,
        me: str,
        clock: Clock,
    ) -> None:
        self.files = files
        self.state = state
        self.importer = importer
        self.exporter = exporter
        self.me = me
        self.sessions = Sessions(journals, lambda: self.study, me, clock)
        self._open_index = open_index
        self._finder: Finder | None = None
        self._finding = Lock()
        self._study: Study | None = None
        self._lock = RLock()

    @property
    def finder(self) -> Finder:
        """The search over all of the study; the first use makes it."""
        from studygroup.core.finding.finder import Finder

        with self._finding:
            if self._finder is None:
                self._finder = Finder(self._open_index, lambda: self.study, self.sessions.all)
            return self._finder

    @property
    def study(self) -> Study:
        """The study as last read; the first use reads it."""
        known = self._study
        if known is not None:
            return known
        with self._lock:  # who comes while it is read takes what the other has read
            return self._study or self.load()

    def load(self) -> Study:
        """Read what changed in the folder and return the new study. Raises StudyError."""
        with self._lock:
            self._study = self.files.load()
            return self._study

    def problems(self) -> tuple[Problem, ...]:
        """Return what is broken in the study and in the journals of its sessions."""
        return (*self.study.problems, *self.sessions.problems())

    def quotations(self, *, terms: bool = False) -> Audit:
        """Return every quotation of the study and of its minutes, located and judged.

        Each tells what became of it since it was last found (see `keep_found`, and the anchors in
        the journals). Of sessions that is what can be read. Single `terms` are among them only
        where they are asked for. Takes as long as `Study.audit`: not to be waited for on the
        screen's own thread.
        """
        from studygroup.core.quoting.audit import Audit
        from studygroup.core.quoting.drift import drifted, recorded_in

        study, sessions = self.study, self.sessions.readable()
        found = study.audit_with(sessions, terms=terms).quotations
        kept = self.state.found()
        return Audit(tuple(drifted(found, kept, recorded_in(sessions), study)))

    def keep_found(self, audit: Audit, *, accept: bool = False) -> None:
        """Remember where quotations stand, to tell later what became of them. Raises CannotWrite.

        What drifted or was lost is remembered as it was. So is what moved to another section,
        unless it is to `accept`: it was shown to somebody.
        """
        from studygroup.core.quoting.drift import to_keep

        found = to_keep(audit.quotations, accept=accept)
        if found != self.state.found():
            self.state.keep_found(found)

    def absolute(self, place: Place) -> Path:
        """Return the path on this machine of a place in the study."""
        return self.files.path_of(place.path)

    def add_note(
        self,
        reading: str,
        section: str | None,
        text: str,
        *,
        kind: str = "note",
        paragraph: int | None = None,
        reader: str | None = None,
    ) -> Study:
        """Write a note into its reader's file (`me`, unless told) and return the new study.

        Raises UsageError for an empty note or an unknown place, CannotWrite where writing fails.
        """
        from studygroup.core.study_files import NewNote

        if not text.strip():
            raise UsageError("a note needs words")
        found, part = self._place(reading, section)
        self.files.add_notes([NewNote(found, part, reader or self.me, text, kind, paragraph)])
        return self.load()

    def add_prompt(
        self,
        reading: str,
        section: str | None,
        ask: str,
        *,
        kind: PromptKind = "interpretive",
        phase: Phase = "core",
        minutes: int | None = None,
    ) -> Study:
        """Write a prompt by `me` into its reading's file and return the new study.

        Raises UsageError for an empty question or unknown place, CannotWrite where writing fails.
        """
        from studygroup.core.study_files import NewPrompt

        if not ask.strip():
            raise UsageError("a prompt needs a question")
        if minutes is not None and not 1 <= minutes <= LONGEST:
            raise UsageError(f"a prompt's minutes are from 1 to {LONGEST}")
        found, part = self._place(reading, section)
        self.files.add_prompt(NewPrompt(found, part, ask, kind, phase, minutes, self.me))
        return self.load()

    def import_reading(self, request: ImportRequest) -> Imported:
        """Read a document and bring it into the study (see `read_draft` and `import_draft`)."""
        return self.import_draft(request, self.read_draft(request))

    def read_draft(self, request: ImportRequest) -> Draft:
        """Return a document as it would come into the study; nothing is written.

        Raises CannotImport where it, or the outline asked for, cannot be understood.
        """
        from studygroup.core.importing import read_draft

        return read_draft(self.importer, request)

    def refuse_taken(self, request: ImportRequest, draft: Draft) -> None:
        """Raise UsageError where a reading of that name exists that may not be replaced."""
        from studygroup.core.importing import slug_for

        self.files.refuse_taken(request.slug or slug_for(draft, request.path), request.replace)

    def import_draft(self, request: ImportRequest, draft: Draft) -> Imported:
        """Bring a draft into the study as a reading; with `dry_run` only say what it would be.

        What hangs on a reading that it replaces is kept there as far as its sections can be known
        again. Comments in the document become notes of whoever made them, added to what is in
        their files, unless the request says otherwise. Raises UsageError where a reading of that
        name exists and `replace` is not asked for, StudyError where a journal cannot be read,
        CannotWrite where writing fails.
        """
        from studygroup.core.importing import Imported, front_matter, outline_of, slug_for

        slug = request.slug or slug_for(draft, request.path)
        fields = front_matter(draft, request.path.name)
        text = self.files.reading_text(fields, self.importer.render(draft))
        old = self.study.reading(slug) if request.replace else None
        replaced = None
        if old is not None:
            from studygroup.core.replacing.replaced import replacing

            sessions = self.sessions.all()
            text, replaced = replacing(self.study, old, text, sessions, self.files.preview)
        reading = self.files.preview(slug, text)
        if request.dry_run:
            notes = self._take_remarks(draft, reading, dry=True) if request.comments else ()
            return Imported(reading, draft, replaced=replaced, notes=notes)
        if old is not None:
            self.keep_found(self.quotations())
        backup = self.files.save_reading(slug, text, request.replace)
        outline = ""
        if request.write_outline:
            outline = self.files.save_outline(slug, outline_of(draft))
        self.load()
        notes = self._take_remarks(draft, reading) if request.comments else ()
        if replaced is not None:
            replaced = replace(replaced, backup=backup)
        return Imported(reading, draft, outline, replaced, notes)

    def _take_remarks(
        self, draft: Draft, reading: Reading, *, dry: bool = False
    ) -> tuple[TakenNotes, ...]:
        """Write the remarks of a draft into the files of whoever made them, or with `dry` only say
        what would be written: those that stand there already are not.
        """
        if not draft.remarks:
            return ()
        from studygroup.core.remarks import TakenNotes, as_notes, by_reader, unwritten

        taken: list[TakenNotes] = []
        notes = as_notes(draft.remarks, reading, part=draft.part is not None)
        files = {(f.reading, f.reader): f for f in self.study.note_files}
        for reader, own in by_reader(notes).items():
            file = files.get((reading.slug, reader))
            new = unwritten(own, file.notes if file else ())
            path = file.path if file else f"readings/{reading.slug}/{reader}.md"
            if new and not dry:
                path = self.files.add_notes(new)
            taken.append(TakenNotes(reader, path, len(new), len(own) - len(new)))
        if not dry:
            self.load()
        return tuple(taken)

    def import_notes(self, path: Path, reading: str, reader: str, replace: bool) -> ImportedNotes:
        """Bring a reader's notes file into the study, byte for byte, and say how it pairs.

        Raises CannotImport, UsageError and CannotWrite like `import_reading`.
        """
        from studygroup.core.importing import ImportedNotes

        found = self.study.find_reading(reading)
        shown = self.files.save_notes(path, found.slug, reader, replace)
        study = self.load()
        file = next((f for f in study.note_files if f.path == shown), None)
        if file is None:
            raise CannotImport("was taken in and cannot be read there", place=Place(shown))
        return ImportedNotes(found, file)

    def export(self, wanted: str, format: str, path: Path | None) -> tuple[Path, Exported]:
        """Write a session's write-up to `path`, by default beside its journal; return both.

        What people wrote into the file before is kept in it where the format is one that people
        edit, and else in an archive.
        Raises UsageError for an unknown session or format, StudyError for a template that cannot
        be used, CannotWrite.
        """
        session = self.sessions.find(wanted)
        target = path or self.files.path_of(f"sessions/{session.id}/write-up.{format}")
        return target, self._export(
            target, format, lambda old: self.exporter.export(format, session, self.study, old)
        )

    def write_up(self, wanted: str, format: str) -> Exported:
        """Return a session's write-up made anew, and write nothing. Raises as `export` does."""
        return self.exporter.export(format, self.sessions.find(wanted), self.study, "")

    def hand_out(self, wanted: str, format: str) -> Exported:
        """Return a reading's handout made anew, and write nothing. Raises as `handout` does."""
        return self.exporter.handout(format, self.study.find_reading(wanted), self.study, "")

    def handout(self, wanted: str, format: str, path: Path | None) -> tuple[Path, Exported]:
        """Write a reading's handout to `path`, by default into `handouts/`; return both.

        Raises UsageError for an unknown reading, and otherwise as `export` does.
        """
        reading = self.study.find_reading(wanted)
        target = path or self.files.path_of(f"handouts/{reading.slug}.{format}")
        return target, self._export(
            target, format, lambda old: self.exporter.handout(format, reading, self.study, old)
        )

    def _export(self, path: Path, format: str, make: Callable[[str], Exported]) -> Exported:
        from studygroup.core.export import EDITED_FORMATS

        if format not in EDITED_FORMATS:
            exported = make("")
            return replace(exported, replaced=self.files.write_file(path, exported.data))
        done: list[Exported] = []

        def change(old: str) -> str:
            done.append(make(old))
            return done[-1].text

        self.files.edit_file(path, change)
        return done[-1]

    def last_position(self) -> Position | None:
        """Return where this reader last stood, if that place still exists."""
        position = self.state.position()
        if position is None:
            return None
        reading = self.study.reading(position.reading)
        if reading is None or reading.section(position.section) is None:
            return None
        return position

    def remember_position(self, position: Position) -> None:
        """Keep a position for the next run."""
        self.state.remember(position)

    def _place(self, reading: str, section: str | None) -> tuple[Reading, Section | None]:
        found = self.study.find_reading(reading)
        return found, None if section is None else self.study.find_section(found, section)
