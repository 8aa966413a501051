"""The last entries of a session as rows of the screen: who, what, and a quotation's verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from studygroup.core.anchoring.quotation import MARKS
from studygroup.core.meeting.sentences import unplaced
from studygroup.core.meeting.session import Entry
from studygroup.tui.widgets.wrapping import cells, shorten, wrap

SIGNS = {
    "quotation": ">", "decision": "!", "question": "?", "answer": "=", "action": "*", "topic": "#",
}  # fmt: skip
"""How each kind of entry is marked, as it is typed."""


def asked_lines(ask: str, width: int, most: int) -> list[Content]:
    """Return the words of the present prompt in at most as many rows."""
    text = f"▸ {ask}"
    kept = wrap(text, width)[: most - 1]
    rest = text[kept[-1][1] if kept else 0 :].lstrip()
    rows = [*(text[start:end] for start, end in kept), *([shorten(rest, width)] if rest else [])]
    return [Content.styled(row, "bold") for row in rows]


def entry_lines(entries: Sequence[Entry], width: int, rows: int) -> list[Content]:
    """Return the last entries in as many rows, one each; the newest may take up to three of them.

    What was just said is read by everybody who watches, so it is cut last.
    """
    if not entries or rows < 1:
        return []
    newest = _entry_rows(entries[-1], width, min(3, rows))
    rest = rows - len(newest)
    before = entries[-1 - rest : -1]
    return [*(_entry_rows(entry, width, 1)[0] for entry in before), *newest]


def waiting_lines(lines: Sequence[str], how: str, width: int, most: int) -> list[Content]:
    """Return the last of the lines that wait in at most as many rows; `how` it is with them."""
    mark = f" ({how})"
    shown = lines[-most:]
    rows = [f"{shorten(line, max(1, width - cells(mark)))}{mark}" for line in shown]
    return [Content.styled(shorten(row, width), "italic dim") for row in rows]


def _entry_rows(entry: Entry, width: int, most: int) -> list[Content]:
    """Return one entry in at most as many rows; the judgement on a quotation is always shown."""
    by = f"{entry.by}: " if entry.by else ""
    text = f"{by}{_words(entry)}"
    struck = " (struck)" if entry.struck else ""
    whole = text + _verdict(entry) + struck
    rows = [whole[start:end] for start, end in wrap(whole, width)]
    if len(rows) > most:
        verdict = _verdict(entry, width // 2) + struck
        kept = wrap(text, width)[: most - 1]
        rest = text[kept[-1][1] if kept else 0 :].lstrip()
        last = shorten(rest, max(1, width - cells(verdict))) + verdict
        rows = [*(text[start:end] for start, end in kept), shorten(last, width)]
    if entry.struck:
        return [Content.styled(row, "strike dim") for row in rows]
    return [Content(rows[0]).stylize("bold", 0, len(by)), *map(Content, rows[1:])]


def _words(entry: Entry) -> str:
    sign = SIGNS.get(entry.kind, "")
    owner = f"{_owed(entry)}: " if entry.owner or entry.due else ""
    return f"{sign + ' ' if sign else ''}{owner}{entry.text}"


def _owed(entry: Entry) -> str:
    """Return who does it until when, with the day that was understood: `ben by friday (27 Nov)`."""
    if not entry.due:
        return entry.owner
    try:
        day = date.fromisoformat(entry.due_on)
        read = f"{day.day} {day:%b}"
    except ValueError:  # no day that is known
        read = "no date"
    return f"{entry.owner} by {entry.due} ({read})".lstrip()


def _verdict(entry: Entry, most: int = 0) -> str:
    """Return what a quotation's words are worth and where they stand; `most` cells, unless 0."""
    if entry.cited is None:
        return ""
    mark = next((m for v, m in MARKS.items() if v == entry.cited.verdict), "")
    said = entry.cited.citation
    if not said:
        return f" {unplaced(entry.cited.verdict)}"
    if most and cells(said) > most:
        # The reading's title can be missed most easily, the number of the paragraph least.
        where, sign, paragraph = said.rpartition(" ¶")
        section = where[where.find("§") :] if "§" in where else where
        said = f"{shorten(section, max(1, most - cells(sign + paragraph)))}{sign}{paragraph}"
    return f" {mark} {said}"
