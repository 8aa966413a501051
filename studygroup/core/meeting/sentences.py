"""What is said to people about a session in one line: an entry, the floor, a name nobody has."""

from __future__ import annotations

from collections.abc import Sequence

from studygroup.core.meeting.recorder import all_meant, is_name, meant_by
from studygroup.core.meeting.session import Entry, Session


def entry_line(entry: Entry) -> str:
    """Return an entry as one line for people: what kind it is, by whom, and its words."""
    by = entry.by or ""
    if entry.kind == "remark":
        return f"{by}: {entry.text}" if by else entry.text
    if entry.kind == "quotation":
        cited = entry.cited
        place = "" if cited is None else f" ({cited.citation or unplaced(cited.verdict)})"
        return f"{by + ' ' if by else ''}quoted “{entry.text}”{place}"
    if entry.kind == "action":
        due = f" by {entry.due}" if entry.due else ""
        owner = f"{entry.owner}{due}: " if entry.owner or due else ""
        return f"action: {owner.strip()} {entry.text}" if owner else f"action: {entry.text}"
    name = {"question": "open question", "topic": "on the agenda"}.get(entry.kind, entry.kind)
    return f"{name}{' (' + by + ')' if by else ''}: {entry.text}"


def unplaced(verdict: str) -> str:
    """Return what to say of a quotation that has no place in the readings: its mark, and why."""
    known = {"missing": "✗ not found in the readings", "ambiguous": "? stands in several places"}
    return known.get(verdict, verdict)


def on_stranger(stranger: str, known: Sequence[str]) -> str:
    """Return what to say of a name before a colon that nobody here has."""
    if all_meant(stranger, known):
        return "By nobody: an entry is by one person. Tell them apart, in a line each."
    several = meant_by(stranger, known)
    if several:
        return f"By nobody: “{stranger}” may be {' or '.join(several)}. Write the whole name."
    if not is_name(stranger):
        return f"By nobody: “{stranger}” is no one here. One word adds somebody, as in +cleo."
    return f"By nobody: no one here is called “{stranger}”. To add them: +{stranger}"


def floor_line(session: Session) -> str:
    """Return who has the floor and who waits for it: `floor: ana → ben, chi`."""
    waiting = f" → {', '.join(session.queue)}" if session.queue else ""
    return f"floor: {session.speaking or 'nobody'}{waiting}"
