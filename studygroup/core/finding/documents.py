"""What of a study is searched: each heading, paragraph, prompt, note and entry is a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from zlib import crc32

from studygroup.core.finding.labels import Label
from studygroup.core.finding.search import Document, HitKind, Source
from studygroup.core.meeting.session import Entry, Session
from studygroup.core.note import Note, NoteFile
from studygroup.core.prompt import Prompt
from studygroup.core.reading import Reading, Section
from studygroup.core.study import Study

USUAL_SECTIONS = 8
MOST_SECTIONS = 24
"""About how many sections of a reading are one source, and how many at most."""
ENTRIES_TOGETHER = 100
"""So many entries of a session are one source: a new one leaves those before it as they are."""

_TAG = re.compile(r"(?:^|\s)#([^\W\d_][\w/-]*)")


class Sources:
    """Makes the sources of a study, and keeps those whose parts have not changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, Source]] = {}

    def of(self, study: Study, sessions: Iterable[Session] = ()) -> tuple[Source, ...]:
        """Return everything in `study` and its sessions that can be found, in the order of reading.

        Of sessions that is what stands in their minutes: struck entries are left out.
        """
        known, self._known = self._known, {}
        for key, parts, make in _made(study, sessions):
            before = known.get(key)
            if before is None or before[0] != parts:
                before = parts, Source(key, _digest(parts, make), make)
            self._known[key] = before
        return tuple(source for _, source in self._known.values())


def note_key(note: Note) -> str:
    """Return the key of the document that a note is."""
    return f"note:{note.id}"


def prompt_key(prompt: Prompt) -> str:
    """Return the key of the document that a prompt is."""
    return f"prompt:{prompt.reading}:{prompt.id}"


_Make = Callable[[], tuple[Document, ...]]


def _made(
    study: Study, sessions: Iterable[Session]
) -> Iterator[tuple[str, tuple[object, ...], _Make]]:
    """Yield each source's key, what it is made of, and how."""
    for text in study.readings:
        for start, end in _stretches(text):
            key = (
                f"reading:{text.slug}#{text.sections[start].id}"
                if start
                else f"reading:{text.slug}"
            )
            yield key, (text, start, end), partial(_of_reading, text, start, end)
    for slug, prompts in _by_reading(study.prompts).items():
        reading = study.reading(slug)
        yield f"prompts:{slug}", (reading, prompts), partial(_of_prompts, reading, prompts)
    for file in study.note_files:
        reading = study.reading(file.reading)
        yield f"notes:{file.path}", (reading, file), partial(_of_notes, reading, file)
    for session in sessions:
        for start in range(0, len(session.entries), ENTRIES_TOGETHER):
            entries = session.entries[start : start + ENTRIES_TOGETHER]
            slugs = {_slug(session, entry) for entry in entries}
            readings = {slug: study.reading(slug) for slug in sorted(slugs)}
            parts = (tuple(readings.values()), session.opened, entries)
            yield (
                f"session:{session.id}:{start}",
                parts,
                partial(_of_entries, readings, session, entries),
            )


def _by_reading(prompts: Iterable[Prompt]) -> dict[str, tuple[Prompt, ...]]:
    """Return the prompts of each reading; of two with one id the first is known."""
    found: dict[str, dict[str, Prompt]] = {}
    for prompt in prompts:
        found.setdefault(prompt.reading, {}).setdefault(prompt.id, prompt)
    return {slug: tuple(prompts.values()) for slug, prompts in found.items()}


def _stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a reading's sections that are a source each.

    What is edited in a long reading so costs what its stretch holds. Where one ends is told by the
    ids of sections, so that a new section leaves the stretches after its own as they are.
    """
    start = 0
    for number, section in enumerate(reading.sections):
        together = number - start
        if together and (
            together >= MOST_SECTIONS or crc32(section.id.encode()) % USUAL_SECTIONS == 0
        ):
            yield start, number
            start = number
    yield start, len(reading.sections)


def _digest(parts: tuple[object, ...], make: _Make) -> str:
    """Return the digest of a source. Of a reading it is told without making its documents."""
    total = blake2b(digest_size=16)
    match parts:
        case (Reading() as reading, int() as start, int() as end):
            about = (reading.slug, reading.kind, reading.title, reading.byline, reading.language)
            said = [*about, *reading.author, *reading.tags]
            for section in reading.sections[start:end]:
                said += (section.id, section.title, section.text)
            _update(total, said)
        case _:
            for document in make():
                scope = (document.kind, document.reading, document.by or "", document.language)
                labels = (f"{name}:{value}" for name, value in document.labels)
                _update(total, (*scope, document.title, document.body, *labels))
    return total.hexdigest()


def _update(total: blake2b, said: Iterable[str]) -> None:
    total.update("\0".join([*said, ""]).encode("utf-8", "surrogatepass"))


def _of_reading(reading: Reading, start: int, end: int) -> tuple[Document, ...]:
    """Return the documents of some of a reading's sections.

    A heading is a document of its own whose title is its words, so that they are found once and
    not with every paragraph below. A reading's stands before its first section, and is found by
    its author and year as well.
    """
    found = [] if start else [_of_title(reading)]
    for section in reading.sections[start:end]:
        if section.title != reading.title:
            found.append(
                _document(
                    f"heading:{reading.slug}#{section.id}",
                    "text",
                    reading,
                    section,
                    title=section.title,
                    at=(reading.path, section.line),
                    labels=_authors(reading, section),
                )
            )
        found += [
            _document(
                f"text:{reading.slug}#{section.id}:{paragraph.number}",
                "text",
                reading,
                section,
                body=paragraph.text,
                at=(reading.path, paragraph.line),
                paragraph=paragraph.number,
                labels=_authors(reading, section),
            )
            for paragraph in section.paragraphs
        ]
    return tuple(found)


def _of_title(reading: Reading) -> Document:
    return _document(
        f"reading:{reading.slug}",
        "text",
        reading,
        None,
        title=reading.title,
        body=reading.byline,
        at=(reading.path, 1),
        labels=_authors(reading),
    )


def _of_prompts(reading: Reading | None, prompts: Iterable[Prompt]) -> tuple[Document, ...]:
    return tuple(
        _document(
            prompt_key(prompt),
            "prompt",
            reading or prompt.reading,
            _section(reading, prompt.section),
            body="\n".join((prompt.ask, *prompt.follow_ups)),
            at=(prompt.place.path, prompt.place.line or 1),
            by=prompt.by,
            labels=(("kind", prompt.kind),),
        )
        for prompt in prompts
    )


def _of_notes(reading: Reading | None, file: NoteFile) -> tuple[Document, ...]:
    return tuple(
        _document(
            note_key(note),
            "note",
            reading or note.reading,
            _section(reading, note.section),
            title=note.title,
            body=note.text,
            at=(note.place.path, note.place.line or 1),
            paragraph=note.paragraph,
            by=note.reader,
            labels=(("type", note.kind), *(("tag", tag) for tag in _TAG.findall(note.text))),
        )
        for note in file.notes
    )


def _of_entries(
    readings: dict[str, Reading | None], session: Session, entries: Iterable[Entry]
) -> tuple[Document, ...]:
    """Return what stands in a session's minutes: struck entries are left out."""
    found = []
    for entry in entries:
        if entry.struck:
            continue
        slug = _slug(session, entry)
        reading, by = readings[slug], entry.by or entry.owner or None
        said: tuple[Label, ...] = (("said", entry.by),) if entry.by else ()
        on: tuple[Label, ...] = (("on", entry.at.date().isoformat()), ("type", entry.kind))
        found.append(
            _document(
                f"minutes:{session.id}/{entry.key}",
                "minutes",
                reading or slug,
                _section(reading, entry.spot.section),
                body=entry.text,
                at=(f"sessions/{session.id}/{entry.recorder}.jsonl", entry.seq),
                by=by,
                session=session.id,
                labels=(*said, *on),
            )
        )
    return tuple(found)


def _slug(session: Session, entry: Entry) -> str:
    return entry.spot.reading or next(iter(session.readings), "")


def _section(reading: Reading | None, section_id: str | None) -> Section | None:
    return None if reading is None or not section_id else reading.section(section_id)


def _authors(reading: Reading, section: Section | None = None) -> tuple[Label, ...]:
    """Return who wrote it. In a thread a section is a comment, and its heading says whose."""
    if reading.kind == "thread" and section is not None and section.title != reading.title:
        return (("by", section.title),)
    return tuple(("by", author) for author in reading.author)


def _document(
    key: str,
    kind: HitKind,
    reading: Reading | str,
    section: Section | None,
    *,
    at: tuple[str, int],
    body: str = "",
    title: str = "",
    paragraph: int | None = None,
    by: str | None = None,
    session: str | None = None,
    labels: tuple[Label, ...] = (),
) -> Document:
    """Return a document, with the labels that every document has beside its own.

    Of a reading that is not in the study, the slug is known.
    """
    known = reading if isinstance(reading, Reading) else None
    slug = known.slug if known else str(reading)
    reading_title = known.title if known else slug
    path, line = at
    places: list[Label] = [("in", kind), ("reading", slug), ("reading", reading_title)]
    if section is not None:
        places += [("section", section.id), ("section", section.title)]
    if by:
        places.append(("by", by))
    if known is not None:
        places += [("tag", tag) for tag in known.tags]
    return Document(
        key=key,
        kind=kind,
        reading=slug,
        section=section.id if section else "",
        section_title=section.title if section else reading_title,
        body=body,
        path=path,
        line=line,
        paragraph=paragraph,
        by=by,
        title=title,
        session=session,
        language=known.language if known else "en",
        labels=(*places, *labels),
    )
