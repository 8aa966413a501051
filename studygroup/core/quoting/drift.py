"""What became of a quotation's place since it was last found: nothing moves silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from studygroup.core.anchoring.quotation import Anchor, Match
from studygroup.core.text import words

if TYPE_CHECKING:
    from studygroup.core.meeting.session import Session
    from studygroup.core.quoting.audit import Quotation
    from studygroup.core.study import Study

DriftKind = Literal["moved", "drifted", "lost"]

_FAITHFUL = frozenset({"exact", "elided"})


@dataclass(frozen=True, slots=True)
class Found:
    """The verdict on a quotation when it was last found, and where that was."""

    verdict: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Drift:
    """That a quotation is no longer found where it `was`, because a reading changed.

    It has `moved` when it stands in another section now, `drifted` when it stands where it did and
    the words there are others, and is `lost` when it is not found any more.
    """

    kind: DriftKind
    was: Found


def drift(was: Found, now: Match, study: Study) -> Drift | None:
    """Return what became of a quotation that was found before, None where all is as it was.

    Another paragraph of the same section, or other typography, is as it was.
    """
    anchor = now.anchor
    if anchor is None:
        still = now.verdict == "ambiguous" and _stands(was.anchor, study)
        return None if still else Drift("lost", was)
    if (anchor.reading, anchor.section) != (was.anchor.reading, was.anchor.section):
        return Drift("moved", was)
    faithful = was.verdict in _FAITHFUL and now.verdict in _FAITHFUL
    return None if faithful or _stands(was.anchor, study) else Drift("drifted", was)


def _stands(anchor: Anchor, study: Study) -> bool:
    """Whether the very words of an anchor stand in its section still."""
    reading = study.reading(anchor.reading)
    section = None if reading is None else reading.section(anchor.section)
    key = " ".join(word.folded for word in words(anchor.words))
    return section is not None and f" {key} " in section.folded


def drifted(
    quotations: Iterable[Quotation],
    kept: Mapping[str, Found],
    recorded: Mapping[str, Found],
    study: Study,
) -> Iterator[Quotation]:
    """Yield the quotations, each with what became of it since it was last found.

    `kept` says where that was, by the names that `keyed` gives; `recorded` says it of what the
    minutes quote, by the key of the entry with its session: their anchors stand in the journal.
    """
    for key, quotation in keyed(quotations):
        own = quotation.host.kind == "minutes"
        was = recorded.get(quotation.host.id) if own else kept.get(key)
        if own and quotation.form != "block":
            was = None  # words between marks in what somebody said have no anchor of their own
        found = None if was is None else drift(was, quotation.match, study)
        yield quotation if found is None else replace(quotation, drift=found)


def recorded_in(sessions: Iterable[Session]) -> dict[str, Found]:
    """Return where the quotations of the minutes stood when they were recorded (see `drifted`)."""
    return {
        f"{session.id}/{entry.key}": Found(entry.cited.verdict, entry.cited.anchor)
        for session in sessions
        for entry in session.standing
        if entry.cited is not None and entry.cited.anchor is not None
    }


def to_keep(quotations: Iterable[Quotation], *, accept: bool) -> dict[str, Found]:
    """Return what to keep of quotations until they are looked at the next time, by `keyed`'s names.

    What drifted or was lost is kept as it was, so that it is told until somebody changes the
    quotation; what moved too, unless it is to `accept`. What is gone from its note is forgotten.
    """
    kept = {}
    for key, quotation in keyed(quotations):
        match, change = quotation.match, quotation.drift
        if quotation.host.kind == "minutes" or quotation.form == "term":
            continue
        if change is not None and not (accept and change.kind == "moved"):
            kept[key] = change.was
        elif match.anchor is not None:
            kept[key] = Found(match.verdict, match.anchor)
    return kept


def keyed(quotations: Iterable[Quotation]) -> Iterator[tuple[str, Quotation]]:
    """Yield each quotation with a name that stays while its words stay in the same file.

    That is made of the file, the words, and how many times the file has quoted them before.
    """
    seen: Counter[str] = Counter()
    for quotation in quotations:
        said = f"{quotation.host.place.path}\0{quotation.quote}"
        key = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key}-{seen[key]}"), quotation
