"""What stands between the title of a page and its text: the lead, which belongs to it.

Many pages put title and lead into a box of their own, beside the one that they mark as the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from selectolax.lexbor import LexborNode

from studygroup.importers.html_chrome import HEADINGS
from studygroup.importers.html_sizes import NOTHING, Size
from studygroup.importers.html_tree import attribute, children

_LEAD = 60
"""Characters of running text from which an element above the text may be its lead."""

_LONGEST = 700
"""Characters above which it is none."""


_BOXES = frozenset(["div", "section", "header", "hgroup"])
_CAPTION = re.compile(r"caption|credit|image|photo|media|video|meta|disclos|alert", re.I)
"""Classes of what stands there too, and is none."""


def with_lead(
    root: LexborNode, body: LexborNode, measured: Mapping[int, Size]
) -> tuple[LexborNode, set[int]]:
    """The element that holds the title, a lead and the text of `root`, and the numbers of what is
    inside to pass over; `root` itself where there is no lead.
    """
    title = _title_above(root, body, measured)
    if title is None:
        return root, set()
    over_title = [title, *_ancestors(title)]
    over_root = [root, *_ancestors(root)]
    known = {node.mem_id for node in over_root}
    common = next(node for node in over_title if node.mem_id in known)
    passed_over: set[int] = set()
    leads = 0
    for node in _below(over_title, common):
        passed_over |= {each.mem_id for each in _beside(node, before=True)}
    ends = {node.mem_id for node in _below(over_root, common)}
    for node in _below(over_title, common):
        for each in _beside(node, before=False):
            if each.mem_id in ends:
                break
            leads += _leads(each, measured, passed_over)
    top = {node.mem_id for node in _below(over_title, common)}
    for node in _below(over_root, common):
        passed_over |= {each.mem_id for each in _beside(node, before=False)}
        for each in _beside(node, before=True):
            if each.mem_id in top:
                break
            if node.parent is not None and node.parent.mem_id == common.mem_id:
                continue
            leads += _leads(each, measured, passed_over)
    return (common, passed_over) if leads else (root, set())


def _title_above(
    root: LexborNode, body: LexborNode, measured: Mapping[int, Size]
) -> LexborNode | None:
    """The last heading of the first level that stands above the text, unless one is in it."""
    found: LexborNode | None = None
    for node in body.traverse(include_text=False):
        if node.mem_id == root.mem_id:
            return found if root.css_first("h1") is None else None
        if node.tag == "h1" and measured.get(node.mem_id, NOTHING).text:
            found = node
    return None


def _leads(node: LexborNode, measured: Mapping[int, Size], passed_over: set[int]) -> int:
    """How many leads an element is or holds; what in it is none is to be passed over."""
    if _is_lead(node, measured):
        return 1
    found = 0
    inner: set[int] = set()
    if node.tag in _BOXES and measured.get(node.mem_id, NOTHING).running >= _LEAD:
        for child in children(node):
            if child.is_element_node:
                found += _leads(child, measured, inner)
    passed_over |= inner if found else {node.mem_id}
    return found


def _is_lead(node: LexborNode, measured: Mapping[int, Size]) -> bool:
    size = measured.get(node.mem_id, NOTHING)
    return (
        node.tag not in ("figure", "aside", "ul", "ol", "table")
        and _CAPTION.search(attribute(node, "class")) is None
        and size.running >= _LEAD
        and 2 * size.running > size.text
        and size.text <= _LONGEST
        and node.css_first(HEADINGS) is None
        and node.css_first("figcaption, [class*=caption]") is None
    )


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _below(path: Collection[LexborNode], common: LexborNode) -> list[LexborNode]:
    """The nodes of a path upwards that lie inside another."""
    found: list[LexborNode] = []
    for node in path:
        if node.mem_id == common.mem_id:
            break
        found.append(node)
    return found


def _beside(node: LexborNode, *, before: bool) -> Iterator[LexborNode]:
    """The elements before a node in the same parent, the nearest first, or those after it."""
    other = node.prev if before else node.next
    while other is not None:
        if other.is_element_node:
            yield other
        other = other.prev if before else other.next
