"""`studygroup session`: start, record, list, show and close sessions."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import faint, say, say_json, strong, table, warn
from studygroup.core.recording import Recording, entry_line
from studygroup.core.session import AgendaItem, Session, Spot
from studygroup.core.session_data import entry_data, session_data

RECORDER = click.option(
    "--as", "recorder", metavar="NAME", default="", help="Who records; default: you."
)
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


@click.group(name="session")
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
    recorder: str,
    as_json: bool,
) -> None:
    """Start a session on each READING and open the app on it (in a pipe: only start it).

    The agenda begins with what earlier sessions left over, then follows the text.

    Example: studygroup session start anatomy --minutes 90 --with ana,ben
    """
    with context.workspace.sessions.start(
        readings,
        minutes=minutes,
        attendance=people.split(","),
        title=title,
        recorder=recorder,
    ) as recording:
        session = recording.session
    if as_json:
        say_json(session_data(session))
        return
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
@RECORDER
@JSON
@pass_context
def add(
    context: Context,
    session: str,
    words: tuple[str, ...],
    place: str | None,
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
        recorded = recording.record(" ".join(words))
    if as_json:
        entry = None if recorded.entry is None else entry_data(recorded.entry)
        told = {"said": recorded.said, "notices": list(recorded.notices), "entry": entry}
        say_json({"session": recording.id, **told})
        return
    say(recorded.said)
    for notice in recorded.notices:
        warn(notice)


def _spot(context: Context, recording: Recording, place: str) -> Spot:
    name, _, heading = place.rpartition("#")
    study = context.workspace.study
    session = recording.session
    slug = name or session.spot.reading or next(iter(session.readings), "")
    reading = study.find_reading(slug)
    return Spot(reading.slug, study.find_section(reading, heading).id)


@command.command(name="list")
@JSON
@pass_context
def list_(context: Context, as_json: bool) -> None:
    """List the sessions of the study.

    Example: studygroup session list
    """
    sessions = context.workspace.sessions.all()
    if as_json:
        say_json({"sessions": [_summary(s) for s in sessions]})
        return
    if not sessions:
        say("No sessions yet. Start one: studygroup session start READING")
        return
    rows = [[faint(name) for name in ("session", "opened", "state", "entries", "open", "title")]]
    for s in sessions:
        opened = "" if s.opened is None else f"{s.opened:%Y-%m-%d %H:%M}"
        counts = [str(len(s.standing)), str(len(s.open_questions) or "·")]
        rows.append([s.id, opened, _state(s), *counts, s.title])
    table(rows, right=frozenset({3, 4}))


def _summary(session: Session) -> dict[str, object]:
    data = session_data(session)
    wanted = ("id", "title", "readings", "opened", "closed", "attendance")
    counts = {"entries": len(session.standing), "open_questions": len(session.open_questions)}
    return {k: data[k] for k in wanted} | counts | {"actions": len(session.actions)}


def _state(session: Session) -> str:
    if session.closed is not None:
        return "closed"
    return "paused" if session.paused else "running"


@command.command(name="show")
@click.argument("session", metavar="ID")
@JSON
@pass_context
def show(context: Context, session: str, as_json: bool) -> None:
    """Show session ID: who was there, what was recorded, what is open.

    Example: studygroup session show 2026-11-22
    """
    found = context.workspace.sessions.find(session)
    if as_json:
        say_json(session_data(found))
        return
    say(strong(found.title) + faint(f"  {found.id}  {_state(found)}"))
    if found.attendance:
        say(f"Present: {', '.join(found.attendance)}")
    minutes = round(found.clocked / 60)
    say(faint(f"{minutes} min of {found.planned}" if found.planned else f"{minutes} min"))
    here: Spot | None = None
    for entry in found.standing:
        if entry.spot.place != here:
            here = entry.spot.place
            say()
            say(strong(_place(context, here)))
        say(f"{faint(_clock(entry.at))}  {entry_line(entry)}")
    _show_list("Open questions", [q.text for q in found.open_questions])
    following = None if found.closed else found.next_prompt()
    _show_list("Next on the agenda", [] if following is None else [_item(following)])


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"


def _place(context: Context, spot: Spot) -> str:
    if spot.topic:
        return f"Topic: {spot.topic}"
    reading = context.workspace.study.reading(spot.reading)
    section = None if reading is None else reading.section(spot.section)
    if section is not None:
        return f"§{section.title}"
    return spot.reading or "In general"


def _item(item: AgendaItem) -> str:
    minutes = f" ({item.minutes} min)" if item.minutes else ""
    carried = f"; left over from {item.carried_from}" if item.carried_from else ""
    return f"{item.title}{minutes}{carried}"


def _show_list(title: str, rows: list[str]) -> None:
    if rows:
        say()
        say(strong(title))
    for row in rows:
        say(f"  {row}")


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
