"""What speaks for and against a paragraph's being a heading: type, place and wording, weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studygroup.core.draft import Reason
from studygroup.importers.lines import ends_sentence, starts_low
from studygroup.importers.pdf_paragraphs import Paragraph, is_caption
from studygroup.importers.pdf_shapes import KNOWN, LETTERS, Body, heads_a_list, leads, words_of
from studygroup.importers.shapes import is_capitals

_OF_TEX = re.compile(r"(?:cm|sf|lm|ec|ms|eu|tx|px|rsfs)[a-z]{0,5}\d", re.I)
"""Faces of TeX, where the parts of one family have names of their own."""

_LISTING = re.compile(r"(?:references|bibliography|works cited|literatur\w*|index)\W*$", re.I)
"""Parts of books that are lists rather than text."""

MUCH = 1.5
"""How many times the size of the text a headline's type has that needs nothing else to be seen."""


def weigh(paras: Sequence[Paragraph], at: int, body: Body, chained: bool) -> tuple[Reason, ...]:
    """What speaks for and against a paragraph's being a heading; nothing when it is set as text."""
    para, em = paras[at], body.em
    if para.mono and any(near.mono for near in paras[max(0, at - 1) : at + 2] if near is not para):
        return ()
    here = replace(body, em=_size_below(paras, at, em))
    reasons = by_looks(para, here)
    strange = para.family != body.family and not _OF_TEX.match(para.family)
    few = len(para.text.split()) <= 10
    plain = sum(reason.weight for reason in reasons) < 3
    if plain and strange and few and para.gap > 0.25 and _is_over_text(paras, at, em):
        reasons.append(Reason("face", 2, "it is set in another type than the text"))
    if not reasons and not (chained and para.gap > 0.3 and para.text[-1].isalnum()):
        return ()
    reasons += _by_place(paras, at, here.em, chained)
    reasons += _by_wording(para, chained, is_large=para.size >= MUCH * em)
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))


def _size_below(paras: Sequence[Paragraph], at: int, em: float) -> float:
    """The size of the text that a bold line stands over, where it is smaller than elsewhere: what
    comes at the end of an article in a journal has headings of its own size.
    """
    if not paras[at].bold or at + 1 >= len(paras):
        return em
    after = paras[at + 1]
    is_text = len(after.text.split()) >= 15 and not after.bold and not is_caption(after.text)
    fits = 0.97 * after.size <= paras[at].size <= 1.3 * after.size
    return after.size if is_text and fits and after.size < em else em


def _is_over_text(paras: Sequence[Paragraph], at: int, em: float) -> bool:
    """Whether text follows at once, flush with the paragraph or centred below it: what stands
    elsewhere is a label in a figure.
    """
    if at + 1 >= len(paras):
        return False
    own, after = paras[at].lines[0], paras[at + 1]
    if abs(after.size - em) > 0.07 * em or len(after.text.split()) < 8:
        return False
    if (after.lines[0].page, after.lines[0].column) != (own.page, own.column):
        return True
    left = min(line.left for line in after.lines)
    right = max(line.right for line in after.lines)
    return abs(own.left - left) < 0.6 * em or abs(own.left + own.right - left - right) < 2 * em


def by_looks(para: Paragraph, body: Body) -> list[Reason]:
    """How a paragraph's type stands out from the text's."""
    relative = para.size / body.em
    found: list[Reason] = []
    if relative >= MUCH:
        found.append(Reason("large", 4, "it is much larger than the text"))
    elif relative >= 1.08:
        found.append(Reason("large", 3 if relative >= 1.15 else 2, "it is larger than the text"))
    if para.bold and not body.bold:
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
    if not leads(paras, at, em) and not _LISTING.match(words_of(para.text)):
        over_list = relative > 1.3 and heads_a_list(paras, at, em)
        weight = (-1 if relative >= MUCH else -2) if over_list or chained else -4
        found.append(Reason("leads nowhere", weight, "no text follows"))
    if para.indent > 4 and para.short < 0.6 and relative < 1.3:
        found.append(Reason("right", -3, "it stands at the right, as signatures do"))
    if not chained and at + 1 < len(paras) and _goes_on(para, paras[at + 1]):
        found.append(Reason("goes on", -4, "what follows begins with a small letter"))
    return found


def _is_known(words: str) -> bool:
    """Whether parts of books are called so: what follows may be a list, as references are."""
    return KNOWN.match(words) is not None and len(words.split()) < 5


def _goes_on(para: Paragraph, after: Paragraph) -> bool:
    """Whether the sentence goes on in the next paragraph; a byline is short and set smaller."""
    is_byline = para.size > 1.25 * after.size and len(after.text.split()) < 12
    return starts_low(after.text) and not is_byline


def _by_wording(para: Paragraph, chained: bool, *, is_large: bool) -> list[Reason]:
    text, words = para.text, words_of(para.text)
    found: list[Reason] = []
    if ends_sentence(text) and not text.endswith(("?", "!")):
        few = (is_large or para.bold) and len(words.split()) <= 8
        weight = -2 if chained or few else -4
        found.append(Reason("stop", weight, "it ends as a sentence does"))
    if _is_known(words):
        found.append(Reason("known", 2, "parts of books are called so"))
    letters = [char for char in words.split(maxsplit=1)[0] if char.isalpha()] if words else []
    if letters and letters[0].islower() and not any(map(str.isupper, letters)):
        found.append(Reason("small", -3, "it begins with a small letter"))
    if text.endswith(":") and not is_large:
        found.append(Reason("runs on", -2, "it ends with a colon"))
    if len(words.split()) > (22 if is_large else 14):
        found.append(Reason("long", -2, "it is long"))
    if text[-1:] in '”"’' and (text[:1] in '“"‘' or (text[-1] == "”" and "“" not in text)):
        found.append(Reason("quoted", -3, "it is a quotation"))
    return found
