"""The look of a word processor's document, taken from a document of the study's own.

Only what says how text looks is taken: styles, numbering, the theme and the page. Its text and
whatever else a document can hold (macros, fields, links to files elsewhere) stay behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from studygroup.export.overrides import broken, place
from studygroup.export.packages import needed

NAME = "document.docx"
"""What a study's own document is called among its templates."""
PACKAGE = "python-docx>=1.1.2,<2"

_MAX_SIZE = 100_000_000
"""The most that a document of the study may inflate to, in bytes."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAGE = ("page_width", "page_height", "orientation", "header_distance", "footer_distance")
_MARGINS = ("left_margin", "right_margin", "top_margin", "bottom_margin", "gutter")
_PICTURES = ("w:numPicBullet", "w:lvlPicBulletId")
"""Bullets that are pictures, which would be missing here."""


def adopt(document: Any, data: bytes, styles: Iterable[str]) -> None:
    """Give a new document of python-docx the look of the study's own, which is `data`.

    Raises StudyError where that is no document, or lacks one of the `styles` by name.
    """
    own = _opened(data)
    names = {style.name for style in own.styles}
    for name in styles:
        if name not in names:
            raise broken(f"it has no style “{name}”", place(NAME))
    _replace_inside(document.styles.element, own.styles.element)
    numbering = _related(own, "numbering")
    if numbering is not None:
        for tag in _PICTURES:
            for picture in list(numbering.element.iter(_qn(tag))):
                picture.getparent().remove(picture)
        _replace_inside(document.part.numbering_part.element, numbering.element)
    _take_theme(document, own)
    for setting in (*_PAGE, *_MARGINS):
        setattr(document.sections[0], setting, getattr(own.sections[0], setting))


def _opened(data: bytes) -> Any:
    docx = needed("docx", PACKAGE)
    etree = needed("lxml.etree", PACKAGE)
    faults = (BadZipFile, KeyError, ValueError, OSError, NotImplementedError, etree.XMLSyntaxError)
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_SIZE:
                raise broken(f"it is larger than {_MAX_SIZE:,} bytes", place(NAME))
        return docx.Document(BytesIO(data))
    except faults as error:
        raise broken("it is no document of a word processor (.docx)", place(NAME)) from error


def _replace_inside(target: Any, source: Any) -> None:
    for child in list(target):
        target.remove(child)
    for child in source:
        target.append(deepcopy(child))


def _take_theme(document: Any, own: Any) -> None:
    """Take over the fonts and colours that styles name by their part in the theme."""
    theme = _related(own, "theme")
    if theme is None or len(theme.rels):
        return
    part = needed("docx.opc.part", PACKAGE).Part
    for key, relation in list(document.part.rels.items()):
        if relation.reltype == f"{_OFFICE}/theme":
            ours = relation.target_part
            document.part.drop_rel(key)
            taken = part(ours.partname, theme.content_type, theme.blob, document.part.package)
            document.part.relate_to(taken, f"{_OFFICE}/theme")


def _related(own: Any, kind: str) -> Any:
    """Return the part of a document of one kind, None where it has none."""
    relations = own.part.rels.values()
    found = (r.target_part for r in relations if r.reltype == f"{_OFFICE}/{kind}")
    return next(found, None)


def _qn(tag: str) -> str:
    name: str = needed("docx.oxml.ns", PACKAGE).qn(tag)
    return name
