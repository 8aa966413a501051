"""Past sessions as blocks to choose from: what was decided, what is open, what there is to do."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from studygroup.core.meeting.carry_over import full_key
from studygroup.core.meeting.history import Missed, missed, overdue, speaking, still_open
from studygroup.core.meeting.session import Answered, Entry, Question, Session, Spot
from studygroup.core.study import Study
from studygroup.tui.widgets.blocks import Block, Run
from studygroup.tui.widgets.entry_lines import SIGNS
from studygroup.tui.widgets.floor_chart import chart_blocks, queue_line

ALL = ""
"""The key of what all sessions have in common."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Where an item leads: a place in a reading, and what it quotes there."""

    spot: Spot
    paragraph: int | None = None
    words: str = ""


class Item(NamedTuple):
    """A line of what is told: a sign, words, facts about them, and where it leads."""

    key: Hashable
    sign: str
    text: str
    facts: Sequence[str]
    goal: Goal
    struck: bool = False


class Telling:
    """The blocks of what is told, and where each of its items leads, by its key.

    `sessions` are those of the study, `width` is that of the panel in cells.
    """

    def __init__(
        self, study: Study, sessions: Sequence[Session], width: int, now: datetime
    ) -> None:
        self.blocks: list[Block] = []
        self.goals: dict[Hashable, Goal] = {}
        self._study = study
        self._sessions = {session.id: session for session in sessions}
        self._width = width
        self._now = now

    def tell_all(self) -> None:
        """Tell what is open over all sessions, what was answered since, and what is to do."""
        sessions = tuple(self._sessions.values())
        self._head("All sessions", [_counted(len(sessions), "session")])
        asked = [self._question(s, q, _meeting(s)) for s, q in reversed(still_open(sessions))]
        self._part("Open questions", asked, "No question is open.")
        since = (self._answer(s, answered) for s, answered in answered_since(sessions))
        self._part("Answered since", since)
        actions = [(s, e) for s in sessions for e in s.actions]
        # What is due first stands first; what has no day comes last.
        actions.sort(key=lambda pair: pair[1].due_on or "~")
        self._part("To do", (self._action(s, e, _meeting(s)) for s, e in actions))

    def tell(self, session: Session) -> None:
        """Tell what came of a session, then everything that was recorded."""
        readings = [self._title(slug) for slug in session.readings]
        facts = [_joined([when(session), length(session), state(session)])]
        facts += [f"Present: {', '.join(session.attendance)}"] if session.attendance else []
        facts += [f"Read: {'; '.join(readings)}"] if readings != [session.title] else []
        self._head(session.title, facts)
        self._part("Decided", (self._entry(session, e) for e in session.decisions))
        self._part("Open questions", (self._question(session, q) for q in session.open_questions))
        self._part("Answered", (self._answer(session, a) for a in session.answered))
        self._part("To do", (self._action(session, e) for e in session.actions))
        self._speakers(session)
        left = "Not reached" if session.closed is not None else "Not reached yet"
        self._part(left, (self._missed(session, m) for m in missed(session)))
        self._record(session)

    def _head(self, title: str, facts: Iterable[str]) -> None:
        self.blocks.append(Block(title, "title", gap=0))
        self.blocks += [Block(fact, "muted", gap=0) for fact in facts]

    def _part(self, title: str, items: Iterable[Item], nothing: str = "") -> None:
        """Add a part; one without items says `nothing`, or is left out."""
        found = list(items)
        if found or nothing:
            self.blocks.append(Block(title, "label"))
        if not found and nothing:
            self.blocks.append(Block(nothing, "muted", indent=2, gap=0))
        for item in found:
            self._add(item)

    def _add(self, item: Item) -> None:
        facts = _joined(item.facts)
        shown = f"{item.text}  {facts}" if facts else item.text
        end = len(item.text)
        struck = (Run(0, end, "struck"),) if item.struck else ()
        runs = (*struck, Run(end, len(shown), "muted"))
        lead = f"{item.sign} "
        self.blocks.append(
            Block(
                shown,
                runs=runs,
                key=item.key,
                indent=len(lead),
                lead=lead,
                lead_style="label",
                gap=0,
            )
        )
        self.goals[item.key] = item.goal

    def _entry(self, session: Session, entry: Entry, *, at: str = "") -> Item:
        """Return an entry; with the time `at`, as a line of the record, under its place."""
        cited, owner = entry.cited, f"{entry.owner}: " if entry.kind == "action" else ""
        facts = ["" if cited is None else cited.citation or f"({cited.verdict})"]
        facts.append("" if at else self._where(session, entry.spot))
        facts.append("struck" if entry.struck else "amended" if entry.amended is not None else "")
        key = ("record" if at else entry.kind, session.id, entry.key)
        text = f"{owner or _by(entry.by)}{entry.text}"
        sign = SIGNS.get(entry.kind, "·")
        return Item(
            key, f"{at} {sign}" if at else sign, text, facts, _goal(entry), struck=entry.struck
        )

    def _question(self, session: Session, question: Question, meeting: str = "") -> Item:
        before = question.session if not meeting else ""
        facts = [
            meeting,
            f"left open on {self._day_of(before)}" if before else "",
            self._where(session, question.spot),
        ]
        key = ("open", session.id, question.key)
        return Item(key, "?", f"{_by(question.by)}{question.text}", facts, Goal(question.spot))

    def _answer(self, session: Session, answered: Answered) -> Item:
        question, answer = answered.question, answered.answer
        by = f" by {answer.by}" if answer.by else ""
        there = self._sessions.get(answered.session)
        later = f", at “{there.title}”" if there is not None and there.id != session.id else ""
        said = f"answered{by} on {_day(answer.at)}{later}: {answer.text}"
        key = ("answered", session.id, question.key)
        return Item(key, "=", f"{_by(question.by)}{question.text}", [said], Goal(question.spot))

    def _action(self, session: Session, action: Entry, meeting: str = "") -> Item:
        late = "overdue!" if overdue(action, self._now.date()) else ""
        due = f"by {_due(action)}" if action.due else ""
        facts = [late, due, meeting, self._where(session, action.spot)]
        key = ("action", session.id, action.key)
        return Item(key, "*", f"{_by(action.owner)}{action.text}", facts, _goal(action))

    def _missed(self, session: Session, left: Missed) -> Item:
        spot, kind = left.item.spot, left.item.kind
        if kind == "section":
            text = self._where(session, spot)
            facts = [_counted(left.prompts, "prompt") if left.prompts else ""]
        else:
            text = left.item.title
            where = "topic" if kind == "topic" else self._where(session, spot)
            facts = ["put off" if left.deferred else "", where]
        return Item(("missed", session.id, kind, spot), "–", text, facts, Goal(spot))

    def _speakers(self, session: Session) -> None:
        heard = speaking(session, self._now if session.running else None)
        if any(who.seconds or who.turns for who in heard):
            self.blocks.append(Block("Who has spoken", "label"))
            self.blocks += chart_blocks(heard, self._width)
        if session.queue:
            self.blocks.append(Block(queue_line(session), "muted", gap=0))

    def _record(self, session: Session) -> None:
        self.blocks.append(Block("Everything that was recorded", "label"))
        if not session.entries:
            self.blocks.append(Block("Nothing was recorded.", "muted", indent=2, gap=0))
        here: Spot | None = None
        for entry in session.entries:
            if entry.spot.place != here:
                first, here = here is None, entry.spot.place
                title = self._where(session, here) or "In general"
                self.blocks.append(Block(title, "strong", gap=0 if first else 1))
            self._add(self._entry(session, entry, at=f"{entry.at.astimezone():%H:%M}"))

    def _day_of(self, session: str) -> str:
        """Return the day of a session; its id where it is gone."""
        found = self._sessions.get(session)
        return session if found is None else _day(found.opened)

    def _title(self, slug: str) -> str:
        reading = self._study.reading(slug)
        return slug if reading is None else reading.title

    def _where(self, session: Session, spot: Spot) -> str:
        """Return a place in few words: the reading only where the session had several."""
        if spot.topic:
            return f"topic {spot.topic}"
        reading = self._study.reading(spot.reading)
        section = None if reading is None else reading.section(spot.section)
        title = section.title if section is not None else spot.section
        alone = session.readings == (spot.reading,)
        parts = ["" if alone and title else self._title(spot.reading), f"§{title}" if title else ""]
        return ", ".join(part for part in parts if part)


def list_blocks(sessions: Sequence[Session], study: Study, today: date) -> list[Block]:
    """Return the list of sessions, the latest first, under what they have in common."""
    late = sum(overdue(e, today) for s in sessions for e in s.actions)
    facts = [f"{len(still_open(sessions))} open", f"{late} overdue" if late else ""]
    blocks = [
        Block("All sessions", "title", key=ALL, gap=0),
        Block(_joined(facts), "muted", key=ALL, gap=0),
    ]
    for session in sessions:
        counts = {
            "open": len(session.open_questions),
            "decided": len(session.decisions),
            "to do": len(session.actions),
        }
        readings = [r.title for r in study.readings if r.slug in session.readings]
        lines = [
            "; ".join(readings) if readings != [session.title] else "",
            _joined([_day(session.opened), state(session)]),
            _joined([length(session), ", ".join(session.attendance)]),
            _joined(f"{count} {what}" for what, count in counts.items() if count),
        ]
        blocks.append(Block(session.title, "strong", key=session.id))
        blocks += [Block(line, "muted", key=session.id, gap=0) for line in lines if line]
    return blocks


def answered_since(sessions: Sequence[Session]) -> list[tuple[Session, Answered]]:
    """Return the questions that a later session answered, once each, the last answer first."""
    found: dict[str, tuple[Session, Answered]] = {}
    for session in sessions:
        for answered in session.answered:
            own = not answered.question.session
            if own and answered.session != session.id:
                found[full_key(session.id, answered.question.key)] = session, answered
    return sorted(found.values(), key=lambda pair: pair[1].answer.at, reverse=True)


def when(session: Session) -> str:
    """Return the day and the hours of a session."""
    if session.opened is None:
        return "never opened"
    opened = session.opened.astimezone()
    end = (session.closed or session.last_at or session.opened).astimezone()
    until = f"–{end:%H:%M}" if end.date() == opened.date() else ""
    return f"{opened:%A}, {_day(opened)}, {opened:%H:%M}{until}"


def length(session: Session) -> str:
    """Return for how long a session went on, and was planned to."""
    planned = f" of {session.planned}" if session.planned else ""
    return f"{round(session.clocked / 60)}{planned} min"


def state(session: Session) -> str:
    """Return whether a session is closed, paused or running."""
    if session.closed is not None:
        return "closed"
    return "paused" if session.paused else "running"


def _goal(entry: Entry) -> Goal:
    anchor = None if entry.cited is None else entry.cited.anchor
    if anchor is None:
        return Goal(entry.spot)
    return Goal(Spot(anchor.reading, anchor.section), anchor.paragraph, anchor.words)


def _meeting(session: Session) -> str:
    return _joined([_day(session.opened), session.title])


def _due(action: Entry) -> str:
    """Return the day on which an action is due; as it was typed where that is no day."""
    try:
        due = date.fromisoformat(action.due_on)
    except ValueError:
        return action.due
    return f"{due.day} {due:%b %Y}"


def _by(name: str) -> str:
    return f"{name}: " if name else ""


def _day(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone().day} {at.astimezone():%b %Y}"


def _joined(facts: Iterable[str]) -> str:
    return " · ".join(fact for fact in facts if fact)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
