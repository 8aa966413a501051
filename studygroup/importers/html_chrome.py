"""Which elements of a page are the page around the text: by tag, role, class, name or style."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from studygroup.importers.html_sizes import NOTHING, RUNNING, Size, sizes
from studygroup.importers.html_tree import attribute, children, words

HEADINGS = "h1, h2, h3, h4, h5, h6"

_TAGS = frozenset(["nav", "footer", "form", "dialog", "menu", "button"])
_ROLES = frozenset(
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
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|adsense|banner|breadcrumbs?|comment(?:s|list|-?form|ary-?list)?|"
    r"cookies?|consent|gdpr|disqus\w*|respond|replies|share\w*|sharing|social\w*|follow(?:-?us)?|"
    r"related\w*|recommend\w*|recirc\w*|more-?(?:stories|news|from|on)|read-?(?:more|next)|see-?also-?box|"
    r"sidebar\w*|side-?bar|(?<!elementor.)widget\w*|menu\w*|nav|navbar|navbox\w*|navigation|masthead|newsletter\w*|"
    r"subscri\w*|signup|sign-?up|paywall|promo\w*|sponsor\w*|popup|modal|overlay|toolbar|pagination|pager|"
    r"post-?nav\w*|prev-?next|tags?|tag-?list|tagcloud|categor(?:y|ies)-?links?|author-?(?:bio|box|info|card)|"
    r"about-?(?:the-)?author|printfriendly|print-?link|skip-?(?:link|nav|to)\w*|screen-reader-text|sr-only|"
    r"visually-?hidden|noprint|mw-editsection|mw-jump\w*|toc|table-of-contents|catlinks|ambox|hatnote|"
    r"most-?(?:read|popular)|trending|popular\w*|outbrain|taboola\w*|byline\w*|dateline|post-?meta|"
    r"entry-?meta|article-?meta|meta-?data|timestamp|jp-relatedposts|sharedaddy|addtoany\w*|donat\w*|"
    r"rating\w*|poll|login|credits?-?link|site-?(?:header|footer)|page-?(?:header|footer)|footer|"
    r"video-?js|vjs-[\w-]*|jw-?player|player-?controls|copyright|colophon|"
    r"disclosures?|disclaimers?|post-?metadata|sociable|link-?(?:list|box)|contact-?box|yarpp\w*|"
    r"(?:next|prev(?:ious)?)-?(?:post|article|story)|view-?more|read-?also|cta|"
    r"page-?(?:num(?:ber)?|no)|pg-boilerplate|infobox|vcard|metadata|teaser\w*|caption-?credit|photo-?credit)"
    r"(?:$|[\s_-])",
    re.I,
)
_LARGE = re.compile(
    r"\b(?:comments?|comment-?list|disqus\w*|replies|related\w*|footer|cookies?|consent|"
    r"sidebar|menu)\b",
    re.I,
)
"""Names of what may be larger than the text."""

_LINE_NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:line-?nos?|lnt?|gutter|line-?numbers?)(?:$|[\s_-])", re.I
)
_HUMP = re.compile(r"(?<=[a-z])(?<!tag)(?=[A-Z])")
"""Where a word begins in a class that is written without hyphens."""

_LARGEST_NUMBERS = 0.05
NOTES = re.compile(r"footnote|endnote|reference(?!d)|bibliograph|note-?text", re.I)
"""Names of what is never taken for the page."""

_TWEETS = "blockquote.twitter-tweet, blockquote.instagram-media, blockquote.bluesky-embed"
"""Quotations from elsewhere, which stand in boxes named as those for sharing are."""

_COMMENT = re.compile(r"(?:^|[\s_-])(?:comments?|commentlist|replies|reply)(?:$|[\s_-])", re.I)
_DISCUSSION = 0.8
_LONGEST_QUESTION = 1_000
"""The share of the running text in comments, and the characters of other such text, from and up to
which a page is a discussion.
"""

_WAYS = re.compile(r"menu\w*|nav|navbar|navigation|toc|tags?|pager", re.I)
"""Names of what holds links; of what holds more text it may be the subject."""

_CONTENT = re.compile(r"(?:entry|article|post|story)[_-]{0,2}(?:content|body|text)\b", re.I)
_SUBSTANTIAL = 0.1
"""Names of what holds the text, and the share of the running text from which such a name counts."""

_MOST = 0.9
_USUAL = 0.25
_LARGE_ONES = 0.7
_LARGEST_HEADER = 400
"""Shares of the running text up to which an element may be no text: at all, by its name, by a name
of what may be large; and characters up to which a `<header>` may be.
"""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNNAMED = frozenset([
    "html", "body", "article", "main", "h1", "h2", "h3", "em", "strong", "b", "i", "pre", "code",
    "dt", "sup", "math", "mjx-container",
])  # fmt: skip
"""Tags whose class and name say nothing of what they are."""

_LINES = re.compile(r"\b(?:share|subscribe|byline|skip)\b", re.I)
_SECTION = re.compile(r"\b(?:section|level\d)\b")
_NUMBERED = re.compile(r"(?:\d+|[A-Z])\.(?:\d+\.?)*\s")
"""How the heading of a numbered section begins, which no box of a page has."""

_SLUG = 3
"""Words from which on a name that a heading repeats was made of that heading."""


def find_chrome(body: LexborNode) -> set[int]:
    """The numbers of the elements that are no text, unless they hold much of it.

    Inside a listing they are only the numbers of its lines: its words have classes of their own.
    Comments are text where there is hardly any other: on the page of a discussion.
    """
    measured = sizes(body)
    found, comments = _found(body, measured)
    held = sum(measured.get(number, NOTHING).running for number in comments)
    whole = measured[body.mem_id].running
    if held > _DISCUSSION * whole and whole - held < _LONGEST_QUESTION:
        return _found(body, measured, discussed=True)[0]
    return found


def unseen(body: LexborNode) -> frozenset[int]:
    """The numbers of the elements that no reader of the page sees as its words: hidden, and numbers
    of lines.
    """
    return frozenset(
        node.mem_id
        for node in body.css("[aria-hidden=true], [hidden], [class]")
        if (node.tag != "body" and _is_hidden(node))
        or _LINE_NUMBERS.search(attribute(node, "class"))
    )


def _is_hidden(node: LexborNode) -> bool:
    found = node.attributes
    unseen = (
        "hidden" in found
        or found.get("aria-hidden") == "true"
        or _HIDDEN.search(found.get("style") or "") is not None
    )
    return unseen and node.css_first("math") is None


def _found(
    body: LexborNode, measured: Mapping[int, Size], *, discussed: bool = False
) -> tuple[set[int], set[int]]:
    """The numbers of such elements, and of those among them that hold comments."""
    total = max(measured[body.mem_id].running, 1)
    found: set[int] = set()
    comments: set[int] = set()
    stack = [(body, False)]
    while stack:
        node, listing = stack.pop()
        for child in children(node):
            if not child.is_element_node:
                continue
            size = measured.get(child.mem_id, NOTHING)
            share = size.running / total
            comment = not listing and _COMMENT.search(attribute(child, "class")) is not None
            if listing:
                is_one = _LINE_NUMBERS.search(attribute(child, "class")) is not None
            else:
                is_one = (
                    share < _MOST and not (comment and discussed) and _is_chrome(child, size, share)
                )
            if is_one:
                found.add(child.mem_id)
                if comment or (_COMMENT.search(attribute(child, "id")) and not listing):
                    comments.add(child.mem_id)
            else:
                stack.append((child, listing or child.tag in ("pre", "code")))
    return found, comments


def _is_chrome(node: LexborNode, size: Size, share: float) -> bool:
    """Whether an element that holds so large a share of the running text is no part of it."""
    tag, found = node.tag or "", node.attributes
    kinds = f"{_parted(found.get('class') or '')} {_own_name(node)}"
    if NOTES.search(kinds) or node.css_first(_TWEETS) is not None:
        return False
    if tag in _TAGS or found.get("role") in _ROLES or _is_hidden(node):
        return True
    if tag == "aside":
        return not _is_remark(node, kinds, size)
    if tag in _UNNAMED:
        return False
    if tag in ("p", "a"):
        return _LINES.search(kinds) is not None
    if tag == "header":
        return node.css_first(HEADINGS) is None and size.text < _LARGEST_HEADER
    return _is_named_so(kinds, size, share)


def _parted(kind: str) -> str:
    """A class with hyphens between its words, unless it is then one of comments: what apps that
    write theirs so show may be nothing else.
    """
    parted = _HUMP.sub("-", kind)
    return kind if _COMMENT.search(parted) else parted


def _is_remark(node: LexborNode, kinds: str, size: Size) -> bool:
    """Whether an `<aside>` is a note or a remark of the text rather than a box of the page."""
    found = node.attributes
    if "footnote" in (found.get("epub:type") or "") or found.get("role") == "doc-footnote":
        return True
    return (
        size.running >= RUNNING
        and 2 * size.running > size.text
        and 4 * size.linked < size.text
        and _NAMES.search(kinds) is None
        and node.css_first("form, button, input") is None
    )


def _is_named_so(kinds: str, size: Size, share: float) -> bool:
    if not kinds.strip():
        return False
    if _LINE_NUMBERS.search(kinds):
        return share < _LARGEST_NUMBERS
    match = _NAMES.search(kinds)
    if match is None or (share >= _SUBSTANTIAL and _CONTENT.search(kinds)):
        return False
    if _WAYS.fullmatch(match.group().strip(" _-\n\t")) and size.running > size.linked:
        return False
    return share < _USUAL or (share < _LARGE_ONES and _LARGE.search(kinds) is not None)


def _own_name(node: LexborNode) -> str:
    """The `id` of an element, empty where that was made of the heading of a section: “sharing” may
    be what a text is about.
    """
    name = attribute(node, "id") if node.tag not in ("h4", "h5", "h6", "span") else ""
    if not name or _NAMES.search(name) is None:
        return name
    kind = attribute(node, "class")
    box = heading = _first(node)
    if box is not None and box.tag in ("section", "header", "div"):
        heading = _first(box)
    inner = box is not None and box.tag == "section" and not kind
    if heading is None or heading.tag not in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return name
    said = words(heading)
    if _NUMBERED.match(said):
        return ""
    plain = inner or (node.tag == "section" and not kind)
    if len(re.findall(r"[^\W_]+", name)) < _SLUG and not plain and not _SECTION.search(kind):
        return name
    return "" if _letters(name).rstrip("0123456789") in _letters(said) else name


def _first(node: LexborNode) -> LexborNode | None:
    """The first element inside another that is no anchor."""
    return next(
        (child for child in children(node) if child.is_element_node and child.tag != "a"), None
    )


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
