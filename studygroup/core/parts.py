"""One part of a long document: what stands under one heading of its highest level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from studygroup.core.draft import Block, Draft
from studygroup.core.errors import CannotImport

_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_ESCAPED = re.compile(r"\\([^\w\s])")


def part_of(draft: Draft, number: int) -> Draft:
    """The part of a document with that number, from 1, titled after both; its notes with it.

    Parts are what stands under the headings of the highest level that has several. Raises
    CannotImport where there is no part of that number.
    """
    level = _level(draft.blocks)
    starts = [at for at, b in enumerate(draft.blocks) if b.kind == "heading" and b.level == level]
    if not 1 <= number <= len(starts):
        count = len(starts)
        has = "no parts" if not count else "1 part" if count == 1 else f"{count:,} parts"
        raise CannotImport(
            f"there is no part {number}: this document has {has}",
            hint="--dry-run lists them: each section of the highest level is one.",
        )
    begin = starts[number - 1]
    body = list(draft.blocks[begin : begin + 1])
    for block in draft.blocks[begin + 1 :]:
        if block.kind == "heading" and block.level <= level:
            break
        if block.kind != "footnote":
            body.append(block)
    shifted = [replace(b, level=b.level - level + 1) if b.kind == "heading" else b for b in body]
    notes = _called(body, [block for block in draft.blocks if block.kind == "footnote"])
    repairs = dict(draft.repairs)
    if "footnotes" in repairs:
        repairs["footnotes"] = len({note.label for note in notes})
    return replace(
        draft,
        title=f"{draft.title}: {_ESCAPED.sub(lambda m: m[1], body[0].text)}",
        blocks=(*shifted, *notes),
        repairs=repairs,
        outline=None,
        part=number,
    )


def _level(blocks: Sequence[Block]) -> int:
    counted = Counter(block.level for block in blocks if block.kind == "heading")
    return min((level for level, count in counted.items() if count > 1), default=1)


def _called(body: Sequence[Block], notes: Sequence[Block]) -> list[Block]:
    """The notes that are called in a text, or in one of them."""
    calls = {label for block in body for label in _CALL.findall(block.text)}
    while True:
        found = [note for note in notes if note.label in calls]
        further = {label for note in found for label in _CALL.findall(note.text)} - calls
        if not further:
            return found
        calls |= further
