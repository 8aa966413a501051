"""A quotation while it is typed: where its words stand so far, and how the text goes on; pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from studygroup.core.meeting.session import Cited
from studygroup.core.quoting.quotation import MARKS
from studygroup.core.text import words

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
        """Say where the words stand, or that they don't."""
        cited = self.cited
        mark = next((m for verdict, m in MARKS.items() if verdict == cited.verdict), "")
        if cited.verdict == "missing":
            return f"{mark} not found in the readings"
        if cited.verdict == "ambiguous":
            return f"{mark} {'so far ' if self.begun else ''}stands in several places"
        said = f"{mark} {'so far' if self.begun else cited.verdict}: {cited.citation}"
        return (
            f"{said} · Tab: “{(self.begun + self.ahead).strip()}”" if self.ahead.strip() else said
        )


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
