"""Numbered headings that stand in the first line of their text, set apart from it.

Mathematical journals set subsections so: “2.1. **The first case.** Let …”.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studygroup.importers.numbering import Number, numbered_chains, read_number
from studygroup.importers.pdf_glyphs import Word
from studygroup.importers.pdf_lines import line_of
from studygroup.importers.pdf_paragraphs import Paragraph
from studygroup.importers.pdf_shapes import NUMBER, is_statement, words_of

_LONGEST = 15
"""The words that such a heading has at most."""


def with_headings_apart(paras: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs with the numbered headings in their first lines as paragraphs of their own.

    Only numbers that count on from one such heading to another are believed.
    """
    numbers: dict[int, Number] = {}
    lengths: dict[int, int] = {}
    for at, para in enumerate(paras):
        length = _heading_words(para)
        number = read_number(para.text) if length else None
        if length and number is not None:
            numbers[at], lengths[at] = number, length
    chained = numbered_chains(numbers, frozenset(numbers))
    found: list[Paragraph] = []
    for at, para in enumerate(paras):
        found += _parted(para, lengths[at]) if at in chained else [para]
    return found


def _heading_words(para: Paragraph) -> int:
    """How many words of the first line are a number and a heading; 0 when they are none."""
    first = para.lines[0]
    if first.bold or not NUMBER.match(para.text):
        return 0
    spelt = next((at for at, word in enumerate(first.words) if word.text[0].isalpha()), 0)
    length = next(
        (at for at, word in enumerate(first.words) if at >= spelt and not word.face.bold),
        len(first.words),
    )
    if length == spelt or length - spelt > _LONGEST or length == len(first.words):
        return 0
    heading = _text(first.words[:length])
    ends = heading.endswith((".", ":")) and not is_statement(words_of(heading))
    return length if ends and para.text.startswith(heading) else 0


def _text(words: Sequence[Word]) -> str:
    return line_of(list(words), 0).text


def _parted(para: Paragraph, length: int) -> list[Paragraph]:
    """A heading of so many words, and the paragraph without it."""
    first = para.lines[0]
    heads, tail = (
        line_of(first.words[:length], first.page),
        line_of(first.words[length:], first.page),
    )
    heads.column = tail.column = first.column
    rest = replace(
        para,
        lines=[tail, *para.lines[1:]],
        text=para.text[len(heads.text) :].strip(),
        gap=0.0,
    )
    return [Paragraph([heads], heads.text.rstrip(".:"), para.gap), rest]
