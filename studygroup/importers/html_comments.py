"""The comments on a web page: who wrote each, when, what it says, and how deep it is nested.

The programs that make such pages (WordPress, phpBB, Discourse, Disqus, Reddit, Hacker News and what
follows schema.org) mark them in few ways, by class, id or item type. A box that is so marked is a
comment when it holds a name and words of its own, apart from those of the boxes inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studygroup.importers.comment_headers import date_of, named_in
from studygroup.importers.html_tree import attribute

_BOX = re.compile(
    r"(?:[a-z]{1,20}-)?comment|comtr|comment-?item|crawler-post|topic-post|timeline-comment", re.I
)
_BOX_ID = re.compile(r"(?:\w{1,12}[-_])?comment[-_]?\d+$", re.I)
_POST = re.compile(r"post|postbit|message", re.I)
"""A box of a forum, or of a blog: a comment only where a user's name stands in it."""
_TYPE = re.compile(r"/(?:Comment|DiscussionForumPosting)$")

_NAMES = (
    re.compile(r"hnuser|username|user-?name|poster|postprofile|commenter", re.I),
    re.compile(r"creator|fn|(?:[a-z]{1,20}-)?(?:comment-?author|author)(?:-?name)?", re.I),
)
_USERS = 1
"""How many of these say that somebody is a user, and no author of an article."""
_DATES = re.compile(
    r"age|(?:comment|post)?-?(?:date|time|metadata|meta)|posted|published|timestamp|comhead"
    r"|tagline|commentmetadata|submitted|(?:comment-?)?author",
    re.I,
)
_BODIES = (
    re.compile(r"commtext|cooked|usertext-body|post-message|body-text", re.I),
    re.compile(r"(?:[a-z]{1,20}-)?comment-?(?:content|text|entry|copy)", re.I),
    re.compile(r"md|content|text|message|message-?(?:content|body)", re.I),
    re.compile(r"(?:[a-z]{1,20}-)?(?:comment|post)-?body|postbody|body|comment", re.I),
)
_BESIDE = re.compile(
    r"reply|comment-?reply(?:-link)?|comhead|says|tagline|(?:comment-?)?meta(?:data)?|avatar"
    r"|(?:comment-?)?author|reactions|edit-?link|vote|votes",
    re.I,
)
"""What stands in a comment's box beside its words, where these are not marked."""

_PROFILE = re.compile(r"\buser(?:\?id=|/)|/u/|/members?/")
_SAYS = re.compile(
    r"^(?:posted by|by|author)\b:?\s+|\s*(?:\b(?:says|said|wrote|writes|on|at)\b|[:,»|·•]).*$", re.I
)
_LONGEST_NAME, _LONGEST_HEAD = 60, 1_000
_FEWEST = 3
"""So few comments may be something else that is marked so."""
_DEPTH = re.compile(r"depth-(\d{1,3})|(?:level|indent)-?(\d{1,3})")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?")


@dataclass(frozen=True)
class FoundComment:
    """A comment of a page: its writer's name, its date (as `2011-05-17 19:54` where that can be
    read), the element with its words and those inside it that are none of them, its depth and the
    box that it stands in. What opens a discussion may have no name.
    """

    name: str
    date: str
    body: LexborNode
    others: frozenset[int]
    depth: int
    box: LexborNode


@dataclass
class _Box:
    """A box, and what was found in it and in none inside it, each with how far it is to be trusted:
    the least number most.
    """

    node: LexborNode
    above: _Box | None
    depth: int
    is_post: bool
    names: dict[int, str] = field(default_factory=dict)
    bodies: dict[int, LexborNode] = field(default_factory=dict)
    date: str = ""
    others: set[int] = field(default_factory=set)

    @property
    def has_name(self) -> bool:
        """Whether it is said in it who wrote."""
        return bool(self.names) or "data-author" in self.node.attributes

    def take_in(self, inner: _Box) -> None:
        """Take what a box without a name holds for this one's own."""
        self.others |= inner.others
        self.others.discard(inner.node.mem_id)
        self.date = self.date or inner.date
        for trust, body in inner.bodies.items():
            self.bodies.setdefault(trust, body)
        if not inner.bodies and _has_words(inner.node):
            self.bodies.setdefault(len(_BODIES), inner.node)


def comments_of(tree: LexborHTMLParser) -> list[FoundComment]:
    """Return the comments on a page in their order; none where fewer than three are marked."""
    if tree.body is None:
        return []
    boxes: list[_Box] = []
    box_of: dict[int, _Box | None] = {tree.body.mem_id: None}
    for node in _in_order(tree.body):
        above = box_of[node.parent.mem_id] if node.parent is not None else None
        tokens = attribute(node, "class").split()
        is_post = any(map(_POST.fullmatch, tokens))
        if is_post or _is_box(node, tokens, above):
            box = _Box(node, above, _depth(node, tokens, above), is_post)
            boxes.append(box)
            box_of[node.mem_id] = box
            if above is not None:
                above.others.add(node.mem_id)
            _look(box, node, tokens)
        else:
            box_of[node.mem_id] = above
            if above is not None:
                _look(above, node, tokens)
    for box in reversed(boxes):
        if box.above is not None and not box.has_name:
            box.above.take_in(box)
    comments = [comment for box in boxes if (comment := _comment(box)) is not None]
    opening = _opening_of(comments[0]) if comments else None
    if opening is not None:
        comments.insert(0, opening)
    return comments if len(comments) >= _FEWEST else []


def _opening_of(first: FoundComment) -> FoundComment | None:
    """Return the post that opens the discussion in which a comment is the first: the nearest above
    it that names who wrote it and has its words in an element of the same kind.
    """
    kind = first.body.tag, attribute(first.body, "class")
    here: LexborNode | None = first.box
    while here is not None and here.tag not in ("body", "html"):
        before = here.prev
        while before is not None:
            if before.is_element_node and (post := _post(before, kind, first.depth)) is not None:
                return post
            before = before.prev
        here = here.parent
    return None


def _post(node: LexborNode, kind: tuple[str | None, str], depth: int) -> FoundComment | None:
    bodies = [
        n for n in _in_order(node) if (n.tag, attribute(n, "class")) == kind and _has_words(n)
    ]
    if len(bodies) != 1 or not kind[1]:
        return None
    box = _Box(node, None, depth, is_post=False)
    for inner in _in_order(node):
        _look(box, inner, attribute(inner, "class").split())
    box.bodies = {0: bodies[0]}
    return _comment(box)


def _in_order(body: LexborNode, *, texts: bool = False) -> Iterator[LexborNode]:
    """All elements below one, in the order of the page, and `texts` if wanted."""
    waiting = [body.child]
    while waiting:
        node = waiting.pop()
        while node is not None:
            if node.is_element_node or (texts and node.is_text_node):
                yield node
                if node.child is not None:
                    waiting.append(node.next)
                    node = node.child
                    continue
            node = node.next


def _is_box(node: LexborNode, tokens: list[str], above: _Box | None) -> bool:
    if node.tag in ("span", "a", "p", "form", "img", "input", "button", "b", "strong"):
        return False
    if any(map(_BOX.fullmatch, tokens)) or _BOX_ID.fullmatch(attribute(node, "id")):
        return True
    if node.tag == "td" and "default" in tokens:
        return above is None
    return _TYPE.search(attribute(node, "itemtype")) is not None


def _look(box: _Box, node: LexborNode, tokens: list[str]) -> None:
    """See whether an element is the name, the date or the words of the comment around it."""
    role = attribute(node, "itemprop")
    if node.tag == "time" or any(map(_DATES.fullmatch, tokens)) or node.tag in ("a", "abbr"):
        if name := named_in(_short(node)):
            box.names.setdefault(len(_NAMES) + 2, name)
        found = _date(node)
        if not box.date or (_ISO.match(found) and not _ISO.match(box.date)):
            box.date = found
    if any(map(_BESIDE.fullmatch, tokens)) or node.tag in ("time", "form", "button"):
        box.others.add(node.mem_id)
    if (trust := _trust_in_name(box, node, tokens)) is not None and (name := _name(node)):
        box.names.setdefault(trust, name)
    if node.mem_id != box.node.mem_id:
        for trust, pattern in enumerate(_BODIES):
            if trust not in box.bodies and any(map(pattern.fullmatch, tokens)) and _has_words(node):
                box.bodies[trust] = node
        if role in ("text", "commentText") and _has_words(node):
            box.bodies.setdefault(-1, node)


def _trust_in_name(box: _Box, node: LexborNode, tokens: list[str]) -> int | None:
    for trust, pattern in enumerate(_NAMES):
        if any(map(pattern.fullmatch, tokens)):
            return trust
    is_author = "author" in (attribute(node, "itemprop"), attribute(node, "rel"))
    if is_author or node.tag == "cite":
        return len(_NAMES)
    if node.tag == "a" and _PROFILE.search(attribute(node, "href")):
        return -1 if box.node.tag == "td" else len(_NAMES) + 1
    return None


def _comment(box: _Box) -> FoundComment | None:
    names = {trust: name for trust, name in box.names.items() if name}
    if box.is_post and not any(trust < _USERS for trust in names):
        return None
    given = attribute(box.node, "data-author") or attribute(box.node, "author")
    name = names[min(names)] if names else given[:_LONGEST_NAME]
    body = box.bodies[min(box.bodies)] if box.bodies else box.node
    if not name or not _has_words(body):
        return None
    return FoundComment(
        name, box.date, body, frozenset(box.others - {body.mem_id}), box.depth, box.node
    )


def _name(node: LexborNode) -> str:
    name = _SAYS.sub("", _short(node)).strip(" \u00a0-–—")
    return name if len(name) <= _LONGEST_NAME else ""


def _date(node: LexborNode) -> str:
    for text in (attribute(node, "datetime"), attribute(node, "title"), _short(node)):
        if match := _ISO.search(text):
            return " ".join(part for part in match.groups() if part)
        if found := date_of(text):
            return found
    return ""


def _texts(node: LexborNode) -> Iterator[str]:
    """The texts inside an element, in order."""
    for inner in _in_order(node, texts=True):
        if inner.is_text_node:
            yield inner.text_content or ""


def _has_words(node: LexborNode) -> bool:
    return any(text.strip() for text in _texts(node))


def _short(node: LexborNode) -> str:
    """What an element says, spaces made single; "" for more than a name and a date could be."""
    said = ""
    for text in _texts(node):
        said += text
        if len(said) > _LONGEST_HEAD:
            return ""
    return " ".join(said.split())


def _depth(node: LexborNode, tokens: list[str], above: _Box | None) -> int:
    """How deep a comment is nested: as it says, by what its row is set in, or by its boxes."""
    for match in map(_DEPTH.fullmatch, tokens):
        if match is not None:
            return int(match.group(1) or match.group(2))
    row = node if node.tag == "tr" else node.parent
    if row is not None and row.tag == "tr":
        for setting in (row.css_first("td[indent]"), row.css_first("img[width]")):
            if setting is not None:
                size = attribute(setting, "indent") or attribute(setting, "width")
                return int(size) if size.isdigit() and len(size) < 6 else 0
    return 0 if above is None else above.depth + 1
