"""The frame that a library of free texts puts around each: licence and record, set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studygroup.importers.title_block import Facts

_START = re.compile(
    r"\*{3} ?START OF (?:THE|THIS) [^\n*]{1,300}(?:\n[^\n*]{1,200}){0,2}\*{3}"
    r"|\*{3} ?START OF [^\n]{1,300}$"
)
_END = re.compile(r"\*{3} ?END OF (?:THE|THIS)? ?[^\n]{1,300}")
_FIELD = re.compile(r"(?m)^(Title|Author):[ \t]+(\S.*)$")
_CLOSING = re.compile(r"\n\s*End of (?:the )?Project (?:[^\n]+\n?){1,3}\s*$")


@dataclass(frozen=True, slots=True)
class Framed:
    """A text without its frame, what the frame tells of it, and how many words the frame has."""

    text: str
    facts: Facts
    words: int = 0


def without_frame(text: str) -> Framed:
    """Set aside what stands outside the lines `*** START OF …` and `*** END OF …`.

    Title and author are read from the record above the first of them.
    """
    start = _START.search(text)
    if start is None:
        return Framed(text, Facts())
    ends = list(_END.finditer(text, start.end()))
    record = text[: start.start()]
    inner = text[start.end() : ends[-1].start() if ends else len(text)]
    closing = _CLOSING.search(inner[-400:])
    if closing:
        inner = inner[: len(inner) - len(closing.group())]
    fields = dict(reversed(_FIELD.findall(record)))
    author = fields.get("Author", "").strip()
    facts = Facts(title=fields.get("Title", "").strip(), author=(author,) if author else ())
    return Framed(inner, facts, len(text.split()) - len(inner.split()))
