"""Leftover HTML in the text of comments: tags and entities become Markdown, broken ones go."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from studygroup.importers.inline import to_markdown
from studygroup.importers.lines import word_set
from studygroup.importers.paragraphs import Para
from studygroup.importers.repair import clean

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,11})(?P<attributes>\s[^<>]{0,2000})?\s?/?>|<!--.{0,2000}?-->"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});")
_HREF = re.compile(r"""href\s*=\s*["']?(https?://[^\s"'<>]+|mailto:[^\s"'<>]+)""", re.I)
_STYLES = {"i": "*", "em": "*", "cite": "*", "b": "**", "strong": "**", "h1": "**", "h2": "**"}
_STYLES |= {"h3": "**", "h4": "**", "h5": "**", "h6": "**"}
_QUOTES = frozenset({"blockquote", "quote"})
_BREAKS = frozenset({"p", "br", "div", "ul", "ol", "li", "hr", "h1", "h2", "h3", "h4", "h5", "h6"})
_OTHERS = word_set("a span font u s small big sub sup code pre tt img del ins strike q abbr center")
_KNOWN = frozenset(_STYLES) | _QUOTES | _BREAKS | _OTHERS


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a comment as Markdown, and how deep it stands in block quotations."""

    text: str
    para: Para
    depth: int = 0
    item: bool = False


@dataclass(slots=True)
class _State:
    """What is open at a place in the comment."""

    styles: list[str] = field(default_factory=list)
    depth: int = 0
    link: str = ""
    item: bool = False


def decode_entities(text: str) -> str:
    """Text with entities as the characters they name; what a terminal could obey stays out."""
    if "&" not in text:
        return text
    return clean(_ENTITY.sub(lambda match: html.unescape(match.group()), text))[0]


def convert(paras: Sequence[Para]) -> tuple[list[Piece], int]:
    """The paragraphs of one comment as Markdown, and how many tags were taken away or replaced.

    Emphasis that is opened and closed is kept, across paragraphs too; a tag without its partner
    goes and leaves its words; block quotations give the depth of their paragraphs; tags that HTML
    doesn't have are words and stay.
    """
    partners = _partners(paras)
    state = _State()
    pieces: list[Piece] = []
    count = 0
    for number, para in enumerate(paras):
        run: list[tuple[str, tuple[str, ...], str]] = []
        at = 0
        for match in _TAG.finditer(para.text):
            name = (match.group("name") or "").lower()
            if match.group("name") and name not in _KNOWN:
                continue
            count += 1
            run.append((para.text[at : match.start()], tuple(state.styles), state.link))
            at = match.end()
            if name in _QUOTES | _BREAKS:
                _flush(run, para, state, pieces)
            _enter(state, match, name, (number, match.start()) in partners)
        run.append((para.text[at:], tuple(state.styles), state.link))
        _flush(run, para, state, pieces)
    return pieces, count


def _partners(paras: Sequence[Para]) -> set[tuple[int, int]]:
    """The places of tags that have their partner."""
    open_tags: dict[str, list[tuple[int, int]]] = {}
    found: set[tuple[int, int]] = set()
    for number, para in enumerate(paras):
        for match in _TAG.finditer(para.text):
            name = (match.group("name") or "").lower()
            place = (number, match.start())
            if not match.group("close"):
                open_tags.setdefault(name, []).append(place)
            elif open_tags.get(name):
                found |= {place, open_tags[name].pop()}
    return found


def _enter(state: _State, match: re.Match[str], name: str, paired: bool) -> None:
    closing = bool(match.group("close"))
    if name == "li":
        state.item = not closing
    if not paired:
        return
    if name in _QUOTES:
        state.depth = max(0, state.depth + (-1 if closing else 1))
    elif name in _STYLES:
        mark = _STYLES[name]
        if not closing:
            state.styles.append(mark)
        elif mark in state.styles:
            state.styles.reverse()
            state.styles.remove(mark)
            state.styles.reverse()
    elif name == "a":
        href = _HREF.search(match.group("attributes") or "")
        state.link = href.group(1) if href and not closing else ""


def _flush(
    run: list[tuple[str, tuple[str, ...], str]], para: Para, state: _State, pieces: list[Piece]
) -> None:
    """Close the paragraph that the run of text, styles and links makes up."""
    text = "".join(_styled(words, styles, link) for words, styles, link in _merged(run))
    text = " ".join(text.split())
    run.clear()
    if text:
        bare = replace(para, text=text)
        pieces.append(Piece(text, bare, state.depth + para.quoted, state.item))


def _merged(
    run: Sequence[tuple[str, tuple[str, ...], str]],
) -> list[tuple[str, tuple[str, ...], str]]:
    merged: list[tuple[str, tuple[str, ...], str]] = []
    for words, styles, link in run:
        marks = tuple(dict.fromkeys(styles))
        if merged and merged[-1][1:] == (marks, link):
            merged[-1] = (merged[-1][0] + words, marks, link)
        elif words:
            merged.append((words, marks, link))
    return merged


def _styled(words: str, styles: tuple[str, ...], link: str) -> str:
    words = decode_entities(words)
    inner = words.strip()
    if not inner:
        return words
    before = words[: len(words) - len(words.lstrip())]
    after = words[len(words.rstrip()) :]
    text = to_markdown(inner)
    if link and link.rstrip("/") != inner.rstrip("/"):
        text = f"[{text}]({link})"
    marks = "".join(styles)
    return f"{before}{marks}{text}{marks[::-1]}{after}"
