"""A PDF → Draft."""

from __future__ import annotations

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport

FORMAT = "pdf"


def read(data: bytes, name: str) -> Draft:
    """Read the bytes of a PDF; `name` becomes its title when it gives none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise CannotImport("this PDF cannot be opened: it is damaged or incomplete") from error
    with document:
        text = "\n\f".join(page.get_textpage().get_text_range() for page in document)
    from studygroup.importers import extracted_text
    from studygroup.importers.repair import clean

    if not text.strip():
        raise CannotImport("there is no text in this PDF")
    return extracted_text.read(clean(text)[0], name)
