"""Obsidian's links in a text lead to sections, of this reading or of another."""

import pytest

from studygroup.core.study import Study
from studygroup.core.wikilinks import destination, wikilinks
from tests import builders

TEXT = """\
---
title: Talk
---
# Cleo · 2013-03-04

See [[#Dora · 2013-03-05|Dora]] and [a page](https://a.example).

# Dora · 2013-03-05

- first
- see [[walk]]
"""
TALK = builders.reading(TEXT, "talk")
STUDY = Study("Tuesday", readings=(TALK, builders.reading()))


def test_links_tell_where_they_stand_in_the_section() -> None:
    (link,) = wikilinks(TALK.sections[0])
    assert (link.shown, link.target, link.paragraph) == ("Dora", "#Dora · 2013-03-05", 1)
    (link,) = wikilinks(TALK.sections[1])
    assert TALK.sections[1].text[link.start : link.end] == link.shown == "walk"
    assert link.paragraph == 2


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("#Dora · 2013-03-05", ("talk", "dora-2013-03-05")),
        ("#dora-2013-03-05", ("talk", "dora-2013-03-05")),
        ("walk", ("walk", "a-walk-by-the-canal")),
        ("A Walk by the Canal#The Bridge", ("walk", "2-the-bridge")),
        ("texts/walk.md#2 The Bridge#Its Builders", ("walk", "its-builders")),
        ("Cleo · 2013-03-04", ("talk", "cleo-2013-03-04")),
        ("walk#Nothing", None),
        ("#Nothing", None),
        ("nothing at all", None),
        ("Cleo · 2013-03-04#^block", None),
        ("#", ("talk", "cleo-2013-03-04")),
    ],
)
def test_a_link_leads_to_a_section_or_nowhere(
    target: str, leads_to: tuple[str, str] | None
) -> None:
    found = destination(target, STUDY, TALK)
    assert (found and (found[0].slug, found[1].id)) == leads_to
