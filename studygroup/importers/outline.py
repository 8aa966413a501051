"""What is left to do when the headings are known: printed contents, split headings, empty ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studygroup.importers.footnotes import Split
from studygroup.importers.headings import Heading
from studygroup.importers.paragraphs import Para

Row = tuple[Para, Heading | None]

_CONTENTS = re.compile(r"(?:table of )?contents:?$", re.I)
_NOTES = re.compile(r"(?:foot|end)?notes:?$", re.I)
_PAGE = re.compile(r"[\s.·…]*\b\d{1,4}$")
_NUMBER = re.compile(r"^(?:(?:chapter|part|section)\s+)?(?:[\divxlc]{1,6}[.):]*\s+)?", re.I)


def contents_list(rows: Sequence[Row]) -> set[int]:
    """The places of a printed table of contents: the word itself and the lines below it, when most
    of them name headings that come later.
    """
    for at, (para, _) in enumerate(rows):
        if not _CONTENTS.match(para.text):
            continue
        later = {_key(heading.text) for _, heading in rows[at + 1 :] if heading is not None}
        end = at + 1
        while end < len(rows) and rows[end][1] is None and len(rows[end][0].text) < 200:
            end += 1
        named = [place for place in range(at + 1, end) if _key(rows[place][0].text) in later]
        if len(named) >= 2 and len(named) * 3 >= (end - at - 1) * 2:
            return set(range(at, named[-1] + 1))
    return set()


def _key(text: str) -> str:
    """The words of a heading by which its line in the contents is known."""
    bare = _NUMBER.sub("", _PAGE.sub("", text), count=1)
    return "".join(char for char in bare.casefold() if char.isalnum())


def tidy_headings(rows: Sequence[Row], split: Split) -> list[Row]:
    """Rows whose headings each stand for a section.

    A number on a line of its own and the name below it are one heading; a heading “Notes” below
    which nothing is left, since its notes became footnotes, goes.
    """
    tidy: list[Row] = []
    for at, (para, heading) in enumerate(rows):
        if heading is None:
            tidy.append((para, heading))
            continue
        above = tidy[-1][1] if tidy else None
        if above is not None and above.bare and not heading.bare and _name_only(heading):
            text = f"{above.text.rstrip('.:')}. {heading.text}"
            tidy[-1] = (tidy[-1][0], replace(above, text=text, bare=False))
        elif not (split.notes and _NOTES.match(heading.text) and _is_empty(rows, at)):
            tidy.append((para, heading))
    return tidy


def _name_only(heading: Heading) -> bool:
    return not heading.features & {"division", "sequence"}


def _is_empty(rows: Sequence[Row], at: int) -> bool:
    return at + 1 == len(rows) or rows[at + 1][1] is not None
