"""Replay: the events of all recorders of a session, merged by time, become the session."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import replace
from datetime import datetime
from operator import itemgetter

from studygroup.core.meeting.journal import (
    DISCUSSED,
    ENTRY_EVENTS,
    NOTE_STATES,
    Event,
    read_agenda,
    read_cited,
    read_spot,
    text_field,
    texts_field,
    whole_field,
)
from studygroup.core.meeting.session import (
    SETTLEMENTS,
    AgendaItem,
    Entry,
    EntryKind,
    NoteMark,
    Question,
    Session,
    Settlement,
    Spot,
)
from studygroup.core.text import fold

Place = tuple[datetime, str, int]
"""Where an event stands among all: its time, its recorder, its place in the recorder's journal.

A clock that was set back does not reorder a recorder's own events: the time is the latest so far.
"""
Placed = tuple[Place, Event]


def merge(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events of several recorders by time, each recorder's own in the order of `seq`.

    An event that stands twice (written again after a failed sync) comes once.
    """
    return (event for _, event in merge_placed(events))


def merge_placed(events: Iterable[Event]) -> Iterator[Placed]:
    """Yield what `merge` does, each with its place, by which they are in order."""
    by_recorder: dict[str, list[Event]] = {}
    for event in events:
        by_recorder.setdefault(event.recorder, []).append(event)
    return heapq.merge(*map(_in_order, by_recorder.values()), key=itemgetter(0))


def _in_order(events: list[Event]) -> Iterator[Placed]:
    latest: datetime | None = None
    previous: Event | None = None
    for position, event in enumerate(sorted(events, key=lambda e: e.seq)):
        if previous is not None and (event.seq, event.name, event.fields) == (
            previous.seq,
            previous.name,
            previous.fields,
        ):
            continue
        previous = event
        latest = event.at if latest is None else max(latest, event.at)
        yield (latest, event.recorder, position), event


def replay(session: str, events: Iterable[Event]) -> Session:
    """Return the session that the events of all its recorders, in any order, tell of."""
    telling = Replay(session)
    for event in merge(events):
        telling.add(event)
    return telling.session()


class Replay:
    """A session in the making: events are added in the order of `merge`, at constant cost each.

    Unknown events are passed over. A reference to an entry that has not come yet (another
    recorder's clock may be ahead) is kept until it comes.
    """

    def __init__(self, session: str) -> None:
        self._id = session
        self._head = Session(id=session, title=session)
        self._entries: list[Entry] = []
        self._position: dict[str, int] = {}
        self._questions: set[int] = set()  # where questions and answers stand among the entries
        self._open: tuple[Question, ...] | None = None  # the questions left open, until they change
        self._waiting: dict[str, tuple[Event, ...]] = {}
        self._agenda: list[AgendaItem] = []
        self._attendance: dict[str, bool] = {}
        self._recorders: dict[str, None] = {}
        self._taken_up: dict[Spot, None] = {}
        self._visits: list[tuple[Spot, datetime]] = []
        self._settled: dict[tuple[str, str], Settlement] = {}
        self._marked: dict[str, NoteMark] = {}
        self._queue: list[str] = []
        self._floor_seconds: dict[str, float] = {}
        self._floor_given: list[tuple[int, str]] = []
        self._between = 0  # how many entries in a row were by others than who has the floor
        self._place_seconds: dict[Spot, float] = {}
        self._spot_seconds: dict[Spot, float] = {}
        self._on: dict[str, Callable[[Event], None]] = {
            "opened": self._opened,
            "joined": self._joined,
            "left": self._left,
            "took_up": self._took_up,
            "settled": self._settle,
            "rearranged": self._rearrange,
            "marked": self._mark,
            "floor": self._floor,
            "amended": self._refer,
            "struck": self._refer,
            "paused": self._paused,
            "resumed": self._resumed,
            "closed": self._closed,
        } | dict.fromkeys(ENTRY_EVENTS, self._entry)

    def add(self, event: Event) -> None:
        """Take the next event in."""
        handler = self._on.get(event.name)
        if handler is None:
            return
        self._pass_time(event)
        self._recorders.setdefault(event.recorder)
        handler(event)

    def copy(self) -> Replay:
        """Return a replay of the same events that goes on by itself."""
        twin = Replay(self._id)
        # All that changes is a value that doesn't, or a collection of such: one level is enough.
        changing = {name: copy(value) for name, value in vars(self).items() if name != "_on"}
        vars(twin).update(changing)
        return twin

    def session(self) -> Session:
        """Return the session as it stands after the events so far."""
        if self._open is None:
            self._open = tuple(self._open_questions())
        return replace(
            self._head,
            attendance=tuple(self._attendance),
            present=tuple(name for name, here in self._attendance.items() if here),
            recorders=tuple(self._recorders),
            agenda=tuple(self._agenda),
            entries=tuple(self._entries),
            open_questions=self._open,
            taken_up=tuple(self._taken_up),
            visits=tuple(self._visits),
            settled=dict(self._settled),
            marked=dict(self._marked),
            queue=tuple(self._queue),
            floor_seconds=dict(self._floor_seconds),
            floor_given=tuple(self._floor_given),
            place_seconds=dict(self._place_seconds),
            spot_seconds=dict(self._spot_seconds),
        )

    def _pass_time(self, event: Event) -> None:
        head = self._head
        seconds = 0.0
        # A session resumed without having been paused was cut off: nobody knows for how long it
        # went on, so the gap is not counted.
        if head.running and head.last_at is not None and event.name != "resumed":
            seconds = max(0.0, (event.at - head.last_at).total_seconds())
        if seconds:
            place = head.spot.place
            self._place_seconds[place] = self._place_seconds.get(place, 0.0) + seconds
            self._spot_seconds[head.spot] = self._spot_seconds.get(head.spot, 0.0) + seconds
            if head.speaker:
                self._floor_seconds[head.speaker] = (
                    self._floor_seconds.get(head.speaker, 0.0) + seconds
                )
        # Also where the clock was set back: what follows is told by the clock as it is now.
        self._head = replace(head, clocked=head.clocked + seconds, last_at=event.at)

    def _open_questions(self) -> Iterator[Question]:
        entries = [self._entries[n] for n in sorted(self._questions)]
        answered = {e.answers for e in entries if e.answers and not e.struck}
        for item in self._agenda:
            if item.of and item.of not in answered:
                yield Question(item.of, item.title, spot=item.spot, session=item.carried_from)
        for e in entries:
            if e.kind == "question" and not e.struck and e.key not in answered:
                yield Question(e.key, e.text, e.by, e.spot)

    def _opened(self, event: Event) -> None:
        if self._head.opened is not None:
            return
        fields = event.fields
        self._head = replace(
            self._head,
            title=text_field(fields, "title") or self._id,
            readings=texts_field(fields, "readings"),
            readers=texts_field(fields, "readers"),
            planned=whole_field(fields, "minutes") or 0,
            opened=event.at,
        )
        self._agenda[:0] = read_agenda(fields)
        self._open = None

    def _joined(self, event: Event) -> None:
        name = self._known(text_field(event.fields, "reader"))
        if name:
            self._attendance[name] = True

    def _left(self, event: Event) -> None:
        name = self._known(text_field(event.fields, "reader"))
        if name in self._attendance:
            self._attendance[name] = False
        if name in self._queue:
            self._queue.remove(name)
        floor = "" if name == self._head.floor else self._head.floor
        speaker = "" if name == self._head.speaker else self._head.speaker
        self._head = replace(self._head, floor=floor, speaker=speaker)

    def _took_up(self, event: Event) -> None:
        spot = read_spot(event.fields)
        self._head = replace(self._head, spot=spot)
        self._taken_up.setdefault(spot)
        self._visits.append((spot, event.at))

    def _settle(self, event: Event) -> None:
        how = text_field(event.fields, "how")
        key = (text_field(event.fields, "reading"), text_field(event.fields, "prompt"))
        for known in SETTLEMENTS:
            if known == how:
                self._settled[key] = known

    def _rearrange(self, event: Event) -> None:
        """Put the agenda in the order told; a line that this recorder did not know of stays."""
        given = {_line(item): item for item in read_agenda(event.fields)}
        told = {*given, *map(_line, read_agenda(event.fields, "dropped"))}
        others = [item for item in self._agenda if _line(item) not in told]
        self._agenda = [*given.values(), *others]
        self._open = None

    def _mark(self, event: Event) -> None:
        note, how = text_field(event.fields, "note"), text_field(event.fields, "how")
        if note and how in NOTE_STATES:
            place = read_spot(event.fields)
            self._marked[note] = NoteMark(
                note, event.at, how == DISCUSSED, place.reading, place.section
            )

    def _floor(self, event: Event) -> None:
        reader = self._known(text_field(event.fields, "reader"))
        action = text_field(event.fields, "action")
        if action == "next":
            floor = self._queue.pop(0) if self._queue else ""
            self._head = replace(self._head, floor=floor, speaker=floor or self._head.speaker)
            self._between = 0
            if floor:
                self._floor_given.append((len(self._entries), floor))
        elif action == "join" and reader:
            self._attendance[reader] = True
            if reader not in (*self._queue, self._head.floor):
                self._queue.append(reader)
        elif action == "leave":
            if reader in self._queue:
                self._queue.remove(reader)
            elif reader == self._head.floor:
                self._head = replace(self._head, floor="")

    def _entry(self, event: Event) -> None:
        entry = self._made(event, ENTRY_EVENTS[event.name])
        self._position[entry.key] = len(self._entries)
        self._entries.append(entry)
        self._note_question(len(self._entries) - 1)
        if entry.kind == "topic":
            self._agenda.append(AgendaItem("topic", entry.text, Spot(topic=entry.text)))
        if entry.by:
            self._attendance.setdefault(entry.by, True)
            self._between = 0 if entry.by == self._head.floor else self._between + 1
            if self._between and (not self._queue or self._between > 1):
                # Others talk again: `next` was not said, but it is nobody's floor any more.
                self._head = replace(self._head, floor="")
            if not self._head.floor:
                # Nobody was given the floor, so whoever speaks has it and waits no longer.
                self._head = replace(self._head, speaker=entry.by)
                if entry.by in self._queue:
                    self._queue.remove(entry.by)
        elif entry.kind == "remark" and not self._head.floor:
            # Somebody unknown speaks: what follows is not by whoever spoke before.
            self._head = replace(self._head, speaker="")
        for later in self._waiting.pop(entry.key, ()):
            self._refer(later)

    def _refer(self, event: Event) -> None:
        key = text_field(event.fields, "of")
        position = self._position.get(key)
        if position is None:
            self._waiting[key] = (*self._waiting.get(key, ()), event)
            return
        entry = self._entries[position]
        if event.name == "struck":
            changed = replace(entry, struck=True)
        else:
            kind = ENTRY_EVENTS.get(text_field(event.fields, "as"), entry.kind)
            new = self._made(event, kind)
            changed = replace(
                new,
                recorder=entry.recorder,
                seq=entry.seq,
                at=entry.at,
                note=entry.note,
                struck=entry.struck,
                amended=event.at,
            )
        self._entries[position] = changed
        if event.name == "amended" and changed.by and self._spoke_last(position):
            self._head = replace(self._head, speaker=changed.by)
        self._note_question(position)
        if entry.kind == "topic":
            self._retopic(entry, changed)

    def _spoke_last(self, position: int) -> bool:
        """Tell whether nobody has been named, or given the floor, since the entry at a position."""
        return not self._head.floor and not any(
            e.by or e.kind == "remark" for e in self._entries[position + 1 :]
        )

    def _note_question(self, position: int) -> None:
        if self._entries[position].kind in ("question", "answer"):
            self._questions.add(position)
        if position in self._questions:
            self._open = None

    def _retopic(self, before: Entry, after: Entry) -> None:
        """Keep the agenda's line for a topic in step with its entry."""
        line = ("topic", Spot(topic=before.text))
        position = next((n for n, i in enumerate(self._agenda) if _line(i) == line), None)
        if position is None:
            return
        if after.struck or after.kind != "topic":
            del self._agenda[position]
        else:
            spot = Spot(topic=after.text)
            self._agenda[position] = replace(self._agenda[position], title=after.text, spot=spot)

    def _paused(self, _event: Event) -> None:
        self._head = replace(self._head, paused=True)

    def _resumed(self, _event: Event) -> None:
        self._head = replace(self._head, paused=False, closed=None)

    def _closed(self, event: Event) -> None:
        if self._head.closed is None:
            self._head = replace(self._head, closed=event.at, floor="")
            self._queue.clear()

    def _known(self, name: str) -> str:
        """Return the name under which a reader is already there, or `name` itself."""
        folded = fold(name)
        known = (*self._attendance, *self._head.readers)
        return next((k for k in known if fold(k) == folded), name)

    def _made(self, event: Event, kind: EntryKind) -> Entry:
        fields = event.fields
        return Entry(
            recorder=event.recorder,
            seq=event.seq,
            at=event.at,
            kind=kind,
            text=text_field(fields, "text"),
            by=self._known(text_field(fields, "by")),
            spot=read_spot(fields) if "reading" in fields else self._head.spot,
            cited=read_cited(fields) if kind == "quotation" else None,
            owner=self._known(text_field(fields, "owner")),
            due=text_field(fields, "due"),
            due_on=text_field(fields, "due_on"),
            answers=text_field(fields, "of") if kind == "answer" else "",
            note=text_field(fields, "note"),
        )


def _line(item: AgendaItem) -> tuple[str, Spot]:
    """Return what tells a line of the agenda from the others, whatever its minutes."""
    return item.kind, item.spot
