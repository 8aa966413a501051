"""What becomes of prompts, notes and sessions when a reading is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from studygroup.core.errors import Place
from studygroup.core.hanging import hang_notes, hang_prompts
from studygroup.core.meeting.session import Session
from studygroup.core.reading import Reading, Section
from studygroup.core.replacing.successors import Successor, successors
from studygroup.core.study import Study

Kind = Literal["prompt", "note", "session"]

_SHOWN = 60
"""How many characters of a prompt or note say which one it is."""


@dataclass(frozen=True, slots=True)
class Hung:
    """A prompt, a note or a session that hangs on a section: what it says, and where it stands."""

    kind: Kind
    what: str
    place: Place
    section: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that hangs elsewhere than before.

    `before` is the old section, `after` the new one, None where it lost its section; `now` is the
    section that has most of the old one's words then, if any has.
    """

    hung: Hung
    before: Section
    after: Section | None
    now: Section | None = None


@dataclass(frozen=True, slots=True)
class Renamed:
    """A section that kept its id although its heading is another one."""

    section: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """What hung on a reading that was replaced: how much stayed, what moved, what lost its place.

    `backup` is the archive with the old file, None where nothing was written.
    """

    kept: int = 0
    moved: tuple[Change, ...] = ()
    lost: tuple[Change, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    backup: Path | None = None


def replacing(
    study: Study,
    old: Reading,
    text: str,
    sessions: Iterable[Session],
    parse: Callable[[str, str], Reading],
) -> tuple[str, Replaced]:
    """Return the new text of a reading with the ids that have to stay, and what becomes of the old.

    `parse` makes a reading of a slug and a file's text.
    """
    sessions = tuple(sessions)
    used = {hung.section for hung in hung_on(study, old, sessions)}
    text = with_ids(text, ids_to_keep(old, parse(old.slug, text), used))
    return text, compare(study, old, parse(old.slug, text), sessions)


def hung_on(study: Study, reading: Reading, sessions: Iterable[Session]) -> list[Hung]:
    """Return all that hangs on sections of a reading."""
    found = [
        Hung("prompt", prompt.ask, prompt.place, prompt.section)
        for prompt in study.prompts
        if prompt.reading == reading.slug and prompt.section
    ]
    for file in study.note_files:
        if file.reading == reading.slug:
            found += (
                Hung("note", note.text, note.place, note.section)
                for note in file.notes
                if note.section
            )
    for session in sessions:
        found += (
            Hung("session", session.title, Place(f"sessions/{session.id}"), section)
            for section in sorted(_taken_up(session, reading))
        )
    return found


def _taken_up(session: Session, reading: Reading) -> set[str]:
    spots = [item.spot for item in session.agenda]
    spots += [*(entry.spot for entry in session.entries), *session.taken_up]
    marks = {m.section for m in session.marked.values() if m.reading == reading.slug}
    return (marks | {spot.section for spot in spots if spot.reading == reading.slug}) - {""}


def ids_to_keep(old: Reading, new: Reading, used: Iterable[str]) -> Mapping[int, str]:
    """Return the ids that sections of `new` should have, by the line of their heading.

    A section keeps the id of the one that it was, where something hangs on that and the new one
    would be called otherwise. Of several that became one, the longest gives the id.
    """
    became = successors(old, new)
    claims: dict[str, tuple[float, str]] = {}
    for section in old.sections:
        if section.id in set(used) and (successor := became.get(section.id)):
            weight = successor.share * section.word_count + (successor.section == section.id)
            claims[successor.section] = max(
                claims.get(successor.section, (-1.0, "")), (weight, section.id)
            )
    return {
        section.line: claims[section.id][1]
        for section in new.sections
        if section.id in claims and claims[section.id][1] != section.id
    }


def with_ids(text: str, ids: Mapping[int, str]) -> str:
    """Return a reading's file with explicit ids at the headings on these lines (from 1).

    A heading that has an id already, and a line that is no heading, stay as they are.
    """
    lines = text.split("\n")
    for number, section in ids.items():
        line = lines[number - 1]
        if line.startswith("#") and not line.rstrip().endswith("}"):
            lines[number - 1] = f"{line.rstrip()} {{#{section}}}"
    return "\n".join(lines)


def compare(study: Study, old: Reading, new: Reading, sessions: Iterable[Session]) -> Replaced:
    """Say what becomes of all that hangs on `old` when `new` takes its place."""
    became = successors(old, new)
    after = {(h.kind, h.place, h.what): h.section for h in _hung_anew(study, old, new)}
    kept = 0
    moved: list[Change] = []
    lost: list[Change] = []
    for hung in hung_on(study, old, sessions):
        before = old.section(hung.section)
        if before is None:
            continue  # it had lost its place before
        now = (
            hung.section
            if hung.kind == "session"
            else after.get((hung.kind, hung.place, hung.what), "")
        )
        section = new.section(now)
        if section is not None and section.id == before.id:
            kept += 1
            continue
        change = Change(hung, before, section, _now(became, before, new))
        (lost if section is None else moved).append(change)
    renamed = (_renamed(section, new) for section in old.sections)
    return Replaced(kept, tuple(moved), tuple(lost), tuple(one for one in renamed if one))


def _hung_anew(study: Study, old: Reading, new: Reading) -> Iterator[Hung]:
    """Yield prompts and notes as they hang on the new reading."""
    by_file: dict[str, list[int]] = {}
    for number, prompt in enumerate(study.prompts):
        if prompt.reading == old.slug:
            by_file.setdefault(prompt.place.path, []).append(number)
    for numbers in by_file.values():
        loose = tuple(replace(study.prompts[n], section=None) for n in numbers)
        for prompt in hang_prompts(loose, new)[0]:
            yield Hung("prompt", prompt.ask, prompt.place, prompt.section or "")
    for file in study.note_files:
        if file.reading != old.slug:
            continue
        headings = tuple(replace(h, section=None, paired="") for h in file.headings)
        notes = tuple(replace(n, section=None) for n in file.notes)
        for note in hang_notes(replace(file, headings=headings, notes=notes), new)[0].notes:
            yield Hung("note", note.text, note.place, note.section or "")


def _now(became: Mapping[str, Successor], before: Section, new: Reading) -> Section | None:
    successor = became.get(before.id)
    return None if successor is None else new.section(successor.section)


def _renamed(section: Section, new: Reading) -> Renamed | None:
    now = new.section(section.id)
    if now is None or now.title == section.title:
        return None
    return Renamed(section.id, section.title, now.title)


def shown(hung: Hung) -> str:
    """Return the first words of a prompt, note or session's title."""
    words = " ".join(hung.what.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
