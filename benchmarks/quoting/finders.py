"""Programs that find words in texts, each as whoever uses it for quotations would."""

from __future__ import annotations

import json
import shutil
import subprocess
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import NamedTuple
from weakref import finalize

from studygroup.core.anchoring.anchoring import locate
from studygroup.core.reading import Reading
from studygroup.core.text import Word, words

OURS = "studygroup"
FIND, WHOLE, BY_SECTION = "str.find", "rapidfuzz", "rapidfuzz by section"
MATCH_PATCH, APPROXIMATE = "diff-match-patch", "approx-string-match"
NAMES = (OURS, FIND, WHOLE, BY_SECTION, MATCH_PATCH, APPROXIMATE)
_LEAST = 78.0
"""The likeness, of 100, from which rapidfuzz's best place counts."""
_ERRORS = 0.5
"""The share of a quotation's letters in which it may differ, as web annotation has it."""


class Said(NamedTuple):
    """What a program says of a quotation: its verdict, and the place, if it has one."""

    verdict: str
    reading: str = ""
    section: str = ""
    start: int = 0
    end: int = 0


Finder = Callable[[str], Said]
_MISSING = Said("missing")


class _Text(NamedTuple):
    """Folded words in one string, and where each of them comes from."""

    folded: str
    begins: list[int]
    places: list[tuple[str, str, Word]]

    def said(self, verdict: str, start: int, end: int) -> Said:
        """Return the words that cover characters of the folded text as what a program says."""
        first = max(0, bisect_right(self.begins, start) - 1)
        last = max(first, bisect_left(self.begins, end) - 1)
        reading, section, word = self.places[first]
        until = next(p[2].end for p in reversed(self.places[first : last + 1]) if p[1] == section)
        return Said(verdict, reading, section, word.start, until)


def _text(readings: Sequence[Reading], only: str | None = None) -> _Text:
    parts: list[str] = []
    begins: list[int] = []
    places: list[tuple[str, str, Word]] = []
    at = 0
    for reading in readings:
        for section in reading.sections:
            if only not in (None, section.id):
                continue
            for word in section.words:
                begins.append(at)
                places.append((reading.slug, section.id, word))
                parts.append(word.folded)
                at += len(word.folded) + 1
    return _Text(" ".join(parts), begins, places)


def _folded(quote: str) -> str:
    return " ".join(word.folded for word in words(quote))


def ours(readings: Sequence[Reading]) -> Finder:
    """Return our own engine."""
    shelf = tuple(readings)
    for reading in shelf:
        assert reading.word_table.by_looks is not None  # each is made at its first use

    def find(quote: str) -> Said:
        match = locate(quote, shelf)
        place = match.anchor
        if place is None:
            return Said(match.verdict)
        return Said(match.verdict, place.reading, place.section, place.start, place.end)

    return find


def plain_find(readings: Sequence[Reading]) -> Finder:
    """Return `str.find` over folded words: the first place counts."""
    text = _text(readings)

    def find(quote: str) -> Said:
        sought = _folded(quote)
        at = text.folded.find(sought)
        return _MISSING if at < 0 else text.said("exact", at, at + len(sought))

    return find


def rapidfuzz_over(texts: Sequence[_Text]) -> Finder:
    """Return rapidfuzz's `partial_ratio_alignment` over some texts: the best place counts."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    def find(quote: str) -> Said:
        sought, least, best = _folded(quote), _LEAST, _MISSING
        for text in texts:
            found = partial_ratio_alignment(sought, text.folded, score_cutoff=least)
            if found is not None and found.score > (least if best is not _MISSING else 0.0):
                verdict = "exact" if found.score == 100 else "altered"
                best, least = text.said(verdict, found.dest_start, found.dest_end), found.score
        return best

    return find


def rapidfuzz_whole(readings: Sequence[Reading]) -> Finder:
    """Return rapidfuzz over whole readings."""
    return rapidfuzz_over([_text([r]) for r in readings])


def rapidfuzz_sections(readings: Sequence[Reading]) -> Finder:
    """Return rapidfuzz over one section after the other."""
    return rapidfuzz_over([_text([r], s.id) for r in readings for s in r.sections])


def match_patch(readings: Sequence[Reading]) -> Finder:
    """Return diff-match-patch: it takes 32 letters, so the beginning is sought and then the end."""
    engine = import_module("diff_match_patch").diff_match_patch()
    engine.Match_Distance = 1 << 30
    text = _text(readings)

    def find(quote: str) -> Said:
        sought = _folded(quote)
        at = text.folded.find(sought)
        if at >= 0:
            return text.said("exact", at, at + len(sought))
        at = engine.match_main(text.folded, sought[:32], 0)
        if at < 0:
            return _MISSING
        tail = sought[-32:]
        near = text.folded[at : at + 2 * len(sought) + 32]
        end = engine.match_main(near, tail, max(0, len(sought) - len(tail)))
        return text.said("altered", at, at + (len(sought) if end < 0 else end + len(tail)))

    return find


_SCRIPT = """\
import { createInterface } from "node:readline";
import search from "approx-string-match";
let text = "";
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.text !== undefined) { text = asked.text; console.log("null"); continue; }
  const sought = asked.quote;
  const at = text.indexOf(sought);
  let best = at < 0 ? null : { start: at, end: at + sought.length, errors: 0 };
  if (!best) for (const m of search(text, sought, Math.min(256, asked.errors)))
    if (!best || m.errors < best.errors) best = m;
  console.log(JSON.stringify(best));
}
"""


class _Node:
    """A node that answers one line of JSON with another, as long as somebody holds it."""

    def __init__(self, node: str, script: str) -> None:
        command = [node, "--input-type=module", "-e", script]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=nothing, text=True, encoding="utf-8"
        )
        finalize(self, _end, self._process)

    def ask(self, asked: object) -> dict[str, int] | None:
        """Return what it answers. Raises ImportError where it could not even begin."""
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        try:
            asking.write(json.dumps(asked) + "\n")
            asking.flush()
        except BrokenPipeError:
            raise ImportError("approx-string-match") from None
        if not (line := answering.readline()):
            raise ImportError("approx-string-match")
        answer: dict[str, int] | None = json.loads(line)
        return answer


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(BrokenPipeError):
        process.communicate()


def approximate(readings: Sequence[Reading]) -> Finder:
    """Return approx-string-match, which the matcher of web annotation uses, in a node beside us.

    Raises ImportError where node is not there, or does not find the package from here.
    """
    path = shutil.which("node")
    if path is None:
        raise ImportError("node")
    node, text = _Node(path, _SCRIPT), _text(readings)
    node.ask({"text": text.folded})

    def find(quote: str) -> Said:
        sought = _folded(quote)
        found = node.ask({"quote": sought, "errors": int(len(sought) * _ERRORS)})
        if found is None:
            return _MISSING
        verdict = "altered" if found["errors"] else "exact"
        return text.said(verdict, found["start"], found["end"])

    return find


FINDERS: dict[str, Callable[[Sequence[Reading]], Finder]] = {
    OURS: ours,
    FIND: plain_find,
    WHOLE: rapidfuzz_whole,
    BY_SECTION: rapidfuzz_sections,
    MATCH_PATCH: match_patch,
    APPROXIMATE: approximate,
}


def opened(readings: Sequence[Reading]) -> tuple[dict[str, Finder], list[str]]:
    """Return the programs that take part, and what is to be said of the others."""
    found: dict[str, Finder] = {}
    left_out = []
    for name, opener in FINDERS.items():
        try:
            found[name] = opener(readings)
        except ImportError:
            where = (
                "node finds it in node_modules of the folder one is in"
                if name == APPROXIMATE
                else "the extra “bench” has it"
            )
            left_out.append(f"Left out: {name}, which is not installed; {where}.")
    return found, left_out
