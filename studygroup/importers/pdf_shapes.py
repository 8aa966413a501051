"""What the words and the type of a paragraph of a PDF say of its being a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from studygroup.importers.lines import ends_sentence
from studygroup.importers.pdf_paragraphs import Paragraph, is_caption
from studygroup.importers.shapes import ADDRESS, BYLINE, is_capitals, year_of

_LONGEST = 25
NUMBER = re.compile(
    r"(?:§ ?)?(?:\d{1,2}(?=\s+(?![a-zß-öø-ÿа-я]))|\d{1,2}\.|\d{1,2}(?:\.\d{1,2}){1,4}\.?"
    r"|[A-H](?:\.\d{1,2})+\.?|[IVX]{1,5}\.|[A-H]\.)\s+(?=[^\W\d_]|[“\"‘(])"
)
"""A number before a heading; none before a small letter when it has no dot: 9 reasons to stay."""

KNOWN = re.compile(
    r"(?:abstract|introduction|(?:related|previous|prior|future) work|background|conclusions?"
    r"|discussion|results|methods?|evaluation|summary|references|bibliography|acknowledge?ments?"
    r"|appendix|appendices|preface|foreword|contents|index|notes|prologue|epilogue|afterword)\b",
    re.I,
)
DIVISION = re.compile(
    r"\s*(?:(?:chapter|part|section|appendix|kapitel|teil|chapitre|partie|capítulo|parte|lecture)\s+)?"
    r"(?:(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]+|[a-h]|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)"
    r"(?:[:.)–—-]+\s*|\s+|$))?",
    re.I,
)
_STATEMENT = re.compile(
    r"(?:theorem|lemma|definition|proposition|corollary|remark|claim|example|exercise|proof)s?\s*[\dIVX.(:]",
    re.I,
)
_JUMP = re.compile(
    r"\W*.?\W*(?:continued|continues|continúa|viene|suite|fortsetzung|see)\b.{0,30}$|(?:page|página|seite)s?\s\d",
    re.I,
)

_DATE = re.compile(
    r"(?:[^\W\d_]+,?\s+){0,2}\d{1,2}[.,]?\s+(?:[^\W\d_]+\.?,?\s+){1,3}(?:1[5-9]|20)\d\d$"
)
"""A day, a month in any language, and a year: Lunedì 21 ottobre 2024."""

_LEADERS = re.compile(r"(?:\. ?){5}|…{3}|(?:· ?){5}")
"""Dots that lead to a page number in a table of contents."""

_WORD = re.compile(r"[^\W\d_]{3}|[^\x00-\u2e7f]{2}")
LETTERS = re.compile(r"[^\W\d_]")

Style = tuple[float, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Body:
    """How most of a document's text is set: its size, its family of typefaces, its weight."""

    em: float
    family: str
    bold: bool


def body_of(paras: Sequence[Paragraph], em: float) -> Body:
    """How the text of a document is set whose type is mostly `em` high."""
    families: Counter[str] = Counter()
    bold = 0
    for para in paras:
        families[para.family] += len(para.text)
        bold += len(para.text) * para.bold
    family = families.most_common(1)[0][0] if families else ""
    return Body(em, family, bold * 2 > sum(families.values()))


def style_of(para: Paragraph) -> Style:
    """How a paragraph is set: size, bold, italic, capitals."""
    return (round(para.size * 2) / 2, para.bold, para.italic, is_capitals(words_of(para.text)))


def words_of(text: str) -> str:
    """A heading without the number before it."""
    return NUMBER.sub("", text)


def folded(text: str) -> str:
    """Letters and digits only, without case, as two printings of a title have in common."""
    return "".join(char for char in text.casefold() if char.isalnum())


def is_statement(text: str) -> bool:
    """Whether a line begins a theorem, a proof, an exercise or the like."""
    return _STATEMENT.match(text) is not None


def depth_of(text: str) -> int:
    """How many parts the number before a heading has, 0 when there is none."""
    match = NUMBER.match(text)
    return len([part for part in match.group().strip(" .").split(".") if part]) if match else 0


def may_be_heading(para: Paragraph) -> bool:
    """Whether nothing in a paragraph's words forbids that it is a heading."""
    text = para.text
    words = words_of(text)
    letters = len(LETTERS.findall(words))
    if not letters or letters * 2 < len(words.replace(" ", "")) or is_caption(text):
        return False
    if not (text[0].isalnum() or text[0] in "“\"‘'«„¿¡([§"):
        return False
    if ADDRESS.search(text) or year_of(text) is not None or _DATE.match(text):
        return False
    half = text[: len(text) // 2].strip()
    if (
        not _WORD.search(text)
        or text == f"{half} {half}"
        or is_statement(text)
        or _JUMP.match(text)
        or BYLINE.match(text)
    ):
        return False
    if text.endswith("-") or len(text.split()) > _LONGEST or len(para.lines) > 6 or letters < 3:
        return False
    return not text.endswith((",", ";", "=")) and "@" not in text


def heads_a_list(paras: Sequence[Paragraph], at: int, em: float) -> bool:
    """Whether lines of no larger type than the text's follow on the page, five or up to the next
    that is set like this one: a list, a table, names below pictures.
    """
    own = style_of(paras[at])
    for small, para in enumerate(paras[at + 1 : at + 6]):
        if para.lines[0].page != paras[at].lines[0].page or para.size >= 1.15 * em:
            return small > 1 and style_of(para) == own
    return at + 6 <= len(paras)


def leads(paras: Sequence[Paragraph], at: int, em: float) -> bool:
    """Whether text follows, or further headings that text follows."""
    for para in paras[at + 1 : at + 5]:
        words = len(para.text.split())
        if _LEADERS.search(para.text):
            return False
        if abs(para.size - em) < 0.07 * em and words >= 8 and not para.bold:
            return True
        if words >= 20 or (words >= 10 and ends_sentence(para.text)):
            return True
        if is_caption(para.text) or (words > 14 and not may_be_heading(para)):
            return False
    return False
