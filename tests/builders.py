"""Small studies for tests, written to disk the way a person would."""

from __future__ import annotations

from pathlib import Path

from studygroup.core.note import NoteFile
from studygroup.core.reading import Reading
from studygroup.core.workspace import Workspace
from studygroup.files.note_file import parse_notes
from studygroup.files.reading_file import parse_reading

WALK = """\
---
title: A Walk by the Canal
author: [N. N., M. M.]
year: 1911
---
A preface that stands before every heading.

# 1 The Lock

The lock-keeper's house stands *empty* since the spring.[^1] Nobody has asked why.

> Water finds its own level, and so do men.

Boats wait here for hours; the crews talk, and talking is the only traffic left.

# 2 The Bridge

From the bridge one sees both towns.

- the older one, upstream
- the newer one, which pays for it

## Its Builders

Nobody remembers who built it.

[^1]: It was sold twice in one year.
"""

WALK_NOTES = """\
---
rating: B
---
# A walk by the canal (1911)
A quiet text.

# The lock
The author says the house “stands empty since the spring” and leaves it there.

> [!criticism] Too easy
> “Water finds its own level, and so do people.” Does it?

# The brigde
> [!question]- ¶1 “From the bridge one sees…”
> Which towns?
"""

WALK_PROMPTS = """\
reading: walk
prompts:
  - id: lock-why
    section: 1-the-lock
    ask: Why does nobody ask?
    kind: factual
    phase: opening
    minutes: 5
    follow_ups:
      - Who could?
  - section: THE BRIDGE
    ask: Who pays for what?
    by: ana
"""


def write_study(root: Path, files: dict[str, str]) -> Path:
    """Write a study's files under `root` and return it."""
    (root / "readings").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return root


def walk_study(root: Path) -> Path:
    """Write a study of one reading with prompts and one reader's notes, and return its root."""
    return write_study(
        root,
        {
            "study.yaml": "title: Tuesday group\nreaders: [ana, ben]\n",
            "readings/walk.md": WALK,
            "readings/walk/ana.md": WALK_NOTES,
            "questions/walk.yaml": WALK_PROMPTS,
        },
    )


def quote_faithfully(root: Path) -> Path:
    """Set right the one quotation of `walk_study` that is not word for word; return its root."""
    notes = WALK_NOTES.replace("so do people", "so do men")
    return write_study(root, {"readings/walk/ana.md": notes})


def open_study(root: Path) -> Workspace:
    """Open the workspace of a study; the test must have set STUDYGROUP_HOME (see `home`)."""
    from studygroup.bootstrap import open_workspace

    return open_workspace(root)


def reading(text: str = WALK, slug: str = "walk") -> Reading:
    """Return the reading that `text` holds."""
    return parse_reading(text, slug, f"readings/{slug}.md", "")


def notes(text: str = WALK_NOTES, slug: str = "walk", reader: str = "ana") -> NoteFile:
    """Return the notes that `text` holds, not yet paired."""
    return parse_notes(text, slug, reader, f"readings/{slug}/{reader}.md", "")
