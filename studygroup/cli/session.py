"""`studygroup session`: start, record, list, show and close sessions."""

from __future__ import annotations

import sys

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import faint, say, say_json, strong, warn
from studygroup.core.meeting.recording import Recording
from studygroup.core.meeting.session import Spot

RECORDER = click.option(
    "--as", "recorder", metavar="NAME", default="", help="Who records; default: you."
)
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


class _Commands(click.Group):
    """Loads what tells of past sessions only when that is asked for: `add` is to be quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*self.commands, "list", "show"])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in ("list", "show"):
            from studygroup.cli.past_sessions import list_, show

            return list_ if name == "list" else show
        return super().get_command(ctx, name)


@click.group(name="session", cls=_Commands)
def command() -> None:
    """Start, record, list, show and close sessions.

    Example: studygroup session start anatomy --minutes 90 --with ana,ben
    """


@command.command(name="start")
@click.argument("readings", metavar="READING...", nargs=-1, required=True)
@click.option("--minutes", type=click.IntRange(1, 1440), default=90, show_default=True)
@click.option("--with", "people", metavar="ana,ben", default="", help="Who is here.")
@click.option("--title", metavar="T", default="", help="Default: the readings' titles.")
@click.option("--no-open", is_flag=True, help="Only start it; don't open the app.")
@click.option("--dry-run", is_flag=True, help="Only show the agenda; start nothing.")
@RECORDER
@JSON
@pass_context
def start(
    context: Context,
    readings: tuple[str, ...],
    minutes: int,
    people: str,
    title: str,
    no_open: bool,
    dry_run: bool,
    recorder: str,
    as_json: bool,
) -> None:
    """Start a session on each READING and open the app on it (in a pipe: only start it).

    The agenda begins with what earlier sessions left over, then follows the text. --dry-run shows
    it. To change it first, start the session in the app: S.

    Example: studygroup session start anatomy --minutes 90 --with ana,ben
    """
    from studygroup.cli.agenda_table import say_agenda
    from studygroup.core.meeting.session_data import proposal_data, session_data

    sessions = context.workspace.sessions
    draft = sessions.propose(readings, minutes)
    if dry_run:
        if as_json:
            say_json(proposal_data(draft))
        else:
            say_agenda(context, draft)
        return
    with sessions.start(
        readings,
        minutes=minutes,
        attendance=people.split(","),
        title=title,
        recorder=recorder,
        agenda=draft.items,
    ) as recording:
        session = recording.session
    if as_json:
        say_json(session_data(session))
        return
    if sys.stdout.isatty():
        say_agenda(context, draft)
    say(f"Started {strong(session.id)}: {session.title}, {session.planned} min")
    if no_open or not (sys.stdout.isatty() and sys.stdin.isatty()):
        say(faint(f'Record with: studygroup session add {session.id} "ana: what she said"'))
        return
    from studygroup.cli.read import open_app

    open_app(context, session=session.id)


_AS_TYPED = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""`-ben` is a line to record, not four options."""


@command.command(name="add", context_settings=_AS_TYPED)
@click.argument("session", metavar="ID")
@click.argument("words", metavar="TEXT...", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--at", "place", metavar="[READING]#SECTION", help="Go to that section first.")
@click.option(
    "--question", metavar="WORDS", help="Which open question, of any session, `= text` answers."
)
@RECORDER
@JSON
@pass_context
def add(
    context: Context,
    session: str,
    words: tuple[str, ...],
    place: str | None,
    question: str | None,
    recorder: str,
    as_json: bool,
) -> None:
    """Record TEXT in session ID, as the recorder line in the app does.

    \b
    ana: text              a remark by Ana           ! text   a decision
    > words                a quotation, cited        ? text   an open question
    * ana by friday: text  an action                 = text   an answer to the last question
    +ben   -ben   next     the speaker queue         # text   a topic for the agenda
    -ben                   once more, or while he does not wait: he has left

    Quote TEXT for the shell. ID may be shortened: 2026-11-22.

    Example: studygroup session add 2026-11-22 "ana: That is a wall, not a line."
    """
    with context.record(session, recorder) as recording:
        if place is not None:
            recording.take_up(_spot(context, recording, place))
        answers = "" if question is None else _asked(context, recording.id, question)
        recorded = recording.record(" ".join(words), question=answers)
    if as_json:
        from studygroup.core.meeting.session_data import entry_data

        entry = None if recorded.entry is None else entry_data(recorded.entry)
        told = {"said": recorded.said, "notices": list(recorded.notices), "entry": entry}
        say_json({"session": recording.id, **told})
        return
    say(recorded.said)
    for notice in recorded.notices:
        warn(notice)


def _asked(context: Context, session: str, words: str) -> str:
    from studygroup.core.meeting.history import question_called

    return question_called(context.workspace.sessions.all(), session, words)


def _spot(context: Context, recording: Recording, place: str) -> Spot:
    name, _, heading = place.rpartition("#")
    study = context.workspace.study
    session = recording.session
    slug = name or session.spot.reading or next(iter(session.readings), "")
    reading = study.find_reading(slug)
    return Spot(reading.slug, study.find_section(reading, heading).id)


@command.command(name="close")
@click.argument("session", metavar="ID")
@RECORDER
@JSON
@pass_context
def close(context: Context, session: str, recorder: str, as_json: bool) -> None:
    """Close session ID. What is still open is carried over to the next one.

    Example: studygroup session close 2026-11-22
    """
    with context.record(session, recorder) as recording:
        already = recording.session.closed
        closed = recording.close()
    if as_json:
        from studygroup.core.meeting.session_data import session_data

        say_json(session_data(closed))
        return
    if already is not None:
        say(f"{closed.id} was closed already, {already:%Y-%m-%d %H:%M}")
        return
    entries = _counted(len(closed.standing), "entry", "entries")
    questions = _counted(len(closed.open_questions), "open question", "open questions")
    say(f"Closed {strong(closed.id)}: {entries}, {questions}")
    say(faint(f"Write it up: studygroup export {closed.id}"))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
