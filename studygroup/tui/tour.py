"""The tour of the demo: which step is next, what moves it on, and that it stays closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studygroup.core.errors import UsageError
from studygroup.core.study import Study
from studygroup.tui.work import beside, nothing

if TYPE_CHECKING:
    from studygroup.tui.happened import Deed
    from studygroup.tui.screens.reading import ReadingScreen
    from studygroup.tui.widgets.tour_strip import TourStrip

_AWAY = "away"
"""What is kept beside the steps that were done once the tour was put away."""


class Tour:
    """The tour on a reading screen: a line at its foot, in the demo alone.

    What is known of it lies in the user's state folder: an app that opens the demo again goes on
    where the last one was.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._marks: frozenset[str] = frozenset()
        self._kept = self._marks

    def recall(self, study: Study) -> None:
        """Read how far the tour was; to be called beside the screen."""
        if study.demo:
            self._marks = self._kept = self._screen.workspace.state.tour()

    def begin(self) -> None:
        """Show the tour where there is one that was neither put away nor gone through."""
        if not self._is_here() or _AWAY in self._marks:
            return
        from studygroup.tui.widgets.tour_strip import DEEDS

        if not self._marks.issuperset(DEEDS):
            self._show()

    def take(self) -> None:
        """Show the tour, from its beginning if it was put away or is over.

        Raises UsageError in any other study.
        """
        self._need()
        if self._strip() is None:
            self._mark(frozenset())
            self._show()

    def put_away(self) -> None:
        """Close the tour for good. Raises UsageError in any other study."""
        self._need()
        strip = self._strip()
        if strip is None:
            self._screen.app.notify("The tour is closed: “Tour” in ^p opens it.", markup=False)
            return
        strip.remove()
        self._mark(self._marks | {_AWAY})

    def happened(self, deed: Deed) -> None:
        """Move on past what was done, while the tour is shown."""
        strip = self._strip()
        if strip is not None and deed not in self._marks:
            self._mark(self._marks | {deed})
            strip.show(self._marks, self._in_session())

    def keep(self) -> None:
        """Write down how far the tour is, where that has changed. Raises CannotWrite."""
        marks = self._marks
        if marks != self._kept:
            self._screen.workspace.state.keep_tour(marks)
            self._kept = marks

    def session_changed(self) -> None:
        """Show the keys that lead on now: in a session they are others."""
        strip = self._strip()
        if strip is not None:
            strip.show(self._marks, self._in_session())

    def _show(self) -> None:
        from studygroup.tui.widgets.tour_strip import TourStrip

        strip = TourStrip()
        strip.show(self._marks, self._in_session())
        self._screen.mount(strip, after="#panes")

    def _strip(self) -> TourStrip | None:
        if not self._is_here():
            return None
        from studygroup.tui.widgets.tour_strip import TourStrip

        return next((s for s in self._screen.query(TourStrip) if s.is_attached), None)

    def _in_session(self) -> bool:
        return self._screen.desk.session is not None

    def _is_here(self) -> bool:
        study = self._screen.study
        return study is not None and study.demo

    def _need(self) -> None:
        if not self._is_here():
            raise UsageError("the tour belongs to the demo", hint="Open it: studygroup demo")

    def _mark(self, marks: frozenset[str]) -> None:
        self._marks = marks
        beside(self._screen, self.keep, nothing, group="tour")
