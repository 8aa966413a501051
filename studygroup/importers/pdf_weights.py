"""What speaks for and against a paragraph's being a heading: type, place and wording, weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studygroup.core.draft import Reason
from studygroup.importers.lines import ends_sentence, starts_low
from studygroup.importers.pdf_paragraphs import Paragraph
from studygroup.importers.pdf_shapes import KNOWN, LETTERS, leads, words_of
from studygroup.importers.shapes import is_capitals

_OF_TEX = re.compile(r"(?:cm|sf|lm|ec|ms|eu|tx|px|rsfs)[a-z]{0,5}\d", re.I)
"""Faces of TeX, where the parts of one family have names of their own."""


def weigh(
    paras: Sequence[Paragraph], at: int, em: float, chained: bool, family: str
) -> tuple[Reason, ...]:
    """What speaks for and against a paragraph's being a heading; nothing when it is set as text.

    `family` is the family of typefaces in which the text is set.
    """
    para = paras[at]
    if para.mono and any(near.mono for near in paras[max(0, at - 1) : at + 2] if near is not para):
        return ()
    reasons = by_looks(para, em)
    strange = para.family != family and not _OF_TEX.match(para.family)
    few = len(para.text.split()) <= 10
    if strange and few and para.gap > 0.25 and sum(reason.weight for reason in reasons) < 3:
        reasons.append(Reason("face", 2, "it is set in another type than the text"))
    if not reasons and not (chained and para.gap > 0.3 and para.text[-1].isalnum()):
        return ()
    reasons += _by_place(paras, at, em, chained) + _by_wording(para, chained)
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))


def by_looks(para: Paragraph, em: float) -> list[Reason]:
    """How a paragraph's type stands out from the text's."""
    relative = para.size / em
    found: list[Reason] = []
    if relative >= 1.08:
        found.append(Reason("large", 3 if relative >= 1.15 else 2, "it is larger than the text"))
    if para.bold:
        found.append(Reason("bold", 3 if relative > 0.94 else 1, "it is bold"))
    words = words_of(para.text)
    if len(LETTERS.findall(words)) > 3 and is_capitals(words):
        found.append(Reason("capitals", 2, "all letters are capitals"))
    if para.italic and not para.bold and relative < 1.08:
        found.append(Reason("italic", 1, "it is italic"))
    return found


def _by_place(paras: Sequence[Paragraph], at: int, em: float, chained: bool) -> list[Reason]:
    para = paras[at]
    relative = para.size / em
    found: list[Reason] = []
    if chained:
        found.append(Reason("sequence", 3, "its number counts on from others"))
    if para.gap > 0.25:
        found.append(Reason("apart", 1, "it stands apart from the line above"))
    if relative < 0.9:
        found.append(Reason("little", -3, "it is smaller than the text"))
    if not leads(paras, at, em):
        weight = -4 if relative < 1.6 else -1
        found.append(Reason("leads nowhere", weight, "no text follows"))
    if at + 1 < len(paras) and starts_low(paras[at + 1].text) and not chained:
        found.append(Reason("goes on", -4, "what follows begins with a small letter"))
    return found


def _by_wording(para: Paragraph, chained: bool) -> list[Reason]:
    text, words = para.text, words_of(para.text)
    found: list[Reason] = []
    if ends_sentence(text) and not text.endswith(("?", "!")):
        weight = -2 if chained or para.bold else -4
        found.append(Reason("stop", weight, "it ends as a sentence does"))
    if KNOWN.match(words) and len(words.split()) < 5:
        found.append(Reason("known", 2, "parts of books are called so"))
    if next((char for char in words if char.isalpha()), "A").islower():
        found.append(Reason("small", -3, "it begins with a small letter"))
    if text.endswith(":"):
        found.append(Reason("runs on", -2, "it ends with a colon"))
    if len(words.split()) > 14:
        found.append(Reason("long", -2, "it is long"))
    if text[:1] in '“"‘' and text[-1:] in '”"’':
        found.append(Reason("quoted", -3, "it is a quotation"))
    return found
