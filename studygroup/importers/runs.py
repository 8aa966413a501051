"""Words with their marks (emphasis, links, calls of notes) → inline Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studygroup.importers.inline import escape

_SPACES = re.compile(r"[ \t\r\n\f]+")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>()\[\]]+$", re.I)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share their marks. `text` is a line break when it is one newline.

    `href` is an address outside the document; `call` the key of the note that is called here, and
    `start` the key of the note that begins here, with no words of its own.
    """

    text: str
    emphasis: bool = False
    strong: bool = False
    code: bool = False
    linked: bool = False
    href: str = ""
    call: str = ""
    start: str = ""

    @property
    def marks(self) -> tuple[bool, bool, bool, str]:
        """What sets these words apart from those beside them."""
        return self.emphasis, self.strong, self.code, self.href


def tidy(runs: Sequence[Run]) -> list[Run]:
    """Runs with spaces made single, none at the ends and none around line breaks; what has the same
    marks is one run.
    """
    out: list[Run] = []
    space = True
    for run in runs:
        if run.call or run.start:
            out.append(run)
            continue
        if run.text == "\n":
            _strip_end(out)
            out.append(run)
            space = True
            continue
        text = _SPACES.sub(" ", run.text)
        if space:
            text = text.lstrip(" ")
        if not text:
            continue
        space = text.endswith(" ")
        if out and _alike(out[-1], run):
            text = out.pop().text + text
        marks = (run.emphasis, run.strong, run.code, run.linked, run.href)
        out.append(run if text == run.text else Run(text, *marks))
    _strip_end(out)
    while out and out[-1].text == "\n":
        out.pop()
        _strip_end(out)
    while out and out[0].text == "\n":
        out.pop(0)
    return out


def _alike(before: Run, run: Run) -> bool:
    """Whether two runs of words may become one."""
    if before.call or before.start or before.text == "\n":
        return False
    return before.marks == run.marks and before.linked == run.linked


def _strip_end(out: list[Run]) -> None:
    at = len(out) - 1
    while at >= 0 and (out[at].start or out[at].call):
        at -= 1
    while at >= 0 and out[at].text != "\n" and not out[at].text.rstrip(" "):
        out.pop(at)
        at -= 1
    if at >= 0 and out[at].text != "\n":
        out[at] = replace(out[at], text=out[at].text.rstrip(" "))


def plain(runs: Sequence[Run]) -> str:
    """The words of runs without their marks, line breaks as spaces."""
    return "".join(" " if run.text == "\n" else run.text for run in runs).strip()


def lines(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs divided at their line breaks."""
    rows: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            rows.append([])
        else:
            rows[-1].append(run)
    return rows


def markdown(runs: Sequence[Run], labels: dict[str, str]) -> str:
    """Inline Markdown of runs; a call gets the label that `labels` has for its key.

    A line break is a space. Marks that Markdown could not read where they stand, because a letter
    touches them outside and a mark of punctuation inside, are left out.
    """
    pieces: list[str] = []
    flat = [replace(run, text=" ") if run.text == "\n" else run for run in runs if not run.start]
    for at, run in enumerate(flat):
        if run.call:
            label = labels.get(run.call)
            pieces.append(f"[^{label}]" if label else escape(run.text))
            continue
        core = run.text.strip(" ")
        if not core:
            pieces.append(run.text)
            continue
        lead = run.text[: len(run.text) - len(run.text.lstrip(" "))]
        trail = run.text[len(run.text.rstrip(" ")) :]
        before = (flat[at - 1].text[-1:] if at else "") if not lead else " "
        after = (flat[at + 1].text[:1] if at + 1 < len(flat) else "") if not trail else " "
        pieces += [lead, _marked(run, core, before, after), trail]
    return "".join(pieces).strip()


def _marked(run: Run, core: str, before: str, after: str) -> str:
    if run.code:
        tick = "``" if "`" in core else "`"
        pad = " " if "`" in core else ""
        return f"{tick}{pad}{core}{pad}{tick}"
    text = escape(core)
    if run.href and not _ADDRESS.match(core):
        text = f"[{_bracketed(text)}]({run.href})"
    elif run.href:
        text = core
    if (before.isalnum() and not core[0].isalnum()) or (after.isalnum() and not core[-1].isalnum()):
        return text
    mark = "*" * (run.emphasis + 2 * run.strong)
    return f"{mark}{text}{mark}"


def _bracketed(text: str) -> str:
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)
