"""What earlier sessions made of their readings: what is carried over, and what is behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from studygroup.core.meeting.session import AgendaItem, Session, Spot
from studygroup.core.prompt import Prompt
from studygroup.core.reading import Reading
from studygroup.core.text import fold

CARRIED_MINUTES = 3
"""What a question or a topic that was left over weighs."""
PROMPT_MINUTES = 5
"""What a prompt without minutes of its own weighs."""
OPENED_AFTER = 60.0
"""After how many seconds a section counts as opened though nothing was recorded or asked there."""

PromptKey = tuple[str, str]
"""A reading's slug and the id of a prompt on it."""


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier sessions left behind on some readings.

    `carried` is what comes first in the next one. `opened` has the sections that were talked
    about and `done` the prompts reached or skipped, each with the ISO date of the last time;
    `skipped` those of them that are not to be asked at all. `topics` are the topics that were
    taken up, by their folded words.
    """

    carried: tuple[AgendaItem, ...] = ()
    opened: Mapping[Spot, str] = field(default_factory=dict)
    done: Mapping[PromptKey, str] = field(default_factory=dict)
    skipped: frozenset[PromptKey] = frozenset()
    topics: frozenset[str] = frozenset()


def look_back(
    readings: Sequence[Reading],
    prompts: Iterable[Prompt],
    earlier: Iterable[Session],
    topics: Iterable[AgendaItem] = (),
) -> Past:
    """Return what earlier sessions on `readings` left behind.

    Carried over are open questions until any later session answers them; topics until one takes
    them up; prompts that were deferred, and those not reached of a section that was opened, until
    a session reaches or skips them. Prompts of a section that nobody came to are not: they still
    stand in their place. Prompts that no longer exist are dropped, and so are topics on a section
    that are not among `topics`, those that its notes now propose.
    """
    seen = _Seen(
        {r.slug for r in readings},
        {(p.reading, p.id): p for p in prompts},
        {fold(t.spot.topic) for t in topics},
    )
    for session in sorted(earlier, key=lambda s: (s.opened is None, s.opened, s.id)):
        seen.add(session)
    return seen.past()


class _Seen:
    """Earlier sessions, added one by one in the order in which they were held."""

    def __init__(
        self, slugs: set[str], prompts: Mapping[PromptKey, Prompt], proposed: set[str]
    ) -> None:
        self._slugs = slugs
        self._prompts = prompts
        self._proposed = proposed
        self._questions: dict[str, AgendaItem] = {}
        self._answered: set[str] = set()
        self._topics: dict[str, AgendaItem] = {}
        self._talked: set[str] = set()
        self._left: dict[PromptKey, AgendaItem] = {}
        self._done: dict[PromptKey, str] = {}
        self._skipped: set[PromptKey] = set()
        self._opened: dict[Spot, str] = {}

    def past(self) -> Past:
        questions = [item for key, item in self._questions.items() if key not in self._answered]
        prompts = [item for item in self._left.values() if item.spot.reading in self._slugs]
        return Past(
            (*questions, *self._topics.values(), *prompts),
            self._opened,
            self._done,
            frozenset(self._skipped),
            frozenset(self._talked),
        )

    def add(self, session: Session) -> None:
        for entry in session.standing:
            if entry.answers:
                self._answered.add(full_key(session.id, entry.answers))
        if self._slugs.isdisjoint(session.readings):
            return
        held = "" if session.opened is None else session.opened.date().isoformat()
        opened = set(opened_sections(session))
        self._opened.update(dict.fromkeys(opened, held))
        self._add_questions(session)
        self._add_topics(session, opened)
        self._add_prompts(session, opened, held)

    def _add_questions(self, session: Session) -> None:
        for question in session.open_questions:
            key = full_key(session.id, question.key)
            spot = replace(question.spot.place, question=key)
            item = AgendaItem("question", question.text, spot, CARRIED_MINUTES)
            origin = question.session or session.id
            self._questions.setdefault(key, replace(item, carried_from=origin, of=key))

    def _add_topics(self, session: Session, opened: set[Spot]) -> None:
        unreached = {i.spot.topic for i in session.unreached_places()}
        for item in session.agenda:
            key = fold(item.spot.topic)
            if item.kind != "topic" or not key:
                continue
            if item.spot.topic not in unreached:
                self._topics.pop(key, None)
                self._talked.add(key)
            elif not item.spot.section or (
                key in self._proposed and (item.carried_from or _section(item.spot) in opened)
            ):
                origin = item.carried_from or session.id
                carried = replace(item, minutes=CARRIED_MINUTES, carried_from=origin)
                self._topics.setdefault(key, carried)

    def _add_prompts(self, session: Session, opened: set[Spot], held: str) -> None:
        on_agenda = {_key(i.spot): i for i in session.agenda if i.kind == "prompt"}
        asked = dict.fromkeys([*on_agenda, *(_key(s) for s in session.taken_up if s.prompt)])
        for key in asked:
            prompt = self._prompts.get(key)
            if prompt is None:
                continue
            if not session.left_over(*key):
                self._left.pop(key, None)
                self._done[key] = held
                skipped = session.settled.get(key) == "skipped"
                (self._skipped.add if skipped else self._skipped.discard)(key)
                continue
            item = prompt_item(prompt)
            before = on_agenda[key].carried_from if key in on_agenda else ""
            again = session.settled.get(key) == "deferred"
            reached = bool(before) or (bool(item.spot.section) and item.spot.place in opened)
            if again or (reached and key not in self._done):
                self._left.setdefault(key, replace(item, carried_from=before or session.id))
                self._done.pop(key, None)


def opened_sections(session: Session) -> Iterator[Spot]:
    """Yield the sections that a session talked about.

    Something was recorded there, a prompt or topic of it taken up, or the session stood there for
    a minute: who leafs through a text has not opened every section on the way.
    """
    asked = [s for s in session.taken_up if s.prompt or s.question or s.topic]
    stood = [s for s, seconds in session.place_seconds.items() if seconds >= OPENED_AFTER]
    for spot in dict.fromkeys((*asked, *stood, *(e.spot for e in session.standing))):
        if spot.section:
            yield _section(spot)


def prompt_item(prompt: Prompt) -> AgendaItem:
    """Return a prompt as a line of the agenda, with its own minutes."""
    spot = Spot(prompt.reading, prompt.section or "", prompt.id)
    return AgendaItem("prompt", prompt.ask, spot, prompt.minutes or PROMPT_MINUTES)


def full_key(session: str, key: str) -> str:
    """Return the key of an entry as other sessions know it: `2026-11-22-walden/ana#12`."""
    return key if "/" in key else f"{session}/{key}"


def _section(spot: Spot) -> Spot:
    return Spot(spot.reading, spot.section)


def _key(spot: Spot) -> PromptKey:
    return spot.reading, spot.prompt
