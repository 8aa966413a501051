"""An account of words: every word of a source and of its import, in order, and each difference.

A difference is allowed only by one of a few rules: the words stand in the front matter instead, in
a footnote, were a footnote's mark, a tag, an entity, a comment's head, a page's furniture or a
site's button, or are one word (or address) that a line's end had broken.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from studygroup.core.draft import Draft
from studygroup.importers.render import render_body

_WORD = re.compile(r"\d+|[^\W\d_]+")
_TAGS = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|\[/?h[1-6]\]")
_HEAD_ROLES = re.compile(r"(?m)^\W*(guest|member) +- ", re.I)
_BUTTONS = re.compile(r"(?m)^[ \t]*(?:reply|permalink)[ \t]*$", re.I)
_PAGE_NUMBERS = re.compile(r"(?m)^[ \t]*[-–]? ?(?:page )?\d{1,4} ?[-–]?[ \t]*$", re.I)


@dataclass
class Account:
    """What was left out of the text and why, and what nothing explains."""

    explained: dict[str, list[str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def note(self, rule: str, words: Iterable[str]) -> None:
        self.explained.setdefault(rule, []).extend(words)


def words_of(text: str) -> list[str]:
    """Words of a text: runs of letters and digits, superscripts as plain digits."""
    return _WORD.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "")))


def words_as_read(markdown: str) -> tuple[list[str], list[list[str]]]:
    """The words that a Markdown reader shows: of the body, and of each footnote."""
    parser = MarkdownIt("commonmark").use(footnote_plugin)
    body: list[str] = []
    notes: list[list[str]] = []
    inside = False
    for token in parser.parse(markdown):
        if token.type == "footnote_open":
            inside = True
            notes.append([])
        elif token.type == "footnote_close":
            inside = False
        elif token.type in ("inline", "code_block", "fence"):
            (notes[-1] if inside else body).extend(words_of(_text(token)))
    return body, notes


def _text(token: Token) -> str:
    if token.children is None:
        return token.content
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        breaks.get(child.type, child.content if child.type in ("text", "code_inline") else "")
        for child in token.children
    )


def account(source: str, draft: Draft, furniture: Sequence[str] = ()) -> Account:
    """Compare the words of a source with those of its import, in order.

    `furniture` are running heads that the source repeats at its pages' tops.
    """
    found = Account()
    source = _without_marks(source, found, furniture)
    given = words_of(source)
    body, notes = words_as_read(render_body(draft))
    facts = [words_of(str(value)) for value in _facts(draft)]
    matcher = SequenceMatcher(None, given, body, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            _explain(given[first:last], body[start:end], notes, facts, found)
    found.invented += [word for note in notes for word in note]
    return found


def _facts(draft: Draft) -> list[object]:
    facts = draft.facts()
    return [facts["title"], *draft.author, draft.year or "", draft.source or "", draft.note]


def _without_marks(source: str, found: Account, furniture: Sequence[str]) -> str:
    for rule, pattern, kept in (
        ("tag", _TAGS, " "),
        ("comment's head", _HEAD_ROLES, ""),
        ("button", _BUTTONS, ""),
    ):
        for match in pattern.finditer(source):
            found.note(rule, words_of(match.group()))
        source = pattern.sub(kept, source)
    if furniture:
        for match in _PAGE_NUMBERS.finditer(source):
            found.note("page number", words_of(match.group()))
        source = _PAGE_NUMBERS.sub("", source)
        for head in furniture:
            found.note("running head", words_of(head) * source.count(head))
            source = re.sub(rf"(?m)^\s*{re.escape(head)}\s*$", "", source)
    return html.unescape(source) if re.search(r"&\w+;", source) else source


def _explain(
    gone: list[str],
    new: list[str],
    notes: list[list[str]],
    facts: list[list[str]],
    found: Account,
) -> None:
    if gone and "".join(gone) == "".join(new):
        found.note("broken word", gone)
        return
    found.invented += new
    while gone:
        taken = _take(gone, notes, facts, found)
        if not taken:
            found.lost.append(gone[0])
        gone = gone[max(taken, 1) :]


def _take(gone: list[str], notes: list[list[str]], facts: list[list[str]], found: Account) -> int:
    """How many of the words from the first on one rule explains; what explains is used up."""
    for at, note in enumerate(notes):
        if gone[: len(note)] == note:
            del notes[at]
            found.note("footnote", note)
            return len(note)
    for at, fact in enumerate(facts):
        length = _agreement(gone, fact)
        if length:
            found.note("front matter", gone[:length])
            del facts[at]
            return length
    if gone[0].isdigit() and len(gone[0]) <= 3:
        found.note("footnote's mark", gone[:1])
        return 1
    return 0


def _agreement(gone: list[str], fact: list[str]) -> int:
    """The number of words at the beginning that say the fact; case and a cut-off letter aside."""
    if not fact:
        return 0
    for length in range(len(fact), min(len(gone), len(fact) + 4) + 1):
        joined, wanted = "".join(gone[:length]).casefold(), "".join(fact).casefold()
        if joined in (wanted, wanted.removeprefix("h"), f"by{wanted}"):
            return length
    return 0
