"""Lists of links inside the text of a page: the page's own, or part of what it says.

A list that hardly holds anything but links leads around a site, unless the text speaks of it: a
heading or a sentence stands above (“See also”, “Further reading”).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from studygroup.importers.html_chrome import NOTES
from studygroup.importers.html_sizes import NOTHING, Size
from studygroup.importers.html_tree import attribute, children, words

_BOXES = "ul, ol, div, section, table, p, dl"
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LONGEST = 3_000
"""Characters up to which a box may be one list of links."""

_FEWEST = 3
_SHARE = 0.75
"""Links of such a list, and the share of its characters that are in them."""

_RUNNING = 25
"""Characters outside links from which what stands above a list speaks of it."""

_FAR = 60
"""Nodes before and after a list that are looked at."""

INVITATION = re.compile(
    r"(?:related(?! works?\b)|recommended|you (?:may|might)|don['’]t miss|read (?:more|next|also)|"
    r"see (?:more|all)|more (?:from|on|stories|news|in|like)|also (?:on|read|see)|follow us|"
    r"sign up|subscribe|share|tags?\b|filed under|posted in|categor(?:y|ies)|"
    r"most (?:read|popular)|trending|popular|latest|recent|keep reading|up next|next up|topics|"
    r"mehr (?:zum thema|zu|von|aus)|lesen sie (?:auch|mehr)|das könnte (?:sie|dich)|"
    r"auch interessant|lire aussi|à lire|sur le même (?:sujet|thème)|lee también|"
    r"te puede interesar|más (?:sobre|noticias)|leia (?:também|mais)|leggi anche|lees ook|"
    r"zobacz także)\b",
    re.I,
)
"""How lines begin that lead away from a text."""

DIRECTORY = re.compile(
    r"(?:table of )?contents|on this page|in this (?:article|section|chapter|page|issue)|"
    r"navigation|menu|archives?|blogroll|pages|quick links|site ?map|main menu|index|toc",
    re.I,
)
"""What headings of lists say that lead around a text or a site."""


def lists_of_links(root: LexborNode, measured: Mapping[int, Size]) -> set[int]:
    """The numbers of elements inside the text that are lists of links of the page's own."""
    found: set[int] = set()
    for node in root.css(_BOXES):
        size = measured.get(node.mem_id, NOTHING)
        if node.mem_id == root.mem_id or not 0 < size.text <= _LONGEST:
            continue
        if _is_invitation(node, size) or (
            _is_list(node, size) and not _belongs(node, root, measured)
        ):
            found.add(node.mem_id)
    return found


def _is_list(node: LexborNode, size: Size) -> bool:
    return (
        size.links >= _FEWEST
        and size.linked > _SHARE * size.text
        and node.css_first("figcaption") is None
        and not NOTES.search(f"{attribute(node, 'class')} {attribute(node, 'id')}")
    )


def _is_invitation(node: LexborNode, size: Size) -> bool:
    return (
        size.links > 0
        and size.linked > 0.5 * size.text
        and size.text < 200
        and INVITATION.match(words(node)) is not None
    )


def _belongs(node: LexborNode, root: LexborNode, measured: Mapping[int, Size]) -> bool:
    """Whether the text speaks of a list, so that it belongs there."""
    size = measured[node.mem_id]
    if size.inside > 0.8 * size.links:
        return False
    if node.tag == "p":
        return words(node).endswith(".")
    if node.tag == "table":
        return node.css_first("th") is not None
    own = next((child for child in children(node) if child.is_element_node), None)
    above = own if own is not None and own.tag in _HEADINGS else _above(node, root, measured)
    if above is None:
        return False
    said = words(above).strip(" :")
    if above.tag in _HEADINGS:
        return INVITATION.match(said) is None and DIRECTORY.fullmatch(said) is None
    unlinked = len(said) - sum(len(words(link)) for link in above.css("a[href]"))
    if above.tag in ("nav", "header", "form") or unlinked < _RUNNING:
        return False
    return words(above).endswith(":") or _goes_on(node, root)


def _above(node: LexborNode, root: LexborNode, measured: Mapping[int, Size]) -> LexborNode | None:
    """The element with words that stands before another inside the root."""
    here: LexborNode | None = node
    steps = _FAR
    while here is not None and here.mem_id != root.mem_id:
        before = here.prev
        while before is not None and steps:
            if measured.get(before.mem_id, NOTHING).text:
                return _last(before, measured)
            before, steps = before.prev, steps - 1
        here = here.parent
    return None


def _last(node: LexborNode, measured: Mapping[int, Size]) -> LexborNode:
    """The last block inside an element that may hold several."""
    while node.tag in ("div", "section", "article", "header"):
        below = [child for child in children(node) if measured.get(child.mem_id, NOTHING).text]
        if not below:
            break
        node = below[-1]
    return node


def _goes_on(node: LexborNode, root: LexborNode) -> bool:
    """Whether running text follows an element inside the root, not far below."""
    here: LexborNode | None = node
    steps = _FAR
    while here is not None and here.mem_id != root.mem_id:
        after = here.next
        while after is not None and steps:
            if after.tag in ("p", "blockquote", "pre", *_HEADINGS):
                text = words(after)
                if len(text) > 2 * _RUNNING and INVITATION.match(text) is None:
                    return True
            after, steps = after.next, steps - 1
        here = here.parent
    return False
