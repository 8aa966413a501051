"""A proposed agenda as a table for people."""

from __future__ import annotations

import shutil
import textwrap

from studygroup.cli.context import Context
from studygroup.cli.output import faint, say, strong, table
from studygroup.core.meeting.agenda_draft import AgendaDraft
from studygroup.core.meeting.session import AgendaItem
from studygroup.core.reading import Reading

_PLACE = 24
_LEAST = 24
"""The columns that a place is cut to, and those that a title has at least."""
_OTHERS = len("min  question  ") + len("  ")
CARRIED = "↩"


def say_agenda(context: Context, draft: AgendaDraft) -> None:
    """Print a draft's lines with kind, place and minutes, their sum, and what is left out."""
    kept = [(n, line.item) for n, line in enumerate(draft.lines) if line.kept]
    several = len({item.spot.reading for _, item in kept if item.spot.reading}) > 1
    places = [_place(context, item, several=several) for _, item in kept]
    taken = max(map(len, places), default=0) + _OTHERS
    room = max(_LEAST, shutil.get_terminal_size().columns - taken)
    rows = [[faint(name) for name in ("min", "kind", "place", "")]]
    for (n, item), place in zip(kept, places, strict=True):
        inside = "  " if draft.head_of(n) is not None else ""
        carried = f"{CARRIED} " if item.carried_from else ""
        title = textwrap.shorten(carried + item.title, room - len(inside), placeholder="…")
        rows.append([str(item.minutes or ""), item.kind, place, inside + title])
    table(rows, right=frozenset({0}))
    over = draft.total - draft.planned
    told = f", {over} over" if over > 0 else f", {-over} free" if over < 0 else ""
    say(strong(f"{draft.total} of {draft.planned} min{told}"))
    if any(item.carried_from for _, item in kept):
        say(faint(f"{CARRIED} left over from an earlier session"))
    left = [f"§{item.title}" for item in draft.left_out if item.kind == "section"]
    if left:
        say(faint(f"Left out, because discussed before: {', '.join(left)}"))


def _place(context: Context, item: AgendaItem, *, several: bool) -> str:
    reading: Reading | None = context.workspace.study.reading(item.spot.reading)
    section = None if reading is None else reading.section(item.spot.section)
    if item.kind == "section" or reading is None:
        return "" if reading is None or not several else _cut(reading.title)
    return _cut(reading.title if section is None else f"§{section.title}")


def _cut(text: str) -> str:
    return textwrap.shorten(text, _PLACE, placeholder="…")
