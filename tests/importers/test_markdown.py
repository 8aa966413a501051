"""Markdown and Obsidian documents come in with their headings, and all else as it was written."""

from studygroup.importers import markdown
from studygroup.importers.render import render_body

VAULT = """\
---
aliases: [one, "two: three"]
tags:
  - rivers
said: "it is \\"so\\""
also: 'the keeper''s'
date: 2011-05-17
---
On Ferries
==========

Before all: ![[ferry.png|200]], [[Rivers#Lock|the lock]] and a note.[^1]

The Keeper
----------

> [!criticism]- Folded
> Who **says** so? [[Mo]]
> > [!note] Inner

### What he owes ###

- [ ] ask
- [x] asked
    - whom

| paid | owed |
|---|---|
| 1 | 2 |

Words ^block-id

%% not shown %%

[^1]: First.

    Second paragraph.
"""


def test_headings_of_both_kinds_are_found_and_all_else_stays() -> None:
    draft = markdown.read(VAULT, "a file")
    assert draft.title == "On Ferries"
    headings = [(block.level, block.text) for block in draft.blocks if block.kind == "heading"]
    assert headings == [(1, "The Keeper"), (2, "What he owes")]
    body = render_body(draft)
    for kept in VAULT.split("\n---\n", 1)[1].split("\n\n"):
        if not kept.startswith(("On Ferries", "The Keeper", "###")):
            assert kept.strip("\n") in body, kept


def test_front_matter_keeps_what_a_reading_has_no_word_for() -> None:
    draft = markdown.read(VAULT, "a file")
    assert draft.year == 2011
    assert dict(draft.extra) == {
        "aliases": ["one", "two: three"],
        "tags": ["rivers"],
        "said": 'it is "so"',
        "also": "the keeper's",
        "date": "2011-05-17",
    }
