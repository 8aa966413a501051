"""Words of a plain text ↔ inline Markdown: emphasis kept, accidental marks made literal."""

from __future__ import annotations

import re

_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?![\s*])([^*\n]{1,400}?)(?<![\s*\\])\1(?![\w*])"
    r"|(?<![\w_\\])(_{1,3})(?![\s_])([^_\n]{1,400}?)(?<![\s_\\])\3(?![\w_])"
)
_MARKS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)|(?<=\w)~~(?=\w)")
_LINKS = re.compile(r"\[(?=\^)|\^(?=\[)|\[(?=\[)|!(?=\[)|(?<=\])\(|(?<=\])\[")
_TAGS = re.compile(r"<(?=[A-Za-z/!?])")
_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^\s<>]+>|(?:https?://|www\.)[^\s<>]+", re.I)
_ENTITIES = re.compile(r"&(?=#?\w{1,31};)")
_LINE_START = re.compile(
    r"#{1,6}(?=\s|$)|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)|[-+*](?=\s|$)|[>|]|~~~|:::"
    r"|\[(?=[ xX!][\]\w])|\[(?=[^\]\n]{1,200}\]:)|[-=]{2,}$"
)
_HEADING_END = re.compile(r"(?:(?<=\s)|^)(#+)$")
_CALL = re.compile("\ue000[^\ue001]{0,40}\ue001")
_OPEN, _CLOSE = "\ue000", "\ue001"
_HEADING_ID = re.compile(r"\{(?=#[^{}]*\}$)")


def to_markdown(text: str) -> str:
    """Inline Markdown that reads as the words of `text`.

    Pairs of asterisks or underscores around words are emphasis and stay as they are; every other
    mark that Markdown would take for its own (lone asterisks, backticks, tags, links, footnote
    brackets, entities) is escaped. Web addresses stay untouched.
    """
    if not _needs_care(text):
        return text
    pieces: list[str] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        pieces += [_escape_words(text[at : match.start()]), match.group()]
        at = match.end()
    pieces.append(_escape_words(text[at:]))
    return "".join(pieces)


def _needs_care(text: str) -> bool:
    return any(mark in text for mark in "*_`<[&~")


def _escape_words(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for match in _EMPHASIS.finditer(text):
        mark = match.group(1) or match.group(3)
        words = match.group(2) or match.group(4)
        pieces += [escape(text[at : match.start()]), mark, escape(words), mark]
        at = match.end()
    pieces.append(escape(text[at:]))
    return "".join(pieces)


def escape(text: str) -> str:
    """Text with every mark that Markdown reads inside a line made literal."""
    if not _needs_care(text):
        return text
    text = _MARKS.sub(_unless_escaped, text)
    text = _LINKS.sub(lambda match: "\\" + match.group(), text)
    text = _TAGS.sub(r"\\<", text)
    return _ENTITIES.sub(r"\\&", text)


def _unless_escaped(match: re.Match[str]) -> str:
    text, at = match.string, match.start()
    slashes = 0
    while slashes < at and text[at - slashes - 1] == "\\":
        slashes += 1
    return match.group() if slashes % 2 else "\\" + match.group()


def at_line_start(text: str) -> str:
    """A block's text with what Markdown would read as a block mark at its start made literal."""
    match = _LINE_START.match(text)
    if match is None:
        return text
    if match.group("number"):
        return f"{match.group('number')}\\{text[match.start('dot') :]}"
    return "\\" + text


def in_heading(text: str) -> str:
    """A heading's text with what Markdown would drop at its end made literal."""
    text = _HEADING_END.sub(r"\\\1", text)
    return _HEADING_ID.sub(r"\\{", text)


def call(label: str) -> str:
    """The place where the note `label` is called, safe from being read as punctuation."""
    return f"{_OPEN}{label}{_CLOSE}"


def settle(text: str) -> str:
    """Markdown text with its calls written as Markdown writes them."""
    return text.replace(_OPEN, "[^").replace(_CLOSE, "]")


def uncalled(text: str) -> str:
    """Text without its calls, for looking at what it says."""
    return _CALL.sub("", text) if _OPEN in text else text


def ends_in_call(text: str) -> bool:
    """Whether a text ends with a call."""
    return text.endswith(_CLOSE)
