"""Generated blocks in a file that people edit: what they wrote survives every new export.

A block stands between `<!-- studygroup:begin NAME -->` and `<!-- studygroup:end -->`. One comment
at the end of the file remembers the digest with which each block was generated: a block that no
longer has it was edited, and is left alone; one that is gone was removed, and is not brought back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from studygroup.core.export import Exported

_BEGIN = re.compile(r"<!-- studygroup:begin (\S+) -->\s*")
_END = re.compile(r"<!-- studygroup:end -->\s*")
_DIGESTS = re.compile(r"<!-- studygroup:digests((?: \S+=[0-9a-f]+)*) -->\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A generated part of a file: a name without spaces, unique in it, and its text."""

    name: str
    text: str


def merge(old: str, blocks: Sequence[Block]) -> Exported:
    """Return the file that `old` becomes with `blocks` generated anew, in their order.

    It has the line ends of `old`.
    """
    parts, digests = _parse(old)
    new = {b.name: b for b in blocks}
    kept: list[str] = []
    remembered: dict[str, str] = {}
    result: list[Block | str] = []
    for part in parts:
        if isinstance(part, str):
            result.append(part)
            continue
        fresh = new.get(part.name)
        generated = digests.get(part.name) == _digest(part.text)
        if generated or (fresh is not None and _digest(fresh.text) == _digest(part.text)):
            if fresh is not None:
                result.append(fresh)
                remembered[part.name] = _digest(fresh.text)
        else:
            result.append(part)
            kept.append(part.name)
            remembered[part.name] = digests.get(part.name, "0")
    left_out = [n for n in new if n in digests and n not in remembered]
    remembered |= {n: digests[n] for n in left_out}
    for position, block in enumerate(blocks):
        if block.name not in remembered:
            result.insert(_place(result, [b.name for b in blocks], position), block)
            remembered[block.name] = _digest(block.text)
    text = _joined(result, remembered)
    if "\r\n" in old:
        text = text.replace("\n", "\r\n")
    return Exported(text.encode("utf-8", "replace"), tuple(kept), tuple(left_out))


def _place(parts: Sequence[Block | str], names: Sequence[str], position: int) -> int:
    """Return where the block `names[position]` goes: behind its nearest forerunner that is there.

    Without one, it goes before the first of those that follow it.
    """
    at = {p.name: n for n, p in enumerate(parts) if isinstance(p, Block)}
    for forerunner in reversed(names[:position]):
        if forerunner in at:
            return at[forerunner] + 1
    return min((at[name] for name in names[position:] if name in at), default=len(parts))


def _parse(text: str) -> tuple[list[Block | str], dict[str, str]]:
    """Split a file into blocks and the text between them; and the digests it remembers.

    A begin without an end, and a second block of one name, are people's text like any other.
    """
    parts: list[Block | str] = []
    digests: dict[str, str] = {}
    outside: list[str] = []
    lines = text.replace("\r\n", "\n").split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        remembered = _DIGESTS.fullmatch(line)
        begin = _BEGIN.fullmatch(line)
        end = None if begin is None else _end_of(lines, number)
        if remembered is not None:
            digests |= dict(pair.split("=", 1) for pair in remembered.group(1).split())
        elif begin is not None and end is not None and not _has(parts, begin.group(1)):
            parts += ["\n".join(outside).strip("\n")] if any(outside) else []
            outside = []
            parts.append(Block(begin.group(1), "\n".join(lines[number + 1 : end])))
            number = end
        else:
            outside.append(line)
        number += 1
    parts += ["\n".join(outside).strip("\n")] if any(outside) else []
    return parts, digests


def _end_of(lines: Sequence[str], begin: int) -> int | None:
    for number in range(begin + 1, len(lines)):
        if _BEGIN.fullmatch(lines[number]):
            return None
        if _END.fullmatch(lines[number]):
            return number
    return None


def _has(parts: Sequence[Block | str], name: str) -> bool:
    return any(isinstance(p, Block) and p.name == name for p in parts)


def _joined(parts: Sequence[Block | str], digests: Mapping[str, str]) -> str:
    texts = [p if isinstance(p, str) else _marked(p) for p in parts]
    pairs = "".join(f" {name}={digest}" for name, digest in sorted(digests.items()))
    return "\n\n".join([*texts, f"<!-- studygroup:digests{pairs} -->"]) + "\n"


def _marked(block: Block) -> str:
    return f"<!-- studygroup:begin {block.name} -->\n{block.text}\n<!-- studygroup:end -->"


def _digest(text: str) -> str:
    """Return a digest that white space at line ends and around the block does not change."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:12]
