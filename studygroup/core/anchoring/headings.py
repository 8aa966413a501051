"""A quotation of a heading: it stands in no paragraph, and yet in the reading."""

from __future__ import annotations

from collections.abc import Iterator

from studygroup.core.anchoring.claim import readings_of
from studygroup.core.anchoring.quotation import CONTEXT, Anchor
from studygroup.core.reading import Reading

_PART_FROM = 4


def in_headings(quote: str, reading: Reading) -> Iterator[Anchor]:
    """Yield an anchor for each heading that a quotation is of two words or more, or four of it.

    It lies before the first character of the section (`start` and `end` are 0), and its words are
    the heading's.
    """
    sought = [t.word for t in readings_of(quote)[0].tokens]
    if len(sought) < 2:
        return
    key = f" {' '.join(sought)} "
    for section, (title, bare) in zip(reading.sections, reading.word_table.titles, strict=True):
        whole = key in (title, bare)
        if whole or (len(sought) >= _PART_FROM and key in title):
            yield Anchor(
                reading=reading.slug,
                section=section.id,
                paragraph=1,
                start=0,
                end=0,
                words=section.title,
                suffix=section.text[:CONTEXT],
            )
