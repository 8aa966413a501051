"""What readers write around the name of a section in their headings: “Notes on …”, “(p. 34)”."""

from __future__ import annotations

import re
from collections.abc import Iterator

_KINDS = (
    r"(?:notes?|note to self|summary|summaries|thoughts?|comments?|remarks?|reflections?|reading"
    r"|quotes?|quotations?|excerpts?|highlights?|takeaways?|outline|synopsis|recap|notizen)"
)
_BEFORE = (
    # Notes on the hive; my reading notes – The hive; Summary: the hive
    re.compile(
        rf"(?:(?:my|some|our|more|first|reading|chapter|key)\s+)*{_KINDS}\s*"
        r"(?:(?:on|of|about|for|from|to|zu|sur|sobre)\s+|[:–—-]+\s*)",
        re.I,
    ),
    re.compile(r"(?:re\s*:|about|on|more (?:about|on)|zu|über|sur|sobre)\s+", re.I),
    # Week 3: the hive; 12 May – The hive; pp. 12–15: the hive
    re.compile(
        r"(?:(?:week|day|session|meeting|reading|part|unit|lesson|lecture|woche|tag)\s+\d{1,3}"
        r"|\d{4}-\d\d-\d\d|\d{1,2}\.?\s+[a-z]{3,9}\.?(?:\s+\d{4})?"
        r"|(?:pp?|pages?|s|seiten?)\.?\s*\d{1,4}(?:\s*[-–—]\s*\d{1,4})?)\s*[:–—-]+\s*(?=\S)",
        re.I,
    ),
)
_AFTER = (
    re.compile(r"\s*(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\])\s*[.:]?\s*$"),
    re.compile(r"(?:\s+#[^\W\d][\w/-]{0,30})+\s*$"),  # a tag
    re.compile(
        r"[\s,;–—-]+(?:pp?|pages?|s|seiten?)\.?\s*\d{1,4}(?:\s*[-–—]\s*\d{1,4})?(?:ff?\.?)?\s*$",
        re.I,
    ),
    re.compile(
        rf"(?:\s*[,:–—]+\s*|\s+-+\s*|\s+)(?:(?:my|some)\s+)?(?:{_KINDS}|cont(?:inued|['’]?d|\.)?"
        r"|again)\.?\s*$",
        re.I,
    ),
)
_MOST = 4
"""How many such additions are taken away, one after the other."""


def forms(heading: str) -> Iterator[str]:
    """Yield a heading as it is written, then with ever less around what may be a section's name.

    Whoever looks a heading up takes the first form that there is: what looks like an addition may
    be part of a name.
    """
    yield heading
    found = heading
    for _ in range(_MOST):
        shorter = _without_one(found)
        if shorter == found:
            return
        found = shorter
        yield found


def _without_one(heading: str) -> str:
    for pattern in _AFTER:
        match = pattern.search(heading[-120:])
        if match is not None:
            rest = heading[: len(heading) - len(match.group())].rstrip()
            if any(map(str.isalnum, rest)):
                return rest
    for pattern in _BEFORE:
        match = pattern.match(heading)
        if match is not None and any(map(str.isalnum, heading[match.end() :])):
            return heading[match.end() :].lstrip()
    return heading
