"""Quotations that a text sets off: whole paragraphs in quotation marks, and epigraphs."""

from __future__ import annotations

import re

from studygroup.importers.inline import uncalled
from studygroup.importers.lines import ends_sentence

_DOUBLE = {"“": "”", "„": "“”", "«": "»", '"': '"'}
_OPENERS = "“„«"
_CLOSERS = "”»"
_CREDIT = re.compile(r"(?:[—–-]+\s?)?[A-Z][\w.’'-]*(?:,? (?:[a-z]{2,3} )?[A-Z][\w.’'-]*|$)")
_AFTER = ".…,;: )]"


def begins_quotation(text: str) -> bool:
    """Whether a paragraph begins with a quotation mark."""
    return text[:1] in _DOUBLE


def is_whole_quotation(text: str) -> bool:
    """Whether a paragraph is one quotation from its first character to its last.

    After the mark that closes it no other is opened: `“Yes,” he said, “so it is.”` is none.
    """
    text = uncalled(text).rstrip(_AFTER)
    close = _DOUBLE.get(text[:1])
    if close is None or len(text) < 3 or text[-1] not in close:
        return False
    depth, closed = 0, False
    for at, char in enumerate(text):
        if _opens(text, at):
            if closed:
                return False
            depth += 1
        elif char in _CLOSERS or char == '"':
            depth -= 1
            closed = closed or depth <= 0
    return True


def is_left_open(text: str) -> bool:
    """Whether a paragraph begins a quotation that it does not close."""
    text = uncalled(text)
    return begins_quotation(text) and _depth(text) > 0


def closes(text: str) -> bool:
    """Whether a paragraph, begun inside a quotation, ends with the closing mark."""
    text = uncalled(text).rstrip(_AFTER)
    return text[-1:] in ("”", "»", '"') and _depth(text) <= (1 if begins_quotation(text) else -1)


def announces(text: str) -> bool:
    """Whether a paragraph announces what stands in the next: it does not end as a sentence does."""
    text = uncalled(text).rstrip()
    return bool(text) and text[-1] not in ".?!…”\"’')]»*_"


def _depth(text: str) -> int:
    depth = 0
    for at, char in enumerate(text):
        if _opens(text, at):
            depth += 1
        elif char in _CLOSERS or char == '"':
            depth -= 1
    return depth


def _opens(text: str, at: int) -> bool:
    char = text[at]
    if char == '"':
        return at == 0 or text[at - 1] in " ([—–-‘'/"
    return char in _OPENERS


def is_credit(first: str, last: str, line: str) -> bool:
    """Whether `line` names whom the quotation between lines `first` and `last` is from.

    It is short, ends no sentence, and begins with a name: two words with capitals, or a dash.
    """
    close = _DOUBLE.get(first[:1])
    if close is None or last.rstrip(".… ")[-1:] not in close:
        return False
    return _CREDIT.match(line) is not None and len(line.split()) <= 12 and not ends_sentence(line)
