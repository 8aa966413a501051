"""Breaking text into lines of a given width, measured in terminal cells; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rich.cells import cell_len

Stretch = tuple[int, int]
"""Half-open character offsets."""

# White space at which a line may end: not the no-break spaces.
_SPACE = " \\t\\n\\r\\f\\v\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u205f\\u3000"
# A word may end after a dash with two letters before it and one behind.
_AFTER_DASH = rf"(?<=[^{_SPACE}–—-]{{2}}[–—-])(?=\w)"
_PIECE = re.compile(rf"[{_SPACE}]+|[^{_SPACE}]+?(?:{_AFTER_DASH}|(?=[{_SPACE}])|\Z)")
_FIRST_WIDE = "\u2e80"
# Characters of one cell each, among which only the space ends a word.
_NARROW = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u2010-\u2027\u2030-\u205e\u2070-\u209c]*"
)
_DASHES = "-–—"
_NO_WORD = f"{_DASHES} "
_JOINER = "\u200d"


@cache
def _pieces_with_wide() -> re.Pattern[str]:
    """Return the pattern for text in scripts without spaces, compiled when there is any.

    A line may end after any of their characters, but never after an opening mark nor before a
    closing one.
    """
    wide = (
        "\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
        "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
    )
    opens = "「『（【《〈〔［｛“‘("
    closes = "、。，．！？：；）」』】》〉〕］｝・ー…”’,.;:!?)"
    return re.compile(
        rf"[{_SPACE}]+"
        rf"|[{opens}]*[{wide}][\u0300-\u036f\u3099\u309a\ufe00-\ufe0f]*[{closes}]*"
        rf"|[^{_SPACE}{wide}]+?(?:{_AFTER_DASH}|(?=[{_SPACE}{wide}])|\Z)"
    )


@lru_cache(maxsize=16_384)
def wrap(text: str, width: int) -> tuple[Stretch, ...]:
    """Return the lines of `text` as stretches of it, none wider than `width` cells.

    Only white space stands between one line's end and the next one's start. Lines end at white
    space, after a hyphen or dash inside a word, and between characters of scripts that have no
    spaces; a word wider than a line is cut between whole characters. A newline always ends a line,
    and the spaces after it are kept. A `width` under 2 counts as 2, the widest character.
    """
    width = max(2, width)
    narrow = _NARROW.fullmatch(text) is not None
    return tuple(narrow_lines(text, width) if narrow else any_lines(text, width))


def narrow_lines(text: str, width: int) -> Iterator[Stretch]:
    """Yield the lines of a text whose characters all take one cell: no need to look at each."""
    start, stop = 0, len(text.rstrip(" "))
    while stop - start > width:
        limit = start + width
        space = text.rfind(" ", start, limit + 1)
        dash = _dash_before(text, max(space, start), limit)
        end = following = limit
        if dash:
            end = following = dash
        elif space >= start and text[start:space].strip(" "):
            end, following = len(text[:space].rstrip(" ")), space + 1
        elif space >= start:
            end = following = start
        if end > start:
            yield start, end
        start = following
        while text[start] == " ":
            start += 1
    if stop > start or not text:
        yield start, stop


def _dash_before(text: str, start: int, limit: int) -> int:
    """Return the last place after `start`, up to `limit`, where a word may end after a dash."""
    for at in range(limit - 1, start - 1, -1):
        if text[at] in _DASHES and at >= 2:
            before, after = text[at - 2 : at], text[at + 1 : at + 2]
            if (after.isalnum() or after == "_") and not any(c in _NO_WORD for c in before):
                return at + 1
    return 0


def any_lines(text: str, width: int) -> Iterator[Stretch]:
    """Yield the lines of any text, piece by piece."""
    start = end = used = gap = 0
    is_wide = not text.isascii() and max(text) >= _FIRST_WIDE
    pattern = _pieces_with_wide() if is_wide else _PIECE
    for match in pattern.finditer(text):
        piece = match.group()
        if piece.isspace():
            if "\n" not in piece:
                gap += cells(piece)
                continue
            yield start, end
            for _ in range(piece.count("\n") - 1):
                yield match.end(), match.end()
            start = end = match.start() + piece.rindex("\n") + 1
            used, gap = 0, cells(text[start : match.end()])
            continue
        wide = cells(piece)
        if used + gap + wide <= width:
            used, gap, end = used + gap + wide, 0, match.end()
            continue
        if end > start:
            yield start, end
        start, end, used, gap = match.start(), match.end(), wide, 0
        if wide > width:
            *whole, (start, end) = _cut(text, match.start(), match.end(), width)
            yield from whole
            used = cells(text[start:end])
    if end > start or not text:
        yield start, end


def _cut(text: str, start: int, end: int, width: int) -> Iterator[Stretch]:
    """Cut a word into stretches no wider than `width`, between whole characters."""
    used = 0
    for first, last in clusters(text, start, end):
        wide = cells(text[first:last])
        if used + wide > width and first > start:
            yield start, first
            start, used = first, 0
        used += wide
    yield start, end


def clusters(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Yield what a reader sees as one character: a base with its marks, an emoji with its joins."""
    first, flags = start, 0
    for index in range(start + 1, end):
        char, before = text[index], text[index - 1]
        flags = flags + 1 if _is_flag(before) else 0
        if cell_len(char) == 0 or before == _JOINER or "\U0001f3fb" <= char <= "\U0001f3ff":
            continue
        if _is_flag(char) and flags % 2:
            continue
        yield first, index
        first = index
    if first < end:
        yield first, end


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def cells(text: str) -> int:
    """Return how many terminal cells `text` takes."""
    return len(text) if text.isascii() else cell_len(text)


def shorten(text: str, width: int) -> str:
    """Return `text` cut to `width` cells, with “…” where something was left out."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    kept, used = 0, 0
    for first, last in clusters(text, 0, len(text)):
        used += cells(text[first:last])
        if used > width - 1:
            break
        kept = last
    return f"{text[:kept].rstrip()}…"
