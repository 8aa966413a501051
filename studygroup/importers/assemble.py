"""Whole paragraphs → a draft: footnotes, title block, headings, quotations and lists, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from studygroup.core.draft import Block, BlockKind, Draft
from studygroup.importers.contents import printed_contents
from studygroup.importers.footnotes import Split, split_footnotes
from studygroup.importers.headings import Heading, Weighed, find_headings, weigh_lines
from studygroup.importers.hyphens import Hyphens, joint
from studygroup.importers.inline import settle, to_markdown, uncalled
from studygroup.importers.lines import ends_sentence, starts_low
from studygroup.importers.outline import tidy_headings
from studygroup.importers.paragraphs import Para
from studygroup.importers.quotations import (
    announces,
    begins_quotation,
    closes,
    is_credit,
    is_left_open,
    is_whole_quotation,
)
from studygroup.importers.reasons import reasons_of
from studygroup.importers.shapes import ADDRESS, LIST_ITEM, NUMBERED, POINT, RULE, is_title_case
from studygroup.importers.title_block import Facts, read_title_block, small_words

_CUT_FROM: Final = 60
"""Characters from which an unfinished paragraph is taken to be cut rather than short."""


def assemble(
    paras: Sequence[Para],
    format_name: str,
    hyphens: Hyphens,
    repairs: Mapping[str, int],
    given: Facts,
) -> Draft:
    """Turn the paragraphs of a text into its draft; what is `given` of it is known already."""
    split = split_footnotes(paras)
    whole, mended = join_cut_paragraphs(split, hyphens)
    contents = printed_contents(whole)
    body = [para for at, para in enumerate(whole) if at not in contents.lines]
    named = frozenset(at - sum(line < at for line in contents.lines) for at in contents.named)
    facts, weighed = _facts_and_headings(body, given, named)
    if len(facts.taken) == len(body):
        facts = replace(facts, taken=frozenset())  # a line or two are their own text as well
    rest = [
        (
            replace(para, reasons=reasons_of(weighed.features.get(at, ()))),
            weighed.headings.get(at),
        )
        for at, para in enumerate(body)
        if at not in facts.taken
    ]
    outlined = tidy_headings(rest, split, facts.title)
    blocks = [*blocks_of(outlined), *footnote_blocks(split)]
    found = {
        "cut_paragraphs": mended,
        "footnotes": len(split.notes),
        "contents_lines": len(contents.lines),
    }
    counts = {**repairs, **{key: count for key, count in found.items() if count}}
    return Draft(
        format=format_name,
        title=facts.title,
        blocks=tuple(blocks),
        author=facts.author,
        year=facts.year,
        source=facts.source,
        repairs=counts,
        is_judged=True,
    )


def _facts_and_headings(
    body: Sequence[Para], given: Facts, named: frozenset[int]
) -> tuple[Facts, Weighed]:
    """The title block and the weighed lines, each read in the light of the other; the lines that a
    table of contents names are at the places `named`.
    """
    first = find_headings(body, named)
    facts = read_title_block(body, first, small_words(body), given)
    keep = [at for at in range(len(body)) if at not in facts.taken]
    still_named = frozenset(place for place, at in enumerate(keep) if at in named)
    found = weigh_lines([body[at] for at in keep], still_named)
    return facts, Weighed(
        {keep[place]: heading for place, heading in found.headings.items()},
        {keep[place]: features for place, features in found.features.items()},
    )


def join_cut_paragraphs(split: Split, hyphens: Hyphens) -> tuple[list[Para], int]:
    """Make paragraphs whole that a page's end or a footnote cut in two, and say how many.

    The first half ends in the middle of a sentence and is too long for a line of its own; the
    second goes on with a small letter, or in any way where only a footnote stood between.
    """
    whole: list[Para] = []
    count = 0
    for at, para in enumerate(split.body):
        if whole and _is_cut(whole[-1], para, after_note=at in split.cut):
            left, between, _ = joint(whole[-1].text, para.text, hyphens)
            whole[-1] = replace(
                whole[-1], text=left + between + para.text, lines=whole[-1].lines + para.lines
            )
            count += 1
        else:
            whole.append(para)
    return whole, count


def _is_cut(before: Para, after: Para, *, after_note: bool) -> bool:
    text = uncalled(before.text)
    if len(text) < _CUT_FROM or ends_sentence(text) or RULE.match(after.text):
        return False
    if (
        before.verse
        or before.underline
        or after.underline
        or LIST_ITEM.match(after.text)
        or ADDRESS.match(after.text)
    ):
        return False
    if begins_quotation(after.text) and not after_note:
        return False
    if text.endswith((":", ";", "–", "—")) or (text.endswith(",") and not after_note):
        return after_note and starts_low(after.text)
    return starts_low(after.text) and not POINT.match(after.text)


def footnote_blocks(split: Split) -> list[Block]:
    """The footnotes of a text, in order."""
    return [
        Block("footnote", settle(to_markdown(note.text)), label=note.label) for note in split.notes
    ]


@dataclass(slots=True)
class _Quoting:
    """Whether a quotation of several paragraphs is open, and for how many it may go on."""

    left: int = 0


def blocks_of(
    rows: Iterable[tuple[Para, Heading | None]],
    *,
    quote_freely: bool = False,
    is_markdown: bool = False,
) -> list[Block]:
    """Blocks of the paragraphs, each a heading when one is given beside it.

    A paragraph that is a quotation as a whole is set off as one when the text announces it (the
    paragraph before ends in a comma, a colon or no stop), when it stands below a heading or at the
    top as an epigraph, or always with `quote_freely`. A credit below an epigraph goes with it. With
    `is_markdown` the paragraphs are Markdown already.
    """
    markdown = str if is_markdown else _markdown
    listed = list(rows)
    blocks: list[Block] = []
    quoting = _Quoting()
    items = _numbered_items([para for para, _ in listed])
    for at, (para, heading) in enumerate(listed):
        if heading is not None:
            words = markdown(heading.text)
            blocks.append(Block("heading", words, heading.level, reasons=para.reasons))
            quoting.left = 0
        elif para.verse:
            _add_verse(blocks, markdown(para.text), begins=not para.tight)
        else:
            kind, marker, text = _kind(
                para, at in items, blocks, quoting, listed[at + 1 : at + 8], quote_freely
            )
            level = max(1, para.quoted)
            blocks.append(Block(kind, markdown(text), level, marker, reasons=para.reasons))
    return [block for number, block in enumerate(blocks) if _says_something(blocks, number)]


def _says_something(blocks: Sequence[Block], number: int) -> bool:
    """Rules at the beginning, at the end or after another rule divide nothing."""
    if blocks[number].kind != "rule":
        return True
    return 0 < number < len(blocks) - 1 and blocks[number - 1].kind not in ("rule", "heading")


def _kind(
    para: Para,
    numbered: bool,
    blocks: Sequence[Block],
    quoting: _Quoting,
    following: Sequence[tuple[Para, Heading | None]],
    quote_freely: bool,
) -> tuple[BlockKind, str, str]:
    """What a paragraph is, the mark of a list's item, and the words without that mark."""
    text = para.text
    if para.quoted:
        return "quote", "", text
    if RULE.match(text):
        return "rule", "", ""
    if _continues_quotation(text, quoting):
        return "quote", "", text
    if match := LIST_ITEM.match(text):
        return "item", "-", text[match.end() :]
    if numbered and (match := NUMBERED.match(text)):
        return "item", match.group("number") + match.group("close"), text[match.end() :]
    if _is_set_off(text, blocks, quoting, following, quote_freely):
        return "quote", "", text
    if blocks and blocks[-1].kind == "quote" and _is_epigraph_credit(blocks, text):
        return "quote", "", text
    return "paragraph", "", text


def _markdown(text: str) -> str:
    return settle(to_markdown(text))


def _continues_quotation(text: str, quoting: _Quoting) -> bool:
    if not quoting.left:
        return False
    quoting.left = 0 if closes(text) else quoting.left - 1
    return True


def _is_set_off(
    text: str,
    blocks: Sequence[Block],
    quoting: _Quoting,
    following: Sequence[tuple[Para, Heading | None]],
    quote_freely: bool,
) -> bool:
    whole = is_whole_quotation(text)
    if not whole and not is_left_open(text):
        return False
    announced = (
        not blocks
        or blocks[-1].kind == "heading"
        or (blocks[-1].kind == "paragraph" and announces(blocks[-1].text))
    )
    if not whole:
        length = _closing_distance(following)
        if not length or not (announced or quote_freely):
            return False
        quoting.left = length
        return True
    if blocks and blocks[-1].kind == "paragraph" and not announced and following:
        announced = is_credit(text, text, following[0][0].text) and following[0][1] is None
    return announced or quote_freely


def _closing_distance(following: Sequence[tuple[Para, Heading | None]]) -> int:
    """In how many paragraphs a quotation that was left open is closed, 0 when it isn't soon."""
    for distance, (para, heading) in enumerate(following[:6], 1):
        if heading is not None:
            return 0
        if closes(para.text):
            return distance
    return 0


def _is_epigraph_credit(blocks: Sequence[Block], text: str) -> bool:
    quote = blocks[-1].text
    if not is_credit(quote, quote, text) or not is_title_case(text.lstrip("—–- ")):
        return False
    above = blocks[-2] if len(blocks) > 1 else None
    introduced = above is not None and above.kind != "heading" and above.text.endswith((",", ":"))
    return not introduced or text[0] in "—–-"


def _numbered_items(paras: Sequence[Para]) -> set[int]:
    """Places of numbered lines that stand directly under each other and count on from 1."""
    found: set[int] = set()
    run: list[int] = []
    last = 0
    for at, para in enumerate(paras):
        match = NUMBERED.match(para.text)
        number = int(match.group("number")) if match and not match.group("open") else 0
        if run and number == last + 1 and para.tight:
            run.append(at)
        else:
            run = [at] if number == 1 else []
        last = number
        if len(run) > 1:
            found |= set(run)
    return found


def _add_verse(blocks: list[Block], line: str, *, begins: bool) -> None:
    if begins or not blocks or blocks[-1].kind != "verse":
        blocks.append(Block("verse", line))
    else:
        blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text}\n{line}")
