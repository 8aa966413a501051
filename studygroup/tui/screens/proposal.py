"""The agenda that is proposed before a session starts."""

from __future__ import annotations

from collections.abc import Callable

from studygroup.core.meeting.agenda_draft import AgendaDraft
from studygroup.tui.screens.agenda import AgendaDialog, origin
from studygroup.tui.type_ahead import LineReady
from studygroup.tui.widgets.agenda_list import Row
from studygroup.tui.work import beside, complain


class ProposalScreen(AgendaDialog[AgendaDraft]):
    """The agenda that is proposed for a session: Enter starts with it, Esc starts nothing."""

    ENTER = "start"

    def __init__(self, title: str, propose: Callable[[], AgendaDraft]) -> None:
        super().__init__(title)
        self._propose = propose

    def on_mount(self) -> None:
        """Show what is proposed once it is known; what is typed until then waits."""
        super().on_mount()
        beside(self, self._propose, self.begin, group="propose", failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.awaits_line = False
        self.post_message(LineReady(refused=True))
        complain(self.app, error)
        self.dismiss(None)

    def row(self, at: int) -> Row:
        """Show a line's minutes, and where the planned time ends."""
        line = self.draft.lines[at]
        minutes = f"{line.item.minutes or 0:>3}" if line.kept else "  –"
        planned = self.draft.planned
        over = at > 0 and at == self.draft.over_from()
        above = f"── {planned} min are over here ──" if over else ""
        nested = self.draft.head_of(at) is not None
        return Row(line.item, minutes, "", nested, line.kept, above)

    def sums(self) -> tuple[str, bool]:
        """Hold the sum against the planned length."""
        total, planned = self.draft.total, self.draft.planned
        count = len(self.draft.items)
        lines = "1 line" if count == 1 else f"{count} lines"
        said = f"{total} of {planned} min · {lines}"
        if total > planned:
            return f"{said} · {total - planned} min over, r fits it in", True
        return said + (f" · {planned - total} min free" if total < planned else ""), False

    def about(self, at: int) -> str:
        """Tell where a line comes from, and how to bring it back."""
        line = self.draft.lines[at]
        facts = [origin(line.item)] if line.item.carried_from else []
        facts += [f"discussed {line.discussed}"] if line.discussed else []
        facts += [] if line.kept else ["left out, x brings it back"]
        return f"({'; '.join(facts)})" if facts else ""

    def fitting(self) -> AgendaDraft:
        """Share out the planned length."""
        return self.draft.rescaled(self.draft.planned)

    def action_choose(self) -> None:
        """Start with the agenda as it is."""
        self.dismiss(self.draft)
