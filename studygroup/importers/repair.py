"""Bytes of unknown make become clean text: encoding, mojibake, control characters, line ends."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

import charset_normalizer
import ftfy
import ftfy.badness

from studygroup.core.errors import CannotImport, Place

LARGEST = 64 * 1024 * 1024
"""The largest file that is read, in bytes; a book is one, a library is not."""
MOST_LINES = 250_000
"""The most lines that a text may have; the collected plays of Shakespeare stay below."""
LONGEST_TEXT = 16_000_000
"""The most characters, likewise: a long novel has three millions, the Bible five."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS_OF_BINARY = (
    (b"%PDF-", "a PDF, not a text"),
    (
        b"PK\x03\x04",
        "a ZIP archive (as Word and EPUB files are); save its text as a .txt file first",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file; save its text as a .txt file first"),
    (b"{\\rtf", "an RTF file; save its text as a .txt file first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
)

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\u2028\u2029]")
_ESCAPES = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    "|\x1b[\\]PX^_][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\\\)"  # OSC, DCS … with their text
    "|\x1b[ -/]*[0-~]?"  # all others
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_C1 = re.compile("[\x80-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Joiners shape Arabic, Indic and emoji; between ASCII they are only invisible. The two private
# characters are those that hold the place of a footnote's call while a text is read.
_ZERO_WIDTH = re.compile(
    "[\u200b\u2060-\u2064\ue000\ue001\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_INNER_SOFT_HYPHENS = re.compile("\u00ad(?![ \t]*\n)")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Repaired:
    """Clean text (lines end in `\\n`, pages may begin with `\\f`), and what was mended in it."""

    text: str
    repairs: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def repair(data: bytes, name: str) -> Repaired:
    """Decode and clean the bytes of the file called `name`.

    Raises CannotImport when they are no text: nothing, too much, a known binary kind, or NULs and
    control characters such as no text has.
    """
    text, warnings = decode(data, name)
    refuse_too_much(text, name)
    text, repairs = clean_text(text)
    if not text.strip():
        raise CannotImport("there is no text in this file", place=Place(name))
    return Repaired(text, repairs, warnings)


def refuse_too_much(text: str, name: str) -> None:
    """Raise CannotImport for more text than any one reading has: it would take minutes to read."""
    lines = text.count("\n") + text.count("\r")
    if lines > MOST_LINES or len(text) > LONGEST_TEXT:
        size = f"{lines:,} lines" if lines > MOST_LINES else f"{len(text):,} characters"
        what = f"there is too much text for one reading ({size})"
        most = f"At most {MOST_LINES:,} lines and {LONGEST_TEXT:,} characters"
        raise CannotImport(what, place=Place(name), hint=f"{most}: split it into parts.")


def clean_text(text: str) -> tuple[str, dict[str, int]]:
    """Decoded text with mojibake mended and `clean`, and counts of what was done."""
    text, mended = mend_mojibake(_LINE_ENDS.sub("\n", text))
    text, repairs = clean(_C1.sub(_windows_character, text))
    if mended:
        repairs["mojibake"] = mended
    return text, repairs


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Text of the bytes, and warnings about what could not be read for certain.

    A byte order mark decides; else UTF-8 when it is valid (or nearly, with strays read as cp1252);
    else cp1252 when letters beyond ASCII are as rare as in western languages; else what
    charset-normalizer finds the most coherent.
    """
    if not data.strip():
        raise CannotImport("the file is empty", place=Place(name))
    if len(data) > LARGEST:
        size = len(data) // (1024 * 1024)
        hint = "Split it into parts."
        raise CannotImport(f"the file is too large ({size} MB)", place=Place(name), hint=hint)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return text, _doubt(text.count("\ufffd"), encoding.removesuffix("-sig").upper())
    for magic, kind in _KINDS_OF_BINARY:
        if data.startswith(magic):
            raise CannotImport(f"this is {kind}", place=Place(name))
    if b"\0" in data:
        return _utf16_without_mark(data, name), ()
    _refuse_controls(data, name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_other(data)


def _refuse_controls(data: bytes, name: str) -> None:
    odd = len(data) - len(
        data.translate(None, bytes([*range(1, 8), *range(14, 27), *range(28, 32)]))
    )
    if odd > 8 and odd * 50 > len(data):
        raise CannotImport("this is a binary file, not a text", place=Place(name))


def _utf16_without_mark(data: bytes, name: str) -> str:
    """UTF-16 text that lacks its mark: nearly every second byte is NUL, all on the same side; or
    UTF-32: of four bytes at least two are, the outer ones.
    """
    for encoding, far in (("utf-32-le", 3), ("utf-32-be", 0)):
        if len(data) % 4 == 0 and not any(data[far::4]) and not any(data[abs(far - 1) :: 4]):
            return data.decode(encoding, errors="replace")
    even, odd = data[0::2].count(0), data[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if len(data) % 2 or least or most * 10 < len(data) * 4:
        raise CannotImport("this is a binary file (it contains NUL bytes)", place=Place(name))
    return data.decode("utf-16-be" if even else "utf-16-le", errors="replace")


def _decode_other(data: bytes) -> tuple[str, tuple[str, ...]]:
    lenient = data.decode("utf-8", errors="surrogateescape")
    strays = [char for char in lenient if "\udc80" <= char <= "\udcff"]
    good = sum(1 for char in lenient if char > "\x7f") - len(strays)
    if good > 3 * len(strays):
        text = re.sub("[\udc80-\udcff]", _as_cp1252, lenient)
        return text, _doubt(len(strays), "UTF-8")
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    letters = _LETTERS.findall(western)
    foreign = sum(1 for letter in letters if letter > "\x7f")
    if western and foreign * 4 <= len(letters):
        return western, ()
    guess = charset_normalizer.from_bytes(data[:200_000]).best()
    if guess is None:
        return data.decode("cp1252", errors="replace"), _doubt(1, "any encoding")
    text = data.decode(guess.encoding, errors="replace")
    return text, (f"The encoding was guessed: {guess.encoding}.",)


def _as_cp1252(match: re.Match[str]) -> str:
    return bytes([ord(match.group()) - 0xDC00]).decode("cp1252", errors="replace")


def _windows_character(match: re.Match[str]) -> str:
    """What a control character above ASCII is where text went through Latin-1: a Windows one."""
    return bytes([ord(match.group())]).decode("cp1252", errors="ignore")


def _doubt(count: int, encoding: str) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"{count} characters could not be read as {encoding} and may be wrong.",)


def clean(text: str) -> tuple[str, dict[str, int]]:
    """Text without what a terminal could obey or a reader could not see, and counts of it.

    Escape sequences, control characters, bidi overrides and zero-width characters go; every line
    end becomes `\\n`; a form feed stays, for it is where a page begins; a soft hyphen stays only at
    a line's end; ligatures become their letters and odd spaces plain ones.
    """
    repairs: dict[str, int] = {}
    text = _LINE_ENDS.sub("\n", text)
    for name, pattern in (
        ("terminal_escapes", _ESCAPES),
        ("control_characters", _CONTROLS),
        ("direction_marks", _BIDI),
        ("invisible_characters", _ZERO_WIDTH),
        ("soft_hyphens", _INNER_SOFT_HYPHENS),
    ):
        text, count = pattern.subn("", text)
        if count:
            repairs[name] = count
    text = _SPACES.sub(" ", text).translate(_LIGATURES).expandtabs(8) if text else text
    return text, repairs


def mend_mojibake(text: str) -> tuple[str, int]:
    """Text with lines that were decoded wrongly set right, and how many; curly quotes stay.

    The test and the cure are ftfy's (Robyn Speer): a line is touched only where its letters form
    sequences that no language has but UTF-8 read as another encoding does.
    """
    if text.isascii():
        return text, 0
    lines = text.split("\n")
    mended = 0
    for number, line in enumerate(lines):
        if line.isascii() or not ftfy.badness.is_bad(line):
            continue
        fixed = ftfy.fix_encoding(line)
        if fixed != line and "\n" not in fixed:
            lines[number] = fixed
            mended += 1
    return "\n".join(lines) if mended else text, mended
