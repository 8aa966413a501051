"""A reader's notes file: Markdown to Notes, and adding one without touching any other byte."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from studygroup.core.errors import Place
from studygroup.core.note import SUMMARY, Note, NoteBlock, NoteFile, NoteHeading
from studygroup.core.reading import Reading, Section
from studygroup.core.study_files import NewNote
from studygroup.core.text import clean, one_line, slug
from studygroup.files.front_matter import split
from studygroup.files.markdown import Heading, blocks

CUE_WORDS = 6
"""How many of a paragraph's first words a note on it carries, so that it finds it again."""

_CALLOUT = re.compile(r"\[!([^\]\[\n]{1,40})\][+-]?[ \t]*(.*)")
_ON_PARAGRAPH = re.compile(r"¶[ ]?(\d{1,6})(?:[ ]+[“\"]([^”\"]*)[”\"])?[ ]*(.*)")
_LINE_END = re.compile(r"\r\n|\r|\n")


def parse_notes(text: str, reading: str, reader: str, path: str, digest: str) -> NoteFile:
    """Return the headings and notes in a notes file, not yet paired with sections.

    Every line of the body is in a heading or a note, except blank ones and rules. Front matter is
    the reader's own and stays where it is.
    """
    text = clean(text)
    _, body, first_line = split(text)
    headings: list[NoteHeading] = []
    notes: list[Note] = []
    seen: Counter[str] = Counter()
    for piece in _pieces(body.split("\n"), first_line):
        place = Place(path, piece.line)
        if piece.heading is not None:
            h = piece.heading
            page, _, part = h.wikilink.partition("#")
            anchor = h.id or (part if not page or slug(page) == slug(reading) else "")
            headings.append(NoteHeading(reading, reader, h.text, h.level, place, anchor))
            continue
        note = _note(piece, place, reading, reader)
        if not note.blocks and not note.title:
            continue
        seen[note.id] += 1
        if seen[note.id] > 1:
            note = replace(note, id=f"{note.id}-{seen[note.id]}")
        notes.append(replace(note, heading=headings[-1].text if headings else ""))
    return NoteFile(reading, reader, path, digest, tuple(headings), tuple(notes))


@dataclass
class _Piece:
    """A heading, a callout (with its type), or a run of plain lines."""

    line: int
    heading: Heading | None = None
    callout: re.Match[str] | None = None
    lines: list[str] = field(default_factory=list)


def _pieces(lines: list[str], first_line: int) -> Iterator[_Piece]:
    current: _Piece | None = None
    fence = ""
    for number, line in enumerate(lines, first_line):
        if not fence and (heading := _heading(line, number)):
            if current:
                yield current
            current = None
            yield _Piece(number, heading=heading)
            continue
        quoted = line.startswith(">")
        callout = _CALLOUT.match(line[1:].lstrip(" ")) if quoted else None
        if callout and not fence:
            if current:
                yield current
            current = _Piece(number, callout=callout)
            continue
        if current and current.callout:
            if quoted:
                current.lines.append(line[2:] if line.startswith("> ") else line[1:])
                continue
            yield current
            current = None
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and (not fence or mark == fence):
            fence = "" if fence else mark
        if current is None:
            if not line.strip():
                continue
            current = _Piece(number)
        current.lines.append(line)
    if current:
        yield current


def _heading(line: str, number: int) -> Heading | None:
    if not line.startswith("#") or line.lstrip("#")[:1] not in (" ", "\t"):
        return None
    found = blocks(line, number)
    return found[0] if found and isinstance(found[0], Heading) else None


def _note(piece: _Piece, place: Place, reading: str, reader: str) -> Note:
    kind, title = SUMMARY, ""
    paragraph, cue = None, ""
    if piece.callout is not None:
        kind = piece.callout.group(1).strip().lower()
        title = piece.callout.group(2).strip()
        if on := _ON_PARAGRAPH.fullmatch(title):
            paragraph, cue, title = int(on.group(1)), (on.group(2) or "").strip(" …"), on.group(3)
    whole = "\n".join(piece.lines)
    markdown = whole.strip("\n")
    first = piece.line + (piece.callout is not None) + len(whole) - len(whole.lstrip("\n"))
    own = sha256(f"{kind}\n{title}\n{markdown}".encode()).hexdigest()[:10]
    return Note(
        id=f"{reading}/{reader}/{own}",
        reading=reading,
        reader=reader,
        kind=kind,
        title=title,
        blocks=tuple(_blocks(markdown, first)),
        markdown=markdown,
        place=place,
        paragraph=paragraph,
        cue=cue,
    )


def _blocks(markdown: str, first_line: int) -> Iterator[NoteBlock]:
    for block in blocks(markdown, first_line):
        if isinstance(block, Heading):
            yield NoteBlock(block.text, line=block.line)
        else:
            own = (block.marker, block.depth, block.quotation, block.line, block.breaks)
            yield NoteBlock(block.text, block.spans, block.kind, *own)


def with_notes(text: str, notes: Sequence[NewNote], path: str) -> str:
    """Return a notes file's text with notes of its reader on its reading more, those of a section
    one after the other under its heading.

    A heading is created, in the reading's order, where it is missing. Nothing else changes: the
    result is the old text with an insertion for each section.
    """
    by_section: dict[str | None, list[NewNote]] = {}
    for note in notes:
        by_section.setdefault(note.section.id if note.section else None, []).append(note)
    for together in by_section.values():
        text = _inserted(text, together, path)
    return text


def _inserted(text: str, notes: Sequence[NewNote], path: str) -> str:
    """Return the text with notes on one section more."""
    new = notes[0]
    newline = "\r\n" if "\r\n" in text else "\n"
    parsed = parse_notes(text, new.reading.slug, new.reader, path, "")
    from studygroup.core.pairing import pair_notes  # here: most files are only read

    headings = pair_notes(parsed, new.reading).headings
    ends = [m.end() for m in _LINE_END.finditer(text)]
    offset, heading = _where(headings, new, [0, *ends], len(text))
    before = text[:offset].rstrip("\r\n \t")
    gap = text[len(before) : offset]
    body = "\n\n".join([*([heading] if heading else []), *map(_render, notes)])
    missing = max(0, 2 - len(_LINE_END.findall(gap))) if before else 0
    after = text[offset:]
    tail = "\n\n" if after.strip() else "\n"
    insertion = "\n" * missing + body + tail
    return text[:offset] + insertion.replace("\n", newline) + after


def _where(
    headings: tuple[NoteHeading, ...], new: NewNote, starts: list[int], end: int
) -> tuple[int, str]:
    """Return the offset at which to insert, and the heading to write first (empty: none)."""

    def start_of(index: int) -> int:
        return starts[(headings[index].place.line or 1) - 1] if index < len(headings) else end

    target = new.section.id if new.section else None
    own = [
        i
        for i, h in enumerate(headings)
        if h.section == target and (target is not None or h.paired == "title")
    ]
    if own:
        return start_of(own[-1] + 1), ""
    level = min((h.level for h in headings if h.section is not None), default=1)
    title = new.section.title if new.section else new.reading.title
    index = _index_after(headings, new.reading, new.section)
    return start_of(index), f"{'#' * level} {title}"


def _index_after(
    headings: tuple[NoteHeading, ...], reading: Reading, section: Section | None
) -> int:
    """Return the index of the heading before which a new section's heading belongs."""
    if section is None:
        return 0
    position = reading.index_of(section.id)
    later = [
        i
        for i, h in enumerate(headings)
        if h.section is not None and reading.index_of(h.section) > position
    ]
    return later[0] if later else len(headings)


def _render(new: NewNote) -> str:
    where = ""
    if new.section is not None and new.paragraph is not None:
        paragraph = new.section.paragraph(new.paragraph)
        words = one_line(paragraph.text if paragraph else "").split(" ")
        cue = " ".join(words[:CUE_WORDS]).replace('"', "").replace("”", "").replace("“", "")
        where = f" ¶{new.paragraph} “{cue}{'…' if len(words) > CUE_WORDS else ''}”"
    title = f" {one_line(clean(new.title))}" if new.title else ""
    lines = [f"> [!{new.kind}]{where}{title}"]
    for line in clean(new.text).strip("\n").split("\n"):
        escape = "\\" if line.lstrip().startswith("[!") else ""  # else a callout of its own
        lines.append(f"> {escape}{line}".rstrip())
    return "\n".join(lines)
