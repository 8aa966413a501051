"""Footnotes of a printed or scraped page: found where they stand, referred to where they belong.

Four shapes are known. A paragraph that begins with superscript digits, called by the same digits
in the text (`page_notes.py` makes these of plain ones). A paragraph that begins with a number in
brackets, called by the same brackets. One in brackets as a whole that names itself,
`[Footnote 3: …]`, called `[3]`. And what a scraped page leaves of a note list: a bullet and a
number stuck to the first word, called by the number stuck to the end of a word or sentence. A
paragraph is a note only when it is called.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studygroup.importers.inline import call, ends_in_call, uncalled
from studygroup.importers.paragraphs import Para

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPER_NOTE = re.compile(r"([⁰¹²³⁴-⁹]{1,3})\s?(?=\S)")
_SUPER_CALL = re.compile(r"(?<=\S)\s?([⁰¹²³⁴-⁹]{1,3})")
_BRACKET_NOTE = re.compile(r"[\[{](\d{1,3})[\]}]:?\s+(?=\S)")
_BRACKET_CALL = re.compile(r"\s?[\[{](\d{1,3})[\]}]")
_WORDED_NOTE = re.compile(r"\[Foot ?note:?\s+(\d{1,3}|[A-Z]{1,2}):\s*(?=\S)", re.I)
_WORDED_CALL = re.compile(r"\s?\[(\d{1,3}|[A-Z]{1,2})\]")
_STUCK_NOTE = re.compile(r"[•*†·]\s{0,3}(\d{1,3})\s?(?=[^\s\d.,):])")
_STUCK_CALL = re.compile(r"(?<=[^\W\d_]|[.,;:!?”’\"')])(\d{1,3})(?=[\s,;:)”’]|\.(?:\s|$)|$)")
_SENTENCE = re.compile(r"(?<=[.?!])[”’\"']?\s+(?=[A-Z“‘\"])")
_CITED = re.compile(r"(?:\b1[5-9]\d\d|\b20\d\d|\bpp?\. ?\d+(?:[-–]\d+)?|\bibid)[)\]]?\.$", re.I)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its label, and its text as printed without its mark."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """Body paragraphs with `[^label]` where a note is called, and the notes, in order.

    A call is held in private-use characters until the text has become Markdown (`call` and
    `settle`). `cut` has the number of each paragraph that followed a note: what stood around the
    note may be one paragraph.
    """

    body: tuple[Para, ...]
    notes: tuple[Note, ...]
    cut: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Shape:
    note: re.Pattern[str]
    call: re.Pattern[str]


_SHAPES = (
    _Shape(_SUPER_NOTE, _SUPER_CALL),
    _Shape(_BRACKET_NOTE, _BRACKET_CALL),
    _Shape(_WORDED_NOTE, _WORDED_CALL),
    _Shape(_STUCK_NOTE, _STUCK_CALL),
)


def split_footnotes(paras: Sequence[Para]) -> Split:
    """Take the footnotes out of a document's paragraphs and mark where each is called."""
    for shape in _SHAPES:
        starts = {
            at: _number(m) for at, para in enumerate(paras) if (m := shape.note.match(para.text))
        }
        calls = _calls(paras, starts, shape)
        found = {at: number for at, number in starts.items() if number in calls}
        if found:
            return _take_out(paras, found, shape)
    return Split(tuple(paras), ())


def _number(match: re.Match[str]) -> str:
    return match.group(1).translate(_SUPERSCRIPTS)


def _calls(paras: Sequence[Para], starts: dict[int, str], shape: _Shape) -> set[str]:
    if not starts:
        return set()
    wanted = set(starts.values())
    return {
        number
        for at, para in enumerate(paras)
        if at not in starts
        for match in shape.call.finditer(para.text)
        if (number := _number(match)) in wanted
    }


def _take_out(paras: Sequence[Para], found: dict[int, str], shape: _Shape) -> Split:
    """Split the paragraphs; numbers that start again on each page get labels of their own."""
    repeated = len(set(found.values())) < len(found)
    labels = {
        at: str(order) if repeated else number
        for order, (at, number) in enumerate(sorted(found.items()), 1)
    }
    places: dict[str, list[int]] = {}
    for at, number in sorted(found.items()):
        places.setdefault(number, []).append(at)
    body: list[Para] = []
    notes: list[Note] = []
    cut: set[int] = set()
    after_note = open_note = False
    for at, para in enumerate(paras):
        if at in found:
            match = shape.note.match(para.text)
            text = para.text[match.end() :] if match else para.text
            text, rest = _swallowed(text, body) if shape.note is _STUCK_NOTE else (text, "")
            open_note = shape.note is _WORDED_NOTE and not text.endswith("]")
            text = text.removesuffix("]") if shape.note is _WORDED_NOTE else text
            notes.append(Note(labels[at], text))
            if rest and body:
                body[-1] = replace(body[-1], text=f"{body[-1].text} {rest}")
            after_note = True
            continue
        if open_note:
            open_note = not para.text.endswith("]")
            text = f"{notes[-1].text} {para.text.removesuffix(']')}"
            notes[-1] = replace(notes[-1], text=text)
            continue
        if after_note:
            cut.add(len(body))
        after_note = False

        def label(match: re.Match[str], at: int = at) -> str:
            number = _number(match)
            own = places.get(number)
            if not own:
                return match.group()
            return call(labels[own[min(bisect(own, at), len(own) - 1)]])

        body.append(replace(para, text=shape.call.sub(label, para.text)))
    return Split(tuple(body), tuple(notes), frozenset(cut))


def _swallowed(note: str, body: Sequence[Para]) -> tuple[str, str]:
    """A scraped note, and the rest of the paragraph that called it if the note ran into it.

    Where a page's markup was broken the note's item holds what followed the call. It shows when
    the note has its citation (a year, a page) and then goes on in sentences that begin as the one
    with the call does.
    """
    if not body:
        return note, ""
    calling = re.split(_SENTENCE, uncalled(body[-1].text))[-1].split()[:2]
    if len(calling) < 2 or not ends_in_call(body[-1].text):
        return note, ""
    for match in _SENTENCE.finditer(note):
        before, after = note[: match.start()], note[match.end() :]
        if _CITED.search(before[-30:]) and after.split()[:2] == calling:
            return before, after
    return note, ""
