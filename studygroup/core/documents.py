"""What of a study is searched: each heading, paragraph, prompt, note and entry is a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from studygroup.core.note import Note
from studygroup.core.prompt import Prompt
from studygroup.core.reading import Reading, Section
from studygroup.core.search import Document, HitKind
from studygroup.core.session import Entry, Session
from studygroup.core.study import Study


def documents(study: Study, sessions: Iterable[Session] = ()) -> Iterator[Document]:
    """Yield everything in `study` and its sessions that can be found, in the order of reading.

    Of sessions that is what stands in their minutes: struck entries are left out. A heading is a
    document of its own whose title is its words, so that they are found once and not with every
    paragraph below. A reading's is found by its author and year as well.
    """
    for reading in study.readings:
        yield _reading(reading)
        for section in reading.sections:
            if section.title != reading.title:
                yield _heading(reading, section)
            yield from _paragraphs(reading, section)
    seen: set[tuple[str, str]] = set()
    for prompt in study.prompts:
        if (prompt.reading, prompt.id) not in seen:  # of two with one id, the first is known
            seen.add((prompt.reading, prompt.id))
            yield _prompt(study, prompt)
    for note in study.notes:
        yield _note(study, note)
    for session in sessions:
        for entry in session.standing:
            yield _entry(study, session, entry)


def note_key(note: Note) -> str:
    """Return the key of the document that a note is."""
    return f"note:{note.id}"


def prompt_key(prompt: Prompt) -> str:
    """Return the key of the document that a prompt is."""
    return f"prompt:{prompt.reading}:{prompt.id}"


def _reading(reading: Reading) -> Document:
    return _document(
        key=f"reading:{reading.slug}",
        kind="text",
        place=(reading.slug, "", reading.title),
        title=reading.title,
        body=reading.byline,
        at=(reading.path, 1),
    )


def _heading(reading: Reading, section: Section) -> Document:
    return _document(
        key=f"heading:{reading.slug}#{section.id}",
        kind="text",
        place=(reading.slug, section.id, section.title),
        title=section.title,
        body="",
        at=(reading.path, section.line),
    )


def _paragraphs(reading: Reading, section: Section) -> Iterator[Document]:
    for paragraph in section.paragraphs:
        yield _document(
            key=f"text:{reading.slug}#{section.id}:{paragraph.number}",
            kind="text",
            place=(reading.slug, section.id, section.title),
            body=paragraph.text,
            at=(reading.path, paragraph.line),
            paragraph=paragraph.number,
        )


def _prompt(study: Study, prompt: Prompt) -> Document:
    return _document(
        key=prompt_key(prompt),
        kind="prompt",
        place=_place(study, prompt.reading, prompt.section),
        body="\n".join((prompt.ask, *prompt.follow_ups)),
        at=(prompt.place.path, prompt.place.line or 1),
        by=prompt.by,
    )


def _note(study: Study, note: Note) -> Document:
    return _document(
        key=note_key(note),
        kind="note",
        place=_place(study, note.reading, note.section),
        title=note.title,
        body=note.text,
        at=(note.place.path, note.place.line or 1),
        paragraph=note.paragraph,
        by=note.reader,
    )


def _entry(study: Study, session: Session, entry: Entry) -> Document:
    slug = entry.spot.reading or next(iter(session.readings), "")
    return _document(
        key=f"minutes:{session.id}/{entry.key}",
        kind="minutes",
        place=_place(study, slug, entry.spot.section),
        body=entry.text,
        at=(f"sessions/{session.id}/{entry.recorder}.jsonl", entry.seq),
        by=entry.by or entry.owner or None,
        session=session.id,
    )


def _place(study: Study, slug: str, section_id: str | None) -> tuple[str, str, str]:
    """Return where something hangs: reading, section id or "", and the title of either."""
    reading = study.reading(slug)
    if reading is None:
        return slug, section_id or "", slug
    section = reading.section(section_id) if section_id else None
    return (slug, section.id, section.title) if section else (slug, "", reading.title)


def _document(
    *,
    key: str,
    kind: HitKind,
    place: tuple[str, str, str],
    body: str,
    at: tuple[str, int],
    title: str = "",
    paragraph: int | None = None,
    by: str | None = None,
    session: str | None = None,
) -> Document:
    reading, section, section_title = place
    path, line = at
    digest = blake2b(f"{title}\0{body}".encode("utf-8", "surrogatepass"), digest_size=12)
    return Document(
        key=key,
        kind=kind,
        reading=reading,
        section=section,
        section_title=section_title,
        body=body,
        digest=digest.hexdigest(),
        path=path,
        line=line,
        paragraph=paragraph,
        by=by,
        title=title,
        session=session,
    )
