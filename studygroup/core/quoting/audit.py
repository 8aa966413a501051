"""The audit: every quotation of a study's notes, prompts and readings, located and judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from studygroup.core.anchoring.quotation import Anchor, Match
from studygroup.core.errors import Place
from studygroup.core.quoting.drift import Drift
from studygroup.core.reading import SectionKey

_Key = TypeVar("_Key")

HostKind = Literal["text", "prompt", "note", "minutes"]
Form = Literal["marks", "block", "unmarked", "passage", "term"]


@dataclass(frozen=True, slots=True)
class Host:
    """What quotes: a text, a prompt, a note, or an entry of the minutes, and where it stands.

    `id` is the note's or prompt's id, or the entry's key with its session before it
    (`2026-11-22-walk/ana#12`); "" for a text. `paragraph` is the one of the section that quotes,
    for a text. `start` and `end` are half-open character offsets of the quotation in the host's
    plain text: a section's or note's, the words of an entry, a prompt's question and follow-ups on
    lines of their own (0 and 0 for a passage, which stands in none of them).
    """

    kind: HostKind
    reading: str
    section: str | None
    place: Place
    by: str | None = None
    id: str = ""
    paragraph: int | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that claim to come from a reading, or are found to: what quotes them, and the verdict.

    `form` says how they are set off: between quotation `marks`, as a `block`, not at all
    (`unmarked`), as a prompt's `passage`; a `term` is a single word or a few between marks, which
    claims nothing of a reading. `drift` is what became of it since it was last found, where that is
    looked at (`Workspace.quotations`).
    """

    quote: str
    form: Form
    host: Host
    match: Match
    drift: Drift | None = None


@dataclass(frozen=True)
class Audit:
    """All quotations of a study, in the order of its files; looked up from either end."""

    quotations: tuple[Quotation, ...]

    def by_host(self, kind: HostKind, id: str, reading: str = "") -> tuple[Quotation, ...]:
        """Return what one note, prompt or entry quotes, in its order.

        A prompt's id is its own only among those of its `reading`.
        """
        found = self._by_host.get((kind, id), ())
        return tuple(q for q in found if reading in ("", q.host.reading))

    def quoted_by(self, reading: str, section: str) -> tuple[Quotation, ...]:
        """Return what the text of a section quotes, in its order."""
        return self._by_text.get((reading, section), ())

    def quoted_in(self, reading: str, section: str) -> tuple[Quotation, ...]:
        """Return what quotes a section, in the order of the passages that are quoted."""
        return self._by_target.get((reading, section), ())

    def chain(self, quotation: Quotation) -> tuple[Quotation, ...]:
        """Return through which texts the words came: none when they stand in no quotation.

        The first is the text's own quotation in which the words that are quoted stand, the next
        the one in which that one's source stands, and so on: the last one is of the source itself.
        """
        links: list[Quotation] = []
        anchor = quotation.match.anchor
        while anchor is not None:
            around = self.quoted_by(anchor.reading, anchor.section)
            link = next((q for q in around if holds(q, anchor)), None)
            if link is None or link in links or link == quotation:
                break
            links.append(link)
            anchor = link.match.anchor
        return tuple(links)

    @cached_property
    def _by_host(self) -> Mapping[tuple[HostKind, str], tuple[Quotation, ...]]:
        return _grouped(((q.host.kind, q.host.id), q) for q in self.quotations if q.host.id)

    @cached_property
    def _by_text(self) -> Mapping[SectionKey, tuple[Quotation, ...]]:
        texts = (q for q in self.quotations if q.host.kind == "text")
        return _grouped(((q.host.reading, q.host.section), q) for q in texts)

    @cached_property
    def _by_target(self) -> Mapping[SectionKey, tuple[Quotation, ...]]:
        found = [(q.match.anchor, q) for q in self.quotations]
        anchored = sorted(((a.start, a, q) for a, q in found if a is not None), key=lambda t: t[0])
        return _grouped(((a.reading, a.section), q) for _, a, q in anchored)


def holds(quotation: Quotation, anchor: Anchor) -> bool:
    """Whether a place stands within a quotation of its text whose own source is known."""
    host = quotation.host
    inside = host.start <= anchor.start and anchor.end <= host.end
    return inside and quotation.form != "term" and quotation.match.anchor is not None


def _grouped(pairs: Iterable[tuple[_Key, Quotation]]) -> dict[_Key, tuple[Quotation, ...]]:
    grouped: dict[_Key, list[Quotation]] = defaultdict(list)
    for key, quotation in pairs:
        grouped[key].append(quotation)
    return {key: tuple(group) for key, group in grouped.items()}
