"""The lines above comments: who wrote, and when; and whether a text is a thread of them.

A form of header counts when it occurs more than once, each time alone at the beginning of a
paragraph with text below. Forms without a date must occur oftener, for an essay too may say
“Proyect writes:”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studygroup.importers.lines import Line, word_set

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_TIME = (
    r"(?:,?\s*(?:at|@|-|–|»|•)?\s*\(?(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::\d\d)?"
    r"\s?(?P<half>[ap]\.?m\.?)?\)?(?:\s?[A-Z]{2,4})?(?:\s?[+-]\d{4})?(?:\s\([A-Z]{2,5}\))?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_AGE = (
    r"(?:(?:about|over|almost|nearly) )?(?:an? |\d{1,3}\s?)"
    r"(?:minute|hour|day|week|month|year|yr|mo|min|h|d|w|y)s?\s+ago"
)
_DATE = (
    rf"(?P<date>{_WEEKDAY}"
    rf"(?:(?P<month3>{_MONTH})\s+(?P<day3>\d{{1,2}})\s+(?P<hour3>\d\d):(?P<minute3>\d\d)(?::\d\d)?"
    r"(?:\s[A-Z]{2,5})?\s(?P<year3>\d{4})"
    rf"|(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<month2>{_MONTH}),?\s+(?P<year2>\d{{4}})"
    rf"|(?P<iso>\d{{4}}-\d\d-\d\d)|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}){_TIME})"
    rf"|{_AGE})"
)
_NAME = (
    r"(?P<name>[^\s:|•·,;.?!\"“”<>()\[\]][^:|•·,;?!\"“”<>()\[\]]{0,38}?"
    r"(?:\s\([^\W\d][^()<>\d]{0,29}\))?)"
)
_NUMBER = r"(?:#?(?P<number>\d{1,4})[.):]?\s+)?"
_BULLET = r"(?:[•*·◦▪]\s+)?(?:\d{1,4}\.\s+(?=\[))?(?:\[[\w./-]{1,24}\]\s+)?"
"""What may stand before a head: a bullet, and what a browser without pictures puts for one."""
_ROLES = r"(?:guest|member|user|visitor|admin(?:istrator)?|moderator|author|registered|anonymous)"

_FORMS: dict[str, re.Pattern[str]] = {
    name: re.compile(f"{_BULLET}{pattern}$", re.I)
    for name, pattern in {
        "role": rf"{_NUMBER}{_ROLES}\s+[-–—]\s+{_NAME}(?:\s+[-–—|•·,]?\s*{_DATE})?",
        "posted by": rf"{_NUMBER}(?:re: .{{1,80}} )?"
        rf"(?:(?:post(?:ed)?|comment(?:ed)?|submitted|reply|written)\s+)?by:?\s+{_NAME}"
        rf"\s*(?:\bon\b|\bat\b|[-–—|•·,»(])?\s*{_DATE}\)?\s*:?",
        "posted by, undated": rf"{_NUMBER}(?:posted|comment|reply) by:?\s+{_NAME}\s*:?",
        "says, dated": rf"{_NUMBER}{_NAME}\s+(?:says|said|wrote|writes|commented|replied)"
        rf"\s*(?:on|at|:|,|(?:,? in reply)? to (?P<reply>[^:]{{1,40}}?):?)?\s*{_DATE}\s*:?",
        "replies": rf"{_NUMBER}{_NAME}(?:\s+mod)?"
        r"\s*(?:[>▸►▶›→↪]|(?:replied|replying|in reply) to)\s*"
        r"(?P<reply>[^:|•·,;?!\"“”<>()\[\]]{1,40}?)"
        rf"\s*(?:\bon\b|\bat\b|[-–—|•·,»(])?\s*{_DATE}\)?\s*:?",
        "dated, says": rf"{_NUMBER}(?:on|at)?\s*{_DATE},?\s+{_NAME}"
        rf"\s+(?:says|said|wrote|commented|replied)\s*:?",
        "on date": rf"{_NUMBER}{_NAME}\s*(?:\bon\b|\bat\b|[-–—|•·,»(])\s*{_DATE}\)?"
        r"(?:\s+(?:said|says|wrote))?\s*:?",
        "from": r"From:\s+(?P<name>[^<>@]{2,40}?|\S+@\S+)(?:\s*[<(][^<>()]+[>)])?",
        "says": rf"{_NUMBER}{_NAME}\s+(?:says|said|commented|replied|wrote)\s*(?::|\.\.\.|…)",
        "aged": r"(?:\[[–+-]\]\s*)?(?P<name>[^\s:|,;\"“”<>\[\]]{2,40})\s+(?:-?\d+ points?\s+)?"
        rf"(?P<date>{_AGE})(?:\s*[|(].*)?",
    }.items()
}
_MAIL_FIELD = re.compile(
    r"(?P<field>date|sent|to|cc|subject|reply-to|message-id|in-reply-to|references|x-[\w-]+):"
    r"\s*(?P<value>.*)$",
    re.I,
)
_REPLY = re.compile(r"(?:(?:re|aw|fwd?|sv)\s*:\s*|\[[^\]]{1,30}\]\s*)+", re.I)
_MBOX_LINE = re.compile(r"From \S+(?: at \S+)?\s+\w{3} \w{3} +\d.*\d{4}$")
_INITIAL = re.compile(r"\b\w{1,2}\.$")
_ADDRESS = re.compile(r"\s+\S+ at(?: \S+)?$|\s*[<(][^<>()]*@[^<>()]*[>)]$")
_NEEDED = {"says": 3, "aged": 3, "posted by, undated": 2, "from": 2}
_DATE_LINE = re.compile(
    rf"(?:[•·|]\s*|(?:posted|on|sent|date)\s*:?\s+)?{_DATE}(?:\s*[•·|].*)?$", re.I
)
_LONGEST = 140
"""Characters up to which a line may be the head of a comment."""
_ANY_DATE = re.compile(_DATE, re.I)
_LONGEST_DATED = 200
_NOT_NAMES = word_set(
    """he she they it we i you who one as and but or so then that this what which there here
    according posted comment submitted reply written by re date subject to cc received for from in
    at on of with"""
)
_PARTICLES = word_set("de da di la le van von der den du del al bin")
_ANSWERS = re.compile(
    r"(?:in reply|replying|reply|in response) to:?\s+@?(?P<name>[^:,;?!]{2,40}?)"
    r"(?:['’]s (?:comment|post))?\.?$",
    re.I,
)
_CHROME = re.compile(
    r"(?:reply|permalink|link|share|likes?|report|flag|quote|edit|delete|log in to reply|reply ↓"
    r"|embed|save|\d* ?[•·] ?reply [•·] ?share ›?|upvote|downvote|see more|show more"
    r"|\d+ (?:likes?|repl(?:y|ies)|votes?)"
    r"|vote (?:up|down))$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a comment: who wrote it, when (as `2011-05-17` where that can be read), and its
    number; `subject` is a mail's; `lines` is how many lines it takes; `reply` is the name of whom
    it answers.
    """

    name: str
    date: str = ""
    number: str = ""
    lines: int = 1
    subject: str = ""
    reply: str = ""

    @property
    def heading(self) -> str:
        """The heading of the comment's section."""
        parts = (self.name, self.date, f"#{self.number}" if self.number else "")
        return " · ".join(part for part in parts if part)


def find_headers(lines: Sequence[Line]) -> dict[int, Header]:
    """The comment headers among printed lines, by place; empty when the text is no thread."""
    found: dict[str, dict[int, Header]] = {}
    for at, line in enumerate(lines):
        if len(line.text) > _LONGEST:
            continue
        for form, pattern in _FORMS.items():
            if (bare := _header(pattern, line.text)) is None:
                continue
            header = _with_lines_below(bare, form, lines, at)
            if not _only_introduces(form, header, lines, at):
                found.setdefault(form, {})[at] = header
                break
    if two_lines := _names_above_dates(lines):
        found["above a date"] = two_lines
    headers: dict[int, Header] = {}
    for form, places in found.items():
        if len(places) >= _NEEDED.get(form, 2) and _has_text(lines, places):
            headers |= places
    return dict(sorted(_with_subject_above(header, lines, at) for at, header in headers.items()))


def _only_introduces(form: str, header: Header, lines: Sequence[Line], at: int) -> bool:
    """Whether a line is no head of a comment but says whom the lines below it quote, or ends a
    paragraph of a story: “… and then she said:”.
    """
    if "says" not in form:
        return False
    if lines[min(at + header.lines, len(lines) - 1)].quoted > lines[at].quoted:
        return True
    words = header.name.split()
    named = len(words) == 1 or all(word[0].isupper() for word in words if word not in _PARTICLES)
    return form == "says" and not (named or header.date)


def _with_subject_above(header: Header, lines: Sequence[Line], at: int) -> tuple[int, Header]:
    """The place of a header and the header, the subject that stands above it included."""
    if not at or not _REPLY.match(lines[at - 1].text) or lines[at].gap > 1 or header.subject:
        return at, header
    return at - 1, replace(header, subject=lines[at - 1].text, lines=header.lines + 1)


def _with_lines_below(header: Header, form: str, lines: Sequence[Line], at: int) -> Header:
    """The header with the lines below that belong to it: a date, the other heads of a mail."""
    if form == "from":
        return _mail_header(header, lines, at)
    if header.date or at + 2 >= len(lines) or len(lines[at + 1].text) >= 80:
        return header
    match = _DATE_LINE.match(lines[at + 1].text)
    if match is None:
        return header
    return replace(header, date=_date(match.groupdict()), lines=2)


def _mail_header(header: Header, lines: Sequence[Line], at: int) -> Header:
    date, subject, count = header.date, "", 1
    for line in lines[at + 1 : at + 12]:
        match = _MAIL_FIELD.match(line.text)
        if match is None or line.gap > 1:
            break
        count += 1
        value = match.group("value")
        if match.group("field").lower() in ("date", "sent"):
            found = _DATE_LINE.match(value)
            date = _date(found.groupdict()) if found else value
        elif match.group("field").lower() == "subject":
            subject = value
    return replace(header, date=date, subject=subject, lines=count)


def _header(pattern: re.Pattern[str], text: str) -> Header | None:
    match = pattern.match(text)
    if match is None:
        return None
    groups = match.groupdict()
    name = " ".join(groups["name"].split())
    first, *others = name.split() or [""]
    if not name or len(others) > 4:
        return None
    if first.lower() in _NOT_NAMES and not (others and others[0][0].isupper()):
        return None
    reply = " ".join((groups.get("reply") or "").split())
    return Header(name, _date(groups), groups.get("number") or "", reply=reply)


def _names_above_dates(lines: Sequence[Line]) -> dict[int, Header]:
    """Headers of two lines: a name alone, a date alone below it."""
    found: dict[int, Header] = {}
    for at in range(len(lines) - 2):
        if len(lines[at].text) > _LONGEST or len(lines[at + 1].text) > 80:
            continue
        name, below = _ADDRESS.sub("", lines[at].text), lines[at + 1].text
        if len(name) > 40 or len(name.split()) > 5:
            continue
        if ": " in name or name[-1:] in "?!,;:" or (name[-1] == "." and not _INITIAL.search(name)):
            continue
        match = _DATE_LINE.match(below)
        if match and not _DATE_LINE.match(name) and not _CHROME.match(name):
            found[at] = Header(name.lstrip("•*· "), _date(match.groupdict()), "", 2)
    return found


def _has_text(lines: Sequence[Line], places: dict[int, Header]) -> bool:
    """Whether text stands below most headers, and not only a quotation that the line announces."""
    below = [
        lines[at + header.lines].text
        for at, header in places.items()
        if at + header.lines < len(lines)
    ]
    good = [text for text in below if text[0] not in "“«„"]
    return len(good) * 2 > len(below)


def _date(groups: dict[str, str | None]) -> str:
    printed = groups.get("date")
    if not printed:
        return ""
    day, month, year = (
        next((groups[f"{part}{way}"] for way in ("", "2", "3") if groups.get(f"{part}{way}")), None)
        for part in ("day", "month", "year")
    )
    if day and month and year:
        number = _MONTHS.index(month[:3].lower()) + 1
        return f"{year}-{number:02}-{int(day):02}{_clock(groups)}"
    if iso := groups.get("iso"):
        return iso + _clock(groups)
    return " ".join(printed.split())


def _clock(groups: dict[str, str | None]) -> str:
    hour = groups.get("hour") or groups.get("hour3")
    minute, half = groups.get("minute") or groups.get("minute3"), groups.get("half")
    if not hour or not minute:
        return ""
    value = int(hour)
    if half:
        value = value % 12 + (12 if half[0].lower() == "p" else 0)
    return f" {value:02}:{minute}"


def date_of(text: str) -> str:
    """The first date that a short text has, as `2011-05-17 19:54` where it can be read so; ""
    where it has none.
    """
    match = _ANY_DATE.search(" ".join(text[:_LONGEST_DATED].split()))
    return _date(match.groupdict()) if match else ""


def named_in(text: str) -> str:
    """The name in a line that says who wrote a comment and when; "" in any other."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return ""
    found = (_header(pattern, text.rstrip(" .")) for pattern in _FORMS.values())
    return next((header.name for header in found if header is not None and header.date), "")


def is_age(text: str) -> bool:
    """Whether a line is nothing but the age of a comment, as sites print it."""
    return len(text) < 60 and _DATE_LINE.match(text) is not None


def is_chrome(text: str) -> bool:
    """Whether a line is a button of the site: Reply, Permalink."""
    return len(text) < 120 and (
        _MBOX_LINE.match(text) is not None or (len(text) < 30 and _CHROME.match(text) is not None)
    )


def answered_in(text: str) -> str:
    """The name in a line that only says whom a comment answers: In reply to Ana."""
    match = _ANSWERS.match(text) if len(text) < 60 else None
    return match.group("name") if match else ""


def subject_of(text: str) -> str:
    """A mail's subject without what answering and lists put before it."""
    return _REPLY.sub("", text, count=1).strip() if _REPLY.match(text) else text
