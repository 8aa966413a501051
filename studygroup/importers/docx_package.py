"""A Word document's parts, made ready to convert: outline levels as styles, moves as edits."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from studygroup.core.draft import Remark
from studygroup.core.errors import CannotImport
from studygroup.importers.archives import Archive, check_xml, local, read_xml, value
from studygroup.importers.docx_comments import take_comments

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN = "word/document.xml"
_OUTLINED = "studygroup-level-{}"
_TEXTS = re.compile(
    r"word/(?:[\w-]{1,60}\.xml|_rels/[\w.-]{1,60}\.rels)|\[Content_Types\]\.xml|_rels/\.rels"
)
_QUOTE_NAMES = re.compile(
    r"(?:intense |block ?)?(?:quote|quotation|text)s?|quotations|zitat|citation", re.I
)
_TITLE_NAMES = re.compile(
    r"(?:book |document |report |paper )?title|(?:book|document|report|paper)title"
)
_DIVISIONS = re.compile(
    r"(?:chapter|appendix|front ?matter|back ?matter|part)[- ]?(?:title|head(?:ing)?)"
)
_HEADING_NAMES = re.compile(
    r"(?:head(?:ing|er)?|h|überschrift|titre|titolo|título|заголовок|标题|標題|見出し|nagłówek|rubrik|kop)"
    r"[- ]?(?P<level>[1-6a-e])|(?P<before>[a-e])[- ]?head(?:ing)?"
)
"""Names of heading styles that state no outline level: those of publishers' templates above all."""
_LISTS = re.compile(r"toc ?\d|toc heading|contents ?(?:heading|\d)|table of figures")
"""Names of styles that only lists of the document's own parts have."""
_BODY_LEVEL = 9
_NO_TITLE = re.compile(
    r"(?:microsoft word - .*|document\d*|untitled.*|.*\.docx?|word document)?", re.I
)
_NO_AUTHOR = re.compile(
    r"(?:microsoft.*|user|author|admin|un-named|python-docx|.*@.*|windows.*)?", re.I
)


@dataclass(frozen=True, slots=True)
class Package:
    """A document ready for the converter: its bytes, the style map, what its properties say, and
    the comments that were taken out of it.
    """

    data: bytes
    style_map: str
    title: str
    author: tuple[str, ...]
    remarks: tuple[Remark, ...]


def read_package(data: bytes) -> Package:
    """Read a document's parts; raises CannotImport for damaged, encrypted or huge ones."""
    archive = Archive(data, "Word document")
    parts: dict[str, bytes] = {}
    for name in archive.names:
        if _TEXTS.fullmatch(name):
            part = archive.read(name)
            if part is not None:
                check_xml(part, "Word document")
                parts[name] = part
    main = _main(parts)
    if main not in parts:
        raise CannotImport("this Word document has no text part")
    styles = _styles(parts)
    document = read_xml(parts[main], "Word document")
    levels = _mend(document)
    _drop_calls_of_nothing(document, parts)
    headings = {*styles.headings, *map(_OUTLINED.format, levels)}
    remarks = take_comments(document, parts, headings)
    parts[main] = ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)
    for level in levels:
        styles.outline[_OUTLINED.format(level)] = level
    if levels:
        parts["word/styles.xml"] = _with_styles(parts.get("word/styles.xml"), levels)
    title, author = _properties(archive)
    return Package(_packed(parts), _style_map(styles), title, author, remarks)


def _main(parts: dict[str, bytes]) -> str:
    """The name of the part that holds the text."""
    data = parts.get("_rels/.rels")
    for element in read_xml(data, "Word document") if data is not None else ():
        if element.get("Type", "").endswith("/officeDocument"):
            return element.get("Target", "").lstrip("/")
    return _MAIN


@dataclass(frozen=True, slots=True)
class _Styles:
    """Names of paragraph styles: headings with their level from 1, quotations, titles, and those of
    printed contents; and the ids of the styles of headings.
    """

    outline: dict[str, int] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)
    quotes: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)


def _styles(parts: dict[str, bytes]) -> _Styles:
    found = _Styles()
    data = parts.get("word/styles.xml")
    if data is None:
        return found
    styles = {
        value(style, "styleId"): style
        for style in read_xml(data, "Word document")
        if local(style) == "style" and value(style, "type") in ("", "paragraph")
    }
    for identity, style in styles.items():
        name = _child_value(style, "name")
        low = name.lower()
        level = _level(style, styles)
        if _TITLE_NAMES.fullmatch(low):
            found.titles.append(name)
        elif _LISTS.fullmatch(low):
            found.lists.append(name)
        elif level is not None and level < _BODY_LEVEL and low not in ("", "subtitle"):
            found.outline[name] = level + 1
        elif level is None and (named := _named_level(low)):
            found.outline[name] = named
        elif _QUOTE_NAMES.fullmatch(low) and low != "text":
            found.quotes.append(name)
        if name in found.outline:
            found.headings.add(identity)
    return found


def _named_level(name: str) -> int | None:
    """The level that a style's name states: that of chapters, or a number or letter below it."""
    if _DIVISIONS.fullmatch(name):
        return 1
    if match := _HEADING_NAMES.fullmatch(name):
        mark = match.group("level") or match.group("before")
        return int(mark) if mark.isdigit() else "abcde".index(mark) + 2
    return None


def _level(style: Element, styles: dict[str, Element]) -> int | None:
    """The outline level of a style, its own or that of what it is based on."""
    here: Element | None = style
    for _ in range(12):
        if here is None:
            return None
        for properties in here:
            if local(properties) == "pPr" and (found := _child_value(properties, "outlineLvl")):
                return int(found) if found.isdigit() else None
        here = styles.get(_child_value(here, "basedOn"))
    return None


def _mend(document: Element) -> list[int]:
    """Give paragraphs with an outline level of their own a style for it, and make moved text
    inserted and removed text; returns the levels used.
    """
    used: set[int] = set()
    for element in document.iter():
        name = local(element)
        if name == "moveTo":
            element.tag = element.tag.replace("moveTo", "ins")
        elif name == "moveFrom":
            element.tag = element.tag.replace("moveFrom", "del")
        elif name == "pPr" and (found := _child_value(element, "outlineLvl")).isdigit():
            level = int(found) + 1
            space = element.tag.removesuffix("pPr")
            style = next((c for c in element if local(c) == "pStyle"), None)
            if level <= _BODY_LEVEL:
                if style is None:
                    style = Element(f"{space}pStyle")
                    element.insert(0, style)
                style.set(f"{space}val", _OUTLINED.format(level))
                used.add(level)
    return sorted(used)


def _drop_calls_of_nothing(document: Element, parts: dict[str, bytes]) -> None:
    """Take out the calls of notes that the document does not hold."""
    there: dict[str, set[str]] = {}
    for kind in ("footnote", "endnote"):
        data = parts.get(f"word/{kind}s.xml")
        notes = read_xml(data, "Word document") if data is not None else ()
        there[f"{kind}Reference"] = {value(note, "id") for note in notes}
    for element in document.iter():
        name = local(element)
        if name in there and value(element, "id") not in there[name]:
            element.tag = element.tag.replace(name, "lastRenderedPageBreak")


def _with_styles(data: bytes | None, levels: list[int]) -> bytes:
    root = read_xml(data, "Word document") if data is not None else Element(f"{_W}styles")
    space = root.tag.removesuffix("styles")
    for level in levels:
        name = _OUTLINED.format(level)
        style = Element(f"{space}style", {f"{space}type": "paragraph", f"{space}styleId": name})
        style.append(Element(f"{space}name", {f"{space}val": name}))
        root.append(style)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _style_map(styles: _Styles) -> str:
    lines = [f"p[style-name={_quoted(name)}] => p.document-title:fresh" for name in styles.titles]
    lines += [
        f"p[style-name={_quoted(name)}] => h{min(level, 6)}:fresh"
        for name, level in styles.outline.items()
    ]
    lines += [f"p[style-name={_quoted(name)}] => blockquote > p:fresh" for name in styles.quotes]
    lines += [f"p[style-name={_quoted(name)}] => !" for name in styles.lists]
    return "\n".join([*lines, "br[type='page'] => "])


def _quoted(name: str) -> str:
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _properties(archive: Archive) -> tuple[str, tuple[str, ...]]:
    data = archive.read("docProps/core.xml")
    if data is None:
        return "", ()
    try:
        root = read_xml(data, "Word document")
    except CannotImport as error:
        if "entities" in error.what:
            raise
        return "", ()
    said = {local(e): " ".join((e.text or "").split()) for e in root}
    title, author = said.get("title", ""), said.get("creator", "")
    names = tuple(
        n for part in re.split(r"\s*;\s*", author) if (n := part) and not _NO_AUTHOR.fullmatch(n)
    )
    return "" if _NO_TITLE.fullmatch(title) else title, names


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _child_value(element: Element, name: str) -> str:
    return next((value(child, "val") for child in element if local(child) == name), "")
