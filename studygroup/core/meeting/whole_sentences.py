"""Sentences of a text: which of them a stretch of it touches."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[\"“‘«(\[¿¡]*[^\W_])")
_LAST_WORD = re.compile(r"[^\s(\[“‘«\"]*$")
_OPENING = 8
"""How many characters are looked at for the first letter of a sentence, behind what opens it."""
_SHORT = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "st", "rev", "hon", "gen", "sen", "cf", "e.g", "i.e", "vs",
    "viz", "ed", "eds", "trans", "op", "loc", "bros", "co", "jan", "feb", "apr", "aug", "sept",
    "sep", "oct", "nov", "dec",
})  # fmt: skip
"""Words before whose full stop no sentence ends."""
_COUNTED = frozenset({"no", "nos", "vol", "ch", "chap", "sec", "fig", "art", "p", "pp", "ca"})
"""The same, where a figure follows."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open character spans of the sentences of `text`, in order, ends trimmed.

    A sentence ends at `.`, `!`, `?` or `…` (and what closes behind it) where white space and then a
    capital or a figure follow; not behind an initial or a common abbreviation.
    """
    cuts = [0]
    for stop in _STOP.finditer(text):
        following = text[stop.end() : stop.end() + _OPENING].lstrip('"“‘«([¿¡')[:1]
        if not following.islower() and not _is_short(text, stop, following):
            cuts.append(stop.end())
    spans = zip(cuts, [*cuts[1:], len(text)], strict=True)
    trimmed = ((start, start + len(text[start:end].rstrip())) for start, end in spans)
    return [(start, end) for start, end in trimmed if end > start]


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the whole sentences that the stretch `start`–`end` of `text` touches."""
    touched = [(a, b) for a, b in sentences(text) if a < end and b > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def _is_short(text: str, stop: re.Match[str], following: str) -> bool:
    """Whether what stands before a full stop is an abbreviation, or somebody's initial."""
    if text[stop.start() : stop.end()].rstrip() != ".":
        return False
    found = _LAST_WORD.search(text, max(0, stop.start() - 12), stop.start())
    word = found.group() if found else ""
    known = _SHORT | _COUNTED if following.isdigit() else _SHORT
    return word.casefold() in known or (word[-1:].isupper() and len(word.rpartition(".")[2]) == 1)
