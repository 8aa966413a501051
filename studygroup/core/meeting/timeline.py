"""The timeline: a session kept up to date while the events of its recorders come in."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from studygroup.core.meeting.journal import Event, Journals
from studygroup.core.meeting.replay import Place, Placed, Replay, merge_placed
from studygroup.core.meeting.session import Session

RECENT = 50
"""Among how many of the last events, at least, another may come to stand at little cost."""


class Timeline:
    """The events of all recorders of a session in the order of `merge`, and what they add up to.

    Another recorder's events may belong before some that came earlier. Taking one in costs the same
    however many there are: a second replay is kept `RECENT` or more events behind, and what comes
    late is told from there. Only what is older than that, or a journal that does not go on as it
    began, makes the whole be told anew.
    """

    def __init__(self, session: str) -> None:
        self._id = session
        self._journals: Journals = {}
        self._last: dict[str, Placed] = {}
        self._order: list[Placed] = []
        self._behind, self._told_behind = Replay(session), 0
        self._now, self._told = Replay(session), 0

    def session(self) -> Session:
        """Return the session as it stands after the events so far."""
        return self._now.session()

    def add(self, event: Event) -> None:
        """Take in an event that was just appended to its recorder's journal."""
        known = self._journals.get(event.recorder, [])
        self._go_on({**self._journals, event.recorder: [*known, event]}, [event])

    def take(self, journals: Journals) -> bool:
        """Take in what the journals hold now; return whether there was anything new."""
        for recorder, known in self._journals.items():
            if journals.get(recorder, [])[: len(known)] != known:
                self._tell_anew(journals)
                return True
        new: list[Event] = []
        for recorder, found in journals.items():
            new += found[len(self._journals.get(recorder, [])) :]
        # The same events as objects, too, are soonest seen to be the same the next time.
        self._go_on(journals, new)
        return bool(new)

    def _go_on(self, journals: Journals, new: Sequence[Event]) -> None:
        if len(new) > RECENT or not all(self._put(event) for event in new):
            self._tell_anew(journals)
            return
        self._journals = journals
        self._catch_up()

    def _put(self, event: Event) -> bool:
        """Put an event where it belongs; return False where only telling it all anew would do."""
        before = self._last.get(event.recorder)
        place: Place = (event.at, event.recorder, 0)
        if before is not None:
            (at, _, position), last = before
            if event.seq <= last.seq:
                return False  # written twice, or files joined by hand: `merge` sees to that
            place = (max(at, event.at), event.recorder, position + 1)
        placed = self._last[event.recorder] = (place, event)
        index = bisect(self._order, place, key=lambda known: known[0])
        if index < self._told_behind:
            return False
        self._order.insert(index, placed)
        if index < self._told:
            self._now, self._told = self._behind.copy(), self._told_behind
        return True

    def _catch_up(self) -> None:
        for _, event in self._order[self._told :]:
            self._now.add(event)
        self._told = len(self._order)
        if self._told - self._told_behind > 2 * RECENT:
            for _, event in self._order[self._told_behind : -RECENT]:
                self._behind.add(event)
            self._told_behind = self._told - RECENT

    def _tell_anew(self, journals: Journals) -> None:
        self._journals = journals
        self._order = list(merge_placed(e for journal in journals.values() for e in journal))
        self._last = {event.recorder: (place, event) for place, event in self._order}
        self._behind = Replay(self._id)
        self._told_behind = max(0, len(self._order) - RECENT)
        for _, event in self._order[: self._told_behind]:
            self._behind.add(event)
        self._now, self._told = self._behind.copy(), self._told_behind
        self._catch_up()
