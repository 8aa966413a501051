"""A session's events, how values stand in them, and the port to the journals that keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args

from studygroup.core.anchoring.quotation import Anchor
from studygroup.core.errors import UsageError
from studygroup.core.meeting.session import AgendaItem, AgendaKind, Cited, EntryKind, Spot
from studygroup.core.problem import Problem
from studygroup.core.text import clean

FORMAT_VERSION = 1
"""What `opened` carries. A later version may add events and fields; none changes its meaning."""

EventName = Literal[
    "opened",
    "joined",
    "left",
    "took_up",
    "settled",
    "rearranged",
    "said",
    "quoted",
    "decided",
    "asked",
    "answered",
    "action",
    "topic",
    "marked",
    "floor",
    "amended",
    "struck",
    "paused",
    "resumed",
    "closed",
]
EVENT_NAMES: tuple[EventName, ...] = get_args(EventName)

ENTRY_EVENTS: Mapping[str, EntryKind] = {
    "said": "remark",
    "quoted": "quotation",
    "decided": "decision",
    "asked": "question",
    "answered": "answer",
    "action": "action",
    "topic": "topic",
}
"""The events that record an entry, and its kind."""

DISCUSSED, OPEN = NOTE_STATES = ("discussed", "open")
"""What `marked` says of a reader's note: it was discussed, or it is open after all."""

Fields = Mapping[str, object]
"""An event's own fields: JSON values."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a journal. `name` may be one that this version does not know; `at` has a zone."""

    seq: int
    at: datetime
    name: str
    fields: Fields
    recorder: str


Journals = Mapping[str, list[Event]]
"""The events of each recorder of a session, in the order of the recorder's file."""


class JournalWriter(Protocol):
    """One recorder's own journal of one session, held for writing until it is closed."""

    @property
    def recorder(self) -> str:
        """Whose journal it is."""
        ...

    def append(self, at: datetime, name: EventName, fields: Fields) -> Event:
        """Write one event, and return it as it will be read: it is on disk.

        Raises CannotWrite.
        """
        ...

    def close(self) -> None:
        """Let others record under this name."""
        ...


class JournalReader(Protocol):
    """One who reads the journals of a session again and again, and remembers what was read."""

    def read(self) -> tuple[Journals, tuple[Problem, ...]]:
        """Return the journals, and the lines of them that could not be read.

        What was there before is handed out again: the same events.
        Raises StudyError where a file cannot be read.
        """
        ...


class JournalStore(Protocol):
    """The port to the journals of a study."""

    def sessions(self) -> tuple[str, ...]:
        """Return the ids of all sessions that have a journal, in order. Raises StudyError."""
        ...

    def problems(self) -> tuple[Problem, ...]:
        """Return what lies among the sessions and is not read as one. Raises StudyError."""
        ...

    def stamp(self, session: str) -> object:
        """Return a value that changes whenever somebody adds to a session's journals.

        It is false where there are none. Raises StudyError where the files cannot be looked at.
        """
        ...

    def follow(self, session: str) -> JournalReader:
        """Return a reader of a session's journals. Raises UsageError for an unknown session."""
        ...

    def create(self, wanted: str) -> str:
        """Make room for a new session and return its id: `wanted`, or with `-2`, `-3` … added."""
        ...

    def open(self, session: str, recorder: str) -> JournalWriter:
        """Hold a recorder's journal for writing; a recorder that died is no hindrance.

        Raises UsageError where the same recorder already records this session on this machine,
        StudyError where what it wrote before cannot be read.
        """
        ...


def find_session(sessions: Iterable[str], wanted: str) -> str:
    """Return the id meant by an id or by a beginning that only it has.

    Raises UsageError for none or several.
    """
    ids = list(sessions)
    if wanted in ids:
        return wanted
    found = [s for s in ids if s.startswith(wanted)] if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"several sessions begin with “{wanted}”: {', '.join(found)}")
    raise UsageError(f"no session “{wanted}”", hint="See: studygroup session list")


def read_spot(fields: Fields) -> Spot:
    """Return the spot that an event's fields name; what is absent is ""."""
    return Spot(
        text_field(fields, "reading"),
        text_field(fields, "section"),
        text_field(fields, "prompt"),
        text_field(fields, "topic"),
        text_field(fields, "question"),
    )


def spot_fields(spot: Spot) -> dict[str, object]:
    """Return a spot as fields of an event: the reading always, the rest where it is set."""
    fields: dict[str, object] = {"reading": spot.reading}
    given = {"section": spot.section, "prompt": spot.prompt, "topic": spot.topic}
    given["question"] = spot.question
    return fields | {k: v for k, v in given.items() if v}


def read_cited(fields: Fields) -> Cited | None:
    """Return the judgement in a `quoted` event's fields, None where there is none."""
    verdict = text_field(fields, "verdict")
    if not verdict:
        return None
    target = fields.get("target")
    similarity = fields.get("similarity")
    return Cited(
        verdict=verdict,
        similarity=float(similarity) if isinstance(similarity, int | float) else 0.0,
        citation=text_field(fields, "citation"),
        anchor=_read_anchor(target) if isinstance(target, Mapping) else None,
    )


def _read_anchor(fields: Fields) -> Anchor | None:
    reading = text_field(fields, "reading")
    if not reading:
        return None
    return Anchor(
        reading=reading,
        section=text_field(fields, "section"),
        paragraph=whole_field(fields, "paragraph") or 1,
        start=whole_field(fields, "start") or 0,
        end=whole_field(fields, "end") or 0,
        words=text_field(fields, "words"),
        prefix=text_field(fields, "prefix"),
        suffix=text_field(fields, "suffix"),
    )


def cited_fields(cited: Cited) -> dict[str, object]:
    """Return a judgement as fields of a `quoted` event."""
    fields: dict[str, object] = {
        "verdict": cited.verdict,
        "similarity": round(cited.similarity, 3),
        "citation": cited.citation,
    }
    return fields if cited.anchor is None else {**fields, "target": asdict(cited.anchor)}


def agenda_fields(item: AgendaItem) -> dict[str, object]:
    """Return one line of the agenda as it stands in `opened` and `rearranged`."""
    given: dict[str, object] = {
        "minutes": item.minutes,
        "carried_from": item.carried_from,
        "of": item.of,
    }
    named: dict[str, object] = {"kind": item.kind, "title": item.title}
    return named | spot_fields(item.spot) | {k: v for k, v in given.items() if v}


_AGENDA_KINDS: tuple[AgendaKind, ...] = get_args(AgendaKind)


def read_agenda_item(fields: Fields) -> AgendaItem:
    """Return the line of the agenda that such fields describe."""
    named = text_field(fields, "kind")
    kind: AgendaKind = next((k for k in _AGENDA_KINDS if k == named), "topic")
    return AgendaItem(
        kind,
        text_field(fields, "title"),
        read_spot(fields),
        whole_field(fields, "minutes"),
        text_field(fields, "carried_from"),
        text_field(fields, "of"),
    )


def read_agenda(fields: Fields, name: str = "agenda") -> list[AgendaItem]:
    """Return the lines of an agenda in an event's fields; what is none is passed over."""
    return [read_agenda_item(i) for i in list_field(fields, name) if isinstance(i, Mapping)]


def text_field(fields: Fields, name: str) -> str:
    """Return a text field, safe to show; "" where it is absent or no text."""
    value = fields.get(name)
    return clean(value) if isinstance(value, str) else ""


def whole_field(fields: Fields, name: str) -> int | None:
    """Return a whole number, None where it is absent or none."""
    value = fields.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def texts_field(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the texts in a list, safe to show; none where it is absent."""
    return tuple(clean(item) for item in list_field(fields, name) if isinstance(item, str))


def list_field(fields: Fields, name: str) -> list[object]:
    """Return a list, an empty one where it is absent or none."""
    value = fields.get(name)
    return value if isinstance(value, list) else []
