"""The recorder's desk: the session on the reading screen, from starting it to leaving it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.geometry import Size

from studygroup.core.errors import StudygroupError, UsageError
from studygroup.core.note import Note
from studygroup.tui.happened import Happened
from studygroup.tui.widgets.wrapping import shorten
from studygroup.tui.work import beside, complain
from studygroup.tui.writing_up import write_up

if TYPE_CHECKING:
    # Loaded once a session is opened: the text is there to be read before.
    from studygroup.core.meeting.recording import Recorded, Recording
    from studygroup.core.meeting.session import Session, Settlement, Spot
    from studygroup.core.meeting.taking import Taken
    from studygroup.tui.dictation import Dictation
    from studygroup.tui.screens.reading import ReadingScreen
    from studygroup.tui.taking import Tell
    from studygroup.tui.widgets.session_bar import RecorderLine, SessionBar

T = TypeVar("T")

ROOM_FOR_TITLES = 80
"""From how many columns on the session's section is named by its title, not by a number alone."""


class SessionDesk:
    """The session that is recorded on a screen, if any."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._recording: Recording | None = None
        self._dictation: Dictation | None = None
        self._turn = asyncio.Lock()
        self._opening = self._looking = False
        self._trouble = ""
        self._drawn_for: Size | None = None
        self.waiting = 0
        """How many sessions of the study are open, as far as is known."""
        self.left_behind = ""
        """What was entered and not recorded when the session was let go of, in sentences."""

    @property
    def session(self) -> Session | None:
        """The session that is recorded here."""
        return None if self._recording is None else self._recording.session

    @property
    def bar(self) -> SessionBar:
        """The foot of the screen, there once a session was opened."""
        from studygroup.tui.widgets.session_bar import SessionBar

        return self._screen.query_one(SessionBar)

    # Beginning and ending.

    def open(self, session: str) -> None:
        """Go on with a session, given by its id."""
        sessions = self._screen.workspace.sessions
        self._take(lambda: sessions.resume(session))

    def _take(self, call: Callable[[], Recording]) -> None:
        """Begin with the recording that `call` returns.

        One at a time: a recording that nobody waits for any more would hold its journal's lock.
        """
        if self._opening or self._recording is not None:
            self._notify("A session is open here already.")
            return
        self._opening = True
        self._screen.await_line()

        def begin(recording: Recording) -> None:
            self._opening = False
            self._begin(recording)

        def failed(error: Exception) -> None:
            self._opening = False
            self._screen.refuse_line()
            complain(self._screen.app, error)

        async def take() -> None:
            await self._lay_bar()
            beside(self._screen, call, begin, group="opening", failed=failed)

        self._screen.run_worker(take(), group="bar")

    async def _lay_bar(self) -> None:
        """Put the foot of the screen where it belongs; keys wait for its line meanwhile."""
        from studygroup.tui.widgets.session_bar import SessionBar

        if not self._screen.query(SessionBar):
            await self._screen.mount(SessionBar(id="session"), before="#keys")

    def begin(self, session: str, running: tuple[Session, ...]) -> None:
        """Go on with the session that was asked for; without one, show if some are still open."""
        self._show_waiting(running)
        if session:
            self.open(session)

    def look(self) -> None:
        """Show anew whether a session is open that is not recorded here."""
        running = self._screen.workspace.sessions.running
        beside(self._screen, running, self._show_waiting, group="waiting")

    def _show_waiting(self, running: tuple[Session, ...]) -> None:
        self.waiting = len(running)
        self._screen.show_keys()
        self._screen.show_where()

    def record(self) -> None:
        """Put the cursor into the recorder line; without a session, go on with one or start one."""
        if self._recording is not None:
            # At once: what is typed next is meant for it.
            self._screen.set_focus(self.bar.line)
            return
        self._screen.await_line()
        if self._opening:
            return
        sessions = self._screen.workspace.sessions

        def choose(running: tuple[Session, ...]) -> None:
            if len(running) == 1:
                self.open(running[0].id)
            else:
                self._screen.refuse_line()
                self.ask_what_to_do()

        def failed(error: Exception) -> None:
            self._screen.refuse_line()
            complain(self._screen.app, error)

        beside(self._screen, sessions.running, choose, group="session", failed=failed)

    def ask_what_to_do(self) -> None:
        """Let the reader choose among what can be done with the session, or with none."""
        from studygroup.tui.session_menu import ask_what_to_do

        ask_what_to_do(self._screen, self)

    def plan(self) -> None:
        """Let the reader plan a session, and start it."""
        from studygroup.tui.planning import plan_session

        study, here = self._screen.study, self._screen.position
        if study is None or here is None:
            self._notify("A session needs a reading. Bring one in: studygroup import FILE")
            return
        plan_session(self._screen, study, here.reading, self._take)

    def _begin(self, recording: Recording) -> None:
        from studygroup.tui.dictation import Dictation

        self._recording = recording
        self._dictation = Dictation(self._screen, recording, self._turn, self._show)
        self._screen.app.clear_notifications()
        self._screen.add_class("in-session")
        self._screen.show_keys()
        self._screen.show_where()
        self._show()
        self._screen.discussed.look()
        self._go_to_session()
        for problem in recording.problems:
            self._notify(str(problem))
        self._dictation.restore()
        self._screen.tour.session_changed()
        self._screen.app.post_message(Happened("session"))
        self._screen.call_after_refresh(self.bar.line.focus)
        # A term is looked for while somebody is still speaking: that is no time to read a study.
        self._screen.prepare_search()

    def leave_open(self) -> None:
        """Let go of the session, which goes on."""
        stays = "The session stays open. Press : to go on with it."
        self._do(lambda r: r.session, lambda _: self._end(stays))

    def leave(self) -> None:
        """Write what still waits, stop the clock if nobody else records, and let go."""
        recording, self._recording = self._recording, None
        dictation, self._dictation = self._dictation, None
        if recording is None or dictation is None:
            return
        with recording:
            self.left_behind = dictation.finish()
            if recording.session.recorders == (recording.recorder,):
                self._try(recording.pause)

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except StudygroupError as error:
            complain(self._screen.app, error)

    def _end(self, sentence: str) -> None:
        self.leave()
        self._screen.remove_class("in-session")
        self.look()
        self._screen.discussed.look()
        self._screen.tour.session_changed()
        self._screen.return_to_text()
        self._notify(sentence)

    def close(self) -> None:
        """End the session."""

        def closed(session: Session) -> None:
            count = len(session.open_questions)
            questions = "1 open question is" if count == 1 else f"{count} open questions are"
            left = f"; {questions} carried over" if count else ""
            self._end(f"Closed: {session.title}{left}. S starts the next one.")

        self._do(lambda r: r.close(), closed)

    def write_up(self) -> None:
        """Write the session up."""
        write_up(self._screen, self._screen.workspace, self._needed().id)

    # The course of it.

    def take_up_next_prompt(self) -> None:
        """Take up the next prompt that is open, and show its section."""

        def show(spot: Spot | None) -> None:
            self._show()
            if spot is None:
                self._notify("Nothing is left on the agenda.")
            else:
                self._go_to_session()

        self._do(lambda r: r.take_up_next_prompt(), show)

    def show_agenda(self) -> None:
        """Show the agenda; go to the line chosen there, and write down what was changed in it."""
        from studygroup.tui.planning import show_agenda

        def write(change: Callable[[Recording], None], go: bool) -> None:
            def show(_: None) -> None:
                self._show()
                if go:
                    self._go_to_session()

            self._do(change, show)

        show_agenda(self._screen, self._needed(), write)

    def take_up_here(self) -> None:
        """Move the session to the section on the screen, or to the selected prompt."""
        from studygroup.core.meeting.session import Spot

        place = self._screen.position
        if place is None:
            return
        prompt = ""
        if self._screen.sheet is self._screen.prompts and self._screen.prompts.selected:
            prompt = self._screen.prompts.selected.id
        self._take_up(Spot(place.reading, place.section, prompt))

    def follow(self, before: tuple[str, str]) -> None:
        """Take up the section just opened, if the session stood at the one left (`before`).

        A topic stands in no section: whoever goes on to the next one has done with it.
        """
        session, place = self.session, self._screen.position
        if session is None or place is None or session.closed is not None:
            return
        from studygroup.core.meeting.session import Spot

        if session.spot.topic or (session.spot.reading, session.spot.section) == before:
            self._take_up(Spot(place.reading, place.section))

    def _take_up(self, spot: Spot) -> None:
        self._do(lambda r: r.take_up(spot), lambda _: self._show())

    def go_to(self, spot: Spot, then: Callable[[], None]) -> None:
        """Move the session to a spot and show it; `then` is called once that is on disk."""

        def show(_: Session) -> None:
            self._show()
            self._go_to_session()
            then()

        self._do(lambda r: r.take_up(spot), show)

    def mark(self, note: Note) -> None:
        """Say that a note is discussed; of one that was, that it is open after all."""
        discussed = note.id not in self._screen.notes.discussed
        self._do(lambda r: r.mark(note, discussed=discussed), lambda _: self._show())

    def settle(self, how: Settlement) -> None:
        """Say what became of the present prompt."""
        spot = self._needed().session.spot
        if not spot.prompt:
            raise UsageError("no prompt is taken up", hint="p takes up the next one.")
        said = {
            "discussed": "Discussed.",
            "deferred": "Left for the next session.",
            "skipped": "Dropped: it is not carried over.",
        }[how]

        def done(_: Session) -> None:
            self._show()
            self._notify(said)

        def write(recording: Recording) -> Session:
            recording.settle(spot.reading, spot.prompt, how)
            return recording.take_up(spot.place)

        self._do(write, done)

    def pause_or_go_on(self) -> None:
        """Stop the clock, or let it run on."""
        running = self._needed().session.running
        self._do(lambda r: r.pause() if running else r.resume(), lambda _: self._show())

    def strike(self) -> None:
        """Strike the last entry."""

        def struck(done: Recorded) -> None:
            self._show()
            self._notify(shorten(done.said, 80))

        self._do(lambda r: r.strike(), struck)

    # The line.

    def entered(self, event: RecorderLine.Entered) -> None:
        """Write a line that was entered."""
        if self._dictation is not None:
            self._dictation.entered(event)

    def typing(self, typed: str) -> None:
        """Keep what is typed, and say where the words of a quotation stand."""
        if self._dictation is not None:
            self._dictation.typing(typed)

    def take(self, taken: Taken, tell: Tell) -> None:
        """Record words taken from where they stand; `tell` is called once they are on disk."""
        self._needed()
        if self._dictation is not None:
            self._dictation.take(taken, tell)

    # Showing.

    def tick(self) -> None:
        """Twice a second: let the clock go on, and show what other recorders wrote."""
        recording = self._recording
        if recording is None:
            return
        if self._screen.app.size == self._drawn_for:
            self.bar.tick(self._screen.workspace.sessions.clock())
        else:
            self._show()
        if self._looking:
            return  # the disk is slow: looks that pile up would keep all else from it
        self._looking = True
        before = recording.session

        def look() -> tuple[str, Session]:
            return recording.keep_time(), recording.refresh()

        def show(found: tuple[str, Session]) -> None:
            said, session = found
            self._looking, self._trouble = False, ""
            if said:
                self._notify(said)
            if session is not before and recording is self._recording:
                self._show()

        def failed(error: Exception) -> None:
            self._looking = False
            # What fails every second is said once, until it has gone well again.
            if str(error) != self._trouble:
                self._trouble = str(error)
                complain(self._screen.app, error)

        beside(self._screen, look, show, group="others", failed=failed)

    def _show(self) -> None:
        session = self.session
        if session is None or self._recording is None:
            return
        self._drawn_for = self._screen.app.size
        now = self._screen.workspace.sessions.clock()
        place, ask = self._names(session.spot)
        self.bar.show(session, now, self._recording.recorder, place, ask)
        self._screen.discussed.show()
        self.place_changed()

    def place_changed(self) -> None:
        """Show whether another section is read than the one that the session is at."""
        session, place = self.session, self._screen.position
        if session is not None and place is not None:
            spot = session.spot
            here = (place.reading, place.section)
            self.bar.set_elsewhere(bool(spot.section) and (spot.reading, spot.section) != here)

    def _names(self, spot: Spot) -> tuple[str, str]:
        study = self._screen.study
        reading = study.reading(spot.reading) if study else None
        section = reading.section(spot.section) if reading else None
        prompts = study.prompts if study else ()
        at = (spot.reading, spot.prompt)
        ask = next((p.ask for p in prompts if (p.reading, p.id) == at), "")
        agenda = self.session.agenda if self.session is not None and spot.question else ()
        ask = ask or next((i.title for i in agenda if i.spot == spot), "")
        if spot.topic:
            return shorten(spot.topic, 24), spot.topic
        if section is None:
            return reading.title if reading else "", ask
        number = section.title.partition(" ")[0].rstrip(".")
        short = number.isdecimal() and self._screen.app.size.width < ROOM_FOR_TITLES
        return f"§{number if short else shorten(section.title, 24)}", ask

    def _go_to_session(self) -> None:
        """Show the session's section, and its prompt as the current one."""
        session, screen = self.session, self._screen
        if session is None or screen.study is None:
            return
        spot, place = session.spot, screen.position
        slug = spot.reading or next(iter(session.readings), "")
        reading = screen.study.reading(slug)
        section = spot.section
        if not section and reading is not None and (place is None or place.reading != slug):
            section = next((s.id for s in reading.sections), "")
        if section and (place is None or (place.reading, place.section) != (slug, section)):
            try:
                screen.open(slug, section)
            except UsageError as error:
                complain(screen.app, error)
        if spot.prompt:
            screen.prompts.set_current(spot.prompt)

    def _needed(self) -> Recording:
        if self._recording is None:
            raise UsageError("no session is running here", hint="S starts one.")
        return self._recording

    def _do(self, call: Callable[[Recording], T], then: Callable[[T], None]) -> None:
        """Write to the journal in a thread, in turn, and show what came of it.

        What was entered before comes before it.
        """
        recording, dictation = self._needed(), self._dictation

        async def run() -> None:
            try:
                if dictation is not None:
                    await dictation.all_written()
                async with self._turn:
                    result = await asyncio.to_thread(call, recording)
            except StudygroupError as error:
                complain(self._screen.app, error)
            else:
                then(result)

        self._screen.run_worker(run(), group="session-acts")

    def _notify(self, sentence: str) -> None:
        self._screen.app.notify(sentence, markup=False)
