"""The write-up in Markdown: what was asked, said, decided and left open, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from studygroup.core.agenda import unreached
from studygroup.core.reading import Reading
from studygroup.core.session import AgendaItem, Cited, Entry, Question, Session, Spot
from studygroup.core.study import Study
from studygroup.core.text import slug
from studygroup.export.blocks import Block

LONG_QUOTATION = 30
"""From how many words on a quotation is set as a block of its own."""
MANY = 10
"""More unreached prompts than this are counted by section and not written out."""

_SPECIAL = re.compile(
    r"[\\`*<]"  # code, emphasis, HTML
    r"|(?<!\w)_|_(?!\w)"  # emphasis, but not inside a word
    r"|\[(?=[^\]]*\][(\[:])|!(?=\[)"  # links and pictures; other brackets are brackets
    r"|&(?=#?\w+;)"  # entities
)
_LINE_START = re.compile(r"(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+$|-+$|~{3,})|(\d{1,9})(?=[.)](?:\s|$))")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def write_up(session: Session, study: Study) -> list[Block]:
    """Return the generated blocks of a session's write-up, in order."""
    blocks = [Block("heading", _heading(session, study))]
    blocks += [Block(_block_name(p), _section(session, study, p)) for p in _places(session, study)]
    closing = {
        "open-questions": _open_questions(session, study),
        "actions": _actions(session),
        "not-reached": _not_reached(session, study),
    }
    return blocks + [Block(name, text) for name, text in closing.items() if text]


def inline(text: str) -> str:
    """Return plain text as Markdown that shows exactly these characters within a line."""
    return _SPECIAL.sub(lambda m: "&amp;" if m.group() == "&" else f"\\{m.group()}", text)


def line(text: str) -> str:
    """Return plain text as Markdown for the beginning of a line: no heading, list or quotation."""
    return _LINE_START.sub(
        lambda m: f"\\{m.group(1)}" if m.group(1) else f"{m.group(2)}\\", inline(text), count=1
    )


def person(name: str) -> str:
    """Return a reader's name as it is written in a sentence: one in small letters gets capitals."""
    return inline(name.title() if name == name.lower() else name)


def _people(names: Iterable[str]) -> str:
    shown = [person(n) for n in names]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _heading(session: Session, study: Study) -> str:
    facts = []
    if session.attendance:
        facts.append(f"**Present:** {_people(session.attendance)}")
    if session.recorders:
        facts.append(f"**Recorded by:** {_people(session.recorders)}")
    readings = [_reading(study, slug_) for slug_ in session.readings]
    if readings:
        facts.append(f"**Read:** {'; '.join(readings)}")
    parts = [f"# {inline(session.title)}", _when(session), "  \n".join(facts)]
    return "\n\n".join(p for p in parts if p)


def _reading(study: Study, slug_: str) -> str:
    reading = study.reading(slug_)
    if reading is None:
        return f"*{inline(slug_)}*"
    author = f"{inline(', '.join(reading.author))}, " if reading.author else ""
    year = f" ({reading.year})" if reading.year is not None else ""
    return f"{author}*{inline(reading.title)}*{year}"


def _when(session: Session) -> str:
    opened = session.opened
    if opened is None:
        return ""
    day = f"{_WEEKDAYS[opened.weekday()]}, {opened.day} {_MONTHS[opened.month - 1]} {opened.year}"
    end = session.closed or session.last_at or opened
    text = f"{day}, {opened:%H:%M}"
    if end.date() == opened.date() and f"{end:%H:%M}" != f"{opened:%H:%M}":
        text += f"–{end:%H:%M}"
    minutes = round(session.clocked / 60)
    if minutes:
        planned = f" of {session.planned} planned" if session.planned else ""
        text += f" ({minutes} min{planned})"
    return text


def _places(session: Session, study: Study) -> list[Spot]:
    """Return where something was recorded or asked: the general part, then in reading order."""
    seen = {e.spot.place for e in session.standing}
    seen |= {s.place for s in session.taken_up if s.prompt}
    order = list(dict.fromkeys([*session.readings, *(r.slug for r in study.readings)]))

    def rank(place: Spot) -> tuple[int, int, int, str]:
        reading = study.reading(place.reading)
        known = place.reading in order
        at = -1
        if reading is not None and place.section:
            has = reading.section(place.section) is not None
            at = reading.index_of(place.section) if has else len(reading.sections)
        where = order.index(place.reading) if known else len(order) * bool(place.reading) - 1
        return (int(bool(place.topic)), where, at, place.section)

    return sorted(seen, key=rank)


def _block_name(place: Spot) -> str:
    if place.topic:
        return f"topic:{slug(place.topic, 'topic')}"
    if not place.reading:
        return "general"
    return f"section:{place.reading}" + (f"#{place.section}" if place.section else "")


def _place_title(study: Study, place: Spot) -> str:
    if place.topic:
        return place.topic
    reading = study.reading(place.reading)
    if not place.section:
        return "In general" if reading is None else f"{reading.title}: in general"
    section = None if reading is None else reading.section(place.section)
    return place.section if section is None else section.title


def _section(session: Session, study: Study, place: Spot) -> str:
    entries = [e for e in session.standing if e.spot.place == place]
    parts = [f"## {line(_place_title(study, place))}"]
    reading: Reading | None = study.reading(place.reading)
    below = []
    if len(session.readings) > 1 and reading is not None and place.section:
        below.append(f"*{inline(reading.title)}*")
    minutes = round(session.place_seconds.get(place, 0.0) / 60)
    if minutes:
        below.append(f"{minutes} min")
    parts += [" · ".join(below)] if below else []
    for prompt in _prompts(session, place, entries):
        talk = [e for e in entries if e.spot.prompt == prompt]
        if prompt:
            parts.append(f"**Asked: {inline(_ask(session, study, place, prompt))}**")
        said = list(_said(session, talk))
        if said:
            parts.append("\n".join(said))
        elif prompt:
            parts.append("*(Nothing was recorded.)*")
    decided = [f"- {_by(e)}{inline(e.text)}" for e in entries if e.kind == "decision"]
    if decided:
        parts.append("**Decided**\n\n" + "\n".join(decided))
    keys = {e.key for e in entries if e.kind == "question"}
    here = [q for q in session.open_questions if q.key in keys]
    if here:
        rows = [f"- {_by(q)}{inline(_asked(q.text))}" for q in here]
        parts.append("**Left open**\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _prompts(session: Session, place: Spot, entries: Sequence[Entry]) -> list[str]:
    """Return the prompts asked at a place in the order they were; "" for the talk without one."""
    asked = [s.prompt for s in session.taken_up if s.place == place and s.prompt]
    asked += [e.spot.prompt for e in entries if e.spot.prompt]
    return ["", *dict.fromkeys(asked)]


def _ask(session: Session, study: Study, place: Spot, prompt: str) -> str:
    for known in study.prompts:
        if (known.reading, known.id) == (place.reading, prompt):
            return known.ask
    for item in session.agenda:
        if (item.spot.reading, item.spot.prompt) == (place.reading, prompt):
            return item.title
    return prompt


def _said(session: Session, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what was said as list items; an answered question comes with its answers under it."""
    asked = {e.key for e in session.standing if e.kind == "question"}
    carried = {i.of: i.title for i in session.agenda if i.of}
    for entry in entries:
        if entry.kind == "remark":
            yield f"- {_by(entry)}{_start(entry, entry.text)}"
        elif entry.kind == "quotation":
            yield from _quotation(entry)
        elif entry.kind == "topic":
            yield f"- {_by(entry)}*put on the agenda:* {inline(entry.text)}"
        elif entry.kind == "question":
            answers = session.answers_to(entry.key)
            if answers:
                yield f"- {_by(entry)}*asked:* {inline(_asked(entry.text))}"
                yield from (f"    - {_by(a)}*answered:* {inline(a.text)}" for a in answers)
        elif entry.kind == "answer" and entry.answers not in asked:
            question = carried.get(entry.answers, "")
            to = f" the question left open before, “{inline(_asked(question))}”" if question else ""
            yield f"- {_by(entry)}*answered{to}:* {inline(entry.text)}"


def _asked(question: str) -> str:
    """Return a question with its mark, which people leave out when they type `? ` before it."""
    return f"{question}?" if question[-1:].isalnum() else question


def _start(entry: Entry, text: str) -> str:
    return inline(text) if entry.by else line(text)


def _by(said: Entry | Question) -> str:
    return f"**{person(said.by)}:** " if said.by else ""


def _quotation(entry: Entry) -> Iterator[str]:
    cited = entry.cited
    source = _source(cited)
    if len(entry.text.split()) < LONG_QUOTATION:
        yield f"- {_by(entry)}“{inline(entry.text)}”{' ' + source if source else ''}"
        return
    yield f"- {_by(entry)}*quoted:*"
    yield ""
    yield f"    > {line(entry.text)}"
    if source:
        yield "    >"
        yield f"    > {source}"
    yield ""


def _source(cited: Cited | None) -> str:
    """Return the citation in brackets, with the verdict where the words are not the source's."""
    if cited is None:
        return ""
    place = inline(cited.citation)
    if cited.verdict == "altered":
        return f"({place}; ≈ not word for word: the text has “{inline(_flat(cited.words))}”)"
    if cited.verdict == "missing":
        return "(✗ not found in the readings)"
    if cited.verdict == "ambiguous":
        return "(? these words stand in several places)"
    return f"({place})" if place else ""


def _flat(text: str) -> str:
    return " ".join(text.split())


def _open_questions(session: Session, study: Study) -> str:
    rows = []
    for question in session.open_questions:
        where = [person(question.by)] if question.by else []
        where += [inline(_place_title(study, question.spot.place))] if question.spot.reading else []
        origin = f" — {', '.join(where)}" if where else ""
        before = f" (left open since {question.session[:10]})" if question.session else ""
        rows.append(f"- {line(_asked(question.text))}{origin}{before}")
    return "\n".join(["## Open questions", "", *rows]) if rows else ""


def _actions(session: Session) -> str:
    rows = []
    for action in session.actions:
        owners = [o.strip() for o in action.owner.split(",") if o.strip()]
        owner = f"**{_people(owners)}:** " if owners else ""
        due = f" — by {_due(action)}" if action.due else ""
        rows.append(f"- [ ] {owner}{_start(action, action.text)}{due}")
    return "\n".join(["## Actions", "", *rows]) if rows else ""


def _due(action: Entry) -> str:
    if not action.due_on or action.due_on == action.due:
        return inline(action.due)
    due = datetime.fromisoformat(action.due_on)
    return f"{_WEEKDAYS[due.weekday()]}, {due.day} {_MONTHS[due.month - 1]}"


def _not_reached(session: Session, study: Study) -> str:
    """List the prompts that were deferred or not reached; of very many, only how many and where.

    A session in which no prompt was asked had no use for them, so then they are left out.
    """
    items = unreached(session)
    asked = any(s.prompt for s in session.taken_up) or bool(session.settled)
    if not items or not asked:
        return ""
    if len(items) <= MANY:
        rows = [f"- {line(i.title)} — {inline(_place_title(study, i.spot.place))}" for i in items]
        return "\n".join(["## Not reached", "", *rows])
    return "\n".join(["## Not reached", "", *_counted(study, items)])


def _counted(study: Study, items: Iterable[AgendaItem]) -> Iterator[str]:
    counts: dict[Spot, int] = {}
    for item in items:
        counts[item.spot.place] = counts.get(item.spot.place, 0) + 1
    for place, count in counts.items():
        prompts = "1 prompt" if count == 1 else f"{count} prompts"
        yield f"- {line(_place_title(study, place))}: {prompts}"
