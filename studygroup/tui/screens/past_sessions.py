"""The past sessions of the study: the list, and what was decided and is open in the chosen one."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from studygroup.core.errors import UsageError
from studygroup.core.meeting.session import Session
from studygroup.core.study import Study
from studygroup.core.workspace import Workspace
from studygroup.tui.key_table import MOVES
from studygroup.tui.screens.dialog import Dialog, words
from studygroup.tui.widgets.bars import Choice, ChoiceBar, KeyBar
from studygroup.tui.widgets.blocks import Block
from studygroup.tui.widgets.markers import marker_of
from studygroup.tui.widgets.past_session import ALL, Goal, Telling, list_blocks
from studygroup.tui.widgets.sheet import Sheet
from studygroup.tui.work import ask, beside
from studygroup.tui.writing_up import write_up

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen

NO_SESSIONS = (
    Block("No sessions yet.", "title"),
    Block("S starts one: on the readings you choose, with whoever is there."),
    Block("What is said is then recorded with : and told here.", "muted"),
)

Act = Literal["go", "go on", "start", "record"]


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a reader stood here: at which session and item, and whether in the list."""

    session: str = ALL
    item: Hashable = None
    in_list: bool = True


@dataclass(frozen=True, slots=True)
class Leave:
    """Why the screen was left: for a place, to go on with a session, to start one, to record."""

    act: Act
    stood: Stood
    goal: Goal | None = None


class SessionList(Sheet):
    """The sessions, of which one is chosen by going to it."""

    ALWAYS_TINTED = True

    @dataclass
    class Reached(Message):
        """Another session is the current one."""

        session: str

    class Opened(Message):
        """The current session was clicked, or chosen with Enter."""

    def reached(self, key: Hashable) -> None:
        """Tell which session is current."""
        self.post_message(self.Reached(str(key)))

    def chosen(self, key: Hashable) -> None:
        """Tell that it was chosen."""
        self.post_message(self.Opened())


class SessionSheet(Sheet):
    """What came of a session; its items lead to their places."""

    @dataclass
    class Chosen(Message):
        """An item was clicked, or chosen with Enter."""

        key: Hashable

    def chosen(self, key: Hashable) -> None:
        """Tell which item was chosen."""
        self.post_message(self.Chosen(key))


class PastSessions(Dialog[Leave]):
    """List and session side by side; on a narrow terminal one of them. Esc leaves all as it was."""

    CSS_PATH: ClassVar[list[str]] = ["dialog.tcss", "past_sessions.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = "SessionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        Binding("enter", "choose", show=False),
        Binding("tab,shift+tab", "turn", show=False),
        Binding("c", "go_on", show=False),
        Binding("w", "write_up", show=False),
        Binding("S", "start", show=False),
        Binding("colon", "record", show=False),
        Binding("H,q", "close", show=False),
    ]

    def __init__(self, workspace: Workspace, study: Study, stood: Stood | None) -> None:
        super().__init__()
        self.add_class("in-list")
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium")]
        self._workspace = workspace
        self._study = study
        self._stood = stood
        self._sessions: dict[str, Session] = {}
        self._goals: dict[Hashable, Goal] = {}
        self._list = SessionList(id="sessions")
        self._sheet = SessionSheet(id="session-told")

    def compose(self) -> ComposeResult:
        """Put the list beside what is told, over the keys."""
        with Vertical(classes="box"):
            yield words("Past sessions", "title")
            with Horizontal(id="past"):
                yield self._list
                yield self._sheet
            yield KeyBar(id="past-keys")

    def on_mount(self) -> None:
        """Read the sessions beside the screen."""
        self._list.show([Block("Reading the sessions…", "muted")])
        beside(self, self._workspace.sessions.readable, self._show, group="past")

    def on_resize(self) -> None:
        """Make the bars as long as there is room."""
        self.call_after_refresh(lambda: self._tell(self._sheet.current))

    def _show(self, found: tuple[Session, ...]) -> None:
        latest = sorted(found, key=lambda s: (s.opened is not None, s.opened, s.id), reverse=True)
        self._sessions = {s.id: s for s in latest}
        if not latest:
            self.add_class("no-sessions")
            self._sheet.show(NO_SESSIONS)
            self._turn_to(self._sheet)
            return
        stood = self._stood or Stood(latest[0].id)
        if stood.session not in (ALL, *self._sessions):
            stood = Stood(latest[0].id)
        today = self._workspace.sessions.clock().date()
        self._list.show(list_blocks(latest, self._study, today), current=stood.session)
        self._list.reveal(stood.session)
        self._tell(stood.item)
        self._turn_to(self._list if stood.in_list else self._sheet)

    def _tell(self, item: Hashable = None) -> None:
        """Tell of the current session, `item` being current."""
        if not self._sessions:
            return
        width = self._sheet.frame(self._sheet.scrollable_content_region.width)[1]
        sessions = tuple(self._sessions.values())
        telling = Telling(self._study, sessions, width, self._workspace.sessions.clock())
        session = self._session
        if session is None:
            telling.tell_all()
        else:
            telling.tell(session)
        self._goals = telling.goals
        self._sheet.show(telling.blocks, current=item)
        if item is not None:
            self._sheet.reveal(item)

    @property
    def _session(self) -> Session | None:
        """The session that is current in the list; None for what all have in common."""
        return self._sessions.get(str(self._list.current))

    @property
    def _pane(self) -> Sheet:
        return self._list if self.has_class("in-list") else self._sheet

    def _turn_to(self, pane: Sheet) -> None:
        self.set_class(pane is self._list, "in-list")
        self.set_class(pane is self._sheet, "in-told")
        self.set_focus(pane, scroll_visible=False)
        self.call_after_refresh(pane.refresh)
        self._show_keys()

    def _show_keys(self) -> None:
        session = self._session
        keys = [Choice("close", "back to the text", "Esc")]
        if not self._sessions:
            keys.append(Choice("start", "start a session", "S"))
        elif self._pane is self._list:
            keys.append(Choice("choose", "what came of it", "Enter"))
        else:
            keys += [Choice("choose", "go there", "Enter"), Choice("turn", "list", "Tab")]
        if session is not None:
            keys.append(Choice("write_up", "write it up", "w"))
        if session is not None and session.closed is None:
            keys.append(Choice("go_on", "go on with it", "c"))
        self.query_one(KeyBar).show(keys)

    # What the panes tell.

    @on(SessionList.Reached)
    def _session_reached(self) -> None:
        self._tell()
        self._show_keys()

    @on(SessionList.Opened)
    def _session_opened(self) -> None:
        self._turn_to(self._sheet)

    @on(SessionSheet.Chosen)
    def _item_chosen(self, event: SessionSheet.Chosen) -> None:
        goal = self._goals.get(event.key)
        if goal is None:
            return
        reading = self._study.reading(goal.spot.reading)
        if reading is not None and reading.section(goal.spot.section) is not None:
            self._leave("go", goal)
        elif goal.spot.section:
            self.app.notify("The section that this was about is gone.", markup=False)
        else:
            self.app.notify("This was about no section of a reading.", markup=False)

    @on(ChoiceBar.Chosen)
    async def _bar_clicked(self, event: ChoiceBar.Chosen) -> None:
        await self.run_action(event.id)

    # Keys.

    def action_step(self, count: int) -> None:
        """Move in the pane with focus."""
        self._pane.step(count)

    def action_page(self, count: int) -> None:
        """Turn a page of what is told, wherever the focus is."""
        self._sheet.page(count)

    def action_end(self, last: bool) -> None:
        """To the first item of the pane, or to the last one."""
        self._pane.to_end(last=last)

    def action_choose(self) -> None:
        """Turn from the list to the session; there, go to the item's place."""
        self._pane.choose()

    def action_turn(self) -> None:
        """Turn to the other pane."""
        if self._sessions:
            self._turn_to(self._sheet if self._pane is self._list else self._list)

    def action_write_up(self) -> None:
        """Write the current session up, beside its journal."""
        session = self._session
        if session is not None:
            write_up(self, self._workspace, session.id)

    def action_go_on(self) -> None:
        """Go on with the current session, unless it is closed."""
        session = self._session
        if session is not None and session.closed is None:
            self._leave("go on")
        elif session is not None:
            self.app.notify("This session is closed. S starts the next one.", markup=False)

    def action_start(self) -> None:
        """Start a session."""
        self._leave("start")

    def action_record(self) -> None:
        """Go to the recorder line."""
        self._leave("record")

    def _leave(self, act: Act, goal: Goal | None = None) -> None:
        self.dismiss(Leave(act, self.stood, goal))

    @property
    def stood(self) -> Stood:
        """Where the reader stands here."""
        return Stood(str(self._list.current), self._sheet.current, self.has_class("in-list"))


def show_past_sessions(screen: ReadingScreen) -> None:
    """Show the past sessions, and do what the reader left them for. Raises UsageError."""
    study = screen.study
    if study is None:
        raise UsageError("the study is still being read")

    def left(leave: Leave) -> None:
        screen.stood_in_past = leave.stood
        if leave.act == "go" and leave.goal is not None:
            _go(screen, leave.goal)
        elif leave.act == "go on":
            _go_on(screen, leave.stood.session)
        elif leave.act == "start":
            screen.desk.ask_what_to_do()
        else:
            screen.desk.record()

    ask(screen.app, PastSessions(screen.workspace, study, screen.stood_in_past), left)


def show_entry(screen: ReadingScreen, session: str, key: str) -> None:
    """Show one entry in the record of its session. Raises UsageError."""
    screen.stood_in_past = Stood(session, ("record", session, key), in_list=False)
    show_past_sessions(screen)


def _go(screen: ReadingScreen, goal: Goal) -> None:
    spot = goal.spot
    marker = marker_of([goal.words]) if goal.words else None
    screen.open(spot.reading, spot.section, goal.paragraph, highlight=marker)
    screen.focus_pane(screen.text)
    if spot.prompt:
        screen.prompts.set_current(spot.prompt)


def _go_on(screen: ReadingScreen, session: str) -> None:
    here = screen.desk.session
    if here is not None and here.id == session:
        screen.desk.record()
    else:
        screen.desk.open(session)
