"""A mail in HTML as plain text: paragraphs by blank lines, quotations by `>`.

Mail programs write HTML of one kind, and all that a thread needs of it is what stands on which line
and what is quoted. So it is read here tag by tag, in time that grows with its length only.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,15})(?P<more>[^<>]*)>|<![^<>]*>|<\?[^<>]*>"
)
_SILENT = ("script", "style", "head", "title")
_BREAKS = frozenset({"br", "div", "tr", "table", "hr"})
_PARAGRAPHS = frozenset({"p", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_DEEPEST = 20


def text_of_html(source: str) -> str:
    """The words of a mail in HTML, a line for each that it shows, `>` before what it quotes."""
    rows = [""]
    depth = at = 0
    pre = False
    source = _without(source, "<!--", "-->")
    for name in _SILENT:
        source = _without(source, f"<{name}", f"</{name}", word=True)
    for match in _TAG.finditer(source):
        _write(rows, source[at : match.start()], depth, pre)
        at = match.end()
        name, closing = (match.group("name") or "").lower(), bool(match.group("close"))
        if name in _PARAGRAPHS:
            rows += ["> " * depth, "> " * depth]
        elif (name in _BREAKS and rows[-1].strip("> ")) or name == "br":
            rows.append("> " * depth)
        elif name == "li" and not closing:
            rows.append("> " * depth + "- ")
        if name == "blockquote":
            depth = max(0, depth - 1) if closing else min(_DEEPEST, depth + 1)
            rows.append("> " * depth)
        pre = (pre or not closing) and not (name == "pre" and closing) if name == "pre" else pre
    _write(rows, source[at:], depth, pre)
    return "\n".join(row.rstrip() for row in rows)


def _write(rows: list[str], source: str, depth: int, pre: bool) -> None:
    """Put words at the end of the rows; white space is one space but in preformatted text."""
    words = html.unescape(source)
    lines = words.split("\n") if pre else [re.sub(r"\s+", " ", words)]
    for number, line in enumerate(lines):
        if number:
            rows.append("> " * depth)
        fresh = not rows[-1].strip("> ")
        rows[-1] += line.lstrip() if fresh and not pre else line


def _without(source: str, begin: str, end: str, *, word: bool = False) -> str:
    """The source without what stands from each `begin` to the next `end`; an open one stays."""
    low = source.lower()
    if len(low) != len(source):  # a letter whose small form is longer
        low = source
    kept: list[str] = []
    at = 0
    while (start := low.find(begin, at)) >= 0:
        stop = low.find(end, start + len(begin))
        after = low[start + len(begin) : start + len(begin) + 1]
        if stop < 0:
            break
        if word and after not in (">", " ", "\n", "\t", "/"):
            kept.append(source[at : start + len(begin)])
            at = start + len(begin)
            continue
        close = low.find(">", stop) if word else stop + len(end) - 1
        kept.append(source[at:start])
        at = close + 1 if close >= 0 else len(source)
    return "".join([*kept, source[at:]])
