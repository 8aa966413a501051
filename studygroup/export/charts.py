"""Bar charts of a session's time, as plain geometry for a template to draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studygroup.core.meeting.session import Session, Spot
from studygroup.core.study import Study
from studygroup.core.text import one_line
from studygroup.export.flow import Part, heading, item, label, part, shown
from studygroup.export.names import citation, person

LABEL = 44
"""How many characters of a label are shown."""
_WIDEST = 66.0
"""How much of the width, in per cent, the longest bar takes: its value stands behind it."""
_LABEL_HEIGHT, _BAR_HEIGHT, _GAP = 18, 14, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its kind (`actual` or `planned`), its value in words, `width` in per cent.

    `top` is where it begins, in pixels from the top of the chart.
    """

    kind: str
    value: str
    width: float
    top: int


@dataclass(frozen=True, slots=True)
class Row:
    """A name, the label that shows as much of it as there is room for, and its bars.

    `base` is where the label's base line is, in pixels from the top.
    """

    name: str
    label: str
    base: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, its rows, its height in pixels, and all that it shows in a sentence."""

    title: str
    rows: tuple[Row, ...]
    height: int
    summary: str


def charts(session: Session, study: Study) -> list[Chart]:
    """Return the charts that a session has figures for.

    Time per section in the order in which they were taken up, floor time in the order in which
    readers came, and the agenda's minutes beside those used.
    """
    actual = {p: s for p, s in session.place_seconds.items() if s >= 1}
    used = [(_name(session, study, place), seconds) for place, seconds in actual.items()]
    floor = [(shown(person(n)), session.floor_seconds.get(n, 0.0)) for n in session.attendance]
    drawn = [
        _single("Time per section", used),
        _single("Floor time", floor if any(s >= 1 for _, s in floor) else []),
        _against_agenda(session, study, actual),
    ]
    return [c for c in drawn if c is not None]


def in_words(drawn: Sequence[Chart]) -> list[Part]:
    """Return what charts show as a part of a document, for formats that draw none."""
    blocks = [heading(2, "Time")]
    for chart in drawn:
        told = (f"{row.name}: {', '.join(bar.value for bar in row.bars)}" for row in chart.rows)
        blocks += [label(chart.title), *map(item, told)]
    return [part("time", blocks)] if drawn else []


def _against_agenda(session: Session, study: Study, actual: Mapping[Spot, float]) -> Chart | None:
    planned: dict[Spot, float] = {}
    for line in session.agenda:
        # A section's minutes include those of its prompts, apart from what was carried over.
        inside = line.kind == "prompt" and line.spot.section and not line.carried_from
        if not inside:
            planned[line.spot.place] = planned.get(line.spot.place, 0.0) + (line.minutes or 0) * 60
    rows: list[tuple[str, Sequence[tuple[str, str, float]]]] = [
        (_name(session, study, place), _pair(planned.get(place, 0.0), actual[place]))
        for place in [
            *(p for p in planned if p in actual),
            *(p for p in actual if p not in planned),
        ]
    ]
    left = [seconds for place, seconds in planned.items() if place not in actual]
    if not any(planned.values()) or not rows:
        return None
    if left:
        rows.append(("What was not reached", _pair(sum(left), 0.0)[:1]))
    return _chart("Agenda against actual", rows)


def _pair(planned: float, actual: float) -> list[tuple[str, str, float]]:
    return [
        ("planned", f"planned {minutes(planned)}" if planned else "not planned", planned),
        ("actual", f"took {minutes(actual)}", actual),
    ]


def _single(title: str, values: Iterable[tuple[str, float]]) -> Chart | None:
    rows = [(name, [("actual", minutes(seconds), seconds)]) for name, seconds in values]
    return _chart(title, rows) if rows else None


def _chart(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, str, float]]]]) -> Chart:
    longest = max((seconds for _, bars in rows for _, _, seconds in bars), default=0.0) or 1.0
    drawn: list[Row] = []
    top = 0
    for name, bars in rows:
        base = top + _LABEL_HEIGHT - 5
        top += _LABEL_HEIGHT
        placed = []
        for kind, value, seconds in bars:
            placed.append(Bar(kind, value, round(seconds / longest * _WIDEST, 1), top))
            top += _BAR_HEIGHT
        top += _GAP
        drawn.append(Row(name, _short(name), base, tuple(placed)))
    said = "; ".join(f"{name}: {', '.join(v for _, v, _ in bars)}" for name, bars in rows)
    return Chart(title, tuple(drawn), top, f"{title}. {said}.")


def minutes(seconds: float) -> str:
    """Return a time as people say it: whole minutes, or seconds where it is less than one."""
    return f"{round(seconds)} s" if 0 < seconds < 59.5 else f"{round(seconds / 60)} min"


def _name(session: Session, study: Study, place: Spot) -> str:
    cited = citation(session, study, place) or "In general"
    return one_line(shown(cited))


def _short(name: str) -> str:
    return name if len(name) <= LABEL else f"{name[: LABEL - 1].rstrip()}…"
