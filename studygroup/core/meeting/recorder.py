"""The recorder line's grammar: what a person types while people talk, and what it records.

    text                        a remark by whoever has the floor, or spoke last
    ana: text                   a remark by Ana; any form below may follow the name
    > words                     a quotation
    ! text                      a decision
    ? text                      an open question
    * ana by friday: text       an action, with owner and due date; either may be left out
    # text                      a topic for the agenda
    = text                      an answer to the selected open question
    +ben   -ben   next          the speaker queue: join, leave, give the floor to the next
    -ben                        while Ben neither waits nor has the floor: he has left

What fits no form is a remark, word for word; only a blank line, and a mark or a name or both with
nothing after it, record nothing. A name before a colon is a speaker when it is known in the study
or the session. `+dana` makes a newcomer known: one word, or several that begin with capitals. What
looks like a name and is nobody's (“cleo: Hello”, “Note: this”, “+nobody here”), or could be several
people's or is (“ana and ben: yes”), is a remark, word for word and by nobody: it must not become
somebody else's words. `#`, `*` and `=` need a space after them (“#1” and “=>” begin remarks), and
every mark a word (“???” is a remark).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from studygroup.core.meeting.journal import ENTRY_EVENTS, EventName
from studygroup.core.meeting.session import Entry
from studygroup.core.text import clean, fold, one_line

FloorAction = Literal["join", "leave", "next"]


@dataclass(frozen=True, slots=True)
class Line:
    """What a typed line records: an event's name and what it needs.

    `by` is the speaker it names, "" where it names none. `due` is as typed, `due_on` the ISO date
    it means, "" where that cannot be told. `action` and `readers` belong to the speaker queue.
    `stranger` is what looks like a name and is nobody's, or several people's: it is by nobody.
    """

    name: EventName
    text: str = ""
    by: str = ""
    owner: str = ""
    due: str = ""
    due_on: str = ""
    action: FloorAction | None = None
    readers: tuple[str, ...] = ()
    stranger: str = ""


_MARKS: dict[str, EventName] = {
    ">": "quoted",
    "!": "decided",
    "?": "asked",
    "*": "action",
    "#": "topic",
    "=": "answered",
}
_FLOOR: dict[str, FloorAction] = {"+": "join", "-": "leave"}
_TIGHT = frozenset(">!?")
"""Marks that need no space after them."""
_QUOTES = {"“": "”", '"': '"', "„": "“", "«": "»", "‘": "’", "'": "'"}
_LONGEST_NAME = 40
_NEWCOMER = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]+)*")
_MOST_NAMES = 4
_LIST = re.compile(r",|&|\band\b")
_HAS_WORD = re.compile(r"\w")
_BY = re.compile(r"(?:^|\s)by\s+", re.IGNORECASE)


def parse(typed: str, known: Iterable[str], today: date) -> Line | None:
    """Return what a line records; None for a blank one, or for a mark or a name alone.

    `known` are the names of readers and of everyone in the session; `today` tells what “friday”
    means. The text is made safe to show and set on one line.
    """
    text = one_line(clean(typed))
    if not text:
        return None
    names = tuple(known)
    queued = _queue(text, names)
    if queued is not None:
        return queued
    speaker, rest = _speaker(text, names)
    if not rest or rest in _MARKS or rest in _FLOOR:
        return None
    if rest[0] in _MARKS and rest.endswith(":") and find_name(rest[1:-1], names):
        return None
    stranger = "" if speaker else _stranger(text, names)
    if stranger:
        return Line("said", text, stranger=stranger)
    return replace(_marked(rest, speaker, names, today), by=speaker)


def find_name(typed: str, known: Iterable[str]) -> str:
    """Return the known name meant by `typed`, in any case; a first name does if only one has it.

    Returns "" where none is meant.
    """
    wanted = fold(typed.strip())
    if not wanted:
        return ""
    names = list(known)
    whole = [n for n in names if fold(n) == wanted]
    if whole:
        return whole[0]
    first = {n for n in names if fold(n).split(" ", 1)[0] == wanted}
    return first.pop() if len(first) == 1 else ""


def is_name(typed: str) -> bool:
    """Tell whether words look like a person's name: one word, or a few that begin with capitals."""
    parts = typed.split()
    if len(parts) > 1 and not all(part[0].isupper() for part in parts):
        return False
    return 0 < len(parts) <= _MOST_NAMES and all(map(_NEWCOMER.fullmatch, parts))


def meant_by(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names whose first name is `typed`, in any case."""
    wanted = fold(typed.strip())
    return tuple(n for n in known if fold(n).split(" ", 1)[0] == wanted)


def all_meant(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names in a list such as `ana, ben and chi`; none if not all are known."""
    names = tuple(known)
    found = [find_name(part, names) for part in _LIST.split(typed) if part.strip()]
    return tuple(found) if all(found) else ()


def complete_name(typed: str, known: Iterable[str]) -> str:
    """Return the only known name that begins with `typed`, "" where there is none or several."""
    wanted = fold(typed.strip())
    found = {n for n in known if wanted and fold(n).startswith(wanted)}
    return found.pop() if len(found) == 1 else ""


def as_typed(entry: Entry) -> str:
    """Return the line that would record `entry` again, for editing it."""
    marks = {kind: mark for mark, name in _MARKS.items() if (kind := ENTRY_EVENTS.get(name))}
    mark = marks.get(entry.kind, "")
    text = entry.text
    if entry.kind == "action" and (entry.due or entry.owner != entry.by):
        due = f" by {entry.due}" if entry.due else ""
        text = f"{entry.owner}{due}: {text}".strip()
    said_by = f"{entry.by}: " if entry.by else ""
    return f"{said_by}{mark} {text}" if mark else f"{said_by}{text}"


def due_date(due: str, today: date) -> str:
    """Return the ISO date that a due date in plain words means, "" where that cannot be told.

    Known are ISO dates, today, tonight, tomorrow, next week, days of the week (the next such day
    after today) and a day with a month (`3 december`, `dec 3`), which is never in the past.
    """
    word = fold(due.strip().rstrip("."))
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        pass
    near = {"today": 0, "tonight": 0, "tomorrow": 1, "next week": 7}
    if word in near:
        return (today + timedelta(days=near[word])).isoformat()
    for number, day in enumerate(_WEEKDAYS):
        if len(word) >= 3 and day.startswith(word):
            return (today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)).isoformat()
    return _day_and_month(word, today)


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


def _day_and_month(words: str, today: date) -> str:
    parts = words.replace(",", " ").replace(" of ", " ").split()
    if len(parts) != 2:
        return ""
    days = [int(m.group(1)) for p in parts if (m := _DAY.fullmatch(p))]
    months = [i for p in parts for i, m in enumerate(_MONTHS, 1) if len(p) >= 3 and m.startswith(p)]
    if len(days) != 1 or len(months) != 1:
        return ""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, months[0], days[0])
        except ValueError:
            continue
        if found >= today:
            return found.isoformat()
    return ""


def _queue(text: str, known: Sequence[str]) -> Line | None:
    if fold(text) == "next":
        return Line("floor", action="next")
    action = _FLOOR.get(text[0])
    if action is None:
        return None
    readers = []
    for part in text[1:].split(","):
        name = find_name(part, known)
        if not name and action == "join" and is_name(part):
            name = part.strip()
        if not name:
            return None
        readers.append(name)
    return Line("floor", action=action, readers=tuple(readers))


def _speaker(text: str, known: Sequence[str]) -> tuple[str, str]:
    head, colon, rest = text[: _LONGEST_NAME + 1].partition(":")
    name = find_name(head, known) if colon else ""
    rest = text[len(head) + 1 :].strip()
    return (name, rest) if name else ("", text)


def _stranger(text: str, known: Sequence[str]) -> str:
    """Return what stands where a name would and is nobody's, or several people's.

    Returns "" for an ordinary remark.
    """
    if text[0] in _FLOOR and text[1:2].isalpha():
        return text[1:].strip()
    head, colon, rest = text.partition(":")
    named = is_name(head) or bool(all_meant(head, known))
    return head.strip() if colon and rest[:1].isspace() and named else ""


def _marked(text: str, speaker: str, known: Sequence[str], today: date) -> Line:
    """Read what follows the speaker's name; a mark with no word after it is part of a remark."""
    mark, rest = text[0], text[1:].strip()
    name = _MARKS.get(mark)
    if name is None or not _HAS_WORD.search(rest):
        return Line("said", text)
    if mark not in _TIGHT and not text[1].isspace():
        return Line("said", text)
    if name == "quoted":
        return Line("quoted", _unquoted(rest))
    if name == "action":
        return _action(rest, speaker, known, today)
    return Line(name, rest)


def _unquoted(words: str) -> str:
    """Drop one pair of quotation marks around the whole."""
    inner = words[1:-1].strip()
    if len(words) > 2 and _QUOTES.get(words[0]) == words[-1] and words[0] not in inner:
        return inner
    return words


def _action(text: str, speaker: str, known: Sequence[str], today: date) -> Line:
    head, colon, rest = (part.strip() for part in text.partition(":"))
    whole = Line("action", text, owner=speaker)
    if not colon or not rest:
        return whole
    split = _BY.search(head)
    named, due = (head, "") if split is None else (head[: split.start()], head[split.end() :])
    owner = ", ".join(all_meant(named, known))
    # With a due date the form is plain, and an owner nobody knows yet is still an owner.
    if not owner and split is not None and len(named.split()) <= 3:
        owner = named.strip()
    if (named.strip() and not owner) or (split is None and not owner) or len(due) > _LONGEST_NAME:
        return whole
    return Line(
        "action", rest, owner=owner or speaker, due=due.strip(), due_on=due_date(due, today)
    )
