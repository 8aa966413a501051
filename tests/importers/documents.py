"""Small writers of web pages, EPUBs and Word documents, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def archive(members: Mapping[str, str | bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def epub(
    chapters: Mapping[str, str],
    contents: str = "",
    ncx: str = "",
    metadata: str = "<dc:title>The Book</dc:title><dc:creator>Ana Writer</dc:creator>",
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An EPUB of members with the inside of their bodies, and lists of its contents as `<li>` or
    `<navPoint>` elements.
    """
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    if contents:
        items += (
            '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
    if ncx:
        items += '<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OPS/book.opf": (
            '<package xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{metadata}</metadata><manifest>{items}</manifest>"
            f'<spine toc="x">{refs}</spine></package>'
        ),
    }
    for name, body in chapters.items():
        members[f"OPS/{name}"] = f"<html><head><title/></head><body>{body}</body></html>"
    if contents:
        members["OPS/nav.xhtml"] = (
            f'<html><body><nav epub:type="toc"><ol>{contents}</ol></nav></body></html>'
        )
    if ncx:
        members["OPS/toc.ncx"] = f"<ncx><navMap>{ncx}</navMap></ncx>"
    return archive({**members, **(extra or {})})


def docx(
    body: str, styles: str = "", parts: Mapping[str, str] | None = None, core: str = ""
) -> bytes:
    """A Word document of the inside of its body, its styles, and further parts of `word/` (name
    without ending) such as `footnotes` and `comments`.
    """
    parts = {**(parts or {}), "styles": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>'}
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(parts)
    )
    members = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
    }
    for name, data in parts.items():
        members[f"word/{name}.xml"] = (
            data if data.startswith("<w:styles") else f'<w:{name} xmlns:w="{_W}">{data}</w:{name}>'
        )
    if core:
        members["docProps/core.xml"] = (
            '<core xmlns:dc="http://purl.org/dc/elements/1.1/">' + core + "</core>"
        )
    return archive(members)


def para(text: str, style: str = "", inside: str = "") -> str:
    """A paragraph of a Word document; `inside` is further XML after its words."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{properties}{run}{inside}</w:p>"


def style(identity: str, name: str, level: int | None = None, based_on: str = "") -> str:
    """A paragraph style; `level` is its outline level from 0."""
    outline = f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>' if level is not None else ""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f"{based}{outline}</w:style>"
    )


def sentences(count: int, word: str = "river") -> str:
    """Running text of so many sentences."""
    return " ".join(f"The {word} went past house number {n} without a sound." for n in range(count))


def titles(blocks: Sequence[object]) -> list[tuple[int, str]]:
    """Levels and words of the headings among blocks."""
    return [(b.level, b.text) for b in blocks if getattr(b, "kind", "") == "heading"]  # type: ignore[attr-defined]
