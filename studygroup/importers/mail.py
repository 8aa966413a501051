"""Mail: a mailbox (mbox, a list's text archive) or one message (`.eml`) as a thread of comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from itertools import groupby
from typing import TypeGuard

from studygroup.core.draft import Block, Draft
from studygroup.core.errors import CannotImport
from studygroup.importers.comment_headers import subject_of
from studygroup.importers.containers import FROM_LINE
from studygroup.importers.hyphens import Hyphens
from studygroup.importers.inline import to_markdown
from studygroup.importers.layout import Layout, len_of, read_layout
from studygroup.importers.lines import Line, printed_lines
from studygroup.importers.mail_body import Body, body_of
from studygroup.importers.mail_encodings import with_parts_told
from studygroup.importers.paragraphs import Joined, join_lines
from studygroup.importers.repair import LONGEST_TEXT, clean_text
from studygroup.importers.replies import Comment, conversation
from studygroup.importers.thread import comment_blocks

FORMAT = "mail"

_ID = re.compile(r"<[^<>\s]{1,400}>")
_WHOLE_HEAD = re.compile(
    rb"From:[^\n]{1,400}\n(?:[ \t][^\n]{0,400}\n){0,3}Date:[^\n]{1,200}\n", re.I
)
_NAMED = re.compile(r"\(([^()]{1,100})\)\s*$")
_BESIDE = re.compile(r"([^@<>]{1,100}\S)\s+[^\s@<>]{1,100}@[^\s@<>]{1,100}$")
"""A name with an address beside it that nothing sets off."""
_PARTS_MOST = 150
"""How many nested or sibling parts a mail may have; the body of one with more is read as it is."""
_MEASURABLE = 12
"""From this many lines on a mail tells by itself how its lines are set."""
_TYPED = Layout(0, explicit=True, width=72.0, measure=len_of)
"""How mails are set that are too short to tell: lines up to 72 characters, paragraphs apart."""


@dataclass(frozen=True, slots=True)
class _Mail:
    """The head of a mail, and its body as blocks."""

    name: str
    date: datetime | None
    printed_date: str
    subject: str
    id: str
    answers: tuple[str, ...]
    blocks: tuple[Block, ...] = ()

    @property
    def heading(self) -> str:
        date = f"{self.date:%Y-%m-%d %H:%M}" if self.date else self.printed_date
        return " · ".join(part for part in (self.name, date) if part)


def read(data: bytes, name: str) -> Draft:
    """Read mails as a thread: one section each, replies below what they answer.

    What a mail answers is told by its In-Reply-To and References (the rule is that of Jamie
    Zawinski's “message threading”), else by its subject. `name` becomes the title when no
    subject is that of more than half of the mails. Raises CannotImport when no mail holds any text.
    """
    repairs: dict[str, int] = {}
    left = LONGEST_TEXT
    mails = []
    for message, body in _messages(data):
        left -= len(body.text)
        if left < 0:
            raise CannotImport(
                f"there is more text in these mails than one reading can have ({LONGEST_TEXT:,}"
                " characters)",
                hint="Split the mailbox into parts.",
            )
        mails.append(_read_one(message, body, repairs))
    mails = _each_once([mail for mail in mails if mail.blocks], repairs)
    if not mails:
        raise CannotImport("there is no mail with text in this file")
    parents = _parents(mails)
    title = _title([subject_of(mail.subject) for mail in mails], name)
    comments = [
        Comment(mail.name, mail.heading, _with_subject(mails, at, parents, title), parents[at])
        for at, mail in enumerate(mails)
    ]
    years = [mail.date.year for mail in mails if mail.date]
    return Draft(
        FORMAT,
        title,
        tuple(conversation(comments)),
        year=min(years, default=None),
        kind="thread",
        repairs={"comments": len(mails), **repairs},
    )


def _each_once(mails: Sequence[_Mail], repairs: dict[str, int]) -> list[_Mail]:
    """The mails without copies of one that is there before, as archives made twice have them."""
    found = {
        (mail.id, mail.heading, mail.blocks) if mail.id else at: mail
        for at, mail in enumerate(mails)
    }
    if len(found) < len(mails):
        repairs["copies"] = len(mails) - len(found)
    return list(found.values())


def _messages(data: bytes) -> Iterator[tuple[Message, Body]]:
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")
    starts = _starts(data)
    ends = [*(begin for begin, _ in starts[1:]), len(data)]
    for (_, first), end in zip(starts, ends, strict=True):
        piece = data[first:end]
        if len(starts) > 1 or first:
            piece = re.sub(rb"(?m)^>(>*From )", rb"\1", piece)
        message = BytesParser(policy=compat32).parsebytes(
            _flat(piece)
            if piece.lower().count(b"content-type:") > _PARTS_MOST
            else with_parts_told(piece)
        )
        yield message, body_of(message)
        for part in message.walk():  # a digest's mails, or one that was passed on
            if part.get_content_type() == "message/rfc822" and part.is_multipart():
                yield from ((one, body_of(one)) for one in part.get_payload() if _is_mail(one))


def _is_mail(part: object) -> TypeGuard[Message]:
    return isinstance(part, Message)


def _starts(data: bytes) -> list[tuple[int, int]]:
    """Where each mail's `From ` line begins and its head does; one mail for a file without them.

    Archives of lists leave no blank line above it where a mail ended without a line end; then it
    has a whole head below it.
    """
    found = []
    for match in FROM_LINE.finditer(data):
        before = data[max(0, match.start() - 3) : match.start()].replace(b"\r", b"")
        if not before or before.endswith(b"\n\n") or _WHOLE_HEAD.match(data, match.end()):
            found.append((match.start(), match.end()))
    return found if found and found[0][0] == 0 else [(0, 0), *found]


def _flat(piece: bytes) -> bytes:
    """A mail without what says that it has parts."""
    head, gap, body = piece.partition(b"\n\n")
    kept = re.sub(rb"(?im)^content-type:[^\n]*\n(?:[ \t][^\n]*\n)*", b"", head + b"\n")
    return kept + gap[1:] + body


def _read_one(message: Message, body: Body, repairs: dict[str, int]) -> _Mail:
    for name, times in body.repairs.items():
        repairs[name] = repairs.get(name, 0) + times
    joined = _joined(printed_lines(body.text))
    blocks, tags = comment_blocks(joined.paras)
    for name, times in {**joined.repairs, "tags": tags}.items():
        if times:
            repairs[name] = repairs.get(name, 0) + times
    date, printed = _date(_field(message, "date"))
    ids = [
        *_ID.findall(_field(message, "in-reply-to"))[:1],
        *reversed(_ID.findall(_field(message, "references"))),
    ]
    own_id = _ID.search(_field(message, "message-id"))
    return _Mail(
        _sender(_field(message, "from")),
        date,
        printed,
        _field(message, "subject"),
        own_id.group() if own_id else "",
        tuple(ids),
        tuple(blocks),
    )


def _joined(lines: Sequence[Line]) -> Joined:
    """The paragraphs of a mail: what it quotes was set by another program than what it says."""
    layouts = {
        quoted: read_layout(part) if len(part) >= _MEASURABLE else _TYPED
        for quoted in (False, True)
        if (part := [line for line in lines if bool(line.quoted) is quoted])
    }
    hyphens = Hyphens.of(line.text for line in lines)
    whole = Joined([])
    for quoted, run in groupby(lines, key=lambda line: bool(line.quoted)):
        joined = join_lines(list(run), layouts[quoted], hyphens, _is_attribution)
        whole.paras += joined.paras
        for name, times in joined.repairs.items():
            whole.repairs[name] = whole.repairs.get(name, 0) + times
    return whole


def _is_attribution(text: str) -> bool:
    return text.endswith("wrote:")


def _field(message: Message, name: str) -> str:
    """A field of the head as text on one line, encoded words decoded; "" where there is none."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        pieces = [_decoded(text, charset) for text, charset in decode_header(value)]
    except (HeaderParseError, ValueError):
        pieces = [str(value)]
    return " ".join(clean_text("".join(pieces))[0].split())


def _decoded(text: str | bytes, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    for encoding in (charset or "ascii", "utf-8"):
        try:
            return text.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return text.decode("cp1252", errors="replace")


def _sender(field: str) -> str:
    """Who wrote a mail: the name beside the address, else the address up to its `@`."""
    if (match := _NAMED.search(field)) is not None:
        return match.group(1).strip("\"' ")
    if (match := _BESIDE.match(field)) is not None:
        return match.group(1).strip("\"' ")
    name, address = parseaddr(field)
    name = name.strip("\"' ")
    if name and "@" not in name and " at " not in field:
        return name
    bare = re.split(r"@| at ", address or field)[0].strip("<\"' ")
    return name if name and "@" not in name and not bare else bare or "Unknown"


def _date(field: str) -> tuple[datetime | None, str]:
    try:
        return parsedate_to_datetime(field), ""
    except (TypeError, ValueError, IndexError, OverflowError):
        return None, field[:40]


def _parents(mails: Sequence[_Mail]) -> list[int | None]:
    """The place of the mail that each answers: the nearest that it names, else the first mail with
    the subject that it answers.
    """
    known: dict[str, int] = {}
    for at, mail in enumerate(mails):
        if mail.id:
            known.setdefault(mail.id, at)
    subjects: dict[str, int] = {}
    parents: list[int | None] = []
    for at, mail in enumerate(mails):
        named = next((known[name] for name in mail.answers if known.get(name, at) != at), None)
        subject = subject_of(mail.subject).casefold()
        answers = bool(mail.answers) or mail.subject.casefold().startswith(("re:", "aw:", "sv:"))
        if named is None and answers and subject:
            named = subjects.get(subject)
        parents.append(named)
        if subject:
            subjects.setdefault(subject, at)
    return parents


def _title(subjects: Sequence[str], name: str) -> str:
    """The subject of more than half of the mails, else `name`."""
    first: dict[str, str] = {}
    counts: dict[str, int] = {}
    for subject in subjects:
        key = subject.casefold()
        first.setdefault(key, subject)
        counts[key] = counts.get(key, 0) + 1
    most = max(counts, key=counts.__getitem__)
    return first[most] if most and counts[most] * 2 > len(subjects) else name


def _with_subject(
    mails: Sequence[_Mail], at: int, parents: Sequence[int | None], title: str
) -> tuple[Block, ...]:
    """A mail's blocks, below its subject where that is neither the title nor its parent's."""
    subject = subject_of(mails[at].subject)
    parent = parents[at]
    above = title if parent is None else subject_of(mails[parent].subject)
    if not subject or subject.casefold() in (title.casefold(), above.casefold()):
        return mails[at].blocks
    return (Block("paragraph", f"**{to_markdown(subject)}**"), *mails[at].blocks)
