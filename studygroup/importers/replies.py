"""Comments in the order of a conversation: replies below what they answer, and linked to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studygroup.core.draft import Block
from studygroup.core.text import slug
from studygroup.importers.inline import to_markdown

DEEPEST = 6
"""The deepest level of a heading: what lies deeper stands at it, and its link tells the rest."""

_NO_LINK = re.compile(r"[\[\]|#^\\]+")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: who wrote it (`name`), its section's heading, and its blocks without that.

    `parent` is the place, in the same sequence, of the comment that it answers, None for none.
    """

    name: str
    heading: str
    blocks: tuple[Block, ...]
    parent: int | None = None


def conversation(comments: Sequence[Comment], *, nested: bool = True) -> list[Block]:
    """The blocks of all comments: each begins with its heading, and with a link where it answers.

    With `nested` a reply stands below what it answers, one level deeper, replies to one comment in
    the order given; else all stay in the order and at the level where they are. Parents that lead
    in a circle, or nowhere, count as none.
    """
    parents = _without_circles([comment.parent for comment in comments])
    order = list(_depth_first(parents)) if nested else [(at, 1) for at in range(len(comments))]
    targets = _targets(comments, [at for at, _ in order])
    blocks: list[Block] = []
    for at, depth in order:
        heading = to_markdown(comments[at].heading)
        blocks.append(Block("heading", heading, min(depth, DEEPEST)))
        parent = parents[at]
        if parent is not None:
            shown = _NO_LINK.sub(" ", comments[parent].name).strip() or "…"
            blocks.append(Block("raw", f"↳ [[#{targets[parent]}|{shown}]]"))
        blocks += comments[at].blocks
    return blocks


def _without_circles(parents: Sequence[int | None]) -> list[int | None]:
    """The parents without those that would close a circle, found by union-find (Tarjan)."""
    top = list(range(len(parents)))

    def root(at: int) -> int:
        while top[at] != at:
            top[at] = top[top[at]]
            at = top[at]
        return at

    kept: list[int | None] = []
    for at, parent in enumerate(parents):
        if parent is None or not 0 <= parent < len(parents) or root(parent) == at:
            kept.append(None)
            continue
        kept.append(parent)
        top[at] = root(parent)
    return kept


def _depth_first(parents: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Each place with its depth from 1, replies directly below what they answer."""
    below: dict[int | None, list[int]] = {}
    for at, parent in enumerate(parents):
        below.setdefault(parent, []).append(at)
    waiting = [(at, 1) for at in reversed(below.get(None, ()))]
    while waiting:
        at, depth = waiting.pop()
        yield at, depth
        waiting += [(reply, depth + 1) for reply in reversed(below.get(at, ()))]


def _targets(comments: Sequence[Comment], order: Sequence[int]) -> Mapping[int, str]:
    """What a link to each comment says: its heading as Obsidian writes it in a link, or its
    section's id where several comments have the same heading.
    """
    often = Counter(slug(comment.heading, "section") for comment in comments)
    seen: Counter[str] = Counter()
    targets: dict[int, str] = {}
    for at in order:
        name = slug(comments[at].heading, "section")
        seen[name] += 1
        if often[name] == 1:
            targets[at] = " ".join(_NO_LINK.sub(" ", comments[at].heading).split()) or name
        else:
            targets[at] = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return targets
