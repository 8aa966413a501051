"""What a file is that is no text: told from its first bytes, its members or its tags."""

from __future__ import annotations

import io
import re
import zipfile

_LOOK = 4096
"""How many bytes from the front may hold what tells a format."""

EPUB_MARK = b"mimetypeapplication/epub+zip"
"""What an EPUB has from its 31st byte on: name and words of its first member, not packed."""

_PDF = re.compile(rb"%PDF-\d")
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)


def container(data: bytes) -> str | None:
    """The name of the format that bytes hold (`pdf`, `epub`, `docx`, `html`), None for others.

    A PDF may have up to 1,024 bytes before its mark, as readers of the format allow. What a ZIP
    archive is, its members tell; their names are compared only.
    """
    head = data[:_LOOK]
    if _PDF.search(head[:1024]):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    return "html" if _HTML.match(head) else None


def _archive(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = set()
    if "META-INF/container.xml" in names or data[30:58] == EPUB_MARK:
        return "epub"
    return "docx" if "word/document.xml" in names else None
