"""What a typeface says of the words set in it: whether it is bold, italic or typewriter type."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(
    r"bold|black|heavy|demi|semib|medi(?![a-z]*um)|[-,_ .](?:bd|b|bi|blk|hv|sb)(?:mt|t)?$"
    r"|^(?:cm|ec|sf|lm|p?tm|ph)?(?:bx|ssbx|rb|ti?b|vb|bc)|^cmb|^lmb|^eurb|^ptmb|^phvb|^pplb",
    re.I,
)
_ITALIC = re.compile(
    r"ital|obli|slant|[-,_ .](?:it|i|bi)(?:mt)?$|^cmti|^cmsl|^sfti|^cmmi|^cmbxti", re.I
)
_MONO = re.compile(
    r"cour|mono|typewriter|consol|menlo|^cmtt|^sftt|^lmtt|^cmsltt|(?<!uni)code|terminal", re.I
)
_SYMBOLS = re.compile(r"symbol|dingbat|^cm(?:sy|ex|mi)|^msam|^msbm|math|wingding", re.I)
_OPAQUE = re.compile(
    r"\W*$|[A-Za-z]{0,4}\d+(?:[-_+]\d+)*$|Adv(?:OT|TT|PS)[\da-f]+(?:\+[\da-f]+)?$|cidfont|font",
    re.I,
)

_OF_TEX = re.compile(r"(?:cm|sf|lm|ec)[a-z]{1,6}\d", re.I)
"""Faces of TeX, whose names say all: of some copies the descriptors claim that they are bold."""

_FORCED_BOLD = 1 << 18
_IS_ITALIC = 1 << 6
_IS_MONO = 1


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: its name, its family, and what it looks like; `symbols` are mathematical."""

    name: str = ""
    family: str = ""
    bold: bool = False
    italic: bool = False
    mono: bool = False
    symbols: bool = False


def face_of(name: str, weight: int, flags: int) -> Face:
    """The typeface with a name, weight and flags (of a font descriptor) as a PDF gives them.

    The weight, which is guessed from the width of the stems, counts only where the name says
    nothing.
    """
    plain = _SUBSET.sub("", name)
    symbols = _SYMBOLS.search(plain) is not None
    bold = _BOLD.search(plain) is not None
    if not _OF_TEX.match(plain):
        bold = bold or bool(flags & _FORCED_BOLD)
        bold = bold or (weight >= 700 and _OPAQUE.match(plain) is not None)
    italic = _ITALIC.search(plain) is not None or (bool(flags & _IS_ITALIC) and not symbols)
    mono = _MONO.search(plain) is not None or (bool(flags & _IS_MONO) and not symbols)
    family = re.split(r"[-,_]", plain, maxsplit=1)[0]
    return Face(plain, family, bold and not symbols, italic, mono, symbols)
