"""Which lines are headings: features → score → outline.

Every paragraph that is short enough is looked at; what speaks for and against its being a heading
is collected as named features, their weights are added, and from `ENOUGH` on it is one. The idea
of deciding by weighed features of a line and its neighbours, not by one pattern, is that of table
of contents and metadata extraction (among others GROBID's segmentation features and
Déjean & Meunier, “On Tables of Contents and How to Recognize Them”, 2009: headings are contiguous,
ordered and numbered consistently over the whole document); weights are our own, set on texts of
different make.

| feature | weight | when |
|---|---|---|
| tagged | 12 | the line stands in heading tags, broken ones included: `[h1]…[/h2]` |
| marked | 12 | the line begins with `#` to `######` |
| underlined | 9 | a line of strokes of about its length follows |
| division | 6 | it names a division and its number: Chapter 2, PART ONE |
| sequence | 5 | it is numbered, and others of the same form count on before or after it |
| named | 8 | the table of contents names it |
| known | 4 | it is what parts of books are called: Introduction, Notes … |
| capitals | 4 | all letters are capitals |
| titled | 2 | all words but small ones begin with capitals |
| capital | 1 | it begins with a capital or its number does |
| short | 1 | at most 12 words |
| open | 1 | it ends without punctuation |
| asking | 1 | a question that talks to nobody: no comma, no I, we or you, no And or But |
| apart | 1 | more blank lines than usual before it |
| leads | 1 | a paragraph of text, or an epigraph, follows |
| below number | 4 | the line above is a heading that is only a number |
| long | −3 | 14 words and more |
| stop | −5 | it ends with a full stop |
| runs on | −7 | it ends with a comma, colon, semicolon or dash |
| small | −7 | it begins with a small letter |
| wondering | −2 | another question, or an exclamation |
| quoted | −4 | it begins with a quotation mark and ends with one, or stands in brackets |
| beside | −3 | its neighbour is just such an unmarked short line |
| unlike | −1 | the document marks or numbers headings, and this one is not, nor stands below one |
| unnamed | −5 | the document prints its contents, and they do not name it |
| title page | −6 | it stands above the first paragraph of text, not next to it, and is not known |
| hangs | −4 | fewer blank lines before it than after it, as below a verse or a letter |
| repeated | −6 | the same words stand as a line three times or more: a greeting, a signature |
| leads nowhere | −4 | a rule or nothing follows |
| credit | −9 | it names whom the epigraph above is from |
| date, signature, byline, greeting, address, caption, formula, item, The End | −9 | it is one |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from studygroup.core.draft import ENOUGH
from studygroup.importers.inline import uncalled
from studygroup.importers.lines import ends_sentence
from studygroup.importers.numbering import Number, numbered_chains, read_number
from studygroup.importers.paragraphs import Para
from studygroup.importers.quotations import (
    announces,
    begins_quotation,
    is_credit,
    is_whole_quotation,
)
from studygroup.importers.shapes import (
    ADDRESS,
    BYLINE,
    KNOWN,
    LAST_WORD,
    LIST_ITEM,
    RULE,
    ends_with_stop,
    is_capitals,
    is_caption,
    is_passing_on,
    is_salutation,
    is_signature,
    is_title_case,
    year_of,
)
from studygroup.importers.surroundings import hangs, in_list, is_body, stands_free, text_begins

REPEATED = 3
"""How often a line may not stand in a document to be a heading of one of its sections."""

_MANY_NAMED = 5
"""How many lines printed contents name from which they are taken to name all."""

LONGEST = 25
"""The number of words beyond which no line without a tag is a heading."""

MANY = 4000
"""From so many short lines on, when they are most of a document, it is a list, a table or verse:
only lines that say of themselves that they are headings are looked at.
"""

WEIGHTS: Mapping[str, int] = {
    "tagged": 12,
    "marked": 12,
    "underlined": 9,
    "division": 6,
    "sequence": 5,
    "known": 4,
    "named": 8,
    "capitals": 4,
    "titled": 2,
    "capital": 1,
    "short": 1,
    "open": 1,
    "asking": 1,
    "apart": 1,
    "leads": 1,
    "below number": 4,
    "long": -3,
    "stop": -5,
    "runs on": -7,
    "small": -7,
    "wondering": -2,
    "quoted": -4,
    "beside": -3,
    "unlike": -1,
    "unnamed": -5,
    "title page": -6,
    "leads nowhere": -4,
    "hangs": -4,
    "repeated": -6,
    "credit": -9,
    "date": -9,
    "signature": -9,
    "byline": -9,
    "last word": -9,
    "greeting": -9,
    "address": -9,
    "caption": -9,
    "formula": -9,
    "item": -9,
}

_STRONG = frozenset({"tagged", "marked", "underlined", "division", "sequence", "named"})
_TAG = re.compile(r"\s*(?:\[|<)/?(?:h([1-6])|heading|title)(?:\]|>)\s*", re.I)
_MARK = re.compile(r"(#{1,6})\s+(?=\S)")
_TALKING = re.compile(
    r"\b(?:I|we|We|our|my|me|us|you|You|your)\b|,|(?:And|But|So|Or|Yet|Then|Well)\b"
)
_FORMULA = re.compile(r"[={}\\]|->|::")
_SIGNED = re.compile(r"(?:--|—|–)\s?\[?[^\W\d_]")
_RUNS_ON = (",", ";", ":", "–", "—", "-", "&")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line taken for a heading: its words, its depth from 1, and what spoke for and against.

    `bare` says that it is a number only, such as `IV.` or `Chapter 3`.
    """

    text: str
    level: int
    features: frozenset[str]
    bare: bool = False

    @property
    def score(self) -> int:
        """The sum of the weights of its features."""
        return weight_of(self.features)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph that may be a heading: its words without marks, and the marks."""

    text: str
    marks: frozenset[str]
    number: Number | None
    tag_level: int | None = None


class Weighed(NamedTuple):
    """The headings among paragraphs, and the features of every line looked at, by place."""

    headings: dict[int, Heading]
    features: dict[int, frozenset[str]]


def find_headings(paras: Sequence[Para], named: frozenset[int] = frozenset()) -> dict[int, Heading]:
    """The headings among a document's paragraphs (see `weigh_lines`)."""
    return weigh_lines(paras, named).headings


def weigh_lines(paras: Sequence[Para], named: frozenset[int] = frozenset()) -> Weighed:
    """Weigh every paragraph that may be a heading, and say which are, by the paragraph's place.

    The title block and printed contents are expected to be gone; `named` has the places of lines
    that the contents name. Levels follow the kinds of headings: parts above
    chapters above the rest; `1.1` below `1`; stroke underlines below double ones.
    """
    lines = {
        at: line
        for at, para in enumerate(paras)
        if (line := _candidate(para)) is not None and not in_list(paras, at)
    }
    if len(lines) > MANY and len(lines) * 2 > len(paras):
        lines = {at: line for at, line in lines.items() if line.marks or stands_free(paras, at)}
    leading = frozenset(at for at in lines if _leads(paras, at, lines))
    numbers = {at: line.number for at, line in lines.items() if line.number}
    named |= {at for at, line in lines.items() if at + 1 in named and _is_bare(line)}
    chained = numbered_chains(numbers, leading)
    lines = {
        at: replace(line, number=None) if at not in chained and _is_worded(line) else line
        for at, line in lines.items()
    }
    marks = {
        at: line.marks
        | ({"sequence"} if at in chained else frozenset())
        | ({"named"} if at in named else frozenset())
        for at, line in lines.items()
    }
    capitals = sum(1 for at, line in lines.items() if is_capitals(line.text) and at in leading)
    has_strong = sum(1 for found in marks.values() if found & _STRONG) >= 2 or capitals >= 2
    body = text_begins(paras)
    often = Counter(line.text for line in lines.values())
    weighed: dict[int, frozenset[str]] = {}
    for at, line in lines.items():
        features = marks[at] | _shape(line) | _place(paras, at, lines, marks, body)
        if {"known", "leads"} <= features:
            features -= {"title page"}
        if often[line.text] >= REPEATED and not features & _STRONG:
            features |= {"repeated"}
        alone = frozenset[str]() if "repeated" in features else {"below number"}
        if len(named) >= _MANY_NAMED and not features & (_STRONG | {"known", "below number"}):
            features |= {"unnamed"}
        if has_strong and not features & (_STRONG | {"capitals"} | alone):
            features |= {"unlike"}
        weighed[at] = features
    found = {at: features for at, features in weighed.items() if weight_of(features) >= ENOUGH}
    levels = _levels({at: lines[at] for at in found}, found)
    headings = {
        at: Heading(lines[at].text, levels[at], features, _is_bare(lines[at]))
        for at, features in found.items()
    }
    return Weighed(headings, weighed)


def weight_of(features: Iterable[str]) -> int:
    """The sum of the weights of features."""
    return sum(WEIGHTS[name] for name in features)


def _is_worded(line: _Line) -> bool:
    return line.number is not None and line.number.worded


def _is_bare(line: _Line) -> bool:
    return line.number is not None and not line.number.rest.strip(" .:")


def _candidate(para: Para) -> _Line | None:
    """What a paragraph would be as a heading, None when it is too long or has no words."""
    text, marks = para.text, set()
    tag_level: int | None = None
    if len(text) < 2000 and (tags := _TAG.findall(text)):
        bare = " ".join(_TAG.sub(" ", text).split())
        if bare and _TAG.match(text):
            depths = {tag for tag in tags if tag}
            tag_level = int(depths.pop()) if len(depths) == 1 else None
            text, marks = bare, {"tagged"}
    if match := _MARK.match(text):
        tag_level = len(match.group(1))
        text, marks = text[match.end() :].rstrip("# "), {"marked"}
    if para.underline:
        marks.add("underlined")
    plain = uncalled(text)
    if len(text) > 400 or len(plain.split()) > LONGEST or not any(map(str.isalnum, plain)):
        return None
    if para.verse and not marks:
        return None
    number = read_number(plain)
    if number and number.division:
        marks.add("division")
    return _Line(text, frozenset(marks), number, tag_level)


def _shape(line: _Line) -> frozenset[str]:
    """The features that a line has by itself."""
    text = uncalled(line.text)
    words = line.number.rest if line.number else text
    found: set[str] = set(_kinds(text, line))
    count = len(text.split())
    if count <= 12:
        found.add("short")
    elif count >= 14:
        found.add("long")
    if KNOWN.match(words.strip(" .:")):
        found.add("known")
    if is_capitals(words):
        found.add("capitals")
    elif is_title_case(words):
        found.add("titled")
    first = next((char for char in words if char.isalpha()), "A")
    found.add("small" if first.islower() else "capital")
    found.add(_ending(text, words))
    return frozenset(found - {""})


def _ending(text: str, words: str) -> str:
    text = text.rstrip("”\"’'»)]") or text
    if text.endswith(_RUNS_ON) and not text.endswith("..."):
        return "runs on"
    if ends_with_stop(text):
        return "" if is_capitals(words) or len(words.strip(" .")) < 2 else "stop"
    if text.endswith("?") and not _TALKING.search(text):
        return "asking"
    return "wondering" if text.endswith(("?", "!")) else "open"


def _kinds(text: str, line: _Line) -> list[str]:
    kinds = {
        "date": year_of(text) is not None or is_passing_on(text),
        "signature": (is_signature(text) and (line.number is None or len(text) > 3))
        or _SIGNED.match(text) is not None,
        "byline": BYLINE.match(text) is not None or text.lower() in ("by", "by:"),
        "last word": LAST_WORD.match(text) is not None,
        "greeting": is_salutation(text),
        "address": ADDRESS.search(text) is not None,
        "caption": is_caption(text) or text[0] == "|" or text.startswith("[Illustration"),
        "formula": _FORMULA.search(text) is not None,
        "item": LIST_ITEM.match(text) is not None,
        "quoted": (begins_quotation(text) and is_whole_quotation(text))
        or (text[:1] in "([" and text[-1:] in ")]"),
    }
    return [name for name, holds in kinds.items() if holds]


def _place(
    paras: Sequence[Para],
    at: int,
    lines: Mapping[int, _Line],
    marks: Mapping[int, frozenset[str]],
    body: int,
) -> frozenset[str]:
    """The features that a line has by what stands around it."""
    found: set[str] = set()
    if _leads(paras, at, lines):
        found.add("leads")
    if at + 1 >= len(paras) or RULE.match(paras[at + 1].text):
        found.add("leads nowhere")
    if at and paras[at].gap > max(1, paras[min(at + 1, len(paras) - 1)].gap):
        found.add("apart")
    if at < body - 1 and not marks[at] & _STRONG:
        found.add("title page")
    if at and at + 1 < len(paras) and hangs(paras[at], paras[at + 1]):
        found.add("hangs")
    if at and _credits(paras, at):
        found.add("credit")
    if at and paras[at - 1].text.strip(" :").lower() == "by":
        found.add("byline")
    if at and (above := lines.get(at - 1)) and _is_bare(above) and marks[at - 1] & _STRONG:
        found.add("below number")
        found.discard("hangs")  # it does, from the number, and belongs to it
    elif any(_is_loose(near, lines, marks) for near in (at - 1, at + 1)):
        found.add("beside")
    return frozenset(found)


def _credits(paras: Sequence[Para], at: int) -> bool:
    """Whether the paragraph names the source of the epigraph before it.

    An epigraph is a quotation that no sentence announces: it stands below a heading or a title.
    """
    quote = uncalled(paras[at - 1].text)
    if not is_credit(quote, quote, paras[at].text):
        return False
    if paras[at].text.startswith(("—", "–", "-")):
        return True
    above = uncalled(paras[at - 2].text) if at >= 2 else ""
    return not above or (
        len(above.split()) <= LONGEST and announces(above) and above[-1] not in ",:"
    )


def _is_loose(at: int, lines: Mapping[int, _Line], marks: Mapping[int, frozenset[str]]) -> bool:
    """Whether a paragraph is a short unfinished line without any mark of a heading."""
    line = lines.get(at)
    if line is None or marks[at] & _STRONG or len(line.text.split()) > 12:
        return False
    if is_capitals(line.text) or KNOWN.match(line.text) or begins_quotation(line.text):
        return False
    return not ends_sentence(line.text) and not line.text.endswith(_RUNS_ON)


def _leads(paras: Sequence[Para], at: int, lines: Mapping[int, _Line]) -> bool:
    """Whether text follows: a paragraph of it, a quotation, or a heading that text follows."""
    if at + 1 >= len(paras):
        return False
    follower = uncalled(paras[at + 1].text)
    if is_body(follower) or is_whole_quotation(follower):
        return True
    if at + 1 in lines and not ends_sentence(follower):
        return at + 2 < len(paras) and is_body(uncalled(paras[at + 2].text))
    return ends_sentence(follower) and len(follower.split()) > 3


def _levels(lines: Mapping[int, _Line], features: Mapping[int, frozenset[str]]) -> dict[int, int]:
    """The depth of each heading."""
    parts = any(line.number and line.number.division == "part" for line in lines.values())
    chapters = any(line.number and line.number.division == "chapter" for line in lines.values())
    capitals = [at for at, line in lines.items() if "capitals" in features[at]]
    doubled = sum(1 for at in capitals if not features[at] & {"division"}) >= 2
    tags = sorted({line.tag_level for line in lines.values() if line.tag_level})
    return {
        at: max(1, min(6, _level(line, features[at], parts, chapters, doubled, tags)))
        for at, line in lines.items()
    }


def _level(
    line: _Line,
    features: frozenset[str],
    parts: bool,
    chapters: bool,
    doubled: bool,
    tags: list[int],
) -> int:
    if line.tag_level and "marked" in features:
        return line.tag_level
    if line.tag_level and len(tags) > 1:
        return tags.index(line.tag_level) + 1
    if line.number and line.number.division == "part":
        return 1
    if line.number and line.number.division == "chapter":
        return 1 + parts
    if "known" in features and "sequence" not in features:
        return 1
    depth = len(line.number.value) if line.number else 1
    below = doubled and not features & (_STRONG | {"capitals"})
    return parts + chapters + depth + below
