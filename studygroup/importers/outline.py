"""What is left to do when the headings are known: split headings, empty ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studygroup.importers.footnotes import Split
from studygroup.importers.headings import Heading
from studygroup.importers.paragraphs import Para
from studygroup.importers.shapes import RULE

Row = tuple[Para, Heading | None]

_NOTES = re.compile(r"(?:foot|end)?notes?:?$", re.I)


def tidy_headings(rows: Sequence[Row], split: Split, title: str) -> list[Row]:
    """Rows whose headings each stand for a section.

    A number on a line of its own and the name below it are one heading. What has nothing below it
    goes: a line “Notes” whose notes became footnotes, and the title where it stands once more
    between a preface and the first chapter.
    """
    tidy: list[Row] = []
    for at, (para, heading) in enumerate(rows):
        if _is_empty(rows, at) and (
            (split.notes and _NOTES.match(para.text))
            or (heading is not None and tidy and _letters(heading.text) == _letters(title))
        ):
            continue
        above = tidy[-1][1] if tidy else None
        if heading and above and above.bare and not heading.bare and _name_only(heading):
            text = f"{above.text.rstrip('.:')}. {heading.text}"
            tidy[-1] = (tidy[-1][0], replace(above, text=text, bare=False))
        else:
            tidy.append((para, heading))
    return tidy


def _name_only(heading: Heading) -> bool:
    return not heading.features & {"division", "sequence"}


def _is_empty(rows: Sequence[Row], at: int) -> bool:
    """Whether the next row, rules aside, is a heading or there is none."""
    below = next((row for row in rows[at + 1 : at + 3] if not RULE.match(row[0].text)), None)
    return below is None or below[1] is not None


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
