"""A tree of HTML → pieces: paragraphs, headings, quotations, list items, in reading order."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from studygroup.core.draft import BlockKind
from studygroup.importers.html_notes import Notes
from studygroup.importers.html_set import formula, listing
from studygroup.importers.html_table import as_markdown
from studygroup.importers.html_tree import attribute, children, longer_than, words
from studygroup.importers.lines import ends_sentence
from studygroup.importers.runs import Run, lines, plain, tidy

_LARGEST_CELL = 600
"""Characters up to which a cell, a figure or an aside is a box, whose heading is none of the text;
a larger one lays out the page, or was never closed.
"""

DEEPEST = 120
"""Elements inside each other below which only the words count."""

_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "select",
        "button",
        "input",
        "textarea",
        "map",
        "area",
        "img",
        "picture",
        "rp",
        "rt",
        "-comment",
        "link",
        "meta",
        "source",
        "track",
        "base",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "menu",
        "nav",
        "p",
        "section",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "caption",
    ]
)
_EMPHASIS = frozenset(("em", "i", "cite", "dfn", "var"))
_STRONG = frozenset(("strong", "b"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_CELLS = frozenset(("aside", "figure", "td", "th"))
_BOXES = frozenset(("note", "tip", "warning", "caution", "important", "admonition"))
_LARGEST_BOX = 2_000
"""Characters up to which what is called a note or a warning is one."""
_VERSE_LINE = re.compile(r"(?:^|\s)(?:verse|line|poem-?line|i\d+|indent\d*)(?:\s|$)")
_POEM = re.compile(r"\b(?:poem|poetry|verse|stanza|lyrics?|song)\b", re.I)
_LANGUAGE = re.compile(r"\b(?:language|lang|highlight-source)-([\w+#-]{1,20})")


_ANCHOR = re.compile(r"[¶#§🔗⚓∞\s]+|(?:perma)?link|edit", re.I)
"""What a link in a heading shows that leads to the heading itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before its notes have labels.

    `kind` is `continued` for a further paragraph of a list item. `text` is that of a code or raw
    block. `ids` are the names wanted that stand before it. `note` is the key of the note whose
    block it stands in; `boxed` says that it stands in a box: a table's cell, a figure, a remark.
    """

    kind: BlockKind | str
    runs: tuple[Run, ...] = ()
    level: int = 1
    marker: str = ""
    text: str = ""
    ids: tuple[str, ...] = ()
    note: str = ""
    boxed: bool = False

    @property
    def words(self) -> str:
        """What it says."""
        return self.text or plain(self.runs)

    @property
    def linked(self) -> float:
        """The share of its characters that are links, 0 to 1."""
        total = sum(len(run.text) for run in self.runs)
        return sum(len(run.text) for run in self.runs if run.linked) / total if total else 0.0

    @property
    def led_away(self) -> float:
        """The share of its characters that are links to other pages, 0 to 1."""
        total = sum(len(run.text) for run in self.runs)
        return sum(len(run.text) for run in self.runs if run.href) / total if total else 0.0


@dataclass
class _List:
    ordered: bool
    number: int


@dataclass
class Reader:
    """Reads trees one after the other into `pieces`.

    `wanted` are the keys of places to be told of in `Piece.ids`; `base` the address that links are
    relative to, empty when they lead nowhere outside.
    """

    notes: Notes
    wanted: Collection[str] = ()
    base: str = ""
    skipped: Collection[int] = ()
    pieces: list[Piece] = field(default_factory=list)
    pictures: int = 0

    _path: str = ""
    _runs: list[Run] = field(default_factory=list)
    _style: Run = field(default_factory=lambda: Run(""))
    _quotes: int = 0
    _lists: list[_List] = field(default_factory=list)
    _marker: str = ""
    _ids: list[str] = field(default_factory=list)
    _note: str = ""
    _poem: bool = False
    _boxed: int = 0
    _titled: int = 0

    def read(self, root: LexborNode, path: str = "") -> None:
        """Add the pieces of a tree, the member `path` of its document."""
        self._path = path
        self._ids.append(f"{path}#")
        self._node(root, 0)
        self._flush()
        self._runs = []

    def _node(self, node: LexborNode, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._say(node.text_content or "")
            return
        if tag in _SKIP or node.mem_id in self.skipped:
            self.pictures += tag == "img"
            return
        if self._is_passed_over(node):
            return
        found = node.attributes
        for name in dict.fromkeys((found.get("id"), found.get("name"))):
            if name:
                self._name(f"{self._path}#{name}")
        if depth > DEEPEST:
            self._say(words(node))
        elif tag in ("math", "br", "hr"):
            self._single(node, tag)
        elif tag == "a":
            self._link(node, depth)
        elif tag in _EMPHASIS | _STRONG | _CODE:
            self._styled(node, depth, tag)
        elif self._is_block(node, tag):
            self._block(node, depth, tag)
        else:
            self._inside(node, depth)

    def _single(self, node: LexborNode, tag: str) -> None:
        """An element that stands for itself, whatever is inside."""
        if tag == "math":
            self._say(formula(node))
        elif tag == "br":
            self._runs.append(Run("\n"))
        else:
            self._flush()
            self._add(Piece("rule"))

    @staticmethod
    def _is_passed_over(node: LexborNode) -> bool:
        """Whether an element is hidden, or marks where a printed page began."""
        found = node.attributes
        kind = found.get("epub:type") or ""
        if "pagebreak" in kind or found.get("role") == "doc-pagebreak":
            return node.child is None or len(words(node)) < 12
        return "hidden" in found and not kind

    def _say(self, text: str) -> None:
        style = self._style
        marks = (style.emphasis, style.strong, style.code, style.linked, style.href)
        self._runs.append(Run(text, *marks))

    @staticmethod
    def _is_block(node: LexborNode, tag: str) -> bool:
        return tag in _BLOCKS or tag in ("ul", "ol", "li", "pre", "table") or _heading(node) > 0

    def _inside(self, node: LexborNode, depth: int) -> None:
        for child in children(node):
            self._node(child, depth + 1)

    def _name(self, key: str) -> None:
        if key in self.notes.targets:
            self._runs.append(Run("", start=key))
            self._note = key
        if key in self.wanted:
            if any(run.text.strip() for run in self._runs):
                self._flush()
            self._ids.append(key)

    def _link(self, node: LexborNode, depth: int) -> None:
        key = self.notes.calls.get(node.mem_id)
        if key is not None:
            while self._runs and not self._runs[-1].text.strip(" ") and not self._runs[-1].start:
                self._runs.pop()
            self._runs.append(Run(words(node), call=key))
            return
        if node.mem_id in self.notes.backlinks and self._note:
            return
        before = self._style
        href = (attribute(node, "href")).strip()
        if "#" in href and self._is_anchor(words(node)):
            return
        self._style = replace(before, linked=bool(href), href=self._outside(href))
        self._inside(node, depth)
        self._style = before

    def _is_anchor(self, shown: str) -> bool:
        """Whether a link shows only that it leads to the very heading or paragraph it stands in."""
        return shown == "¶" or (self._titled > 0 and _ANCHOR.fullmatch(shown) is not None)

    def _outside(self, href: str) -> str:
        if href.startswith("#"):
            return ""
        try:
            whole = urljoin(self.base, href)
        except ValueError:
            return ""
        good = whole.lower().startswith(("http://", "https://", "mailto:"))
        return re.sub(r"[\s()<>\[\]\\]", lambda m: f"%{ord(m.group()):02X}", whole) if good else ""

    def _styled(self, node: LexborNode, depth: int, tag: str) -> None:
        before = self._style
        self._style = replace(
            before,
            emphasis=before.emphasis or tag in _EMPHASIS,
            strong=before.strong or tag in _STRONG,
            code=before.code or tag in _CODE,
        )
        self._inside(node, depth)
        self._style = before

    def _block(self, node: LexborNode, depth: int, tag: str) -> None:
        note, poem = self._note, self._poem
        self._flush()
        kinds = f"{attribute(node, 'class')} {attribute(node, 'epub:type')}"
        self._poem = poem or bool(_POEM.search(kinds))
        if level := _heading(node):
            self._titled += 1
            self._inside(node, depth)
            self._titled -= 1
            self._flush(Piece("title" if self._boxed else "heading", level=level))
        elif tag in _CELLS or _is_box(node, tag):
            box = tag not in _CELLS or not longer_than(node, _LARGEST_CELL)
            self._boxed += box
            self._inside(node, depth)
            self._flush()
            self._boxed -= box
        elif tag in ("ul", "ol"):
            start = attribute(node, "start")
            self._lists.append(_List(tag == "ol", int(start) if start.isdigit() else 1))
            self._inside(node, depth)
            self._flush()
            self._lists.pop()
        elif tag == "li":
            self._item(node, depth)
        elif tag == "blockquote":
            self._quotes += 1
            self._inside(node, depth)
            self._flush()
            self._quotes -= 1
        elif tag == "pre":
            self._pre(node)
        elif tag == "table" and (table := self._table(node)):
            self._add(Piece("raw", text=table))
        else:
            self._inside(node, depth)
            line = bool(_VERSE_LINE.search(kinds)) and tag in ("div", "p") and self._poem
            self._flush(Piece("line") if line else None)
            if "stanza" in kinds:
                self._add(Piece("stanza"))
        self._note, self._poem = note, poem

    def _item(self, node: LexborNode, depth: int) -> None:
        if not self._lists:
            self._lists.append(_List(False, 1))
            self._item(node, depth)
            self._lists.pop()
            return
        inner = self._lists[-1]
        value = attribute(node, "value")
        inner.number = int(value) if value.isdigit() and len(value) < 9 else inner.number
        self._marker = f"{inner.number}." if inner.ordered else "-"
        inner.number += 1
        self._inside(node, depth)
        self._flush()
        self._marker = ""

    def _pre(self, node: LexborNode) -> None:
        text = listing(node, _SKIP, self.skipped).strip("\n").rstrip()
        inner = " ".join(attribute(code, "class") for code in node.css("code"))
        kinds = f"{attribute(node, 'class')} {inner}"
        language = _LANGUAGE.search(kinds)
        if text.strip():
            self._add(Piece("code", text=text, marker=language.group(1) if language else ""))

    def _table(self, node: LexborNode) -> str:
        if any(
            attribute(n, "id") and f"{self._path}#{attribute(n, 'id')}" in self.notes.targets
            for n in node.css("[id]")
        ):
            return ""
        return as_markdown(node)

    def _flush(self, shape: Piece | None = None) -> None:
        """End the block that is open, if it has words; it has the shape given or the usual one."""
        if not any(run.call or run.text.strip() for run in self._runs):
            self._runs = [run for run in self._runs if run.start]
            return
        runs = tidy(self._runs)
        # However far apart the lines of a heading stand, it is one.
        one = shape is not None and shape.kind == "heading"
        for part in [_without_gaps(runs)] if one else _paragraphs(runs):
            if shape is not None and shape.kind == "title":
                self._add_words([replace(run, strong=True, emphasis=False) for run in part])
            elif shape is not None:
                self._add(replace(shape, runs=tuple(part)))
            else:
                self._add_words(part)
        self._runs = []

    def _add_words(self, runs: Sequence[Run]) -> None:
        rows = lines(runs)
        whole = all(len(plain(row)) > 100 and ends_sentence(plain(row)) for row in rows[:-1])
        if len(rows) > 1 and whole and not self._is_verse(rows):
            for row in rows:
                self._add(self._usual(row))
        else:
            self._add(self._usual(runs))

    def _usual(self, runs: Sequence[Run]) -> Piece:
        rows = lines(runs)
        broken = len(rows) > 1 and self._is_verse(rows)
        kept = (
            tuple(runs)
            if broken
            else tuple(replace(run, text=" ") if run.text == "\n" else run for run in runs)
        )
        if self._quotes:
            return Piece("quote", kept, level=self._quotes, marker="verse" if broken else "")
        if self._lists:
            marker, self._marker = self._marker, ""
            flat = tuple(replace(run, text=" ") if run.text == "\n" else run for run in runs)
            return Piece("item" if marker else "continued", flat, len(self._lists), marker)
        return Piece("verse" if broken else "paragraph", kept)

    def _is_verse(self, rows: Sequence[Sequence[Run]]) -> bool:
        sizes = [len(plain(row)) for row in rows]
        return self._poem or (max(sizes) < 90 and sum(sizes) / len(sizes) < 60)

    def _add(self, piece: Piece) -> None:
        boxed = bool(self._boxed)
        self.pieces.append(replace(piece, ids=tuple(self._ids), note=self._note, boxed=boxed))
        self._ids = []


def _is_box(node: LexborNode, tag: str) -> bool:
    """Whether an element is a remark set apart from the text, of one or two paragraphs."""
    kinds = set(attribute(node, "class").lower().split())
    return tag == "div" and bool(kinds & _BOXES) and not longer_than(node, _LARGEST_BOX)


def _heading(node: LexborNode) -> int:
    tag = node.tag or ""
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if attribute(node, "role") == "heading":
        level = attribute(node, "aria-level")
        return min(int(level), 6) if level.isdigit() and int(level) else 2
    return 0


def _without_gaps(runs: Sequence[Run]) -> list[Run]:
    """Runs with one line break where several stand one after the other, and none at the end."""
    joined: list[Run] = []
    for part in _paragraphs(runs):
        joined += [Run("\n"), *part] if joined else part
    return joined


def _paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs divided where two line breaks stand one after the other."""
    parts: list[list[Run]] = [[]]
    breaks = 0
    for run in runs:
        if run.text == "\n":
            breaks += 1
            continue
        if breaks > 1 and parts[-1]:
            parts.append([])
        elif breaks and parts[-1]:
            parts[-1].append(Run("\n"))
        breaks = 0
        parts[-1].append(run)
    return [part for part in parts if part]
