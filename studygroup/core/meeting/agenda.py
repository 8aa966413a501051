"""The agenda that is proposed for a session: what is carried over, then the text in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from studygroup.core.meeting.agenda_draft import AgendaDraft, AgendaLine
from studygroup.core.meeting.carry_over import Past, look_back, prompt_item
from studygroup.core.meeting.session import AgendaItem, Session, Spot
from studygroup.core.prompt import PHASES, Prompt
from studygroup.core.reading import Reading
from studygroup.core.text import fold

WORDS_A_MINUTE = 250
"""How much text weighs as much as a minute of a prompt, where a section has no prompts."""

Group = list[AgendaLine]
"""A section with its prompts and topics, or the prompts on a whole reading."""


def propose(
    readings: Sequence[Reading],
    prompts: Iterable[Prompt],
    planned: int,
    earlier: Iterable[Session] = (),
    topics: Sequence[AgendaItem] = (),
) -> AgendaDraft:
    """Return the agenda for a session on `readings` of `planned` minutes.

    First what earlier sessions on these readings left over. Then, reading by reading, the sections
    in order, each followed by its prompts, opening ones first and closing last, and by those of
    `topics` that are on it; prompts on a whole reading open or close it. What was discussed before
    is left out, to be brought back; a section that got a new prompt since comes behind those that
    nobody came to. When nothing is left to discuss, the text is proposed once more.

    Timeboxes are the prompts' minutes scaled to the planned length (0: as they are); a section's is
    the sum of its prompts', or goes by its length in words where it has none.
    """
    asked = list(prompts)
    past = look_back(readings, asked, earlier, topics)
    groups: list[Group] = []
    for reading in readings:
        own = [p for p in asked if p.reading == reading.slug]
        first, *sections, last = _groups(reading, own, topics, past)
        groups += [first, *sorted(sections, key=lambda group: bool(group[0].discussed)), last]
    if not any(map(_is_proposed, groups)):
        groups = [_once_more(group, past) for group in groups]
    ordered = sorted(groups, key=lambda group: not _is_proposed(group))
    carried = [AgendaLine(item) for item in past.carried]
    lines = [*carried, *(line for group in ordered for line in group)]
    return _timed(AgendaDraft(tuple(lines), planned), readings)


def _groups(
    reading: Reading, prompts: Sequence[Prompt], topics: Iterable[AgendaItem], past: Past
) -> Iterator[Group]:
    """Yield the lines of one reading: its sections, between what opens and closes the whole."""
    carried = {item.spot for item in past.carried}

    def lines(items: Iterable[AgendaItem]) -> Group:
        return [_line(item, past) for item in items if item.spot not in carried]

    whole = [p for p in prompts if p.section is None or reading.section(p.section) is None]
    yield lines(prompt_item(p) for p in whole if p.phase == PHASES[0])
    for section in reading.sections:
        own = (prompt_item(p) for p in _by_phase(prompts) if p.section == section.id)
        place = Spot(reading.slug, section.id)
        on_it = (
            t for t in topics if (t.spot.reading, t.spot.section) == (reading.slug, section.id)
        )
        below = lines((*own, *on_it))
        before = past.opened.get(place, "")
        minutes = max(1, round(section.word_count / WORDS_A_MINUTE))
        head = AgendaItem("section", section.title, place, minutes)
        yield [AgendaLine(head, not before or _is_proposed(below), before), *below]
    yield lines(prompt_item(p) for p in _by_phase(whole) if p.phase != PHASES[0])


def _by_phase(prompts: Iterable[Prompt]) -> list[Prompt]:
    return sorted(prompts, key=lambda p: PHASES.index(p.phase))


def _line(item: AgendaItem, past: Past) -> AgendaLine:
    """Return a prompt or topic, left out where an earlier session was through with it."""
    if item.kind == "topic":
        return AgendaLine(item, fold(item.spot.topic) not in past.topics)
    before = past.done.get((item.spot.reading, item.spot.prompt), "")
    return AgendaLine(item, not before, before)


def _is_proposed(group: Group) -> bool:
    return any(line.kept for line in group)


def _once_more(group: Group, past: Past) -> Group:
    """Return a group with all that may be asked again: sections, and prompts not skipped."""
    return [
        replace(
            line,
            kept=line.item.kind != "topic"
            and (line.item.spot.reading, line.item.spot.prompt) not in past.skipped,
        )
        for line in group
    ]


def _timed(draft: AgendaDraft, readings: Iterable[Reading]) -> AgendaDraft:
    """Scale a draft's timeboxes to its planned length; sections without prompts go by words."""
    words = {
        Spot(reading.slug, section.id): section.word_count / WORDS_A_MINUTE
        for reading in readings
        for section in reading.sections
    }
    items = [line.item for line in draft.lines]
    weights = {
        n: words[items[n].spot] if items[n].kind == "section" else float(draft.minutes_at(n))
        for n in draft.counted()
    }
    return draft.weighed(weights, draft.planned)
