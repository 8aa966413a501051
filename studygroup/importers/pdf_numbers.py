"""Numbers on a line of their own above a heading: Chapter 1 and its name are one heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studygroup.importers.numbering import read_number
from studygroup.importers.pdf_paragraphs import Paragraph

_NEAR = 7.0
"""How far below its number a name begins at most, in ems of its type."""


def with_numbers(
    paras: Sequence[Paragraph], levels: Mapping[int, int], em: float
) -> tuple[dict[int, int], frozenset[int]]:
    """The levels of the headings when those below a number have it, and the places of the numbers,
    which say nothing any more. The text of the headings is changed in place.
    """
    found = dict(levels)
    gone: set[int] = set()
    for at in sorted(levels):
        above = at - 1
        if above < 0 or above in gone or not _is_number_of(paras[above], paras[at], em):
            continue
        paras[at].text = f"{paras[above].text.rstrip('.: ')}. {paras[at].text}"
        found[at] = min(levels[at], found.pop(above, levels[at]))
        gone.add(above)
    return found, frozenset(gone)


def _is_number_of(above: Paragraph, para: Paragraph, em: float) -> bool:
    number, own = read_number(above.text), read_number(para.text)
    if number is None or number.rest or (own is not None and not own.worded):
        return False
    stands_out = above.size > 1.15 * em or above.bold
    last, first = above.lines[-1], para.lines[0]
    near = last.page == first.page and 0 < first.base - last.base < _NEAR * para.size
    return near and (number.division != "" or (stands_out and len(above.text) < 6))
