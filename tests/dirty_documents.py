"""Invented documents, and printers that make them dirty in the ways real ones are.

A document is a title block and sections of paragraphs; each printer sets it as some program or
site does. What an importer gives back can be compared with what was printed.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from studygroup.importers.lines import printed_width

SENTENCES = (
    "The reading room on Dyer Street opened its doors in the spring of the great flood.",
    "Nobody had asked the weavers whether they wanted a library, and yet they came.",
    "Mrs. Abbott kept the ledger, the keys and, as she liked to say, the peace.",
    "What does a town owe to those who built its bridges?",
    "In those years a loaf cost more than a day’s lamp oil – if it could be had at all.",
    "The council (three mill owners and a dentist) met behind closed shutters.",
    "“We are not beggars,” wrote the baker’s apprentice, “and we shall not queue like them.”",
    "It rained for eleven days.",
    "There were, to be sure, other reasons: the price of coal, the new machines, the railway.",
    "Some of the older hands could still remember the first strike and its bitter end.",
    "A half-finished wall is no wall; it is only an obstacle to those inside.",
    "The second committee worked more slowly than the first but made fewer enemies.",
    "Every question that had been buried in March came up again before the harvest.",
    "Who would pay for the roof, and who would sit under it?",
    "The minutes of that evening, kept in a careful hand, fill nine pages and settle nothing.",
    "By contrast, the dockers’ club across the river never kept minutes at all.",
    "Its members trusted memory, song and the occasional blow.",
    "Such clubs rose and fell with the tide of employment, e.g. in the winter of 1884.",
    "One learns to distrust any plan that needs everybody to be brave at once.",
    "The teacher proposed a vote; the vote was taken; the result was ignored.",
    "Perhaps that is the whole lesson, though it seems a thin one for so long a winter.",
    "Letters came from abroad, from people none of us had ever heard of.",
    "They praised the town’s courage and enclosed no money.",
    "After the thaw the printers’ union lent its hall, its stove and its only good lamp.",
    "I have often been asked why the cooperative did not simply buy the mill.",
    "It could not, for the mill was worth less than the debt that hung on it.",
    "Nor would the bank have sold to us at any price.",
    "The word “partnership” meant one thing in the office and another in the yard.",
    "Children carried the news from door to door faster than any telegraph.",
    "On the left bank the houses stand so close that neighbours share a window sill.",
    "The long quarrel over the hours of opening was never about the hours.",
    "Whoever held the key decided who might read, and at what time, and how loudly.",
    "That power was small, but it was the only power for miles around.",
    "We should not be too hard on those who abused it.",
    "The archive holds two versions of the speech, and they agree on almost nothing.",
    "In the shorter one the speaker thanks the women; in the longer one he forgets them.",
    "Both end with the same line about patience.",
    "A reader today may find the tone quaint, yet the argument has lost none of its edge.",
    "Without fuel there is no steam, and without steam there is no wage.",
    "So ran the foreman’s catechism, which the apprentices learned to recite backwards.",
)

SUBJECTS = (
    "The keeper of the lock",
    "Old Mrs. Tamblyn",
    "A stranger with two hats",
    "The third ward",
    "Every second household",
    "The clerk’s youngest daughter",
    "Nobody in the dyeing shed",
    "The committee for lamps",
    "My grandfather’s cousin",
    "What was left of the band",
    "The ferry company",
    "One half of the choir",
)
VERBS = (
    "had long since forgotten",
    "remembered only too well",
    "refused, politely, to discuss",
    "paid twice for",
    "could never quite explain",
    "wrote four letters about",
    "walked home without",
    "laughed at",
    "was later blamed for",
    "kept a careful record of",
    "made a song of",
    "outlived",
)
OBJECTS = (
    "the business of the missing chairs",
    "that unlucky Thursday in Lent",
    "the quarrel between the two bakers",
    "the price of whitewash",
    "a promise given on the bridge",
    "the well-known affair of the bell",
    "the first and last regatta",
    "the weather that autumn",
    "the doctor’s unfortunate umbrella",
    "an inheritance of nineteen geese",
    "the unpaid bill for candles",
    "the great thaw",
)
ENDS = (
    ".",
    ", or so the story goes.",
    " – and who would blame them?",
    "; the rest is rumour.",
    " (the ledger says otherwise).",
    ", though not for want of trying.",
    " until the very end.",
    ", as neighbours do.",
    " in spite of everything.",
    ", for reasons of economy.",
)

_WORDS = frozenset(
    re.findall(r"[a-z]+", " ".join((*SENTENCES, *SUBJECTS, *VERBS, *OBJECTS, *ENDS)).lower())
)

HEADINGS = (
    "The Room on Dyer Street",
    "Coal, Bread and Credit",
    "How the Vote Was Lost",
    "A Winter of Committees",
    "What the Dockers Knew",
    "Two Versions of One Speech",
    "The Price of the Roof",
    "After the Thaw",
    "Keys and Ledgers",
    "Learning to Read Aloud",
)


@dataclass(frozen=True)
class Document:
    """A title block and sections, each a heading (or none) and its paragraphs."""

    title: str
    author: str
    year: int
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def paragraphs(self) -> list[str]:
        return [paragraph for _, paragraphs in self.sections for paragraph in paragraphs]

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _ in self.sections if heading]


def document(seed: int, sections: int = 5, numbering: str = "") -> Document:
    """A document made from chance; `numbering` is a form such as `1.`, `I.`, `1)`, `Chapter 1.`."""
    chance = random.Random(seed)
    headings = chance.sample(HEADINGS, min(sections, len(HEADINGS)))
    sentences = list(SENTENCES)
    chance.shuffle(sentences)
    made = tuple(
        (
            numbered(heading, number, numbering),
            tuple(paragraph(chance, sentences) for _ in range(chance.randint(2, 5))),
        )
        for number, heading in enumerate(headings, 1)
    )
    return Document("The Library at Dyer Street", "Ada Millward", 1931, made)


def paragraph(chance: random.Random, unused: list[str]) -> str:
    """Some sentences; one of `unused` is taken at times, so that none of them comes twice."""
    return " ".join(
        unused.pop() if unused and chance.random() < 0.3 else _sentence(chance)
        for _ in range(chance.randint(3, 8))
    )


def _sentence(chance: random.Random) -> str:
    parts = (chance.choice(SUBJECTS), chance.choice(VERBS), chance.choice(OBJECTS))
    return " ".join(parts) + chance.choice(ENDS)


def numbered(heading: str, number: int, form: str) -> str:
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number - 1]
    marks = {
        "": heading,
        "1": f"{number} {heading}",
        "1.": f"{number}. {heading}",
        "1)": f"{number}) {heading}",
        "(1)": f"({number}) {heading}",
        "I.": f"{roman}. {heading}",
        "A.": f"{chr(64 + number)}. {heading}",
        "CAPS": heading.upper(),
        "Chapter 1.": f"Chapter {number}. {heading}",
        "CHAPTER I": f"CHAPTER {roman}",
        "bare": str(number),
    }
    return marks[form]


def wrap(text: str, width: float, measure: Callable[[str], float] = len) -> list[str]:
    """Lines as full as they can be."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def ends_short(text: str, width: float, measure: Callable[[str], float] = len) -> str:
    """The text with words added until its last line has room for any first word of another."""
    while measure(wrap(text, width, measure)[-1]) > width - 7:
        text = re.sub(r"(\W*)$", r" again\1", text, count=1)
    return text


def hyphenated(lines: list[str], chance: random.Random) -> list[str]:
    """Lines some of which end in the first half of the next one's first word, one that is no word
    by itself: with a word it would look as a compound's does.
    """
    made = list(lines)
    for at in range(1, len(made)):
        word, *rest = made[at].split(" ")
        if rest and len(word) > 8 and word.isalpha() and chance.random() < 0.7:
            if not word.islower() or word[:4] in _WORDS:
                continue
            made[at - 1] += f" {word[:4]}-"
            made[at] = " ".join([word[4:], *rest])
    return made


def _title_block(doc: Document) -> list[str]:
    return [doc.title, doc.author, str(doc.year)]


def one_line(doc: Document) -> str:
    """Each paragraph one line, a blank line between."""
    blocks = _title_block(doc)
    for heading, paragraphs in doc.sections:
        blocks += [*([heading] if heading else []), *paragraphs]
    return "\n\n".join(blocks) + "\n"


def tight(doc: Document) -> str:
    """Each paragraph one line, no blank lines."""
    return one_line(doc).replace("\n\n", "\n")


def wrapped(doc: Document, width: int = 72, underline: str = "") -> str:
    """Lines broken at a width, a blank line between paragraphs, two before headings."""
    rows = ["\n\n".join(_title_block(doc)), ""]
    for heading, paragraphs in doc.sections:
        if heading:
            rows += ["", heading, *([underline * len(heading)] if underline else []), ""]
        for text in paragraphs:
            rows += [*wrap(text, width), ""]
    return "\n".join(rows)


def indented(doc: Document, width: int = 66) -> str:
    """Lines broken at a width, first lines indented, blank lines around headings only."""
    rows = ["\n\n".join(_title_block(doc)), ""]
    for heading, paragraphs in doc.sections:
        if heading:
            rows += ["", heading, ""]
        for text in paragraphs:
            first, *more = wrap("    " + text, width)
            rows += [first if first.strip() else first + more.pop(0), *more]
    return "\n".join(rows)


def extracted(doc: Document, width: float = 28.0, page: int = 30) -> str:
    """As text comes from a PDF: a blank line after each printed line, which ends in a space; pages
    begin with a space and no blank line before.
    """
    rows: list[str] = []
    for line in _print_lines(doc, width):
        new_page = rows and len(rows) % page == 0
        rows.append(f" {line}" if new_page else line)
    text = ""
    for number, row in enumerate(rows):
        gap = "" if number == 0 else "\n" if row.startswith(" ") else "\n\n"
        text += f"{gap}{row} "
    return text + "\n"


def _print_lines(doc: Document, width: float) -> Iterator[str]:
    yield from _title_block(doc)
    for heading, paragraphs in doc.sections:
        if heading:
            yield heading
        for text in paragraphs:
            yield from wrap(ends_short(text, width, printed_width), width, printed_width)


def paged(doc: Document, width: int = 64, page: int = 28, seed: int = 1) -> str:
    """Indented lines with broken words, a running head and a page number at every page's end."""
    chance = random.Random(seed)
    rows: list[str] = []
    lines: list[str] = []
    for heading, paragraphs in doc.sections:
        lines += ["", heading, ""] if heading else []
        for text in paragraphs:
            rows_of = wrap("   " + text, width)
            if not rows_of[0].strip():
                rows_of[:2] = [rows_of[0] + rows_of[1]]
            lines += hyphenated(rows_of, chance)
    rows = ["\n\n".join(_title_block(doc)), ""]
    for at in range(0, len(lines), page):
        number = at // page + 1
        rows += lines[at : at + page]
        rows += ["", str(number), "", doc.title.upper(), ""]
    return "\n".join(rows[:-4])


PRINTERS: dict[str, Callable[[Document], str]] = {
    "one line": one_line,
    "tight": tight,
    "wrapped": wrapped,
    "indented": indented,
    "extracted": extracted,
    "paged": paged,
}
FORMS = ("", "1", "1.", "1)", "(1)", "I.", "A.", "CAPS", "Chapter 1.", "CHAPTER I", "bare")
