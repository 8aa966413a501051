"""Footnotes in HTML: a link whose words are a mark, and the block below that it leads to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from studygroup.importers.html_tree import attribute, words

MARK = re.compile(
    r"[\[({]?\s*(?:note |fn\.? ?)?(\d{1,4}|[*†‡§¶#]{1,4}|[a-zA-Z]|[ivxlc]{1,6})\s*[\])}]?\.?", re.I
)
_ARROW = re.compile(
    r"[\s\[({]*(?:[↩↑⏎⤴^←▲](?:\ufe0e)?|(?:return|back|jump up)\b.{0,30})[\s\])}]*", re.I
)
_REFERENCE = re.compile(
    r"\b(?:noteref|doc-noteref|footnote-?ref(?:erence)?|fn-?ref|fnanchor|footnote-anchor)\b", re.I
)
_NOTE = re.compile(
    r"\b(?:doc-)?(?:foot-?note|end-?note|rear-?note)s?(?:-?text|-?definition|-?body)?\b|\bfn\b",
    re.I,
)
_CONTAINERS = frozenset(
    [
        "li",
        "p",
        "div",
        "aside",
        "section",
        "dd",
        "dt",
        "tr",
        "blockquote",
        "article",
        "figure",
        "td",
        "body",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "nav", "header"))
_LONGEST = 8_000
"""Characters of the longest block that is taken for one note."""


@dataclass
class Notes:
    """The notes of a document of one or several trees.

    `calls` has the key of the note that a link (by the node's number) calls, `targets` the keys in
    the order of their calls, `backlinks` the links that lead back; `marks` a note's printed mark.
    """

    calls: dict[int, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    backlinks: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Link:
    at: int
    node: LexborNode
    key: str


def key_of(path: str, href: str) -> str:
    """The key of the place that `href`, standing in the member `path`, leads to; the fragment is
    empty for a whole member.
    """
    target, _, fragment = href.partition("#")
    if target and "://" not in target:
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
    else:
        joined = target or path
    return f"{joined}#{unquote(fragment)}"


def find_notes(trees: Iterable[tuple[str, LexborNode]]) -> Notes:
    """The notes of trees in reading order, each with the name of its member."""
    places: dict[str, tuple[int, LexborNode]] = {}
    links: list[_Link] = []
    at = 0
    for path, root in trees:
        for node in root.traverse(include_text=False):
            at += 1
            found = node.attributes
            for name in (found.get("id"), found.get("name")):
                if name:
                    places.setdefault(f"{path}#{name}", (at, node))
            href = found.get("href")
            if node.tag == "a" and href and "#" in href and not href.startswith("http"):
                links.append(_Link(at, node, key_of(path, href)))
    return _told_apart(links, places)


def _told_apart(links: Sequence[_Link], places: dict[str, tuple[int, LexborNode]]) -> Notes:
    """Which links call notes and which lead back from them."""
    notes = Notes()
    for link in links:
        target = places.get(link.key)
        if target is None or target[0] <= link.at:
            continue
        mark = words(link.node)
        flagged = bool(_REFERENCE.search(_kinds(link.node)))
        if not (MARK.fullmatch(mark) or (flagged and len(mark) < 20)):
            continue
        box = container(target[1])
        if box is None or not _is_note(box, target[1], mark, flagged, link.node):
            continue
        notes.calls[link.node.mem_id] = link.key
        notes.targets.setdefault(link.key, mark.strip("[](){}. "))
    for link in links:
        if link.node.mem_id not in notes.calls:
            text = words(link.node)
            target = places.get(link.key)
            if target and target[0] <= link.at and (_ARROW.fullmatch(text) or MARK.fullmatch(text)):
                notes.backlinks.add(link.node.mem_id)
    return notes


def container(node: LexborNode) -> LexborNode | None:
    """The block that a note's anchor stands for; None inside a heading."""
    box: LexborNode | None = node
    while box is not None and box.tag not in _CONTAINERS:
        if box.tag in _HEADINGS:
            return None
        box = box.parent
    if box is not None and box.tag in ("td", "dt") and box.parent is not None:
        return box.parent if box.tag == "td" else box
    return box


def _is_note(
    box: LexborNode, target: LexborNode, mark: str, flagged: bool, link: LexborNode
) -> bool:
    text = words(box)
    if box.tag == "body" or len(text) > _LONGEST or box.css_first("h1, h2, h3") is not None:
        return False
    if any(parent.mem_id == box.mem_id for parent in _ancestors(link)):
        return False
    if flagged or _NOTE.search(_kinds(box)) or _NOTE.search(_kinds(target)):
        return True
    own = mark.strip("[](){}. ")
    starts = re.match(r"[\[({\s]*" + re.escape(own) + r"(?!\w)", text)
    back = any(
        attribute(a, "href").rpartition("#")[2] in _names_near(link)
        for a in box.css("a[href]")
        if "#" in attribute(a, "href")
    )
    sup = link.parent is not None and link.parent.tag == "sup"
    return (
        back
        or (starts is not None and (sup or not mark.isalpha()))
        or (box.tag == "li" and (sup or link.css_first("sup") is not None))
    )


def _names_near(link: LexborNode) -> set[str]:
    near: list[LexborNode | None] = [link, link.parent, link.prev, *link.css("[id], [name]")]
    if link.parent is not None:
        near += [link.parent.prev, link.parent.parent]
    if link.prev is not None:
        near.append(link.prev.prev)
    names = {
        attribute(node, name)
        for node in near
        if node is not None and node.is_element_node
        for name in ("id", "name")
    }
    return names - {""}


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _kinds(node: LexborNode) -> str:
    return " ".join(attribute(node, name) for name in ("epub:type", "role", "class"))


def labels(notes: Notes, found: Sequence[str]) -> dict[str, str]:
    """A label for each note found, by its key: the printed numbers where no two are the same."""
    known = set(found)
    order = [key for key in notes.targets if key in known]
    printed = [notes.targets[key] for key in order]
    if len(set(printed)) == len(printed) and all(mark.isdigit() for mark in printed):
        return dict(zip(order, printed, strict=True))
    return {key: str(number) for number, key in enumerate(order, 1)}
