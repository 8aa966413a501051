"""A session's values: its agenda, entries, questions and actions, and where it stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, get_args

from studygroup.core.anchoring.quotation import Anchor

EntryKind = Literal["remark", "quotation", "decision", "question", "answer", "action", "topic"]

AgendaKind = Literal["section", "prompt", "question", "topic"]

Settlement = Literal["discussed", "deferred", "skipped"]
SETTLEMENTS: tuple[Settlement, ...] = get_args(Settlement)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a session stands: a reading's slug, ids of a section and a prompt, or a topic's words.

    `question` is the key of a question that an earlier session left open and this one takes up.
    Each is "" where it does not apply; the empty spot is the talk before anything was taken up.
    """

    reading: str = ""
    section: str = ""
    prompt: str = ""
    topic: str = ""
    question: str = ""

    @property
    def place(self) -> Spot:
        """The same spot without prompt and question: what time and entries are gathered under."""
        return Spot(self.reading, self.section, "", self.topic)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of the agenda, with its timebox in whole minutes.

    A section's minutes include those of its prompts. `carried_from` is the id of the session that
    left the item over, `of` the key of the question it repeats.
    """

    kind: AgendaKind
    title: str
    spot: Spot = Spot()
    minutes: int | None = None
    carried_from: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """The judgement on a quotation when it was recorded, and where its words stand.

    `verdict` and `similarity` (0 to 1) are the quotation engine's. Missing words have no `anchor`.
    """

    verdict: str
    similarity: float = 0.0
    citation: str = ""
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing recorded.

    `seq` counts within its recorder's journal; `by` is who said it, "" where nobody was named.
    `owner`, `due` (as typed) and `due_on` (an ISO date, "" where it could not be told) belong to
    actions; `answers` is the key of the question an answer is for. `amended` is when its words
    were last changed. `note` is the id of the reader's note that its words were taken from.
    """

    recorder: str
    seq: int
    at: datetime
    kind: EntryKind
    text: str
    by: str = ""
    spot: Spot = Spot()
    cited: Cited | None = None
    owner: str = ""
    due: str = ""
    due_on: str = ""
    answers: str = ""
    note: str = ""
    struck: bool = False
    amended: datetime | None = None

    @property
    def key(self) -> str:
        """How other events of the same session point to this entry: `ana#12`."""
        return entry_key(self.recorder, self.seq)


def entry_key(recorder: str, seq: int) -> str:
    """Return the key of the entry that `recorder` wrote as number `seq`."""
    return f"{recorder}#{seq}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question left open. A carried one has `session` and a key that begins with that id."""

    key: str
    text: str
    by: str = ""
    spot: Spot = Spot()
    session: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that is open no more: its first answer, and the id of the session that gave it."""

    question: Question
    answer: Entry
    session: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """That a reader's note (by its id) was discussed at a time, or is to be discussed after all.

    `reading` and `section` are where the note hangs, "" where that was not told.
    """

    note: str
    at: datetime
    discussed: bool = True
    reading: str = ""
    section: str = ""


@dataclass(frozen=True)
class Session:
    """One meeting, as its journals tell it.

    `planned` is its length in minutes; 0 where none was planned. `readers` are the group's members
    when it was opened, `attendance` is everyone who was there, `present` who is there now. `floor`
    has the floor, `queue` waits for it, and `speaker` is who a remark without a name is by.
    `settled` maps (reading, prompt) to what became of the prompt, `marked` the ids of notes to what
    was said of them last (see also `noted.py`). `clocked` is the time in seconds that the session
    ran until `last_at`, pauses left out. `floor_seconds` is per reader, `place_seconds` per section
    or topic, `spot_seconds` per prompt too. `floor_given` says who was given the floor after how
    many entries, `visits` where the session stood from when on.

    One session's journals alone leave `answered` empty; `core.meeting.history.across` fills it.
    """

    id: str
    title: str
    readings: tuple[str, ...] = ()
    opened: datetime | None = None
    closed: datetime | None = None
    planned: int = 0
    readers: tuple[str, ...] = ()
    attendance: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    recorders: tuple[str, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    entries: tuple[Entry, ...] = ()
    open_questions: tuple[Question, ...] = ()
    answered: tuple[Answered, ...] = ()
    spot: Spot = Spot()
    taken_up: tuple[Spot, ...] = ()
    visits: tuple[tuple[Spot, datetime], ...] = ()
    settled: Mapping[tuple[str, str], Settlement] = field(default_factory=dict)
    marked: Mapping[str, NoteMark] = field(default_factory=dict)
    floor: str = ""
    queue: tuple[str, ...] = ()
    speaker: str = ""
    floor_seconds: Mapping[str, float] = field(default_factory=dict)
    floor_given: tuple[tuple[int, str], ...] = ()
    place_seconds: Mapping[Spot, float] = field(default_factory=dict)
    paused: bool = False
    spot_seconds: Mapping[Spot, float] = field(default_factory=dict)
    clocked: float = 0.0
    last_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether time passes: opened, and neither paused nor closed."""
        return self.opened is not None and not self.paused and self.closed is None

    @property
    def speaking(self) -> str:
        """Who has the floor, else who spoke last unless they wait to speak again; or ""."""
        return self.floor or ("" if self.speaker in self.queue else self.speaker)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the recorder line takes for a speaker's: who was there, then members."""
        return tuple(dict.fromkeys((*self.attendance, *self.readers)))

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that were not struck."""
        return tuple(e for e in self.entries if not e.struck)

    @property
    def decisions(self) -> tuple[Entry, ...]:
        """What was decided, struck entries left out."""
        return tuple(e for e in self.entries if e.kind == "decision" and not e.struck)

    @property
    def actions(self) -> tuple[Entry, ...]:
        """The action items, struck ones left out."""
        return tuple(e for e in self.entries if e.kind == "action" and not e.struck)

    def elapsed(self, now: datetime) -> float:
        """Return how many seconds the session has run at `now`, pauses left out."""
        return self.clocked + self._since_last(now)

    def used_at(self, spot: Spot, now: datetime) -> float:
        """Return how many seconds a spot has had in all: a section or topic, or one prompt of it.

        A spot without prompt or question has the time of all at its place.
        """
        if spot == spot.place:
            here = self.spot.place == spot
            used = self.place_seconds.get(spot, 0.0)
        else:
            here = self.spot == spot
            used = self.spot_seconds.get(spot, 0.0)
        return used + (self._since_last(now) if here else 0.0)

    def _since_last(self, now: datetime) -> float:
        if not self.running or self.last_at is None:
            return 0.0
        return max(0.0, (now - self.last_at).total_seconds())

    def timebox(self, spot: Spot) -> int | None:
        """Return the minutes that the agenda gives to a spot's section or topic; None for none.

        Where only prompts or questions of a section are on it, carried over, it has theirs.
        """
        lines = [i for i in self.agenda if i.spot.place == spot.place]
        whole = [i for i in lines if i.kind in ("section", "topic")]
        return sum(i.minutes or 0 for i in (whole[:1] or lines)) or None

    def reached(self, reading: str, prompt: str) -> bool:
        """Tell whether a prompt was taken up, or settled as discussed."""
        if self.settled.get((reading, prompt)) == "discussed":
            return True
        return any(s.reading == reading and s.prompt == prompt for s in self.taken_up)

    def left_over(self, reading: str, prompt: str) -> bool:
        """Tell whether a prompt was deferred, or neither reached nor skipped."""
        how = self.settled.get((reading, prompt))
        return how == "deferred" or (how is None and not self.reached(reading, prompt))

    def unreached(self) -> tuple[AgendaItem, ...]:
        """Return the prompts of the agenda that are left over."""
        return tuple(
            i
            for i in self.agenda
            if i.kind == "prompt" and self.left_over(i.spot.reading, i.spot.prompt)
        )

    @cached_property
    def places(self) -> frozenset[Spot]:
        """Every place where the session stood, or something was recorded."""
        return frozenset(s.place for s in (*self.taken_up, *(e.spot for e in self.standing)))

    def unreached_places(self) -> tuple[AgendaItem, ...]:
        """Return the sections and topics of the agenda where the session never stood."""
        return tuple(
            i
            for i in self.agenda
            if i.kind in ("section", "topic") and i.spot.place not in self.places
        )

    def next_prompt(self) -> AgendaItem | None:
        """Return what to take up next: a prompt, a topic, or a question that was left open before.

        To begin with, what was carried over, one after the other. Then the first prompt of the
        present section, then what is further down the agenda, then from its top. None when all was
        reached or settled.
        """
        waiting = [i for i in self.agenda if self._waits(i)]
        carried = {i.spot for i in self.agenda if i.carried_from}
        if carried.issuperset(s for s in self.taken_up if s.prompt or s.question or s.topic):
            first = next((i for i in waiting if i.carried_from), None)
            if first is not None:
                return first
        for item in waiting:
            if (
                item.kind == "prompt"
                and item.spot.place == self.spot.place
                and not item.carried_from
            ):
                return item
        position = max((n for n, i in enumerate(self.agenda) if i.spot == self.spot), default=-1)
        later = [i for i in self.agenda[position + 1 :] if i in waiting]
        return next(iter(later), next(iter(waiting), None))

    def _waits(self, item: AgendaItem) -> bool:
        if item.kind == "prompt":
            prompt = (item.spot.reading, item.spot.prompt)
            return self.left_over(*prompt) and prompt not in self.settled
        if item.kind == "question":
            still_open = any(q.key == item.of for q in self.open_questions)
            return bool(item.spot.question) and still_open and item.spot not in self.taken_up
        return item.kind == "topic" and item in self.unreached_places()

    def answers_to(self, key: str) -> tuple[Entry, ...]:
        """Return the standing answers to the question with that key."""
        return tuple(e for e in self.entries if e.answers == key and not e.struck)
