"""Planning a session, and its agenda while it runs: the dialogs, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studygroup.core.meeting.agenda_draft import AgendaDraft
from studygroup.core.meeting.recording import Recording
from studygroup.core.meeting.session import Spot
from studygroup.core.meeting.sessions import DEFAULT_MINUTES
from studygroup.tui.screens.course import Changed, CourseScreen
from studygroup.tui.screens.proposal import ProposalScreen
from studygroup.tui.screens.session_start import SessionDialog, SessionPlan
from studygroup.tui.work import ask

if TYPE_CHECKING:
    from studygroup.core.study import Study
    from studygroup.tui.screens.reading import ReadingScreen


def plan_session(
    screen: ReadingScreen,
    study: Study,
    reading: str,
    take: Callable[[Callable[[], Recording]], None],
) -> None:
    """Ask who is here, show what is proposed, and hand over what starts the session."""
    sessions = screen.workspace.sessions

    def propose(plan: SessionPlan) -> None:
        titles = [r.title for r in study.readings if r.slug in plan.readings]

        def start(draft: AgendaDraft) -> None:
            here = screen.position
            at = Spot(here.reading, here.section) if here else Spot()
            on_it = any(item.spot.place == at for item in draft.items)
            take(
                lambda: sessions.start(
                    plan.readings,
                    minutes=plan.minutes,
                    attendance=plan.people,
                    at=at if on_it else None,
                    agenda=draft.items,
                )
            )

        def load() -> AgendaDraft:
            return sessions.propose(plan.readings, plan.minutes)

        ask(screen.app, ProposalScreen(f"Agenda: {' and '.join(titles)}", load), start)

    people = list(dict.fromkeys([screen.workspace.me, *study.readers]))
    ask(screen.app, SessionDialog(study.readings, reading, people, DEFAULT_MINUTES), propose)


def show_agenda(
    screen: ReadingScreen,
    recording: Recording,
    write: Callable[[Callable[[Recording], None], bool], None],
) -> None:
    """Show the agenda of the session that is recorded.

    `write` is handed what is to be written down then, and whether the session goes elsewhere.
    """
    sessions = screen.workspace.sessions

    def left(changed: Changed) -> None:
        go = changed.go

        def change(recording: Recording) -> None:
            if changed.changed:
                recording.rearrange(changed.draft.items, changed.draft.left_out)
            if go is not None:
                recording.take_up(go.spot)

        if changed.record:
            screen.desk.record()
        if changed.changed or go is not None:
            write(change, go is not None)

    course = CourseScreen(lambda: recording.session, lambda: sessions.clock())
    ask(screen.app, course, left)
