"""Which part of a page is the text: its root, and what inside it belongs to the page around it.

The root is what the page itself marks as its article, where that holds most of the page's
paragraphs; else the element whose paragraphs score best, each paragraph counting for the element
around it and by half for the one above (as Arc90's Readability does).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studygroup.importers.html_chrome import find_chrome
from studygroup.importers.html_lead import with_lead
from studygroup.importers.html_link_lists import lists_of_links
from studygroup.importers.html_sizes import NO_TEXT, NOTHING, Size, sizes
from studygroup.importers.html_tree import attribute, children

_MARKED = (
    "[itemprop~=articleBody]", ".mw-parser-output", ".entry-content", ".post-content",
    ".article-body", ".article__body", ".article-content", ".post-body", ".story-body", "article",
    "[role=article]", "main", "[role=main]", "#content",
)  # fmt: skip
_SMALL_PART = 0.4
_MOST = 0.7
"""The shares of a page's running text below which one box is not all of its text, and from which
one is.
"""

_HIGHEST = 3
"""Elements above the best one that may be the text's."""

_PARAGRAPH = 70
"""Characters of running text beside the best element from which the text goes on there."""

Sizes = Mapping[int, Size]


def article(tree: LexborHTMLParser) -> tuple[LexborNode, frozenset[int]]:
    """The element that holds the text, and the numbers of the elements inside it to pass over."""
    body = tree.body or tree.root
    assert body is not None
    chrome = find_chrome(body)
    measured = sizes(body, chrome)
    root, around = with_lead(_root(body, chrome, measured), body, measured)
    passed_over = chrome | around | lists_of_links(root, measured)
    if not sizes(root, passed_over)[root.mem_id].unlinked:
        return body, frozenset()
    return root, frozenset(passed_over)


def _root(body: LexborNode, chrome: set[int], measured: Sizes) -> LexborNode:
    best = _scored(body, chrome)
    whole, most = measured[body.mem_id].unlinked, measured[best.mem_id].unlinked
    for selector in _MARKED:
        nodes = [node for node in body.css(selector) if node.mem_id in measured]
        if not nodes:
            continue
        node = max(nodes, key=lambda each: measured[each.mem_id].unlinked)
        node = _of_a_kind(node, nodes, measured)
        mine = measured[node.mem_id].unlinked
        if mine > 0.5 * whole or (mine >= 0.7 * most and mine > 0.25 * whole):
            return node
    return _with_siblings(_wide_enough(best, body, measured), measured)


def _wide_enough(node: LexborNode, body: LexborNode, measured: Sizes) -> LexborNode:
    """The best element, or where it holds only a small part of a page's text, the one above that
    holds most of it: a text in many boxes.
    """
    whole = measured[body.mem_id].running
    if measured[node.mem_id].running >= _SMALL_PART * whole:
        return node
    while node.parent is not None and node.mem_id != body.mem_id:
        if measured[node.mem_id].running >= _MOST * whole:
            break
        node = node.parent
    return node


def _of_a_kind(node: LexborNode, nodes: Sequence[LexborNode], measured: Sizes) -> LexborNode:
    """The element around all that are marked just so when there are several and hold much text,
    none of them under a title of its own: the posts of a discussion.
    """
    kind = set(attribute(node, "class").split())
    alike = [
        each
        for each in nodes
        if set(attribute(each, "class").split()) == kind and each.css_first("h1") is None
    ]
    held = sum(measured[each.mem_id].unlinked for each in alike)
    if held < 1.3 * measured[node.mem_id].unlinked:
        return node
    here = node
    while here.parent is not None and here.tag != "body":
        here = here.parent
        if measured[here.mem_id].unlinked >= held:
            break
    return here


def _with_siblings(node: LexborNode, measured: Sizes) -> LexborNode:
    """The element above when the text goes on in others beside this one: of the same class, or
    with paragraphs of their own that are not links.
    """
    for _ in range(_HIGHEST):
        above = node.parent
        if above is None or node.tag == "body":
            break
        alone = measured[above.mem_id].text == measured[node.mem_id].text
        if not alone and not _goes_on_beside(node, above, measured):
            break
        node = above
    return node


def _goes_on_beside(node: LexborNode, above: LexborNode, measured: Sizes) -> bool:
    kind = attribute(node, "class")
    mine = measured[node.mem_id].unlinked
    alike = beside = 0
    for child in children(above):
        size = measured.get(child.mem_id, NOTHING)
        if child.mem_id == node.mem_id or not size.running:
            continue
        if child.tag == node.tag and attribute(child, "class") == kind:
            alike += size.unlinked
        if size.running >= _PARAGRAPH and 2 * size.linked < size.text:
            beside += size.running
    least = 0.05 if above.tag != "body" else 0.25
    return alike > 0.15 * mine or beside > least * mine


def _texts(node: LexborNode, chrome: set[int]) -> Iterator[tuple[LexborNode, int]]:
    """The elements that have text of their own, with its characters outside links."""
    stack = [node]
    while stack:
        here = stack.pop()
        size = 0
        for child in children(here):
            if child.is_text_node:
                size += len((child.text_content or "").strip())
            elif (
                child.is_element_node
                and child.mem_id not in chrome
                and child.tag != "a"
                and child.tag not in NO_TEXT
            ):
                stack.append(child)
        if size:
            yield here, size


def _scored(body: LexborNode, chrome: set[int]) -> LexborNode:
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for node, size in _texts(body, chrome):
        if size < 25:
            continue
        box, share = node, 1.0
        while box.parent is not None and box.tag in (
            "p", "span", "em", "i", "b", "strong", "font", "blockquote", "li", "ul", "ol",
            "dd", "dl", "pre", "code", "h1", "h2", "h3", "h4", "sup", "small", "u", "tt", "center",
        ):  # fmt: skip
            share = 0.5 if box.tag == "li" else share
            box = box.parent
        for _ in range(4):
            nodes[box.mem_id] = box
            scores[box.mem_id] = scores.get(box.mem_id, 0.0) + share * size
            if box.parent is None or box.mem_id == body.mem_id:
                break
            box, share = box.parent, share * 0.72
    if not scores:
        return body
    return nodes[max(scores, key=lambda key: scores[key])]
