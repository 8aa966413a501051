"""Bytes or text of HTML → a tree of nodes, within bounds of size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studygroup.core.errors import CannotImport
from studygroup.importers.repair import clean, repair

DEEPEST = 1_000
"""How many elements may stand open inside each other: the parser's time grows with its square."""

_LARGEST_WORK = 20_000_000
"""Open style marks times paragraphs: a parser repeats the first inside each of the second."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.I)
_XML_CHARSET = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:-]{2,40})")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,20})(?=[\s/>])")
_CLOSED = re.compile(r"<([A-Za-z][\w:.-]{0,40})((?:\s[^<>]*)?)/>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CLOSE_THEMSELVES = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "html",
        "body",
        "head",
        "rt",
        "rp",
    ]
)
_STYLES = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)

_APART = frozenset(["br", "div", "p", "li", "dt", "dd", "td", "th", "tr", "hr"])


def decode(data: bytes) -> str:
    """The text of a page: by its byte order mark, by what it declares, else by what it holds.

    Like browsers, takes `iso-8859-1` for cp1252. A declaration that the bytes don't follow counts
    for nothing. Control characters are taken out. Raises CannotImport for no text.
    """
    head = data[:4096]
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        found = _XML_CHARSET.search(head) or _META_CHARSET.search(head)
        name = found.group(1).decode("ascii").lower() if found else ""
        name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(name, name)
        if name and not name.startswith("utf-16"):
            try:
                return clean(data.decode(name))[0]
            except (UnicodeDecodeError, LookupError):
                pass
    return repair(data, "page").text


def parse(text: str, *, xml: bool = False) -> LexborHTMLParser:
    """The tree of a page; of XHTML with `xml`, in which any element may close itself.

    Raises CannotImport for tags nested so deeply that no person wrote them.
    """
    if xml:
        text = _CLOSED.sub(_open_and_close, text)
    _check_depth(text)
    return LexborHTMLParser(text)


def _open_and_close(match: re.Match[str]) -> str:
    name = match.group(1)
    return match.group() if name.lower() in _VOID else f"<{name}{match.group(2)}></{name}>"


def _check_depth(text: str) -> None:
    depth = deepest = styles = most_styles = blocks = 0
    for match in _TAG.finditer(text):
        name = match.group(2).lower()
        if name in _VOID or name in _CLOSE_THEMSELVES:
            blocks += 1
            continue
        step = -1 if match.group(1) else 1
        depth = max(depth + step, 0)
        deepest = max(deepest, depth)
        if name in _STYLES:
            styles = max(styles + step, 0)
            most_styles = max(most_styles, styles)
    if deepest > DEEPEST or most_styles * blocks > _LARGEST_WORK:
        raise CannotImport("its tags are nested too deeply to be a text")


def children(node: LexborNode) -> Iterator[LexborNode]:
    """The nodes directly inside a node, texts included."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value, empty when there is none."""
    return node.attributes.get(name) or ""


def words(node: LexborNode) -> str:
    """The text inside a node, spaces made single."""
    return " ".join(node.text(deep=True, separator="").split())


def longer_than(node: LexborNode, size: int) -> bool:
    """Whether there are more than so many characters of text inside a node."""
    stack = [node]
    while stack and size >= 0:
        here = stack.pop()
        if here.is_text_node:
            size -= len((here.text_content or "").strip())
        else:
            stack.extend(children(here))
    return size < 0


def spaced(node: LexborNode) -> str:
    """The text inside a node, what stands in blocks or lines of its own set apart."""
    said: list[str] = []
    stack = [node]
    while stack:
        here = stack.pop()
        if here.is_text_node:
            said.append(here.text_content or "")
            continue
        if here.tag in _APART:
            said.append(" ")
        stack.extend(list(children(here))[::-1])
    return " ".join("".join(said).split())


def plain(text: str) -> str:
    """Text from an attribute or a script: entities and tags resolved, spaces made single."""
    return " ".join(re.sub(r"<[^<>]{0,200}>", "", unescape(text)).split())
