"""Prompts: the discussion questions that hang on a section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from studygroup.core.errors import Place

PromptKind = Literal["factual", "interpretive", "evaluative"]
Phase = Literal["opening", "core", "closing"]

KINDS: tuple[PromptKind, ...] = get_args(PromptKind)
"""The kinds of question in Shared Inquiry (Great Books Foundation)."""
PHASES: tuple[Phase, ...] = get_args(Phase)
"""The phases of a Socratic seminar, in order."""


LONGEST = 600
"""The most minutes a prompt can be given."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A discussion question.

    `wanted` is the section as its author wrote it (an id, or a heading in any case), empty for a
    prompt on the whole reading; `section` is the id it was paired with, None where it hangs on the
    whole reading. `minutes` is the time it is given, `passage` words of the reading it is about.
    `made_id` tells that the id was made from the question, and not given by its author.
    """

    id: str
    reading: str
    wanted: str
    ask: str
    place: Place
    kind: PromptKind = "interpretive"
    phase: Phase = "core"
    minutes: int | None = None
    follow_ups: tuple[str, ...] = ()
    passage: str | None = None
    by: str | None = None
    section: str | None = None
    made_id: bool = False
