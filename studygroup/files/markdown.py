"""Markdown to blocks of plain text with spans: CommonMark, footnotes, wikilinks; nothing drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from studygroup.core.reading import ParagraphKind, Span, SpanKind
from studygroup.core.text import clean


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its plain text, explicit id (`{#id}`, else empty), depth, and line from 1."""

    text: str
    id: str
    level: int
    line: int
    wikilink: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of any kind: see `Paragraph` for the meaning of its fields.

    A footnote's paragraphs have kind `footnote` and its label as marker (only the first of them;
    the others have an empty marker and belong to the same footnote). `breaks` are the offsets in
    `text` at which further lines of the file begin.
    """

    text: str
    line: int
    kind: ParagraphKind = "text"
    spans: tuple[Span, ...] = ()
    depth: int = 0
    marker: str = ""
    quotation: int = 0
    breaks: tuple[int, ...] = ()


def blocks(source: str, first_line: int = 1) -> list[Heading | Text]:
    """Return the blocks of a Markdown text in order; lines are counted from `first_line`.

    Raw HTML stays visible as text, except comments and the tags of plain emphasis and line breaks.
    """
    return list(_Walk(_parser().parse(source, {}), first_line))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).use(footnote_plugin)
    # Footnotes stay where they are defined (also those nothing refers to), and we place them.
    parser.disable(["footnote_tail", "footnote_inline"])
    parser.inline.ruler.before("link", "wikilink", _wikilink)
    return parser


def _wikilink(state: StateInline, silent: bool) -> bool:
    """Read `[[page|shown]]` (Obsidian's internal link) as one token."""
    if not state.src.startswith("[[", state.pos):
        return False
    end = state.src.find("]]", state.pos + 2, state.posMax)
    inside = state.src[state.pos + 2 : end] if end > 0 else ""
    if not inside.strip() or "\n" in inside or "[" in inside:
        return False
    if not silent:
        target, _, shown = inside.partition("|")
        token = state.push("wikilink", "", 0)
        token.content = shown or target
        token.meta = {"target": target}
    state.pos = end + 2
    return True


_HTML_SPANS: dict[str, SpanKind] = {"i": "em", "em": "em", "b": "strong", "strong": "strong"}
_MARKED: dict[str, SpanKind] = {"em": "em", "strong": "strong", "link": "link"}


class _Inline:
    """Collects the plain text of inline tokens and the spans over it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.spans: list[Span] = []
        self.breaks: list[int] = []
        self.open: list[tuple[str, int, str]] = []

    def add(self, text: str) -> None:
        text = clean(text)  # character references may have brought hidden ones back
        self.parts.append(text)
        self.length += len(text)

    def token(self, token: Token) -> None:
        kind = token.type
        if kind in ("softbreak", "hardbreak"):
            self.add(" " if kind == "softbreak" else "\n")
            self.breaks.append(self.length)
        elif kind == "footnote_ref":
            self.spans.append(Span(self.length, self.length, "footnote", token.meta["label"]))
        elif kind in ("wikilink", "code_inline"):
            target = token.meta.get("target", "")
            span: SpanKind = "wikilink" if kind == "wikilink" else "code"
            start = self.length
            self.add(token.content)
            self.spans.append(Span(start, self.length, span, target))
        elif kind.endswith("_open"):
            self.open.append((kind[:-5], self.length, str(token.attrs.get("href", ""))))
        elif kind.endswith("_close"):
            self.close(kind[:-6])
        elif kind == "html_inline":
            self.html(token.content)
        else:  # text, image (its alternative text), and whatever a later parser may add
            self.add(token.content)

    def close(self, name: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            opened, start, target = self.open[index]
            if opened == name:
                del self.open[index]
                if name in _MARKED and start < self.length:
                    self.spans.append(Span(start, self.length, _MARKED[name], target))
                return

    def html(self, tag: str) -> None:
        name = tag.strip("</> ").lower()
        if name in _HTML_SPANS:
            mark = _HTML_SPANS[name]
            if tag.startswith("</"):
                self.close(mark)
            else:
                self.open.append((mark, self.length, ""))
        elif name == "br":
            self.add("\n")
        elif not tag.startswith("<!--"):
            self.add(tag)


def _inline(token: Token) -> tuple[str, tuple[Span, ...], tuple[int, ...]]:
    """Return the plain text of inline tokens, its spans in order, and where its lines break."""
    inline = _Inline()
    for child in token.children or ():
        inline.token(child)
    spans = sorted(inline.spans, key=lambda s: (s.start, s.end))
    return "".join(inline.parts), tuple(spans), tuple(inline.breaks)


class _Walk:
    """Walks block tokens and yields headings and texts."""

    def __init__(self, tokens: Sequence[Token], first_line: int) -> None:
        self.tokens = tokens
        self.first_line = first_line
        self.quotes = 0
        self.quotation = 0
        self.lists: list[str] = []
        self.marker = ""
        self.footnote: str | None = None

    def line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + self.first_line

    def __iter__(self) -> Iterator[Heading | Text]:
        for index, token in enumerate(self.tokens):
            if token.type == "inline":
                opened = self.tokens[index - 1]
                if opened.type == "heading_open":
                    yield _heading(token, int(opened.tag[1:]), self.line(token))
                else:
                    yield self.text(token)
            elif token.type in ("fence", "code_block"):
                yield Text(token.content.rstrip("\n"), self.line(token), "code")
            elif token.type == "html_block":
                if not token.content.lstrip().startswith("<!--"):
                    yield Text(token.content.strip(), self.line(token))
            else:
                self.container(token)

    def container(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self.quotation += not self.quotes
                self.quotes += 1
            case "blockquote_close":
                self.quotes -= 1
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append(token.type)
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                ordered = self.lists[-1] == "ordered_list_open"
                self.marker = f"{token.info}{token.markup}" if ordered else "•"
            case "footnote_reference_open":
                self.footnote = token.meta["label"]
                self.marker = self.footnote
            case "footnote_reference_close":
                self.footnote = None
                self.marker = ""
            case _:
                pass  # paragraphs and rules mark nothing of their own

    def text(self, token: Token) -> Text:
        text, spans, breaks = _inline(token)
        kind: ParagraphKind = "text"
        depth = 0
        if self.footnote is not None:
            kind = "footnote"
        elif self.lists:
            kind, depth = "item", len(self.lists)
        elif self.quotes:
            kind, depth = "quote", self.quotes
        marker, self.marker = self.marker, ""
        quotation = self.quotation if self.quotes else 0
        return Text(text, self.line(token), kind, spans, depth, marker, quotation, breaks)


def _heading(token: Token, level: int, line: int) -> Heading:
    text, spans, _ = _inline(token)
    explicit = ""
    if text.endswith("}") and (start := text.rfind("{#")) >= 0:
        explicit = text[start + 2 : -1].strip()
        text = text[:start]
    link = next((s.target for s in spans if s.kind == "wikilink"), "")
    return Heading(" ".join(text.split()), explicit, level, line, link)
