"""The comments of a Word document: who made them, when, and on which of its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from studygroup.core.draft import Remark
from studygroup.core.text import clean, one_line
from studygroup.importers.archives import local, read_xml, value
from studygroup.importers.inline import at_line_start, escape

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?")
_LONGEST = 2_000
"""Characters of the words that a comment is on that are looked at."""
_WHOLE = 40
"""Words up to which what a comment is on is quoted whole."""
_ENDS = 15
"""Words that are quoted of its beginning and its end, if it is longer."""
_MARKS = frozenset(("commentRangeStart", "commentRangeEnd"))
_NOT_TEXT = frozenset(("del", "moveFrom", "instrText", "delText"))


@dataclass
class _Place:
    """What stands where a comment is: its words, the paragraph, and the heading above."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    beside: str = ""
    under: str = ""


def take_comments(
    document: Element, parts: dict[str, bytes], headings: Collection[str]
) -> tuple[Remark, ...]:
    """Take the comments out of a document's text, and return them in the order of their places.

    `headings` are the ids of the styles of headings. A comment that the text doesn't call is none.
    """
    data = parts.get("word/comments.xml")
    if data is None:
        return ()
    comments = {
        value(comment, "id"): comment
        for comment in read_xml(data, "Word document")
        if local(comment) == "comment"
    }
    places = _places(document, headings)
    answered = _answered(comments, parts)
    remarks = [
        _remark(comments[number], place, answered.get(number, ""))
        for number, place in places.items()
        if number in comments
    ]
    return tuple(remark for remark in remarks if remark.text)


def _places(document: Element, headings: Collection[str]) -> dict[str, _Place]:
    """The place of each comment that the text calls, by its number; the calls are taken out."""
    finder = _Finder()
    for element in document.iter():
        name = local(element)
        if name == "p":
            finder.read(element, value(_style(element), "val") in headings)
        elif name in _MARKS:
            finder.mark(element, "")
    return finder.called


@dataclass
class _Finder:
    """Reads paragraphs in order; `opened` are the places whose words go on."""

    called: dict[str, _Place] = field(default_factory=dict)
    _ranges: dict[str, _Place] = field(default_factory=dict)
    _opened: dict[str, _Place] = field(default_factory=dict)
    _waiting: list[_Place] = field(default_factory=list)
    _under: str = ""

    def read(self, paragraph: Element, is_heading: bool) -> None:
        """Read a paragraph: what is said there, and which comments are on it."""
        inside = list(_texts(paragraph))
        said = "".join(element.text or "" for element in inside if local(element) == "t")
        if is_heading and _letters(said):
            self._under = said
        for place in self._waiting if _letters(said) else ():
            place.beside, place.under = said, self._under
            self._waiting = []
        for element in inside:
            name = local(element)
            if name in _MARKS:
                self.mark(element, said)
            elif name == "commentReference":
                number = value(element, "id")
                new = _Place(beside=said, under=self._under)
                self.called[number] = self._ranges.setdefault(number, new)
                element.tag = element.tag.replace("commentReference", "lastRenderedPageBreak")
            elif name == "t":
                _add(self._opened, element.text or "")
        _add(self._opened, " ")

    def mark(self, element: Element, said: str) -> None:
        """Begin or end a range; outside a paragraph that says something it begins with the next."""
        number = value(element, "id")
        if local(element) == "commentRangeEnd":
            self._opened.pop(number, None)
        elif number not in self._ranges:
            place = _Place(beside=said, under=self._under)
            self._ranges[number] = self._opened[number] = place
            if not _letters(said):
                self._waiting.append(place)


def _add(opened: dict[str, _Place], text: str) -> None:
    """Add to the words of all open places, and close those that have enough."""
    for number, place in list(opened.items()):
        place.pieces.append(text)
        place.size += len(text) + 1
        if place.size > _LONGEST:
            del opened[number]


def _texts(element: Element) -> Iterator[Element]:
    """What stands inside a paragraph, in order; not what was taken out of it, nor what stands in
    the paragraphs of boxes inside it.
    """
    for child in element:
        if local(child) not in _NOT_TEXT and local(child) != "p":
            yield child
            yield from _texts(child)


def _style(paragraph: Element) -> Element:
    """The element that names a paragraph's style, an empty one where none does."""
    properties = next((child for child in paragraph if local(child) == "pPr"), None)
    none = Element("none")
    return next((c for c in properties if local(c) == "pStyle"), none) if properties else none


def _remark(comment: Element, place: _Place, answers: str) -> Remark:
    quoted = one_line(clean("".join(place.pieces)))
    whole = _letters(quoted) == _letters(place.beside) or not _letters(quoted)
    date = _DATE.match(value(comment, "date"))
    return Remark(
        by=one_line(clean(value(comment, "author"))),
        text="\n\n".join(_paragraphs(comment)),
        when=" ".join(part for part in date.groups() if part) if date else "",
        answers=answers,
        quoted="" if whole else at_line_start(escape(_shortened(quoted))),
        beside=clean(place.beside),
        under=clean(place.under),
    )


def _shortened(text: str) -> str:
    words = text.split(" ")
    if len(words) <= _WHOLE:
        return text
    return f"{' '.join(words[:_ENDS])} … {' '.join(words[-_ENDS:])}"


def _paragraphs(comment: Element) -> Iterator[str]:
    for paragraph in comment.iter():
        if local(paragraph) == "p":
            texts = (e.text or "" for e in _texts(paragraph) if local(e) == "t")
            said = one_line(clean("".join(texts)))
            if said:
                yield at_line_start(escape(said))


def _answered(comments: dict[str, Element], parts: dict[str, bytes]) -> dict[str, str]:
    """Who made the comment that another answers, by the number of that other."""
    data = parts.get("word/commentsExtended.xml")
    if data is None:
        return {}
    by_paragraph = {
        value(paragraph, "paraId"): number
        for number, comment in comments.items()
        for paragraph in comment.iter()
        if local(paragraph) == "p"
    }
    found: dict[str, str] = {}
    for extended in read_xml(data, "Word document"):
        answer = by_paragraph.get(value(extended, "paraId"))
        to = by_paragraph.get(value(extended, "paraIdParent"))
        if answer is not None and to is not None:
            found[answer] = escape(one_line(clean(value(comments[to], "author"))))
    return found


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
