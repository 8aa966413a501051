"""An agenda while it is edited: lines that are kept or left out, in an order, with minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from studygroup.core.meeting.session import AgendaItem, Spot
from studygroup.core.text import fold

TOPIC_MINUTES = 5
"""What a topic that is put on the agenda by hand begins with."""
LONGEST = 600
"""The most minutes that one line can have."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line that stands on the agenda (`kept`) or is left out and can be brought back.

    `discussed` is the day, as an ISO date, of the earlier session that dealt with it; or "".
    """

    item: AgendaItem
    kept: bool = True
    discussed: str = ""


@dataclass(frozen=True, slots=True)
class AgendaDraft:
    """A proposed agenda for a session of `planned` minutes (0: of any length).

    A section heads the prompts and topics on it that follow it without a gap: they are moved,
    dropped and brought back with it, and its minutes are the sum of the prompts kept. Every
    change returns a new draft; positions count `lines` from 0.
    """

    lines: tuple[AgendaLine, ...] = ()
    planned: int = 0

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The lines that are kept, as they stand on the agenda."""
        return tuple(line.item for line in self.lines if line.kept)

    @property
    def left_out(self) -> tuple[AgendaItem, ...]:
        """The lines that are not kept."""
        return tuple(line.item for line in self.lines if not line.kept)

    @property
    def total(self) -> int:
        """The minutes of all that is kept; a section's own count where none of its prompts are."""
        return sum(self.minutes_at(n) for n in self.counted())

    def minutes_at(self, at: int) -> int:
        """Return the minutes of a line, 0 where it has none."""
        return self.lines[at].item.minutes or 0

    def counted(self) -> list[int]:
        """Return the lines whose minutes add up to the whole: sections with prompts follow them."""
        return [n for n, line in enumerate(self.lines) if line.kept and not self._prompts_of(n)]

    def over_from(self) -> int | None:
        """Return the first line that is not over within the planned length, None for none."""
        used = 0
        for n in self.counted():
            used += self.minutes_at(n)
            if used > self.planned > 0:
                return n
        return None

    def head_of(self, at: int) -> int | None:
        """Return the section that a line goes with; None for a section, and for a free line."""
        spot = self.lines[at].item.spot
        if self.lines[at].item.kind not in ("prompt", "topic") or not spot.section:
            return None
        for n in range(at - 1, -1, -1):
            above = self.lines[n].item
            if (above.spot.reading, above.spot.section) != (spot.reading, spot.section):
                return None
            if above.kind == "section":
                return n
        return None

    def unit(self, at: int) -> range:
        """Return the lines that go with a line: a section's whole block, else the line alone."""
        stop = at + 1
        if self.lines[at].item.kind == "section":
            while stop < len(self.lines) and self.head_of(stop) == at:
                stop += 1
        return range(at, stop)

    # Changes.

    def moved(self, at: int, count: int) -> tuple[AgendaDraft, int]:
        """Move a line one place down (`count` 1) or up (-1); return the draft, and where it is.

        A prompt moves within its section and, at its edge, out of it; a section moves past what
        stands next to it as a whole.
        """
        target = self._below(at) if count > 0 else self._above(at)
        if target is None:
            return self, at
        block = [self.lines[n] for n in self.unit(at)]
        rest = [line for n, line in enumerate(self.lines) if n not in self.unit(at)]
        rest[target:target] = block
        return self._with(rest), target

    def _below(self, at: int) -> int | None:
        """Return where a line comes to stand that is moved down, once it was taken out."""
        following = self.unit(at).stop
        if following >= len(self.lines):
            return None
        head = self.head_of(at)
        if head is not None and following in self.unit(head):
            return at + 1
        own = self.lines[at].item
        below = self.lines[following].item
        if below.kind == "section" and own.kind != "section" and below.spot == _section_of(own):
            return at + 1
        return at + len(self.unit(following))

    def _above(self, at: int) -> int | None:
        if at == 0:
            return None
        if self.head_of(at) is not None:
            return at - 1
        head = self.head_of(at - 1)
        return at - 1 if head is None else head

    def dropped(self, at: int) -> AgendaDraft:
        """Leave a line out, with all that goes with it, or bring it back.

        A prompt brings its section back with it.
        """
        kept = not self.lines[at].kept
        changed = set(self.unit(at))
        head = self.head_of(at)
        if kept and head is not None:
            changed.add(head)
        return self._with(
            replace(line, kept=kept) if n in changed else line for n, line in enumerate(self.lines)
        )

    def lengthened(self, at: int, count: int, among: Collection[int] | None = None) -> AgendaDraft:
        """Give a line a minute more (`count` 1) or less (-1), never less than one.

        A section with prompts gives the minute to the shortest of them, and takes it from the
        longest; of `among`, where that is told.
        """
        prompts = [n for n in self._prompts_of(at) if among is None or n in among]
        if self._prompts_of(at):
            if not prompts:
                return self
            at = (min if count > 0 else max)(prompts, key=self.minutes_at)
        minutes = min(max(1, self.minutes_at(at) + count), LONGEST)
        return self._with(self._with_minutes({at: minutes}))

    def with_topic(self, title: str, at: int) -> tuple[AgendaDraft, int]:
        """Put a topic behind a line and what goes with it; return the draft, and where it is.

        One that stands there already in the same words is kept and not put there twice.
        """
        for n, line in enumerate(self.lines):
            if line.item.kind == "topic" and fold(line.item.spot.topic) == fold(title):
                return (self if line.kept else self.dropped(n)), n
        lines = list(self.lines)
        head = self.head_of(at) if lines else None
        place = self.unit(at if head is None else head).stop if lines else 0
        item = AgendaItem("topic", title, Spot(topic=title), TOPIC_MINUTES)
        lines.insert(place, AgendaLine(item))
        return self._with(lines), place

    def rescaled(self, planned: int, among: Collection[int] | None = None) -> AgendaDraft:
        """Share `planned` minutes out among what is kept (of it, `among`) in proportion."""
        weights = {
            n: float(self.minutes_at(n)) for n in self.counted() if among is None or n in among
        }
        return self.weighed(weights, planned)

    def weighed(self, weights: Mapping[int, float], planned: int) -> AgendaDraft:
        """Share `planned` minutes out among lines by their weights."""
        return self._with(self._with_minutes(share_out(weights, planned)))

    def _with(self, lines: Iterable[AgendaLine]) -> AgendaDraft:
        """Return the draft with other lines, each section's minutes being its prompts' sum."""
        draft = replace(self, lines=tuple(lines))
        sums = {
            n: sum(map(draft.minutes_at, draft._prompts_of(n))) for n in range(len(draft.lines))
        }
        return replace(draft, lines=draft._with_minutes({n: s for n, s in sums.items() if s}))

    def _with_minutes(self, minutes: Mapping[int, int]) -> tuple[AgendaLine, ...]:
        return tuple(
            replace(line, item=replace(line.item, minutes=minutes[n])) if n in minutes else line
            for n, line in enumerate(self.lines)
        )

    def _prompts_of(self, at: int) -> list[int]:
        """Return the prompts kept under a section; none under any other line."""
        return [
            n
            for n in self.unit(at)
            if n != at and self.lines[n].kept and self.lines[n].item.kind == "prompt"
        ]


def share_out(weights: Mapping[int, float], planned: int) -> dict[int, int]:
    """Return whole minutes that add up to `planned`, in proportion to weights.

    By largest remainder (Hamilton's method). Each gets a minute if there are enough; nothing is
    shared out where nothing is planned. Where nothing weighs anything all weigh the same.
    """
    if planned <= 0 or not weights:
        return {}
    total = sum(weights.values())
    if not total:
        weights, total = dict.fromkeys(weights, 1.0), float(len(weights))
    least = 1 if planned >= len(weights) else 0
    exact = {n: weight * planned / total for n, weight in weights.items()}
    minutes = {n: max(least, int(value)) for n, value in exact.items()}
    short = planned - sum(minutes.values())
    for n in sorted(minutes, key=lambda n: minutes[n] - exact[n])[: max(0, short)]:
        minutes[n] += 1
    for _ in range(-short):
        minutes[max(minutes, key=lambda n: minutes[n])] -= 1
    return minutes


def draft_of(items: Sequence[AgendaItem], planned: int) -> AgendaDraft:
    """Return the agenda of a session as it stands, to be edited."""
    return AgendaDraft(planned=planned)._with(AgendaLine(item) for item in items)


def _section_of(item: AgendaItem) -> Spot:
    return Spot(item.spot.reading, item.spot.section)
