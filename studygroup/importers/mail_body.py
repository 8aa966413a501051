"""What somebody wrote in a mail: the readable part, decoded, without signature and list footer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from studygroup.core.errors import CannotImport
from studygroup.importers.mail_encodings import as_sent
from studygroup.importers.mail_html import text_of_html
from studygroup.importers.repair import clean_text, decode

_SIGNATURE = re.compile(r"-- ?$")
_SENT_FROM = re.compile(
    r"(?:sent|get|von meinem|envoyé) (?:from|de|\w+) (?:my|mon|\w+)\b.{0,60}$", re.I
)
_FOOTER = re.compile(r"_{30,}$|-{30,}$")
_LIST = re.compile(r"mailing list|listinfo|unsubscribe|-request@|mailman", re.I)
_ORIGINAL = re.compile(
    r"-{3,}\s?(?:original message|forwarded message|ursprüngliche nachricht)\s?-{3,}", re.I
)
_HEAD = re.compile(
    r"\*?(?P<field>from|sent|date|to|cc|subject|von|gesendet|an|betreff|de|à|objet)\s?:\*?\s+(?P<value>\S.*)$",
    re.I,
)
_SUPERCITED = re.compile(r"(?:[A-Z]{1,3}|[a-z]{2,8})> ?")
_BEGINS_ATTRIBUTION = re.compile(r"(?:on|am|le|el|em|il|op|den)\s\S.{4,}", re.I)
_ENDS_ATTRIBUTION = re.compile(
    r"(?:\b(?:wrote|writes|said|schrieb|escribió|escreveu|schreef|skrev)\b.{0,40}"
    r"|a écrit\s?|ha scritto\s?):$",
    re.I,
)
_MAIL_ADDRESS = re.compile(r"\s*[<\[(](?:mailto:)?[^<>()\[\]\s]+@[^<>()\[\]]+[>\])]")
_NEXT_PART = re.compile(r"-{8,} next part -{8,}\s*$")
_SCRUBBED = re.compile(r"\b(?:attachment|message|part)\b.{0,60}\bscrubbed\b", re.I)
_SCRUBBED_FIELD = re.compile(
    r"(?:name|type|size|desc|url|from|subject|date|to|embedded)\s?:|skipped content of type\b"
    r"|(?:https?:|<)?\S*/attachments/\S*$|\S+\.(?:htm|html|bin|pgp|obj|txt|sig|asc|p7s)>?$",
    re.I,
)
_ANY_FIELD = re.compile(r"\*?[A-Z][\w-]{1,20}\s?:\*?\s+\S")
_HEAD_MOST = 16
"""How many lines a copied head may have."""
_BARE_MARK = re.compile(r"(>+)(?=[-=<*\d\w])")
_FOOTER_LINES = 12


@dataclass(slots=True)
class Body:
    """The text of a mail, its lines as its writer's program sent them, and counts of what went."""

    text: str = ""
    repairs: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, times: int = 1) -> None:
        """Add to the count of what was set aside or mended."""
        if times:
            self.repairs[name] = self.repairs.get(name, 0) + times


def body_of(message: Message) -> Body:
    """The body of a mail: its plain text, else its HTML as plain text with `>` where it quotes.

    Attachments are counted and left out. Signatures (below `-- `) and what a list adds to each of
    its mails go; an attribution broken over two lines becomes one line.
    """
    body = Body()
    plain: list[Message] = []
    marked: list[Message] = []
    for part in _parts(message):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in (
            "text/plain",
            "text/html",
        ):
            body.count("attachments")
        else:
            (plain if kind == "text/plain" else marked).append(part)
    texts = [_flowed(part, _text(part, body)) for part in plain]
    if not any(text.strip() for text in texts):
        texts = [text_of_html(_text(part, body)) for part in marked]
    kept = _without_footers(_without_scrubbed("\n\n".join(texts).split("\n"), body), body)
    body.text = "\n".join(_with_whole_attributions(_with_quotes_marked(kept)))
    return body


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a mail that hold something; a mail within the mail is none of its parts."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            inner = [one for one in part.get_payload() if isinstance(one, Message)]
            waiting += reversed(inner)
        elif part.get_content_type() != "message/rfc822":
            yield part


def _text(part: Message, body: Body) -> str:
    """A part's text: by the encoding it names if that is one, else as a file without a name."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    if part.get("content-transfer-encoding") is None:
        data = as_sent(data)
    text = _as_named(data, part.get_content_charset() or "")
    if text is None:
        try:
            text = decode(data, "")[0]
        except CannotImport:  # nothing, or no text: the mail is kept, with what else it has
            body.count("unreadable_parts", int(bool(data.strip())))
            return ""
    text, repairs = clean_text(text)
    for name, times in repairs.items():
        body.count(name, times)
    return text


def _as_named(data: bytes, charset: str) -> str | None:
    if charset in ("", "us-ascii", "ascii", "unknown-8bit"):
        return None
    if charset in ("iso-8859-1", "latin-1"):
        charset = "cp1252"  # which is what nearly every program means by it
    try:
        return data.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None


def _flowed(part: Message, text: str) -> str:
    """Text whose lines end in a space where they go on (RFC 3676, `format=flowed`), on one line."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    delete = str(part.get_param("delsp", "")).lower() == "yes"
    rows: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        if rows and open_depth == depth and words != "-- ":
            rows[-1] = (rows[-1][:-1] if delete else rows[-1]) + words
        else:
            rows.append(("> " * depth) + words)
        open_depth = depth if words.endswith(" ") and words != "-- " else -1
    return "\n".join(rows)


def _without_scrubbed(lines: list[str], body: Body) -> list[str]:
    """The lines without what a list's archive says of attachments that it took out."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if not _NEXT_PART.match(lines[at]):
            kept.append(lines[at])
            at += 1
            continue
        at += 1
        if at < len(lines) and _SCRUBBED.search(lines[at]):
            body.count("attachments")
            at += 1
            while at < len(lines) and _SCRUBBED_FIELD.match(lines[at]):
                at += 1
    return kept


def _without_footers(lines: list[str], body: Body) -> list[str]:
    """The lines without what a list's program adds at the end, and without the signature."""
    tail = max(0, len(lines) - 4 * _FOOTER_LINES)
    for at in range(len(lines) - 1, tail - 1, -1):
        if _FOOTER.match(lines[at].strip()) and _LIST.search(
            "\n".join(lines[at : at + _FOOTER_LINES])
        ):
            body.count("list_footers")
            lines = lines[:at]
            break
    for at, line in enumerate(lines):
        if _SIGNATURE.match(line) and not any(row.startswith(">") for row in lines[at:]):
            body.count("signatures")
            return lines[:at]
    while lines and (not lines[-1].strip() or _SENT_FROM.match(lines[-1].strip())):
        body.count("signatures", int(bool(lines[-1].strip())))
        lines = lines[:-1]
    return lines


def _with_quotes_marked(lines: list[str]) -> list[str]:
    """The lines with `>` before all that is quoted: what stands below a copy of the
    head of the mail that is answered, and what programs mark with initials (`MO> `).
    """
    lines = [
        _BARE_MARK.sub(r"\1 ", line, count=1) if _is_among_quoted(lines, at) else line
        for at, line in enumerate(lines)
    ]
    cited = [bool(_SUPERCITED.match(line.lstrip())) for line in lines]
    if sum(cited) > 1:
        lines = [
            "> " + _SUPERCITED.sub("", line.lstrip(), count=1) if yes else line
            for line, yes in zip(lines, cited, strict=True)
        ]
    for at, line in enumerate(lines):
        if line.startswith(">") or not (_ORIGINAL.match(line.strip()) or _HEAD.match(line.strip())):
            continue
        first = at + bool(_ORIGINAL.match(line.strip()))
        while first < len(lines) and not lines[first].strip():
            first += 1
        head, end = _copied_head(lines, first)
        if len(head) >= (2 if first > at else 3):
            sender = next(iter(head[name] for name in ("from", "von", "de") if name in head), "")
            when = next(
                iter(head[name] for name in ("sent", "date", "gesendet") if name in head), ""
            )
            said = ", ".join(part for part in (_MAIL_ADDRESS.sub("", sender), when) if part)
            return [
                *lines[:at],
                *([f"{said}:", ""] if said else []),
                *(f"> {row}" for row in lines[end:]),
            ]
    return lines


def _is_among_quoted(lines: list[str], at: int) -> bool:
    """Whether a line is marked as quoted, and one beside it too."""
    beside = (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])
    return lines[at].startswith(">") and any(line.startswith(">") for line in beside)


def _copied_head(lines: list[str], first: int) -> tuple[dict[str, str], int]:
    """The fields of a copied head that begins at a line, those that go on below included, and the
    line after it.
    """
    head: dict[str, str] = {}
    last = ""
    at = first
    while at < len(lines) and at < first + _HEAD_MOST and lines[at].strip():
        match = _HEAD.match(lines[at].strip())
        if match is not None:
            last = match.group("field").lower()
            head[last] = match.group("value")
        elif not last or (not _ANY_FIELD.match(lines[at]) and not _goes_on(lines, at)):
            break
        elif last in ("from", "von", "de") and not _ANY_FIELD.match(lines[at]):
            head[last] += " " + lines[at].strip()
        at += 1
    return head, at


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether a field follows within the lines that one may take."""
    return any(_HEAD.match(line.strip()) for line in lines[at + 1 : at + 3])


def _with_whole_attributions(lines: list[str]) -> list[str]:
    """The lines with each “On …, X wrote:” on one line, apart, and without the mail address."""
    rows: list[str] = []
    at = 0
    while at < len(lines):
        marks = re.match(r"[> ]*", lines[at])
        lead = marks.group() if marks else ""
        text = lines[at][len(lead) :].strip()
        for more in range(3) if _BEGINS_ATTRIBUTION.match(text) else ():
            whole = " ".join(
                lines[row].lstrip("> ").strip() for row in range(at, min(len(lines), at + more + 1))
            )
            if len(whole) < 300 and _ENDS_ATTRIBUTION.search(whole):
                rows += [lead.rstrip(), lead + _MAIL_ADDRESS.sub("", whole)]
                at += more + 1
                break
        else:
            rows.append(lines[at])
            at += 1
    return rows
