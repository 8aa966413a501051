"""ZIP archives and XML from strangers, read within bounds.

Member names are compared, never used as paths. Sizes are those the archive states: they are checked
before anything is inflated, and Python's reader gives no more than them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape
from xml.etree import ElementTree

from studygroup.core.errors import CannotImport

MOST_MEMBERS = 65_000
LARGEST_MEMBER = 32 * 1024 * 1024
LARGEST_TEXTS = 64 * 1024 * 1024
"""Bytes that may be inflated from one archive, all members that are read taken together."""

DEEPEST = 200
"""How many XML elements may stand inside each other; what converts them calls itself."""

STEEPEST = 200
"""How many times its packed size a member may have, from a megabyte up."""

_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
_KNOWN = re.compile(rb"utf-?8|utf-?16(?:[lb]e)?|us-ascii|ascii|iso-?8859-\d\d?|windows-125\d", re.I)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30});")


class Archive:
    """The members of a ZIP archive."""

    def __init__(self, data: bytes, what: str) -> None:
        """Open an archive; `what` names it in errors. Raises CannotImport for one that is damaged,
        encrypted, or beyond the bounds of this module.
        """
        self._what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise CannotImport(f"this {what} is damaged or incomplete") from error
        if len(members) > MOST_MEMBERS:
            raise CannotImport(f"this {what} holds too many files ({len(members):,})")
        self._members = {member.filename: member for member in members}
        self._left = LARGEST_TEXTS

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members."""
        return tuple(self._members)

    def read(self, name: str) -> bytes | None:
        """The bytes of a member, None when there is none of that name.

        Raises CannotImport for a member that is encrypted, damaged, or too large unpacked.
        """
        member = self._members.get(name)
        if member is None:
            return None
        if member.flag_bits & 0x1:
            raise CannotImport(f"this {self._what} is encrypted")
        size, packed = member.file_size, max(member.compress_size, 1)
        self._left -= size
        steep = size > 1024 * 1024 and size > STEEPEST * packed
        if size > LARGEST_MEMBER or self._left < 0 or steep:
            raise CannotImport(f"this {self._what} grows too large when it is unpacked")
        try:
            with self._zip.open(member) as file:
                return file.read(size)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise CannotImport(f"this {self._what} is damaged or incomplete") from error


def check_xml(data: bytes, what: str) -> None:
    """Raise CannotImport for XML that declares entities, or is in an encoding that hides it."""
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise CannotImport(f"this {what} declares XML entities, which are not allowed")
    found = _ENCODING.search(data[:400].replace(b"\0", b""))
    if found and not _KNOWN.fullmatch(found.group(1)):
        raise CannotImport(f"this {what} holds XML in an unknown encoding")


def read_xml(data: bytes, what: str) -> ElementTree.Element:
    """The root of an XML document, HTML's named characters included. Raises CannotImport."""
    check_xml(data, what)
    try:
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" not in data[:4]:
            data = _named(data)
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise CannotImport(f"this {what} is damaged: its XML cannot be read") from error
    if _is_too_deep(root):
        raise CannotImport(f"the XML in this {what} is nested too deeply to be a text")
    return root


def _is_too_deep(root: ElementTree.Element) -> bool:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _named(data: bytes) -> bytes:
    """XML with `&nbsp;` and the like as numbers."""
    text = data.decode("latin-1")

    def number(match: re.Match[str]) -> str:
        char = unescape(match.group())
        return "".join(f"&#{ord(c)};" for c in char) if char != match.group() else ""

    return _NAMED.sub(number, text).encode("latin-1")


def local(element: ElementTree.Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: ElementTree.Element, name: str) -> str:
    """The value of an attribute by its name without a namespace, empty when there is none."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
