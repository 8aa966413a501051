"""Writers of web pages, EPUBs and Word documents for the table “importing”."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

_HEAD = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{}</title></head><body>{}</body></html>'
_OPS = "http://www.idpf.org/2007/ops"
_CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)

Sections = tuple[tuple[str, tuple[str, ...]], ...]


def write_page(title: str, sections: Sections, furniture: str, path: Path) -> None:
    """Write a page of a news site: the text among menus, boxes, invitations and comments."""
    parts = []
    for number, (head, paragraphs) in enumerate(sections):
        parts.append(f"<h2>{escape(head)}</h2>" + _paragraphs(paragraphs))
        if number % 3 == 1:
            parts.append(f'<div class="promo-box"><p>{furniture}</p><a href="/a">Join us</a></div>')
    menu = "".join(f'<li><a href="/{n}">Topic {n}</a></li>' for n in range(12))
    path.write_text(
        f"<!doctype html><html><head><title>{title} | {furniture}</title></head><body>"
        f'<header class="site-header"><p>{furniture}</p><nav><ul>{menu}</ul></nav></header>'
        f'<div class="wrap"><div class="story"><h1>{title}</h1>{"".join(parts)}</div>'
        f'<div class="sidebar"><h3>Most read</h3><ul>{menu}</ul><p>{furniture}</p></div></div>'
        f'<div class="cookie-banner"><p>This page keeps cookies for the {furniture}.</p></div>'
        f'<div id="comments"><h3>2 comments</h3><p>I was there, at the {furniture}.</p></div>'
        f"<footer><p>{furniture}</p></footer></body></html>",
        encoding="utf-8",
    )


def write_book(title: str, sections: Sections, furniture: str, path: Path) -> None:
    """Write an EPUB of a title page, an imprint and a file for each section."""
    members = {
        "title": f"<h1>{title}</h1>",
        "imprint": f"<h2>Imprint</h2><p>{furniture}</p>",
        **{
            f"s{number}": f"<h2>{escape(head)}</h2>" + _paragraphs(paragraphs)
            for number, (head, paragraphs) in enumerate(sections)
        },
    }
    heads = ["Title page", "Imprint", *(head for head, _ in sections)]
    listed = "".join(
        f'<li><a href="{name}.xhtml">{escape(head)}</a></li>'
        for name, head in zip(members, heads, strict=True)
    )
    files = {
        "META-INF/container.xml": _CONTAINER,
        "OPS/book.opf": _package(title, members),
        "OPS/nav.xhtml": _HEAD.format(
            title,
            f'<nav xmlns:epub="{_OPS}" epub:type="toc"><ol>{listed}</ol></nav>',
        ),
        **{f"OPS/{name}.xhtml": _HEAD.format(title, body) for name, body in members.items()},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in files.items():
            file.writestr(name, text)


def _package(title: str, members: Mapping[str, str]) -> str:
    kind = 'media-type="application/xhtml+xml"'
    items = "".join(f'<item id="{name}" href="{name}.xhtml" {kind}/>' for name in members)
    spine = "".join(f'<itemref idref="{name}"/>' for name in members)
    return (
        '<package version="3.0" unique-identifier="u" xmlns="http://www.idpf.org/2007/opf">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="u">lanterns</dc:identifier><dc:title>{title}</dc:title>'
        "<dc:language>en</dc:language></metadata>"
        f'<manifest><item id="nav" properties="nav" href="nav.xhtml" {kind}/>{items}</manifest>'
        f"<spine>{spine}</spine></package>"
    )


def write_word(title: str, sections: Sections, furniture: str, path: Path) -> None:
    """Write a Word document with a running head, and headings in Word's own styles."""
    docx: Any = __import__("docx")
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = furniture
    document.add_heading(title, 0)
    for head, paragraphs in sections:
        document.add_heading(head, 1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    document.save(str(path))


def _paragraphs(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
