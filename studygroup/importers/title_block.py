"""What stands above a text: title, author, year and source, and the lines that say only this."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from studygroup.importers.lines import ends_sentence
from studygroup.importers.paragraphs import Para
from studygroup.importers.shapes import (
    ADDRESS,
    BYLINE,
    LIST_ITEM,
    RULE,
    ends_with_stop,
    is_capitals,
    is_passing_on,
    is_person,
    year_of,
)

REACH = 24
"""How many paragraphs from the top may belong to a title block."""

_LONGEST = 600
"""Characters beyond which a paragraph is text: nothing is looked for in it."""

_FIELD = re.compile(
    r"(?P<name>title|author|authors|by|date|year|written|published|first published|publication date"
    r"|source|original source|url|link|from)\s*:\s*(?P<value>\S.*)$",
    re.I,
)
_URL = re.compile(r"(?:h?ttps?://|www\.)[^\s<>\"“”]+", re.I)
_URL_YEAR = re.compile(r"/((?:1[89]|20)\d\d)(?:/|-\d\d)")
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_TITLE_YEAR = re.compile(r"\s*\((1[4-9]\d\d|20\d\d)\)$")
_TITLE_AUTHOR = re.compile(r"(?P<title>.{3,}?)(?:\s+[-–—|]\s+|,?\s+by\s+)(?P<author>\S.*)$", re.I)
_SENTENCES = re.compile(r"[a-z]{2}[.!?]\s+[A-Z][a-z]")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(1[4-9]\d\d|20\d\d)\b", re.I)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a title block tells, and the paragraphs (by place) that hold nothing beyond it."""

    title: str = ""
    author: tuple[str, ...] = ()
    year: int | None = None
    source: str | None = None
    taken: frozenset[int] = frozenset()


_NOTHING = Facts()


def read_title_block(
    paras: Sequence[Para],
    headings: Collection[int],
    small_words: Collection[str],
    given: Facts = _NOTHING,
) -> Facts:
    """Read the facts from the top of a document.

    `headings` are the places of headings of which nothing before counts as a title; `small_words`
    the words that the document writes with small letters, by which a name is told from a phrase.
    The title is the first line unless that is a paragraph of text. Lines of the block count as
    taken only from the top on, an address on its own wherever it stands above the text proper.
    What is `given` is known already; lines that repeat it are taken.
    """
    facts = given
    top = True
    opening = next((at for at, para in enumerate(paras) if len(para.text.split()) >= 20), REACH)
    for at, para in enumerate(paras[:REACH]):
        if len(para.text) > _LONGEST:
            top = False
            continue
        before = facts
        if at < opening and facts.title and _repeats(para.text, facts):
            facts = replace(facts, taken=facts.taken | {at})
        elif not facts.title and top:
            facts = _first_line(facts, at, para, headings)
        elif at in headings and not (at == 1 and _author_line(para.text, small_words, at)):
            break
        if facts is before:
            facts = _further_line(facts, at, paras, small_words, top)
        top = top and at in facts.taken
    if facts.source and facts.year is None and (match := _URL_YEAR.search(facts.source)):
        facts = replace(facts, year=int(match.group(1)))
    if facts.year is None:
        facts = replace(facts, year=_closing_year(paras))
    return replace(facts, title=_cased(facts.title, paras))


def _repeats(text: str, facts: Facts) -> bool:
    """Whether a line says nothing but the title or the author again."""
    words = _letters(text)
    names = _letters("".join(facts.author))
    return words in (_letters(facts.title), "by", names, f"by{names}") and bool(words)


def _first_line(facts: Facts, at: int, para: Para, headings: Collection[int]) -> Facts:
    """The title, when the paragraph can be one; with it the author and year that stand in it."""
    text = para.text.strip("#* ")
    if field := _FIELD.match(text):
        return _field(facts, at, field)
    if not _can_be_title(text) or (at in headings and _is_section(para.text)):
        return facts
    taken = facts.taken | {at}
    year = facts.year
    if match := _TITLE_YEAR.search(text):
        text, year = text[: match.start()], int(match.group(1))
    match = _TITLE_AUTHOR.match(text)
    if match and is_person(match.group("author").strip(".")):
        names = _names(match.group("author"))
        return replace(facts, title=match.group("title"), author=names, year=year, taken=taken)
    return replace(facts, title=text, year=year, taken=taken)


def _can_be_title(text: str) -> bool:
    if not text or len(text.split()) > 30 or (ends_with_stop(text) and not is_capitals(text)):
        return False
    if RULE.match(text) or ADDRESS.match(text) or LIST_ITEM.match(text) or BYLINE.match(text):
        return False
    if _URL.search(text) or _SENTENCES.search(text):
        return False
    return text[-1] not in ",;" and year_of(text) is None and not is_passing_on(text)


def _is_section(text: str) -> bool:
    """Whether a first line that reads as a heading begins as a section's does: with a number, or
    a word such as “chapter” or “preface”; then it is not the document's title.
    """
    return bool(
        re.match(r"(?:\(?\d|[IVX]+\.|chapter\b|part\b|introduction\b|preface\b)", text, re.I)
    )


def _further_line(
    facts: Facts, at: int, paras: Sequence[Para], small_words: Collection[str], top: bool
) -> Facts:
    text = paras[at].text.strip("* ")
    taken = facts.taken | {at}
    if field := _FIELD.match(text):
        return _field(facts, at, field)
    if match := BYLINE.match(text):
        if facts.author or not is_person(match.group("name"), small_words) or is_passing_on(text):
            return facts
        found = replace(facts, author=_names(match.group("name")))
        return replace(found, taken=taken) if top else found
    if (year := year_of(text)) is not None and top:
        only_year = len(text.strip("().")) == 4
        return replace(facts, year=facts.year or year, taken=taken if only_year else facts.taken)
    if (match := _URL.match(text)) and match.end() >= len(text.rstrip(". ")) - 1:
        return (
            replace(facts, source=whole_address(match.group()), taken=taken)
            if not facts.source
            else facts
        )
    if match := _COPYRIGHT.match(text):
        return replace(facts, year=facts.year or int(match.group(1)))
    if top and not facts.author and _author_line(text, small_words, at):
        return replace(facts, author=_names(text), taken=taken)
    return facts


def _author_line(text: str, small_words: Collection[str], at: int) -> bool:
    """Whether a line below the title is the author's name."""
    return 0 < at <= 3 and not is_capitals(text) and is_person(text, small_words)


def _field(facts: Facts, at: int, field: re.Match[str]) -> Facts:
    name, value = field.group("name").lower(), field.group("value").strip("* ")
    taken = facts.taken | {at}
    year = _YEAR.search(value)
    if name == "title" and not facts.title:
        return replace(facts, title=value, taken=taken)
    if name in ("author", "authors", "by") and not facts.author:
        return replace(facts, author=_names(value), taken=taken)
    if name in ("source", "original source", "url", "link", "from"):
        match = _URL.match(value)
        if match and not facts.source:
            whole = match.end() >= len(value.rstrip(". "))
            address = whole_address(match.group())
            return replace(facts, source=address, taken=taken if whole else facts.taken)
        return facts
    if year and facts.year is None:
        only_year = year.group() == value
        return replace(facts, year=int(year.group()), taken=taken if only_year else facts.taken)
    return facts


def _names(text: str) -> tuple[str, ...]:
    parts = re.split(r"\s*(?:,|;|&|\band\b|\bund\b)\s*", text.strip(" .*_"))
    return tuple(part for part in parts if part)


def whole_address(text: str) -> str:
    """An address with the letter restored that copying cuts off its front, and no closing stop."""
    text = text.rstrip(".,;)")
    return f"h{text}" if text.lower().startswith("ttp") else text


def first_address(text: str) -> str | None:
    """The first web address in a text."""
    match = _URL.search(text)
    return whole_address(match.group()) if match else None


def _cased(title: str, paras: Sequence[Para]) -> str:
    """A title in capitals as the text itself writes it, where it repeats it in small letters."""
    if not is_capitals(title):
        return title
    wanted = _letters(title)
    for para in paras[1:REACH]:
        if not is_capitals(para.text) and _letters(para.text) == wanted:
            return para.text.rstrip(" :.,")
    return title


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum() or char == "&")


def _closing_year(paras: Sequence[Para]) -> int | None:
    """The year of a date that stands alone near the end, below the text or its signature."""
    for para in reversed(paras[-6:] if len(paras) > REACH else ()):
        year = year_of(para.text)
        if year is not None and not ends_sentence(para.text):
            return year
    return None


def small_words(paras: Sequence[Para]) -> Mapping[str, int]:
    """The words that a document writes with small letters, and how often."""
    counts: dict[str, int] = {}
    for para in paras:
        for word in re.findall(r"[a-zà-þ’'-]+", para.text):
            counts[word] = counts.get(word, 0) + 1
    return counts
