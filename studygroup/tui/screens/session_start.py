"""The dialog in which a session is started: on which readings, for how long, with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from studygroup.core.reading import Reading
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.widgets.picks import Picks
from studygroup.tui.widgets.typed import TypedLine


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session to be started; `readings` are slugs."""

    readings: tuple[str, ...]
    minutes: int
    people: tuple[str, ...]


class SessionDialog(Dialog[SessionPlan]):
    """Asks who is here, for how many minutes, and on which readings."""

    AUTO_FOCUS = "#people"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "start", "Start", show=False)]

    def __init__(
        self, readings: Sequence[Reading], here: str, people: Sequence[str], minutes: int
    ) -> None:
        super().__init__()
        self._readings = readings
        self._here = here
        self._people = people
        self._minutes = minutes

    def compose(self) -> ComposeResult:
        """Put the three questions under each other."""
        with Vertical(classes="box"):
            yield words("Start a session", "title")
            yield words("Who is here, separated by commas", "label")
            yield TypedLine(", ".join(self._people), id="people", select_on_focus=False)
            yield words("Minutes", "label")
            yield TypedLine(str(self._minutes), id="minutes", type="integer", max_length=3)
            yield words("Readings (Space chooses)", "label")
            yield Picks(((r.title, r.slug) for r in self._readings), [self._here])
            yield words("Enter or ^S: the agenda · Tab goes on · Esc closes", "hint")

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_start()

    def action_start(self) -> None:
        """Hand over the plan, if there is nothing to put right."""
        minutes = self.query_one("#minutes", Input).value
        chosen = self.query_one(Picks).chosen
        if not minutes.isdecimal() or int(minutes) < 1:
            self.notify("The minutes must be a whole number above 0.", markup=False)
        elif not chosen:
            self.notify("Choose at least one reading: Space.", markup=False)
        else:
            people = self.query_one("#people", Input).value.split(",")
            names = tuple(p.strip() for p in people if p.strip())
            self.dismiss(SessionPlan(chosen, int(minutes), names))
