"""A session as plain data: the form in which JSON has it, and what other programs rely on."""

from __future__ import annotations

from dataclasses import asdict

from studygroup.core.meeting.agenda_draft import AgendaDraft
from studygroup.core.meeting.history import Missed, missed, speaking
from studygroup.core.meeting.noted import note_marks
from studygroup.core.meeting.session import (
    AgendaItem,
    Answered,
    Cited,
    Entry,
    Question,
    Session,
    Spot,
)


def session_data(session: Session) -> dict[str, object]:
    """Return a session as plain data for JSON: times in RFC 3339, places by their ids."""
    return {
        "id": session.id,
        "title": session.title,
        "readings": list(session.readings),
        "opened": None if session.opened is None else session.opened.isoformat(),
        "closed": None if session.closed is None else session.closed.isoformat(),
        "planned_minutes": session.planned,
        "elapsed_seconds": round(session.clocked),
        "attendance": list(session.attendance),
        "recorders": list(session.recorders),
        "agenda": [_agenda_data(session, item) for item in session.agenda],
        "entries": [entry_data(entry) for entry in session.entries],
        "open_questions": [_question_data(question) for question in session.open_questions],
        "answered_questions": [_answered_data(answered) for answered in session.answered],
        "decisions": [entry_data(entry) for entry in session.decisions],
        "actions": [entry_data(entry) for entry in session.actions],
        "not_reached": [_missed_data(m) for m in missed(session)],
        "notes_discussed": [m.note for m in note_marks(session).values() if m.discussed],
        "floor_seconds": {name: round(s, 1) for name, s in session.floor_seconds.items()},
        "turns": {who.reader: who.turns for who in speaking(session)},
        "floor": session.floor or None,
        "queue": list(session.queue),
    }


def entry_data(entry: Entry) -> dict[str, object]:
    """Return an entry as plain data; what does not apply to its kind is null or left out."""
    data: dict[str, object] = {
        "key": entry.key,
        "seq": entry.seq,
        "recorder": entry.recorder,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "by": entry.by or None,
        "text": entry.text,
        "note": entry.note or None,
        **_spot_data(entry.spot),
        "citation": None,
        "struck": entry.struck,
        "amended": None if entry.amended is None else entry.amended.isoformat(),
    }
    cited = entry.cited
    if cited is not None:
        data |= {
            "citation": cited.citation or None,
            "verdict": cited.verdict,
            "similarity": cited.similarity,
            "target": None if cited.anchor is None else asdict(cited.anchor),
            "differences": _differences(entry.text, cited),
        }
    if entry.kind == "action":
        data |= {
            "owner": entry.owner or None,
            "due": entry.due or None,
            "due_on": entry.due_on or None,
        }
    if entry.kind == "answer":
        data["answers"] = entry.answers or None
    return data


def _differences(quote: str, cited: Cited) -> list[dict[str, str]]:
    """Return what an altered quotation changed, as stretches with the words of both sides."""
    if cited.verdict != "altered" or cited.anchor is None:
        return []
    # Recording a line from the shell is quick: it loads the quotation engine only for this.
    from studygroup.core.quoting.differences import differences

    return [asdict(d) for d in differences(quote, cited.anchor.words) if d.op != "same"]


def _spot_data(spot: Spot) -> dict[str, object]:
    return {
        "reading": spot.reading or None,
        "section": spot.section or None,
        "prompt": spot.prompt or None,
        "topic": spot.topic or None,
    }


def _agenda_data(session: Session, item: AgendaItem) -> dict[str, object]:
    prompt = (item.spot.reading, item.spot.prompt)
    settled: str | None = session.settled.get(prompt)
    if item.kind == "prompt" and settled is None and session.reached(*prompt):
        settled = "discussed"
    used = 0.0 if session.last_at is None else session.used_at(item.spot, session.last_at)
    return {**_line_data(item), "settled": settled, "used_seconds": round(used)}


def _line_data(item: AgendaItem) -> dict[str, object]:
    return {
        "kind": item.kind,
        "title": item.title,
        **_spot_data(item.spot),
        "minutes": item.minutes,
        "carried_from": item.carried_from or None,
    }


def proposal_data(draft: AgendaDraft) -> dict[str, object]:
    """Return an agenda that is proposed as plain data: what is on it, and what is left out."""
    return {
        "planned_minutes": draft.planned,
        "total_minutes": draft.total,
        "agenda": [_line_data(item) for item in draft.items],
        "left_out": [_line_data(item) for item in draft.left_out],
    }


def _question_data(question: Question) -> dict[str, object]:
    return {
        "key": question.key,
        "text": question.text,
        "by": question.by or None,
        **_spot_data(question.spot),
        "carried_from": question.session or None,
    }


def _answered_data(answered: Answered) -> dict[str, object]:
    answer = entry_data(answered.answer)
    return {**_question_data(answered.question), "answer": {"session": answered.session, **answer}}


def _missed_data(missed: Missed) -> dict[str, object]:
    return {
        "kind": missed.item.kind,
        "title": missed.item.title,
        **_spot_data(missed.item.spot),
        "prompts": missed.prompts,
        "deferred": missed.deferred,
    }
