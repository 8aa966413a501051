"""JSON-LD: a session's entries and its readers' notes as a W3C Web Annotation collection.

After the Web Annotation Data Model (W3C Recommendation, 23 February 2017). Positions count the
characters of a reading's plain text: its sections without their headings, joined by a blank line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from studygroup.core.anchoring.quotation import Anchor
from studygroup.core.export import Exported
from studygroup.core.meeting.session import Entry, EntryKind, Session, Spot
from studygroup.core.note import Note
from studygroup.core.reading import PARAGRAPH_GAP, Reading
from studygroup.core.study import Study
from studygroup.core.text import clean
from studygroup.export.flow import safe_link
from studygroup.export.names import person

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_ENTRY_MOTIVATIONS: dict[EntryKind, str] = {
    "remark": "commenting",
    "quotation": "highlighting",
    "decision": "commenting",
    "question": "questioning",
    "answer": "replying",
}
"""Why an entry was made, in the words of the model; topics and actions annotate nothing."""
_NOTE_MOTIVATIONS = {
    "criticism": "assessing",
    "question": "questioning",
    "summary": "describing",
    "abstract": "describing",
    "info": "describing",
}
"""Why a note of a kind was written; notes of every other kind comment."""

_Json = dict[str, object]


def collection(session: Session, study: Study) -> Exported:
    """Return the collection of what was said at a session and noted on its readings."""
    items = [*_entries(session, study), *_notes(session, study)]
    made: _Json = {
        "@context": CONTEXT,
        "id": f"{_session_iri(session.id)}:annotations",
        "type": "AnnotationCollection",
        "label": clean(session.title),
        "creator": [_agent(name) for name in session.recorders],
        "total": len(items),
    }
    if items:
        made["first"] = {
            "id": f"{_session_iri(session.id)}:annotations:1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        }
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    return Exported(text.encode("utf-8", "replace"))


def plain_text(reading: Reading) -> str:
    """Return the text of a reading that positions count in."""
    return PARAGRAPH_GAP.join(section.text for section in reading.sections)


def _entries(session: Session, study: Study) -> Iterator[_Json]:
    for entry in session.standing:
        motivation = _ENTRY_MOTIVATIONS.get(entry.kind)
        if motivation is None:
            continue
        iri = _entry_iri(session.id, entry.key)
        annotation = _annotation(iri, motivation, entry.by)
        annotation["created"] = _utc(entry.at)
        if entry.amended is not None:
            annotation["modified"] = _utc(entry.amended)
        if not _is_its_target(entry):
            purpose = "describing" if entry.kind == "quotation" else motivation
            annotation["body"] = _body(entry.text, purpose)
        yield annotation | {"target": _entry_target(session, study, entry)}


def _is_its_target(entry: Entry) -> bool:
    """Whether the words of an entry are those of the passage that it points to."""
    cited = entry.cited if entry.kind == "quotation" else None
    return cited is not None and cited.verdict == "exact" and cited.anchor is not None


def _entry_target(session: Session, study: Study, entry: Entry) -> object:
    if entry.kind == "answer" and entry.answers:
        return _entry_iri(session.id, entry.answers)
    anchor = None if entry.cited is None else entry.cited.anchor
    return _place(session, study, entry.spot) if anchor is None else _passage(study, anchor)


def _notes(session: Session, study: Study) -> Iterator[_Json]:
    for note in study.notes:
        if note.reading not in session.readings:
            continue
        motivation = _NOTE_MOTIVATIONS.get(note.kind, "commenting")
        iri = f"urn:studygroup:note:{quote(note.id, safe='')}"
        text = f"{note.title}\n\n{note.text}" if note.title else note.text
        bodies = [_body(text, motivation), _body(note.kind, "tagging")]
        targets = _note_targets(session, study, note)
        yield _annotation(iri, motivation, note.reader) | {
            "body": bodies,
            "target": targets[0] if len(targets) == 1 else targets,
        }


def _note_targets(session: Session, study: Study, note: Note) -> Sequence[object]:
    """Return what a note is about: the passages it names or quotes, else its whole section."""
    matches = [q.match for q in study.quotations_in(note)]
    if note.cue:
        matches.insert(0, study.locate(note.cue, note.reading, note.section))
    anchors = dict.fromkeys(m.anchor for m in matches if m.anchor is not None)
    passages = [_passage(study, a) for a in anchors]
    return passages or [_place(session, study, Spot(note.reading, note.section or ""))]


def _annotation(iri: str, motivation: str, by: str) -> _Json:
    made: _Json = {"@context": CONTEXT, "id": iri, "type": "Annotation", "motivation": motivation}
    return made | ({"creator": _agent(by)} if by else {})


def _body(text: str, purpose: str) -> _Json:
    return {
        "type": "TextualBody",
        "value": clean(text),
        "format": "text/plain",
        "purpose": purpose,
    }


def _agent(name: str) -> _Json:
    iri = f"urn:studygroup:reader:{quote(name, safe='')}"
    return {"id": iri, "type": "Person", "name": clean(person(name)), "nickname": clean(name)}


def _place(session: Session, study: Study, spot: Spot) -> object:
    """Return a section as a target; the reading or the session where there is none."""
    reading = study.reading(spot.reading)
    if reading is None:
        return _session_iri(session.id)
    start = _start_of(reading, spot.section)
    section = reading.section(spot.section)
    if start is None or section is None or not section.text:
        return _reading_iri(reading)
    return _resource(reading, _position(start, start + len(section.text)))


def _passage(study: Study, anchor: Anchor) -> object:
    """Return a passage as a target: by its words, and by its position while they stand there."""
    by_words = {
        "type": "TextQuoteSelector",
        "exact": anchor.words,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }
    reading = study.reading(anchor.reading)
    if reading is None:
        source = _slug_iri(anchor.reading)
        return {"type": "SpecificResource", "source": source, "selector": by_words}
    start = _start_of(reading, anchor.section)
    section = reading.section(anchor.section)
    moved = section is None or section.text[anchor.start : anchor.end] != anchor.words
    if start is None or moved:
        return _resource(reading, by_words)
    return _resource(reading, [by_words, _position(start + anchor.start, start + anchor.end)])


def _resource(reading: Reading, selector: object) -> _Json:
    return {"type": "SpecificResource", "source": _reading_iri(reading), "selector": selector}


def _position(start: int, end: int) -> _Json:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def _start_of(reading: Reading, section_id: str) -> int | None:
    start = 0
    for section in reading.sections:
        if section.id == section_id:
            return start
        start += len(section.text) + len(PARAGRAPH_GAP)
    return None


def _reading_iri(reading: Reading) -> str:
    """Return where the text comes from. A guide's words stand nowhere but in the study."""
    source = safe_link(reading.source or "") if reading.kind != "guide" else ""
    return source if source.startswith("http") else _slug_iri(reading.slug)


def _slug_iri(slug: str) -> str:
    return f"urn:studygroup:reading:{quote(slug, safe='')}"


def _session_iri(session: str) -> str:
    return f"urn:studygroup:session:{quote(session, safe='')}"


def _entry_iri(session: str, key: str) -> str:
    """Return an entry's name; the key of another session's begins with that session."""
    other, _, own = key.rpartition("/")
    return f"{_session_iri(other or session)}:{quote(own, safe='').replace('%23', ':')}"


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
