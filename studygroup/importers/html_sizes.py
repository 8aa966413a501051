"""How much text each element of a page holds: all of it, in links, and in running paragraphs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from studygroup.importers.html_tree import attribute, children

NO_TEXT = frozenset(
    ["script", "style", "noscript", "template", "textarea", "select", "button", "option"]
)
"""Tags of what is on a page and no text."""

RUNNING = 40
"""Characters outside links from which an element's own text counts as running."""


@dataclass(slots=True)
class Size:
    """Characters inside an element: all, in links, outside links, and of those in running text; the
    links there are, and how many of them stay on the page.
    """

    text: int = 0
    linked: int = 0
    unlinked: int = 0
    running: int = 0
    links: int = 0
    inside: int = 0

    def add(self, other: Size) -> None:
        """Take in what an element inside holds."""
        self.text += other.text
        self.linked += other.linked
        self.unlinked += other.unlinked
        self.running += other.running
        self.links += other.links
        self.inside += other.inside


NOTHING = Size()


def sizes(root: LexborNode, skipped: Collection[int] = ()) -> dict[int, Size]:
    """The size of every element, by its number, without what is inside those skipped."""
    found: dict[int, Size] = {}
    open_: list[tuple[LexborNode, Size, int]] = []
    stack: list[LexborNode | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            closed, size, own = open_.pop()
            _close(closed, size, own)
            found[closed.mem_id] = size
            if open_:
                open_[-1][1].add(size)
            continue
        own, below = 0, list[LexborNode]()
        for child in children(node):
            if child.is_text_node:
                own += len((child.text_content or "").strip())
            elif child.is_element_node and child.tag not in NO_TEXT and child.mem_id not in skipped:
                below.append(child)
        open_.append((node, Size(), own))
        stack.append(None)
        stack += below
    return found


def _close(node: LexborNode, size: Size, own: int) -> None:
    """Count an element's own text once all that is inside it has been."""
    size.text += own
    if node.tag == "a":
        href = attribute(node, "href")
        size.linked = size.text if href else size.linked
        size.links += bool(href)
        size.inside += href.startswith("#")
        size.unlinked = size.running = 0
        return
    size.unlinked += own
    if own >= RUNNING:
        size.running += own
