"""The ways back on a screen: from a jump by `ctrl+o`, from a look elsewhere by Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studygroup.core.errors import UsageError
from studygroup.tui.trail import Stand, Trail, View
from studygroup.tui.widgets.markers import Marker

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


class Ways:
    """Where the reader of a screen comes from, and how every pane stood there."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._trail = Trail()
        self._visiting: Stand | None = None
        self._returning: Stand | None = None

    @property
    def visiting(self) -> bool:
        """Whether this place is looked at from a search, with a way back by Esc."""
        return self._visiting is not None

    def leave(self) -> None:
        """Keep how the reader stands before a jump."""
        stand = self._stand()
        if stand is not None:
            self._trail.leave(stand)

    def arrived(self) -> None:
        """Forget the look elsewhere, and what was to be put back: the reader is somewhere new."""
        self._visiting = self._returning = None

    def visit(self, reading: str, section: str, paragraph: int | None, highlight: Marker) -> None:
        """Open a section for a look, with places highlighted: Esc goes back to exactly here.

        From one look to the next, the way back stays the same; going elsewhere ends it. Raises
        UsageError where there is no such section.
        """
        screen = self._screen
        stand = self._visiting or self._stand()
        screen.open(reading, section, paragraph, highlight=highlight)
        self._visiting = stand
        screen.show_keys()
        screen.remove_class("outline-open")
        screen.focus_pane(screen.text)

    def end_visit(self) -> None:
        """Go back to where the reader stood before a look elsewhere."""
        stand, self._visiting = self._visiting, None
        if stand is None:
            return
        try:
            self._return_to(stand)
        except UsageError:
            self._screen.show_keys()
            self._screen.app.notify(
                "The section you came from is gone: you stay here.", markup=False
            )

    def travel(self, count: int) -> None:
        """Go back to exactly where the reader stood before a jump (-1), or forward again (1).

        Raises UsageError where that section is gone.
        """
        now = self._stand()
        stand = self._trail.travel(now, count) if now is not None else None
        if stand is None:
            where = "back" if count < 0 else "forward"
            self._screen.app.notify(f"There is nothing further {where}.", markup=False)
            return
        self._return_to(stand)

    def restore(self) -> None:
        """Put back what a pane shows only now, and so could not be put back before."""
        for view in self._returning.views if self._returning is not None else ():
            view.restore()

    def restored(self) -> None:
        """Put back the rest: every pane shows now what it has."""
        self.restore()
        self._returning = None

    def _stand(self) -> Stand | None:
        screen = self._screen
        place = screen.position
        if place is None:
            return None
        views = tuple(View.of(pane) for pane in (*screen.panes, screen.outline))
        return Stand(place, screen.sheet, views)

    def _return_to(self, stand: Stand) -> None:
        place = stand.place
        self._screen.open(place.reading, place.section, place.paragraph, leave=False)
        self._returning = stand
        self.restore()
        self._screen.call_after_refresh(self.restore)
        self._screen.focus_pane(stand.focus)
