"""What a session left over, at the end of its write-up: put off, and never reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from studygroup.core.meeting.session import AgendaItem, Session, Spot
from studygroup.core.study import Study
from studygroup.export.flow import Block, em, heading, item
from studygroup.export.names import citation, place_title

MANY = 10
"""More prompts than this are counted by section, and more sections counted, not written out."""


def left_for_next_time(session: Session, study: Study) -> Iterator[Block]:
    """List the prompts that were deferred, each with its place."""
    items = [i for i in session.unreached() if deferred(session, i.spot)]
    if items:
        yield heading(2, "Left for next time")
    for left in items:
        yield _prompt(session, study, left)


def not_reached(session: Session, study: Study) -> Iterator[Block]:
    """List sections that were never opened, prompts nobody took up, and topics likewise.

    A session in which no prompt was asked had no use for prompts, so then they are left out.
    """
    asked = any(s.prompt for s in session.taken_up) or bool(session.settled)
    prompts = [i for i in session.unreached() if asked and not deferred(session, i.spot)]
    places = session.unreached_places()
    if not prompts and not places:
        return
    yield heading(2, "Not reached")
    sections = [i.spot for i in places if i.kind == "section"]
    in_view = sections if len(sections) <= MANY else sections[: MANY - 1]
    brief = len(prompts) > MANY
    several = len(session.readings) > 1
    for slug, stood in groupby(in_view, key=lambda p: p.reading):
        reading = study.reading(slug)
        nested = several and reading is not None
        if reading is not None and several:
            yield item(em(reading.title))
        for place in stood:
            asks = [i for i in prompts if i.spot.place == place]
            yield from _section(study, place, asks, brief=brief, level=int(nested))
    if len(in_view) < len(sections):
        yield item(em(f"and {len(sections) - len(in_view)} more sections"))
    elsewhere = [i for i in prompts if i.spot.place not in sections]
    if brief and elsewhere:
        yield item(em("prompts not asked:"), f" {_counted(session, study, elsewhere)}")
    yield from (_prompt(session, study, i) for i in elsewhere if not brief)
    yield from (item(em("topic:"), f" {i.title}") for i in places if i.kind == "topic")


def deferred(session: Session, spot: Spot) -> bool:
    """Tell whether a spot's prompt was put off until the next session."""
    return session.settled.get((spot.reading, spot.prompt)) == "deferred"


def _section(
    study: Study, place: Spot, prompts: Sequence[AgendaItem], *, brief: bool, level: int
) -> Iterator[Block]:
    counted = f" ({_count(len(prompts))})" if brief and prompts else ""
    yield item(f"§{place_title(study, place)}{counted}", level=level)
    if not brief:
        yield from (item(i.title, level=level + 1) for i in prompts)


def _counted(session: Session, study: Study, prompts: Sequence[AgendaItem]) -> str:
    """Return how many of the prompts belong to each place: “3 on §Introduction, 1 in general”."""
    counts = Counter(item.spot.place for item in prompts)
    where = ((number, citation(session, study, place)) for place, number in counts.items())
    return ", ".join(
        f"{number} on {cited}" if cited else f"{number} in general" for number, cited in where
    )


def _prompt(session: Session, study: Study, left: AgendaItem) -> Block:
    cited = citation(session, study, left.spot.place)
    return item(left.title, f" — {cited}" if cited else "")


def _count(prompts: int) -> str:
    return "1 prompt" if prompts == 1 else f"{prompts} prompts"
