"""A PDF → Draft: words with their places, lines, columns, paragraphs, headings, in that order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from studygroup.core.draft import Block, Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.assemble import blocks_of
from studygroup.importers.headings import Heading
from studygroup.importers.hyphens import Hyphens
from studygroup.importers.inline import call, settle, to_markdown
from studygroup.importers.paragraphs import Para
from studygroup.importers.pdf_columns import in_reading_order
from studygroup.importers.pdf_furniture import joined, without_furniture
from studygroup.importers.pdf_glyphs import Page, read_page
from studygroup.importers.pdf_gutters import Gutter, Usual, gutters_of
from studygroup.importers.pdf_headings import Found, find_headings
from studygroup.importers.pdf_lines import PrintedLine, lines_of
from studygroup.importers.pdf_measures import is_display, measure
from studygroup.importers.pdf_notes import PageNote, take_notes, without_mark
from studygroup.importers.pdf_numbers import with_numbers
from studygroup.importers.pdf_outline import Entry
from studygroup.importers.pdf_overprint import without_overprint
from studygroup.importers.pdf_paragraphs import (
    Paragraph,
    is_caption,
    paragraphs_of,
    put_together,
    with_cut_joined,
)
from studygroup.importers.pdf_rows import main_size, rows_of, with_initials
from studygroup.importers.pdf_run_in import with_headings_apart
from studygroup.importers.pdf_title import Front, read_front
from studygroup.importers.repair import clean

FORMAT: Final = "pdf"

MOST_PAGES: Final = 5000
"""The most pages that are read."""


def read(data: bytes, name: str) -> Draft:
    """Read the bytes of a PDF; `name` becomes its title when it gives none.

    Raises CannotImport for one that is damaged, needs a password, or holds pictures only.
    """
    document = _open(data)
    try:
        entries = _outline(document)
        metadata = document.get_metadata_dict()
        pages, broken = _pages(document)
    finally:
        document.close()
    if not any(page.words for page in pages):
        what = "there is no text in this PDF: its pages are pictures"
        raise CannotImport(what, hint="Run text recognition (OCR) over it first.")
    draft = _draft(pages, entries, metadata, name)
    if broken:
        warning = f"{broken} pages could not be read."
        draft = replace(draft, warnings=(*draft.warnings, warning))
    return draft


def _open(data: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if (
            pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
            or "password" in str(error).lower()
        ):
            what = "this PDF is encrypted and needs a password"
            raise CannotImport(what, hint="Save a copy without one first.") from error
        what = "this PDF cannot be opened: it is damaged or incomplete"
        raise CannotImport(what, hint="Fetch or save it again.") from error
    if count == 0:
        document.close()
        raise CannotImport("this PDF has no pages")
    if count > MOST_PAGES:
        document.close()
        raise CannotImport(f"this PDF is too long ({count:,} pages)", hint="Split it into parts.")
    return document


def _outline(document: Any) -> list[Entry]:
    entries: list[Entry] = []
    try:
        for item in document.get_toc(max_depth=8):
            title = item.get_title()
            target = item.get_dest()
            page = target.get_index() if target else None
            entries.append(Entry(" ".join(clean(title)[0].split()), item.level + 1, page))
            if len(entries) >= 5000:
                break
    except (pypdfium2.PdfiumError, ValueError, RecursionError):
        return []
    return entries


def _pages(document: Any) -> tuple[list[Page], int]:
    """The words of all pages, and how many pages could not be read."""
    pages: list[Page] = []
    broken = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            broken += 1
            continue
        try:
            pages.append(read_page(page))
        except pypdfium2.PdfiumError:
            broken += 1
        finally:
            page.close()
    return pages, broken


def _lines(pages: Sequence[Page], em: float) -> list[list[PrintedLine]]:
    """The lines of each page in reading order."""
    rows = [rows_of(with_initials(without_overprint(page.words), em)) for page in pages]
    first = [gutters_of(page_rows, em) for page_rows in rows]
    known = _common((gutter for found in first for gutter in found), len(pages), em)
    lines: list[list[PrintedLine]] = []
    for number, page_rows in enumerate(rows):
        gutters = gutters_of(page_rows, em, known) if known and page_rows else first[number]
        lines.append(in_reading_order(lines_of(page_rows, gutters, number), gutters))
    return lines


def _common(gutters: Iterable[Gutter], pages: int, em: float) -> list[Usual]:
    """The gutters that many pages share."""
    middles: dict[int, list[Usual]] = {}
    for gutter in gutters:
        middle = (gutter.left + gutter.right) / 2
        usual = Usual(middle, gutter.right - gutter.left)
        middles.setdefault(round(middle / (2 * em)), []).append(usual)
    return [
        Usual(median(one.middle for one in found), median(one.width for one in found))
        for found in middles.values()
        if len(found) >= max(2, pages // 3)
    ]


def _draft(
    pages: Sequence[Page], entries: Sequence[Entry], metadata: dict[str, str], name: str
) -> Draft:
    em = main_size(pages)
    lines = _lines(pages, em)
    lines, furniture = without_furniture(lines, [page.height for page in pages], em)
    _clean(lines)
    lines, notes = take_notes(lines, em)
    flow = joined(lines)
    hyphens = Hyphens.of(line.text for line in flow)
    measures = measure([*flow, *(line for note in notes for line in note.lines)], em)
    paras = paragraphs_of(flow, measures, hyphens, lambda line: is_display(line, measures))
    paras = with_cut_joined(paras, hyphens, lambda para: _is_float(para, em))
    paras = with_headings_apart(paras)
    found = find_headings(paras, entries, em)
    levels, numbers = with_numbers(paras, found.levels, em)
    found = replace(found, levels=levels)
    front = read_front(paras, found.levels, metadata, pages[0], em)
    front = replace(front, taken=front.taken | numbers)
    labelled, uncalled = _labelled(paras, notes, hyphens)
    blocks = _blocks(paras, labelled, found, front)
    footnotes = [
        Block("footnote", settle(to_markdown(text)), label=label) for label, text in uncalled
    ]
    repairs = {
        "rejoined_lines": sum(para.joined for para in paras),
        "page_furniture": furniture,
        "footnotes": len(footnotes),
        "set_aside_characters": sum(page.aside for page in pages),
    }
    return Draft(
        format=FORMAT,
        title=front.title or name,
        blocks=(*blocks, *footnotes),
        author=front.author,
        year=front.year,
        repairs={key: count for key, count in repairs.items() if count},
        is_judged=found.is_judged,
    )


def _clean(pages: Sequence[Sequence[PrintedLine]]) -> None:
    for lines in pages:
        for line in lines:
            text = " ".join(clean(line.text)[0].split())
            line.text = text + "\u00ad" * line.text.endswith("\u00ad") or " "


def _is_float(para: Paragraph, em: float) -> bool:
    """Whether a paragraph may stand inside another, which goes on below it."""
    return is_caption(para.text) or para.size < 0.93 * em or para.mono or len(para.text.split()) < 4


def _labelled(
    paras: Sequence[Paragraph], notes: Sequence[PageNote], hyphens: Hyphens
) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """Texts of paragraphs with the calls of notes in them, by place, and the notes with labels."""
    marks = [note.mark for note in notes]
    own = all(mark.isdigit() for mark in marks) and len(set(marks)) == len(marks)
    texts: dict[int, str] = {}
    found: list[tuple[str, str]] = []
    for number, note in enumerate(notes, 1):
        label = note.mark if own else str(number)
        lines = [without_mark(note.lines[0].text), *(line.text for line in note.lines[1:])]
        place = _call_place(paras, note, texts)
        if place is not None:
            at, match = place
            text = match.string
            texts[at] = text[: match.start()] + call(label) + text[match.end() :]
        found.append((label, put_together(lines, hyphens)))
    return texts, found


_SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _calls(mark: str) -> list[re.Pattern[str]]:
    """The forms in which a text calls a mark, the surest first."""
    if not mark.isdecimal():
        return [re.compile(re.escape(mark))]
    shown = mark.translate(_SUPER)
    raised = re.compile(rf"(?<![⁰¹²³⁴-⁹]){shown}(?![⁰¹²³⁴-⁹])")
    stuck = re.compile(rf"(?<=[^\W\d_]|[.,;:!?”’\"')])(?<!\d[.,]){mark}(?=[\s,;:.)”’]|$)")
    return [raised, stuck]


def _call_place(
    paras: Sequence[Paragraph], note: PageNote, texts: dict[int, str]
) -> tuple[int, re.Match[str]] | None:
    """Where a note is called: the place of a paragraph on its page, and the match in its text."""
    near = [
        at
        for at, para in enumerate(paras)
        if para.lines[0].page <= note.page <= para.lines[-1].page
    ]
    for pattern in _calls(note.mark):
        for at in near:
            if match := pattern.search(texts.get(at, paras[at].text)):
                return at, match
    return None


def _blocks(
    paras: Sequence[Paragraph],
    texts: dict[int, str],
    found: Found,
    front: Front,
) -> list[Block]:
    rows: list[tuple[Para, Heading | None]] = []
    for at, para in enumerate(paras):
        if at in front.taken:
            continue
        text = texts.get(at, para.text)
        level = found.levels.get(at)
        quoted = int(level is None and para.inset and len(text.split()) > 12)
        shown = Para(text, quoted=quoted, reasons=found.reasons.get(at, ()))
        rows.append((shown, None if level is None else Heading(text, level, frozenset())))
    return blocks_of(rows)
