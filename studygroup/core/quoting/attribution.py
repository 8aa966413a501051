"""What stands beside a quotation and is no part of it: who wrote it, where, under what tag."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d{1,5}|[ivxlc]{1,7})(?:\s?[-–]\s?(?:\d{1,5}|[ivxlc]{1,7}))?"
_PLACE = (
    r"(?:pp?|pgs?|pages?|ch|chap|chapter|sec|section|vol|no|nr|l|ll|lines?|loc|location|locations|"
    rf"verses?|vv?|bk|book|part|fol|kap|kapitel|seite|s)\b\.?\s?{_NUMBER}"
)
_CITATION = re.compile(
    rf"[ \t\u00a0]*(?:[(\[](?:[^()\[\]\n]{{0,80}}?[\s,:;])?(?:§+\s?|¶+\s?)?(?:{_PLACE}|{_NUMBER}"
    rf"|\d{{1,3}}[:.]\d{{1,3}}(?:[-–]\d{{1,3}})?)(?:ff?\.?)?[)\]]"
    rf"|(?:(?<=[.!?…,;:”\"’'»])|[,–—-])[ \t\u00a0]+{_PLACE})\.?\s*\Z",
    re.IGNORECASE,
)
"""A page or place behind the words: “(p. 12)”, “(Reader 1973, 12)”, “[John 3:16]”, “, p. 12”."""
_NAMED = re.compile(
    r"(?:\n[ \t]*|(?<=[.!?…”\"’'»)\]])[ \t\u00a0]+)(?:—|–|―|--+|~)[ \t\u00a0]*"
    r"(?=[^\W\d_a-z]|[\[(\"“‘*_])[^\n—–―]{1,120}\Z"
)
"""A name behind a dash at the end: “— Somebody, A Book, p. 12”."""
_NAMED_AT_ONCE = re.compile(
    r"[ \t\u00a0]+(?:—|–|―|--+)[ \t\u00a0]*[^\W\d_a-z][\w.’'-]*"
    r"(?:(?:,[ \t]|[ \t])(?:(?:of|the|and|in|on|to|a|de|von|van)[ \t])?[^\W_a-z][\w.’'-]*){1,7}"
    r"\s*\Z"
)
"""The same behind words that do not end a sentence: two names at least, “ — N. N., A Book”."""
_ALONE = re.compile(
    rf"\s*(?:(?:—|–|―|--+|~|-)\s*(?=[^\W\d_a-z]|[\[(\"“‘*_])[^\n]{{1,160}}"
    rf"|(?i:[(\[]?\s*{_PLACE}\s*[)\]]?\.?|(?:source|from|author|quelle)\s*:[^\n]{{1,160}}))\s*"
)
_TAGS = re.compile(r"(?:\s+(?:#[\w/-]+|\^[\w-]+))+\s*\Z")
"""Tags (`#theme`) and a block's own id (`^a1b2`), which note-taking programs put behind."""
_LABEL = re.compile(
    rf"\s*(?:[(\[]?{_PLACE}[)\]]?\s*[:.–—-]|[(\[]{_NUMBER}[)\]]\s*[:.–—-]?|\d{{1,5}}\s*[:–—-])\s+",
    re.IGNORECASE,
)
"""A page before the words: “p. 12: ”, “(12) ”, “Loc. 123 – ”."""
_BEHIND = (_TAGS, _CITATION, _NAMED, _NAMED_AT_ONCE)
_LONGEST = 240


def is_attribution(text: str) -> bool:
    """Whether a paragraph only says who wrote what stands before it, or where: “— N. N., p. 3”."""
    if len(text) > _LONGEST:
        return False
    alone = _ALONE.fullmatch(text)
    return alone is not None and not (text.lstrip()[:1] == "-" and text.rstrip()[-1:] in ".!?")


def words_end(text: str) -> int:
    """Return where the words end in `text`, before a name, page, tag or space behind them."""
    end = len(text.rstrip())
    for _ in range(4):  # a page may stand before a name, a tag behind both
        begin = max(0, end - _LONGEST)
        tail = text[begin:end]
        found = next((m for p in _BEHIND if (m := p.search(tail))), None)
        if found is None or not text[: begin + found.start()].strip():
            return end
        end = len(text[: begin + found.start()].rstrip())
    return end


def words_start(text: str) -> int:
    """Return where the words begin in `text`, behind a page that stands before them."""
    label = _LABEL.match(text)
    if label is not None and text[label.end() :].strip():
        return label.end()
    return len(text) - len(text.lstrip())
