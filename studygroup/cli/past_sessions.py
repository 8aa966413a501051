"""`studygroup session list` and `session show`: what was recorded, decided and left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import counted, faint, say, say_json, strong, struck, table
from studygroup.core.meeting.history import Missed, missed, overdue, speaking
from studygroup.core.meeting.sentences import entry_line, floor_line
from studygroup.core.meeting.session import AgendaItem, Answered, Entry, Question, Session, Spot
from studygroup.core.meeting.session_data import session_data

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


@click.command(name="list")
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
    names = ("session", "opened", "state", "entries", "open", "decided", "actions", "min")
    rows = [[faint(name) for name in (*names, "present", "title")]]
    for s in sessions:
        opened = "" if s.opened is None else f"{s.opened.astimezone():%Y-%m-%d %H:%M}"
        counts = [len(s.open_questions), len(s.decisions), len(s.actions), round(s.clocked / 60)]
        shown = [str(len(s.standing)), *(str(count or "·") for count in counts)]
        rows.append([s.id, opened, _state(s), *shown, ",".join(s.attendance) or "·", s.title])
    table(rows, right=frozenset(range(3, 8)))


def _summary(session: Session) -> dict[str, object]:
    data = session_data(session)
    wanted = ("id", "title", "readings", "opened", "closed", "attendance")
    lengths = ("planned_minutes", "elapsed_seconds")
    counts = {
        "state": _state(session),
        "entries": len(session.standing),
        "open_questions": len(session.open_questions),
        "answered_questions": len(session.answered),
        "decisions": len(session.decisions),
        "actions": len(session.actions),
    }
    return {k: data[k] for k in (*wanted, *lengths)} | counts


def _state(session: Session) -> str:
    if session.closed is not None:
        return "closed"
    return "paused" if session.paused else "running"


@click.command(name="show")
@click.argument("session", metavar="ID")
@JSON
@pass_context
def show(context: Context, session: str, as_json: bool) -> None:
    """Show session ID: who was there, what was recorded, decided and left open.

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
    _show_record(context, found)
    today = context.workspace.sessions.clock().date()
    _show_list("Decided", [_said(e.by, e.text) for e in found.decisions])
    _show_list("Open questions", [_question(q) for q in found.open_questions])
    _show_list("Answered since", [_answer(a) for a in found.answered if a.session != found.id])
    _show_list("Actions", [_action(e, today) for e in found.actions])
    if found.closed is None:
        following = found.next_prompt()
        _show_list("Next on the agenda", [] if following is None else [_item(following)])
    else:
        _show_list("Not reached", [_missed(context, m) for m in missed(found)])
    _show_list("Speakers", _speakers(found))


def _show_record(context: Context, session: Session) -> None:
    here: Spot | None = None
    for entry in session.entries:
        if entry.spot.place != here:
            here = entry.spot.place
            say()
            say(strong(_place(context, here)))
        line = entry_line(entry)
        if entry.struck:
            line = f"{struck(line)} (struck)"
        elif entry.amended is not None:
            line += faint(" (amended)")
        say(f"{faint(_clock(entry.at))}  {line}")


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


def _said(by: str, text: str) -> str:
    return f"{by}: {text}" if by else text


def _question(question: Question) -> str:
    carried = faint(f" (left open in {question.session})") if question.session else ""
    return _said(question.by, question.text) + carried


def _answer(answered: Answered) -> str:
    by = f" by {answered.answer.by}" if answered.answer.by else ""
    where = f" (answered in {answered.session}{by}: {answered.answer.text})"
    return _said(answered.question.by, answered.question.text) + where


def _action(action: Entry, today: date) -> str:
    on = f", {action.due_on}" if action.due_on and action.due_on != action.due else ""
    due = f" (by {action.due}{on})" if action.due else ""
    late = strong(" overdue") if overdue(action, today) else ""
    return _said(action.owner, action.text) + due + late


def _missed(context: Context, missed: Missed) -> str:
    if missed.item.kind == "section":
        inside = f" ({counted(missed.prompts, 'prompt')})" if missed.prompts else ""
        return _place(context, missed.item.spot) + inside
    put_off = " (put off)" if missed.deferred else ""
    named = "Topic: " if missed.item.kind == "topic" else ""
    return f"{named}{missed.item.title}{put_off}"


def _item(item: AgendaItem) -> str:
    minutes = f" ({item.minutes} min)" if item.minutes else ""
    carried = f"; left over from {item.carried_from}" if item.carried_from else ""
    return f"{item.title}{minutes}{carried}"


def _speakers(session: Session) -> list[str]:
    heard = [who for who in speaking(session) if who.turns or who.seconds]
    lines = [
        f"{who.reader}: {round(who.seconds / 60)} min, {counted(who.turns, 'turn')}"
        for who in heard
    ]
    return [*lines, floor_line(session)] if session.floor or session.queue else lines


def _show_list(title: str, rows: Sequence[str]) -> None:
    if rows:
        say()
        say(strong(title))
    for row in rows:
        say(f"  {row}")
