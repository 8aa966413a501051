"""A page of a PDF → its words, each with its place, size and face; PDFium's part ends here.

PDFium tells of each character what text object it belongs to and the box of its advance, and puts
in the spaces and line ends that the file leaves to the eye. Coordinates are turned so that most of
the page's text runs upright; y grows downwards from the top, all lengths are in points.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, hypot, pi
from typing import Any, Final

import pypdfium2.raw as pdfium

from studygroup.importers.pdf_fonts import Face, face_of

MOST_GLYPHS: Final = 300_000
"""The most characters of one page that are read; the densest newspaper page has a tenth."""

_GAP: Final = 0.3
"""The part of an em from which a gap ends a word where PDFium saw none."""

_UNSAID: Final = 2.5
"""The size of type, in points, below which its boxes are measured: some faces are drawn at size 1
and enlarged in ways that the size does not tell.
"""

_STROKED: Final = 2
"""The render mode of text that is filled and outlined: bold, where the typeface has no such cut."""

_INVISIBLE: Final = 3
"""The render mode of text that is there to be searched, as below a scanned page."""

_ACCENTS: Final = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327",
    "˝": "\u030b", "ˇ": "\u030c", "˘": "\u0306", "¯": "\u0304", "˙": "\u0307", "˚": "\u030a",
}  # fmt: skip


_PRIVATE: Final = {
    **{0xF730 + digit: str(digit) for digit in range(10)},
    **{0xF761 + at: chr(ord("A") + at) for at in range(26)},
    0xF6BA: "-", 0xF6BB: "\u2013", 0xF6BC: "\u2014",
}  # fmt: skip
"""Codes of private use that Adobe's typefaces give to old-style figures, small capitals, and the
dashes between capitals.
"""

_LIGATURES: Final = {"Ɵ": "ti", "Ʃ": "tt", "ƫ": "tti"}
"""Letters that stand for ligatures of some typefaces, which have no codes of their own."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them, in one face, as they stand on a page.

    `base` is the y of the line they stand on, `size` the height of the type, `order` their place in
    the order in which the file draws them; `glued` says that no space precedes (the face or the
    size changed).
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    face: Face
    order: int
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page in the order of the file, its size, and how many characters were left
    out: those that run in another direction, and those that are invisible below visible ones.
    """

    words: tuple[Word, ...]
    width: float
    height: float
    aside: int = 0


@dataclass(slots=True)
class _Run:
    """What the characters of one text object share: face, size, quarter turn, whether they show,
    and the point where the first of them stands on its line.
    """

    face: Face
    size: float
    turn: int
    slanted: bool
    visible: bool
    font: int
    x: float = 0.0
    y: float = 0.0


@dataclass(slots=True)
class _Glyph:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    run: _Run


def read_page(page: Any) -> Page:
    """The words of a page as pypdfium2 opens it."""
    textpage = page.get_textpage()
    try:
        box = page.get_cropbox()
        glyphs = _glyphs(textpage)
    finally:
        textpage.close()
    real = [glyph for glyph in glyphs if glyph is not None]
    turn = Counter(glyph.run.turn for glyph in real).most_common(1)[0][0] if real else 0
    shown = sum(1 for glyph in real if glyph.run.visible)
    all_visible = shown * 4 > len(real) - shown
    kept = [
        glyph
        for glyph in glyphs
        if glyph is None
        or (
            glyph.run.turn == turn
            and not glyph.run.slanted
            and (glyph.run.visible or not all_visible)
            and box[0] - 1 <= glyph.left <= box[2] + 1
            and box[1] - 1 <= glyph.run.y <= box[3] + 1
        )
    ]
    width, height = box[2] - box[0], box[3] - box[1]
    if turn % 2:
        width, height = height, width
    words = tuple(_words(kept, turn, box))
    return Page(words, width, height, len(glyphs) - len(kept))


def _function(name: str, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes and gives addresses as numbers.

    The bindings make an object of every pointer; called for each character of a book that takes
    three times as long as the work itself.
    """
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int


def _glyphs(textpage: Any) -> list[_Glyph | None]:
    """The characters of a page; None where PDFium sees a space or the end of a line."""
    unicode_of = _function("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _INT)
    object_of = _function("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
    box_of = _function("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
    origin_of = _function("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
    handle = ctypes.cast(textpage.raw, _POINTER).value
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = map(ctypes.addressof, (box, x, y))
    faces: dict[int, Face] = {}
    last, run = None, None
    high = ""
    runs: list[_Run] = []
    heights: dict[int, float] = {}
    found: list[_Glyph | None] = []
    for at in range(min(pdfium.FPDFText_CountChars(textpage.raw), MOST_GLYPHS)):
        code = unicode_of(handle, at)
        thing = object_of(handle, at)
        if thing is None or (code <= 32 and code != 2) or code in (0xA0, 0xFFFE, 0xFFFF):
            found.append(None)
            continue
        if thing != last or run is None:
            last, run = thing, _run(textpage, at, faces)
            runs.append(run)
            origin_of(handle, at, x_at, y_at)
            run.x, run.y = x.value, y.value
        box_of(handle, at, box_at)
        if run.size < _UNSAID:
            heights[run.font] = max(heights.get(run.font, 0.1), abs(box.top - box.bottom))
        text = "-" if code == 2 else _PRIVATE.get(code) or chr(code)
        if 0xD800 <= code < 0xDC00:
            high = text
            continue
        if 0xDC00 <= code < 0xE000:
            text = (high + text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        high = ""
        found.append(_Glyph(text, box.left, box.bottom, box.right, box.top, run))
    for run in runs:
        if run.size < _UNSAID:
            run.size = max(heights.get(run.font, 0.0), 0.1)
    return found


def _run(textpage: Any, at: int, faces: dict[int, Face]) -> _Run:
    thing = pdfium.FPDFText_GetTextObject(textpage.raw, at)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage.raw, at, matrix)
    size = pdfium.FPDFText_GetFontSize(textpage.raw, at) * hypot(matrix.c, matrix.d)
    font = pdfium.FPDFTextObj_GetFont(thing)
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    face = faces.get(key)
    if face is None:
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFFont_GetBaseFontName(font, name, 128)
        weight = pdfium.FPDFFont_GetWeight(font)
        flags = pdfium.FPDFFont_GetFlags(font)
        face = face_of(name.value.decode("utf-8", "replace"), weight, flags)
        faces[key] = face
    angle = atan2(matrix.b, matrix.a) / (pi / 2)
    turn = round(angle) % 4
    slanted = abs(angle - round(angle)) > 0.05
    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
    if mode == _STROKED and not face.bold:
        face = replace(face, bold=True)
    return _Run(face, size, turn, slanted, mode != _INVISIBLE, key)


def _words(
    glyphs: Sequence[_Glyph | None], turn: int, box: tuple[float, float, float, float]
) -> Iterator[Word]:
    letters: list[str] = []
    left = right = base = begin = 0.0
    run: _Run | None = None
    order, glued = 0, False

    def word() -> Word:
        face, size = (run.face, run.size) if run else (Face(), 0.0)
        return Word(_spelt("".join(letters)), left, right, base, size, face, order, glued)

    for glyph in glyphs:
        if glyph is None:
            if letters:
                yield word()
            letters, glued = [], False
            continue
        start, end, y = _upright(glyph, turn, box)
        if letters and run:
            em = max(run.size, glyph.run.size, 1.0)
            away = start - right > _GAP * em or start < left - em
            off = abs(y - base) > 0.02 * em
            other = glyph.run.face != run.face or abs(glyph.run.size - run.size) > 0.05
            if not (away or off) and _accented(letters, glyph.text, start, end, begin, right):
                right = max(right, end)
                continue
            if away or off or other:
                yield word()
                glued = not away and abs(y - base) < 0.6 * em
                letters = []
        if not letters:
            left, base, run, order = start, y, glyph.run, order + 1
            right = end
        letters.append(glyph.text)
        begin, right = start, max(right, end)
    if letters:
        yield word()


def _spelt(text: str) -> str:
    """A word with its ligatures in letters; a capital amid small Latin ones is none."""
    if not any(letter in text for letter in _LIGATURES) or not re.search("[a-z]", text):
        return text
    for letter, meant in _LIGATURES.items():
        text = text.replace(letter, meant)
    return text


def _accented(
    letters: list[str], text: str, start: float, end: float, begin: float, right: float
) -> bool:
    """Put an accent that is drawn apart over its letter, in place; False when there is none.

    What is drawn before, last from `begin` to `right`, may be the accent or the letter.
    """
    if letters[-1] in _ACCENTS and text.isalpha() and start < right - 0.5:
        whole = unicodedata.normalize("NFC", text.replace("ı", "i") + _ACCENTS[letters[-1]])
    elif text in _ACCENTS and letters[-1].isalpha() and begin < (start + end) / 2 < right:
        whole = unicodedata.normalize("NFC", letters[-1].replace("ı", "i") + _ACCENTS[text])
    else:
        return False
    if len(whole) > 1:
        return False
    letters[-1] = whole
    return True


def _upright(
    glyph: _Glyph, turn: int, box: tuple[float, float, float, float]
) -> tuple[float, float, float]:
    """Left and right ends of a glyph, and the y of its line, on the page turned upright."""
    if turn == 0:
        return glyph.left - box[0], glyph.right - box[0], box[3] - glyph.run.y
    if turn == 1:
        return glyph.bottom - box[1], glyph.top - box[1], glyph.run.x - box[0]
    if turn == 2:
        return box[2] - glyph.right, box[2] - glyph.left, glyph.run.y - box[1]
    return box[3] - glyph.top, box[3] - glyph.bottom, box[2] - glyph.run.x
