"""A web page of comments → Draft: a forum's topic, a discussion, what stands below an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from studygroup.core.draft import Block, Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.comment_dates import settled
from studygroup.importers.comment_headers import is_chrome
from studygroup.importers.html_assemble import assemble
from studygroup.importers.html_blocks import Piece, Reader
from studygroup.importers.html_chrome import find_chrome
from studygroup.importers.html_comments import FoundComment, comments_of
from studygroup.importers.html_facts import page_facts
from studygroup.importers.html_notes import find_notes
from studygroup.importers.html_tree import children, decode, parse, words
from studygroup.importers.replies import Comment, conversation
from studygroup.importers.title_block import Facts

_UNSEEN = ("script", "style", "noscript", "template", "iframe", "svg", "object")
_MARK = re.compile(r"(?:>\s?){1,9}")
_YEAR = re.compile(r"\d{4}(?=-)")
_ARTICLE, _ARTICLE_SHARE = 400, 0.05
"""Characters of running words outside its comments up to which these are what a page is for; or
this share of theirs.
"""
_RUNNING = 80
"""Characters from which a paragraph counts as running words."""


def read(data: bytes, name: str) -> Draft:
    """Read the comments on a page as a thread; `name` becomes its title when it gives none.

    Raises CannotImport when no comments can be told apart.
    """
    text = decode(data)
    tree = parse(text)
    facts = page_facts(tree)
    tree.strip_tags(list(_UNSEEN))
    found = comments_of(tree)
    if not found:
        raise CannotImport("no comments were found on this page", hint="Leave out --format thread.")
    return as_thread(found, facts, name)


def is_discussion(tree: LexborHTMLParser, found: Sequence[FoundComment]) -> bool:
    """Whether comments are what a page is for, and no addition to an article."""
    if not found:
        return False
    said = sum(len(words(comment.body)) for comment in found)
    return _running_beside(tree, found) < max(_ARTICLE, _ARTICLE_SHARE * said)


def _running_beside(tree: LexborHTMLParser, found: Sequence[FoundComment]) -> int:
    """Characters of running words outside comments: those of paragraphs, and those that stand right
    in other elements, unless these belong to the page around.
    """
    body = tree.body
    if body is None:
        return 0
    comments = {comment.body.mem_id for comment in found}
    chrome = find_chrome(body)
    running = 0
    stack = [(body, False)]
    while stack:
        node, around = stack.pop()
        own = 0
        for child in children(node):
            if child.is_text_node:
                own += len((child.text_content or "").strip())
            elif child.is_element_node and child.mem_id not in comments and child.tag != "a":
                if child.tag == "p":
                    size = len(words(child))
                    running += size if size >= _RUNNING else 0
                else:
                    stack.append((child, around or child.mem_id in chrome))
        running += own if own >= _RUNNING and not around else 0
    return running


def as_thread(found: Sequence[FoundComment], facts: Facts, name: str) -> Draft:
    """The draft of a page's comments: one section each, replies below what they answer."""
    comments: list[Comment] = []
    above: list[int] = []
    depths = [comment.depth for comment in found]
    dates = settled([comment.date for comment in found])
    for at, comment in enumerate(found):
        while above and depths[above[-1]] >= depths[at]:
            above.pop()
        heading = " · ".join(part for part in (comment.name, dates[at]) if part)
        blocks = _blocks(comment, facts.source or "")
        comments.append(Comment(comment.name, heading, blocks, above[-1] if above else None))
        above.append(at)
    years = [int(match.group()) for date in dates if (match := _YEAR.match(date))]
    return Draft(
        "html",
        facts.title or name,
        tuple(conversation(comments)),
        author=facts.author,
        year=facts.year or min(years, default=None),
        source=facts.source,
        kind="thread",
        repairs={"comments": len(found)},
    )


def _blocks(comment: FoundComment, base: str) -> tuple[Block, ...]:
    notes = find_notes([("", comment.body)])
    reader = Reader(notes, base=base, skipped=comment.others)
    reader.read(comment.body)
    pieces = [_quoted(piece) for piece in reader.pieces if not is_chrome(piece.words)]
    return tuple(
        replace(block, kind="paragraph", text=f"**{block.text}**")
        if block.kind == "heading"
        else block
        for block in assemble(pieces, notes).blocks
    )


def _quoted(piece: Piece) -> Piece:
    """A paragraph that begins with `>`, as people mark what they quote, as a quotation."""
    match = _MARK.match(piece.words)
    if piece.kind != "paragraph" or match is None or not piece.runs:
        return piece
    left = match.end()
    runs = list(piece.runs)
    while runs and left:
        first = runs[0].text.lstrip() if left == match.end() else runs[0].text
        taken = min(left, len(first))
        left -= taken
        runs[0] = replace(runs[0], text=first[taken:])
        if not runs[0].text:
            runs.pop(0)
    return replace(piece, kind="quote", runs=tuple(runs), level=match.group().count(">"))
