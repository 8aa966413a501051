"""When a session talked about what: its stretches of talk in their order, by the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from studygroup.core.meeting.session import Session, Spot
from studygroup.core.study import Study
from studygroup.export.names import day, listed, place_title

PASSED = timedelta(seconds=30)
"""For how long a place where nothing was recorded counts as passed on the way to another."""
MOST = 20
"""Of more stretches than this, only the first at each place is named."""
TIMES = 4
"""Of more visits to one place than this, the last are only counted."""
_SAME_NIGHT = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Stretch:
    """That a session was at a place, a section or a topic, from a time until another."""

    place: Spot
    begin: datetime
    end: datetime


class Evening:
    """The clock of a session: where it stood when."""

    def __init__(self, session: Session, study: Study) -> None:
        self._opened = session.opened
        self._study = study
        stood = [s for s in _together(_visits(session)) if _counts(session, s)]
        self._stretches = list(_together(stood))
        self._visits = session.visits
        entries = [(e.spot, e.at) for e in session.standing]
        self._first: dict[Spot, datetime] = {}
        for spot, at in (*session.visits, *entries):
            self._first.setdefault(spot, at)
        self._spans: dict[Spot, list[str]] = {}
        for stretch in self._stretches:
            self._spans.setdefault(stretch.place, []).append(self._span(stretch))
        for spot, at in entries:
            self._spans.setdefault(spot.place, [self.clock(at)])

    def order(self) -> str:
        """Return the places in the order in which the session came to them, each with its time.

        "" for a session that stayed where it was.
        """
        told = self._stretches
        if len(told) > MOST:
            told = list({s.place: s for s in reversed(told)}.values())[::-1]
        named = [f"{self.clock(s.begin)}\u00a0{_name(self._study, s.place)}" for s in told]
        return " · ".join(named) if len(named) > 1 else ""

    def hours(self, place: Spot) -> str:
        """Return when the session was at a place: “19:42–19:58 and 20:30–20:41”.

        Of more than `TIMES` visits, the first are told and the others counted.
        """
        spans = list(dict.fromkeys(self._spans.get(place, [])))
        more = len(spans) - TIMES + 1
        return listed(spans if more < 2 else [*spans[: TIMES - 1], f"{more} more times"])

    def asked(self, spot: Spot, before: datetime | None) -> str:
        """Return when a prompt was taken up, the last time `before` something was said to it."""
        times = [at for s, at in self._visits if s == spot and (before is None or at <= before)]
        first = times[-1] if times and before is not None else self._first.get(spot)
        return "" if first is None else self.clock(first)

    def came_to(self, topic: Spot) -> Spot:
        """Return the place at which the session was when it came to a topic."""
        first = min((at for s, at in self._first.items() if s.place == topic), default=None)
        before = [s for s, at in self._visits if first is not None and at < first and not s.topic]
        return before[-1].place if before else Spot()

    def clock(self, when: datetime) -> str:
        """Return a time where the session was opened, with the day if that was another one."""
        opened = self._opened or when
        local = when.astimezone(opened.tzinfo)
        shown = f"{local:%H:%M}"
        return shown if local - opened < _SAME_NIGHT else f"{day(local, year=False)}, {shown}"

    def _span(self, stretch: Stretch) -> str:
        begin, end = self.clock(stretch.begin), self.clock(stretch.end)
        return begin if begin == end else f"{begin}–{end}"


def _visits(session: Session) -> Iterator[Stretch]:
    if session.opened is None:
        return
    stood = [(Spot(), session.opened), *((s.place, at) for s, at in session.visits)]
    last = max(session.closed or session.opened, session.last_at or session.opened)
    for (place, begin), (_, end) in zip(stood, [*stood[1:], (Spot(), last)], strict=True):
        yield Stretch(place, begin, end)


def _together(told: Iterator[Stretch] | Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield stretches, those at one place that follow each other as one."""
    held: Stretch | None = None
    for stretch in told:
        if held is not None and held.place == stretch.place:
            held = replace(held, end=stretch.end)
            continue
        if held is not None:
            yield held
        held = stretch
    if held is not None:
        yield held


def _counts(session: Session, stretch: Stretch) -> bool:
    """Tell whether a session did more than pass a place; what comes first has to have words."""
    stayed = stretch.end - stretch.begin >= PASSED and stretch.place != Spot()
    return stayed or any(
        e.spot.place == stretch.place and stretch.begin <= e.at <= stretch.end
        for e in session.standing
    )


def _name(study: Study, place: Spot) -> str:
    if place.topic:
        return f"topic “{place.topic}”"
    return f"{'§' if place.section else ''}{place_title(study, place)}"
