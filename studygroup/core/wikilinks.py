"""Where Obsidian's links in a text lead: `[[page]]`, `[[page#Heading]]`, `[[#Heading|shown]]`."""

from __future__ import annotations

from dataclasses import dataclass

from studygroup.core.reading import Reading, Section
from studygroup.core.section_names import find_section
from studygroup.core.study import Study
from studygroup.core.text import heading_key, slug


@dataclass(frozen=True, slots=True)
class Wikilink:
    """A link in a section's text: where it stands (offsets in the section's text), the words shown,
    and the target as it was written.
    """

    start: int
    end: int
    shown: str
    target: str
    paragraph: int


def wikilinks(section: Section) -> tuple[Wikilink, ...]:
    """Return the links in a section's text, in their order."""
    return tuple(
        Wikilink(
            paragraph.start + span.start,
            paragraph.start + span.end,
            paragraph.text[span.start : span.end],
            span.target,
            paragraph.number,
        )
        for paragraph in section.paragraphs
        for span in paragraph.spans
        if span.kind == "wikilink" and span.target
    )


def destination(target: str, study: Study, here: Reading) -> tuple[Reading, Section] | None:
    """Return the section that a link in a text of `here` leads to; None where it is not there.

    The page is a reading, by its slug or title, or a section of this one; a heading is looked for
    in it as for prompts, the last one of a path (`#Part#Chapter`), and of a page alone the first
    section is meant.
    """
    page, _, path = target.partition("#")
    part = path.rpartition("#")[2].strip()
    reading = _page(page.strip(), study, here)
    if reading is None:
        section = find_section(page.strip(), here)
        return None if section is None or part else (here, section)
    section = find_section(part, reading) if part else next(iter(reading.sections), None)
    return None if section is None else (reading, section)


def _page(page: str, study: Study, here: Reading) -> Reading | None:
    if not page:
        return here
    name = slug(page.rpartition("/")[2].removesuffix(".md"))
    key = heading_key(page)
    return study.reading(name) or next(
        (reading for reading in study.readings if heading_key(reading.title) == key), None
    )
