"""The YAML block between two `---` lines at the top of a Markdown file."""

from __future__ import annotations

from dataclasses import dataclass

from studygroup.core.errors import StudyError
from studygroup.files.yaml_lines import Value, read_yaml


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file split in two: its front matter and its body.

    `fields` is an empty value where there is no front matter; `body_line` is the body's first line,
    from 1.
    """

    fields: Value
    body: str
    body_line: int


def split(text: str) -> tuple[str, str, int]:
    """Return front matter, body, and the body's first line; no front matter gives an empty one.

    A first `---` that is never closed is a rule in the text, not front matter.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text, 1
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:index]), "\n".join(lines[index + 1 :]), index + 2
    return "", text, 1


def read_document(text: str, path: str, strict: bool = True) -> Document:
    """Split `text` and read its front matter.

    Raises StudyError with file and line where it is no YAML; with `strict` false, front matter that
    cannot be read counts as absent (readers' notes are kept as they are, whatever stands there).
    """
    front, body, line = split(text)
    try:
        fields = read_yaml(front, path, 2) if front.strip() else Value(None, 1)
    except StudyError:
        if strict:
            raise
        fields = Value(None, 1)
    return Document(fields, body, line)
