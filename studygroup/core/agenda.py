"""The agenda of a session: what is carried over, sections and prompts in order, timeboxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from studygroup.core.prompt import PHASES, Prompt
from studygroup.core.reading import Reading
from studygroup.core.session import AgendaItem, Session, Spot
from studygroup.core.text import fold

PROMPT_MINUTES = 5
"""What a prompt without minutes of its own weighs."""
WORDS_A_MINUTE = 250
"""How much text weighs as much as a minute of a prompt, where a section has no prompts."""
CARRIED_MINUTES = 3
"""What a question or a topic that was left over weighs."""


def propose(
    readings: Sequence[Reading],
    prompts: Iterable[Prompt],
    planned: int,
    earlier: Iterable[Session] = (),
) -> tuple[AgendaItem, ...]:
    """Return the agenda for a session on `readings` of `planned` minutes.

    First what earlier sessions on these readings left over, then the sections in reading order,
    each followed by its prompts: opening ones first, closing ones last. Prompts on a whole reading
    open or close it. Timeboxes are the prompts' minutes scaled to the planned length (0: as they
    are); a section's is the sum of its prompts', or goes by its length in words where it has none.
    """
    asked = list(prompts)
    carried = carried_over(readings, asked, earlier)
    repeated = {i.spot for i in carried if i.kind == "prompt"}
    items = list(carried)
    for reading in readings:
        own = [p for p in asked if p.reading == reading.slug]
        for group in _groups(reading, own):
            kept = [i for i in group if i.kind != "prompt" or i.spot not in repeated]
            items.extend(_summed(kept, reading))
    return _scaled(items, planned, {r.slug: r for r in readings})


def carried_over(
    readings: Sequence[Reading], prompts: Iterable[Prompt], earlier: Iterable[Session]
) -> tuple[AgendaItem, ...]:
    """Return what earlier sessions on `readings` left over: open questions, topics, then prompts.

    A question is left over until any later session answers it, a topic until one takes it up; a
    prompt until a session reaches or skips it, and again when a later one defers it. Prompts that
    no longer exist are dropped.
    """
    slugs = {r.slug for r in readings}
    known = {(p.reading, p.id): p for p in prompts}
    left: dict[tuple[str, str], AgendaItem] = {}
    questions: dict[str, AgendaItem] = {}
    topics: dict[str, AgendaItem] = {}
    answered: set[str] = set()
    done: set[tuple[str, str]] = set()
    for session in sorted(earlier, key=lambda s: (s.opened is None, s.opened, s.id)):
        for entry in session.standing:
            if entry.answers:
                answered.add(full_key(session.id, entry.answers))
        if slugs.isdisjoint(session.readings):
            continue
        for question in session.open_questions:
            key = full_key(session.id, question.key)
            spot = replace(question.spot.place, question=key)
            item = AgendaItem("question", question.text, spot, CARRIED_MINUTES)
            origin = question.session or session.id
            questions.setdefault(key, replace(item, carried_from=origin, of=key))
        _keep_topics(session, topics)
        for item in session.agenda:
            prompt = known.get((item.spot.reading, item.spot.prompt))
            if item.kind != "prompt" or prompt is None:
                continue
            asked = (prompt.reading, prompt.id)
            if not session.left_over(*asked):
                left.pop(asked, None)
                done.add(asked)
            elif asked not in left and (asked not in done or asked in session.settled):
                left[asked] = replace(_prompt_item(prompt), carried_from=session.id)
    still_open = [item for key, item in questions.items() if key not in answered]
    return (
        *still_open,
        *topics.values(),
        *(item for item in left.values() if item.spot.reading in slugs),
    )


def _keep_topics(session: Session, topics: dict[str, AgendaItem]) -> None:
    """Bring what is left over of topics, by their folded words, up to date with a session."""
    unreached = {i.spot.topic for i in session.unreached_places()}
    for item in session.agenda:
        key = fold(item.spot.topic)
        if item.kind != "topic" or not key:
            continue
        if item.spot.topic in unreached:
            origin = item.carried_from or session.id
            topics.setdefault(key, replace(item, minutes=CARRIED_MINUTES, carried_from=origin))
        else:
            topics.pop(key, None)


def full_key(session: str, key: str) -> str:
    """Return the key of an entry as other sessions know it: `2026-11-22-walden/ana#12`."""
    return key if "/" in key else f"{session}/{key}"


def _groups(reading: Reading, prompts: Sequence[Prompt]) -> Iterable[list[AgendaItem]]:
    """Yield the agenda of one reading: each section with its prompts; whole-reading ones around."""
    whole = [p for p in prompts if p.section is None or reading.section(p.section) is None]
    yield [_prompt_item(p) for p in whole if p.phase == PHASES[0]]
    for section in reading.sections:
        own = sorted(
            (p for p in prompts if p.section == section.id), key=lambda p: PHASES.index(p.phase)
        )
        head = AgendaItem("section", section.title, Spot(reading.slug, section.id))
        yield [head, *map(_prompt_item, own)]
    yield [
        _prompt_item(p)
        for p in sorted(whole, key=lambda p: PHASES.index(p.phase))
        if p.phase != PHASES[0]
    ]


def _prompt_item(prompt: Prompt) -> AgendaItem:
    spot = Spot(prompt.reading, prompt.section or "", prompt.id)
    return AgendaItem("prompt", prompt.ask, spot, prompt.minutes or PROMPT_MINUTES)


def _summed(group: Sequence[AgendaItem], reading: Reading) -> list[AgendaItem]:
    inside = sum(i.minutes or 0 for i in group if i.kind == "prompt")
    return [
        replace(i, minutes=inside or max(1, round(_length(i, reading))))
        if i.kind == "section"
        else i
        for i in group
    ]


def _length(item: AgendaItem, reading: Reading) -> float:
    """Return what a section weighs by its words alone, in minutes."""
    section = reading.section(item.spot.section)
    return 0.0 if section is None else section.word_count / WORDS_A_MINUTE


def _scaled(
    items: Sequence[AgendaItem], planned: int, readings: Mapping[str, Reading]
) -> tuple[AgendaItem, ...]:
    """Scale timeboxes to whole minutes that add up to `planned`, by largest remainder.

    Each gets a minute if there are enough. Sections that have prompts follow from them and are not
    counted twice.
    """
    counted = [n for n, item in enumerate(items) if not _has_prompts(items, n)]
    weights = {
        n: _length(items[n], readings[items[n].spot.reading])
        if items[n].kind == "section"
        else float(items[n].minutes or 0)
        for n in counted
    }
    total = sum(weights.values())
    if planned <= 0 or not total:
        return tuple(items)
    least = 1 if planned >= len(counted) else 0
    exact = {n: weight * planned / total for n, weight in weights.items()}
    minutes = {n: max(least, int(value)) for n, value in exact.items()}
    short = planned - sum(minutes.values())
    for n in sorted(counted, key=lambda n: minutes[n] - exact[n])[: max(0, short)]:
        minutes[n] += 1
    for _ in range(-short):
        minutes[max(minutes, key=lambda n: minutes[n])] -= 1
    scaled = [replace(i, minutes=minutes.get(n, i.minutes)) for n, i in enumerate(items)]
    return tuple(
        replace(i, minutes=sum(p.minutes or 0 for p in _prompts_under(scaled, n)))
        if n not in minutes
        else i
        for n, i in enumerate(scaled)
    )


def _has_prompts(items: Sequence[AgendaItem], position: int) -> bool:
    return items[position].kind == "section" and bool(_prompts_under(items, position))


def _prompts_under(items: Sequence[AgendaItem], position: int) -> list[AgendaItem]:
    found = []
    for item in items[position + 1 :]:
        if item.kind != "prompt" or item.spot.place != items[position].spot:
            break
        found.append(item)
    return found
