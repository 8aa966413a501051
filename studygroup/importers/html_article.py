"""Which part of a page is the text: its root, and what inside it belongs to the page around it.

The root is what the page itself marks as its article, where that holds most of the page's
paragraphs; else the element whose paragraphs score best, each paragraph counting for the element
around it and by half for the one above (as Arc90's Readability does).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studygroup.importers.html_blocks import Piece
from studygroup.importers.html_tree import attribute, children, words

_MARKED = (
    "[itemprop~=articleBody]", ".mw-parser-output", ".entry-content", ".post-content",
    ".article-body", ".article__body", ".article-content", ".post-body", ".story-body", "article",
    "[role=article]", "main", "[role=main]", "#content",
)  # fmt: skip
_CHROME_TAGS = frozenset(["nav", "footer", "form", "dialog", "menu", "button"])
_CHROME_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
    ]
)
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|adsense|banner|breadcrumbs?|comment(?:s|list|-?form|ary-?list)?|"
    r"cookies?|consent|gdpr|disqus\w*|respond|replies|share\w*|sharing|social\w*|follow(?:-?us)?|"
    r"related\w*|recommend\w*|recirc\w*|more-?(?:stories|news|from|on)|read-?(?:more|next)|see-?also-?box|"
    r"sidebar\w*|side-?bar|widget\w*|menu\w*|nav|navbar|navbox\w*|navigation|masthead|newsletter\w*|"
    r"subscri\w*|signup|sign-?up|paywall|promo\w*|sponsor\w*|popup|modal|overlay|toolbar|pagination|pager|"
    r"post-?nav\w*|prev-?next|tags?|tag-?list|tagcloud|categor(?:y|ies)-?links?|author-?(?:bio|box|info|card)|"
    r"about-?(?:the-)?author|printfriendly|print-?link|skip-?(?:link|nav|to)\w*|screen-reader-text|sr-only|"
    r"visually-?hidden|noprint|mw-editsection|mw-jump\w*|toc|table-of-contents|catlinks|ambox|hatnote|"
    r"most-?(?:read|popular)|trending|popular\w*|outbrain|taboola\w*|byline\w*|dateline|post-?meta|"
    r"entry-?meta|article-?meta|meta-?data|timestamp|jp-relatedposts|sharedaddy|addtoany\w*|donat\w*|"
    r"rating\w*|poll|login|credits?-?link|site-?(?:header|footer)|page-?(?:header|footer)|footer|"
    r"copyright|colophon|infobox|vcard|metadata|teaser\w*|caption-?credit|photo-?credit)"
    r"(?:$|[\s_-])",
    re.I,
)
_COMMENTS = re.compile(
    r"\b(?:comments?|comment-?list|disqus\w*|replies|related\w*|footer|cookies?|consent|"
    r"sidebar|menu)\b",
    re.I,
)
_RUNNING = 40
"""Characters outside links from which an element's own text counts as running."""

_NEVER = re.compile(r"footnote|endnote|reference|bibliograph|note-?text", re.I)
_TRAILER = re.compile(
    r"(?:©|copyright|all rights reserved|this (?:article|document|story) (?:is subject|was|first)|"
    r"click here|have a tip|get the latest|citation:)",
    re.I,
)
_TWEETS = "blockquote.twitter-tweet, blockquote.instagram-media, blockquote.bluesky-embed"
"""Quotations from elsewhere, which stand in boxes named as those for sharing are."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_END = re.compile(
    r"(?:related|more|read|see|share|comments?|leave a|you (?:may|might)|recommended|filed under|"
    r"tags?|about the author|subscribe|sign up|follow|newsletter|popular|latest|trending|advertis|"
    r"\d+ comments?|responses|discussion)\b",
    re.I,
)


def article(tree: LexborHTMLParser) -> tuple[LexborNode, frozenset[int]]:
    """The element that holds the text, and the numbers of the elements inside it to pass over."""
    body = tree.body or tree.root
    assert body is not None
    chrome = _chrome(body)
    root = _root(body, chrome)
    passed_over = chrome | _lists_of_links(root, chrome)
    if not _weight(root, passed_over):
        return body, frozenset()
    return root, frozenset(passed_over)


def _chrome(body: LexborNode) -> set[int]:
    """Elements that are by their tag, role, class or style no text, unless they hold much of it."""
    weights = _weights(body)
    total = max(weights.get(body.mem_id, 0), 1)
    found: set[int] = set()
    stack = [body]
    while stack:
        node = stack.pop()
        for child in children(node):
            if not child.is_element_node:
                continue
            share = weights.get(child.mem_id, 0) / total
            if share < 0.9 and _is_chrome(child, share):
                found.add(child.mem_id)
            else:
                stack.append(child)
    return found


def _weights(body: LexborNode) -> dict[int, int]:
    """Characters of running text inside each element, by its number."""
    weights: dict[int, int] = {}
    for node, size in _texts(body, set()):
        if size < _RUNNING:
            continue
        box: LexborNode | None = node
        while box is not None:
            weights[box.mem_id] = weights.get(box.mem_id, 0) + size
            box = box.parent
    return weights


def _is_chrome(node: LexborNode, share: float) -> bool:
    tag, found = node.tag, node.attributes
    kinds = f"{found.get('class') or ''} {found.get('id') or ''}"
    if _NEVER.search(kinds) or node.css_first(_TWEETS) is not None:
        return False
    if tag in _CHROME_TAGS or found.get("role") in _CHROME_ROLES or "hidden" in found:
        return True
    if tag == "aside":
        return (
            "footnote" not in (found.get("epub:type") or "") and found.get("role") != "doc-footnote"
        )
    if _HIDDEN.search(found.get("style") or "") or found.get("aria-hidden") == "true":
        return True
    if tag in (
        "html",
        "body",
        "article",
        "main",
        "p",
        "h1",
        "h2",
        "h3",
        "a",
        "em",
        "strong",
        "b",
        "i",
    ):
        return tag in ("p", "a") and bool(
            re.search(r"\b(?:share|subscribe|byline|skip)\b", kinds, re.I)
        )
    if tag == "header":
        return node.css_first("h1") is None and len(words(node)) < 400
    match = _CHROME.search(kinds) if kinds.strip() else None
    return match is not None and (
        share < 0.25 or (share < 0.7 and _COMMENTS.search(kinds) is not None)
    )


def _root(body: LexborNode, chrome: set[int]) -> LexborNode:
    all_words = _weight(body, chrome)
    best = _scored(body, chrome)
    weight = _weight(best, chrome)
    for selector in _MARKED:
        nodes = [node for node in body.css(selector) if not _inside(node, chrome)]
        if not nodes:
            continue
        node = max(nodes, key=lambda each: _weight(each, chrome))
        mine = _weight(node, chrome)
        if mine > 0.5 * all_words or (mine >= 0.7 * weight and mine > 0.25 * all_words):
            return node
    return _with_siblings(best, chrome)


def _with_siblings(node: LexborNode, chrome: set[int]) -> LexborNode:
    """The element above when the text goes on in others beside this one, of the same class."""
    for _ in range(3):
        above = node.parent
        if above is None or above.tag in ("body", "html"):
            break
        kind = attribute(node, "class")
        alike = sum(
            1
            for child in children(above)
            if child.is_element_node and child.tag == node.tag and attribute(child, "class") == kind
        )
        if alike > 1 and _weight(above, chrome) > 1.15 * _weight(node, chrome):
            return above
        node = above if alike == 1 and len(words(above)) == len(words(node)) else node
        if node is not above:
            break
    return node


def _weight(node: LexborNode, chrome: set[int]) -> int:
    """Characters of the paragraphs inside an element that are not links."""
    return sum(size for _, size in _texts(node, chrome))


def _texts(node: LexborNode, chrome: set[int]) -> Iterator[tuple[LexborNode, int]]:
    """The elements that have text of their own, with its characters outside links."""
    stack = [node]
    while stack:
        here = stack.pop()
        size = 0
        child = here.child
        while child is not None:
            if child.is_text_node:
                size += len((child.text_content or "").strip())
            elif (
                child.is_element_node
                and child.mem_id not in chrome
                and child.tag not in ("a", "script", "style", "noscript", "template")
            ):
                stack.append(child)
            child = child.next
        if size:
            yield here, size


def _scored(body: LexborNode, chrome: set[int]) -> LexborNode:
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for node, size in _texts(body, chrome):
        if size < 25:
            continue
        box = node
        while box.parent is not None and box.tag in (
            "p", "span", "em", "i", "b", "strong", "font", "blockquote", "li", "ul", "ol",
            "dd", "dl", "pre", "code", "h1", "h2", "h3", "h4", "sup", "small", "u", "tt", "center",
        ):  # fmt: skip
            box = box.parent
        share = 1.0
        for _ in range(4):
            nodes[box.mem_id] = box
            scores[box.mem_id] = scores.get(box.mem_id, 0.0) + share * size
            if box.parent is None or box.mem_id == body.mem_id:
                break
            box, share = box.parent, share * 0.72
    if not scores:
        return body
    return nodes[max(scores, key=lambda key: scores[key])]


def _inside(node: LexborNode, chrome: set[int]) -> bool:
    here: LexborNode | None = node
    while here is not None:
        if here.mem_id in chrome:
            return True
        here = here.parent
    return False


def _lists_of_links(root: LexborNode, chrome: set[int]) -> set[int]:
    """Lists, tables and boxes inside the text that hold hardly anything but links."""
    found: set[int] = set()
    for node in root.css("ul, ol, div, section, table, p, dl"):
        if node.mem_id == root.mem_id or node.mem_id in chrome:
            continue
        text = words(node)
        if not text or len(text) > 3_000:
            continue
        links = node.css("a[href]")
        linked = sum(len(words(a)) for a in links)
        if (
            len(links) > 2
            and linked > 0.75 * len(text)
            and not _NEVER.search(f"{attribute(node, 'class')} {attribute(node, 'id')}")
        ) or (len(links) > 0 and linked > 0.5 * len(text) and len(text) < 200 and _END.match(text)):
            found.add(node.mem_id)
    return found


def without_trailers(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a page without paragraphs that are one link to somewhere else, and without what
    stands below a text: invitations to go on reading, to subscribe, who holds the rights.
    """
    total = sum(len(piece.words) for piece in pieces)
    linked = sum(len(p.words) for p in pieces if _is_promotion(p))
    out = [p for p in pieces if not _is_promotion(p)] if linked < 0.3 * total else list(pieces)
    while (
        out
        and not out[-1].note
        and (
            out[-1].kind in ("heading", "rule", "title")
            or (len(out[-1].words) < 300 and _TRAILER.match(out[-1].words) is not None)
            or (len(out[-1].words) < 120 and _END.match(out[-1].words) is not None)
        )
    ):
        out.pop()
    return out


def _is_promotion(piece: Piece) -> bool:
    return (
        piece.kind == "paragraph"
        and not piece.note
        and piece.linked > 0.95
        and len(piece.words.split()) > 2
    )
