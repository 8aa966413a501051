"""The query syntax: what can be typed into a search, and what it means.

    query   = { clause }                      every clause has to be met
    clause  = term { "OR" term }              one of the terms joined by OR
            | "-" term                        nothing that has this term
    term    = word                            the word and its relatives (plan, plans, planning)
            | word "*"                        every word that begins so
            | word "~"                        the word and those written nearly so
            | word "-" word { "-" word }      a hyphenated word, also written as one word or as two
            | '"' { word } [ word "*" ] '"'   these very words in this order
            | name ":" value                  what has this label (see `core.finding.labels`)

Case, accents and typographic marks make no difference, neither here nor in what is searched. Words
joined by other marks inside them (`3.10`, `and/or`) are sought as they stand, like a phrase. Every
text is a query: what has no meaning (a lone quotation mark, a star with no word before it, an OR
with nothing beside it, a label without a value, brackets) is passed over, and a quotation mark that
is never closed closes at the end. A query of exclusions alone finds nothing. Of longer texts the
first 200 characters and 16 words count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studygroup.core.finding.labels import LABEL_NAMES, LabelName
from studygroup.core.text import WORD

MAX_CHARACTERS = 200
MAX_WORDS = 16

SYNTAX: tuple[tuple[str, str], ...] = (
    ("two words", "both, anywhere in the passage, in any form"),
    ("“very words”", "exactly these, in this order"),
    ("this OR that", "one of the two"),
    ("word -other", "the word, but nothing that has the other"),
    ("begin*", "every word that begins so"),
    ("neer~", "the word, and those written nearly so"),
)
"""Examples of what can be typed, each with its meaning, for help texts."""

NO_WORD = "Nothing to search for: a query needs a word, as in: bridge, or bri*"
"""What to say of a query that asks for nothing."""

_QUOTES = '"“”„«»″'
_HYPHENS = "-‐‑‒"
_TOKEN = re.compile(
    rf"(?P<minus>[{_HYPHENS}−](?=[{_QUOTES}\w]))?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}])?|(?P<chunk>[^\s{_QUOTES}]+))"
)
_WORD = re.compile(WORD)
_RUN = re.compile(rf"{WORD}(?:[{_HYPHENS}./:@&+_]{WORD})*")
_LOOSE_JOIN = re.compile(r"[./:@&+_]")
_LABEL = re.compile(rf"(?P<name>{'|'.join(LABEL_NAMES)}):(?P<value>.*)", re.IGNORECASE | re.DOTALL)
_NAMES: dict[str, LabelName] = {name: name for name in LABEL_NAMES}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing sought: a word, or several words one after the other.

    `words` are as typed, not folded; `starts` says where in the query each begins. `exact` leaves
    out a word's relatives. `prefix` lets the last word be the
    beginning of a longer one. `hyphenated` words were joined by hyphens and also stand for the one
    word they make together. `near` words also stand for those that are at most
    `edits_allowed` away.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    exact: bool = False
    prefix: bool = False
    hyphenated: bool = False
    near: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A label that is asked for; `begun` tells that its value is still being typed."""

    name: LabelName
    value: str
    begun: bool = False


Clause = Term | Asked


def edits_allowed(word: str) -> int:
    """Return how many letters `near~` lets a word differ by: changed, added, left out or swapped.

    A distance of this kind is known as optimal string alignment (Damerau and Levenshtein).
    """
    return min(len(word) // 3, 2)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood.

    A document answers it when of each group in `wanted` it has at least one clause, and of
    `unwanted` none. Without a wanted clause nothing answers.
    """

    text: str
    wanted: tuple[tuple[Clause, ...], ...] = ()
    unwanted: tuple[Clause, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All wanted terms, in the order typed."""
        return tuple(one for group in self.wanted for one in group if isinstance(one, Term))


def parse(text: str, *, typing: bool = False) -> Query:
    """Return what `text` asks for; any text is a query.

    With `typing`, a word at the very end is taken for a word that is still being typed: it also
    stands for the words that begin so.
    """
    return _Parser(text[:MAX_CHARACTERS], typing).parse()


@dataclass
class _Parser:
    text: str
    typing: bool
    groups: list[list[Clause]] = field(default_factory=list)
    unwanted: list[Clause] = field(default_factory=list)
    label: LabelName | None = None  # waits for the quoted value right behind it
    label_minus: bool = False
    room: int = MAX_WORDS
    joins: bool = False  # an OR waits for its right side
    closed: bool = True  # the term before cannot be joined by an OR

    def parse(self) -> Query:
        for token in _TOKEN.finditer(self.text):
            minus = token["minus"] is not None
            if self.label is not None and token["chunk"] is None and not minus:
                self.take_quoted_value(token)
            elif token["chunk"] is None:
                self.take_phrase(token, minus=minus)
            elif label := self.labelled(token["chunk"]):
                self.take_label(token, label, minus=minus)
            elif token["chunk"] == "OR" and not minus:
                self.joins = not self.closed
            else:
                self.take_word(token, minus=minus)
        return Query(self.text, tuple(tuple(g) for g in self.groups), tuple(self.unwanted))

    def labelled(self, chunk: str) -> re.Match[str] | None:
        """Return a label with its value, where the chunk is one."""
        self.label = None
        return _LABEL.fullmatch(chunk)

    def take_label(self, token: re.Match[str], label: re.Match[str], *, minus: bool) -> None:
        """Read `name:value`; a quoted value is a token of its own, right behind."""
        name = _NAMES[label["name"].lower()]
        if label["value"]:
            begun = self.typing and not minus and token.end() == len(self.text)
            self.place(Asked(name, label["value"], begun), minus=minus)
        elif self.text[token.end() : token.end() + 1] in tuple(_QUOTES):
            self.label, self.label_minus = name, minus

    def take_quoted_value(self, token: re.Match[str]) -> None:
        """Read the quoted value of the label before it."""
        if self.label is not None and token["quoted"].strip():
            begun = self.typing and token["closed"] is None
            self.place(Asked(self.label, token["quoted"], begun), minus=self.label_minus)
        self.label = None

    def take_phrase(self, token: re.Match[str], *, minus: bool) -> None:
        """Read what stands between two quotation marks; the last word may end in a star."""
        quoted = token["quoted"]
        open_end = self.typing and not minus and token["closed"] is None and quoted[-1:].isalnum()
        self.add(
            token.start("quoted"),
            quoted,
            minus=minus,
            exact=True,
            prefix=open_end or quoted.rstrip().endswith("*"),
        )

    def take_word(self, token: re.Match[str], *, minus: bool) -> None:
        """Read text without white space: a word, a hyphenated word, or words joined by marks."""
        chunk, start = token["chunk"], token.start("chunk")
        for run in _RUN.finditer(chunk):
            loose = _LOOSE_JOIN.search(run.group()) is not None
            starred = chunk.startswith("*", run.end())
            near = chunk.startswith("~", run.end()) and _WORD.fullmatch(run.group()) is not None
            unfinished = self.typing and not minus and start + run.end() == len(self.text)
            self.add(
                start + run.start(),
                run.group(),
                minus=minus,
                exact=starred or loose,
                prefix=starred or unfinished,
                hyphenated=not loose,
                near=near,
            )

    def add(
        self,
        at: int,
        run: str,
        *,
        minus: bool,
        exact: bool,
        prefix: bool,
        hyphenated: bool = False,
        near: bool = False,
    ) -> None:
        """Add the words of `run`, which begins at `at` in the query, as one term."""
        found = list(_WORD.finditer(run))
        kept = found[: self.room]
        self.room -= len(kept)
        if not kept:
            return
        term = Term(
            words=tuple(word.group() for word in kept),
            starts=tuple(at + word.start() for word in kept),
            exact=exact,
            prefix=prefix and len(kept) == len(found),
            hyphenated=hyphenated and len(kept) > 1,
            near=near,
        )
        self.place(term, minus=minus)

    def place(self, clause: Clause, *, minus: bool) -> None:
        """Put a clause where it belongs: among the exclusions, into the group before, or alone."""
        if minus:
            self.unwanted.append(clause)
        elif self.joins:
            self.groups[-1].append(clause)
        else:
            self.groups.append([clause])
        self.joins, self.closed = False, minus
