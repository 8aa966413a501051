"""The commands of a session: recording, prompts, the clock, starting and ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studygroup.tui.command import Command

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


class Record(Command):
    """To the recorder line; without a session, start one or go on with one."""

    id, keys, group = "record", "colon", "Session"
    title, help, label = "Record", "what is said becomes an entry on Enter", "record"

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.record()


class Sessions(Command):
    """Start a session, go on with one, or end the one that runs."""

    id, keys, group = "session", "S", "Session"
    title, help, label = "Session…", "start, go on, pause, write up, close", "session"

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.ask_what_to_do()


class Answer(Command):
    """Choose an open question, of this session or an earlier one, and write its answer."""

    id, keys, group = "answer", "=", "Session"
    title, help = "Answer an open question…", "of this session, or of any before it"

    def run(self, screen: ReadingScreen) -> None:
        from studygroup.tui.answering import answer

        answer(screen)


class PastSessions(Command):
    """Show what was decided in past sessions, and what is still open."""

    id, keys, group = "past-sessions", "H", "Session"
    title, help = "Past sessions", "what was decided, what is open, what is to do"

    def run(self, screen: ReadingScreen) -> None:
        from studygroup.tui.screens.past_sessions import show_past_sessions

        show_past_sessions(screen)


class Floor(Command):
    """Show who has spoken, for how long, and who waits."""

    id, keys, group = "floor", "F", "Session"
    title, help = "Who has spoken", "floor time, turns, and who waits for the floor"

    def run(self, screen: ReadingScreen) -> None:
        from studygroup.tui.screens.floor import show_floor

        show_floor(screen)


class NextPrompt(Command):
    """Take up the next prompt of the agenda."""

    id, keys, group = "next-prompt", "p", "Session"
    title, help, label = "Next prompt", "the first one open, from here on", "next prompt"

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.take_up_next_prompt()


class Agenda(Command):
    """Show the agenda of the session, with what is done and what is still to come."""

    id, keys, group = "agenda", "O", "Session"
    title, help, label = (
        "Agenda…",
        "what is done and what is to come; change it",
        "agenda",
    )

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.show_agenda()


class TakeUp(Command):
    """Move the session to the section on the screen, or to the prompt that is selected."""

    id, keys, group = "take-up", "t", "Session"
    title, help = "Take up", "this section, or the selected prompt: talk is recorded under it"

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.take_up_here()


class Discussed(Command):
    """Mark the note that is selected, else the present prompt, as discussed."""

    id, keys, group = "discussed", "x", "Session"
    title, help = "Prompt is discussed", "in the notes: the selected note is, or after all not"

    def run(self, screen: ReadingScreen) -> None:
        note = screen.notes.selected if screen.sheet is screen.notes else None
        if note is not None:
            screen.desk.mark(note)
        else:
            screen.desk.settle("discussed")


class Defer(Command):
    """Leave the present prompt for the next session."""

    id, keys, group = "defer", "d", "Session"
    title = "Leave the prompt for next time"

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.settle("deferred")


class Skip(Command):
    """Drop the present prompt, now and for later sessions."""

    id, keys, group = "skip", "D", "Session"
    title, help = "Drop the prompt", "it is not asked, and not carried over either"

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.settle("skipped")


class Quote(Command):
    """Quote what stands here: in the minutes, or without a session in a note."""

    id, keys, group = "quote", "greater_than_sign,ctrl+r", "Session"
    title, label = "Quote what is here", "quote"
    help = "selected words, a sentence found, paragraph or note: in the minutes, else in a note"

    def run(self, screen: ReadingScreen) -> None:
        from studygroup.tui.taking import quote_here

        quote_here(screen)


class Strike(Command):
    """Strike the last entry; it stays in the journal, struck."""

    id, keys, group = "strike", "u", "Session"
    title, help, label = "Strike the last entry", "it stays in the journal, struck", "strike"

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.strike()


class Pause(Command):
    """Stop the session's clock, or let it run on."""

    id, keys, group = "pause", "P", "Session"
    title = "Pause, or go on"

    def run(self, screen: ReadingScreen) -> None:
        screen.desk.pause_or_go_on()


SESSION_COMMANDS: tuple[Command, ...] = (
    Record(), Quote(), NextPrompt(), Agenda(), TakeUp(), Discussed(), Defer(), Skip(), Strike(),
    Answer(), Floor(), Pause(), Sessions(), PastSessions(),
)  # fmt: skip

SESSION_LINE = (
    "help", "record", "next-prompt", "agenda", "strike", "session", "search", "quote", "add-note",
    "next-section", "next-pane", "go-to", "palette", "quit",
)  # fmt: skip
"""What the bottom line shows during a session, the most needed first."""

LINE_FORMS = (
    ("what is said", "a remark by whoever has the floor, or spoke last"),
    ("ana: …", "by Ana; every form below may follow a name"),
    ("> words", "a quotation: Tab goes on with the text"),
    ("! …", "a decision"),
    ("? …", "an open question"),
    ("= …", "its answer: Tab chooses another question"),
    ("* ben by friday: …", "an action"),
    ("# …", "a topic, added to the agenda"),
    ("+ben  -ben  next", "the speaker queue: join, leave, the next one speaks"),
    ("+cleo", "somebody new is here"),
    ("-ben", "he has left, if he neither waits nor speaks"),
    ("Tab", "completes a name"),
    ("↑", "brings your last entry back, to be corrected"),
    ("Esc", "back to the text; what was typed stays"),
)
"""What can be typed into the recorder line, and what it records or does."""
