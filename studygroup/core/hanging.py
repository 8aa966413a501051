"""Hanging one file's prompts or notes on the sections of a reading, and telling what finds none.

Each function looks at one file and one reading: so whoever reads a study again need only hang what
changed, or what hangs on a reading that did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from studygroup.core.errors import Place
from studygroup.core.note import NoteFile, NoteHeading
from studygroup.core.problem import Problem
from studygroup.core.prompt import Prompt
from studygroup.core.reading import Reading, Section
from studygroup.core.section_names import close_sections, find_section
from studygroup.core.text import heading_key

Prompts = tuple[Prompt, ...]
"""The prompts of one file, in its order: all on the same reading."""


def hang_notes(file: NoteFile, reading: Reading | None) -> tuple[NoteFile, tuple[Problem, ...]]:
    """Return `file` paired with the sections of its reading, and what finds none.

    Without a reading that very thing is the problem.
    """
    if reading is None:
        what = f"there is no reading “{file.reading}” for these notes"
        return file, (Problem(Place(file.path), what, f"Import it as: {file.reading}"),)
    from studygroup.core.pairing import pair_notes  # here: most files were paired before

    paired = pair_notes(file, reading)
    found = []
    for heading in paired.headings:
        if not heading.paired and _has_strays(heading, paired):
            what = f"no section “{heading.text}”, so its notes hang on the whole reading"
            found.append(Problem(heading.place, what, section_hint(reading, heading.text)))
    return paired, tuple(found)


def hang_prompts(prompts: Prompts, reading: Reading | None) -> tuple[Prompts, tuple[Problem, ...]]:
    """Return one file's prompts paired with the sections of their reading, and what finds none.

    A prompt on a section that is not there hangs where the passage stands that it is about.
    Without a reading that very thing is the problem, once for the file.
    """
    if not prompts:
        return prompts, ()
    if reading is None:
        path, name = prompts[0].place.path, prompts[0].reading
        what = f"there is no reading “{name}” for these prompts"
        return prompts, (Problem(Place(path), what, f"Import it as: {name}"),)
    paired, found = [], []
    for prompt in prompts:
        section = find_section(prompt.wanted, reading) if prompt.wanted else None
        if section is not None:
            paired.append(replace(prompt, section=section.id))
            continue
        section = _by_passage(prompt, reading)
        paired.append(prompt if section is None else replace(prompt, section=section.id))
        if prompt.wanted and section is None:
            what = missing_section(reading, prompt.wanted)
            found.append(Problem(prompt.place, what, section_hint(reading, prompt.wanted)))
    return tuple(paired), tuple(found)


def _by_passage(prompt: Prompt, reading: Reading) -> Section | None:
    """Return the section where the passage stands that a prompt is about, as far as one tells."""
    if not prompt.wanted or not prompt.passage:
        return None
    # here, since nearly all prompts name a section that is there
    from studygroup.core.anchoring.anchoring import locate

    anchor = locate(prompt.passage, [reading]).anchor
    return None if anchor is None else reading.section(anchor.section)


class Twins:
    """Makes prompts' ids unique in each reading: made ones get a number, given ones are a problem.

    What it found of a reading whose files are the same as last time is taken as it is.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[list[Prompts], _Told]] = {}

    def tell_apart(self, files: Sequence[Prompts]) -> tuple[list[Prompts], list[Problem]]:
        """Return the files in the order given, and the problems of all of them."""
        together: dict[str, list[Prompts]] = defaultdict(list)
        for prompts in files:
            together[prompts[0].reading if prompts else ""].append(prompts)
        known, self._known = self._known, {}
        for reading, own in together.items():
            before = known.get(reading)
            same = before is not None and before[0] == own
            self._known[reading] = before if before and same else (own, _told_apart(own))
        told = {reading: iter(found.files) for reading, (_, found) in self._known.items()}
        order = [next(told[p[0].reading if p else ""]) for p in files]
        return order, [p for _, found in self._known.values() for p in found.problems]


class _Told(NamedTuple):
    files: list[Prompts]
    problems: list[Problem]


def _told_apart(files: Iterable[Prompts]) -> _Told:
    """Tell apart all prompts on one reading."""
    first: dict[str, Prompt] = {}
    result = _Told([], [])
    for prompts in files:
        told = []
        for given in prompts:
            number, prompt = 1, given
            while prompt.made_id and prompt.id in first:
                number += 1
                prompt = replace(prompt, id=f"{given.id}-{number}")
            twin = first.setdefault(prompt.id, prompt)
            if twin is not prompt:
                what = f"two prompts have the id “{prompt.id}”"
                result.problems.append(Problem(prompt.place, what, f"The other one: {twin.place}"))
            told.append(prompt)
        result.files.append(tuple(told))
    return result


def missing_section(reading: Reading, wanted: str, where: str = "") -> str:
    """Say that `reading` has no section, or several, of the name that is wanted."""
    same = reading.by_heading.get(heading_key(wanted), ())
    if len(same) > 1:
        ids = ", ".join(s.id for s in same)
        return f"several sections are headed “{wanted}”{where}: {ids}"
    return f"no section “{wanted}”{where}"


def section_hint(reading: Reading, wanted: str) -> str:
    """Say which section may have been meant, and how they are listed."""
    near = close_sections(wanted, reading)
    meant = f"Did you mean “{near[0]}”? " if near else ""
    return f"{meant}Sections are listed by: studygroup outline {reading.slug}"


def _has_strays(heading: NoteHeading, file: NoteFile) -> bool:
    """Whether a note under this very heading was left on the whole reading, or it has no note."""
    own = [n for n in file.notes if n.heading == heading.text]
    return not own or any(n.section is None for n in own)
