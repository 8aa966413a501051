"""A quotation while it is typed: where its words stand so far, and how the text goes on; pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from studygroup.core.anchoring.quotation import MARKS
from studygroup.core.meeting.session import Cited
from studygroup.core.quoting.differences import differences
from studygroup.core.text import words
from studygroup.tui.widgets.verdicts import difference_pieces

_BLOCK = re.compile(r"\s{0,3}>+ ?")
_OPENING, _CLOSING = "“„«", "”»"
SHORTEST = 4
"""From how many words on it is said of a quotation that it stands nowhere, or in many places."""
_PHRASE = re.compile(r"\s*\S.*?(?=[,;:.!?…—–()\n]|$)")
_WHOLE_WORDS = re.compile(r".*\S(?=\s)")


class Lookup(NamedTuple):
    """What is known of the words typed so far.

    `begun` is the last word, where it is only begun and the text goes on with it. `ahead` is what
    stands there next, up to the end of the phrase or for a few words; "" where unknown.
    """

    cited: Cited
    begun: str = ""
    ahead: str = ""

    @property
    def sentence(self) -> str:
        """Say where the words stand, or that they don't, and how the text goes on."""
        if self.cited.verdict in ("missing", "ambiguous") or not self.ahead.strip():
            return self.verdict
        return f"{self.verdict} · Tab: “{(self.begun + self.ahead).strip()}”"

    @property
    def verdict(self) -> str:
        """Say where the words stand, or that they don't."""
        cited = self.cited
        mark = next((m for verdict, m in MARKS.items() if verdict == cited.verdict), "")
        if cited.verdict == "missing":
            return f"{mark} not found in the readings"
        if cited.verdict == "ambiguous":
            return f"{mark} {'so far ' if self.begun else ''}stands in several places"
        return f"{mark} {'so far' if self.begun else cited.verdict}: {cited.citation}"


def look_up(typed: str, cite: Callable[[str], Cited]) -> Lookup:
    """Judge the words of a quotation that is being typed.

    Unless a space follows it, the last word may be a beginning only.
    """
    whole, found = cite(typed.strip()), words(typed)
    if whole.verdict == "exact" and whole.anchor is not None:
        return Lookup(whole, ahead=_phrase(whole.anchor.suffix, typed[found[-1].end :]))
    if len(found) < 2 or found[-1].end < len(typed):
        return Lookup(whole)
    last = found[-1]
    before = cite(typed[: last.start].strip())
    if before.verdict == "ambiguous":
        return Lookup(before, begun=typed[last.start :])
    if before.verdict != "exact" or before.anchor is None:
        return Lookup(whole)
    suffix = before.anchor.suffix
    following = words(suffix)
    if not following or not following[0].folded.startswith(last.folded):
        return Lookup(whole)
    rest = suffix[following[0].start + last.end - last.start :]
    return Lookup(before, begun=typed[last.start :], ahead=_phrase(rest, ""))


def _phrase(rest: str, behind: str) -> str:
    """Return how `rest` begins: to the end of its phrase, or of its last whole word.

    `behind` is what was typed behind the last word already: a comma, a space.
    """
    rest = rest.removeprefix(behind.rstrip())
    phrase = _PHRASE.match(rest)
    if phrase is None:
        return ""
    taken = phrase.group()
    if len(taken) == len(rest):
        whole = _WHOLE_WORDS.match(taken)
        taken = whole.group() if whole is not None else ""
    if not words(taken):
        return ""
    return taken.lstrip() if behind[-1:].isspace() else taken


class Begun(NamedTuple):
    """The quotation at the cursor of a note that is being typed; `is_open` while it goes on."""

    words: str
    is_open: bool


class Judged(NamedTuple):
    """The verdict on it in a sentence; "" where there is nothing to say. `differs` is what differs.

    That is words left out, `[-so-]`, and words put in, `{+so+}`.
    """

    sentence: str
    differs: str = ""


def quotation_at(text: str, at: int) -> Begun | None:
    """Return what is quoted where the cursor stands, at offset `at`, or was last before it.

    A block quotation, its lines joined, or what is between marks in the cursor's paragraph; None
    where nothing is. Marks that do not close yet hold what stands up to the cursor.
    """
    start = text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0
    stop = text.find("\n\n", at)
    paragraph, cursor = text[start : stop if stop >= 0 else len(text)], at - start
    if _BLOCK.match(paragraph):
        lines = (_BLOCK.sub("", line, count=1) for line in paragraph.splitlines())
        return _begun("\n".join(lines), is_open=cursor >= len(paragraph.rstrip("\n")))
    opened: int | None = None
    last: Begun | None = None
    for place, mark in enumerate(paragraph):
        if opened is None and place >= cursor:
            break
        if opened is None:
            opened = place + 1 if mark in _OPENING or mark == '"' else None
        elif mark in _CLOSING or mark == '"':
            last, opened = _begun(paragraph[opened:place], is_open=False), None
    return last if opened is None else _begun(paragraph[opened:cursor], is_open=True)


def _begun(words: str, *, is_open: bool) -> Begun | None:
    return Begun(words, is_open) if words.strip() else None


def judge(begun: Begun, cite: Callable[[str], Cited]) -> Judged:
    """Return the verdict on a quotation that is being typed; a term or two between marks has none.

    Of one that is altered, with the words that differ.
    """
    # A space behind it says that the last word is whole.
    found = look_up(begun.words if begun.is_open else f"{begun.words} ", cite)
    cited = found.cited
    if cited.anchor is None and len(words(begun.words)) < SHORTEST:
        return Judged("")
    if cited.verdict != "altered" or cited.anchor is None:
        return Judged(found.verdict)
    pieces = difference_pieces(differences(begun.words, cited.anchor.words))
    return Judged(found.verdict, " ".join(piece for piece, look in pieces if look))
