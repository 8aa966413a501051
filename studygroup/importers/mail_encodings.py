"""Bodies of mails that an archive keeps as they were sent, without the field that says how."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from quopri import decodestring

_LOOK = 200
"""How many lines are looked at to see whether all of a body is encoded."""
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{20,76}={0,2}$")
_LAST = re.compile(rb"[A-Za-z0-9+/]{0,76}={0,2}$")
_SOFT_BREAK = re.compile(rb"(?m)^.{55,75}=\r?$")
_QUOTED = re.compile(rb"=(?:20|3D|[89A-F][0-9A-F])")
_FIRST_PART = re.compile(rb"\n\n+--([^\s\"]{1,70})\nContent-Type: ?[a-z]+/", re.I)
_SAYS_ITS_TYPE = re.compile(rb"(?im)^content-type:")
_ENOUGH = 2
_PRINTABLE = 0.95


def as_sent(data: bytes) -> bytes:
    """Return a body decoded if all of it is Base64, or if it is quoted-printable; else as it is."""
    rows = data.split()
    if _is_base64(rows):
        try:
            text = b64decode(b"".join(rows), validate=True)
        except (Error, ValueError):
            return data
        good = sum(byte >= 32 or byte in b"\t\n\r" for byte in text)
        return text if good >= _PRINTABLE * len(text) else data
    breaks = sum(1 for _, _ in zip(_SOFT_BREAK.finditer(data), range(_ENOUGH), strict=False))
    if breaks and len(_QUOTED.findall(data)) + breaks >= _ENOUGH:
        return decodestring(data)
    return data


def with_parts_told(mail: bytes) -> bytes:
    """Return a mail whose body begins as its first part does with the field that says so."""
    match = _FIRST_PART.search(mail)
    if (
        match is None
        or b"\n\n" in mail[: match.start()]
        or _SAYS_ITS_TYPE.search(mail, 0, match.start())
    ):
        return mail
    told = b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="%s"\n' % match.group(1)
    return told + mail


def _is_base64(rows: list[bytes]) -> bool:
    """Whether words are nothing but rows of Base64, all but the last of one length."""
    if len(rows) < _ENOUGH or not _LAST.match(rows[-1]):
        return False
    size = len(rows[0])
    return all(len(row) == size and _BASE64.match(row) for row in rows[:-1][:_LOOK])
