"""Which paragraphs of a PDF are headings: by the document's own outline, else by their type.

Without an outline the features of each short paragraph in other type than the text's are added up:
size, weight, capitals, number, what follows, and whether others are set alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from studygroup.core.draft import ENOUGH, Reason
from studygroup.importers.lines import ends_sentence, starts_low
from studygroup.importers.numbering import numbered_chains, read_number
from studygroup.importers.pdf_paragraphs import Paragraph, is_caption
from studygroup.importers.shapes import ADDRESS, BYLINE, is_capitals, year_of

_LONGEST = 25
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-H](?:\.\d{1,2})+\.?|[IVX]{1,5}\.|[A-H]\.)\s+(?=[^\W\d_]|[“\"‘(])"
)
_KNOWN = re.compile(
    r"(?:abstract|introduction|(?:related|previous|prior|future) work|background|conclusions?"
    r"|discussion|results|methods?|evaluation|summary|references|bibliography|acknowledge?ments?"
    r"|appendix|appendices|preface|foreword|contents|index|notes|prologue|epilogue|afterword)\b",
    re.I,
)
_DIVISION = re.compile(
    r"\s*(?:(?:chapter|part|section|appendix|kapitel|teil|chapitre|partie|capítulo|parte|lecture)\s+)?"
    r"(?:(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]+|[a-h]|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)"
    r"(?:[:.)–—-]+\s*|\s+|$))?",
    re.I,
)
_CONTENTS = re.compile(r"(?:table of )?contents$|inhalt(?:sverzeichnis)?$|índice$|sommaire$", re.I)
_PAGE_AT_END = re.compile(r"[\s.·]+(?:\d{1,4}|[ivxl]+)$")
_STATEMENT = re.compile(
    r"(?:theorem|lemma|definition|proposition|corollary|remark|claim|example|exercise|proof)\s*[\dIVX.(:]",
    re.I,
)
_JUMP = re.compile(
    r"\W*.?\W*(?:continued|continues|continúa|viene|suite|fortsetzung|see)\b.{0,30}$|(?:page|página|seite)s?\s\d",
    re.I,
)
_OF_TEX = re.compile(r"(?:cm|sf|lm|ec|ms|eu|tx|px|rsfs)[a-z]{0,5}\d", re.I)
"""Faces of TeX, where the parts of one family have names of their own."""

_WORD = re.compile(r"[^\W\d_]{3}|[^\x00-\u2e7f]{2}")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a document's outline: its words, its depth from 1, and its page from 0."""

    title: str
    level: int
    page: int | None


Style = tuple[float, bool, bool, bool]


def style_of(para: Paragraph) -> Style:
    """How a paragraph is set: size, bold, italic, capitals."""
    return (round(para.size * 2) / 2, para.bold, para.italic, is_capitals(_words(para.text)))


def _words(text: str) -> str:
    return _NUMBER.sub("", text)


@dataclass(frozen=True, slots=True)
class Found:
    """The headings of a document: their levels from 1, by place; what spoke for and against them,
    and against others that look alike; and whether it had to be judged which are some.
    """

    levels: dict[int, int]
    reasons: Mapping[int, tuple[Reason, ...]]
    is_judged: bool


def find_headings(paras: Sequence[Paragraph], entries: Sequence[Entry], em: float) -> Found:
    """The headings among the paragraphs: those that the outline's entries name, else by type."""
    matched = _by_outline(paras, entries)
    if len(matched) >= 3 and len(matched) * 2 >= len(entries):
        return Found(_with_alike(paras, matched, em), {}, is_judged=False)
    return _by_type(paras, em)


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _by_outline(paras: Sequence[Paragraph], entries: Sequence[Entry]) -> dict[int, int]:
    """The paragraphs that the outline's entries name."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for at, para in enumerate(paras):
        if len(para.text) < 400:
            by_page[para.lines[0].page].append(at)
    found: dict[int, int] = {}
    last = -1
    for entry in entries:
        if not _folded(entry.title) or entry.page is None:
            continue
        best, best_score = None, 82.0
        for page in (entry.page, entry.page + 1, entry.page - 1):
            for at in by_page.get(page, ()):
                if at in found:
                    continue
                score = (
                    _alike(entry.title, paras[at].text) - 3 * (page != entry.page) - 2 * (at < last)
                )
                if score > best_score:
                    best, best_score = at, score
            if best is not None:
                break
        if best is not None:
            found[best] = entry.level
            last = best
    return found


def _alike(wanted: str, text: str) -> float:
    """How alike an outline's title and a paragraph are, “Chapter 2” and the like aside."""
    best = ratio(_folded(wanted), _folded(text))
    bare, plain = _folded(_DIVISION.sub("", wanted)), _folded(_DIVISION.sub("", text))
    if bare and plain:
        best = max(best, ratio(bare, plain))
    return best


def _with_alike(paras: Sequence[Paragraph], matched: dict[int, int], em: float) -> dict[int, int]:
    """The outline's headings, and others in exactly their type, as an outline may leave out."""
    levels: dict[Style, Counter[int]] = defaultdict(Counter)
    depths: dict[Style, Counter[int]] = defaultdict(Counter)
    for at, level in matched.items():
        levels[style_of(paras[at])][level] += 1
        depths[style_of(paras[at])][_depth(paras[at].text)] += 1
    found = dict(matched)
    first = min(matched)
    for at, para in enumerate(paras):
        style = style_of(para)
        if at in found or style not in levels or not _may_be(para):
            continue
        known = _KNOWN.match(_words(para.text)) is not None and len(para.text.split()) < 5
        depth, usual = _depth(para.text), depths[style]
        usually = usual[depth] * 5 >= sum(usual.values())
        distinct = style[0] > 1.08 * em or style[1]
        if not distinct or (not known and (at < first or not usually or sum(usual.values()) < 2)):
            continue
        if _leads(paras, at, em):
            found[at] = levels[style].most_common(1)[0][0]
    return found


def _depth(text: str) -> int:
    """How many parts the number before a heading has, 0 when there is none."""
    match = _NUMBER.match(text)
    return len([part for part in match.group().strip(" .").split(".") if part]) if match else 0


def _may_be(para: Paragraph) -> bool:
    text = para.text
    letters = len(_LETTERS.findall(text))
    if not letters or letters * 2 < len(text.replace(" ", "")) or is_caption(text):
        return False
    if not (text[0].isalnum() or text[0] in "“\"‘'«„¿¡(["):
        return False
    if ADDRESS.search(text) or year_of(text) is not None:
        return False
    half = text[: len(text) // 2].strip()
    if (
        not _WORD.search(text)
        or text == f"{half} {half}"
        or _STATEMENT.match(text)
        or _JUMP.match(text)
        or BYLINE.match(text)
    ):
        return False
    if text.endswith("-") or len(text.split()) > _LONGEST or len(para.lines) > 6 or letters < 3:
        return False
    return not text.endswith((",", ";", "=")) and "@" not in text


def _leads(paras: Sequence[Paragraph], at: int, em: float) -> bool:
    """Whether text follows, or further headings that text follows."""
    for para in paras[at + 1 : at + 5]:
        words = len(para.text.split())
        if abs(para.size - em) < 0.07 * em and words >= 8 and not para.bold:
            return True
        if words >= 20 or (words >= 10 and ends_sentence(para.text)):
            return True
        if is_caption(para.text) or (words > 14 and not _may_be(para)):
            return False
    return False


def _by_type(paras: Sequence[Paragraph], em: float) -> Found:
    """The headings by how they are set, numbered and followed."""
    numbers = {
        at: number
        for at, para in enumerate(paras)
        if _may_be(para) and _NUMBER.match(para.text) and (number := read_number(para.text))
    }
    leading = frozenset(at for at in numbers if _leads(paras, at, em))
    chained = set(numbered_chains(numbers, leading))
    forms = {(style_of(paras[at]), _depth(paras[at].text)) for at in chained}
    chained |= {
        at
        for at in leading
        if _by_looks(paras[at], em) and (style_of(paras[at]), _depth(paras[at].text)) in forms
    }
    families: Counter[str] = Counter()
    for para in paras:
        families[para.family] += len(para.text)
    family = families.most_common(1)[0][0] if families else ""
    reasons: dict[int, tuple[Reason, ...]] = {}
    for at, para in enumerate(paras):
        if _may_be(para) and (own := _weigh(paras, at, em, at in chained, family)):
            reasons[at] = own
    alike = Counter(style_of(paras[at]) for at, own in reasons.items() if _sum(own) >= 0)
    for at, own in reasons.items():
        if alike[style_of(paras[at])] > 2:
            reasons[at] = (*own, Reason("alike", 1, "others are set like it"))
    found = {at for at, own in reasons.items() if _sum(own) >= ENOUGH}
    found -= _below_others(paras, found, em)
    found -= _again(paras, found)
    found -= _printed_contents(paras, found)
    return Found(_levels(paras, sorted(found), numbers, em), reasons, is_judged=True)


def _sum(reasons: Sequence[Reason]) -> int:
    return sum(reason.weight for reason in reasons)


def _weigh(
    paras: Sequence[Paragraph], at: int, em: float, chained: bool, family: str
) -> tuple[Reason, ...]:
    """What speaks for and against a paragraph's being a heading; nothing when it is set as text.

    `family` is the family of typefaces in which the text is set.
    """
    para = paras[at]
    if para.mono and any(near.mono for near in paras[max(0, at - 1) : at + 2] if near is not para):
        return ()
    reasons = _by_looks(para, em)
    strange = para.family != family and not _OF_TEX.match(para.family)
    few = len(para.text.split()) <= 10
    if strange and few and para.gap > 0.25 and sum(reason.weight for reason in reasons) < 3:
        reasons.append(Reason("face", 2, "it is set in another type than the text"))
    if not reasons and not (chained and para.gap > 0.3 and para.text[-1].isalnum()):
        return ()
    reasons += _by_place(paras, at, em, chained) + _by_wording(para, chained)
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))


def _by_looks(para: Paragraph, em: float) -> list[Reason]:
    """How a paragraph's type stands out from the text's."""
    relative = para.size / em
    found: list[Reason] = []
    if relative >= 1.08:
        found.append(Reason("large", 3 if relative >= 1.15 else 2, "it is larger than the text"))
    if para.bold:
        found.append(Reason("bold", 3 if relative > 0.94 else 1, "it is bold"))
    words = _words(para.text)
    if len(_LETTERS.findall(words)) > 3 and is_capitals(words):
        found.append(Reason("capitals", 2, "all letters are capitals"))
    if para.italic and not para.bold and relative < 1.08:
        found.append(Reason("italic", 1, "it is italic"))
    return found


def _by_place(paras: Sequence[Paragraph], at: int, em: float, chained: bool) -> list[Reason]:
    para = paras[at]
    relative = para.size / em
    found: list[Reason] = []
    if chained:
        found.append(Reason("sequence", 3, "its number counts on from others"))
    if para.gap > 0.25:
        found.append(Reason("apart", 1, "it stands apart from the line above"))
    if relative < 0.9:
        found.append(Reason("little", -3, "it is smaller than the text"))
    if not _leads(paras, at, em):
        weight = -4 if relative < 1.6 else -1
        found.append(Reason("leads nowhere", weight, "no text follows"))
    if at + 1 < len(paras) and starts_low(paras[at + 1].text) and not chained:
        found.append(Reason("goes on", -4, "what follows begins with a small letter"))
    return found


def _by_wording(para: Paragraph, chained: bool) -> list[Reason]:
    text, words = para.text, _words(para.text)
    found: list[Reason] = []
    if ends_sentence(text) and not text.endswith(("?", "!")):
        weight = -2 if chained or para.bold else -4
        found.append(Reason("stop", weight, "it ends as a sentence does"))
    if _KNOWN.match(words) and len(words.split()) < 5:
        found.append(Reason("known", 2, "parts of books are called so"))
    if next((char for char in words if char.isalpha()), "A").islower():
        found.append(Reason("small", -3, "it begins with a small letter"))
    if text.endswith(":"):
        found.append(Reason("runs on", -2, "it ends with a colon"))
    if len(words.split()) > 14:
        found.append(Reason("long", -2, "it is long"))
    if text[:1] in '“"‘' and text[-1:] in '”"’':
        found.append(Reason("quoted", -3, "it is a quotation"))
    return found


def _below_others(paras: Sequence[Paragraph], found: set[int], em: float) -> set[int]:
    """Bylines and standfirsts: in a type that nearly always follows on a larger heading."""
    follows: Counter[Style] = Counter()
    all_: Counter[Style] = Counter()
    for at in found:
        style = style_of(paras[at])
        if _NUMBER.match(paras[at].text):
            continue
        all_[style] += 1
        above = at - 1
        if above in found and paras[above].size > 1.1 * paras[at].size:
            follows[style] += 1
    return {
        at
        for at in found
        if not _NUMBER.match(paras[at].text)
        and not paras[at].bold
        and at - 1 in found
        and follows[style_of(paras[at])] * 3 >= all_[style_of(paras[at])] * 2
    }


def _printed_contents(paras: Sequence[Paragraph], found: set[int]) -> set[int]:
    """The lines of a printed table of contents: below its heading, and again further on."""
    ordered = sorted(found)
    begins = next((at for at in ordered if _CONTENTS.match(paras[at].text)), None)
    if begins is None:
        return set()
    keys = {}
    for at in ordered[ordered.index(begins) + 1 :]:
        text = _PAGE_AT_END.sub("", paras[at].text)
        keys[at] = _folded(_DIVISION.sub("", text)) or _folded(text)
    last = {key: at for at, key in keys.items()}
    drop: set[int] = set()
    for at, key in keys.items():
        if last[key] == at and not _PAGE_AT_END.search(paras[at].text):
            break
        drop.add(at)
    return drop


def _again(paras: Sequence[Paragraph], found: set[int]) -> set[int]:
    """Lines that are printed three times or more, but for the first."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in sorted(found):
        places[_folded(paras[at].text)].append(at)
    return {at for ats in places.values() if len(ats) > 2 for at in ats[1:]}


def _levels(
    paras: Sequence[Paragraph], places: Sequence[int], numbers: Mapping[int, object], em: float
) -> dict[int, int]:
    """Levels by numbers where the headings are numbered, and by size and weight."""
    depths: dict[Style, Counter[int]] = defaultdict(Counter)
    depth_of: dict[int, int] = {}
    for at in places:
        if depth := _depth(paras[at].text):
            depth_of[at] = depth
            depths[(*style_of(paras[at])[:3], False)][depth] += 1
    styles = sorted(
        {style_of(paras[at]) for at in places}, key=lambda s: (-s[0], not s[1], not s[3], s[2])
    )
    rank = {style: min(6, number) for number, style in enumerate(styles, 1)}
    numbered = len(depth_of) * 2 >= len(places) and bool(depth_of)
    found: dict[int, int] = {}
    for at in places:
        style = style_of(paras[at])
        if numbered and at in depth_of:
            found[at] = min(6, depth_of[at])
        elif numbered and (own := depths.get((*style[:3], False))):
            found[at] = min(6, own.most_common(1)[0][0])
        elif numbered:
            found[at] = 1 if style[0] > 1.08 * em or _KNOWN.match(paras[at].text) else 2
        else:
            found[at] = rank[style]
    return found
