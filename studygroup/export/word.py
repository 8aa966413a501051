"""DOCX: a flow as a document for a word processor, in its own styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from studygroup.core.export import Exported
from studygroup.export.flow import Block, Part, Run
from studygroup.export.overrides import Own
from studygroup.export.packages import needed
from studygroup.export.word_look import NAME, PACKAGE, adopt

_LIST_STYLES = ("List Bullet", "List Bullet 2", "List Bullet 3")
_STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", *_LIST_STYLES, "Quote")
"""The styles that a document is set in."""
_RULE = (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "999999"))
"""A line to write on."""
_LINE = 22
"""How far apart lines to write on are, in points."""
_CLOSE = 3
"""How far apart the items of a list are, in points."""
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def render(title: str, language: str, parts: Iterable[Part], own: Own) -> Exported:
    """Return a document's parts as DOCX; `language` is an ISO 639 code.

    Raises UsageError where python-docx is not installed, StudyError where the study has a document
    of its own for the look and it cannot be used.
    """
    return _Document(title, language, own(NAME)).render(parts)


class _Document:
    """A document in the making."""

    def __init__(self, title: str, language: str, look: bytes | None) -> None:
        self._docx: Any = needed("docx", PACKAGE)
        self._shared: Any = needed("docx.shared", PACKAGE)
        self._oxml: Any = needed("docx.oxml", PACKAGE)
        self._text: Any = needed("docx.text.paragraph", PACKAGE)
        self._document = self._docx.Document()
        self._end = self._document.element.body.sectPr
        if look is None:
            self._set_look()
        else:
            adopt(self._document, look, _STYLES)
        self._style_ids = {style.name: style.style_id for style in self._document.styles}
        self._describe(title, language)

    def render(self, parts: Iterable[Part]) -> Exported:
        for part in parts:
            kept = _kept(part.blocks)
            for number, block in enumerate(part.blocks):
                paragraph = self._block(block)
                if number in kept:
                    paragraph.paragraph_format.keep_with_next = True
        file = BytesIO()
        self._document.save(file)
        return Exported(file.getvalue())

    def _describe(self, title: str, language: str) -> None:
        properties = self._document.core_properties
        properties.title = title[:255]
        properties.author = "studygroup"
        properties.comments = ""
        properties.language = language
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)

    def _set_look(self) -> None:
        """Set what differs from python-docx's own document: the page, and lists less spread out."""
        for name in _LIST_STYLES:
            form = self._document.styles[name].paragraph_format
            form.space_after = self._shared.Pt(_CLOSE)
            for apart in form.element.xpath("w:pPr/w:contextualSpacing"):
                apart.getparent().remove(apart)
        self._document.styles["Quote"].font.italic = False
        page = self._document.sections[0]
        page.page_width, page.page_height = self._shared.Mm(210), self._shared.Mm(297)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(page, side, self._shared.Mm(24))

    def _block(self, block: Block) -> Any:
        """Add a block and return its last paragraph."""
        match block.kind:
            case "heading":
                style = "Title" if block.level == 1 else f"Heading {block.level - 1}"
                return self._paragraph(block, style)
            case "item":
                style = _LIST_STYLES[min(block.level, len(_LIST_STYLES) - 1)]
                return self._paragraph(block, style)
            case "task":
                paragraph = self._paragraph(block, "Normal", before="☐\t")
                self._hang(paragraph, 6)
                paragraph.paragraph_format.space_after = self._shared.Pt(_CLOSE)
                return paragraph
            case "quote":
                paragraph = self._paragraph(block, "Quote")
                paragraph.paragraph_format.left_indent = self._shared.Mm(8)
                return paragraph
            case "label":
                paragraph = self._paragraph(block, "Normal", bold=True)
                if block.marker:
                    paragraph.add_run(f"  {block.marker}").font.size = self._shared.Pt(8)
                paragraph.paragraph_format.space_before = self._shared.Pt(3 * _CLOSE)
                paragraph.paragraph_format.space_after = self._shared.Pt(_CLOSE)
                return paragraph
            case "passage":
                paragraph = self._paragraph(block, "Normal", before=f"{block.marker}\t")
                self._hang(paragraph, 10, block.level * 8)
                paragraph.runs[0].font.size = self._shared.Pt(8)
                return paragraph
            case "room":
                return self._room(block.level)
            case "byline" | "text":
                paragraph = self._paragraph(block, "Normal")
                if block.kind == "byline":
                    paragraph.paragraph_format.space_after = self._shared.Pt(_CLOSE)
                return paragraph

    def _paragraph(self, block: Block, style: str, before: str = "", *, bold: bool = False) -> Any:
        paragraph = self._add()
        if style != "Normal":
            # By its id: by its name, python-docx goes through all styles for every paragraph.
            paragraph._p.style = self._style_ids[style]
        if before:
            paragraph.add_run(before)
        for run in block.runs:
            self._run(paragraph, run, bold=bold)
        return paragraph

    def _add(self) -> Any:
        """Add an empty paragraph: python-docx's own call goes through all paragraphs each time."""
        made = self._oxml.OxmlElement("w:p")
        self._end.addprevious(made)
        return self._text.Paragraph(made, self._document)

    def _run(self, paragraph: Any, run: Run, *, bold: bool) -> None:
        written = paragraph.add_run(run.text)
        if bold or run.style == "strong":
            written.bold = True
        match run.style:
            case "em":
                written.italic = True
            case "ins":
                written.font.underline = True
            case "del":
                written.font.strike = True
            case "code":
                written.font.name = "Courier New"
        if run.href:
            written.font.underline = True
            self._link(paragraph, written, run.href)

    def _link(self, paragraph: Any, written: Any, address: str) -> None:
        """Make a run a link, for which python-docx has no call: a relationship of the document."""
        relation = paragraph.part.relate_to(address, _HYPERLINK, is_external=True)
        link = self._oxml.OxmlElement("w:hyperlink")
        link.set(self._oxml.ns.qn("r:id"), relation)
        written._r.addprevious(link)
        link.append(written._r)

    def _hang(self, paragraph: Any, width: int, indent: int = 0) -> None:
        """Let a paragraph's first line hang out by `width` mm, for the mark before it."""
        form = paragraph.paragraph_format
        form.left_indent = self._shared.Mm(indent + width)
        form.first_line_indent = -self._shared.Mm(width)
        form.tab_stops.add_tab_stop(self._shared.Mm(indent + width))

    def _room(self, lines: int) -> Any:
        """Add empty lines to write on, all on one page: paragraphs with a border below each."""
        for number in range(lines):
            paragraph = self._add()
            form = paragraph.paragraph_format
            form.keep_with_next = number + 1 < lines or None
            form.line_spacing = self._shared.Pt(_LINE)
            form.space_after = self._shared.Pt(0 if number + 1 < lines else _LINE // 2)
            borders = self._oxml.OxmlElement("w:pBdr")
            for side in ("bottom", "between"):  # paragraphs alike share one border around them all
                border = self._oxml.OxmlElement(f"w:{side}")
                for name, value in _RULE:
                    border.set(self._oxml.ns.qn(f"w:{name}"), value)
                borders.append(border)
            paragraph._p.get_or_add_pPr().append(borders)
        return paragraph


def _kept(blocks: Sequence[Block]) -> set[int]:
    """Return which blocks stay on the page of the next one.

    Those are names, what has room below, and what a quotation or its source belongs to.
    """
    above_room: set[int] = set()
    for number in range(len(blocks) - 1, 0, -1):
        leads = blocks[number].kind == "room" or number in above_room
        if leads and blocks[number - 1].kind == "item":
            above_room.add(number - 1)
    names = {n for n, block in enumerate(blocks) if block.kind in ("label", "byline")}
    quoted = {n for n, b in enumerate(blocks[1:]) if b.kind == "quote" and b.level}
    return above_room | names | quoted
