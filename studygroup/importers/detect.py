"""Which importer reads a file: decided from what it holds, not from its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport, Place, UsageError
from studygroup.importers import extracted_text, markdown, plain_text, thread
from studygroup.importers.comment_headers import find_headers
from studygroup.importers.containers import container, container_of_members
from studygroup.importers.lines import printed_lines
from studygroup.importers.repair import LARGEST, repair

FORMATS: Final[dict[str, Callable[[str, str], Draft]]] = {
    plain_text.FORMAT: plain_text.read,
    extracted_text.FORMAT: extracted_text.read,
    thread.FORMAT: thread.read,
    markdown.FORMAT: markdown.read,
}
"""The importers of texts by the names that `--format` takes."""


def _pdf(data: bytes, name: str) -> Draft:
    from studygroup.importers import pdf

    return pdf.read(data, name)


def _html(data: bytes, name: str) -> Draft:
    from studygroup.importers import html

    return html.read(data, name)


def _comments(data: bytes, name: str) -> Draft:
    from studygroup.importers import html_thread

    return html_thread.read(data, name)


def _epub(data: bytes, name: str) -> Draft:
    from studygroup.importers import epub

    return epub.read(data, name)


def _docx(data: bytes, name: str) -> Draft:
    from studygroup.importers import docx

    return docx.read(data, name)


def _mail(data: bytes, name: str) -> Draft:
    from studygroup.importers import mail

    return mail.read(data, name)


BYTE_FORMATS: Final[dict[str, Callable[[bytes, str], Draft]]] = {
    "pdf": _pdf,
    "html": _html,
    "epub": _epub,
    "docx": _docx,
    "mail": _mail,
}
"""The importers of what is no text before it is read, likewise; each loads its parser when called.

Each takes the bytes of a file and a title in case they give none, and raises CannotImport when no
text is to be had from them.
"""


LARGEST_BOOK = 1024 * 1024 * 1024
"""Bytes of an EPUB: mostly pictures, which stay packed; its texts have bounds of their own."""


def read(path: Path, format: str | None = None) -> Draft:
    """Read a stranger's file, with the importer named or the one that its content asks for.

    Raises UsageError for a format that doesn't exist, and CannotImport, naming the file, when there
    is no text to be had: no such file, a folder, not permitted, empty, binary, too large.
    """
    if format is not None and format not in (*FORMATS, *BYTE_FORMATS):
        known = ", ".join((*FORMATS, *BYTE_FORMATS))
        raise UsageError(f"there is no format “{format}”", hint=f"The formats are: {known}.")
    data = _bytes(path)
    try:
        draft = _draft(data, title_from(path.stem), format, str(path))
    except CannotImport as error:
        raise CannotImport(error.what, place=Place(str(path)), hint=error.hint) from error
    return replace(draft, digest=sha256(data).hexdigest())


def _draft(data: bytes, title: str, format: str | None, name: str) -> Draft:
    """The draft of a file's bytes, by the importer named or the one that they ask for."""
    held = container(data)
    chosen = format or held
    if format == thread.FORMAT and held == "html":
        return _comments(data, title)
    if chosen in BYTE_FORMATS:
        draft = BYTE_FORMATS[chosen](data, title)
        if not draft.blocks:
            raise CannotImport("no text was found in it", hint="Is it made of pictures only?")
        return draft
    repaired = repair(data, name)
    draft = FORMATS[format or detect(repaired.text)](repaired.text, title)
    return replace(
        draft,
        repairs={**repaired.repairs, **draft.repairs},
        warnings=(*repaired.warnings, *draft.warnings),
    )


def detect(text: str) -> str:
    """The format that a text asks for.

    Comment heads make a thread; else marks of Markdown, when the text has more than it could have
    by accident and no pages, Markdown; else blank lines between printed lines, or pages, text taken
    from a PDF.
    """
    if markdown.has_front_matter(text):
        return markdown.FORMAT
    if find_headers(printed_lines(text)):
        return thread.FORMAT
    if "\f" not in text and markdown.looks_like_it(text):
        return markdown.FORMAT
    return extracted_text.FORMAT if extracted_text.looks_like_it(text) else plain_text.FORMAT


def title_from(stem: str) -> str:
    """A title from a file's name: its words, the first with a capital."""
    words = re.sub(r"[\s_]+|(?<=\w)-(?=\w)", " ", stem).strip()
    return words[:1].upper() + words[1:]


def _largest(path: Path) -> int:
    """How many bytes a file may have; an EPUB more, of which pictures stay packed."""
    return LARGEST_BOOK if container_of_members(path) == "epub" else LARGEST


def _bytes(path: Path) -> bytes:
    place = Place(str(path))
    try:
        if path.is_dir():
            raise CannotImport("this is a folder; name the files in it", place=place)
        if not path.is_file() and path.exists():
            raise CannotImport("this is no ordinary file", place=place)
        size = path.stat().st_size if path.exists() else 0
        if size > LARGEST and size > _largest(path):
            raise CannotImport(
                f"the file is too large ({size // (1024 * 1024)} MB)",
                place=place,
                hint="Split it into parts.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CannotImport("there is no such file", place=place) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise CannotImport(f"it cannot be read ({reason or error})", place=place) from error
