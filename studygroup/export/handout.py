"""The handout: a reading's text, prompts and notes in order, to print before a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from studygroup.core.anchoring.quotation import Verdict
from studygroup.core.note import SUMMARY, Note, NoteBlock
from studygroup.core.prompt import PHASES, Prompt
from studygroup.core.quoting.audit import Quotation
from studygroup.core.reading import Paragraph, Reading, Section, Span, cite
from studygroup.core.study import Study
from studygroup.export.flow import (
    Block,
    Part,
    Run,
    Style,
    em,
    heading,
    item,
    joined,
    label,
    part,
    runs,
    safe_link,
    text,
)
from studygroup.export.names import person
from studygroup.export.quotations import changes

ROOM = 3
"""How many empty lines there are below a prompt to write on."""
_DEEPEST = 4
"""The deepest level of a heading; sections below are set like it."""
_FOUND: dict[Verdict, str] = {"elided": " (with cuts)", "altered": " (not word for word)"}
_PLACELESS = ("words that are not in the readings", "words that stand in several places")
_STYLES: dict[str, Style] = {"code": "code", "strong": "strong", "em": "em"}


def handout(reading: Reading, study: Study) -> list[Part]:
    """Return the parts of a reading's handout, in order.

    A section has its paragraphs with their numbers, then its prompts with room to write, opening
    ones first, then each reader's notes. Prompts on the whole text open or close the handout.
    """
    whole = study.prompts_of(reading.slug, None)
    opening = [p for p in whole if p.phase == PHASES[0]]
    parts = [
        part("heading", _heading(reading)),
        part("opening", _prompts("Before reading", opening)),
    ]
    parts += [part(f"section:{s.id}", _section(reading, s, study)) for s in reading.sections]
    parts.append(part("whole", _whole(reading, [p for p in whole if p not in opening], study)))
    return [p for p in parts if p.blocks]


def _heading(reading: Reading) -> Iterator[Block]:
    yield heading(1, reading.title)
    source = safe_link(reading.source or "")
    facts: list[Run | str] = [reading.byline] if reading.byline else []
    if source:
        facts.append(Run(source, "", source))
    yield text(*joined(facts, "\n"))


def _section(reading: Reading, section: Section, study: Study) -> Iterator[Block]:
    yield heading(min(section.level + 1, _DEEPEST), section.title)
    for paragraph in section.paragraphs:
        yield _passage(paragraph)
    yield from _prompts("Prompts", study.prompts_of(reading.slug, section.id))
    yield from _notes("Notes", study.notes_of(reading.slug, section.id), study)


def _whole(reading: Reading, prompts: Sequence[Prompt], study: Study) -> Iterator[Block]:
    notes = study.notes_of(reading.slug, None)
    if prompts or notes:
        yield heading(2, "The whole text")
    yield from _prompts("Prompts", prompts)
    yield from _notes("Notes", notes, study)


def _passage(paragraph: Paragraph) -> Block:
    depth = max(paragraph.depth, 1) if paragraph.kind == "quote" else 0
    before = f"{paragraph.marker or '–'} " if paragraph.kind == "item" else ""
    if paragraph.kind == "footnote":
        before = f"[{paragraph.marker}] " if paragraph.marker else ""
    pieces = spanned(paragraph.text, paragraph.spans)
    return Block("passage", runs(before, *pieces), depth, f"¶{paragraph.number}")


def _prompts(title: str, prompts: Sequence[Prompt]) -> Iterator[Block]:
    if prompts:
        yield label(title)
    for prompt in sorted(prompts, key=lambda p: PHASES.index(p.phase)):
        yield from _prompt(prompt)


def _notes(title: str, notes: Iterable[Note], study: Study) -> Iterator[Block]:
    shown = [n for n in notes if n.text.strip() or n.title]
    if shown:
        yield label(title)
    for note in shown:
        yield from _note(note, study)


def _prompt(prompt: Prompt) -> Iterator[Block]:
    facts: list[str] = [prompt.kind]
    facts += [prompt.phase] if prompt.phase != "core" else []
    facts += [f"{prompt.minutes} min"] if prompt.minutes else []
    facts += [f"asked by {person(prompt.by)}"] if prompt.by else []
    yield item(prompt.ask, " ", em(f"({', '.join(facts)})"))
    if prompt.passage:
        yield item("on “", prompt.passage, "”", level=1)
    for further in prompt.follow_ups:
        yield item(further, level=1)
    yield Block("room", level=ROOM)


def _note(note: Note, study: Study) -> Iterator[Block]:
    place = study.paragraph_of(note)
    facts = [person(note.reader)]
    facts += [note.kind] if note.kind != SUMMARY else []
    facts += [f"¶{place}"] if place is not None else []
    facts += [note.title] if note.title else []
    yield Block("byline", runs(em(" · ".join(facts))))
    for block in note.blocks:
        yield Block("quote", runs(_marker(block), *spanned(block.text, block.spans)))
    cited = list(_cited(note, study))
    if cited:
        between = [em("; ")]
        first, *others = cited
        told = [*first, *(run for other in others for run in (*between, *other))]
        yield Block("quote", runs(em("Quotes "), *told))


def _marker(block: NoteBlock) -> str:
    return f"{block.marker or '–'} " if block.kind == "item" else ""


def _cited(note: Note, study: Study) -> Iterator[tuple[Run | str, ...]]:
    """Yield where the words that a note quotes stand, each place once, and what was found there."""
    quotations = study.quotations_in(note)
    yield from dict.fromkeys(tuple(_place(note, quotation, study)) for quotation in quotations)


def _place(note: Note, quotation: Quotation, study: Study) -> Iterator[Run | str]:
    match = quotation.match
    anchor = match.anchor
    reading = None if anchor is None else study.reading(anchor.reading)
    if anchor is None or reading is None:
        yield em(_PLACELESS[match.verdict == "ambiguous"])
        return
    cited = cite(reading, reading.section(anchor.section), anchor.paragraph)
    if anchor.reading == note.reading:
        own = anchor.section == note.section
        cited = f"¶{anchor.paragraph}" if own else cited.removeprefix(f"{reading.title}, ")
    changed = changes(quotation.quote, anchor.words) if match.verdict == "altered" else []
    if changed:
        yield from (em(f"{cited} (not word for word:"), " ", *changed, em(")"))
    else:
        yield em(cited + _FOUND.get(match.verdict, ""))


def spanned(plain: str, spans: Iterable[Span]) -> Sequence[Run | str]:
    """Return plain text with its spans as runs; a footnote's mark is written in brackets."""
    marked = list(spans)
    edges = sorted({0, len(plain)} | {e for s in marked for e in (s.start, s.end)})
    pieces: list[Run | str] = []
    for start, end in zip(edges, [*edges[1:], len(plain)], strict=True):
        pieces += [f"[{s.target}]" for s in marked if s.kind == "footnote" and s.start == start]
        over = [s for s in marked if s.start <= start and end <= s.end and s.start < s.end]
        styles = [v for k, v in _STYLES.items() if any(s.kind == k for s in over)]
        link = next((safe_link(s.target) for s in over if s.kind == "link"), "")
        pieces.append(Run(plain[start:end], styles[0] if styles else "", link))
    return pieces
