"""Who has spoken, as a small bar chart that is legible without colour."""

from __future__ import annotations

from collections.abc import Sequence

from studygroup.core.meeting.history import Speaking
from studygroup.core.meeting.session import Session
from studygroup.tui.widgets.blocks import Block, Run
from studygroup.tui.widgets.wrapping import cells, shorten

_LONGEST_NAME = 16
_SMALLEST_BAR = 6
_LONGEST_BAR = 36


def chart_blocks(heard: Sequence[Speaking], width: int, *, gap: int = 0) -> list[Block]:
    """Return a line for each reader, in the order given: name, bar, time and turns.

    On a panel of fewer cells than a bar needs there is none: the figures say it all. `gap` blank
    lines stand above the first.
    """
    names = {who.reader: shorten(who.reader, _LONGEST_NAME) for who in heard}
    indent = max((cells(name) for name in names.values()), default=0) + 2
    figures = {who.reader: figures_of(who) for who in heard}
    room = width - indent - max((cells(text) for text in figures.values()), default=0) - 2
    longest = max((who.seconds for who in heard), default=0.0)
    blocks = []
    for number, who in enumerate(heard):
        share = who.seconds / longest if longest else 0.0
        drawn = _bar(share, min(room, _LONGEST_BAR)) if room >= _SMALLEST_BAR else ""
        text = f"{drawn}{figures[who.reader]}"
        name = names[who.reader]
        blocks.append(
            Block(
                text,
                runs=(Run(0, len(drawn), "label"), Run(len(drawn), len(text), "muted")),
                indent=indent,
                lead=name + " " * (indent - cells(name)),
                lead_style="text",
                gap=0 if number else gap,
            )
        )
    return blocks


def figures_of(who: Speaking) -> str:
    """Return a reader's time and turns in words."""
    minutes = round(who.seconds / 60)
    time = f"{minutes:>3} min" if who.seconds >= 60 else f"{int(who.seconds):>3} s  "
    return f"{time} · {who.turns} turn{'' if who.turns == 1 else 's'}"


def queue_line(session: Session) -> str:
    """Return who has the floor and who waits for it, in this order."""
    if not session.floor and not session.queue:
        return "Nobody waits for the floor."
    waiting = ", ".join(session.queue) or "nobody"
    return f"Floor: {session.speaking or 'free'} · waiting: {waiting}"


def _bar(share: float, width: int) -> str:
    """Return a bar that fills its share of `width` cells, and two cells of space."""
    whole, half = divmod(round(share * width * 2), 2)
    drawn = "━" * whole + "╸" * half
    return drawn + " " * (width + 2 - len(drawn))
