"""A reading's prompts: `questions/<slug>.yaml` to Prompts, and adding one to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import yaml

from studygroup.core.errors import CannotWrite, Place, StudyError
from studygroup.core.problem import Problem
from studygroup.core.prompt import KINDS, LONGEST, PHASES, Phase, Prompt, PromptKind
from studygroup.core.section_names import find_section
from studygroup.core.study_files import NewPrompt
from studygroup.core.text import slug
from studygroup.files.yaml_lines import Fields, Value, read_yaml

_FIELDS = ("id", "section", "ask", "kind", "phase", "minutes", "follow_ups", "passage", "by")
_ITEM = re.compile(r"( *)- ")


def parse_prompts(text: str, stem: str, path: str) -> tuple[list[Prompt], list[Problem]]:
    """Return the prompts in a file's text, and a problem for each that cannot be read.

    `stem` is the file's name without suffix: the reading they belong to unless the file says
    otherwise. Raises StudyError, with file and line, where the file as a whole cannot be read.
    """
    fields = Fields(read_yaml(text, path), path, "a prompts file")
    fields.only("reading", "prompts")
    reading = fields.text("reading") or stem
    prompts: list[Prompt] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for value, section in _items(fields):
        try:
            prompt = _prompt(value, section, reading, path, taken)
        except StudyError as error:
            problems.append(Problem(error.place or Place(path), error.what, error.hint or ""))
        else:
            prompts.append(prompt)
            taken.add(prompt.id)
    return prompts, problems


def _items(fields: Fields) -> Iterator[tuple[Value, str]]:
    """Yield each prompt's value with the heading it is listed under (empty for a plain list)."""
    listed = fields.data.get("prompts")
    if listed is None or listed.data is None:
        return
    if isinstance(listed.data, list):
        for item in listed.data:
            yield item, ""
    elif isinstance(listed.data, dict):
        for heading, group in listed.data.items():
            for item in group.data if isinstance(group.data, list) else [group]:
                yield item, heading
    else:
        raise fields.error(listed, "“prompts” must be a list, or lists under section headings")


def _prompt(value: Value, section: str, reading: str, path: str, taken: set[str]) -> Prompt:
    if isinstance(value.data, str):
        value = Value({"ask": value}, value.line)
    fields = Fields(value, path, "a prompt")
    fields.only(*_FIELDS)
    ask = fields.text("ask")
    if ask is None:
        raise fields.error(value, "a prompt needs “ask”: the question itself")
    given = fields.text("id")
    return Prompt(
        id=given or _id_of(ask, taken),
        reading=reading,
        wanted=fields.text("section") or section,
        ask=ask,
        place=Place(path, value.line),
        kind=cast("PromptKind", fields.choice("kind", KINDS, "interpretive")),
        phase=cast("Phase", fields.choice("phase", PHASES, "core")),
        minutes=fields.number("minutes", 1, LONGEST),
        follow_ups=fields.texts("follow_ups"),
        passage=fields.text("passage"),
        by=fields.text("by"),
        made_id=given is None,
    )


def _id_of(ask: str, taken: set[str]) -> str:
    """Make an id from the question's first words: stable as long as they are."""
    base = slug(" ".join(ask.split()[:8]), "prompt")
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def with_prompt(text: str, new: NewPrompt, path: str) -> str:
    """Return a prompts file's text with one prompt more at its end; no other character changes.

    Raises StudyError where the text cannot be read, CannotWrite where its layout leaves no place
    to add to (a list in brackets).
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    before: list[Prompt] = []
    if text.strip():
        before, _ = parse_prompts(text, new.reading.slug, path)
        lines = [line.removesuffix("\n").removesuffix("\r") + "\n" for line in text.split("\n")]
        if lines[-1] == "\n":
            lines.pop()
    else:
        lines = [f"reading: {new.reading.slug}\n"]
    result = "".join(_insert(lines, new)).replace("\n", newline)
    after, _ = _reread(result, new, path)
    if len(after) != len(before) + 1:
        raise _no_place(path)
    return result


def _reread(text: str, new: NewPrompt, path: str) -> tuple[list[Prompt], list[Problem]]:
    try:
        return parse_prompts(text, new.reading.slug, path)
    except StudyError as error:
        raise _no_place(path) from error


def _no_place(path: str) -> CannotWrite:
    return CannotWrite(
        "there is no place to add a prompt to this layout",
        place=Place(path),
        hint="Write each prompt on lines of its own, under “prompts:”.",
    )


def _insert(lines: list[str], new: NewPrompt) -> list[str]:
    start = next((i for i, line in enumerate(lines) if line.startswith("prompts:")), None)
    if start is None:
        return [*lines, "prompts:\n", _render(new, "  ", True)]
    end = start + 1
    while end < len(lines) and (lines[end].strip() == "" or lines[end][0] in " -#\t"):
        end += 1
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    first = next((line for line in lines[start + 1 : end] if line.strip(" \n")[:1] != "#"), "  - ")
    item = _ITEM.match(first)
    if item:
        return [*lines[:end], _render(new, item.group(1), True), *lines[end:]]
    return [*lines[: start + 1], *_under_heading(lines[start + 1 : end], new), *lines[end:]]


def _under_heading(block: list[str], new: NewPrompt) -> list[str]:
    """Add to the list under the section's heading, or under a new heading at the end."""
    depth = min(_indent(line) for line in block if line.strip())
    group = None
    for index, line in enumerate(block):
        if not line.strip() or _indent(line) != depth or line.lstrip()[0] in "#-":
            continue
        if group is not None:
            break
        key = line.strip().removesuffix(":").strip("\"'")
        found = find_section(key, new.reading) if new.section else None
        if found is not None and found == new.section:
            group = index
    else:
        index = len(block)
    if group is None:
        title = new.section.title if new.section else new.reading.title
        key = _scalar(yaml.safe_dump(title, allow_unicode=True, width=10_000))
        return [*block, f"{' ' * depth}{key}:\n", _render(new, " " * (depth + 2), False)]
    item = next((m for line in block[group + 1 : index] if (m := _ITEM.match(line))), None)
    indent = item.group(1) if item else " " * (depth + 2)
    return [*block[:index], _render(new, indent, False), *block[index:]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _scalar(dumped: str) -> str:
    return dumped.split("\n...")[0].strip()


def _render(new: NewPrompt, indent: str, with_section: bool) -> str:
    fields: dict[str, str | int] = {}
    if with_section and new.section is not None:
        fields["section"] = new.section.id
    fields["ask"] = " ".join(new.ask.split())
    fields["kind"] = new.kind
    fields["phase"] = new.phase
    if new.minutes is not None:
        fields["minutes"] = new.minutes
    if new.by:
        fields["by"] = new.by
    dumped = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    lines = dumped.rstrip("\n").split("\n")
    return "".join(f"{indent}{'- ' if i == 0 else '  '}{line}\n" for i, line in enumerate(lines))
