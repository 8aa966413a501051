"""The reading screen: what is read, what is asked about it, what is thought about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding
from textual.timer import Timer

from studygroup.core.errors import StudygroupError, UsageError
from studygroup.core.study import Study
from studygroup.core.workspace import Position, Workspace
from studygroup.tui.commands import BOTTOM_LINE, BY_ID, bindings
from studygroup.tui.desk import SessionDesk
from studygroup.tui.discussed import Discussed
from studygroup.tui.drafts import Drafts
from studygroup.tui.screens.links import LinkedScreen
from studygroup.tui.session_commands import SESSION_LINE
from studygroup.tui.tour import Tour
from studygroup.tui.type_ahead import LineReady
from studygroup.tui.ways import Ways
from studygroup.tui.widgets.bars import Breadcrumb, Choice, ChoiceBar, KeyBar, PaneTabs
from studygroup.tui.widgets.blocks import Block
from studygroup.tui.widgets.markers import Marker
from studygroup.tui.widgets.note_filter import EVERY
from studygroup.tui.widgets.outline import Outline
from studygroup.tui.widgets.section_text import SectionText
from studygroup.tui.work import beside, complain, nothing

if TYPE_CHECKING:
    from studygroup.core.meeting.session import Session
    from studygroup.tui.asking import Found
    from studygroup.tui.screens.past_sessions import Stood
    from studygroup.tui.widgets.session_bar import RecorderLine, SessionBar

PREPARE_AFTER = 0.5
"""Seconds after which a study that was read is made ready for searching: first it is shown."""
LATER = ("studygroup.tui.searching", "studygroup.tui.dictation")
"""What a search and a session are made of: loaded once there is something to read."""
_REMEMBER_AFTER = 0.4
"""Seconds after which a place where one rests, or what is being written, is kept."""

NO_READINGS = (
    Block("This study has no readings yet.", "title"),
    Block("Bring in a text from the shell, in whatever shape you have it:"),
    Block("studygroup import FILE", "code", indent=2),
    Block("It becomes a Markdown file in the study's readings folder. Then press R here."),
)


class ReadingScreen(LinkedScreen):
    """Going through a study from place to place, alone or in a session.

    The screen owns the place and hands it down to its panels; they tell it what was chosen.
    """

    BINDINGS: ClassVar[list[Binding]] = bindings()  # type: ignore[assignment]

    def __init__(
        self, workspace: Workspace, open_at: Position | None = None, session: str = ""
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.ways = Ways(self)
        self.desk = SessionDesk(self)
        self.discussed = Discussed(self)
        self.tour = Tour(self)
        self._open_at = open_at
        self._session = session
        self.awaits_line = False
        """Whether what is typed has to wait until the recorder line is there."""
        self._remembering: Timer | None = None
        self.drafts = Drafts(workspace.state)
        self._keeping: Timer | None = None
        self.last_found: Found | None = None
        self._once_read: Callable[[], None] | None = None
        self.stood_in_past: Stood | None = None
        """Where among the past sessions the reader stood when last there."""

    def on_mount(self) -> None:
        """Show the frame at once, and read the study after the first frame."""
        self.show_keys()
        self.set_interval(0.5, self.desk.tick)
        self.query_one(Breadcrumb).show(["studygroup"])
        self.call_after_refresh(self._read_first)

    def _read_first(self) -> None:
        def read() -> tuple[Study, Position | None, tuple[Session, ...]]:
            study = self.workspace.study
            place = self._open_at or self.workspace.last_position()
            self.drafts.restore()
            self.tour.recall(study)
            return study, place, self.workspace.sessions.running()

        def show(found: tuple[Study, Position | None, tuple[Session, ...]]) -> None:
            study, place, running = found
            self._show_study(study, place)
            self.discussed.look()
            self.tour.begin()
            self.desk.begin(self._session, running)
            self.set_timer(PREPARE_AFTER, self._get_ready)
            for name in self.drafts.begun:
                key = {"note": "a", "prompt": "A"}[name]
                self.app.notify(f"A {name} is begun and not saved: {key} goes on.", markup=False)
            waiting, self._once_read = self._once_read, None
            if waiting is not None:
                waiting()

        beside(self, read, show, group="study")

    def once_read(self, do: Callable[[], None]) -> None:
        """Do this now, or, while the study is still being read, as soon as it is shown."""
        if self.study is None:
            self._once_read = do
        else:
            do()

    # Commands.

    @property
    def in_line(self) -> bool:
        """Whether the recorder line has the focus."""
        return self.focused is not None and self.focused.id == "recorder-line"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Run no command by a key that is typed into the recorder line."""
        return not (action == "command" and self.in_line)

    def action_command(self, id: str) -> None:
        """Run a command by its id; what it cannot do, it says."""
        try:
            BY_ID[id].run(self)
        except (StudygroupError, OSError) as error:
            complain(self.app, error)

    # The place.

    def show_section(self, paragraph: int | None) -> None:
        """Show the open section, and which of its notes were discussed."""
        self.discussed.show()
        super().show_section(paragraph)

    def open(
        self,
        reading: str,
        section: str,
        paragraph: int | None = None,
        *,
        highlight: Marker | None = None,
        leave: bool = True,
    ) -> None:
        """Open a section at a paragraph, with places highlighted; the way back is kept (`leave`).

        Raises UsageError where there is no such section.
        """
        found = self.study.reading(reading) if self.study else None
        part = found.section(section) if found else None
        if found is None or part is None:
            raise UsageError(f"there is no section “{section}” in “{reading}”")
        if leave:
            self.leave()
        self.reading, self.section = found, part
        self.ways.arrived()
        self.show_keys()
        self.text.highlight(None)
        self.show_section(paragraph)
        self.desk.place_changed()
        if highlight is not None:
            self.text.highlight(highlight)
            self.text.reveal_hit()
        self._remember_soon()

    def minutes(self) -> Iterable[Session]:
        """Return the sessions of which there are minutes. Raises StudyError."""
        return self.workspace.sessions.readable()

    def leave(self) -> None:
        """Keep how the reader stands, for the way back from what follows."""
        self.ways.leave()

    def marks_shown(self) -> None:
        """Once notes are marked, what was scrolled before a jump or a look is so again."""
        self.ways.restore()

    def quotations_shown(self) -> None:
        """Once quotations are shown as well, nothing is left to be put back."""
        self.ways.restored()

    def open_neighbour(self, count: int, *, at_end: bool = False) -> None:
        """Open the next section of the reading (`count` 1), or the one before (-1)."""
        if self.reading is None or self.section is None:
            return
        index = self.reading.index_of(self.section.id) + count
        if not 0 <= index < len(self.reading.sections):
            end = "last" if count > 0 else "first"
            self.app.notify(f"This is the {end} section. g goes elsewhere.", markup=False)
            return
        section = self.reading.sections[index]
        before = (self.reading.slug, self.section.id)
        self.open(self.reading.slug, section.id, len(section.paragraphs) if at_end else None)
        self.desk.follow(before)

    # Showing.

    def _show_study(self, study: Study, position: Position | None) -> None:
        self.study = study
        self.outline.show_readings(study.readings)
        first = next((r for r in study.readings if r.sections), None)
        if first is None:
            self._show_nothing(study)
        elif position is not None:
            self.open(position.reading, position.section, position.paragraph, leave=False)
        else:
            self.open(first.slug, first.sections[0].id, leave=False)
        self._count_problems()

    def _count_problems(self) -> None:
        """Say at the top how many problems there are now, once they are counted."""
        beside(self, self.workspace.problems, self.show_broken, group="problems")

    def standing_facts(self) -> list[str]:
        """Return what the top line says as long as it is so: a session that waits, problems."""
        waits = self.desk.session is None and self.desk.waiting
        return [*(["‖ a session is open"] if waits else []), *super().standing_facts()]

    def _show_nothing(self, study: Study) -> None:
        self.reading = self.section = None
        self.show_where()
        self.text.show_message(NO_READINGS)
        self.prompts.show_prompts((), (), "Prompts hang on a reading's sections.")
        self.notes.show_notes((), (), "Notes hang on a reading's sections.")
        self.quoted.say("There is no text yet that could be quoted.")

    def refresh_study(self, study: Study) -> None:
        """Show a study that was read again, at the same place if that still exists."""
        self.desk.look()
        self.discussed.look()
        self._count_problems()
        if study == self.study:
            return
        place, top = self.position, self.text.scroll_y
        self.study = study
        self.set_timer(PREPARE_AFTER, self.prepare_search)
        self.outline.show_readings(study.readings)
        reading = study.reading(place.reading) if place else None
        section = reading.section(place.section) if reading and place else None
        if place is None or reading is None or section is None:
            self._show_study(study, None)
            return
        self.reading, self.section = reading, section
        self.show_section(place.paragraph)
        self.text.scroll_to(y=top, animate=False)

    def _get_ready(self) -> None:
        """Get ready for the first search and session: to load what they need takes a moment."""
        self.prepare_search()
        beside(self, lambda: [import_module(name) for name in LATER], nothing, group="load")

    def prepare_search(self) -> None:
        """Make the study ready to be searched, so that the first search need not wait for it."""

        def failed(error: Exception) -> None:
            self.app.call_later(complain, self.app, error)

        self.workspace.finder.prepare_beside(failed)

    def show_keys(self) -> None:
        """Show the keys that help most: after a search, first of all the way back."""
        keys = [_key_choice(id) for id in (SESSION_LINE if self.desk.session else BOTTOM_LINE)]
        if self.desk.session is None and self.desk.waiting:
            keys = [Choice("record", "go on with the session", ":"), *keys]
        if self.ways.visiting:
            looking = [Choice("escape", "back to where you were", "Esc")]
            keys = [*looking, Choice("next-hit", "next place", "n"), *keys]
        self.query_one(KeyBar).show(keys)

    def _remember_soon(self) -> None:
        if self._remembering is not None:
            self._remembering.stop()
        self._remembering = self.set_timer(_REMEMBER_AFTER, self._remember)

    def _remember(self) -> None:
        place = self.position
        if place is not None:
            beside(self, lambda: self.workspace.remember_position(place), nothing, group="place")

    def keep_drafts_soon(self) -> None:
        """Keep what is being written, in a moment, however long somebody goes on typing."""
        if self._keeping is None:
            self._keeping = self.set_timer(_REMEMBER_AFTER, self.keep_drafts)

    def keep_drafts(self) -> None:
        """Keep what is being written, for the next start."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        beside(self, self.drafts.keep, nothing, group="drafts")

    def on_unmount(self) -> None:
        """Let go, whichever way the app is left."""
        self.let_go()

    def let_go(self) -> None:
        """Let go of the session, keep the place and what is being written; at once, and once."""
        self.desk.leave()
        # There is no screen left to complain on: what could be kept is.
        with suppress(StudygroupError, OSError):
            self.drafts.keep()
        with suppress(StudygroupError, OSError):
            self.tour.keep()
        place = self.position
        if place is not None:
            # There is no screen left to complain on, and a place is only a convenience.
            with suppress(StudygroupError, OSError):
                self.workspace.remember_position(place)

    # Highlights.

    def return_to_text(self) -> None:
        """Show all notes; else go back from a look elsewhere; else end highlighting."""
        if self.sheet is self.notes and self.notes.filter != EVERY:
            self.notes.narrow(EVERY)
            return
        if self.ways.visiting and not self.has_class("outline-open"):
            self.ways.end_visit()
            return
        if not self.has_class("outline-open") and self.focused is self.text:
            self.text.highlight(None)
        self.remove_class("outline-open")
        self.focus_pane(self.text)

    # What the panels tell.

    @on(SectionText.ParagraphReached)
    def _paragraph_reached(self) -> None:
        self.show_notes_here()
        self._remember_soon()

    @on(SectionText.NextChosen)
    def _next_chosen(self) -> None:
        self.open_neighbour(1)

    @on(Outline.SectionChosen)
    def _section_chosen(self, event: Outline.SectionChosen) -> None:
        self.open(event.reading, event.section)
        self.return_to_text()

    @on(Breadcrumb.Clicked)
    def _breadcrumb_clicked(self) -> None:
        self.action_command("go-to")

    def on_tour_strip_closed(self) -> None:
        """Close the tour, whose line was clicked (Textual finds this by its name)."""
        self.action_command("put-tour-away")

    @on(events.AppFocus)
    def _come_back(self) -> None:
        """Show what was changed elsewhere while the terminal was in the background."""
        if self.study is not None:
            self.action_command("reload")

    # Textual finds these four by their names: what they handle is loaded with a session.

    def on_recorder_line_entered(self, event: RecorderLine.Entered) -> None:
        """Write the line that was entered."""
        self.desk.entered(event)

    def on_session_bar_typing(self, event: SessionBar.Typing) -> None:
        """Look up what is typed."""
        self.desk.typing(event.typed)

    def on_recorder_line_reached(self) -> None:
        """Let what was typed for the line come to it."""
        self.awaits_line = False
        self.post_message(LineReady())

    def on_recorder_line_left(self) -> None:
        """Go back to the text."""
        self.return_to_text()

    def await_line(self) -> None:
        """Hold what is typed until the recorder line has the focus."""
        self.awaits_line = True

    def refuse_line(self) -> None:
        """Forget what was typed for a recorder line that does not come."""
        if self.awaits_line:
            self.awaits_line = False
            self.post_message(LineReady(refused=True))

    @on(ChoiceBar.Chosen)
    def _bar_clicked(self, event: ChoiceBar.Chosen) -> None:
        if isinstance(event.bar, PaneTabs):
            self.focus_pane(next((p for p in self.panes if p.id == event.id), self.text))
        else:
            self.action_command(event.id)


def _key_choice(id: str) -> Choice:
    command = BY_ID[id]
    return Choice(id, command.label, command.shown_keys()[0])
