"""An EPUB's package: what the book is called, its members in order, its table of contents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborNode

from studygroup.core.errors import CannotImport
from studygroup.importers.archives import Archive, local, read_xml
from studygroup.importers.html_notes import key_of
from studygroup.importers.html_tree import attribute, children, decode, parse, words
from studygroup.importers.title_block import Facts

_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_TEXT_TYPES = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document")
_REPUBLISHERS = re.compile(r"gutenberg|standard ?ebooks|feedbooks|manybooks|wikisource", re.I)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: its words, its depth from 1, the key of its place."""

    title: str
    depth: int
    key: str


@dataclass
class Package:
    """A book's facts, the members of its text in reading order, its contents, and the kinds that
    it gives whole members (`cover`, `toc`, …), by member.
    """

    facts: Facts
    language: str
    spine: list[str]
    entries: list[Entry]
    kinds: dict[str, set[str]] = field(default_factory=dict)
    nav: str = ""


def read_package(archive: Archive) -> Package:
    """Read the package of an EPUB; raises CannotImport when there is none or it is damaged."""
    container = archive.read("META-INF/container.xml")
    path = ""
    if container is not None:
        for element in read_xml(container, "EPUB").iter():
            if local(element) == "rootfile" and not path:
                path = unquote(element.get("full-path", ""))
    if not path:
        path = next((name for name in archive.names if name.lower().endswith(".opf")), "")
    data = archive.read(path)
    if data is None:
        raise CannotImport("this EPUB has no list of its contents (no OPF file)")
    _refuse_locked(archive)
    root = read_xml(data, "EPUB")
    items = {element.get("id", ""): element for element in root.iter() if local(element) == "item"}
    spine = [
        member
        for ref in root.iter()
        if local(ref) == "itemref"
        and (item := items.get(ref.get("idref", ""))) is not None
        and item.get("media-type", _TEXT_TYPES[0]) in _TEXT_TYPES
        and (member := _member(path, item.get("href", ""))) in archive.names
    ]
    if not spine:
        raise CannotImport("this EPUB has no text in its reading order")
    package = Package(_facts(root), _first(root, "language"), list(dict.fromkeys(spine)), [])
    _read_contents(archive, path, root, items, package)
    return package


def _refuse_locked(archive: Archive) -> None:
    """Raise CannotImport when the book's texts are encrypted; fonts may be."""
    data = archive.read("META-INF/encryption.xml")
    if data is None:
        return
    for element in read_xml(data, "EPUB").iter():
        if local(element) == "CipherReference" and re.search(
            r"\.(?:x?html?|opf|ncx)$", element.get("URI", ""), re.I
        ):
            raise CannotImport("this EPUB is encrypted (copy protection)")


def _member(path: str, href: str) -> str:
    return key_of(path, href.partition("#")[0] or ".").rstrip("#")


def _texts(root: Element, name: str) -> Iterator[tuple[Element, str]]:
    for element in root.iter():
        if local(element) == name and (text := " ".join("".join(element.itertext()).split())):
            yield element, text


def _first(root: Element, name: str) -> str:
    return next((text for _, text in _texts(root, name)), "")


def _facts(root: Element) -> Facts:
    refined: dict[str, dict[str, str]] = {}
    for element, text in _texts(root, "meta"):
        if name := element.get("refines", ""):
            refined.setdefault(name.lstrip("#"), {})[element.get("property", "")] = text

    def about(element: Element, what: str) -> str:
        given = next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == what), "")
        return given or refined.get(element.get("id", ""), {}).get(what, "")

    titles = list(_texts(root, "title"))
    main = [text for element, text in titles if about(element, "title-type") == "main"]
    title = (main or [text for _, text in titles] or [""])[0]
    creators = list(_texts(root, "creator"))
    authors = [text for element, text in creators if about(element, "role") in ("", "aut")]
    names = tuple(dict.fromkeys(_name(text) for text in authors or [t for _, t in creators]))
    source = next((t for _, t in _texts(root, "source") if t.startswith("http")), None)
    return Facts(title, names, _year(root), source)


def _name(text: str) -> str:
    """A name in its usual order: `Austen, Jane` turned round."""
    last, comma, first = text.partition(", ")
    return f"{first} {last}" if comma and "," not in first and len(first.split()) < 4 else text


def _year(root: Element) -> int | None:
    """The year of publication; none of a digital library's own edition of an older book."""
    makers = " ".join(t for name in ("publisher", "identifier") for _, t in _texts(root, name))
    dates = list(_texts(root, "date"))
    for element, text in dates:
        if any("original" in value for value in element.attrib.values()) and _YEAR.search(text):
            return int(_YEAR.findall(text)[0])
    if _REPUBLISHERS.search(makers):
        return None
    found = [int(match.group()) for _, text in dates if (match := _YEAR.search(text))]
    return min(found, default=None)


def _read_contents(
    archive: Archive, path: str, root: Element, items: dict[str, Element], package: Package
) -> None:
    for reference in root.iter():
        if local(reference) == "reference":
            member = _member(path, reference.get("href", ""))
            package.kinds.setdefault(member, set()).add(reference.get("type", "").lower())
    nav = next((i for i in items.values() if "nav" in i.get("properties", "").split()), None)
    if nav is not None:
        member = _member(path, nav.get("href", ""))
        package.nav = member
        if (data := archive.read(member)) is not None:
            _read_nav(data, member, package)
    if not package.entries:
        ncx = next((i for i in items.values() if "ncx" in i.get("media-type", "")), None)
        member = _member(path, ncx.get("href", "")) if ncx is not None else ""
        data = archive.read(member)
        if data is not None:
            try:
                package.entries += _points(read_xml(data, "EPUB"), member, 0)
            except CannotImport:
                package.entries = []


def _read_nav(data: bytes, member: str, package: Package) -> None:
    tree = parse(decode(data), xml=True)
    for nav in tree.css("nav"):
        kinds = f"{attribute(nav, 'epub:type')} {attribute(nav, 'role')}".split()
        listed = nav.css_first("ol, ul")
        if listed is None:
            continue
        if "landmarks" in kinds:
            for link in nav.css("a[href]"):
                key = key_of(member, attribute(link, "href"))
                kind = attribute(link, "epub:type").lower().split()
                if key.endswith("#"):
                    package.kinds.setdefault(key.rstrip("#"), set()).update(kind)
        elif not package.entries and ("toc" in kinds or "doc-toc" in kinds or not any(kinds)):
            package.entries += _listed(listed, member, 1)


def _listed(node: LexborNode, member: str, depth: int) -> Iterator[Entry]:
    for item in children(node):
        if item.tag != "li" or depth > _DEEPEST:
            continue
        inner = next((c for c in children(item) if c.tag in ("ol", "ul")), None)
        own = next((c for c in children(item) if c.tag in ("a", "span", "p", "div")), None)
        below = list(_listed(inner, member, depth + 1)) if inner is not None else []
        link = own if own is None or own.tag == "a" else own.css_first("a[href]") or own
        title = words(own) if own is not None else ""
        href = attribute(link, "href") if link is not None else ""
        key = key_of(member, href) if href else below[0].key if below else ""
        if title and key:
            yield Entry(title, depth, key)
        yield from below


def _points(element: Element, member: str, depth: int) -> Iterator[Entry]:
    for child in element:
        name = local(child)
        if name == "navMap":
            yield from _points(child, member, 1)
        elif name == "navPoint" and depth and depth <= _DEEPEST:
            title = next(
                (t for e in child if local(e) == "navLabel" for _, t in _texts(e, "text")), ""
            )
            src = next((e.get("src", "") for e in child if local(e) == "content"), "")
            if title and src:
                yield Entry(title, depth, key_of(member, src))
            yield from _points(child, member, depth + 1)


def directory(member: str) -> str:
    """The folder that a member stands in, for what it refers to."""
    return posixpath.dirname(member)
