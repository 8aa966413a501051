"""Planning a session, and its agenda while it runs: the dialogs, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studygroup.core.agenda_draft import AgendaDraft
from studygroup.core.recording import Recording
from studygroup.core.session import Spot
from studygroup.core.sessions import DEFAULT_MINUTES
from studygroup.tui.screens.agenda import Changed, CourseScreen, ProposalScreen
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
    screen: ReadingScreen, recording: Recording, then: Callable[[Changed], None]
) -> None:
    """Show the agenda of the session that is recorded, and hand over how it was left."""
    sessions = screen.workspace.sessions
    course = CourseScreen(lambda: recording.session, lambda: sessions.clock())
    ask(screen.app, course, then)
