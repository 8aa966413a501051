"""Title, author and year of a PDF: from its metadata where they can be believed, else page one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from studygroup.importers.pdf_glyphs import Page
from studygroup.importers.pdf_paragraphs import Paragraph
from studygroup.importers.shapes import is_person

_JUNK = re.compile(
    r"untitled|microsoft word|^(?:powerpoint presentation|presentation|document|slide)\s*\d*$"
    r"|\.(?:docx?|dvi|tex|ps|pdf|indd|qxd|pmd|rtf)\b|^\W*\d*\W*$|^\S{24,}$",
    re.I,
)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_DATE = re.compile(r"D:(\d{4})")
_OPENING = re.compile(r"abstract|summary|(?:1|I)\.?\s|introduction", re.I)
_TALL = 900.0
"""The height in points from which a page is a newspaper's: its largest line is a headline."""


_TEXT = 30
"""The words of a paragraph of text, at least."""


@dataclass(frozen=True, slots=True)
class Front:
    """What a document says of itself, and the places of paragraphs that say nothing else."""

    title: str = ""
    author: tuple[str, ...] = ()
    year: int | None = None
    taken: frozenset[int] = frozenset()


def read_front(
    paras: Sequence[Paragraph],
    headings: dict[int, int],
    metadata: Mapping[str, str],
    page: Page,
    em: float,
) -> Front:
    """The title, author and year of a document; a heading that is the title is one no longer."""
    given = _believed(metadata.get("Title", ""))
    first = [at for at, para in enumerate(paras) if para.lines[0].page == 0][:12]
    place = _title_place(paras, first, given, em)
    alone = _is_title_page(paras)
    if place is not None and not (given or alone) and _has_equals(paras, place, headings):
        place = None
    title, taken = given, frozenset[int]()
    if place is not None and max(page.height, page.width) < _TALL:
        title = _cased(paras[place].text, given)
        taken = frozenset({place})
        headings.pop(place, None)
    if taken and place is not None:
        opening = min(
            (at for at in headings if at in first and _OPENING.match(paras[at].text)), default=place
        )
        for at in list(headings):
            if at < max(place, opening) and at in first:
                headings.pop(at)
    for at in list(headings) if alone else ():
        if paras[at].lines[0].page == 0:
            headings.pop(at)
    for at in list(headings):
        if (
            title
            and paras[at].lines[0].page < 3
            and ratio(_folded(title), _folded(paras[at].text)) > 92
            and taken
        ):
            headings.pop(at)
            taken |= {at}
    author = _authors(metadata.get("Author", ""))
    if not author and place is not None:
        author = _byline(paras, place, first, headings)
    return Front(title, author, _year(paras, first), taken)


def _is_title_page(paras: Sequence[Paragraph]) -> bool:
    """Whether the first page holds no text, and more than two pages follow."""
    first = [para for para in paras if para.lines[0].page == 0]
    longest = max((len(para.text.split()) for para in first), default=0)
    return bool(paras) and paras[-1].lines[0].page > 2 and longest < _TEXT


def _has_equals(paras: Sequence[Paragraph], place: int, headings: Mapping[int, int]) -> bool:
    """Whether further headings are set just as the paragraph is: then it is one of them."""
    own = paras[place]
    return any(
        at != place
        and abs(paras[at].size - own.size) < 0.3
        and paras[at].bold == own.bold
        and paras[at].family == own.family
        for at in headings
    )


def _believed(title: str) -> str:
    title = " ".join(title.replace("\0", " ").split())
    return "" if len(title) < 4 or len(title) > 300 or _JUNK.search(title) else title


def _title_place(
    paras: Sequence[Paragraph], first: Sequence[int], given: str, em: float
) -> int | None:
    if given:
        for at in first:
            if ratio(_folded(given), _folded(paras[at].text)) >= 85:
                return at
    large = [
        at
        for at in first
        if paras[at].size >= 1.15 * em
        and len(paras[at].text) > 3
        and any(map(str.isalpha, paras[at].text))
    ]
    bold = [
        at
        for at in first[:2]
        if paras[at].bold and not re.match(r"\d|abstract", paras[at].text, re.I)
    ]
    if large:
        best = max(large, key=lambda at: (paras[at].size, -at))
        return best if len(paras[best].text.split()) <= 40 else None
    return bold[0] if bold and len(paras[bold[0]].text.split()) <= 30 else None


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _cased(text: str, given: str) -> str:
    """The title as printed, without the mark of a footnote, or as the metadata writes it."""
    plain = text.rstrip("*∗†‡¹²³ ")
    return (
        given
        if given and ratio(_folded(given), _folded(plain)) >= 85 and plain.isupper()
        else plain
    )


def _authors(text: str) -> tuple[str, ...]:
    text = " ".join(text.split())
    parts = [part.strip() for part in re.split(r",|;|\band\b|&", text)]
    names = [part for part in parts if part and is_person(part)]
    return tuple(names) if names and len(names) == len([p for p in parts if p]) else ()


def _byline(
    paras: Sequence[Paragraph], place: int, first: Sequence[int], headings: Mapping[int, int]
) -> tuple[str, ...]:
    for at in first:
        if at <= place or at in headings or at > place + 2:
            continue
        text = re.sub(r"[¹²³⁴-⁹*∗†‡§]+", "", paras[at].text).removeprefix("by ").removeprefix("By ")
        names = _authors(text)
        if names and len(text) < 300:
            return names
    return ()


def _year(paras: Sequence[Paragraph], first: Sequence[int]) -> int | None:
    for at in first:
        text = paras[at].text
        if len(text.split()) <= 12 and (match := _YEAR.search(text)):
            return int(match.group(1))
    return None
