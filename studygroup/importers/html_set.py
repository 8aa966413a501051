"""What is set in a way of its own: the text of listings and of formulas."""

from __future__ import annotations

from collections.abc import Collection

from selectolax.lexbor import LexborNode

from studygroup.importers.html_tree import attribute, children, words

_LINES = frozenset(["div", "p", "li", "tr"])
"""Elements that each hold a line of a listing."""


def listing(node: LexborNode, tags: Collection[str], skipped: Collection[int]) -> str:
    """The text of a `<pre>` as it stands, without the elements of such tags and numbers: buttons,
    numbers of lines.
    """
    said: list[str] = []
    stack = list(children(node))[::-1]
    while stack:
        here = stack.pop()
        if here.is_text_node:
            said.append(here.text_content or "")
        elif here.tag == "br":
            said.append("\n")
        elif here.is_element_node and here.tag not in tags and here.mem_id not in skipped:
            if here.tag in _LINES and said and not said[-1].endswith("\n"):
                said.append("\n")
            stack += list(children(here))[::-1]
    return "".join(said)


def formula(node: LexborNode) -> str:
    """A formula as its author wrote it, where the page tells, or else as its marks read."""
    if said := attribute(node, "alttext"):
        return said
    source = node.css_first('annotation[encoding="application/x-tex"]')
    return (words(source) if source is not None else "") or words(node)
