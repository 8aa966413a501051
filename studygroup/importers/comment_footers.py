"""Threads that print who wrote a comment below it: the line is moved above, where heads stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studygroup.importers.comment_headers import find_headers, is_chrome
from studygroup.importers.lines import Line

_BY = re.compile(r"(?:posted|comment(?:ed)?|submitted|written|left) by\b", re.I)
_COUNT = re.compile(r"(?:\d+ )?(?:comments?|responses?|replies|thoughts?)\b.{0,100}$", re.I)


def heads_first(lines: Sequence[Line]) -> list[Line]:
    """The lines of a thread with each comment's `Posted by …` above it.

    It is known to stand below when text comes before the first of these lines and none after the
    last. The first comment begins below a line that counts the comments, else after the first
    line. Other texts come back unchanged.
    """
    ends = [at for at in find_headers(lines) if _BY.match(lines[at].text)]
    tail = lines[ends[-1] + 1 :] if ends else ()
    begin = _first_comment(lines, ends[0]) if ends else 0
    if not begin or begin >= ends[0] or not all(is_chrome(line.text) for line in tail):
        return list(lines)
    moved = list(lines[:begin])
    for start, end in zip([begin, *(at + 1 for at in ends)], ends, strict=False):
        gap = max(1, lines[start].gap)
        moved.append(replace(lines[end], gap=gap, indent=lines[start].indent))
        moved.append(replace(lines[start], gap=gap))
        moved.extend(lines[start + 1 : end])
    return [*moved, *tail]


def _first_comment(lines: Sequence[Line], end: int) -> int:
    """The place of the first comment's first line, when the comment ends at `end`."""
    counts = [at for at, line in enumerate(lines[:end]) if _COUNT.match(line.text)]
    return counts[0] + 1 if counts else 1
