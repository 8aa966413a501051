"""The agenda of the session that runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType

from studygroup.core.meeting.agenda_draft import AgendaDraft, draft_of
from studygroup.core.meeting.course import State, state_of
from studygroup.core.meeting.session import AgendaItem, Session
from studygroup.tui.screens.agenda import AgendaDialog, origin
from studygroup.tui.widgets.agenda_list import Row


@dataclass(frozen=True, slots=True)
class Changed:
    """How the agenda was left: as a draft, to go to an item of it, or on to the recorder line."""

    draft: AgendaDraft
    changed: bool
    go: AgendaItem | None = None
    record: bool = False


SIGNS: dict[State, str] = {"done": "✓", "now": "▶", "deferred": "↷", "skipped": "–", "to come": " "}


class CourseScreen(AgendaDialog[Changed]):
    """The agenda of the session that runs: what became of each line, and what is still to come."""

    ENTER = "go there"
    HEADS = "min used"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "record", show=False),
        Binding("O", "close", show=False),
    ]

    def __init__(self, session: Callable[[], Session], clock: Callable[[], datetime]) -> None:
        super().__init__(f"Agenda: {session().title}")
        self._session = session
        self._clock = clock
        self._first = AgendaDraft()

    def on_mount(self) -> None:
        """Show the present line, and let the time go on."""
        super().on_mount()
        self.app.clear_notifications()
        session = self._session()
        self._first = draft_of(session.agenda, session.planned)
        states = [state_of(session, i) for i in self._first.items]
        now = [n for n, state in enumerate(states) if state == "now"]
        self.begin(self._first, now[-1] if now else 0)
        self.set_interval(5, lambda: self.show_draft(self.at, reveal=False))

    def _state(self, at: int) -> State:
        return state_of(self._session(), self.draft.lines[at].item)

    def row(self, at: int) -> Row:
        """Show planned and used minutes, and what became of the line."""
        line = self.draft.lines[at]
        state = self._state(at)
        used = int(self._session().used_at(line.item.spot, self._clock()) // 60)
        planned = f"{line.item.minutes or 0:>3}" if line.kept else "  –"
        spent = "" if state == "to come" and not used else str(used)
        nested = self.draft.head_of(at) is not None
        return Row(line.item, f"{planned} {spent:>4}", SIGNS[state], nested, line.kept)

    def sums(self) -> tuple[str, bool]:
        """Hold what is still to come against the time that is left."""
        left, ahead = self._minutes_left(), sum(map(self.draft.minutes_at, self._ahead()))
        used = int(self._session().elapsed(self._clock()) // 60)
        said = f"{used} of {self.draft.planned} min used · still to come: {ahead} min"
        over = ahead - max(0, left)
        if over > 0:
            return f"{said}, {over} more than are left · r fits them in", True
        return f"{said}, {left} are left", False

    def _minutes_left(self) -> int:
        return self.draft.planned - round(self._session().elapsed(self._clock()) / 60)

    def _ahead(self) -> list[int]:
        return [n for n in self.draft.counted() if self._state(n) == "to come"]

    def about(self, at: int) -> str:
        """Tell what became of a line, and where it comes from."""
        line = self.draft.lines[at]
        facts: list[str] = [self._state(at) if line.kept else "left out, x brings it back"]
        facts += [origin(line.item)] if line.item.carried_from else []
        return f"({'; '.join(facts)})"

    def fixed(self, at: int) -> str:
        """Keep in place what was reached."""
        return "" if self._state(at) == "to come" else "Only what is still to come can be moved."

    def changing(self) -> set[int] | None:
        """Leave the minutes of what is over as they are."""
        states = {n: self._state(n) for n in range(len(self.draft.lines))}
        return {n for n, state in states.items() if state in ("now", "to come")}

    def fitting(self) -> AgendaDraft:
        """Share out the time that is left among what is still to come."""
        return self.draft.rescaled(max(0, self._minutes_left()), self._ahead())

    def action_choose(self) -> None:
        """Go to the line."""
        lines = self.draft.lines
        item = lines[self.at].item if self.at < len(lines) and lines[self.at].kept else None
        self.dismiss(self._answer(go=item))

    def action_record(self) -> None:
        """Go on to the recorder line; what is typed next is meant for it."""
        self.awaits_line = True
        self.dismiss(self._answer(record=True))

    def leave(self) -> None:
        """Close, and keep the changes."""
        self.dismiss(self._answer())

    def _answer(self, go: AgendaItem | None = None, record: bool = False) -> Changed:
        return Changed(self.draft, self.draft.lines != self._first.lines, go, record)
