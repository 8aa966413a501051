"""A reading's Markdown file to a Reading: front matter, sections, numbered paragraphs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import cast

from studygroup.core.errors import Place, StudyError
from studygroup.core.reading import PARAGRAPH_GAP, Paragraph, Reading, ReadingKind, Section
from studygroup.core.text import heading_key, slug
from studygroup.files.front_matter import read_document
from studygroup.files.markdown import Heading, Text, blocks
from studygroup.files.yaml_lines import Fields

KINDS = ("text", "guide", "thread")


def parse_reading(text: str, reading_slug: str, path: str, digest: str) -> Reading:
    """Return the reading that `text` (the whole file) holds.

    Raises StudyError, with file and line, for front matter that cannot be read and for two sections
    that claim the same explicit id.
    """
    document = read_document(text, path)
    fields = Fields(document.fields, path, "front matter")
    parsed = blocks(document.body, document.body_line)
    title, parsed = _title(fields.text("title"), parsed)
    title = title or reading_slug
    return Reading(
        slug=reading_slug,
        title=title,
        sections=_sections(parsed, title, path),
        path=path,
        digest=digest,
        author=fields.texts("author"),
        year=fields.number("year", -5000, 9999),
        source=fields.text("source"),
        kind=cast("ReadingKind", fields.choice("kind", KINDS, "text")),
        language=fields.text("language") or "en",
        tags=fields.texts("tags"),
    )


def _title(
    given: str | None, parsed: list[Heading | Text]
) -> tuple[str | None, list[Heading | Text]]:
    """Find the title, and drop the one top heading that only repeats it."""
    tops = [b for b in parsed if isinstance(b, Heading) and b.level == 1]
    if len(tops) != 1:
        return given, parsed
    top = tops[0]
    if given is None and parsed[0] is top:
        given = top.text
    if given is not None and heading_key(given) == heading_key(top.text):
        parsed = [b for b in parsed if b is not top]
    return given, parsed


@dataclass
class _Open:
    """A section that is still being filled."""

    title: str
    id: str
    level: int
    line: int
    explicit: bool = False
    texts: list[Text] = field(default_factory=list)
    footnotes: list[Text] = field(default_factory=list)


def _sections(parsed: list[Heading | Text], title: str, path: str) -> tuple[Section, ...]:
    opened: list[_Open] = []
    footnotes: list[list[Text]] = []
    homes: list[_Open] = []
    for block in parsed:
        if isinstance(block, Heading):
            name = block.text or "Untitled"
            section_id = slug(block.id or name, "section")
            opened.append(_Open(name, section_id, block.level, block.line, bool(block.id)))
            continue
        if not opened:
            opened.append(_Open(title, slug(title, "section"), 1, block.line))
        if block.kind != "footnote":
            opened[-1].texts.append(block)
        elif block.marker or not footnotes:
            footnotes.append([block])
            homes.append(opened[-1])
        else:
            footnotes[-1].append(block)
    _place_footnotes(opened, footnotes, homes)
    _make_unique(opened, path)
    return tuple(_close(section) for section in opened)


def _place_footnotes(opened: list[_Open], footnotes: list[list[Text]], homes: list[_Open]) -> None:
    """Put each footnote at the end of the section that first refers to it, else where it stood."""
    first: dict[str, _Open] = {}
    for section in opened:
        for text in section.texts:
            for span in text.spans:
                if span.kind == "footnote":
                    first.setdefault(span.target, section)
    for note, home in zip(footnotes, homes, strict=True):
        first.get(note[0].marker, home).footnotes.extend(note)


def _make_unique(opened: list[_Open], path: str) -> None:
    explicit = Counter(s.id for s in opened if s.explicit)
    seen: set[str] = set(explicit)
    for section in opened:
        if section.explicit:
            if explicit[section.id] > 1:
                place = Place(path, section.line)
                raise StudyError(f"two sections have the id “{section.id}”", place=place)
            continue
        base, number = section.id, 1
        while section.id in seen:
            number += 1
            section.id = f"{base}-{number}"
        seen.add(section.id)


def _close(section: _Open) -> Section:
    paragraphs = []
    start = 0
    for number, block in enumerate([*section.texts, *section.footnotes], 1):
        paragraphs.append(
            Paragraph(
                number=number,
                text=block.text,
                start=start,
                line=block.line,
                kind=block.kind,
                spans=block.spans,
                depth=block.depth,
                marker=block.marker,
                quotation=block.quotation,
            )
        )
        start += len(block.text) + len(PARAGRAPH_GAP)
    return Section(section.id, section.title, section.level, section.line, tuple(paragraphs))
