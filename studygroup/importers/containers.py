"""What a file is that is no text: told from its first bytes, its members or its tags."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

_LOOK = 4096
"""How many bytes from the front may hold what tells a format."""

_PDF = re.compile(rb"%PDF-\d")
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)

FROM_LINE = re.compile(
    rb"(?m)^From \S[^\n]{0,120}(?:\d?\d:\d\d[^\n]{0,40}\d{4}(?: [+-]\d{4})?"
    rb"|\d{4} \d?\d:\d\d[^\n]{0,30})[ \t]*\r?\n"
    rb"(?=[!-9;-~]{1,76}:)"
)
"""The line that begins each mail of a mailbox, with the field of a head below it: the year stands
behind the time, or before it.
"""
_FIELD = re.compile(rb"([!-9;-~]{1,76}):[ \t]?")
_SURE = frozenset(
    {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"content-type"}
)
_HEAD_MOST = 20_000
"""How many bytes of a mail's head are looked at."""


def container(data: bytes) -> str | None:
    """The name of the format that bytes hold (`pdf`, `epub`, `docx`, `html`, `mail`), else None.

    A PDF may have up to 1,024 bytes before its mark, as readers of the format allow. What a ZIP
    archive is, its members tell; their names are compared only.
    """
    head = data[:_LOOK]
    if _PDF.search(head[:1024]):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if _HTML.match(head):
        return "html"
    return "mail" if _is_mail(data) else None


def container_of_members(path: Path) -> str | None:
    """The format of an archive that is too large to be read, by the names of its members."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _by_members(set(archive.namelist()))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None


def _archive(data: bytes) -> str | None:
    if data[30:58] == b"mimetypeapplication/epub+zip":
        return "epub"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _by_members(set(archive.namelist()))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None


def _by_members(names: set[str]) -> str | None:
    if "META-INF/container.xml" in names:
        return "epub"
    return "docx" if "word/document.xml" in names else None


def _is_mail(data: bytes) -> bool:
    """Whether bytes are a mailbox, or one mail with a head such as programs write.

    Several mails printed under each other are no mailbox: they are a thread.
    """
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:_HEAD_MOST]
    if FROM_LINE.match(begin):
        return True
    head = re.split(rb"\r?\n\r?\n", begin, maxsplit=1)[0]
    names = set()
    for line in head.splitlines():
        if line[:1] in (b" ", b"\t"):
            continue
        field = _FIELD.match(line)
        if field is None:
            return False
        names.add(field.group(1).lower())
    if b"from" not in names or not names & {b"date", b"subject"} or not names & _SURE:
        return False
    return len(re.findall(rb"(?m)^(?:Message-ID|From):", data, re.I)) < 4 or b"boundary=" in data
